"""Buttons about one area each: what makes sense for it now."""

from __future__ import annotations

from dataclasses import replace

from alarm.core.settings import PanelState
from alarm.core.state import Area, State
from bot.words.area_buttons import area_rows
from bot.words.screen import status
from tests.bot.words.looks import look, well

HOUSE, CABIN, SHED, BARN, HUT = (
    Area(str(51001 + n), name) for n, name in enumerate(("House", "Cabin", "Shed", "Barn", "Hut"))
)


def armed(area: Area, panel: PanelState = PanelState.ARMED) -> Area:
    return replace(area, panel=panel)


def home(*areas: Area) -> State:
    return replace(well(), areas={area.network_id: area for area in areas})


def labels(state: State, *, arming: bool = True) -> list[list[str]]:
    return [[button.text for button in row] for row in area_rows(state, arming=arming)]


def test_a_home_of_one_area_has_none() -> None:
    assert area_rows(home(HOUSE)) == []
    assert area_rows(home(armed(HOUSE))) == []


def test_each_area_is_offered_what_it_is_not() -> None:
    state = home(HOUSE, armed(CABIN))
    assert [[(b.text, b.data) for b in row] for row in area_rows(state)] == [
        [("Disarm Cabin", "off:51002"), ("Arm House", "arm::51001")]
    ]
    assert labels(state, arming=False) == [["Disarm Cabin"]]


def test_of_many_areas_the_most_serious_ones_have_a_button() -> None:
    state = home(HOUSE, CABIN, armed(SHED), armed(BARN, PanelState.PENDING), HUT)
    assert labels(state) == [["Disarm Barn", "Disarm Shed"], ["Arm Cabin", "Arm House"]]


def test_an_area_that_is_called_like_a_mode_is_not_taken_for_it() -> None:
    assert labels(home(Area("1", "Home"), CABIN)) == [["Arm Cabin", "Arm away Home"]]


def test_the_home_screen_offers_all_areas_first_and_then_each() -> None:
    shown = status(home(HOUSE, CABIN), look())
    assert [[b.text for b in row] for row in shown.buttons][:2] == [
        ["Arm"],
        ["Arm Cabin", "Arm House"],
    ]
    shown = status(home(armed(HOUSE), CABIN), look())
    assert [[b.text for b in row] for row in shown.buttons][:2] == [
        ["Disarm"],
        ["Disarm House", "Arm Cabin"],
    ]
