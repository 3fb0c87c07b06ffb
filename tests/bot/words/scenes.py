"""Moments in the life of an alarm, reached by the alarm's own decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

from alarm.core.calls import AnsweredBy, CallStatus
from alarm.core.incident import Incident, IncidentKind
from alarm.core.state import Area, State
from tests.bot.words.looks import NIGHT, well
from tests.core.home import GARDEN, MINUTE, SECOND, Home, clip, household, settings


def at_home(*, phones: int = 2, entry_delay: timedelta = timedelta(0)) -> Home:
    """Return a home at night, in which nothing is wrong."""
    home = Home(state=well(household(phones=phones)), now=NIGHT)
    home.state = replace(home.state, settings=settings(entry_delay=entry_delay))
    return home


def armed(*, phones: int = 2, entry_delay: timedelta = timedelta(0)) -> Home:
    """Return it three minutes after the exit delay, with every message delivered."""
    home = at_home(phones=phones, entry_delay=entry_delay).arm_now()
    home.state = well(home.state)
    home.wait(3 * MINUTE)
    home.deliver_chat()
    return home


def arming() -> Home:
    home = at_home()
    home.arm()
    home.wait(20 * SECOND)
    return home


def pending() -> Home:
    home = armed(entry_delay=30 * SECOND)
    home.see(clip(home.now), clip(home.now, 1))
    return home


def disarmed() -> Home:
    home = armed()
    home.disarm()
    return home


def alarmed(*, phones: int = 2) -> Home:
    """Return a home in which the rule has tripped just now, and the chats know."""
    home = armed(phones=phones)
    home.see(
        clip(home.now - 50 * SECOND, camera="garage"),
        clip(home.now - 25 * SECOND, 1),
        clip(home.now - 20 * SECOND, 2),
    )
    home.deliver_chat()
    return home


def ringing() -> Home:
    home = alarmed()
    home.wait(30 * SECOND)
    home.call(CallStatus.RINGING)
    return home


def talking() -> Home:
    home = ringing()
    home.call(CallStatus.NO_ANSWER)
    home.call(CallStatus.IN_PROGRESS)
    return home


def listening() -> Home:
    home = talking()
    home.call(CallStatus.COMPLETED, AnsweredBy.HUMAN, 20)
    return home


def pausing() -> Home:
    home = listening()
    home.wait(MINUTE)
    return home


def exhausted() -> Home:
    home = pausing()
    home.wait(90 * SECOND)
    home.call(CallStatus.BUSY)
    home.call(CallStatus.BUSY)
    return home


def acknowledged() -> Home:
    home = ringing()
    home.acknowledge()
    return home


def rung_again() -> Home:
    home = acknowledged()
    home.wait(MINUTE)
    home.see(clip(home.now, 1, camera="kitchen"), clip(home.now, 2, camera="kitchen"))
    return home


def judged() -> Home:
    home = ringing()
    home.false_alarm()
    return home


def drilled(*, with_calls: bool = True) -> Home:
    home = at_home()
    home.drill(with_calls=with_calls)
    home.deliver_chat()
    return home


def two_areas(state: State) -> State:
    return replace(state, areas={**state.areas, GARDEN: Area(GARDEN, "Garden")})


def drill(home: Home) -> Incident:
    return next(i for i in home.state.incidents.values() if i.kind is IncidentKind.DRILL)


SCENES: dict[str, Callable[[], Home]] = {
    "fresh": at_home,
    "arming": arming,
    "armed": armed,
    "pending": pending,
    "disarmed": disarmed,
    "alarmed": alarmed,
    "ringing": ringing,
    "talking": talking,
    "listening": listening,
    "pausing": pausing,
    "exhausted": exhausted,
    "acknowledged": acknowledged,
    "rung again": rung_again,
    "judged": judged,
    "drilled": drilled,
}


def all_scenes() -> Iterator[tuple[str, Home]]:
    for title, make in SCENES.items():
        yield title, make()
