"""Invitations: one link, one person, once, for a day; guests who leave by themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alarm.core.errors import BadInput
from alarm.core.household_commands import Claim, Invite, WithdrawInvitation
from alarm.core.inputs import ClockJumped, DevicesSeen, Started
from alarm.core.invitations import KEPT, LINK_LIFE, MAX_STAY, MIN_STAY, MOST_OPEN
from alarm.core.notices import Notice
from alarm.core.state import Role
from tests.core.home import ANN, BEN, HOUR, MINUTE, SECOND, Home, homescreen, said, sentences

CLEO, CODE = 44, "kX3-9_abcDEF"
DAY = timedelta(days=1)


def invited(role: Role = Role.MEMBER, stay: timedelta | None = None) -> Home:
    home = Home()
    # Blink was heard: the time is known to be right.
    home.do(DevicesSeen(homescreen(armed=False), timedelta(0)))
    home.do(Invite(home.actor(ANN), CODE, role, stay))
    return home


def opens(home: Home, user: int = CLEO, code: str = CODE) -> list[Notice]:
    return said(home.do(Claim(home.actor(user), code)).effects, user)


def test_the_link_is_told_to_who_asked_and_to_nobody_else() -> None:
    home = Home()
    decision = home.do(Invite(home.actor(ANN, chat=-500), CODE, Role.VIEWER))
    assert [d.target for d in decision.effects] == [str(ANN)]
    (words,) = sentences(decision.effects, ANN)
    assert (words.notice, words.args["code"]) == (Notice.INVITED, CODE)
    assert CODE not in str([row.data for row in home.rows])


@pytest.mark.parametrize("role", [Role.MEMBER, Role.VIEWER])
def test_who_opens_the_link_has_its_role_and_the_owner_hears_of_it(role: Role) -> None:
    home = invited(role)
    decision = home.do(Claim(home.actor(CLEO), CODE))
    assert said(decision.effects, CLEO) == [Notice.WELCOME]
    assert said(decision.effects, ANN) == [Notice.JOINED]
    assert said(decision.effects, BEN) == []
    assert home.state.people[str(CLEO)].role is role
    assert home.state.people[str(CLEO)].until is None


def test_the_link_works_once() -> None:
    home = invited()
    opens(home)
    assert opens(home, 45) == []
    assert "45" not in home.state.people


def test_a_wrong_code_spends_nothing_and_is_not_answered() -> None:
    home = invited()
    assert opens(home, code="wrong") == []
    assert opens(home) == [Notice.WELCOME]


@pytest.mark.parametrize(("wait", "opened"), [(LINK_LIFE - SECOND, True), (LINK_LIFE, False)])
def test_the_link_ends_after_a_day(wait: timedelta, opened: bool) -> None:
    home = invited()
    home.wait(wait)
    assert opens(home) == ([Notice.WELCOME] if opened else [])
    assert (str(CLEO) in home.state.people) is opened


@pytest.mark.parametrize(
    ("stay", "life"),
    [(2 * HOUR, 2 * HOUR), (LINK_LIFE - SECOND, LINK_LIFE - SECOND), (3 * DAY, LINK_LIFE)],
)
def test_the_link_of_a_guest_ends_with_the_stay(stay: timedelta, life: timedelta) -> None:
    home = invited(stay=stay)
    assert home.state.invitations[CODE].expires_at == home.now + life


def test_an_owner_hears_of_a_link_that_was_opened_too_late_once() -> None:
    home = invited()
    home.wait(LINK_LIFE)
    assert said(home.do(Claim(home.actor(CLEO), CODE)).effects, ANN) == [Notice.INVITE_OVER]
    assert home.do(Claim(home.actor(CLEO), CODE)).effects == ()


def test_an_ended_link_is_forgotten_after_a_week() -> None:
    home = invited()
    home.wait(LINK_LIFE + KEPT - SECOND)
    assert CODE in home.state.invitations
    home.wait(SECOND)
    assert home.state.invitations == {}


def test_an_owner_who_tries_the_own_link_neither_spends_it_nor_loses_the_role() -> None:
    home = invited(Role.VIEWER)
    assert opens(home, ANN) == [Notice.INVITE_OWN]
    assert home.state.people[str(ANN)].role is Role.OWNER
    assert opens(home) == [Notice.WELCOME]


def test_a_viewer_may_rise_by_a_link() -> None:
    home = invited(Role.VIEWER)
    opens(home)
    home.do(Invite(home.actor(ANN), "second", Role.MEMBER))
    assert opens(home, code="second") == [Notice.WELCOME]
    assert home.state.people[str(CLEO)].role is Role.MEMBER


def test_a_guest_may_stay_longer_by_a_link_and_never_shorter() -> None:
    home = invited(stay=3 * DAY)
    opens(home)
    home.do(Invite(home.actor(ANN), "shorter", Role.MEMBER, DAY))
    assert opens(home, code="shorter") == [Notice.INVITE_OWN]
    home.do(Invite(home.actor(ANN), "for good", Role.MEMBER))
    assert opens(home, code="for good") == [Notice.WELCOME]
    assert home.state.people[str(CLEO)].until is None


def test_a_withdrawn_link_opens_nothing() -> None:
    home = invited()
    home.do(WithdrawInvitation(home.actor(ANN), CODE))
    assert opens(home) == []
    before = home.state.invitations
    home.do(WithdrawInvitation(home.actor(ANN), CODE))
    assert home.state.invitations is before


def test_so_many_links_are_open_at_most() -> None:
    home = Home()
    for number in range(MOST_OPEN):
        home.do(Invite(home.actor(ANN), f"code {number}", Role.VIEWER))
    before = home.state
    with pytest.raises(BadInput, match="10 invitations are open"):
        home.do(Invite(home.actor(ANN), "one more", Role.VIEWER))
    assert home.state is before
    home.wait(LINK_LIFE)
    home.do(Invite(home.actor(ANN), "one more", Role.VIEWER))


# -- guests ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("stay", [MIN_STAY - SECOND, MAX_STAY + SECOND])
def test_a_guest_stays_no_shorter_and_no_longer_than_this(stay: timedelta) -> None:
    home = Home()
    with pytest.raises(BadInput, match="1 hour to 366 days"):
        home.do(Invite(home.actor(ANN), CODE, Role.MEMBER, stay))
    assert home.state.invitations == {}


@pytest.mark.parametrize("stay", [MIN_STAY, MAX_STAY])
def test_a_guest_may_stay_as_long_as_this(stay: timedelta) -> None:
    home = invited(stay=stay)
    assert home.state.invitations[CODE].until == home.now + stay


def test_a_guest_leaves_at_the_end_and_both_sides_hear_of_it() -> None:
    home = invited(stay=3 * HOUR)
    opens(home)
    home.wait(3 * HOUR - SECOND)
    assert str(CLEO) in home.state.people
    decision = home.wait(SECOND)
    assert str(CLEO) not in home.state.people
    assert said(decision.effects, CLEO) == [Notice.GUEST_BYE]
    assert said(decision.effects, ANN) == [Notice.GUEST_OVER]
    home.effects.clear()
    home.arm_now()
    home.burglary()
    assert str(CLEO) not in {d.target for d in home.effects}


def test_a_link_of_a_guest_whose_time_is_over_opens_nothing() -> None:
    home = invited(stay=2 * HOUR)
    home.wait(2 * HOUR)
    assert opens(home) == []
    assert str(CLEO) not in home.state.people


def test_a_clock_that_was_set_moves_the_link_but_not_the_guest() -> None:
    home = invited(stay=3 * DAY)
    until = home.state.invitations[CODE].until
    expires = home.state.invitations[CODE].expires_at
    home.now += 5 * DAY
    home.do(ClockJumped(5 * DAY))
    assert home.state.invitations[CODE].expires_at == expires + 5 * DAY
    assert home.state.invitations[CODE].until == until
    assert opens(home) == [Notice.WELCOME]
    # In Blink's clock it is still the same day.
    home.wait(MINUTE)
    assert str(CLEO) in home.state.people


def test_nobody_is_sent_away_by_a_clock_that_nobody_confirmed() -> None:
    home = invited(stay=2 * HOUR)
    opens(home)
    home.now += DAY
    home.do(Started())
    home.wait(SECOND)
    assert str(CLEO) in home.state.people
    home.do(DevicesSeen(homescreen(armed=False), timedelta(0)))
    home.wait(SECOND)
    assert str(CLEO) not in home.state.people
