"""Numbers of the environment beside what people change in chat."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from alarm.core.contact import Contact
from alarm.core.contact_commands import MoveContact, RemoveContact, RenameContact, SetQuietHours
from alarm.core.inputs import NumbersConfigured
from alarm.core.quiet_hours import QuietHours
from tests.core.home import PHONE_1, PHONE_2, Home, household

PHONE_3, PHONE_4 = "+491510000003", "+491510000004"
NIGHT = QuietHours(1380, 420)
OWN = Contact("c90", "Cleo", "+491510000009")


def configured(*numbers: str) -> Home:
    """Return a home that was started with these numbers."""
    home = Home(household(phones=0))
    home.do(NumbersConfigured(numbers))
    return home


def names(home: Home) -> list[str]:
    return [contact.name for contact in home.state.contacts]


def numbers(home: Home) -> list[str]:
    return [contact.number for contact in home.state.contacts]


def with_own(home: Home) -> Home:
    home.state = replace(home.state, contacts=(OWN, *home.state.contacts))
    return home


def contact_of(home: Home, number: str) -> Contact:
    return next(c for c in home.state.contacts if c.number == number)


def test_the_first_numbers_are_called_in_their_order() -> None:
    home = configured(PHONE_1, PHONE_2)
    assert numbers(home) == [PHONE_1, PHONE_2]
    assert names(home) == ["Phone 1", "Phone 2"]
    assert [row.data["count"] for row in home.rows] == [2]


def test_the_same_numbers_change_nothing() -> None:
    home = configured(PHONE_1, PHONE_2)
    before = home.state
    home.do(NumbersConfigured((PHONE_1, PHONE_2)))
    assert home.state is before


def test_what_an_older_program_kept_stays() -> None:
    home = Home()
    contacts = home.state.contacts
    home.do(NumbersConfigured((PHONE_1, PHONE_2)))
    assert home.state.contacts == contacts
    assert home.rows == []


def test_changed_numbers_replace_those_that_came_from_them_in_their_places() -> None:
    home = with_own(configured(PHONE_1, PHONE_2))
    home.do(NumbersConfigured((PHONE_1, PHONE_3, PHONE_4)))
    assert numbers(home) == [OWN.number, PHONE_1, PHONE_3, PHONE_4]
    assert names(home) == ["Cleo", "Phone 1", "Phone 2", "Phone 3"]


def test_a_number_that_stays_keeps_name_quiet_hours_and_place() -> None:
    home = configured(PHONE_1, PHONE_2, PHONE_3)
    second = contact_of(home, PHONE_2)
    home.do(RenameContact(home.actor(), second.id, "Ben"))
    home.do(SetQuietHours(home.actor(), second.id, NIGHT))
    home.do(MoveContact(home.actor(), second.id, first=True))
    home.do(NumbersConfigured((PHONE_1, PHONE_2, PHONE_4)))
    assert numbers(home) == [PHONE_2, PHONE_1, PHONE_4]
    kept = home.state.contacts[0]
    assert (kept.id, kept.name, kept.quiet) == (second.id, "Ben", NIGHT)


def test_an_order_that_nobody_changed_in_chat_follows_the_environment() -> None:
    home = configured(PHONE_1, PHONE_2)
    home.do(NumbersConfigured((PHONE_2, PHONE_3, PHONE_1)))
    assert numbers(home) == [PHONE_2, PHONE_3, PHONE_1]
    assert names(home) == ["Phone 2", "Phone 3", "Phone 1"]


def test_a_number_removed_in_chat_does_not_come_back() -> None:
    home = configured(PHONE_1, PHONE_2)
    home.do(RemoveContact(home.actor(), contact_of(home, PHONE_1).id))
    home.do(NumbersConfigured((PHONE_1, PHONE_2)))
    assert numbers(home) == [PHONE_2]
    home.do(NumbersConfigured((PHONE_1, PHONE_2, PHONE_3)))
    assert numbers(home) == [PHONE_2, PHONE_3]


def test_a_number_that_left_and_came_back_is_called_again() -> None:
    home = configured(PHONE_1)
    home.do(RemoveContact(home.actor(), contact_of(home, PHONE_1).id))
    home.do(NumbersConfigured(()))
    home.do(NumbersConfigured((PHONE_1,)))
    assert numbers(home) == [PHONE_1]


def test_a_number_that_was_added_in_chat_is_not_called_twice() -> None:
    home = with_own(configured())
    home.do(NumbersConfigured((OWN.number, PHONE_1)))
    assert numbers(home) == [PHONE_1, OWN.number]


def test_no_numbers_leave_only_what_was_added_by_hand() -> None:
    home = with_own(configured(PHONE_1))
    home.do(NumbersConfigured(()))
    assert numbers(home) == [OWN.number]


def test_a_new_number_never_gets_the_id_of_another() -> None:
    home = configured(PHONE_1)
    first = contact_of(home, PHONE_1).id
    home.do(NumbersConfigured((PHONE_2,)))
    assert contact_of(home, PHONE_2).id != first


lists = st.lists(st.sampled_from([PHONE_1, PHONE_2, PHONE_3, PHONE_4]), unique=True, max_size=4)


@given(history=st.lists(lists.map(tuple), min_size=1, max_size=5))
def test_what_nobody_touches_in_chat_is_what_the_environment_says(
    history: list[tuple[str, ...]],
) -> None:
    home = with_own(configured())
    for given_numbers in history:
        home.do(NumbersConfigured(given_numbers))
        assert [c.number for c in home.state.contacts if c.from_env] == list(given_numbers)
        assert OWN in home.state.contacts
        assert len(set(names(home))) == len(names(home))
