"""What the clock did: the words, how loud they are, the rows of the journal, and what it leaves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alarm.core.deliveries import Scalar, WordsBody
from alarm.core.draft import Decision
from alarm.core.inputs import Tick
from alarm.core.notices import Notice
from alarm.core.schedule.calendar import PutOff
from alarm.core.schedule.windows import Window
from alarm.core.settings import Mode, ModeSettings
from alarm.core.state import Area
from tests.core.home import ANN, GARDEN, HOUR, MINUTE, SECOND, sentences, settings
from tests.core.schedule.timed import (
    AWAY,
    DAYS_OUT,
    HOME,
    NIGHT,
    NIGHTS,
    TimedHome,
    berlin,
    home_with,
)

MORNING = "2026-03-05 06:30"


def silences(decision: Decision, notice: Notice) -> list[bool]:
    return [
        d.body.silent
        for d in decision.effects
        if isinstance(d.body, WordsBody) and d.body.words.notice is notice
    ]


def rows(decision: Decision) -> list[dict[str, Scalar]]:
    """Return the rows of the journal on what was done, without those on deliveries."""
    journal = [dict(row.data) for row in decision.rows if row.kind == "journal"]
    return [row for row in journal if "delivery" not in row]


def leave_time(home: TimedHome, *modes: Mode) -> None:
    """Give modes an exit delay."""
    changed = home.state.settings
    for mode in modes:
        changed = changed.with_mode(mode, ModeSettings(exit_delay=MINUTE))
    home.state = replace(home.state, settings=changed)


def test_an_edge_that_arms_is_journaled_and_told_in_passing() -> None:
    decision = home_with(NIGHTS).at("22:00")
    assert silences(decision, Notice.SCHEDULE_ARMED) == [True, True]
    assert rows(decision) == [{"what": "arm", "by": "schedule", "why": "schedule"}]


def test_an_edge_that_disarms_is_journaled_and_told_in_passing() -> None:
    home = home_with(NIGHTS)
    home.at("22:00")
    decision = home.at(MORNING)
    assert silences(decision, Notice.SCHEDULE_DISARMED) == [True, True]
    assert sentences(decision.effects, ANN)[0].args == {
        "at": berlin(MORNING).isoformat(),
        "by": "schedule",
        "why": "schedule",
    }
    assert rows(decision) == [{"what": "disarm", "by": "schedule", "why": "schedule"}]


def test_a_mode_without_cameras_is_told_aloud_with_all_that_there_is_to_know() -> None:
    home = home_with(NIGHTS)
    home.state = replace(home.state, settings=replace(settings(), zone="Europe/Berlin"))
    decision = home.at("22:00")
    (words,) = sentences(decision.effects, ANN)
    assert words.args == {
        "at": berlin("22:00").isoformat(),
        "by": "schedule",
        "why": "schedule",
        "mode": "night",
    }
    assert silences(decision, Notice.MODE_NOT_CHOSEN) == [False, False]
    assert rows(decision) == [{"what": "not armed", "mode": "night", "reason": "no cameras chosen"}]


def test_the_messages_that_count_down_are_forgotten_once_nothing_is_armed() -> None:
    home = home_with(NIGHTS)
    home.at("22:00")
    shown = {str(ANN): 71}
    home.state = replace(home.state, panel_messages=shown)
    home.at("23:00")
    assert home.state.panel_messages == shown
    home.at(MORNING)
    assert home.state.panel_messages == {}


def test_home_and_night_are_armed_at_once_whatever_their_exit_delay() -> None:
    evening = Window((0, 1, 2, 3, 4), 17 * 60, 18 * 60, HOME, 3)
    home = home_with(evening, NIGHTS, at="16:00")
    leave_time(home, HOME, NIGHT)
    home.at("17:00")
    assert home.is_now() == "armed home"
    home.at("18:00")
    assert home.is_now() == "disarmed"
    home.at("22:00")
    assert home.is_now() == "armed night"


# -- what a person planned -------------------------------------------------------------------------


def test_what_a_person_planned_leaves_time_to_go_in_every_mode() -> None:
    home = home_with()
    leave_time(home, NIGHT)
    home.later("15:00", NIGHT)
    decision = home.at("15:00")
    assert home.is_now() == "arming night"
    assert (home.area.changed_by, home.timing.planned) == ("Ann", None)
    assert rows(decision) == [{"what": "arm", "by": "Ann", "why": "planned"}]


def test_a_plan_with_an_end_holds_from_its_moment_and_gives_back_what_was() -> None:
    home = home_with()
    home.hold("2026-03-05 12:00", armed=True, mode=HOME)
    home.later("15:00", NIGHT, "18:00")
    home.at("15:00:07")
    hold = home.timing.hold
    assert hold is not None
    assert (hold.since, hold.until, hold.by, hold.before) == (
        berlin("15:00:07"),
        berlin("18:00"),
        "Ann",
        HOME,
    )
    assert home.timing.settled_at == berlin("15:00")
    home.at("18:00")
    assert home.is_now() == "armed home"


def test_of_a_plan_and_an_edge_of_the_same_moment_the_plan_counts() -> None:
    home = home_with(NIGHTS)
    home.later("22:00", AWAY)
    home.at("22:00")
    assert home.is_now() == "arming away"


def test_an_arming_that_was_put_off_is_of_the_schedule() -> None:
    home = home_with(DAYS_OUT, at="07:30")
    home.skip("08:00", HOUR)
    assert home.timing.put_off == PutOff(berlin("08:00"), berlin("09:00"))
    assert home.timing.planned is None
    decision = home.at("09:00")
    assert home.area.changed_by == "schedule"
    (words,) = [w for w in sentences(decision.effects, ANN) if w.notice is Notice.SCHEDULE_ARMED]
    assert (words.args["by"], words.args["why"]) == ("schedule", "schedule")


def test_an_arming_cannot_be_put_off_in_the_moment_at_which_it_is_due() -> None:
    home = home_with(DAYS_OUT, at="07:30")
    home.skip("08:00", HOUR)
    home.now = berlin("09:00")
    decision = home.skip("09:00", HOUR)
    assert sentences(decision.effects, ANN)[0].notice is Notice.NOTHING_TO_SKIP
    home.do(Tick())
    assert home.is_now() == "arming away"


@pytest.mark.parametrize("found", ["a plan that is overtaken", "the end of a command", "an edge"])
def test_what_was_found_late_is_done_with_up_to_now(found: str) -> None:
    home = home_with(NIGHTS, at="21:00")
    if found == "a plan that is overtaken":
        home.later("21:30", AWAY)
    elif found == "the end of a command":
        home.hold("22:30", armed=True)
    home.at("23:17")
    assert home.is_now() == "armed night"
    assert home.timing.settled_at == berlin("23:17")
    assert (home.timing.planned, home.timing.hold) == (None, None)
    home.disarm()
    home.wait(SECOND)
    assert home.is_now() == "disarmed"


def test_the_end_of_a_vacation_is_journaled_and_told_in_passing() -> None:
    home = home_with(NIGHTS)
    home.leave("2026-03-06 12:00")
    home.at("2026-03-06 11:59:59")
    decision = home.at("2026-03-06 12:00")
    assert silences(decision, Notice.VACATION_OVER) == [True, True]
    assert {"what": "vacation over"} in rows(decision)


def test_the_warning_of_an_arming_names_its_time() -> None:
    home = home_with(DAYS_OUT, at="07:45")
    decision = home.at("07:50")
    (words,) = sentences(decision.effects, ANN)
    assert (words.notice, words.args["at"]) == (Notice.AWAY_SOON, berlin("08:00").isoformat())


def test_an_area_without_a_time_hides_no_end_of_another_one() -> None:
    home = home_with()
    home.hold("15:00", armed=True)
    areas = {GARDEN: Area(GARDEN, "Garden"), **home.state.areas}
    home.state = replace(home.state, areas=areas)
    decision = home.at("14:55")
    (words,) = sentences(decision.effects, ANN)
    assert words.notice is Notice.HOLD_ENDS
    assert (words.args["until"], words.args["then"]) == (berlin("15:00").isoformat(), "")


def test_the_end_itself_is_not_told_as_one_to_come() -> None:
    home = home_with()
    home.hold("15:00", armed=True)
    home.now = berlin("14:54")
    home.wait(MINUTE * 6)
    assert Notice.HOLD_ENDS not in [words.notice for words in sentences(home.effects)]
