"""The pages of the modes: what counts, what can be changed, what is asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alarm.core.deliveries import say
from alarm.core.events import Camera
from alarm.core.notices import Notice
from alarm.core.settings import Mode
from alarm.core.state import Choice, State
from bot.pages import Press
from bot.words import modes
from bot.words.notices import sentence
from tests.bot.words.looks import look, pressable, seen
from tests.bot.words.scenes import armed
from tests.core.home import GARDEN, HOUSE

PRIVATE = "Private: the others are off meanwhile"


def home(*, night: frozenset[str] | None = None) -> State:
    state = armed().state
    names = {"1": "Hall", "2": "Garage", "3": "Yard"}
    state = replace(state, cameras={i: Camera(i, HOUSE, n) for i, n in names.items()})
    if night is not None:
        settings = state.settings
        of_night = replace(settings.mode(Mode.NIGHT), cameras=night)
        state = replace(state, settings=settings.with_mode(Mode.NIGHT, of_night))
    return state


def test_the_question_ticks_nothing_by_itself_and_offers_every_camera_by_name() -> None:
    page = modes.which_cameras(Mode.NIGHT, Choice(Mode.NIGHT, arm=True), home())
    assert pressable(page) == ["⬜ Garage", "⬜ Hall", "⬜ Yard", f"⬜ {PRIVATE}", "Done, arm now"]
    assert "Nothing is ticked yet" in seen(page)


def test_a_tick_shows_what_counts_and_its_button_takes_it_back() -> None:
    choice = Choice(Mode.NIGHT, frozenset({"2"}))
    page = modes.which_cameras(Mode.NIGHT, choice, home())
    assert pressable(page) == ["✅ Garage", "⬜ Hall", "⬜ Yard", f"⬜ {PRIVATE}", "Done"]
    first, second = page.buttons[0][0], page.buttons[1][0]
    assert (first.press, first.about) == (Press.CAMERA, "night:0:2")
    assert second.about == "night:1:1"
    assert all(len(button.data.encode()) <= 64 for row in page.buttons for button in row)


@pytest.mark.parametrize(
    ("wish", "before", "ticked"),
    [(None, False, False), (None, True, True), (True, False, True), (False, True, False)],
)
def test_privacy_is_asked_with_the_cameras(wish: bool | None, before: bool, ticked: bool) -> None:
    state = home(night=frozenset({"1"}))
    of_night = replace(state.settings.mode(Mode.NIGHT), privacy=before)
    state = replace(state, settings=state.settings.with_mode(Mode.NIGHT, of_night))
    page = modes.which_cameras(Mode.NIGHT, Choice(Mode.NIGHT, private=wish), state)
    assert "Blink switches them off meanwhile" in seen(page)
    button = page.buttons[-2][0]
    assert button.text == f"{'✅' if ticked else '⬜'} {PRIVATE}"
    assert (button.press, button.about) == (
        Press.PRIVACY,
        f"night {'off' if ticked else 'on'} ask",
    )


def test_without_cameras_nothing_can_be_chosen_and_it_says_why() -> None:
    state = replace(home(), cameras={})
    page = modes.which_cameras(Mode.NIGHT, Choice(Mode.NIGHT), state)
    assert page.buttons == ()
    assert "No camera is known yet" in seen(page)


def test_cameras_of_two_areas_are_told_apart() -> None:
    state = home()
    areas = {**state.areas, GARDEN: replace(state.areas[HOUSE], network_id=GARDEN, name="Cabin")}
    page = modes.which_cameras(Mode.NIGHT, None, replace(state, areas=areas))
    assert "⬜ Hall (House)" in pressable(page)


def test_a_mode_that_is_not_set_up_offers_its_cameras_alone() -> None:
    page = modes.of_mode(Mode.NIGHT, home(), look(armed().now))
    assert pressable(page) == ["Cameras"]


def test_a_mode_shows_its_cameras_and_away_counts_every_one() -> None:
    state, view = home(night=frozenset({"1", "3"})), look(armed().now)
    night, away = modes.of_mode(Mode.NIGHT, state, view), modes.of_mode(Mode.AWAY, state, view)
    assert "Cameras: Hall, Yard" in seen(night)
    assert "every camera, new ones too" in seen(away)
    assert "Cameras" not in pressable(away)
    assert pressable(night)[0] == "Cameras"


def test_cameras_that_were_chosen_too_late_offer_to_arm() -> None:
    words = say(Notice.MODE_CAMERAS, mode="night", new="Hall", not_armed="old", network="51001")
    page = sentence(words, home(), look())
    assert "Not armed by this" in seen(page)
    assert "night:51001" in [b.about for row in page.buttons for b in row]
