"""What stands behind /invite, and the menus that each may see."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alarm.core.errors import BadInput
from alarm.core.household import HomeGroup
from alarm.core.state import Role
from bot.chat.allowed import (
    COMMANDS,
    PRIVATE_COMMANDS,
)
from bot.chat.menus import Menus, menu_of, menu_of_group
from bot.chat.requests import sending_bot
from bot.chat.topics.people import parse_invitation
from simulator.faults import Fault, FaultKind
from simulator.telegram import Person, TelegramStandIn
from tests.bot.chat.bench import ANN, BEN, GROUP, VIC, configured, household

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "role", "stay"),
    [
        ("member", Role.MEMBER, None),
        (" Viewer ", Role.VIEWER, None),
        ("member for 3d", Role.MEMBER, 3 * DAY),
        ("member 3 days", Role.MEMBER, 3 * DAY),
        ("MEMBER FOR 12h", Role.MEMBER, DAY / 2),
        ("viewer for 2 weeks", Role.VIEWER, 14 * DAY),
        ("guest 1w", Role.MEMBER, 7 * DAY),
        ("member:3d", Role.MEMBER, 3 * DAY),
    ],
)
def test_an_invitation_is_read(text: str, role: Role, stay: timedelta | None) -> None:
    assert parse_invitation(text) == (role, stay)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("", "/invite member"),
        ("owner", "/invite member"),
        ("bob", "/invite member"),
        ("members", "/invite member"),
        ("member for", "For how long"),
        ("member forever", "For how long"),
        ("member for 3", "For how long"),
        ("member for a while", "For how long"),
        ("guest", "For how long"),
    ],
)
def test_a_bad_invitation_gets_a_sentence_that_helps(text: str, hint: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse_invitation(text)
    assert hint in str(refused.value)


# -- menus -----------------------------------------------------------------------------------------


def test_each_role_sees_what_it_may_use() -> None:
    for role in Role:
        for name, _ in menu_of(role):
            assert role.covers(COMMANDS[name])
    owner, member, viewer = ({name for name, _ in menu_of(role)} for role in Role)
    assert viewer < member < owner
    assert "disarm" in member - viewer
    assert "users" in owner - member


def test_the_group_sees_nothing_that_answers_in_private() -> None:
    names = {name for name, _ in menu_of_group()}
    assert names == {name for name, _ in menu_of(Role.MEMBER)} - PRIVATE_COMMANDS


def shown(telegram: TelegramStandIn, chat: int) -> list[str]:
    return [entry["command"] for entry in telegram.menu(f"chat:{chat}")]


async def test_a_menu_follows_the_role_and_ends_with_the_stay(
    telegram: TelegramStandIn, ann: Person
) -> None:
    for user in (BEN, VIC):
        telegram.person(user, "Somebody").write("hello")
    telegram.group(GROUP, "Family", [ann])
    bot = sending_bot(configured(telegram), connections=1)
    menus, state = Menus(bot), household(group=HomeGroup(GROUP, "Family"))
    await menus.bring_up_to_date(state)
    assert "users" in shown(telegram, ANN)
    assert "users" not in shown(telegram, BEN)
    assert "arm" not in shown(telegram, VIC)
    assert "disarm" in shown(telegram, GROUP)
    asked = telegram.count("setMyCommands")
    await menus.bring_up_to_date(state)
    assert telegram.count("setMyCommands") == asked
    ben = state.people[str(BEN)]
    fewer = {str(ANN): state.people[str(ANN)], str(BEN): type(ben)(BEN, "Ben", Role.OWNER)}
    telegram.faults.add("deleteMyCommands", Fault(FaultKind.DROP, times=1))
    after = household(people=fewer)
    await menus.bring_up_to_date(after)
    assert "users" in shown(telegram, BEN)
    await menus.bring_up_to_date(after)
    assert shown(telegram, VIC) == shown(telegram, GROUP) == []
    await bot.request.shutdown()
