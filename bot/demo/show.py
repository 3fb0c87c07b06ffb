"""The show: put up the stage, play the night, let a person play on, take everything down."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from bot.demo.interactive import SKIP, Playground
from bot.demo.paper import Paper
from bot.demo.prompt import Prompt
from bot.demo.script import STEP_LIMIT, Script
from bot.demo.stage import PHONE, Missed, Stage
from bot.demo.transcript import Transcript

PLAYED, FAILED = 0, 1
CONSOLE_SHOWN = 60
COMMAND = "blink-alarm"
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def show(*, interactive: bool) -> int:
    """Play in this terminal and return the exit status."""
    return asyncio.run(play(Stage(), sys.stdout, interactive=interactive))


async def play(
    stage: Stage,
    stream: TextIO,
    *,
    interactive: bool = False,
    keyboard: int | None = None,
    step_limit: float = STEP_LIMIT,
) -> int:
    """Play on a stage that is not open yet; ends early when a signal or the reader says so.

    `keyboard` is the file descriptor that a person types at, standard input if not given.
    """
    stop = asyncio.Event()
    paper = Paper(stream, os.environ)
    paper.on_gone = stop.set
    with _signals(stop):
        playing = asyncio.create_task(
            _play(stage, paper, interactive, keyboard, step_limit), name="show"
        )
        stopping = asyncio.create_task(stop.wait(), name="stop")
        await asyncio.wait([playing, stopping], return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not playing.done():
            # Cancelled once only: what it does then is to take the stage down.
            playing.cancel()
            await asyncio.wait([playing])
    if playing.cancelled():
        paper.line()
        paper.line("Stopped. Nothing of it is left behind.")
        return PLAYED
    return playing.result()


async def _play(
    stage: Stage, paper: Paper, interactive: bool, keyboard: int | None, step_limit: float
) -> int:
    cameras = [camera.name for _, camera in stage.blink.devices()]
    tell = Transcript(paper, cameras=cameras, phones={PHONE: "Phone 1 (Bob's)"})
    tell.title(
        "Blink Alarm: one night, in about a minute.",
        "The program is the real one, only its delays are short. Blink, Telegram and the phone "
        "network are stand-ins on this machine: nothing leaves it, and no real phone rings.",
        "A mark like (edits 22:03:07) tells which earlier message was changed in its place.",
    )
    stage.on_motion, stage.on_armed = tell.motion, tell.armed
    stage.telegram.on_message, stage.twilio.on_call = tell.chat, tell.call
    try:
        async with stage:
            tell.zone = stage.zone
            script = Script(stage, tell, step_limit=step_limit)
            await script.pairing()
            if interactive:
                await _play_along(stage, tell, script, keyboard)
            else:
                await script.night()
    except Missed as missed:
        _confess(stage, tell, f"The demo stops here: {missed}.")
        return FAILED
    except OSError as error:
        _confess(stage, tell, f"The demo cannot be played on this machine: {error}.")
        return FAILED
    command = _command()
    tell.part("The end", "Nothing of this is left behind.")
    tell.remark(
        f"Set up the real thing: {command} setup asks for your accounts and writes them into "
        f"credentials.env; then {command} run --env-file credentials.env guards the house."
    )
    return PLAYED


async def _play_along(stage: Stage, tell: Transcript, script: Script, keyboard: int | None) -> None:
    with Prompt(tell.paper, _keyboard() if keyboard is None else keyboard) as prompt:
        playground = Playground(stage, tell, prompt)
        tell.remark(f"(Your turn comes after the story; {SKIP} and Enter takes over at once.)")
        night = asyncio.create_task(script.night(), name="night")
        taken_over = asyncio.create_task(playground.taken_over(), name="keyboard")
        try:
            await asyncio.wait([night, taken_over], return_when=asyncio.FIRST_COMPLETED)
        finally:
            night.cancel()
            taken_over.cancel()
        await asyncio.wait([night, taken_over])
        for task in (night, taken_over):
            if not task.cancelled():
                task.result()
        await playground.play()


def _confess(stage: Stage, tell: Transcript, what: str) -> None:
    """Say which step did not come, and show what may tell why."""
    tell.paper.line()
    tell.remark(what)
    console = list(stage.program.console)[-CONSOLE_SHOWN:]
    tell.remark("The program's console:" if console else "The program's console is empty.")
    for line in console:
        tell.paper.line(f"  {line}")


def _command() -> str:
    """Return how this program is called from here."""
    if shutil.which(COMMAND):
        return COMMAND
    beside = Path(sys.executable).with_name(COMMAND)
    return os.path.relpath(beside) if beside.exists() else f"{sys.executable} -m bot.cli"


def _keyboard() -> int | None:
    try:
        return sys.stdin.fileno()
    except (AttributeError, OSError, ValueError):
        # Standard input was closed.
        return None


@contextlib.contextmanager
def _signals(stop: asyncio.Event) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    for number in SIGNALS:
        loop.add_signal_handler(number, stop.set)
    try:
        yield
    finally:
        for number in SIGNALS:
            loop.remove_signal_handler(number)
