"""People, invitations and the home's group in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from alarm.core.contact import Contact
from alarm.core.deliveries import Words, say
from alarm.core.household import HomeGroup
from alarm.core.notices import Notice
from alarm.core.state import Invitation, Person, Role, State
from bot.pages import Press
from bot.words import people
from bot.words.notices import sentence
from tests.bot.words.looks import NIGHT, look, pressable, seen
from tests.bot.words.told import said_in

HOUR = timedelta(hours=1)
STATE = State(
    people={
        "3": Person(3, "Vic & Co", Role.VIEWER, reachable=False),
        "1": Person(1, "Ann", Role.OWNER),
        "2": Person(2, "Ben", Role.MEMBER, until=NIGHT + HOUR),
    },
    invitations={
        "open": Invitation("open", Role.VIEWER, "Ann", NIGHT + HOUR),
        "over": Invitation("over", Role.MEMBER, "Ann", NIGHT),
    },
    group=HomeGroup(-5, "Family"),
)


def test_the_list_names_roles_ends_reach_and_open_invitations() -> None:
    shown = people.users(STATE, look())
    lines = seen(shown).splitlines()
    assert lines[1:4] == [
        "👑 Ann: owner",
        "👤 Ben: member, guest until 23:03",
        "👁 Vic & Co: viewer, 📵 not reached",
    ]
    assert "🔗 1: viewer, by Ann; the link ends in 1 h" in lines
    assert len([line for line in lines if "🔗" in line]) == 1
    assert "🏠 Group: Family" in lines
    assert {"Ann", "Ben", "Vic & Co", "Invite somebody"} <= set(pressable(shown))


def test_a_person_has_a_button_for_each_change() -> None:
    ben = people.person(STATE.people["2"], STATE, look())
    assert pressable(ben) == [
        "Make owner",
        "Make viewer",
        "Stay a week longer",
        "Stay for good",
        "Send away",
        "‹ People",
    ]
    vic = pressable(people.person(STATE.people["3"], STATE, look()))
    assert vic == ["Make owner", "Make member", "Send away", "‹ People"]


def test_an_owner_who_cannot_be_missed_has_no_button_that_is_refused_at_the_end() -> None:
    ann = STATE.people["1"]
    alone = people.person(ann, STATE, look())
    assert pressable(alone) == ["‹ People"]
    assert "Make somebody else an owner first." in seen(alone)
    two = {**STATE.people, "4": Person(4, "Dan", Role.OWNER)}
    assert "Send away" in pressable(people.person(ann, replace(STATE, people=two), look()))
    by_configuration = replace(ann, from_env=True)
    bound = replace(STATE, people={**two, "1": by_configuration})
    assert pressable(people.person(by_configuration, bound, look())) == ["‹ People"]


def test_each_open_invitation_is_withdrawn_by_the_name_that_it_has_in_the_list() -> None:
    guests = {
        key: Invitation(key, role, "Ann", NIGHT + HOUR, NIGHT + stay)
        for key, role, stay in (("a", Role.MEMBER, HOUR), ("b", Role.VIEWER, 2 * HOUR))
    }
    shown = people.users(replace(STATE, invitations=guests), look())
    assert "🔗 2: viewer, guest until Thu 00:03, by Ann; the link ends in 1 h" in seen(shown)
    assert [text for text in pressable(shown) if text.startswith("Withdraw")] == [
        "Withdraw 1: guest until 23:03",
        "Withdraw 2: viewer, guest until Thu 00:03",
    ]


@pytest.mark.parametrize("change", sorted(people.CHANGES))
def test_every_change_is_asked_twice(change: str) -> None:
    sure = people.sure(STATE.people["2"], change)
    assert "Ben" in seen(sure)
    yes, no = sure.buttons[0]
    assert (yes.press, yes.about) == (Press.USER_DO, f"2:{change}")
    assert (no.press, no.about) == (Press.USER, "2")
    assert len(yes.data.encode()) <= 64


def test_an_invitation_is_a_link_where_the_bots_name_is_known() -> None:
    words = say(Notice.INVITED, code="abc", role="member", expires=NIGHT.isoformat(), until=None)
    assert "https://t.me/home_bot?start=abc" in seen(
        sentence(words, STATE, look(bot_username="home_bot"))
    )
    assert "/start abc" in seen(sentence(words, STATE, look(bot_username="")))


def test_a_guest_is_welcomed_with_the_end() -> None:
    until = (NIGHT + HOUR).isoformat()
    words = say(Notice.WELCOME, name="Cleo", role="member", until=until)
    assert "a guest until 23:03" in seen(sentence(words, STATE, look()))
    words = say(Notice.WELCOME, name="Cleo", role="viewer", until=until)
    assert "may only look until 23:03" in seen(sentence(words, STATE, look()))


def test_home_tells_which_group_it_is_and_how_to_choose_one() -> None:
    none = people.home(None, "home_bot")
    assert "There is no home’s group" in seen(none)
    assert "https://t.me/home_bot?startgroup=home" in none.html
    one = people.home(replace(HomeGroup(-5, "A <b>"), reachable=False, thread_id=3), "")
    assert "A <b> is the home's group, in one topic, 📵 not reached." in seen(one)
    assert pressable(one) == ["Forget the group"]


def test_who_was_refused_hears_what_it_takes() -> None:
    assert people.only(Role.OWNER) == "Only an owner can do that."
    assert people.only(Role.MEMBER) == "Only an owner or a member can do that."
    assert "Write /home there" in seen(people.elsewhere("Club", Role.OWNER))
    assert "An owner can write /home there" in seen(people.elsewhere("", Role.MEMBER))


GONE = [
    say(Notice.REVOKED, by="Ann", name="Ben", role="member", phones="c1"),
    say(Notice.GUEST_OVER, name="Ben", role="member", phones="c1"),
    say(Notice.ROLE_CHANGED, by="Ann", name="Ben", role="viewer", phones="c1"),
]
BENS = Contact("c1", "Ben", "+442079460123")
CLEOS = Contact("c2", "Cleo", "+442079460124")


@pytest.mark.parametrize("words", GONE, ids=lambda words: words.notice.value)
def test_a_phone_that_still_rings_for_who_left_can_be_removed_or_kept(words: Words) -> None:
    shown = sentence(words, replace(STATE, contacts=(BENS, CLEOS)), look())
    assert seen(shown).endswith("📞 Still called in an alarm: Ben. Shall that end?")
    (row,) = shown.buttons
    assert [(b.text, b.press, b.about) for b in row] == [
        ("Remove the phone", Press.CONTACT, "c1:rm!"),
        ("Keep it", Press.CONTACT, "c1:keep"),
    ]


@pytest.mark.parametrize("words", GONE, ids=lambda words: words.notice.value)
def test_without_the_last_phone_nobody_is_called_and_that_is_said(words: Words) -> None:
    shown = seen(sentence(words, replace(STATE, contacts=(BENS,)), look()))
    assert shown.endswith("No other phone is on the list: then nobody is called in an alarm.")


@pytest.mark.parametrize("words", GONE, ids=lambda words: words.notice.value)
def test_a_phone_that_was_removed_meanwhile_is_not_asked_about(words: Words) -> None:
    shown = sentence(words, replace(STATE, contacts=(CLEOS,)), look())
    assert "called" not in seen(shown)
    assert pressable(shown) == []


def test_of_several_phones_each_is_asked_about() -> None:
    words = say(Notice.REVOKED, by="Ann", name="Ben", phones="c1 c2")
    shown = sentence(words, replace(STATE, contacts=(BENS, CLEOS)), look())
    assert "Still called in an alarm: Ben and Cleo." in seen(shown)
    assert "then nobody is called" in seen(shown)
    assert pressable(shown) == ["Remove Ben", "Keep Ben", "Remove Cleo", "Keep Cleo"]


def test_a_phone_that_is_kept_is_said_with_its_place() -> None:
    text = seen(sentence(say(Notice.CONTACT_KEPT, name="Ben", place=2), STATE, look()))
    assert text == "✅ Ben is still called in an alarm, as number 2."


@pytest.mark.parametrize(
    ("sent_away", "why"),
    [(True, "after they were sent away."), (False, "after their stay had ended.")],
)
def test_a_command_that_came_after_its_author_had_left_is_told_with_the_panel(
    sent_away: bool, why: str
) -> None:
    words = say(
        Notice.CAME_TOO_LATE,
        name="Cleo",
        command="/disarm",
        sent_at=NIGHT.isoformat(),
        sent_away=sent_away,
        panel="armed",
    )
    assert seen(sentence(words, STATE, look())).splitlines() == [
        "✋ /disarm by Cleo was not done.",
        f"Sent 22:03, it came {why}",
        "The panel is armed.",
    ]


def test_strangers_are_counted_and_named() -> None:
    words = say(Notice.STRANGERS, count=1, tries=1, names="<Eve>", since=NIGHT.isoformat())
    text = seen(sentence(words, STATE, look()))
    assert "1 stranger wrote to this bot" in text
    assert "<Eve>" in text
    assert "1 try" in text


def test_a_viewer_is_not_invited_to_arm() -> None:
    assert "/arm" not in said_in(notice=Notice.WELCOME, role="viewer")
    assert "/arm" in said_in(notice=Notice.WELCOME, role="owner")
