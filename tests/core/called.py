"""Homes with contacts of any kind, and alarms there that nobody reacts to."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import strategies as st

from alarm.core.calls import CallStatus
from alarm.core.contact import Contact
from alarm.core.deliveries import CallBody
from alarm.core.inputs import Tick
from alarm.core.quiet_hours import QuietHours
from alarm.core.settings import Plan
from tests.core.home import NOON, Home, household, seconds, settings

# Nobody looks more often; every wait of a random plan is a multiple of it.
STEP = seconds(5)
RING = seconds(25)
multiples = st.integers(0, 24).map(lambda n: n * STEP)
# A pause of nothing at all ends when the alarm is looked at again.
pauses = st.integers(1, 24).map(lambda n: n * STEP)
minutes = st.integers(0, 24 * 60 - 1)
quiet_hours = st.tuples(minutes, minutes).filter(lambda m: m[0] != m[1]).map(lambda m: span(*m))
plans = st.builds(Plan, abort_window=multiples, pause=pauses, cycles=st.integers(1, 4))


def span(start: int, end: int) -> QuietHours:
    return QuietHours(start, end)


def person(number: int, quiet: QuietHours | None = None) -> Contact:
    return Contact(f"c{number}", f"Phone {number}", f"+4915100000{number:02}", quiet=quiet)


@st.composite
def contact_lists(draw: st.DrawFn) -> tuple[Contact, ...]:
    chosen = draw(st.lists(st.one_of(st.none(), quiet_hours), max_size=4))
    return tuple(person(number, quiet) for number, quiet in enumerate(chosen, start=1))


def home_of(contacts: tuple[Contact, ...], plan: Plan | None = None, now: datetime = NOON) -> Home:
    return Home(replace(household(), contacts=contacts, settings=settings(plan=plan)), now=now)


def alarm_in(home: Home, *, told: bool = True) -> Home:
    """Let an alarm begin, its alert arrived unless Telegram is down."""
    home.arm_now()
    home.burglary()
    if told:
        home.deliver_chat()
    home.effects.clear()
    return home


def nobody_reacts(home: Home, duration: timedelta) -> list[tuple[datetime, str]]:
    """Let time go by, every phone ringing in vain; return who was called when."""
    end = home.now + duration
    called: list[tuple[datetime, str]] = []
    home.effects.clear()
    while True:
        if any(home.now - call.created_at >= RING for call in home.calls()):
            home.call(CallStatus.NO_ANSWER)
        home.do(Tick())
        bodies = [delivery.body for delivery in home.effects]
        called += [(home.now, body.contact_id) for body in bodies if isinstance(body, CallBody)]
        home.effects.clear()
        home.rows.clear()
        if home.now >= end:
            return called
        home.now += STEP
