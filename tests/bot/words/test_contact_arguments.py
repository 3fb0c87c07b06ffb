"""How people write contacts and quiet hours."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import settings as test_settings
from hypothesis import strategies as st

from alarm.core.errors import BadInput
from alarm.core.quiet_hours import QuietHours
from bot.words.contact_arguments import find_contact, read_contact, read_quiet, read_rename
from tests.bot.words.phones import ann, home
from tests.core.home import ANN, household


@pytest.mark.parametrize(
    ("text", "name", "number"),
    [
        ("Ann +49 151 23456789", "Ann", "+4915123456789"),
        ("Aunt Mary  +44 (20) 7946-0123", "Aunt Mary", "+442079460123"),
        ("Phone 2 +4915123456789", "Phone 2", "+4915123456789"),
        ('"Ann" +4915123456789', "Ann", "+4915123456789"),
        ("A+B +4915123456789", "A+B", "+4915123456789"),
    ],
)
def test_a_contact_is_read_as_people_write_it(text: str, name: str, number: str) -> None:
    assert read_contact(text) == (name, number)


@pytest.mark.parametrize(
    ("text", "who", "hours"),
    [
        ("Ann 23:00-7:00", "ann", QuietHours(1380, 420)),
        ("Ann 23-7", "ann", QuietHours(1380, 420)),
        ("Phone 2 9.30 to 17", "phone 2", QuietHours(570, 1020)),
        ("22:00 – 24:00", "", QuietHours(1320, 0)),
        ("Ann off", "ann", None),
        ("off", "", None),
        ("Anno none", "anno", None),
    ],
)
def test_quiet_hours_are_read_as_people_write_them(
    text: str, who: str, hours: QuietHours | None
) -> None:
    assert read_quiet(text) == (who, hours)


def test_a_contact_is_found_by_place_name_and_part() -> None:
    contacts = home(ann(), ann(id="c2", name="Annika"), ann(id="c3", name="Uncle Ben")).contacts
    for text, found in (("2", "c2"), ("ann", "c1"), ("anni", "c2"), ("BEN", "c3")):
        assert find_contact(text, contacts).id == found


def test_without_a_name_the_own_phone_is_meant() -> None:
    contacts = household().contacts
    own = (contacts[0], replace(contacts[1], user_id=ANN))
    assert find_contact("", own, user_id=ANN) == own[1]
    assert find_contact("", contacts[:1]) == contacts[0]


def test_the_longest_name_is_the_one_that_is_renamed() -> None:
    contacts = (ann(name="Phone"), ann(id="c2", name="Phone 1"))
    assert read_rename("phone 1 Ben", contacts) == (contacts[1], "Ben")
    assert read_rename("Phone = Ben", contacts) == (contacts[0], "Ben")


@given(text=st.text(max_size=60))
@test_settings(max_examples=200, deadline=None)
def test_whatever_is_written_is_read_or_refused(text: str) -> None:
    contacts = household().contacts
    for read in (
        read_contact,
        read_quiet,
        lambda typed: read_rename(typed, contacts),
        lambda typed: find_contact(typed, contacts),
    ):
        with suppress(BadInput):
            read(text)
