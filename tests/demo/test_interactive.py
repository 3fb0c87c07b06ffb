"""Playing on by hand, from a pipe and from a terminal."""

from __future__ import annotations

import asyncio
import os
import pty
import signal
import termios
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import StringIO
from pathlib import Path

import pytest

from bot.demo.interactive import Playground
from bot.demo.paper import Paper
from bot.demo.prompt import Prompt
from bot.demo.script import Script
from bot.demo.show import PLAYED, play
from bot.demo.stage import Stage
from bot.demo.transcript import Transcript
from tests.demo.bench import QUICK, Screen, appears, flat, in_order, is_gone

CLEAR = "\r\033[K"


class Hands:
    """A person who types into a pipe and reads what comes."""

    def __init__(self) -> None:
        self.keyboard, self._writing = os.pipe()
        self.told = StringIO()

    def types(self, *lines: str) -> None:
        os.write(self._writing, "".join(f"{line}\n" for line in lines).encode())

    def leaves(self) -> None:
        os.close(self._writing)

    async def sees(self, words: str) -> None:
        await appears(words, self.told)


@asynccontextmanager
async def played_by_hand(stage: Stage) -> AsyncIterator[Hands]:
    """Let the story be skipped; the demo must end well and leave nothing."""
    hands = Hands()
    playing = asyncio.create_task(
        play(stage, hands.told, interactive=True, keyboard=hands.keyboard)
    )
    try:
        hands.types("!skip")
        await hands.sees("== Your turn")
        yield hands
        async with asyncio.timeout(20):
            assert await playing == PLAYED
    finally:
        playing.cancel()
        await asyncio.wait([playing])
        os.close(hands.keyboard)
    assert is_gone(stage)


async def test_an_alarm_can_be_played_by_hand() -> None:
    async with played_by_hand(Stage(QUICK)) as ann:
        ann.types("!motion hall", "!phone busy", "/arm")
        await ann.sees("Blink is armed")
        await ann.sees("armed since")
        ann.types("!motion Front Door", "!motion garden", "")
        await ann.sees("phone engaged")
        ann.types("!phone answer", "!press acknowledge")
        await ann.sees("Acknowledged by Ann")
        ann.types("/disarm", "!quit")
    story = flat(ann.told.getvalue())
    in_order(
        story,
        "!skip and Enter takes over at once",
        "== Your turn",
        "!motion Front Door let a camera see something: Front Door, Garden,",
        "Hall: motion, nothing is recorded, Blink is disarmed",
        "From the next call on the phone is engaged.",
        "Ann: /arm",
        "Front Door: motion, a clip is recorded",
        "Garden: motion, a clip is recorded",
        "ALARM",
        "Phone 1 (Bob's) rings",
        "From the next call on the phone is picked up.",
        "Ann: presses [Acknowledge]",
        "Ann: /disarm",
        "Set up the real thing",
    )
    assert "== A look" not in story


async def test_what_cannot_be_done_is_explained() -> None:
    async with played_by_hand(Stage(QUICK)) as ann:
        ann.types("!motion Cellar", "!press Cancel", "!press", "!phone", "!dance", "!skip", "!help")
        ann.leaves()
    in_order(
        flat(ann.told.getvalue()),
        "Name a camera: Front Door, Garden, Garage, Kitchen, Hall.",
        "Name a button that the chat shows: ",
        "Name a button that the chat shows: ",
        "Say what the phone does: busy, answer, none.",
        "There is no !dance; !help shows what there is.",
        "The story is over already.",
        "!press Acknowledge",
        "== The end",
    )


async def test_lines_that_come_during_the_story_wait_for_its_end() -> None:
    hands = Hands()
    hands.types("/cameras")
    hands.leaves()
    paper = Paper(hands.told, {})
    async with Stage(QUICK) as stage:
        tell = Transcript(paper)
        stage.telegram.on_message = tell.chat
        await Script(stage, tell).pairing()
        with Prompt(paper, hands.keyboard) as prompt:
            playground = Playground(stage, tell, prompt)
            story = asyncio.create_task(playground.taken_over())
            await asyncio.wait([story], timeout=0.2)
            assert not story.done()
            assert "Ann: /cameras" not in flat(hands.told.getvalue())
            story.cancel()
            await playground.play()
    os.close(hands.keyboard)
    in_order(flat(hands.told.getvalue()), "== Your turn", "Ann: /cameras", "5 of 5 cameras ready")


async def test_quitting_during_the_story_ends_it() -> None:
    hands, stage = Hands(), Stage(QUICK)
    hands.types("!quit", "/status")
    assert await play(stage, hands.told, interactive=True, keyboard=hands.keyboard) == PLAYED
    hands.leaves()
    os.close(hands.keyboard)
    assert "== All clear" not in hands.told.getvalue()
    assert "== Your turn" not in hands.told.getvalue()
    assert "Ann: /status" not in hands.told.getvalue()
    assert is_gone(stage)


async def test_a_program_that_ends_meanwhile_is_told() -> None:
    hands, stage = Hands(), Stage(QUICK)
    playing = asyncio.create_task(
        play(stage, hands.told, interactive=True, keyboard=hands.keyboard)
    )
    hands.types("!skip")
    await hands.sees("== Your turn")
    assert stage.program.pid is not None
    os.kill(stage.program.pid, signal.SIGKILL)
    assert await playing == 1
    await hands.sees("while it waited for the next line, the program ended by itself")
    hands.leaves()
    os.close(hands.keyboard)
    assert is_gone(stage)


# -- the prompt itself


@asynccontextmanager
async def at_a_terminal() -> AsyncIterator[tuple[int, int, Screen, Paper]]:
    ours, theirs = pty.openpty()
    screen = Screen()
    try:
        yield ours, theirs, screen, Paper(screen, {"NO_COLOR": "1"}, width=40)
    finally:
        os.close(ours)
        os.close(theirs)


async def test_a_line_is_edited_under_the_transcript() -> None:
    async with at_a_terminal() as (ours, theirs, screen, paper):
        with Prompt(paper, theirs) as prompt:
            os.write(ours, b"/armx\x7f")
            await appears("> /arm", screen)
            screen.seek(0)
            screen.truncate()
            paper.line("22:03 motion")
            assert screen.getvalue() == f"{CLEAR}22:03 motion\n> /arm"
            os.write(ours, b"\n")
            assert await prompt.line() == "/arm"


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (b"/disarm\n", "/disarm"),
        (b"one two\x17three\n", "one three"),
        (b"wrong\x15right\r", "right"),
        ("Küche\x7f\n".encode(), "Küch"),
        (b"a\x1b[Db\x1b[3~c\n", "abc"),
        (b"\x7f\x7f!\n", "!"),
        (b"tab\there\n", "tabhere"),
    ],
    ids=["plain", "word erased", "line erased", "umlaut", "arrows", "nothing to erase", "tab"],
)
async def test_keys_do_what_a_shell_lets_them_do(keys: bytes, line: str) -> None:
    async with at_a_terminal() as (ours, theirs, _, paper):
        with Prompt(paper, theirs) as prompt:
            os.write(ours, keys)
            assert await prompt.line() == line


async def test_the_arrow_up_brings_the_last_line_back() -> None:
    async with at_a_terminal() as (ours, theirs, _, paper):
        with Prompt(paper, theirs) as prompt:
            os.write(ours, b"!motion Hall\n\x1b[A\n\n\x1bOA\n")
            lines = [await prompt.line() for _ in range(4)]
    assert lines == ["!motion Hall", "!motion Hall", "", "!motion Hall"]


async def test_control_d_ends_the_lines_only_on_an_empty_one() -> None:
    async with at_a_terminal() as (ours, theirs, _, paper):
        with Prompt(paper, theirs) as prompt:
            os.write(ours, b"a\x04b\n\x04")
            assert await prompt.line() == "ab"
            assert await prompt.line() is None


async def test_a_long_line_shows_its_end_in_one_row() -> None:
    async with at_a_terminal() as (ours, theirs, screen, paper):
        with Prompt(paper, theirs) as prompt:
            os.write(ours, b"x" * 50 + b"end")
            await appears("end", screen)
            assert screen.getvalue().rpartition(CLEAR)[2] == "> " + "x" * 35 + "end"
            os.write(ours, b"\n")
            assert await prompt.line() == "x" * 50 + "end"


async def test_the_terminal_is_given_back_as_it_was() -> None:
    async with at_a_terminal() as (_, theirs, screen, paper):
        before = termios.tcgetattr(theirs)
        with Prompt(paper, theirs):
            during = termios.tcgetattr(theirs)
        assert during[3] & (termios.ECHO | termios.ICANON) == 0
        assert during[3] & termios.ISIG
        assert termios.tcgetattr(theirs) == before
        paper.line("back at the shell")
        assert screen.getvalue().endswith(f"{CLEAR}back at the shell\n")


async def test_a_plain_file_is_read_to_its_end(tmp_path: Path) -> None:
    script = tmp_path / "script"
    script.write_text("/arm\n!quit")
    keyboard = os.open(script, os.O_RDONLY)
    with Prompt(Paper(StringIO(), {}), keyboard) as prompt:
        assert [await prompt.line() for _ in range(3)] == ["/arm", "!quit", None]
        assert await prompt.line() is None
    os.close(keyboard)


async def test_without_a_keyboard_there_are_no_lines() -> None:
    with Prompt(Paper(StringIO(), {}), None) as prompt:
        assert await prompt.line() is None
