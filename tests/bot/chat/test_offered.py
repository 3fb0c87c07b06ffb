"""In private a page offers only what would not be refused."""

from __future__ import annotations

import pytest

from bot.chat.allowed import PRESSES
from bot.chat.offered import may, offered
from bot.pages import Button, Page, Press
from tests.bot.chat.bench import ANN, BEN, GROUP, MALLORY, VIC
from tests.bot.chat.ranks import LOOKING, OWNING, STATE

EVERYTHING = Page("x", tuple((Button(press.value, press),) for press in Press))


def presses(chat: int) -> set[Press]:
    page = offered(EVERYTHING, STATE, chat)
    assert all(page.buttons)
    return {button.press for row in page.buttons for button in row}


@pytest.mark.parametrize("user", [ANN, BEN, VIC])
def test_each_sees_the_buttons_of_the_role_and_no_others(user: int) -> None:
    role = STATE.people[str(user)].role
    assert presses(user) == {press for press, lowest in PRESSES.items() if role.covers(lowest)}


def test_a_viewer_is_not_offered_what_ends_an_alarm() -> None:
    assert presses(VIC) == {Press.STATUS, Press.HELP, Press.CAMERAS}


def test_a_group_sees_all_of_them() -> None:
    assert offered(EVERYTHING, STATE, GROUP) == EVERYTHING


def test_nobody_known_is_offered_nothing() -> None:
    assert offered(EVERYTHING, STATE, MALLORY) == Page("x")


def test_commands_are_named_to_those_who_may_use_them() -> None:
    named = {user: may(STATE, user) for user in (ANN, BEN, VIC, GROUP, MALLORY)}
    for command in OWNING:
        assert [named[who](command) for who in named] == [True, False, False, True, False]
    for command in LOOKING:
        assert [named[who](command) for who in named] == [True, True, True, True, False]
