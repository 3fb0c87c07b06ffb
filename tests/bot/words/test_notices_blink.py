"""How the login to Blink and blindness are told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alarm.core.deliveries import Words
from alarm.core.notices import Notice
from alarm.core.state import Health, Login, LoginStatus
from bot.pages import Press
from bot.words.notices import sentence
from bot.words.readiness import weak_points
from tests.bot.words.given import GIVEN
from tests.bot.words.looks import NIGHT, look, pressable, seen
from tests.bot.words.told import SCENES, page_of, said_in
from tests.core.home import Home


@pytest.mark.parametrize(
    ("notice", "button"),
    [
        (Notice.CODE_NEEDED, None),
        (Notice.CODE_LOST, "Send a new code"),
        (Notice.LOGIN_NEEDED, "Log in again"),
        (Notice.LOGIN_FAILED, "Log in again"),
        (Notice.LOGIN_REFUSED, "Log in again"),
        (Notice.LOGIN_DONE, None),
    ],
)
def test_a_new_login_is_offered_where_it_can_help(notice: Notice, button: str | None) -> None:
    page = page_of(notice)
    assert pressable(page) == ([button] if button else [])
    assert all(b.press is Press.NEW_CODE for row in page.buttons for b in row)


def test_a_refused_password_says_where_to_correct_it_and_how_to_try_again() -> None:
    text = said_in(notice=Notice.LOGIN_REFUSED)
    assert "Correct BLINK_EMAIL and BLINK_PASSWORD in the settings file" in text
    assert "If both are right, press Log in again" in text


def test_a_login_that_healed_by_itself_needs_nobody() -> None:
    home = SCENES["armed"]
    page = sentence(Words(Notice.LOGIN_DONE, {"again": True}), home.state, look(home.now))
    assert seen(page) == "✅ Blink takes the saved login again. Nothing is to be done."


def test_a_needed_code_says_how_to_send_it() -> None:
    text = said_in(notice=Notice.CODE_NEEDED)
    assert "Reply with its digits, or send /code 123456." in text


def test_blindness_is_told_first_with_its_start_and_cause() -> None:
    text = said_in(notice=Notice.BLIND)
    assert text.startswith("⛔ NOT WATCHING since 21:03. Blink has trouble of its own.\n")


@pytest.mark.parametrize(
    ("reason", "at_home"),
    [
        ("Blink has trouble of its own (homescreen, status 503)", False),
        ("Blink asks us to slow down (clips, status 429)", False),
        ("Blink refused (clips, status 403)", False),
        ("Blink's answer makes no sense (clips)", False),
        ("Blink cannot be reached (clips)", True),
        ("Blink did not answer in time (clips)", True),
        ("", True),
    ],
)
def test_the_internet_at_home_is_to_be_checked_where_nothing_came_from_blink(
    reason: str, at_home: bool
) -> None:
    home = SCENES["armed"]
    told = said_in(notice=Notice.BLIND, reason=reason)
    health = Health(blind_since=home.now, blind_reason=reason)
    status = weak_points(replace(home.state, health=health), look(home.now))[0]
    for text in (told, status):
        assert ("Check the internet at home; it is" in text) is at_home
        assert "tried again by itself." in text


def test_blindness_for_want_of_a_login_offers_the_login() -> None:
    home = Home(state=SCENES["armed"].state, now=NIGHT)
    home.state = replace(home.state, login=Login(LoginStatus.NEEDED))
    page = sentence(Words(Notice.BLIND, GIVEN[Notice.BLIND]), home.state, look())
    assert "Blink wants a new login" in seen(page)
    assert pressable(page) == ["Log in again"]
