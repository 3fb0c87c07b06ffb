"""What is told ahead of several areas, by name where not all are meant, and what buttons mean."""

from __future__ import annotations

from dataclasses import replace

from alarm.core.notices import Notice
from tests.core.home import GARDEN, HOUR, HOUSE
from tests.core.schedule.test_areas_apart import EVENING, HOUSE_NIGHTS, MORNING, panels, told
from tests.core.schedule.timed import berlin, home_with, two_areas

# -- ten minutes before arming away ----------------------------------------------------------------


def test_each_area_is_told_of_ten_minutes_ahead() -> None:
    later = replace(EVENING, start=18 * 60 + 5, id=4, area=GARDEN)
    home = two_areas(replace(EVENING, area=HOUSE), later, at="17:00")
    assert told(home.at("17:49:59"), Notice.AWAY_SOON) == []
    (words,) = told(home.at("17:50"), Notice.AWAY_SOON)
    assert words.args == {"at": berlin("18:00").isoformat(), "area": "House", "ids": HOUSE}
    assert told(home.at("17:54:59"), Notice.AWAY_SOON) == []
    (words,) = told(home.at("17:55"), Notice.AWAY_SOON)
    assert words.args == {"at": berlin("18:05").isoformat(), "area": "Garden", "ids": GARDEN}
    assert told(home.at("17:55:01"), Notice.AWAY_SOON) == []


def test_two_areas_of_one_minute_are_told_of_together_and_not_by_name() -> None:
    windows = replace(EVENING, area=HOUSE), replace(EVENING, id=4, end=0, area=GARDEN)
    home = two_areas(*windows, at="17:00")
    (words,) = told(home.at("17:50"), Notice.AWAY_SOON)
    assert words.args == {"at": berlin("18:00").isoformat()}
    home.skip("18:00")
    home.at("18:00")
    assert panels(home) == ("disarmed", "disarmed")


def test_two_of_three_areas_are_both_named() -> None:
    windows = replace(EVENING, area=HOUSE), replace(EVENING, id=4, area=GARDEN)
    names = {HOUSE: "House", GARDEN: "Garden", "51003": "Shed"}
    home = home_with(*windows, at="17:00", areas=names)
    (words,) = told(home.at("17:50"), Notice.AWAY_SOON)
    assert (words.args["area"], words.args["ids"]) == ("House, Garden", f"{HOUSE},{GARDEN}")


def test_not_tonight_of_one_area_lets_the_other_be_armed() -> None:
    home = two_areas(EVENING, at="17:55")
    (words,) = told(home.skip("18:00", None, GARDEN), Notice.ARMING_SKIPPED)
    assert (words.args["area"], words.args["ids"]) == ("Garden", GARDEN)
    home.at("18:00")
    home.at("18:01")
    assert panels(home) == ("armed away", "disarmed")


def test_in_an_hour_tells_apart_the_areas_that_are_no_longer_wanted_then() -> None:
    short = replace(EVENING, area=HOUSE, end=19 * 60)
    home = two_areas(short, replace(EVENING, id=4, area=GARDEN), at="17:55")
    words = told(home.skip("18:00", HOUR), Notice.ARMING_SKIPPED)
    assert [(w.args["area"], w.args["over"], w.args["later"]) for w in words] == [
        ("House", True, None),
        ("Garden", False, berlin("19:00").isoformat()),
    ]
    home.at("19:00")
    home.at("19:01")
    assert panels(home) == ("disarmed", "armed away")


def test_an_area_that_is_not_named_any_more_has_nothing_to_skip() -> None:
    home = two_areas(EVENING, at="17:55")
    decision = home.skip("18:00", None, "51009")
    assert told(decision, Notice.NOTHING_TO_SKIP)
    home.at("18:00")
    assert panels(home) == ("arming away", "arming away")


# -- five minutes before the end of a time that a person named -------------------------------------


def test_five_minutes_before_an_end_each_area_is_told_what_comes_then() -> None:
    home = two_areas(HOUSE_NIGHTS, at="21:00")
    home.hold("22:30", armed=True, area=HOUSE)
    home.hold("22:30", armed=True, area=GARDEN)
    words = told(home.at("22:25"), Notice.HOLD_ENDS)
    assert [(w.args["area"], w.args["ids"], w.args["then"]) for w in words] == [
        ("House", HOUSE, "night"),
        ("Garden", GARDEN, ""),
    ]
    (kept,) = told(home.keep("22:30", None, GARDEN), Notice.HOLD_KEPT)
    assert kept.args["area"] == "Garden"
    home.at("22:30")
    assert panels(home) == ("armed night", "armed away")
    home.at(MORNING)
    assert panels(home) == ("disarmed", "armed away")


def test_five_minutes_before_an_end_of_all_areas_none_is_named() -> None:
    home = two_areas(at="21:00")
    home.hold("22:30", armed=True)
    (words,) = told(home.at("22:25"), Notice.HOLD_ENDS)
    assert words.args == {"until": berlin("22:30").isoformat(), "then": "", "by": "Ann"}
    home.keep("22:30", HOUR)
    home.at("23:29:59")
    assert panels(home) == ("armed away", "armed away")
    home.at("23:30")
    assert panels(home) == ("disarmed", "disarmed")
