"""What weakens the alarm: named, with what to do; silent when all is well."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from alarm.core.settings import Mode, PanelState
from alarm.core.state import Area, BlinkWish, Clock, Health, Login, LoginStatus, State
from bot.pages import Page
from bot.words import hearing, login
from bot.words.counting import NOT_WATCHING
from bot.words.readiness import weak_points
from bot.words.targets import Target, parse_target
from bot.words.view import View
from tests.bot.words import scenes
from tests.bot.words.looks import NIGHT, camera, look, seen, well
from tests.core.home import BEN, HOUSE, SECOND, VIC, Home

REACHED = look()


def lines(state: State, view: View = REACHED) -> list[str]:
    return [seen(Page(line)) for line in weak_points(state, view)]


def guarded(**changes: Any) -> State:
    """Return a home that is armed, with everything in order, then changed."""
    state = well()
    wish = BlinkWish(True, NIGHT, confirmed=True)
    area = replace(state.areas[HOUSE], panel=PanelState.ARMED, wish=wish, armed_at_blink=True)
    return replace(state, areas={HOUSE: area}, **changes)


def guarded_area(**changes: Any) -> State:
    state = guarded()
    return replace(state, areas={HOUSE: replace(state.areas[HOUSE], **changes)})


def blind(**changes: Any) -> Health:
    return replace(Health(NIGHT - 10 * SECOND, "Blink refused (clip list, status 500)"), **changes)


def test_a_home_in_order_has_no_weak_point_armed_or_not() -> None:
    assert lines(well()) == []
    assert lines(guarded()) == []


@pytest.mark.parametrize(
    ("state", "line"),
    [
        (
            guarded(cameras={"g": camera("Garage", online=False), "h": camera("Hall")}),
            "Offline: Garage. Check batteries, power and Wi-Fi.",
        ),
        (
            guarded(cameras={"g": camera("Garage", enabled=False)}),
            "Motion detection is off: Garage. Switch it on in the Blink app.",
        ),
        (
            guarded(cameras={"g": camera("Garage", battery_low=True)}),
            "Battery low: Garage. Change it soon.",
        ),
        (
            guarded(cameras={}),
            "No cameras known: add them in the Blink app, or wait a minute after a start.",
        ),
        (
            guarded(contacts=()),
            ("No phone configured: no phone will ring. Add one: /contacts add Ann +49 151 2345678"),
        ),
        (
            guarded(health=blind()),
            "Nothing seen since 22:03: Blink refused. It is tried again by itself.",
        ),
        (
            guarded(clock=Clock(skew=timedelta(seconds=61))),
            "This computer's clock is 61 s slow: set it right.",
        ),
        (
            guarded(clock=Clock(skew=-timedelta(minutes=5))),
            "This computer's clock is 5 min fast: set it right.",
        ),
        (
            guarded(in_doubt=True),
            "The saved state was lost, so this may be wrong: press Arm or Disarm.",
        ),
        (
            guarded_area(online=False),
            "Sync module is offline: check its power and internet.",
        ),
        (
            guarded_area(wish=BlinkWish(True, NIGHT)),
            "Blink not confirmed yet: that can take a minute.",
        ),
        (
            guarded_area(armed_at_blink=False),
            "NOT WATCHING. Blink itself is disarmed: send /arm to arm it again.",
        ),
        (
            guarded_area(armed_at_blink=False, mode=Mode.HOME),
            "NOT WATCHING. Blink itself is disarmed: send /arm home to arm it again.",
        ),
    ],
)
def test_each_weak_point_is_named_with_what_to_do(state: State, line: str) -> None:
    assert lines(state) == [line]


@pytest.mark.parametrize("title", ["House", "Home", "Night", "away"])
@pytest.mark.parametrize("mode", Mode)
def test_the_command_that_arms_blink_again_means_the_area_and_its_mode(
    title: str, mode: Mode
) -> None:
    state = scenes.two_areas(guarded_area(name=title, armed_at_blink=False, mode=mode))
    (line,) = lines(state)
    command = line.partition("send /arm ")[2].removesuffix(" to arm it again.")
    assert parse_target(command, state.areas) == Target(mode, HOUSE)


def test_a_clock_that_is_off_by_a_minute_is_no_weak_point_yet() -> None:
    assert lines(guarded(clock=Clock(skew=timedelta(seconds=60)))) == []


def test_an_area_that_blink_has_not_shown_yet_has_no_sync_module_to_complain_of() -> None:
    unknown = Area("", "Home", online=False)
    assert lines(replace(guarded(), areas={"": unknown})) == []


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"phone_ready": False}, "No phone configured, chat only: no phone will ring."),
        ({"phone_trouble": "Twilio refuses."}, "Calls may fail: Twilio refuses."),
    ],
)
def test_what_keeps_phones_silent_is_a_weak_point(changes: dict[str, Any], word: str) -> None:
    (line,) = lines(guarded(), look(**changes))
    assert line.startswith(word)


@pytest.mark.parametrize(("user", "told"), [(BEN, True), (VIC, False)])
def test_a_chat_that_does_not_work_matters_for_those_who_get_alarms(user: int, told: bool) -> None:
    state = guarded()
    person = replace(state.people[str(user)], reachable=False)
    weak = lines(replace(state, people={**state.people, str(user): person}))
    assert bool(weak) is told
    assert not told or weak[0].startswith("Telegram does not reach: Ben.")


# -- blindness -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("poll_seconds", "silent", "missed"),
    [(15, 90, False), (15, 91, True), (60, 180, False), (60, 181, True)],
)
def test_a_look_at_blink_is_missed_after_three_polls_but_not_within_90_s(
    poll_seconds: int, silent: int, missed: bool
) -> None:
    polled_at = NIGHT - timedelta(seconds=silent)
    weak = lines(guarded(), look(polled_at=polled_at, poll_seconds=float(poll_seconds)))
    assert bool(weak) is missed
    assert not missed or weak[0].startswith("NOT WATCHING. Blink was not looked at for")


def test_a_program_that_has_not_looked_yet_does_not_seem_to_watch() -> None:
    (line,) = lines(guarded(), look(polled_at=None))
    assert line.startswith("NOT WATCHING. Blink was not looked at yet")
    (line,) = lines(well(), look(polled_at=None))
    assert "NOT WATCHING" not in line


@pytest.mark.parametrize(("health", "watching"), [(blind(), True), (blind(blind_told=True), False)])
def test_one_failed_look_is_a_weak_point_and_a_told_outage_is_blindness(
    health: Health, watching: bool
) -> None:
    (line,) = weak_points(guarded(health=health), REACHED)
    assert line.startswith(NOT_WATCHING) is not watching


@pytest.mark.parametrize("status", [s for s in LoginStatus if s is not LoginStatus.DONE])
def test_a_missing_login_says_what_to_do_and_replaces_advice_on_the_line(
    status: LoginStatus,
) -> None:
    state = guarded(login=Login(status), health=blind(), cameras={})
    outage, advice = lines(state)
    assert outage == "NOT WATCHING. Nothing seen since 22:03: Blink refused."
    assert advice == seen(Page(login.trouble(state.login)))
    assert any(word in advice for word in ("press", "wait", "correct", "Reply"))


def test_a_login_that_is_needed_while_the_old_one_still_works_is_no_blindness_yet() -> None:
    (line,) = lines(guarded(login=Login(LoginStatus.CODE_LOST)))
    assert line.startswith("Blink's code cannot be used any more")


@pytest.mark.parametrize("make", scenes.SCENES.values())
def test_what_was_reached_by_decisions_alone_is_never_worded_as_broken(
    make: Callable[[], Home],
) -> None:
    home = make()
    weak = lines(home.state, look(home.now))
    assert all("NOT WATCHING" not in line for line in weak)


# -- half blind, half deaf -------------------------------------------------------------------------

UNSEEN = Health(
    devices_blind_since=NIGHT - timedelta(minutes=12),
    devices_blind_reason="Blink refused (homescreen, status 500)",
)
DEAF = Health(deaf_since=NIGHT - timedelta(minutes=2), deaf_reason=hearing.ANOTHER_PROGRAM)
NOBODY_CHECKS = (
    "Cameras cannot be checked since 21:51: Blink refused. "
    "Look into the Blink app whether it is armed and the cameras are online."
)


@pytest.mark.parametrize("state", [well(), guarded()], ids=["disarmed", "armed"])
def test_cameras_that_are_not_checked_are_a_weak_point_armed_or_not(state: State) -> None:
    assert lines(replace(state, health=UNSEEN)) == [NOBODY_CHECKS]


@pytest.mark.parametrize(("told", "watching"), [(False, True), (True, False)])
@pytest.mark.parametrize(
    "changes", [{"wish": BlinkWish(True, NIGHT)}, {"armed_at_blink": None}], ids=str
)
def test_unchecked_cameras_of_a_house_that_blink_did_not_confirm_are_not_watching_once_told(
    told: bool, watching: bool, changes: dict[str, Any]
) -> None:
    state = replace(guarded_area(**changes), health=replace(UNSEEN, devices_blind_told=told))
    weak = lines(state)
    assert (NOBODY_CHECKS in weak) is watching
    assert (f"NOT WATCHING. {NOBODY_CHECKS}" in weak) is not watching


def test_a_house_that_sees_nothing_at_all_does_not_complain_of_its_cameras_too() -> None:
    health = replace(blind(), devices_blind_since=NIGHT, devices_blind_reason="silent")
    (line,) = lines(guarded(health=health))
    assert line.startswith("Nothing seen since")
    weak = lines(guarded(health=UNSEEN, login=Login(LoginStatus.NEEDED)))
    assert all("cannot be checked" not in line for line in weak)


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (hearing.ANOTHER_PROGRAM, "another program uses the same bot token. Stop the other"),
        (hearing.TOKEN_REFUSED, "Telegram refuses the bot token. Correct TELEGRAM_BOT_TOKEN"),
        ("Telegram is silent", "Telegram is silent. It is tried again by itself."),
        ("", "Telegram does not hand them out. It is tried again by itself."),
    ],
)
def test_commands_that_are_not_heard_are_a_weak_point_with_what_to_do(
    reason: str, said: str
) -> None:
    (line,) = lines(guarded(health=replace(DEAF, deaf_reason=reason)))
    assert line.startswith(f"Commands are not heard since 22:01: {said}")
