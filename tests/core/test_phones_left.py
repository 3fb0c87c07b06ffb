"""Who is sent away may leave a phone on the list; the owners are told, and decide."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from alarm.core.contact_commands import KeepContact, OwnPhone, RenameContact, TryPhone
from alarm.core.deliveries import Scalar, Words
from alarm.core.draft import Decision
from alarm.core.household_commands import Revoke, SetRole
from alarm.core.inputs import DevicesSeen
from alarm.core.notices import Notice
from alarm.core.state import Role
from tests.core.home import (
    ANN,
    BEN,
    HOUR,
    SECOND,
    VIC,
    Home,
    homescreen,
    household,
    said,
    sentences,
)


def linked(*, phones: int = 2) -> Home:
    """Return a home in which the last phone is Ben's."""
    home = Home(household(phones=phones))
    home.do(OwnPhone(home.actor(BEN), f"env{phones}"))
    home.rows.clear()
    return home


def phones(decision: Decision, user: int = ANN) -> Scalar:
    (words,) = sentences(decision.effects, user)
    return words.args["phones"]


def test_the_phone_of_who_is_sent_away_rings_on_and_the_owners_are_told() -> None:
    home = linked()
    home.do(SetRole(home.actor(ANN), VIC, Role.OWNER))
    decision = home.do(Revoke(home.actor(ANN), BEN))
    assert phones(decision, ANN) == phones(decision, VIC) == "env2"
    assert [c.id for c in home.state.contacts] == ["env1", "env2"]


@pytest.mark.parametrize(("name", "found"), [("ben", "env1 env2"), ("Benno", "env2")])
def test_a_phone_that_bears_the_name_counts_as_the_persons(name: str, found: str) -> None:
    home = linked()
    home.do(RenameContact(home.actor(), "env1", name))
    assert phones(home.do(Revoke(home.actor(), BEN))) == found


def test_a_phone_of_that_name_that_is_somebody_elses_does_not_count() -> None:
    home = linked()
    home.do(OwnPhone(home.actor(ANN), "env1"))
    home.do(RenameContact(home.actor(), "env1", "Ben"))
    assert phones(home.do(Revoke(home.actor(), BEN))) == "env2"


def test_who_has_no_phone_leaves_none_behind() -> None:
    home = Home()
    assert phones(home.do(Revoke(home.actor(), BEN))) == ""


def test_the_phone_of_a_guest_whose_time_is_over_is_told_of_in_the_same_way() -> None:
    home = linked()
    home.do(DevicesSeen(homescreen(armed=False), timedelta(0)))
    guest = replace(home.state.people[str(BEN)], until=home.now + HOUR)
    home.state = replace(home.state, people={**home.state.people, str(BEN): guest})
    assert home.wait(HOUR - SECOND).effects == ()
    assert phones(home.wait(SECOND)) == "env2"


@pytest.mark.parametrize(
    ("role", "left"), [(Role.VIEWER, "env2"), (Role.MEMBER, ""), (Role.OWNER, "")]
)
def test_who_only_looks_from_now_on_may_have_a_phone_that_rings(role: Role, left: str) -> None:
    home = linked()
    if role is Role.MEMBER:
        home.do(SetRole(home.actor(), BEN, Role.VIEWER))
    assert phones(home.do(SetRole(home.actor(), BEN, role))) == left


def test_a_phone_that_is_kept_rings_on_and_it_is_written_down_who_wanted_that() -> None:
    home = linked()
    home.do(Revoke(home.actor(), BEN))
    home.rows.clear()
    before = home.state.contacts
    decision = home.do(KeepContact(home.actor(), "env2"))
    assert sentences(decision.effects) == [
        Words(Notice.CONTACT_KEPT, {"name": "Phone 2", "place": 2})
    ]
    assert home.state.contacts == before
    assert [dict(row.data) for row in home.rows] == [
        {"what": "contact kept", "by": "Ann", "contact": "Phone 2"}
    ]


@pytest.mark.parametrize(("user", "heard"), [(ANN, [Notice.TRIAL_OVER]), (BEN, [])])
def test_a_test_call_tells_nothing_to_who_asked_for_it_and_was_sent_away(
    user: int, heard: list[Notice]
) -> None:
    home = linked()
    home.do(TryPhone(home.actor(user), "env1"))
    home.do(Revoke(home.actor(), BEN))
    decision = home.wait(HOUR)
    assert home.state.trial is None
    assert said(decision.effects, user) == heard
