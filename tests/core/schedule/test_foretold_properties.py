"""What is foretold of the clock is what comes: over random evenings of commands, plans, buttons."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from alarm.core.clock_commands import ArmLater, DropPlan, KeepHold, SkipArming
from alarm.core.commands import Arm, Disarm
from alarm.core.inputs import Tick
from alarm.core.schedule.windows import EVERY_DAY, Window, clash_of
from alarm.core.schedule.wishes import armed_mode, away_at, next_change
from alarm.core.settings import Mode, ModeSettings
from tests.core.home import HOUR, MINUTE
from tests.core.schedule.test_edges_properties import CHECKED
from tests.core.schedule.timed import TimedHome, home_with


@dataclass(frozen=True)
class Act:
    """What a person does, and how many steps go by afterwards."""

    what: str
    mode: Mode
    after: int
    lasts: int
    steps: int


WHATS = ["arm", "disarm", "arm until", "disarm until", "plan", "plan until", "drop"]
WHATS += ["not tonight", "in 1 h", "not tonight", "in 1 h", "keep", "1 h more"]
# All times lie on this grid, so that many fall on one moment.
STEP = 10 * MINUTE
FEW = st.integers(1, 12)
ACTS = st.builds(Act, st.sampled_from(WHATS), st.sampled_from(Mode), FEW, FEW, FEW)


@st.composite
def evenings(draw: st.DrawFn) -> tuple[Window, ...]:
    """Draw windows that follow each other closely; most of them are of away."""
    kept: tuple[Window, ...] = ()
    for number in range(draw(st.integers(1, 4))):
        start = draw(st.integers(72, 110)) * 10
        end = (start + draw(st.sampled_from([20, 60, 90, 240]))) % (24 * 60)
        mode = draw(st.sampled_from([Mode.AWAY, Mode.AWAY, Mode.NIGHT]))
        window = Window(EVERY_DAY, start, end, mode, number + 1)
        if clash_of((*kept, window)) is None:
            kept = (*kept, window)
    return kept


@settings(CHECKED, max_examples=500)
@given(windows=evenings(), acts=st.lists(ACTS, min_size=2, max_size=10))
def test_the_next_change_comes_when_it_is_foretold_and_no_other_before(
    windows: tuple[Window, ...], acts: list[Act]
) -> None:
    home = home_with(*windows)
    modes = {mode: ModeSettings(exit_delay=timedelta(0)) for mode in Mode}
    home.state = replace(home.state, settings=replace(home.state.settings, modes=modes))
    for act in acts:
        do(home, act)
        home.do(Tick())
        for _ in range(act.steps):
            coming, mode = next_change(home.state, home.area, home.now), armed_mode(home.area)
            home.now += STEP
            home.do(Tick())
            comes = coming is not None and coming.at <= home.now
            assert armed_mode(home.area) is (coming.mode if coming and comes else mode)


def do(home: TimedHome, act: Act) -> None:
    actor, timing = home.actor(), home.timing
    at = home.now + act.after * STEP
    until = at + act.lasts * STEP
    match act.what:
        case "arm":
            home.do(Arm(actor, act.mode))
        case "disarm":
            home.do(Disarm(actor))
        case "arm until":
            home.do(Arm(actor, act.mode, None, at))
        case "disarm until":
            home.do(Disarm(actor, until=at))
        case "plan":
            home.do(ArmLater(actor, at, act.mode))
        case "plan until":
            home.do(ArmLater(actor, at, act.mode, until=until))
        case "drop":
            home.do(DropPlan(actor))
        case "not tonight" | "in 1 h":
            due = (
                timing.put_off.edge if timing.put_off else away_at(home.state, home.area, home.now)
            )
            later = HOUR if act.what == "in 1 h" else None
            home.do(SkipArming(actor, due or at, later))
        case _:
            end = timing.hold.until if timing.hold else at
            home.do(KeepHold(actor, end, HOUR if act.what == "1 h more" else None))
