"""Who may do what, judged before any handler. Ann owns, Ben is a member, Vic may only look."""

from __future__ import annotations

from typing import Any

import pytest

from alarm.core.state import Role
from bot.chat.access import Verdict, claims, command_of, judged, permitted
from bot.chat.allowed import COMMANDS, PRESSES, PRIVATE_COMMANDS, PRIVATE_PRESSES, allows
from bot.pages import Press
from bot.words import help as help_words
from tests.bot.chat.bench import (
    ANN,
    ANONYMOUS_ADMIN,
    BEN,
    GROUP,
    MALLORY,
    NOON,
    VIC,
    household,
    message,
    press,
    update,
)
from tests.bot.chat.ranks import ACTING, LOOKING, OWNING, STATE, UNCLAIMED

ROLES = {Role.OWNER: ANN, Role.MEMBER: BEN, Role.VIEWER: VIC}


def allowed(user: int, text: str) -> bool:
    return permitted(update(message=message(text, user)), STATE, NOON)


@pytest.mark.parametrize("command", LOOKING)
@pytest.mark.parametrize("role", Role)
def test_everybody_may_look(role: Role, command: str) -> None:
    assert allowed(ROLES[role], f"/{command}")


@pytest.mark.parametrize("command", ACTING)
@pytest.mark.parametrize("role", Role)
def test_only_owners_and_members_may_act(role: Role, command: str) -> None:
    assert allowed(ROLES[role], f"/{command}") is (role is not Role.VIEWER)


@pytest.mark.parametrize("command", OWNING)
@pytest.mark.parametrize("role", Role)
def test_only_owners_may_decide_who_and_how(role: Role, command: str) -> None:
    assert allowed(ROLES[role], f"/{command}") is (role is Role.OWNER)


def test_what_everybody_knows_of_the_table() -> None:
    assert {"start", "help", "status", "cameras", "clip", ""} == {"", *LOOKING}
    assert {"arm", "disarm", "ack", "test"} <= set(ACTING)
    assert {"code"} <= set(OWNING)


def test_whoever_is_refused_is_known_and_hears_what_it_takes() -> None:
    refusal = judged(update(message=message("/arm", VIC)), STATE, NOON)
    assert (refusal.verdict, refusal.lowest) == (Verdict.REFUSED, Role.MEMBER)
    assert refusal.person == STATE.people[str(VIC)]
    pressed = judged(update(callback_query=press("code:", BEN)), STATE, NOON)
    assert (pressed.verdict, pressed.lowest) == (Verdict.REFUSED, Role.OWNER)


def test_what_a_role_allows_can_be_asked() -> None:
    ann, ben = STATE.people[str(ANN)], STATE.people[str(BEN)]
    assert allows(ann, "code")
    assert not allows(ben, "code")
    assert not allows(ann, "nonsense")
    assert not allows(None, "help")


@pytest.mark.parametrize("command", [*LOOKING, *ACTING, *OWNING, "nonsense", ""])
def test_a_stranger_may_nothing(command: str) -> None:
    assert not allowed(MALLORY, f"/{command}")


@pytest.mark.parametrize("text", ["hello", "123456", "/", "//arm", "/nonsense", "/arm2"])
@pytest.mark.parametrize("role", Role)
def test_other_words_get_an_answer_from_the_help(role: Role, text: str) -> None:
    assert allowed(ROLES[role], text)


@pytest.mark.parametrize(
    "text",
    ["/ARM", "/Disarm now", "/arm@home_alarm_bot", "/disarm@other_bot", "/test\ncall", "/ack\tx"],
)
def test_a_viewer_gets_past_by_no_spelling(text: str) -> None:
    assert allowed(ANN, text)
    assert not allowed(VIC, text)


@pytest.mark.parametrize("button", Press)
@pytest.mark.parametrize("role", Role)
def test_who_may_press_stands_in_the_table(role: Role, button: Press) -> None:
    pressed = update(callback_query=press(f"{button.value}:i1", ROLES[role]))
    assert permitted(pressed, STATE, NOON) is role.covers(PRESSES[button])


@pytest.mark.parametrize(
    "button", [Press.DISARM, Press.ARM, Press.CANCEL, Press.ACKNOWLEDGE, Press.FALSE_ALARM]
)
def test_a_viewer_may_not_press_what_members_may(button: Press) -> None:
    assert PRESSES[button] is Role.MEMBER


@pytest.mark.parametrize("button", Press)
def test_a_stranger_may_press_nothing(button: Press) -> None:
    assert not permitted(update(callback_query=press(f"{button.value}:i1", MALLORY)), STATE, NOON)


@pytest.mark.parametrize("data", [None, "", "disarm", ":", ":i1", "DISARM:", "unlock:i1"])
def test_a_press_that_is_not_ours_is_refused(data: str | None) -> None:
    assert not permitted(update(callback_query=press(data)), STATE, NOON)


@pytest.mark.parametrize(
    "chat",
    [
        {"chat": {"id": GROUP, "type": "group", "title": "Home"}},
        {"chat": {"id": -1001, "type": "supergroup", "title": "Home"}},
        {"chat": {"id": -1002, "type": "channel", "title": "Home"}},
        {"chat": {"id": BEN, "type": "private", "first_name": "Ben"}},
    ],
    ids=["group", "supergroup", "channel", "private-chat-of-another"],
)
def test_only_the_own_private_chat_counts(chat: dict[str, Any]) -> None:
    assert not permitted(update(message=message("/disarm") | chat), STATE, NOON)
    assert not permitted(update(callback_query=press("disarm:i1", ANN, **chat)), STATE, NOON)


def test_a_press_on_a_message_that_is_gone_still_counts() -> None:
    gone = press("disarm:i1")
    gone["message"] = {"message_id": 5, "date": 0, "chat": gone["message"]["chat"]}
    assert permitted(update(callback_query=gone), STATE, NOON)


def test_a_press_without_its_chat_is_refused() -> None:
    inline = press("disarm:i1")
    del inline["message"]
    assert not permitted(update(callback_query=inline | {"inline_message_id": "x"}), STATE, NOON)


@pytest.mark.parametrize(
    "kind",
    [
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "business_message",
        "edited_business_message",
    ],
)
def test_no_other_kind_of_message_runs_a_command(kind: str) -> None:
    assert not permitted(update(**{kind: message("/disarm")}), STATE, NOON)


def test_a_forwarded_command_is_not_the_own_word() -> None:
    origin = {"type": "user", "date": 0, "sender_user": message("", MALLORY)["from"]}
    forwarded = update(message=message("/disarm", forward_origin=origin))
    assert command_of(forwarded) is None
    assert not permitted(forwarded, STATE, NOON)


def test_a_picture_with_a_command_under_it_is_no_command() -> None:
    assert not permitted(update(message=message(None, caption="/disarm")), STATE, NOON)


def test_words_by_way_of_another_bot_are_not_the_own() -> None:
    via = {"via_bot": {"id": 5, "is_bot": True, "first_name": "Bot"}}
    assert not permitted(update(message=message("/disarm") | via), STATE, NOON)


def test_an_anonymous_admin_is_nobody_we_know() -> None:
    state = household(
        people={**STATE.people, str(ANONYMOUS_ADMIN): STATE.people[str(ANN)]},
    )
    written = message("/disarm", ANONYMOUS_ADMIN, chat=GROUP, kind="supergroup", is_bot=True)
    sender = {"sender_chat": {"id": GROUP, "type": "supergroup", "title": "Home"}}
    assert not permitted(update(message=written | sender), state, NOON)
    private = message("/disarm", ANONYMOUS_ADMIN, is_bot=True)
    assert not permitted(update(message=private), state, NOON)


def test_a_message_without_an_author_is_refused() -> None:
    written = message("/disarm")
    del written["from"]
    assert not permitted(update(message=written), STATE, NOON)


def test_an_update_that_is_two_things_at_once_is_refused() -> None:
    both = update(message=message("/status"), callback_query=press("disarm:i1", MALLORY))
    assert not permitted(both, STATE, NOON)


def test_an_update_that_is_nothing_is_refused() -> None:
    assert not permitted(update(), STATE, NOON)


# -- the one-time code -----------------------------------------------------------------------------


def shows(text: str | None, **more: Any) -> bool:
    return permitted(update(message=message(text, MALLORY, **more)), UNCLAIMED, NOON)


def test_the_one_time_code_opens_the_door() -> None:
    assert shows("/start kX3-9_abcDEF")
    assert shows("/start   kX3-9_abcDEF ")


@pytest.mark.parametrize(
    "text",
    [
        "/start",
        "/start ",
        "/start kX3-9_abcDE",
        "/start kX3-9_abcDEFG",
        "/start kx3-9_abcdef",
        "/start kX3-9_abcDEF please",
        "start kX3-9_abcDEF",
        "kX3-9_abcDEF",
        "/help kX3-9_abcDEF",
        "/start é",
        "/start \ud800",
        None,
    ],
)
def test_nothing_but_the_whole_code_opens_it(text: str | None) -> None:
    assert not shows(text)


def test_the_code_works_in_the_own_private_chat_alone() -> None:
    code = "/start kX3-9_abcDEF"
    assert not shows(code, chat=GROUP, kind="group")
    assert not shows(code, chat=ANN)
    assert not shows(code, is_bot=True)
    assert not permitted(update(edited_message=message(code, MALLORY)), UNCLAIMED, NOON)


def test_without_a_code_nobody_claims() -> None:
    state = household(people={}, claim_code="")
    for text in ("/start", "/start ", "/start x"):
        assert not claims(update(message=message(text, MALLORY)), state)


# -- the table -------------------------------------------------------------------------------------


def test_every_command_has_a_row() -> None:
    assert set(COMMANDS) == {"", *help_words.COMMANDS}
    assert set(COMMANDS) >= PRIVATE_COMMANDS


def test_every_button_has_a_row() -> None:
    assert set(PRESSES) == set(Press)
    assert set(PRESSES) >= PRIVATE_PRESSES
