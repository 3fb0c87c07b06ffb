"""The whole night, at a run: its story, its end, and what happens when a step does not come."""

from __future__ import annotations

import sys
import tempfile
from io import StringIO

import pytest

from bot.demo.paper import Paper
from bot.demo.program import Program
from bot.demo.script import Script
from bot.demo.show import FAILED, PLAYED, play
from bot.demo.stage import Missed, Stage
from bot.demo.transcript import Transcript
from simulator.blink import Outcome
from tests.demo.bench import QUICK, flat, in_order, is_gone


async def test_the_night_is_told_in_its_order_and_leaves_nothing() -> None:
    stage, told = Stage(QUICK), StringIO()
    status = await play(stage, told)
    story = flat(told.getvalue())
    in_order(
        story,
        "== Pairing",
        "console This bot has no owner yet. Send it /start ",
        "chat Ann: /start ",
        "Bot: 👋 Hello Ann",
        "Logged in to Blink",
        "== Leaving the house",
        "Ann: /arm",
        "camera Blink is armed",
        "== One event",
        "One event alone is no alarm",
        "camera Garden: motion, a clip is recorded",
        "No message, no call",
        "== A burst",
        "a second event within two minutes, and two are an alarm",
        "camera Front Door: motion",
        "ALARM",
        "[Acknowledge] [False alarm] [Disarm]",
        "== Nobody reacts",
        "phone Phone 1 (Bob's) rings",
        "phone nobody answers",
        "== Nobody picked up",
        "phone Phone 1 (Bob's) rings",
        'a voice says, again and again: "This is your Blink alarm. Motion at Garden, Front Door',
        "phone hung up",
        "== Acknowledge",
        "Ann: presses [Acknowledge]",
        "Acknowledged by Ann",
        "== A look",
        "Ann: /clip",
        "Bot: (clip: ",
        "== How things stand",
        "Ann: /status",
        "riggered",
        "== All clear",
        "Ann: /disarm",
        "isarmed",
        "The alarm at ",
        "== The end",
        "Set up the real thing: ",
        "blink-alarm setup",
    )
    assert "ALARM" not in story[: story.index("== A burst")]
    assert "(picture: " in story[story.index("== A burst") : story.index("== Nobody picked up")]
    assert "\033" not in told.getvalue()
    assert max(map(len, told.getvalue().splitlines())) <= 80
    assert status == PLAYED
    assert stage.program.status == 0
    assert is_gone(stage)


async def test_a_step_that_does_not_come_is_named_and_the_console_shown() -> None:
    stage, told = Stage(QUICK), StringIO()
    stage.blink.commands.outcome = Outcome.STUCK
    status = await play(stage, told, step_limit=5.0)
    story = flat(told.getvalue())
    in_order(
        story,
        "== Leaving the house",
        "The demo stops here: Blink's own arming did not come within 5 s.",
        "The program's console:",
        "This bot has no owner yet",
    )
    assert "Set up the real thing" not in story
    assert status == FAILED
    assert is_gone(stage)


async def test_a_program_that_ends_by_itself_is_told_at_once() -> None:
    broken = Program((sys.executable, "-c", "raise SystemExit('no such module')"))
    stage, told = Stage(QUICK, broken), StringIO()
    status = await play(stage, told)
    in_order(
        flat(told.getvalue()),
        "The demo stops here: while it waited for the code on the program's console, "
        "the program ended by itself (exit status 1).",
        "The program's console: no such module",
    )
    assert status == FAILED
    assert is_gone(stage)


async def test_a_machine_without_room_for_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere/at/all")
    told = StringIO()
    assert await play(Stage(QUICK), told) == FAILED
    assert "The demo cannot be played on this machine: " in flat(told.getvalue())
    assert "The program's console is empty." in told.getvalue()


async def test_an_alarm_after_one_event_would_be_no_demo() -> None:
    """The silence is checked, not only told: with a second event it does not last."""
    told = StringIO()
    async with Stage(QUICK) as stage:
        script = Script(stage, Transcript(Paper(told, {})))
        await script.pairing()
        stage.on_motion = lambda _camera, _recorded: second(stage)
        with pytest.raises(Missed, match="silence after a single event did not last"):
            await script.night()
    assert "== A burst" not in told.getvalue()


def second(stage: Stage) -> None:
    stage.blink.motion("Hall")


def test_the_program_learns_nothing_of_the_user() -> None:
    mine = {
        "PATH": "/bin",
        "TZ": "Asia/Tokyo",
        "HOME": "/home/me",
        "TELEGRAM_BOT_TOKEN": "my own bot",
        "TWILIO_TO_NUMBER": "+4915112345678",
        "HEARTBEAT_URL": "https://hc-ping.com/mine",
        "STATE_DIRECTORY": "/var/lib/blink-alarm",
        "LOG_PATH": "/var/log/mine",
        "HTTPS_PROXY": "http://proxy.example",
        "PYTHONSTARTUP": "/home/me/startup.py",
    }
    environ = Stage(QUICK).environ(mine)
    kept = {name for name, value in environ.items() if value in mine.values()}
    assert kept == {"PATH", "TZ"}
    assert not {"HEARTBEAT_URL", "STATE_DIRECTORY", "LOG_PATH", "PYTHONSTARTUP"} & set(environ)
