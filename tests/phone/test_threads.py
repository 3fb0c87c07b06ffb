"""Blocking requests run in threads that hold up nobody."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable

import pytest

from alarm.phone.threads import THREAD_NAME, in_own_thread
from simulator.faults import Fault, FaultKind
from simulator.twilio import TwilioStandIn
from tests.phone.bench import ANN, WORDS


async def test_the_result_of_the_work_comes_back() -> None:
    assert await in_own_thread(lambda: threading.current_thread().name) == THREAD_NAME


@pytest.mark.parametrize("kind", [ValueError, OSError, GeneratorExit])
async def test_whatever_the_work_raises_comes_back(kind: type[BaseException]) -> None:
    def work() -> None:
        raise kind("broken")

    with pytest.raises(kind, match="broken"):
        await in_own_thread(work)


async def test_a_piece_of_work_that_hangs_does_not_hold_up_another() -> None:
    release = threading.Event()
    hung = [asyncio.create_task(in_own_thread(lambda: release.wait(20))) for _ in range(40)]
    assert await in_own_thread(lambda: 7) == 7
    release.set()
    assert await asyncio.gather(*hung) == [True] * 40


@pytest.mark.parametrize("fails", [False, True])
async def test_work_that_was_cancelled_under_way_ends_unheard(fails: bool) -> None:
    started, release = threading.Event(), threading.Event()
    threads: list[threading.Thread] = []

    def work() -> None:
        threads.append(threading.current_thread())
        started.set()
        release.wait(20)
        if fails:
            raise OSError("too late")

    task = asyncio.create_task(in_own_thread(work))
    await asyncio.to_thread(started.wait, 20)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    release.set()
    await asyncio.to_thread(threads[0].join, 20)
    assert not threads[0].is_alive()


async def test_work_that_was_cancelled_before_it_began_is_never_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    late: list[threading.Thread] = []
    start: Callable[[threading.Thread], None] = threading.Thread.start

    def put_off(thread: threading.Thread) -> None:
        late.append(thread)

    monkeypatch.setattr(threading.Thread, "start", put_off)
    done: list[str] = []
    task = asyncio.create_task(in_own_thread(lambda: done.append("dialled")))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    monkeypatch.undo()
    (thread,) = late
    start(thread)
    await asyncio.to_thread(thread.join, 20)
    assert done == []


async def test_a_closing_program_does_not_wait_for_a_request_that_hangs(
    twilio: TwilioStandIn,
) -> None:
    twilio.faults.add("/", Fault(FaultKind.HANG, seconds=600))
    program = f"""
        import asyncio
        from alarm.phone.client import Phone

        async def main():
            phone = Phone(
                account_sid={twilio.account_sid!r},
                auth_token={twilio.auth_token!r},
                from_number="+15005550006",
                api_url={twilio.url!r},
                timeout=600.0,
            )
            task = asyncio.create_task(phone.place({ANN!r}, {WORDS!r}))
            print("asked", flush=True)
            await asyncio.get_running_loop().run_in_executor(None, input)
            task.cancel()
            phone.close()

        asyncio.run(main())
        print("ended", flush=True)
    """
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-W", "error", "-c", textwrap.dedent(program)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        while not twilio.seen:
            assert process.returncode is None
            await asyncio.sleep(0.02)
        # Far less than the request would hang.
        out, err = await asyncio.wait_for(process.communicate(b"\n"), 60)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert (out.decode().split(), err.decode(), process.returncode) == (["asked", "ended"], "", 0)
