"""What was written by one who left before it was read: not done, and the owners are told once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from alarm.core.departed import KEPT
from alarm.core.draft import Decision
from alarm.core.household import Departed
from alarm.core.household_commands import Claim, Invite, Revoke, SetRole
from alarm.core.inputs import Attempt, CameTooLate, DevicesSeen, StrangersTried
from alarm.core.notices import Notice
from alarm.core.state import Role
from tests.core.home import ANN, BEN, HOUR, MINUTE, SECOND, VIC, Home, homescreen, said, sentences


def home_with_guest() -> Home:
    """Return an armed home in which Ben's stay ends in an hour."""
    home = Home().arm_now()
    home.do(DevicesSeen(homescreen(armed=True), timedelta(0)))
    guest = replace(home.state.people[str(BEN)], until=home.now + HOUR)
    home.state = replace(home.state, people={**home.state.people, str(BEN): guest})
    return home


def late(home: Home, command: str = "/disarm", ago: timedelta = MINUTE) -> Decision:
    home.rows.clear()
    return home.do(CameTooLate(BEN, command, home.now - ago))


def test_a_command_of_a_guest_whose_stay_is_over_is_told_to_the_owners_alone() -> None:
    home = home_with_guest()
    home.wait(HOUR)
    before = home.state
    decision = late(home)
    assert said(decision.effects) == [Notice.CAME_TOO_LATE]
    (words,) = sentences(decision.effects, ANN)
    assert words.args == {
        "name": "Ben",
        "command": "/disarm",
        "sent_at": (home.now - MINUTE).isoformat(),
        "sent_away": False,
        "panel": "armed",
    }
    assert home.state.areas == before.areas
    assert [dict(row.data) for row in home.rows] == [
        {"what": "came too late", "name": "Ben", "command": "/disarm"}
    ]


def test_every_owner_hears_of_it() -> None:
    home = Home()
    home.do(SetRole(home.actor(), VIC, Role.OWNER))
    home.do(Revoke(home.actor(), BEN))
    decision = late(home)
    for owner in (ANN, VIC):
        (words,) = sentences(decision.effects, owner)
        assert (words.args["sent_away"], words.args["panel"]) == (True, "disarmed")


def test_it_is_told_once_for_each_command() -> None:
    home = Home()
    home.do(Revoke(home.actor(), BEN))
    assert late(home).effects
    assert late(home, ago=2 * MINUTE).effects == ()
    assert late(home, "/arm").effects
    assert late(home, "/arm").effects == ()
    assert home.rows == []


def test_a_guest_to_whom_nobody_said_good_bye_yet_is_told_of_once_too() -> None:
    home = home_with_guest()
    home.now += HOUR
    assert late(home).effects
    home.wait(SECOND)
    assert str(BEN) not in home.state.people
    assert late(home).effects == ()


def test_who_left_is_remembered_for_a_day_and_no_longer() -> None:
    home = home_with_guest()
    home.wait(HOUR)
    gone = Departed("Ben", Role.MEMBER, home.now)
    assert home.state.departed == {str(BEN): gone}
    home.wait(KEPT - SECOND)
    assert home.state.departed == {str(BEN): gone}
    home.wait(SECOND)
    assert home.state.departed == {}
    assert late(home).effects == ()


def test_a_stay_that_ended_while_the_program_was_off_ended_when_it_was_to_end() -> None:
    home = home_with_guest()
    end = home.now + HOUR
    home.wait(5 * HOUR)
    assert home.state.departed[str(BEN)].at == end


def test_who_is_sent_away_a_second_time_is_told_of_anew() -> None:
    home = Home()
    home.do(Revoke(home.actor(), BEN))
    late(home)
    home.do(Invite(home.actor(), "code", Role.MEMBER))
    home.do(Claim(home.actor(BEN), "code"))
    home.wait(MINUTE)
    home.do(Revoke(home.actor(), BEN))
    assert late(home).effects


def test_of_somebody_who_never_was_here_nothing_is_told() -> None:
    home = Home()
    before = home.state
    assert home.do(CameTooLate(99, "/disarm", home.now)).effects == ()
    assert home.state is before


def test_who_left_a_moment_before_is_no_stranger_in_the_journal() -> None:
    home = Home()
    home.do(Revoke(home.actor(), BEN))
    home.rows.clear()
    home.do(StrangersTried((Attempt(BEN, "Benny", "wrote /status", 1),), 0))
    assert [(row.data["what"], row.data["name"]) for row in home.rows] == [
        ("one who had left", "Ben")
    ]
    assert list(home.state.strangers.names.values()) == ["Ben (had left)"]
    home.wait(KEPT)
    home.rows.clear()
    home.do(StrangersTried((Attempt(BEN, "Benny", "wrote /status", 1),), 0))
    assert [row.data["what"] for row in home.rows] == ["stranger"]
