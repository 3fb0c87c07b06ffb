"""What is said of privacy at home: the page, the weak points, the cameras."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alarm.core.camera_wish import CameraWish, Step
from alarm.core.deliveries import say
from alarm.core.errors import BadInput
from alarm.core.notices import Notice
from alarm.core.settings import Mode, ModeSettings, PanelState
from alarm.core.state import State
from bot.pages import Press
from bot.words import screen, status
from bot.words.arguments import parse_privacy
from bot.words.notices import sentence
from bot.words.privacy import OF_MODE, button, overview
from bot.words.readiness import weak_points
from tests.bot.words.looks import NIGHT, camera, look, pressable, seen, well
from tests.core.home import HOUSE, SECOND


def home(
    step: Step | None = None,
    *,
    enabled: bool = False,
    told: bool = False,
    panel: PanelState = PanelState.ARMED,
) -> State:
    """Return a home with a garage that is off or on, because of us where there is a step."""
    state = well()
    area = replace(state.areas[HOUSE], panel=panel, armed_at_blink=True, mode=Mode.HOME)
    cameras = {c.id: c for c in (camera("Garage", enabled=enabled), camera("Hall"))}
    wishes = {} if step is None else {"garage": CameraWish(step, NIGHT, told=told)}
    return replace(state, areas={HOUSE: area}, cameras=cameras, camera_wishes=wishes)


def weak(state: State) -> list[str]:
    return weak_points(state, look())


@pytest.mark.parametrize("panel", list(PanelState))
def test_a_private_camera_is_no_weak_point(panel: PanelState) -> None:
    assert weak(home(Step.OFF, panel=panel)) == []


@pytest.mark.parametrize("step", [None, Step.LOOK, Step.LEFT])
def test_a_camera_that_is_off_without_us_is_one(step: Step | None) -> None:
    assert weak(home(step)) == ["Motion detection is off: Garage. Switch it on in the Blink app."]


def test_a_camera_that_is_just_being_switched_on_is_said_so() -> None:
    (line,) = weak(home(Step.ON))
    assert line == "Motion detection is being switched on: Garage. That can take a minute."


def test_a_camera_that_stays_off_is_not_watching_while_armed() -> None:
    (line,) = weak(home(Step.ON, told=True))
    assert line.startswith("<b>NOT WATCHING</b>: Garage: motion detection is still off at Blink.")


def test_and_no_more_than_a_word_while_disarmed() -> None:
    (line,) = weak(home(Step.ON, told=True, panel=PanelState.DISARMED))
    assert line.startswith("Garage: motion detection is still off at Blink.")


def test_a_camera_that_is_on_again_is_no_weak_point_although_unconfirmed() -> None:
    assert weak(home(Step.ON, enabled=True, told=True)) == []


@pytest.mark.parametrize("step", [Step.LOOK, Step.OFF])
def test_a_camera_that_does_not_become_private_is_said_once_it_was_told(step: Step) -> None:
    assert weak(home(step, enabled=True)) == []
    (line,) = weak(home(step, enabled=True, told=True))
    assert line.startswith("Not private: Garage.")


def test_the_cameras_say_which_one_is_private() -> None:
    text = seen(status.cameras(home(Step.OFF), look()))
    assert "🔕 Garage: online; private, its motion detection is off meanwhile" in text
    text = seen(status.cameras(home(Step.LEFT), look()))
    assert "⚠️ Garage: online; motion detection OFF" in text


@pytest.mark.parametrize(("step", "told"), [(Step.OFF, ", 1 private"), (Step.ON, "")])
def test_the_status_counts_the_private_ones_apart(step: Step, told: str) -> None:
    assert f"Cameras: 1 of 2 ready{told}\n" in seen(screen.status(home(step), look()))


# -- the page --------------------------------------------------------------------------------------


def with_home(state: State, settings: ModeSettings) -> State:
    return replace(state, settings=state.settings.with_mode(Mode.HOME, settings))


def test_the_page_shows_each_mode_with_its_cameras_and_a_button_to_turn_it() -> None:
    hall = ModeSettings(exit_delay=0 * SECOND, cameras=frozenset({"hall"}), privacy=True)
    page = overview(with_home(home(Step.OFF), hall))
    text = seen(page)
    assert "Home: on. It is about: Garage." in text
    assert "Night: not set up yet" in text
    assert "Private right now: Garage." in text
    assert pressable(page) == ["Home: turn off", "Night: turn on"]
    assert [row[0].about for row in page.buttons] == ["home off all", "night on all"]


def test_where_every_camera_counts_it_says_how_to_choose() -> None:
    text = seen(overview(with_home(home(), ModeSettings(privacy=True))))
    assert "All cameras count so far: /mode home lets you choose." in text
    both = ModeSettings(cameras=frozenset({"hall", "garage"}), privacy=True)
    assert "Every camera counts, none goes off." in seen(overview(with_home(home(), both)))


@pytest.mark.parametrize("on", [True, False])
def test_the_button_of_a_mode_says_what_it_does(on: bool) -> None:
    made = button(Mode.HOME, with_home(home(), ModeSettings(privacy=on)))
    assert made.text == f"Private: turn {'off' if on else 'on'}"
    assert made.press is Press.PRIVACY
    text, _, under = made.about.rpartition(" ")
    assert under == OF_MODE
    assert parse_privacy(text) == (Mode.HOME, not on)


@pytest.mark.parametrize("text", ["home on", " HOME  On "])
def test_words_are_read_in_any_case(text: str) -> None:
    assert parse_privacy(text) == (Mode.HOME, True)


@pytest.mark.parametrize("text", ["", "on", "home", "home on now", "away on", "garage off"])
def test_other_words_get_a_sentence(text: str) -> None:
    with pytest.raises(BadInput, match="home"):
        parse_privacy(text)


# -- notices ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("panel", "watching"), [(PanelState.ARMED, False), (PanelState.DISARMED, True)]
)
def test_a_camera_that_is_still_off_is_a_gap_only_where_the_house_is_armed(
    panel: PanelState, watching: bool
) -> None:
    state = home(Step.ON, told=True, panel=panel)
    cameras = {**state.cameras, "garage": replace(state.cameras["garage"], name="Garage, left")}
    state = replace(state, cameras=cameras)
    words = say(Notice.CAMERA_STILL_OFF, cameras="Garage, left", ids="garage")
    text = seen(sentence(words, state, look()))
    assert ("NOT WATCHING" in text) is not watching
    assert "Garage, left: motion detection is still off at Blink." in text


@pytest.mark.parametrize(
    ("on", "before", "was"), [(True, False, "before: off"), (True, True, "as before")]
)
def test_a_change_names_the_old_value(on: bool, before: bool, was: str) -> None:
    words = say(Notice.PRIVACY_SET, mode="home", on=on, before=before)
    assert f"Privacy while home: on ({was})" in seen(sentence(words, home(), look()))
