"""A phone that is one person's is not taken by another: a duress alarm spares it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alarm.core.contact import Contact
from alarm.core.contact_commands import OwnPhone
from alarm.core.draft import Decision
from alarm.core.notices import Notice
from tests.core.home import ANN, BEN, PHONE_1, VIC, Home, said, sentences


def home_of(name: str, user_id: int | None) -> Home:
    """Return a home with one contact, `c1`."""
    home = Home()
    home.state = replace(home.state, contacts=(Contact("c1", name, PHONE_1, user_id=user_id),))
    return home


def claim(home: Home, user: int) -> Decision:
    return home.do(OwnPhone(home.actor(user), "c1"))


@pytest.mark.parametrize(
    ("name", "user_id"),
    [("Ann", ANN), ("Phone 1", ANN), ("ann", None)],
    ids=["by word and name", "by word", "by name"],
)
def test_a_member_does_not_take_the_phone_of_another(name: str, user_id: int | None) -> None:
    home = home_of(name, user_id)
    before = home.state.contacts
    (words,) = sentences(claim(home, BEN).effects, BEN)
    assert words.notice is Notice.CONTACT_REFUSED
    assert words.args == {"why": "whose", "name": name, "whose": "Ann"}
    assert home.state.contacts == before
    assert home.rows == []


def test_an_owner_takes_it_and_the_other_is_told() -> None:
    home = home_of("Ben", BEN)
    decision = claim(home, ANN)
    assert home.state.contacts[0].user_id == ANN
    (told,) = sentences(decision.effects, BEN)
    assert told.notice is Notice.CONTACT_TAKEN
    assert told.args == {"name": "Ben", "by": "Ann"}
    (answer,) = sentences(decision.effects, ANN)
    assert answer.args["before"] == "Ben"
    assert home.rows[-1].data["before"] == "Ben"


@pytest.mark.parametrize(
    ("name", "user_id"),
    [("Phone 1", None), ("Phone 1", BEN), ("Ben", None), ("Ann", BEN), ("Gus", 99)],
    ids=["nobody's", "own", "own by name", "own, with a name", "of one who left"],
)
def test_what_is_nobody_elses_is_taken_and_nobody_else_is_told(
    name: str, user_id: int | None
) -> None:
    home = home_of(name, user_id)
    decision = claim(home, BEN)
    assert home.state.contacts[0].user_id == BEN
    assert said(decision.effects) == [Notice.CONTACT_OWNED]


def test_of_two_people_with_the_same_name_each_may_say_that_it_is_the_own() -> None:
    home = home_of("Ben", None)
    people = home.state.people
    twin = replace(people[str(VIC)], name="Ben")
    home.state = replace(home.state, people={**people, str(VIC): twin})
    claim(home, BEN)
    assert home.state.contacts[0].user_id == BEN
