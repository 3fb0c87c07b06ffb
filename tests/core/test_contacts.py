"""Contacts are added, ordered, named and removed in chat."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from alarm.core.actor import Actor
from alarm.core.commands import Command
from alarm.core.contact_commands import (
    AddContact,
    KeepContact,
    MoveContact,
    OwnPhone,
    RemoveContact,
    RenameContact,
    SetQuietHours,
)
from alarm.core.contacts import MOST_CONTACTS
from alarm.core.deliveries import Lane, Words
from alarm.core.draft import Decision
from alarm.core.errors import BadInput
from alarm.core.notices import Notice
from alarm.core.quiet_hours import QuietHours
from tests.core.home import ANN, BEN, Home, said, sentences

GROUP = -77
NEW = "+491510000009"
NIGHT = QuietHours(1380, 420)


def order(home: Home) -> list[str]:
    return [contact.name for contact in home.state.contacts]


def answer(decision: Decision, user: int = ANN) -> Words:
    """Return the one answer, which goes to the private chat with the alarms."""
    (words,) = sentences(decision.effects, user)
    assert all(d.lane is Lane.ALARM for d in decision.effects if d.target == str(user))
    return words


def add(home: Home, name: str = "Cleo", number: str = NEW) -> Decision:
    return home.do(AddContact(home.actor(), name, number))


def three() -> Home:
    home = Home()
    add(home)
    home.rows.clear()
    return home


# -- adding ----------------------------------------------------------------------------------------


def test_a_new_contact_is_called_last_and_everybody_hears_of_it() -> None:
    home = Home()
    decision = add(home)
    assert order(home) == ["Phone 1", "Phone 2", "Cleo"]
    words = answer(decision)
    assert words.notice is Notice.CONTACT_ADDED
    assert (words.args["name"], words.args["place"], words.args["by"]) == ("Cleo", 3, "Ann")
    assert said(decision.effects, BEN) == [Notice.CONTACT_ADDED]
    assert [(r.data["what"], r.data["by"], r.data["contact"]) for r in home.rows] == [
        ("contact added", "Ann", "Cleo")
    ]


def test_no_number_is_journaled_or_said() -> None:
    home = Home()
    decision = add(home)
    assert NEW not in str(home.rows) + str(decision.effects)


def test_whoever_adds_the_own_name_reads_in_chat_too() -> None:
    home = Home()
    assert answer(add(home, "ann")).args["own"] is True
    assert home.state.contacts[-1].user_id == ANN
    home = Home()
    assert answer(add(home, "Ben")).args["own"] is False
    assert home.state.contacts[-1].user_id is None


@pytest.mark.parametrize(
    ("name", "number", "why"),
    [("Cleo", "+491510000001", "known"), ("PHONE 2", NEW, "taken")],
)
def test_a_number_or_a_name_that_is_there_already_is_refused(
    name: str, number: str, why: str
) -> None:
    home = Home()
    before = home.state.contacts
    words = answer(add(home, name, number))
    assert (words.notice, words.args["why"]) == (Notice.CONTACT_REFUSED, why)
    assert home.state.contacts == before
    assert home.rows == []


def test_there_are_ten_contacts_at_most() -> None:
    home = Home()
    for number in range(MOST_CONTACTS):
        add(home, f"Person {number}", f"+4915100001{number:02}")
    assert len(home.state.contacts) == MOST_CONTACTS
    assert answer(add(home)).args["why"] == "full"


@pytest.mark.parametrize("name", ["", "  ", "123", "x" * 31])
def test_a_name_must_have_a_letter_and_be_short(name: str) -> None:
    with pytest.raises(BadInput, match="30 characters"):
        AddContact(Home().actor(), name, NEW)
    with pytest.raises(BadInput, match="30 characters"):
        RenameContact(Home().actor(), "env1", name)


@pytest.mark.parametrize(
    "number", ["", "112", "+112", "0151234567", "+0123456789", "+1234567", "+1234567890123456"]
)
def test_a_number_that_is_no_e164_never_comes_in(number: str) -> None:
    with pytest.raises(BadInput, match="number must be"):
        AddContact(Home().actor(), "Cleo", number)


# -- removing --------------------------------------------------------------------------------------


def test_a_removed_contact_is_called_no_more_and_everybody_hears_of_it() -> None:
    home = three()
    decision = home.do(RemoveContact(home.actor(), "env1"))
    assert order(home) == ["Phone 2", "Cleo"]
    words = answer(decision)
    assert (words.notice, words.args["left"]) == (Notice.CONTACT_REMOVED, 2)
    assert said(decision.effects, BEN) == [Notice.CONTACT_REMOVED]
    assert [row.data["what"] for row in home.rows] == ["contact removed"]


@pytest.mark.parametrize(
    "command",
    [
        lambda actor: RemoveContact(actor, "gone"),
        lambda actor: KeepContact(actor, "gone"),
        lambda actor: MoveContact(actor, "gone"),
        lambda actor: RenameContact(actor, "gone", "Zoe"),
        lambda actor: SetQuietHours(actor, "gone", NIGHT),
        lambda actor: OwnPhone(actor, "gone"),
    ],
    ids=["remove", "keep", "move", "rename", "quiet", "own"],
)
def test_a_contact_that_is_gone_is_said_to_be(command: Callable[[Actor], Command]) -> None:
    home = three()
    before = home.state.contacts
    words = answer(home.do(command(home.actor())))
    assert (words.notice, words.args["why"]) == (Notice.CONTACT_REFUSED, "gone")
    assert home.state.contacts == before
    assert home.rows == []


# -- order and names -------------------------------------------------------------------------------


def test_a_contact_moves_one_place_earlier() -> None:
    home = three()
    words = answer(home.do(MoveContact(home.actor(), "c1")))
    assert order(home) == ["Phone 1", "Cleo", "Phone 2"]
    assert (words.notice, words.args["old"], words.args["place"]) == (Notice.CONTACT_MOVED, 3, 2)
    assert [(row.data["old"], row.data["new"]) for row in home.rows] == [(3, 2)]


def test_a_contact_moves_before_all_others() -> None:
    home = three()
    home.do(MoveContact(home.actor(), "c1", first=True))
    assert order(home) == ["Cleo", "Phone 1", "Phone 2"]


@pytest.mark.parametrize("first", [True, False])
def test_who_is_first_stays_first(first: bool) -> None:
    home = three()
    words = answer(home.do(MoveContact(home.actor(), "env1", first=first)))
    assert order(home) == ["Phone 1", "Phone 2", "Cleo"]
    assert words.args["old"] == words.args["place"] == 1
    assert home.rows == []


def test_a_contact_gets_another_name() -> None:
    home = three()
    words = answer(home.do(RenameContact(home.actor(), "env1", "Ann")))
    assert order(home) == ["Ann", "Phone 2", "Cleo"]
    assert words == Words(Notice.CONTACT_RENAMED, {"name": "Ann", "old": "Phone 1"})
    assert [(row.data["old"], row.data["new"]) for row in home.rows] == [("Phone 1", "Ann")]


def test_a_name_may_change_its_case_but_not_be_anothers() -> None:
    home = three()
    home.do(RenameContact(home.actor(), "c1", "CLEO"))
    assert order(home)[2:] == ["CLEO"]
    words = answer(home.do(RenameContact(home.actor(), "c1", "phone 1")))
    assert words.args["why"] == "taken"
    assert order(home)[2:] == ["CLEO"]


def test_quiet_hours_are_set_and_taken_back_with_old_and_new() -> None:
    home = three()
    words = answer(home.do(SetQuietHours(home.actor(), "env2", NIGHT)))
    assert [c.quiet for c in home.state.contacts] == [None, NIGHT, None]
    assert words.args == {
        "name": "Phone 2",
        "start": 1380,
        "end": 420,
        "old_start": None,
        "old_end": None,
    }
    words = answer(home.do(SetQuietHours(home.actor(), "env2", None)))
    assert [c.quiet for c in home.state.contacts] == [None] * 3
    assert (words.args["start"], words.args["old_start"]) == (None, 1380)
    assert [row.data["what"] for row in home.rows] == ["quiet hours"] * 2


def test_somebody_owns_a_phone() -> None:
    home = three()
    words = answer(home.do(OwnPhone(home.actor(BEN), "env2")), BEN)
    assert home.state.contacts[1].user_id == BEN
    assert words == Words(Notice.CONTACT_OWNED, {"name": "Phone 2", "by": "Ben", "before": None})
    assert [row.data["by"] for row in home.rows] == ["Ben"]


def test_asked_in_a_group_the_answer_comes_in_private() -> None:
    home = Home()
    decision = home.do(AddContact(home.actor(ANN, GROUP), "Cleo", NEW))
    assert {d.target for d in decision.effects} == {str(ANN), str(BEN)}


def test_the_same_update_adds_once() -> None:
    home = Home()
    command = AddContact(home.actor(), "Cleo", NEW)
    home.do(command)
    home.do(command)
    assert order(home).count("Cleo") == 1


def test_ids_are_not_used_again() -> None:
    home = three()
    home.do(RemoveContact(home.actor(), "c1"))
    add(home)
    assert home.state.contacts[-1].id == "c2"
