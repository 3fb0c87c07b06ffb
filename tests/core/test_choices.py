"""Done under the question for cameras: it arms while the wish to arm is fresh."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from alarm.core.commands import Arm, SetPrivacy, TakeChoice, TickCamera, TickPrivacy
from alarm.core.draft import Decision
from alarm.core.events import Camera
from alarm.core.inputs import ClockJumped
from alarm.core.notices import Notice
from alarm.core.settings import Mode, PanelState
from tests.core.home import ANN, HOUR, HOUSE, MINUTE, SECOND, Home, sentences


def asked(until: timedelta | None = None) -> Home:
    """Return a home in which the cameras of night are asked for and one is ticked."""
    home = Home()
    home.state = replace(home.state, cameras={"hall": Camera("hall", HOUSE, "Hall")})
    end = None if until is None else home.now + until
    home.do(Arm(home.actor(), Mode.NIGHT, until=end))
    home.do(TickCamera(home.actor(), Mode.NIGHT, "hall", True))
    return home


def done(home: Home) -> Decision:
    return home.do(TakeChoice(home.actor(), Mode.NIGHT))


def left_to_the_person(decision: Decision) -> object:
    (words,) = [w for w in sentences(decision.effects, ANN) if w.notice is Notice.MODE_CAMERAS]
    return words.args["not_armed"]


@pytest.mark.parametrize(
    ("wait", "armed"), [(HOUR - SECOND, True), (HOUR, True), (HOUR + SECOND, False)], ids=str
)
def test_done_arms_up_to_an_hour_after_it_was_asked_for(wait: timedelta, armed: bool) -> None:
    home = asked()
    home.wait(wait)
    decision = done(home)
    assert (home.panel() is not PanelState.DISARMED) is armed
    assert left_to_the_person(decision) == (None if armed else "old")
    assert home.state.settings.modes[Mode.NIGHT].cameras == frozenset({"hall"})


@pytest.mark.parametrize(
    ("wait", "armed"), [(-SECOND, True), (SECOND * 0, False), (SECOND, False)], ids=str
)
def test_an_end_that_is_over_arms_nothing(wait: timedelta, armed: bool) -> None:
    home = asked(until=30 * MINUTE)
    home.wait(30 * MINUTE + wait)
    decision = done(home)
    assert (home.panel() is not PanelState.DISARMED) is armed
    assert left_to_the_person(decision) == (None if armed else "over")


@pytest.mark.parametrize("jump", [5 * HOUR, -5 * HOUR], ids=str)
def test_a_clock_that_is_set_makes_no_wish_older_or_younger(jump: timedelta) -> None:
    for wait, armed in ((50 * MINUTE, True), (70 * MINUTE, False)):
        home = asked()
        home.now += jump
        home.do(ClockJumped(jump))
        home.wait(wait)
        done(home)
        assert (home.panel() is not PanelState.DISARMED) is armed


def test_a_choice_without_a_wish_to_arm_says_nothing_of_arming() -> None:
    home = asked()
    home.wait(MINUTE)
    done(home)
    home.disarm()
    home.wait(2 * HOUR)
    assert left_to_the_person(done(home)) is None
    assert home.panel() is PanelState.DISARMED


@pytest.mark.parametrize("on", [True, False])
def test_the_privacy_that_was_ticked_is_taken_with_the_cameras_and_told(on: bool) -> None:
    home = asked()
    home.do(TickPrivacy(home.actor(), Mode.NIGHT, True))
    home.do(TickPrivacy(home.actor(), Mode.NIGHT, on))
    assert home.state.choices[str(ANN)].cameras == frozenset({"hall"})
    decision = done(home)
    assert home.state.settings.modes[Mode.NIGHT].privacy is on
    told = [words.notice for words in sentences(decision.effects, ANN)]
    assert (Notice.PRIVACY_SET in told) is on
    assert home.panel() is not PanelState.DISARMED


def test_who_ticks_nothing_about_privacy_leaves_it_as_it_is() -> None:
    home = asked()
    settings = home.state.settings
    private = replace(settings.mode(Mode.NIGHT), privacy=True)
    home.state = replace(home.state, settings=settings.with_mode(Mode.NIGHT, private))
    done(home)
    assert home.state.settings.modes[Mode.NIGHT].privacy


def test_privacy_for_a_mode_without_cameras_asks_for_them_and_keeps_the_wish() -> None:
    home = asked()
    home.do(SetPrivacy(home.actor(), Mode.HOME, on=True))
    home.do(TakeChoice(home.actor(), Mode.HOME))
    assert home.state.choices[str(ANN)].private
    home.do(TickCamera(home.actor(), Mode.HOME, "hall", True))
    home.do(TakeChoice(home.actor(), Mode.HOME))
    assert home.state.settings.modes[Mode.HOME].privacy
