"""A plan that comes while a person's time still runs: what becomes of its end is said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alarm.core.draft import Decision
from alarm.core.notices import Notice
from alarm.core.schedule.wishes import Change, Why, next_change
from alarm.core.settings import Mode
from tests.core.home import ANN, BEN, HOUSE, sentences
from tests.core.schedule.timed import AWAY, HOME, NIGHT, TimedHome, berlin, home_with, two_areas

END_OFF = f"{berlin('20:00').isoformat()}="


def armed_for_a_time(mode: Mode = NIGHT) -> TimedHome:
    """Return a home that is armed from noon until 20:00, and then disarmed."""
    home = home_with(at="12:00")
    home.hold("20:00", armed=True, mode=mode)
    return home


def told(decision: Decision, notice: Notice, chat: int = ANN) -> list[dict[str, object]]:
    return [dict(w.args) for w in sentences(decision.effects, chat) if w.notice is notice]


@pytest.mark.parametrize(
    ("at", "then_off"), [("19:59:59", END_OFF), ("20:00", None), ("20:00:01", None)]
)
def test_who_plans_reads_which_end_is_off_by_then(at: str, then_off: str | None) -> None:
    home = armed_for_a_time()
    decision = home.later(at)
    for chat in (ANN, BEN):
        (args,) = told(decision, Notice.ARM_PLANNED, chat)
        assert (args.get("off"), args.get("off_then")) == (None, then_off)
    assert home.timing.hold is not None


@pytest.mark.parametrize("until", ["15:00", "20:00", "21:00"])
def test_a_plan_with_an_end_of_its_own_calls_no_end_off(until: str) -> None:
    home = armed_for_a_time()
    (args,) = told(home.later("13:00", until=until), Notice.ARM_PLANNED)
    assert args.get("off_then") is None
    (args,) = told(home.at("13:00"), Notice.SCHEDULE_ARMED)
    assert args.get("off") is None


def test_an_end_that_would_change_nothing_is_not_spoken_of() -> None:
    home = home_with(at="12:00")
    home.arm_now()
    home.hold("20:00", armed=False)
    (args,) = told(home.later("13:00", AWAY), Notice.ARM_PLANNED)
    assert args.get("off_then") is None
    (args,) = told(home.at("13:00"), Notice.SCHEDULE_ARMED)
    assert args.get("off") is None


def test_when_it_arms_everyone_hears_which_end_is_off() -> None:
    home = armed_for_a_time()
    home.later("13:00")
    decision = home.at("13:00")
    for chat in (ANN, BEN):
        (args,) = told(decision, Notice.SCHEDULE_ARMED, chat)
        assert (args["by"], args["why"], args["off"]) == ("Ann", "planned", END_OFF)
    home.at("20:00")
    assert home.is_now() == "armed away"


def test_a_plan_called_off_leaves_the_end() -> None:
    home = armed_for_a_time()
    home.later("13:00")
    home.drop_plan()
    home.at("20:00")
    assert home.is_now() == "disarmed"


def test_areas_whose_ends_differ_are_told_apart() -> None:
    home = two_areas()
    home.hold("20:00", armed=True, mode=NIGHT, area=HOUSE)
    home.later("13:00")
    heard = told(home.at("13:00"), Notice.SCHEDULE_ARMED)
    assert {args["area"]: args.get("off") for args in heard} == {"House": END_OFF, "Garden": None}


# -- the panel is in that mode already -------------------------------------------------------------


def test_where_it_stays_as_it_is_everyone_hears_that_the_end_is_off() -> None:
    home = armed_for_a_time()
    (args,) = told(home.later("13:00", NIGHT), Notice.ARM_PLANNED)
    assert args["off_then"] == END_OFF
    decision = home.at("13:00")
    for chat in (ANN, BEN):
        (args,) = told(decision, Notice.HOLD_KEPT, chat)
        assert (args["by"], args["until"], args["off"]) == ("Ann", None, END_OFF)
    journal = [dict(row.data) for row in decision.rows if row.kind == "journal"]
    assert {"what": "kept as it is", "by": "Ann", "until": None} in journal
    home.at("20:00")
    assert home.is_now() == "armed night"


@pytest.mark.parametrize("until", ["15:00", "21:00"])
def test_where_it_stays_as_it_is_everyone_hears_the_new_end(until: str) -> None:
    home = armed_for_a_time()
    home.later("13:00", NIGHT, until=until)
    (args,) = told(home.at("13:00"), Notice.HOLD_KEPT)
    assert (args["until"], args.get("off")) == (berlin(until).isoformat(), None)
    home.at(until)
    assert home.is_now() == "disarmed"


def test_where_nothing_changes_at_all_nothing_is_said() -> None:
    home = home_with(at="12:00")
    home.arm_now()
    home.later("13:00", AWAY)
    assert sentences(home.at("13:00").effects, ANN) == []


# -- the plan has an end of its own ----------------------------------------------------------------


def test_at_the_end_of_a_shorter_plan_the_longer_time_goes_on() -> None:
    home = armed_for_a_time()
    home.later("13:00", AWAY, until="15:00")
    home.at("13:00")
    home.at("15:00")
    assert home.is_now() == "armed night"
    assert next_change(home.state, home.area, home.now) == Change(
        berlin("20:00"), None, Why.HOLD, "Ann"
    )
    home.at("20:00")
    assert home.is_now() == "disarmed"


@pytest.mark.parametrize("until", ["20:00", "21:00"])
def test_at_the_end_of_a_longer_plan_is_what_was_before_the_time(until: str) -> None:
    home = armed_for_a_time()
    home.later("13:00", AWAY, until=until)
    home.at("13:00")
    home.at(until)
    assert home.is_now() == "disarmed"


def test_a_plan_that_cannot_be_done_leaves_the_time_as_it_is() -> None:
    home = armed_for_a_time()
    home.later("13:00", HOME)
    known = home.state.settings
    modes = {mode: chosen for mode, chosen in known.modes.items() if mode is not HOME}
    home.state = replace(home.state, settings=replace(known, modes=modes))
    assert told(home.at("13:00"), Notice.MODE_NOT_CHOSEN)
    home.at("20:00")
    assert home.is_now() == "disarmed"
