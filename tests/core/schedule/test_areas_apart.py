"""A schedule of several areas: each follows the windows that concern it, and no others."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from alarm.core.clock_commands import RemoveWindow, SetWindow
from alarm.core.commands import Arm, Disarm
from alarm.core.deliveries import Words
from alarm.core.draft import Decision
from alarm.core.errors import BadInput
from alarm.core.inputs import DevicesSeen, Tick
from alarm.core.notices import Notice
from alarm.core.schedule.windows import EVERY_DAY, Window
from alarm.core.state import UNKNOWN_AREA
from tests.core.home import ANN, GARDEN, HOUR, HOUSE, SECOND, clip, said, sentences
from tests.core.schedule.timed import (
    AWAY,
    DAYS_OUT,
    HOME,
    NIGHT,
    NIGHTS,
    TimedHome,
    berlin,
    home_with,
    networks_seen,
    two_areas,
)

HOUSE_NIGHTS = replace(NIGHTS, area=HOUSE)
GARDEN_DAYS = replace(DAYS_OUT, area=GARDEN)
EVENING = Window(EVERY_DAY, 18 * 60, 20 * 60, AWAY, 3)
MORNING = "2026-03-05 06:30"


def panels(home: TimedHome) -> tuple[str, str]:
    return home.is_now(HOUSE), home.is_now(GARDEN)


def told(decision: Decision, notice: Notice) -> list[Words]:
    return [words for words in sentences(decision.effects, ANN) if words.notice is notice]


# -- edges -----------------------------------------------------------------------------------------


def test_the_edges_of_the_house_leave_the_garden_as_a_person_armed_it() -> None:
    home = two_areas(HOUSE_NIGHTS)
    home.do(Arm(home.actor(), AWAY, GARDEN))
    home.tick_through("21:59:59", step=timedelta(minutes=7))
    assert panels(home) == ("disarmed", "armed away")
    home.at("22:00")
    assert panels(home) == ("armed night", "armed away")
    home.at("2026-03-05 06:29:59")
    assert panels(home) == ("armed night", "armed away")
    home.at(MORNING)
    assert panels(home) == ("disarmed", "armed away")
    assert home.state.areas[GARDEN].changed_by == "Ann"


def test_an_area_that_no_window_concerns_is_never_changed() -> None:
    home = two_areas(HOUSE_NIGHTS)
    before = home.state.areas[GARDEN]
    for _ in range(3 * 24):
        home.wait(HOUR)
    assert home.state.areas[GARDEN] == before


def test_a_window_of_all_areas_and_one_of_a_single_area_are_both_followed() -> None:
    home = two_areas(NIGHTS, GARDEN_DAYS, at="07:00")
    home.at("08:00")
    home.wait(timedelta(minutes=1))
    assert panels(home) == ("disarmed", "armed away")
    home.at("17:00")
    assert panels(home) == ("disarmed", "disarmed")
    home.at("22:00")
    assert panels(home) == ("armed night", "armed night")
    home.at(MORNING)
    assert panels(home) == ("disarmed", "disarmed")


def test_an_edge_tells_of_the_areas_that_it_changed() -> None:
    home = two_areas(NIGHTS, replace(EVENING, area=GARDEN))
    (words,) = told(home.at("18:00"), Notice.SCHEDULE_ARMED)
    assert (words.args["area"], words.args["ids"]) == ("Garden", GARDEN)
    home.at("20:00")
    (words,) = told(home.at("22:00"), Notice.SCHEDULE_ARMED)
    assert "area" not in words.args


def test_an_edge_missed_while_off_is_caught_up_in_its_area_alone() -> None:
    home = two_areas(HOUSE_NIGHTS)
    home.do(Arm(home.actor(), AWAY, GARDEN))
    home.now = berlin("23:00")
    home.restart()
    home.confirm()
    home.wait(SECOND)
    assert panels(home) == ("armed night", "armed away")


# -- times that a person named ---------------------------------------------------------------------


def test_after_a_hold_an_area_without_windows_is_again_as_it_was() -> None:
    home = two_areas(HOUSE_NIGHTS)
    home.do(Arm(home.actor(), AWAY, GARDEN))
    home.at("12:02")
    home.hold("22:30", armed=False)
    home.at("22:29:59")
    assert panels(home) == ("disarmed", "disarmed")
    decision = home.at("22:30")
    assert panels(home) == ("armed night", "arming away")
    args = [words.args for words in told(decision, Notice.SCHEDULE_ARMED)]
    assert [(a["area"], a["mode"], a["by"]) for a in args] == [
        ("House", "night", "schedule"),
        ("Garden", "away", "Ann"),
    ]


def test_after_a_vacation_an_area_without_windows_stays_armed() -> None:
    home = two_areas(HOUSE_NIGHTS)
    home.leave("2026-03-05 12:00")
    home.at("2026-03-05 12:00")
    assert panels(home) == ("disarmed", "armed away")


# -- changing it -----------------------------------------------------------------------------------


def test_a_change_of_one_area_swallows_nothing_of_another() -> None:
    home = two_areas(HOUSE_NIGHTS, replace(EVENING, area=GARDEN), at="21:00")
    home.do(Arm(home.actor(), AWAY, HOUSE))
    home.at("21:02")
    home.see(clip(home.now, 1), clip(home.now, 2))
    assert home.is_now(HOUSE) == "triggered away"
    home.at("22:00")
    home.set_window(replace(EVENING, area=GARDEN, end=21 * 60))
    home.false_alarm()
    home.wait(SECOND)
    assert home.is_now(HOUSE) == "armed night"


def test_a_window_given_to_another_area_is_followed_there_from_its_next_edge() -> None:
    home = two_areas(HOUSE_NIGHTS)
    home.at("22:00")
    home.set_window(replace(NIGHTS, area=GARDEN))
    home.wait(SECOND)
    assert panels(home) == ("armed night", "disarmed")
    home.at(MORNING)
    assert panels(home) == ("armed night", "disarmed")
    home.at("2026-03-05 22:00")
    assert panels(home) == ("armed night", "armed night")


def test_a_change_is_told_and_journaled_with_the_names_of_the_areas() -> None:
    home = two_areas(NIGHTS)
    decision = home.set_window(replace(NIGHTS, area=GARDEN))
    (words,) = told(decision, Notice.SCHEDULE_CHANGED)
    assert (words.args.get("old_area"), words.args.get("area")) == (None, "Garden")
    (row,) = [row for row in decision.rows if row.data["what"] == "schedule"]
    assert row.data["area"] == "Garden"
    (words,) = told(home.do(RemoveWindow(home.actor(), 1)), Notice.SCHEDULE_CHANGED)
    assert (words.args.get("old_area"), words.args.get("area")) == ("Garden", None)


def test_a_home_with_one_area_never_reads_its_name() -> None:
    home = home_with()
    decision = home.set_window(replace(NIGHTS, id=0, area=HOUSE))
    (words,) = told(decision, Notice.SCHEDULE_CHANGED)
    assert set(words.args) == {"window", "old", "new", "by"}
    home.at("22:00")
    assert home.is_now() == "armed night"


def test_a_window_of_an_area_that_nobody_knows_is_refused() -> None:
    home = two_areas(NIGHTS)
    before = home.state
    for window in (replace(NIGHTS, area="51009"), replace(DAYS_OUT, id=0, area="51009")):
        with pytest.raises(BadInput, match=r"^That area is not known here\.$"):
            home.do(SetWindow(home.actor(), window))
    assert home.state is before


# -- areas come and go -----------------------------------------------------------------------------


def test_a_window_of_an_area_that_is_gone_is_kept_and_changes_no_other() -> None:
    home = two_areas(replace(NIGHTS, area="51009"))
    home.at("22:00")
    home.at(MORNING)
    assert panels(home) == ("disarmed", "disarmed")
    home.set_window(replace(NIGHTS, area="51009", paused=True))
    (window,) = home.state.calendar.schedule.windows
    assert (window.area, window.paused) == ("51009", True)


def without_garden(home: TimedHome, text: str) -> TimedHome:
    """Let Blink list the garden no more from a moment on."""
    home.now = berlin(text)
    home.do(DevicesSeen(networks_seen([home.area])))
    return home


def test_an_area_that_blink_does_not_list_is_armed_and_told_as_not_watched_all_the_same() -> None:
    home = without_garden(two_areas(NIGHTS, at="20:00"), "20:00")
    for evening in ("2026-03-04 22:00", "2026-03-08 22:00"):
        home.now = berlin(evening)
        decision = home.do(Tick())
        assert panels(home) == ("armed night", "armed night")
        assert told(decision, Notice.SCHEDULE_ARMED)
        home.now += timedelta(minutes=1)
        assert Notice.NOT_WATCHING in said(home.do(Tick()).effects, ANN)
        home.now = berlin(evening) + timedelta(hours=9)
        home.do(Tick())
        assert panels(home) == ("disarmed", "disarmed")


def test_a_time_that_a_person_set_ends_in_an_area_that_blink_does_not_list_too() -> None:
    home = without_garden(two_areas(at="12:00"), "12:00")
    home.hold("2026-03-06 07:00", armed=True, mode=NIGHT)
    home.now = berlin("2026-03-06 07:00")
    home.do(Tick())
    assert panels(home) == ("disarmed", "disarmed")


def test_blink_lists_an_area_no_longer_and_again() -> None:
    home = two_areas(replace(NIGHTS, area=GARDEN))
    house, garden = home.state.areas.values()
    home.do(DevicesSeen(networks_seen([house])))
    assert [a.missing_since for a in home.state.areas.values()] == [None, home.now]
    before = home.state
    home.do(DevicesSeen(networks_seen([house])))
    assert home.state is before
    home.do(DevicesSeen(networks_seen([house, garden])))
    assert [a.missing_since for a in home.state.areas.values()] == [None, None]
    home.at("22:00")
    assert panels(home) == ("disarmed", "armed night")


def test_what_was_armed_before_blink_was_seen_follows_the_windows_of_the_areas_it_becomes() -> None:
    home = home_with(HOUSE_NIGHTS, settled=False, areas={})
    home.confirm()
    home.do(Arm(home.actor(), AWAY))
    assert list(home.state.areas) == [UNKNOWN_AREA]
    home.at("22:30")
    assert home.is_now(UNKNOWN_AREA) == "armed away"
    names = {HOUSE: "House", GARDEN: "Garden"}
    known = two_areas().state.areas
    assert set(known) == set(names)
    home.do(DevicesSeen(networks_seen(known.values(), names)))
    home.wait(SECOND)
    assert panels(home) == ("armed night", "armed away")
    home.do(Disarm(home.actor(), area=GARDEN))
    home.at(MORNING)
    assert panels(home) == ("disarmed", "disarmed")


def test_a_new_area_follows_the_windows_of_all_areas_from_their_next_edge() -> None:
    home = home_with(NIGHTS, at="21:00")
    home.at("22:00")
    known = two_areas().state.areas
    home.do(DevicesSeen(networks_seen(known.values(), {HOUSE})))
    home.wait(SECOND)
    assert panels(home) == ("armed night", "disarmed")
    home.at(MORNING)
    home.at("2026-03-05 22:00")
    assert panels(home) == ("armed night", "armed night")


# -- in other modes --------------------------------------------------------------------------------


def test_areas_are_armed_in_different_modes_in_the_same_minute() -> None:
    home = two_areas(HOUSE_NIGHTS, replace(NIGHTS, id=2, mode=HOME, area=GARDEN))
    decision = home.at("22:00")
    assert panels(home) == (f"armed {NIGHT}", f"armed {HOME}")
    args = [words.args for words in told(decision, Notice.SCHEDULE_ARMED)]
    assert [(a["area"], a["mode"]) for a in args] == [("House", "night"), ("Garden", "home")]
