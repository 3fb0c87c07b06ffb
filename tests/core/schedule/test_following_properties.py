"""The panel against a plain model, over random weeks, zones, commands, restarts, clock changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from alarm.core.commands import Arm, Disarm
from alarm.core.inputs import ClockJumped, Tick
from alarm.core.schedule.calendar import Calendar
from alarm.core.schedule.windows import DAY, Schedule
from alarm.core.schedule.wishes import armed_mode
from alarm.core.settings import Mode, ModeSettings
from tests.core.schedule import naive
from tests.core.schedule.naive import MINUTE
from tests.core.schedule.test_edges_properties import AREAS, GONE, nights, weeks
from tests.core.schedule.timed import TimedHome, home_with

DAYS = 2


@dataclass(frozen=True)
class Act:
    """After so many minutes a command, for a time or not; a restart; or the clock set anew.

    `area`: which one a command names, None for all of them; one that is not there means all.
    """

    wait: int
    what: str
    mode: Mode = Mode.AWAY
    minutes: int = 0
    area: str | None = None


ACTS = st.builds(
    Act,
    st.integers(1, 400),
    st.sampled_from(["tick", "tick", "arm", "disarm", "restart", "clock"]),
    st.sampled_from(Mode),
    st.sampled_from([0, 0, 1, 30, 200]),
    st.sampled_from([None, None, *AREAS]),
)
# Of one area, of two, of three; each with windows of an area that is gone.
HOMES = st.integers(1, 3).flatmap(
    lambda number: st.tuples(st.just(AREAS[:number]), weeks([*AREAS[:number], GONE]))
)


class Model:
    """What the panel of an area has to be, worked out minute by minute from the wall clock."""

    def __init__(self, schedule: Schedule, zone: ZoneInfo, start: datetime, area: str) -> None:
        windows = schedule.windows
        self.wanted = dict(naive.minutes(windows, zone, start, (DAYS + 8) * DAY, area))
        self.counts = any(w.area in ("", area) for w in schedule.counting)
        self.mode: Mode | None = None
        self.settled = start
        self.holds: list[tuple[datetime, Mode | None]] = []

    def command(self, at: datetime, mode: Mode | None, minutes: int) -> None:
        """Lay a time upon those that last longer; without a time nothing of them is left."""
        until, before = at + minutes * MINUTE, self.mode
        if not minutes:
            self.holds = []
        elif self.holds and (self.mode == mode or self.holds[-1][0] <= until):
            self.holds[-1] = (until, self.holds[-1][1])
            if len(self.holds) > 1 and self.holds[0][0] <= until:
                # It outlasts the one below it, and gives back what was before that.
                self.holds = [(until, self.holds[0][1])]
        else:
            self.holds = [*self.holds[-1:], (until, before)]
        self.mode, self.settled = mode, at

    def tick(self, at: datetime) -> None:
        if self.holds:
            while self.holds and self.holds[-1][0] <= at:
                _, before = self.holds.pop()
                self.mode = self.wanted[at] if self.counts else before
                self.holds = [] if self.counts else self.holds
                self.settled = at
            return
        minute = self.settled
        while minute < at:
            if self.wanted[minute + MINUTE] != self.wanted[minute]:
                self.mode = self.wanted[at]
            minute += MINUTE
        self.settled = at


@settings(max_examples=60, deadline=None, database=None)
@given(lived=HOMES, night=nights(), acts=st.lists(ACTS, min_size=1, max_size=25))
def test_every_panel_is_as_the_model_says(
    lived: tuple[Sequence[str], Schedule], night: tuple[ZoneInfo, datetime], acts: list[Act]
) -> None:
    (areas, schedule), (zone, start) = lived, night
    home = at_start(schedule, zone, start, areas)
    models = {area: Model(schedule, zone, start, area) for area in areas}
    true_now = start
    for act in acts:
        true_now += act.wait * MINUTE
        home.now += act.wait * MINUTE
        mode = act.mode if act.what == "arm" else None
        until = true_now + act.minutes * MINUTE if act.minutes else None
        match act.what:
            case "arm":
                home.do(Arm(home.actor(), act.mode, act.area, until))
            case "disarm":
                home.do(Disarm(home.actor(), area=act.area, until=until))
            case "restart":
                home.restart()
                home.confirm(true_now - home.now)
            case "clock":
                jump = (act.minutes - 100) * MINUTE
                home.now += jump
                home.do(ClockJumped(jump))
        if act.what in ("arm", "disarm"):
            for area in [act.area] if act.area in models else areas:
                models[area].command(true_now, mode, act.minutes)
        home.do(Tick())
        for area, model in models.items():
            model.tick(true_now)
            assert armed_mode(home.state.areas[area]) == model.mode


def at_start(
    schedule: Schedule, zone: ZoneInfo, start: datetime, areas: Sequence[str]
) -> TimedHome:
    """Return a home whose exit delays are none, so that a command is carried out at once."""
    home = home_with(settled=False, areas={area: area for area in areas})
    modes = {mode: ModeSettings(exit_delay=timedelta(0)) for mode in Mode}
    chosen = replace(home.state.settings, zone=zone.key, modes=modes)
    home.state = replace(home.state, settings=chosen, calendar=Calendar(schedule))
    home.now = start
    home.do(Tick())
    return home
