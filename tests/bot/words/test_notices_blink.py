"""How the login to Blink and blindness are told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alarm.core.deliveries import Words
from alarm.core.notices import Notice
from alarm.core.state import Login, LoginStatus
from bot.pages import Press
from bot.words.notices import sentence
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


def test_blindness_for_want_of_a_login_offers_the_login() -> None:
    home = Home(state=SCENES["armed"].state, now=NIGHT)
    home.state = replace(home.state, login=Login(LoginStatus.NEEDED))
    page = sentence(Words(Notice.BLIND, GIVEN[Notice.BLIND]), home.state, look())
    assert "Blink wants a new login" in seen(page)
    assert pressable(page) == ["Log in again"]
