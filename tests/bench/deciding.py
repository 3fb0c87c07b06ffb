"""What a decision costs: ten thousand clips at once, one more clip after them, a quiet tick."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from alarm.core.actor import Actor
from alarm.core.commands import Arm
from alarm.core.decide import decide
from alarm.core.events import MotionEvent
from alarm.core.inputs import EventsListed, Tick
from alarm.core.state import Area, Person, Role, State

EVENTS, PAGE = 10_000, 25
REPEATS = 200


@dataclass(frozen=True)
class Story:
    """So many seconds lie between two clips; `at_once`: an outage ends, all are listed now."""

    title: str
    gap: float
    at_once: bool = False


STORIES = (
    Story("single clips, no burst", 200.0),
    Story("all in one burst", 3.0),
    Story("after a day without Blink", 8.0, at_once=True),
)

_START = datetime(2026, 3, 4, 12, tzinfo=UTC)
_NETWORK = "51001"


def measure() -> list[str]:
    """Return the lines to print."""
    lines = [f"{EVENTS} clips in pages of {PAGE}, armed, with what twice as many cost"]
    for story in STORIES:
        half = _read(_armed(), story, EVENTS // 2)[1]
        state, seconds = _read(_armed(), story, EVENTS)
        now = _START + timedelta(seconds=story.gap * (EVENTS + 1))
        one = EventsListed((_clip(EVENTS + 1, story.gap),))
        whole = f"{seconds * 1000:>8.0f} ms, {seconds / EVENTS * 1e6:.0f} us each"
        lines += [
            f"{story.title:28}{whole}; twice as many: {seconds / half:.1f} times (square: 4)",
            f"{'  one clip after them':28}{_median(partial(decide, state, one, now))}",
            f"{'  a quiet tick':28}{_median(partial(decide, state, Tick(), now))}",
        ]
    return lines


def _armed() -> State:
    state = State(
        areas={_NETWORK: Area(_NETWORK, "House")},
        people={"11": Person(11, "Ann", Role.OWNER), "22": Person(22, "Ben", Role.MEMBER)},
    )
    before = _START - timedelta(minutes=5)
    state = decide(state, Arm(Actor(11, "Ann", 11, 1)), before).state
    return decide(state, Tick(), _START).state


def _read(state: State, story: Story, count: int) -> tuple[State, float]:
    """Read so many clips, as they come or all at once; return the state and the seconds."""
    pages = list(_pages(story.gap, count))
    end = pages[-1].events[-1].created_at
    begun = time.perf_counter()
    for page in pages:
        newest = end if story.at_once else page.events[-1].created_at
        state = decide(state, page, newest + timedelta(seconds=30)).state
    return state, time.perf_counter() - begun


def _pages(gap: float, count: int) -> Iterator[EventsListed]:
    for first in range(0, count, PAGE):
        yield EventsListed(tuple(_clip(n, gap) for n in range(first, first + PAGE)))


def _clip(number: int, gap: float) -> MotionEvent:
    camera = str(number % 5)
    return MotionEvent(
        key=f"{_NETWORK}:{number}",
        network_id=_NETWORK,
        camera_id=camera,
        camera_name=f"Camera {camera}",
        created_at=_START + timedelta(seconds=int(gap * number)),
        clip_path=f"/{number}.mp4",
    )


def _median(decision: Callable[[], object]) -> str:
    times = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        decision()
        times.append(time.perf_counter() - begun)
    return f"{statistics.median(times) * 1e6:>8.0f} us"
