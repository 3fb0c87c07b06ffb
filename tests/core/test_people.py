"""Who owns the bot, who is called, and how the rule is changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from alarm.core.commands import SetOption
from alarm.core.deliveries import Lane
from alarm.core.dispatch import KEPT_UPDATES
from alarm.core.household_commands import Claim
from alarm.core.inputs import OwnerConfigured
from alarm.core.notices import Notice
from alarm.core.settings import Mode, PanelState, TriggerRule
from alarm.core.state import Role, State
from tests.core.home import (
    ANN,
    BEN,
    HOUSE,
    SECOND,
    VIC,
    Home,
    clip,
    household,
    said,
    sentences,
)

STRANGER = 99


def unclaimed() -> Home:
    return Home(replace(State(), claim_code="right code"))


def claim(home: Home, user: int, code: str) -> list[Notice]:
    return said(home.do(Claim(home.actor(user), code)).effects)


# -- claiming --------------------------------------------------------------------------------------


def test_the_bearer_of_the_code_becomes_the_owner() -> None:
    home = unclaimed()
    assert claim(home, ANN, "right code") == [Notice.WELCOME]
    assert [p.user_id for p in home.state.owners] == [ANN]


def test_the_code_works_once() -> None:
    home = unclaimed()
    claim(home, ANN, "right code")
    assert claim(home, STRANGER, "right code") == []
    assert [p.user_id for p in home.state.owners] == [ANN]


def test_a_wrong_code_of_a_stranger_is_not_answered_and_spends_nothing() -> None:
    home = unclaimed()
    assert claim(home, STRANGER, "wrong") == []
    assert home.state.people == {}
    assert claim(home, ANN, "right code") == [Notice.WELCOME]


def test_without_a_code_nobody_becomes_owner_with_an_empty_one() -> None:
    home = Home(State())
    assert claim(home, STRANGER, "") == []
    assert home.state.people == {}


def test_a_code_in_any_alphabet_is_only_wrong() -> None:
    home = unclaimed()
    assert claim(home, STRANGER, "код 🔑") == []


def test_a_known_person_who_starts_the_bot_again_is_greeted() -> None:
    home = Home()
    assert claim(home, BEN, "") == [Notice.WELCOME]
    assert home.state.people[str(BEN)].role is Role.MEMBER


def test_the_owner_in_the_settings_spends_the_code() -> None:
    home = unclaimed()
    home.do(OwnerConfigured(ANN))
    assert [p.user_id for p in home.state.owners] == [ANN]
    assert claim(home, STRANGER, "right code") == []


def test_a_member_in_the_settings_becomes_owner_and_keeps_the_name() -> None:
    home = Home()
    home.do(OwnerConfigured(BEN))
    person = home.state.people[str(BEN)]
    assert (person.role, person.name) == (Role.OWNER, "Ben")
    before = home.state
    home.do(OwnerConfigured(BEN))
    assert home.state is before


def test_whoever_writes_is_reachable_and_known_by_the_current_name() -> None:
    home = Home()
    ben = replace(home.state.people[str(BEN)], reachable=False)
    home.state = replace(home.state, people={**home.state.people, str(BEN): ben})
    actor = replace(home.actor(BEN), name="Benjamin")
    home.do(Claim(actor, ""))
    assert home.state.people[str(BEN)].reachable
    assert home.state.people[str(BEN)].name == "Benjamin"


def test_a_viewer_hears_no_news() -> None:
    home = Home().arm_now()
    home.burglary()
    home.disarm()
    assert str(VIC) not in {d.target for d in home.effects}


def test_old_updates_are_forgotten_in_the_end() -> None:
    home = Home()
    for _ in range(KEPT_UPDATES + 50):
        home.disarm()
    assert len(home.state.handled) == KEPT_UPDATES
    assert home.state.handled[-1] == home.updates


# -- the rule --------------------------------------------------------------------------------------


def test_a_changed_rule_is_answered_with_old_and_new() -> None:
    home = Home()
    decision = home.do(SetOption(home.actor(), "away-rule", "3 in 5m"))
    (words,) = sentences(decision.effects, ANN)
    assert words.notice is Notice.SETTING_SET
    assert words.args == {
        "setting": "away-rule",
        "old": "2 events within 2 min",
        "new": "3 events within 5 min",
    }
    assert home.state.settings.modes[Mode.AWAY].rule == TriggerRule(3, timedelta(minutes=5))


def test_a_lower_threshold_does_not_ring_for_the_past() -> None:
    home = Home(household())
    home.do(SetOption(home.actor(), "away-threshold", "4"))
    home.arm_now()
    home.see(*(clip(home.now, n) for n in range(3)))
    home.do(SetOption(home.actor(), "away-threshold", "2"))
    home.wait(SECOND)
    home.see()
    assert home.panel() is PanelState.ARMED
    home.see(clip(home.now, 9))
    assert home.panel() is PanelState.TRIGGERED
    assert home.state.areas[HOUSE].unspent == ()


def test_a_higher_threshold_holds_from_the_next_event_on() -> None:
    home = Home().arm_now()
    home.see(clip(home.now, 1))
    home.do(SetOption(home.actor(), "away-threshold", "3"))
    home.see(clip(home.now, 2))
    assert home.panel() is PanelState.ARMED
    home.see(clip(home.now, 3))
    assert home.panel() is PanelState.TRIGGERED


def test_a_person_of_whom_nothing_is_new_stays_as_known() -> None:
    home = Home()
    before = home.state.people
    home.arm(BEN)
    assert home.state.people is before


def test_the_welcome_goes_with_the_alarms() -> None:
    home = unclaimed()
    home.do(Claim(home.actor(ANN), "right code"))
    (welcome,) = home.effects
    assert welcome.lane is Lane.ALARM
