"""Roles change and people are sent away; there is always an owner, and who is gone is gone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alarm.core.commands import Command
from alarm.core.deliveries import AlertBody
from alarm.core.draft import Draft
from alarm.core.errors import BadInput
from alarm.core.household_commands import (
    Claim,
    Invite,
    KeepGuest,
    Revoke,
    SetRole,
)
from alarm.core.inputs import Claimed, Delivered, DevicesSeen, OwnerConfigured
from alarm.core.notices import Notice
from alarm.core.state import Person, Role
from tests.core.home import (
    ANN,
    BEN,
    HOUR,
    MINUTE,
    SECOND,
    VIC,
    Home,
    homescreen,
    of_kind,
    said,
)

DAY = timedelta(days=1)


def role(home: Home, user: int) -> Role:
    return home.state.people[str(user)].role


def refused(home: Home, command: Command, sentence: str) -> None:
    before = home.state
    with pytest.raises(BadInput, match=sentence):
        home.do(command)
    assert home.state is before


# -- roles -----------------------------------------------------------------------------------------


def test_a_new_role_is_told_to_who_asked_and_to_who_has_it() -> None:
    home = Home()
    decision = home.do(SetRole(home.actor(ANN), VIC, Role.MEMBER))
    assert role(home, VIC) is Role.MEMBER
    assert said(decision.effects, ANN) == [Notice.ROLE_CHANGED]
    assert said(decision.effects, VIC) == [Notice.ROLE_YOURS]
    assert said(decision.effects, BEN) == []


def test_an_owner_may_make_another_owner_who_hears_of_the_next_change() -> None:
    home = Home()
    home.do(SetRole(home.actor(ANN), BEN, Role.OWNER))
    assert role(home, BEN) is Role.OWNER
    decision = home.do(SetRole(home.actor(ANN), VIC, Role.MEMBER))
    assert said(decision.effects, BEN) == [Notice.ROLE_CHANGED]


def test_the_last_owner_stays_owner() -> None:
    home = Home()
    refused(home, SetRole(home.actor(ANN), ANN, Role.MEMBER), "must be an owner")
    refused(home, Revoke(home.actor(ANN), ANN), "must be an owner")
    home.do(SetRole(home.actor(ANN), BEN, Role.OWNER))
    home.do(SetRole(home.actor(ANN), ANN, Role.VIEWER))
    assert role(home, ANN) is Role.VIEWER
    refused(home, Revoke(home.actor(BEN), BEN), "must be an owner")


def test_the_owner_of_the_configuration_is_changed_there() -> None:
    home = Home()
    home.do(OwnerConfigured(BEN))
    refused(home, SetRole(home.actor(ANN), BEN, Role.MEMBER), "TELEGRAM_OWNER_ID")
    refused(home, Revoke(home.actor(ANN), BEN), "TELEGRAM_OWNER_ID")
    home.do(OwnerConfigured(VIC))
    home.do(Revoke(home.actor(ANN), BEN))
    assert str(BEN) not in home.state.people


def test_the_same_role_again_changes_nothing() -> None:
    home = Home()
    before = home.state.people
    assert said(home.do(SetRole(home.actor(ANN), BEN, Role.MEMBER)).effects, BEN) == []
    assert home.state.people is before


def test_nobody_changes_who_is_not_here() -> None:
    home = Home()
    for command in (
        SetRole(home.actor(ANN), 99, Role.MEMBER),
        KeepGuest(home.actor(ANN), 99),
        Revoke(home.actor(ANN), 99),
    ):
        refused(home, command, "/users")


# -- guests ----------------------------------------------------------------------------------------


def with_guest() -> Home:
    home = Home()
    home.do(DevicesSeen(homescreen(armed=False), timedelta(0)))
    guest = replace(home.state.people[str(BEN)], until=home.now + DAY)
    home.state = replace(home.state, people={**home.state.people, str(BEN): guest})
    return home


def test_a_guest_may_stay_longer_or_for_good() -> None:
    home = with_guest()
    end = home.now + DAY
    home.do(KeepGuest(home.actor(ANN), BEN, 7 * DAY))
    assert home.state.people[str(BEN)].until == end + 7 * DAY
    refused(home, KeepGuest(home.actor(ANN), BEN, 366 * DAY), "366 days")
    home.do(KeepGuest(home.actor(ANN), BEN))
    assert home.state.people[str(BEN)].until is None
    refused(home, KeepGuest(home.actor(ANN), BEN), "no guest")


def test_a_guest_who_only_looks_stays_a_guest_and_an_owner_has_no_end() -> None:
    home = with_guest()
    home.do(SetRole(home.actor(ANN), BEN, Role.VIEWER))
    assert home.state.people[str(BEN)].until == home.now + DAY
    home.do(SetRole(home.actor(ANN), BEN, Role.OWNER))
    assert home.state.people[str(BEN)].until is None


# -- sent away -------------------------------------------------------------------------------------


def test_what_is_on_its_way_to_who_is_sent_away_goes_nowhere() -> None:
    home = Home().arm_now()
    home.deliver_chat()
    home.burglary()
    alerts = of_kind(home.waiting(), AlertBody)
    leaving = next(d for d in alerts if d.target == str(BEN))
    home.do(Claimed((leaving.id,)))
    home.do(Revoke(home.actor(ANN), BEN))
    assert str(BEN) not in {d.target for d in home.state.outbox.values()}
    home.do(Delivered(leaving.id, 7))
    assert str(BEN) not in home.incident.copies
    assert str(BEN) not in home.state.panel_messages


def test_a_copy_of_an_alert_is_not_edited_for_who_was_sent_away() -> None:
    home = Home().arm_now()
    home.burglary()
    home.deliver_chat()
    home.do(Revoke(home.actor(ANN), BEN))
    home.effects.clear()
    home.acknowledge(ANN)
    home.disarm(ANN)
    assert {d.target for d in home.effects if d.target.isdigit()} == {str(ANN)} | {
        d.target for d in home.effects if d.target == "51001"
    }


def test_the_owners_hear_who_was_sent_away_and_the_person_hears_nothing() -> None:
    home = Home()
    home.do(SetRole(home.actor(ANN), VIC, Role.OWNER))
    decision = home.do(Revoke(home.actor(ANN), BEN))
    assert said(decision.effects, ANN) == said(decision.effects, VIC) == [Notice.REVOKED]
    assert said(decision.effects, BEN) == []


# -- whatever they do ------------------------------------------------------------------------------

PEOPLE = (ANN, BEN, VIC, 44, 45)
_users = st.sampled_from(PEOPLE)
_orders: st.SearchStrategy[Callable[[Home, int], Command]] = st.one_of(
    st.builds(
        lambda who, new: lambda home, by: SetRole(home.actor(by), who, new),
        _users,
        st.sampled_from(Role),
    ),
    st.builds(lambda who: lambda home, by: Revoke(home.actor(by), who), _users),
    st.builds(
        lambda code, new, hours: (
            lambda home, by: Invite(home.actor(by), code, new, hours and hours * HOUR)
        ),
        st.sampled_from(["a", "b"]),
        st.sampled_from([Role.MEMBER, Role.VIEWER]),
        st.sampled_from([None, 1, 48]),
    ),
    st.builds(
        lambda who, hours: lambda home, by: KeepGuest(home.actor(by), who, hours and hours * HOUR),
        _users,
        st.sampled_from([None, 5]),
    ),
    st.builds(lambda who, code: lambda home, _: Claim(home.actor(who), code), _users, st.just("a")),
)


@given(st.lists(st.tuples(_orders, _users, st.sampled_from([0, 1, 30 * 60])), max_size=20))
@settings(deadline=None)
def test_there_is_always_an_owner_and_who_is_gone_hears_nothing(
    deeds: list[tuple[Callable[[Home, int], Command], int, int]],
) -> None:
    home = Home()
    home.do(DevicesSeen(homescreen(armed=False), timedelta(0)))
    home.arm_now()
    home.burglary()
    home.deliver_chat()
    for order, by, minutes in deeds:
        home.wait(minutes * MINUTE)
        # Only owners get so far: who may ask for it is judged before.
        owner = home.state.people.get(str(by), Person(0, "", Role.VIEWER)).role is Role.OWNER
        command = order(home, by)
        if owner or isinstance(command, Claim):
            home.effects.clear()
            try:
                home.do(command)
            except BadInput:
                assert home.effects == []
        assert home.state.owners
        known = set(home.state.people)
        waiting = [d for d in home.waiting() if said([d]) != [Notice.GUEST_BYE]]
        strangers = {str(user) for user in PEOPLE} - known
        assert not {d.target for d in waiting} & strangers
        for incident in home.state.incidents.values():
            assert set(incident.copies) <= known
        assert set(home.state.panel_messages) <= known
        home.deliver_chat()


@pytest.mark.parametrize("skew", [timedelta(0), timedelta(minutes=5), -timedelta(minutes=5)])
def test_a_guest_is_told_nothing_after_the_stay_though_nobody_confirms_the_clock(
    skew: timedelta,
) -> None:
    home = with_guest()
    end = home.state.people[str(BEN)].until
    assert end is not None
    clock = replace(home.state.clock, skew=skew, unsure_from=home.now)
    home.state = replace(home.state, clock=clock)
    draft = Draft(home.state, end - skew - SECOND)
    assert BEN in draft.household()
    draft = Draft(home.state, end - skew)
    assert BEN not in draft.household()
    assert ANN in draft.household()
    assert str(BEN) in home.state.people
