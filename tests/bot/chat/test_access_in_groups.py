"""Who may do what in the home's group, and guests whose stay is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from alarm.core.actor import Actor
from alarm.core.commands import Disarm
from alarm.core.household import Departed, HomeGroup
from alarm.core.prompt import Prompt
from alarm.core.state import Invitation, Person, Role, State
from bot.chat.access import (
    Verdict,
    command_of,
    judged,
    permitted,
)
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

HOME = household(group=HomeGroup(GROUP, "Family"))
NAME = "home_alarm_bot"


def in_group(text: str, user: int = ANN, chat: int = GROUP, **more: Any) -> Verdict:
    kind = "supergroup" if chat < -1_000_000_000_000 else "group"
    written = update(message=message(text, user, chat=chat, kind=kind) | more)
    return judged(written, HOME, NOON, NAME).verdict


def test_in_the_homes_group_everybody_has_the_own_role() -> None:
    assert in_group("/disarm", ANN) is Verdict.ALLOWED
    assert in_group("/disarm", BEN) is Verdict.ALLOWED
    assert in_group("/disarm", VIC) is Verdict.REFUSED
    assert in_group("/status", VIC) is Verdict.ALLOWED
    assert in_group("/status", MALLORY) is Verdict.STRANGER


def test_a_command_for_another_bot_is_not_ours() -> None:
    assert in_group("/disarm@home_alarm_bot") is Verdict.ALLOWED
    assert in_group("/disarm@Home_Alarm_Bot") is Verdict.ALLOWED
    assert in_group("/disarm@other_bot") is Verdict.IGNORED
    assert in_group("/disarm@home_alarm_bo") is Verdict.IGNORED
    unknown_name = update(message=message("/disarm@", ANN, chat=GROUP, kind="group"))
    assert judged(unknown_name, HOME, NOON, "").verdict is Verdict.ALLOWED


@pytest.mark.parametrize("text", ["hello", "123456", "/nonsense", "disarm", "/"])
@pytest.mark.parametrize("user", [ANN, MALLORY])
def test_talk_in_the_group_is_not_for_the_bot(user: int, text: str) -> None:
    assert in_group(text, user) is Verdict.IGNORED


@pytest.mark.parametrize("text", ["/disarm1234", "/pin_1234", "/Disarm1234@home_alarm_bot"])
def test_a_pin_without_its_space_is_for_the_bot_in_the_group(text: str) -> None:
    assert in_group(text) is Verdict.ALLOWED
    assert in_group(text, MALLORY) is Verdict.STRANGER
    assert in_group(text, chat=GROUP - 1) is Verdict.ELSEWHERE


def test_a_pin_without_its_space_for_another_bot_is_not_ours() -> None:
    assert in_group("/disarm1234@other_bot") is Verdict.IGNORED
    assert in_group("/disarmed") is Verdict.IGNORED


@pytest.mark.parametrize(
    ("text", "user", "shown_in", "verdict"),
    [
        ("1234", ANN, GROUP, Verdict.ALLOWED),
        ("12 34", ANN, GROUP, Verdict.ALLOWED),
        ("123", ANN, GROUP, Verdict.IGNORED),
        ("12345 apples", ANN, GROUP, Verdict.IGNORED),
        ("1234", BEN, GROUP, Verdict.IGNORED),
        ("1234", MALLORY, GROUP, Verdict.IGNORED),
        ("1234", ANN, ANN, Verdict.IGNORED),
    ],
)
def test_digits_in_the_group_are_for_the_keypad_that_their_author_has_there(
    text: str, user: int, shown_in: int, verdict: Verdict
) -> None:
    prompt = Prompt("5", NOON, shown_in, Disarm(Actor(ANN, "Ann", shown_in, 5)))
    state = household(group=HomeGroup(GROUP, "Family"), prompts={str(ANN): prompt})
    written = update(message=message(text, user, chat=GROUP, kind="group"))
    assert judged(written, state, NOON, NAME).verdict is verdict


def test_an_unknown_command_with_the_bots_name_gets_help() -> None:
    assert in_group("/nonsense@home_alarm_bot") is Verdict.ALLOWED


def test_in_another_group_nothing_runs() -> None:
    assert in_group("/disarm", ANN, chat=GROUP - 1) is Verdict.ELSEWHERE
    assert in_group("/disarm", MALLORY, chat=GROUP - 1) is Verdict.STRANGER
    pressed = press("disarm:i1", ANN, chat={"id": GROUP - 1, "type": "group", "title": "x"})
    assert judged(update(callback_query=pressed), HOME, NOON).verdict is Verdict.IGNORED


def test_buttons_in_the_homes_group_work_by_the_role_of_who_presses() -> None:
    chat = {"id": GROUP, "type": "group", "title": "Family"}

    def verdict(data: str, user: int) -> Verdict:
        return judged(update(callback_query=press(data, user, chat=chat)), HOME, NOON).verdict

    assert verdict("disarm:i1", BEN) is Verdict.ALLOWED
    assert verdict("disarm:i1", VIC) is Verdict.REFUSED
    assert verdict("disarm:i1", MALLORY) is Verdict.STRANGER
    # A button of a private message cannot be there.
    assert verdict("code:", ANN) is Verdict.IGNORED


@pytest.mark.parametrize(
    "sender",
    [
        {"sender_chat": {"id": GROUP, "type": "group", "title": "Family"}},
        {"sender_chat": {"id": -1009, "type": "channel", "title": "News"}},
        {"from": {"id": ANONYMOUS_ADMIN, "is_bot": True, "first_name": "Group"}},
        {"from": {"id": 777000, "is_bot": True, "first_name": "Telegram"}},
    ],
    ids=["anonymous-admin", "linked-channel", "group-bot", "channel-bot"],
)
def test_who_hides_behind_a_chat_or_is_a_bot_is_nobody_in_the_group(sender: dict[str, Any]) -> None:
    assert in_group("/disarm", **sender) is Verdict.IGNORED


def test_a_code_opens_no_door_from_a_group() -> None:
    state = household(people={}, claim_code="kX3-9_abcDEF", group=HomeGroup(GROUP, "Family"))
    written = message("/start kX3-9_abcDEF", MALLORY, chat=GROUP, kind="group")
    assert judged(update(message=written), state, NOON, NAME).verdict is Verdict.STRANGER


def test_an_invitation_opens_the_door_in_private() -> None:
    invitation = Invitation("secret-code", Role.MEMBER, "Ann", NOON)
    state = household(invitations={"secret-code": invitation})
    for text, fits in (("/start secret-code", True), ("/start secret-cod", False)):
        assert permitted(update(message=message(text, MALLORY)), state, NOON) is fits


def test_only_an_owner_makes_a_group_the_homes_by_word_button_or_link() -> None:
    other = GROUP - 1
    assert in_group("/home", ANN, chat=other) is Verdict.ALLOWED
    assert in_group("/start@home_alarm_bot home", ANN, chat=other) is Verdict.ALLOWED
    assert in_group("/start@home_alarm_bot house", ANN, chat=other) is Verdict.ELSEWHERE
    assert in_group("/home", BEN, chat=other) is Verdict.ELSEWHERE
    assert in_group("/home", BEN) is Verdict.REFUSED
    assert in_group("/home", MALLORY, chat=other) is Verdict.STRANGER
    chosen = update(message=message("/start home", ANN, chat=other, kind="group"))
    assert command_of(chosen) == "home"
    assert command_of(update(message=message("/start home", ANN))) == "start"
    there = {"id": other, "type": "group", "title": "Club"}
    for user, verdict in ((ANN, Verdict.ALLOWED), (BEN, Verdict.REFUSED)):
        pressed = update(callback_query=press("homehere:", user, chat=there))
        assert judged(pressed, HOME, NOON, NAME).verdict is verdict


def test_nothing_calls_itself_a_group_with_the_id_of_a_person() -> None:
    assert in_group("/home", ANN, chat=MALLORY) is Verdict.IGNORED


# -- guests ----------------------------------------------------------------------------------------

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
GUEST = household(
    people={str(BEN): Person(BEN, "Ben", Role.MEMBER, until=NOON)},
    group=HomeGroup(GROUP, "Family"),
    invitations={"secret-code": Invitation("secret-code", Role.MEMBER, "Ann", NOON)},
)


def by_ben(text: str, age: timedelta, now: datetime, state: State = GUEST) -> set[Verdict]:
    """Return how it is judged what Ben wrote in private and in the home's group."""
    private = message(text, BEN, age=age)
    in_the_group = message(text, BEN, age=age, chat=GROUP, kind="group")
    return {
        judged(update(message=written), state, now, NAME).verdict
        for written in (private, in_the_group)
    }


@pytest.mark.parametrize(
    ("written", "read", "verdict"),
    [
        (SECOND, SECOND, Verdict.ALLOWED),
        (SECOND, 0 * SECOND, Verdict.TOO_LATE),
        (SECOND, -8 * HOUR, Verdict.TOO_LATE),
        (0 * SECOND, 0 * SECOND, Verdict.STRANGER),
        (-SECOND, -SECOND, Verdict.STRANGER),
        # Telegram dates what is written, whatever the clock here says.
        (0 * SECOND, 8 * HOUR, Verdict.STRANGER),
    ],
)
def test_a_guest_decides_nothing_after_the_stay_whenever_it_was_written(
    written: timedelta, read: timedelta, verdict: Verdict
) -> None:
    assert by_ben("/disarm", written, NOON - read) == {verdict}


AWAY = {str(BEN): Departed("Ben", Role.MEMBER, NOON, sent_away=True)}
WITHOUT_BEN = replace(GUEST, people={}, departed=AWAY)


@pytest.mark.parametrize(
    ("text", "before", "verdict"),
    [
        ("/disarm", SECOND, Verdict.TOO_LATE),
        ("/arm night", SECOND, Verdict.TOO_LATE),
        ("/disarm", 0 * SECOND, Verdict.STRANGER),
        ("/arm", -SECOND, Verdict.STRANGER),
        # Nobody believes the house armed, or disarmed, by these.
        ("/status", SECOND, Verdict.IGNORED),
        ("/users", SECOND, Verdict.IGNORED),
        ("/status", 0 * SECOND, Verdict.STRANGER),
    ],
)
def test_what_was_written_before_its_author_was_sent_away_comes_too_late(
    text: str, before: timedelta, verdict: Verdict
) -> None:
    assert by_ben(text, before, NOON + HOUR, WITHOUT_BEN) == {verdict}


def test_a_viewer_who_left_could_not_have_disarmed() -> None:
    gone = {str(BEN): Departed("Ben", Role.VIEWER, NOON)}
    state = replace(WITHOUT_BEN, departed=gone)
    assert by_ben("/disarm", SECOND, NOON + HOUR, state) == {Verdict.IGNORED}


def test_in_a_group_that_is_not_the_homes_nothing_of_who_left_counts() -> None:
    state = replace(WITHOUT_BEN, group=None)
    written = message("/disarm", BEN, age=SECOND, chat=GROUP, kind="group")
    assert judged(update(message=written), state, NOON, NAME).verdict is Verdict.IGNORED


def test_who_came_back_is_judged_as_who_they_are_now() -> None:
    back = household(departed=AWAY, group=HomeGroup(GROUP, "Family"))
    assert by_ben("/disarm", SECOND, NOON + HOUR, back) == {Verdict.ALLOWED}


@pytest.mark.parametrize(
    ("now", "verdict"),
    [
        (NOON - SECOND, Verdict.ALLOWED),
        (NOON, Verdict.STRANGER),
        (NOON + SECOND, Verdict.STRANGER),
    ],
)
def test_what_a_guest_presses_counts_by_the_true_time(now: datetime, verdict: Verdict) -> None:
    pressed = update(callback_query=press("disarm:i1", BEN))
    assert judged(pressed, GUEST, now).verdict is verdict


def test_a_guest_whose_stay_is_over_may_come_in_again_by_an_invitation() -> None:
    assert permitted(update(message=message("/start secret-code", BEN)), GUEST, NOON)
    assert not permitted(update(message=message("/start other-code", BEN)), GUEST, NOON)
