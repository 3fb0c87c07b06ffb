"""No secret in an error, in its causes, in a representation or in a log line."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from alarm.blink.cloud import BlinkCloud
from alarm.core.errors import BlinkError
from alarm.core.events import MotionEvent
from simulator.faults import Fault, FaultKind
from tests.blink.bench import (
    CODE,
    EMAIL,
    HOMESCREEN,
    LISTING,
    PASSING,
    PASSWORD,
    SIGNIN,
    TOKEN,
    Bench,
    events,
    pages,
    status,
)

FAULTS: dict[str, Callable[[], Fault]] = {
    **{name: fault for name, fault in PASSING.items() if name != "silent"},
    "status 400": lambda: status(400, '{"error": "invalid_grant"}'),
    "status 401": lambda: status(401, '{"message": "Unauthorized Access"}'),
    "a page": lambda: status(200, "<html>", content_type="text/html"),
    "elsewhere": lambda: status(302, headers={"Location": "https://evil.example/"}),
    "nowhere": lambda: status(302, headers={"Location": "https://[/"}),
    "half of the answer": lambda: Fault(FaultKind.SEVER, seconds=0, pieces=2),
}


def chain(error: BaseException | None) -> list[BaseException]:
    """Return the error with all its causes and contexts."""
    found: list[BaseException] = []
    waiting = [error]
    while waiting:
        one = waiting.pop()
        if one is not None and one not in found:
            found.append(one)
            waiting += [one.__cause__, one.__context__]
    return found


def secrets(bench: Bench) -> set[str]:
    """Return what must not be seen; the e-mail and the password also as a form writes them."""
    tokens = {text for one in bench.saved for text in (one.access_token, one.refresh_token)}
    return tokens | {EMAIL, EMAIL.replace("@", "%40"), PASSWORD, PASSWORD.replace(" ", "+")}


def told(error: BlinkError) -> str:
    shown = [*traceback.format_exception(error)]
    for one in chain(error):
        shown += [str(one), repr(one)]
    return "\n".join(shown)


@pytest.fixture(autouse=True)
def _log_everything(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)


@pytest.mark.parametrize("name", FAULTS)
@pytest.mark.parametrize("where", [r"/authorize\?", SIGNIN, "/2fa/verify", r"/authorize$", TOKEN])
async def test_a_login_that_fails_tells_no_secret(
    bench: Bench, caplog: pytest.LogCaptureFixture, where: str, name: str
) -> None:
    bench.blink.two_factor = "202"
    cloud = await bench.cloud()
    shown = []
    bench.blink.faults.add(where, FAULTS[name]())
    for step in (cloud.login, lambda: cloud.enter_code(CODE)):
        try:
            await step()
        except BlinkError as error:
            shown.append(told(error))
    bench.blink.faults.clear()
    await cloud.login()
    await cloud.enter_code(CODE)
    text = "\n".join([*shown, caplog.text, repr(cloud)])
    assert not [one for one in [*secrets(bench), CODE] if one in text]


QUESTIONS: dict[str, Callable[[BlinkCloud, MotionEvent, Path], Awaitable[object]]] = {
    HOMESCREEN: lambda cloud, event, to: cloud.homescreen(),
    LISTING: lambda cloud, event, to: pages(cloud),
    "/state/arm": lambda cloud, event, to: cloud.set_armed("51001", True, deadline=0.2),
    r"\.mp4": lambda cloud, event, to: cloud.download_clip(event, to),
    TOKEN: lambda cloud, event, to: cloud.keep_tokens_fresh(),
}


@pytest.mark.parametrize("name", FAULTS)
@pytest.mark.parametrize("where", QUESTIONS)
async def test_a_question_that_fails_tells_no_secret(
    bench: Bench, caplog: pytest.LogCaptureFixture, tmp_path: Path, where: str, name: str
) -> None:
    cloud = await bench.logged_in()
    bench.blink.motion("Hall")
    (event,) = events(await pages(cloud))
    bench.clock.now += 7200
    bench.blink.faults.add(where, FAULTS[name]())
    shown = []
    try:
        await QUESTIONS[where](cloud, event, tmp_path / "clip.mp4")
    except BlinkError as error:
        shown.append(told(error))
    # A token that Blink refuses for good is no error while the access token works.
    assert shown or where == TOKEN
    text = "\n".join([*shown, caplog.text, repr(cloud), repr(bench.saved)])
    assert not [one for one in secrets(bench) if one in text]
