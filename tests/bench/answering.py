"""How long a person waits for an answer, through the real program: idle, and when all is hard.

Hard means that a clip of 40 MB goes up a home's line to one chat while Blink accepts every
question and stays silent.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from alarm.core.state import Person as Known
from alarm.core.state import Role, State
from simulator.faults import Fault, FaultKind
from simulator.telegram import Person, SentMessage
from storage.states import state_store
from tests.e2e.town import Town

PEOPLE, QUESTIONS = 10, 25
FIRST_ID = 2001
# Seconds between two questions of one person: what a chat may get without falling behind.
PACE = 1.6
CLIP_BYTES = 40 * 1024**2
# Bytes a second, a home's line: the clip is on its way until the last answer is there.
UPLINK = 0.8e6
GOAL = 1.0

# What is asked in turn, and what only the answer to it says: pages, a command that is written down
# before it is answered, words that are no command.
ASKED: tuple[tuple[str, Callable[[SentMessage], bool]], ...] = (
    ("/status", lambda message: bool(message.buttons)),
    ("/ack", lambda message: "Nothing to do" in message.text),
    ("/cameras", lambda message: "Garage" in message.text),
    ("/help", lambda message: "/disarm" in message.text),
    ("hello", lambda message: "/help" in message.text),
)


async def measure() -> list[str]:
    """Return the lines to print."""
    with tempfile.TemporaryDirectory() as directory:
        town = Town(Path(directory))
        await town.open()
        try:
            people = await _household(town)
            idle = await _answers(town, people)
            await _make_it_hard(town)
            hard = await _answers(town, people)
            sent = any(message.video for message in town.ann.chat.messages)
        finally:
            await town.close()
    asked = f"{PEOPLE * QUESTIONS} questions of {PEOPLE} people"
    return [
        f"from an update to its answer, {asked} (goal: p99 under {GOAL:.0f} s):",
        f"{'':42}{'p50':>10}{'p99':>10}{'worst':>10}",
        _row("idle", idle),
        _row(f"a {CLIP_BYTES / 1024**2:.0f} MB clip goes up, Blink is silent", hard),
        "the clip was " + ("there before the last answer: too short" if sent else "still going up"),
    ]


def _row(name: str, seconds: list[float]) -> str:
    p50, p99, worst = statistics.median(seconds), percentile(seconds, 0.99), max(seconds)
    return f"{name:42}" + "".join(f"{s * 1000:>7.0f} ms" for s in (p50, p99, worst))


def percentile(values: list[float], share: float) -> float:
    """Return the smallest value that at least this share of all does not exceed."""
    ranked = sorted(values)
    return ranked[max(-(-round(share * 10_000) * len(ranked) // 10_000) - 1, 0)]


async def _household(town: Town) -> list[Person]:
    """Start the program in a home of many members, all of whom have written before."""
    ids = range(FIRST_ID, FIRST_ID + PEOPLE)
    members = {str(i): Known(i, f"Member {i}", Role.MEMBER) for i in ids}
    ann = Known(town.ann.id, "Ann", Role.OWNER)
    store = state_store(town.state_dir)
    store.open()
    store.load()
    store.commit(State(people={str(town.ann.id): ann} | members))
    store.close()
    town.blink.clip_bytes = b"\x00\x00\x00\x18ftypmp42" + bytes(CLIP_BYTES - 12)
    town.blink.motion("Garage")
    people = [town.telegram.person(i, f"Member {i}") for i in ids]
    for person in people:
        person.chat.started = True
    town.ann.chat.started = True
    await town.start()
    # Once a poll came through, the cameras are known.
    await town.polled()
    return people


async def _make_it_hard(town: Town) -> None:
    """Let a clip be on its way up to Ann, and then Blink be silent."""
    town.telegram.uplink = UPLINK
    town.ann.write("/clip Garage")
    await town.until(lambda: town.telegram.count("sendVideo") > 0)
    town.blink.faults.add("", Fault(FaultKind.HANG, seconds=600.0))
    hung = len(town.blink.seen)
    await town.until(lambda: len(town.blink.seen) > hung)


async def _answers(town: Town, people: list[Person]) -> list[float]:
    """Let everybody ask in turn at the same time, none in step with another."""

    async def curious(number: int, person: Person) -> list[float]:
        await asyncio.sleep(number * PACE / PEOPLE)
        return [await _answer(town, person, number + turn) for turn in range(QUESTIONS)]

    found = await asyncio.gather(*(curious(*each) for each in enumerate(people)))
    return [seconds for of_one in found for seconds in of_one]


async def _answer(town: Town, person: Person, turn: int) -> float:
    text, fits = ASKED[turn % len(ASKED)]
    asked = time.monotonic()
    person.write(text)
    answer = await town.said(fits, person, after=person.chat.everything[-1].id)
    await asyncio.sleep(max(asked + PACE - time.monotonic(), 0.0))
    return answer.monotonic - asked
