"""What is said ahead of the clock in a home with several areas, and what its buttons are about."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from alarm.core.clock_commands import ArmLater
from alarm.core.commands import Arm
from alarm.core.deliveries import WordsBody
from alarm.core.draft import Decision
from alarm.core.notices import Notice
from alarm.core.schedule.windows import EVERY_DAY, Window
from bot.pages import Page
from bot.words.notices import sentence
from tests.bot.words.looks import look, seen
from tests.core.home import ANN, GARDEN, HOUSE
from tests.core.schedule.timed import (
    AWAY,
    NIGHT,
    NIGHTS,
    TimedHome,
    berlin,
    home_with,
    two_areas,
)

EVENING = Window(EVERY_DAY, 18 * 60, 20 * 60, AWAY, 3)
SIX = f"{berlin('18:00').timestamp():.0f}"


def told(home: TimedHome, decision: Decision, notice: Notice) -> Page:
    bodies = [d.body for d in decision.effects if d.target == str(ANN)]
    (words,) = [b.words for b in bodies if isinstance(b, WordsBody) and b.words.notice is notice]
    page = sentence(words, home.state, look(home.now))
    seen(page)
    return page


def data(page: Page) -> list[str]:
    return [button.data for row in page.buttons for button in row]


def test_the_notice_of_one_area_names_it_and_its_buttons_are_about_it() -> None:
    home = two_areas(replace(EVENING, area=GARDEN), at="17:40")
    page = told(home, home.at("17:50"), Notice.AWAY_SOON)
    assert seen(page) == "🕘 To be armed (away) in Garden by the schedule at 18:00 (in 10 min)."
    assert data(page) == [f"skip:{SIX}:{GARDEN}", f"later:{SIX}:{GARDEN}"]


@pytest.mark.parametrize("areas", [{HOUSE: "House"}, {HOUSE: "House", GARDEN: "Garden"}])
def test_the_notice_of_all_areas_names_none(areas: dict[str, str]) -> None:
    home = home_with(EVENING, at="17:40", areas=areas)
    page = told(home, home.at("17:50"), Notice.AWAY_SOON)
    assert seen(page) == "🕘 To be armed (away) by the schedule at 18:00 (in 10 min)."
    assert data(page) == [f"skip:{SIX}", f"later:{SIX}"]


@pytest.mark.parametrize(("digits", "named"), [(10, 4), (20, 2), (10, 5), (20, 3)])
def test_more_areas_than_a_button_holds_are_all_those_of_that_minute(
    digits: int, named: int
) -> None:
    ids = [str(10 ** (digits - 1) + n) for n in range(named)]
    windows = [replace(EVENING, id=n, area=area) for n, area in enumerate(ids, 1)]
    areas = {area: f"Area {n}" for n, area in enumerate([*ids, HOUSE])}
    home = home_with(*windows, at="17:40", areas=areas)
    page = told(home, home.at("17:50"), Notice.AWAY_SOON)
    fits = (digits, named) in ((10, 4), (20, 2))
    assert data(page)[1] == f"later:{SIX}" + (f":{','.join(ids)}" if fits else "")


def test_what_is_called_off_and_put_off_is_told_by_name() -> None:
    home = two_areas(replace(EVENING, area=GARDEN), at="17:55")
    page = told(home, home.skip("18:00", timedelta(hours=1), GARDEN), Notice.ARMING_SKIPPED)
    assert seen(page) == (
        "👍 Not armed in Garden at 18:00, said Ann.\nTo be armed (away) at 19:00 instead."
    )
    assert data(page) == [f"skip:{berlin('19:00').timestamp():.0f}:{GARDEN}"]
    page = told(home, home.skip("18:00", None, GARDEN), Notice.ARMING_SKIPPED)
    assert seen(page).startswith("👍 Not armed in Garden at 19:00, said Ann.\n")
    assert data(page) == []


def test_an_end_tells_how_its_own_area_is_until_then() -> None:
    home = two_areas(at="12:00")
    home.hold("15:00", armed=True, area=GARDEN)
    page = told(home, home.at("14:55"), Notice.HOLD_ENDS)
    three = f"{berlin('15:00').timestamp():.0f}"
    assert seen(page) == (
        "⏳ To be disarmed in Garden at 15:00 (in 5 min).\nIt is armed until then, set by Ann."
    )
    assert data(page) == [f"longer:{three}:{GARDEN}", f"keep:{three}:{GARDEN}"]
    page = told(home, home.keep("15:00", None, GARDEN), Notice.HOLD_KEPT)
    assert seen(page).startswith("👍 Stays as it is in Garden, said Ann.\n")
    home.do(Arm(home.actor(), AWAY, HOUSE))
    home.do(Arm(home.actor(), AWAY, GARDEN))
    home.hold("17:00", armed=False, area=GARDEN)
    page = told(home, home.at("16:55"), Notice.HOLD_ENDS)
    assert "It is disarmed until then" in seen(page)


def test_a_planned_arming_of_one_area_is_told_and_called_off_alone() -> None:
    home = two_areas(at="12:00")
    home.do(ArmLater(home.actor(), berlin("16:00"), area=HOUSE))
    page = told(
        home, home.do(ArmLater(home.actor(), berlin("15:00"), area=GARDEN)), Notice.ARM_PLANNED
    )
    assert seen(page).startswith("🕘 To be armed (away) in Garden at 15:00 (in 3 h), set by Ann.\n")
    assert data(page) == [f"unplan:{berlin('15:00').timestamp():.0f}:{GARDEN}"]
    page = told(home, home.drop_plan(GARDEN), Notice.PLAN_DROPPED)
    assert seen(page).startswith("👍 Called off in Garden by Ann: it will not arm by itself.\n")
    home.at("16:00")
    home.at("16:01")
    assert (home.is_now(HOUSE), home.is_now(GARDEN)) == ("armed away", "disarmed")


def test_the_buttons_under_an_edge_of_one_area_leave_the_others_alone() -> None:
    home = two_areas(replace(EVENING, area=GARDEN), replace(NIGHTS, area=HOUSE))
    home.do(Arm(home.actor(), AWAY, HOUSE))
    page = told(home, home.at("18:00"), Notice.SCHEDULE_ARMED)
    assert seen(page).startswith("⏳ Now arming (away) in Garden by the schedule.\n")
    assert data(page) == [f"cancel:{GARDEN}:{berlin('18:00').timestamp():.0f}", "extend:"]
    page = told(home, home.at("20:00"), Notice.SCHEDULE_DISARMED)
    assert data(page) == [f"arm::{GARDEN}"]
    page = told(home, home.at("22:00"), Notice.SCHEDULE_ARMED)
    assert seen(page).startswith(f"🔒 Now armed ({NIGHT}) in House by the schedule.\n")
    assert data(page) == [f"off:{HOUSE}"]
    alone = home_with(NIGHTS)
    assert data(told(alone, alone.at("22:00"), Notice.SCHEDULE_ARMED)) == ["disarm:"]


def test_an_area_that_is_armed_is_not_told_to_be_arming_because_another_is() -> None:
    home = two_areas(replace(NIGHTS, area=HOUSE))
    home.at("21:59:50")
    home.do(Arm(home.actor(), AWAY, GARDEN))
    page = told(home, home.at("22:00"), Notice.SCHEDULE_ARMED)
    assert seen(page).startswith("🔒 Now armed (night) in House by the schedule.\n")
