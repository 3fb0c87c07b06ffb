"""Run blocking work in threads that nobody has to wait for."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")

THREAD_NAME = "twilio"


async def in_own_thread(work: Callable[[], T]) -> T:
    """Await `work` done in a thread of its own.

    Cancelling before it began undoes it; later it goes on, unheard.

    A pool's threads are joined when the interpreter ends and are blocked by hung work; these
    hold up neither the end of the program nor each other.
    """
    future: Future[T] = Future()

    def run() -> None:
        if not future.set_running_or_notify_cancel():
            return
        try:
            future.set_result(work())
        except BaseException as exc:  # noqa: BLE001
            future.set_exception(exc)

    threading.Thread(target=run, name=THREAD_NAME, daemon=True).start()
    return await asyncio.wrap_future(future)
