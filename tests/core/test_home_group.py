"""The home's group is told what the household is told, follows a move, and is given up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alarm.core.commands import Arm, Disarm
from alarm.core.deliveries import AlertBody, DeleteBody, MediaBody, WordsBody
from alarm.core.household import HomeGroup
from alarm.core.household_commands import ForgetGroup, SetGroup
from alarm.core.inputs import ChatLeft, DeliveryFailed, GroupMoved, PinWritten
from alarm.core.notices import Notice
from tests.core.home import ANN, BEN, SECOND, VIC, Home, alerts, household, of_kind, said

GROUP, SUPERGROUP, OTHER = -500, -100500, -600


def at_home(**changes: bool) -> Home:
    return Home(replace(household(), group=HomeGroup(GROUP, "Family", **changes)))


def of_group(home: Home) -> HomeGroup:
    assert home.state.group is not None
    return home.state.group


def test_a_group_becomes_the_homes_and_says_so_there() -> None:
    home = Home()
    decision = home.do(SetGroup(home.actor(ANN, chat=GROUP), GROUP, "Family", 7))
    assert home.state.group == HomeGroup(GROUP, "Family", 7)
    assert said(decision.effects, GROUP) == [Notice.GROUP_SET]
    assert said(decision.effects, BEN) == said(decision.effects, VIC) == []


def test_the_group_hears_of_alarms_pictures_and_arming() -> None:
    home = at_home()
    home.arm(ANN)
    assert said(home.effects, GROUP) == [Notice.ARMED_BY]
    home.deliver_chat()
    home.wait(60 * SECOND)
    home.effects.clear()
    home.burglary()
    assert str(GROUP) in alerts(home.effects)
    assert str(GROUP) in {d.target for d in of_kind(home.effects, MediaBody)}
    home.deliver_chat()
    assert str(GROUP) in home.incident.copies
    home.effects.clear()
    home.disarm(ANN)
    assert Notice.DISARMED_BY in said(home.effects, GROUP)


def test_who_commands_in_the_group_is_answered_there_and_the_others_in_private() -> None:
    home = at_home()
    decision = home.do(Arm(home.actor(ANN, chat=GROUP)))
    assert said(decision.effects, GROUP) == []
    assert said(decision.effects, BEN) == [Notice.ARMED_BY]
    assert said(decision.effects, ANN) == []
    decision = home.do(Disarm(home.actor(BEN, chat=GROUP)))
    assert said(decision.effects, GROUP) == [Notice.DISARMED]


def test_what_is_written_in_the_group_does_not_show_that_the_private_chat_works() -> None:
    home = at_home()
    ben = replace(home.state.people[str(BEN)], reachable=False)
    home.state = replace(home.state, people={**home.state.people, str(BEN): ben})
    home.do(Disarm(home.actor(BEN, chat=GROUP)))
    assert not home.state.people[str(BEN)].reachable


def test_another_group_takes_its_place_and_the_old_one_hears_of_it() -> None:
    home = at_home()
    home.arm_now()
    home.burglary()
    decision = home.do(SetGroup(home.actor(ANN, chat=OTHER), OTHER, "New"))
    assert said(decision.effects, GROUP) == [Notice.GROUP_OFF]
    # The alarm that is on is told in the new one.
    assert alerts(decision.effects) == [str(OTHER)]
    home.deliver_chat()
    home.effects.clear()
    home.disarm(ANN)
    assert str(GROUP) not in {d.target for d in home.effects}


def test_the_same_group_again_is_no_news_for_others() -> None:
    home = at_home()
    decision = home.do(SetGroup(home.actor(ANN, chat=GROUP), GROUP, "Family"))
    assert [d.target for d in decision.effects] == [str(GROUP)]


def test_home_off_ends_what_is_on_its_way_there() -> None:
    home = at_home()
    home.arm_now()
    home.burglary()
    home.do(ForgetGroup(home.actor(ANN)))
    assert home.state.group is None
    left = [d for d in home.waiting() if d.target == str(GROUP)]
    assert said(left) == [Notice.GROUP_OFF]
    assert len(left) == 1
    decision = home.do(ForgetGroup(home.actor(ANN)))
    assert said(decision.effects, ANN) == [Notice.GROUP_NONE]


@pytest.mark.parametrize("leaving", [False, True])
def test_a_pin_that_stands_in_a_group_that_is_given_up_is_deleted_all_the_same(
    leaving: bool,
) -> None:
    home = at_home()
    home.do(PinWritten(GROUP, 77))
    (deletion,) = home.waiting()
    if leaving:
        home.claim(deletion)
    home.do(ForgetGroup(home.actor(ANN)))
    assert home.state.outbox[deletion.id].body == DeleteBody(77, secret=True)


def test_a_group_that_the_bot_was_removed_from_is_told_in_private_once() -> None:
    home = at_home()
    decision = home.do(ChatLeft(GROUP, gone=True, reason="removed"))
    assert said(decision.effects, ANN) == said(decision.effects, BEN) == [Notice.GROUP_LOST]
    assert said(decision.effects, GROUP) == []
    assert not of_group(home).reachable
    assert home.do(ChatLeft(GROUP, gone=True)).effects == ()


def test_a_group_that_can_be_written_to_again_gets_the_open_alarm() -> None:
    home = at_home(reachable=False)
    home.arm_now()
    home.burglary()
    for delivery in list(home.waiting()):
        if delivery.target == str(GROUP):
            home.fail(delivery, permanent=True)
    decision = home.do(ChatLeft(GROUP, gone=False))
    assert of_group(home).reachable
    assert alerts(decision.effects) == [str(GROUP)]


def test_a_send_that_the_group_refuses_shows_that_it_is_lost() -> None:
    home = at_home()
    home.arm_now()
    home.burglary()
    alert = next(d for d in of_kind(home.waiting(), AlertBody) if d.target == str(GROUP))
    decision = home.fail(alert, permanent=True)
    assert said(decision.effects, ANN) == [Notice.GROUP_LOST]
    assert said(decision.effects, GROUP) == []


def test_a_blocked_private_chat_is_known_at_once() -> None:
    home = Home()
    decision = home.do(ChatLeft(BEN, gone=True, reason="blocked"))
    assert said(decision.effects, ANN) == [Notice.CHAT_LOST]
    home.do(ChatLeft(BEN, gone=False))
    assert home.state.people[str(BEN)].reachable
    before = home.state
    assert home.do(ChatLeft(99, gone=True)).state is before


def test_a_viewer_who_unblocks_the_bot_gets_no_alert() -> None:
    home = Home().arm_now()
    home.burglary()
    home.do(ChatLeft(VIC, gone=True))
    assert alerts(home.do(ChatLeft(VIC, gone=False)).effects) == []


def test_a_group_that_became_a_supergroup_is_the_homes_under_its_new_id() -> None:
    home = Home(replace(household(), group=HomeGroup(GROUP, "Family", 7)))
    home.arm_now()
    home.burglary()
    alert = next(d for d in of_kind(home.waiting(), AlertBody) if d.target == str(GROUP))
    home.claim(alert)
    home.do(DeliveryFailed(alert.id, "moved", new_target=str(SUPERGROUP)))
    # The topic of the old one is none in the new one.
    assert home.state.group == HomeGroup(SUPERGROUP, "Family")
    assert str(GROUP) not in {d.target for d in home.state.outbox.values()}
    # Telegram tells the same in a message of its own.
    before = home.state
    assert home.do(GroupMoved(GROUP, SUPERGROUP)).state is before


def test_the_message_of_a_move_is_enough() -> None:
    home = at_home()
    home.arm(ANN)
    home.do(GroupMoved(GROUP, SUPERGROUP))
    assert of_group(home).chat_id == SUPERGROUP
    told = [d.target for d in home.waiting() if isinstance(d.body, WordsBody)]
    assert str(SUPERGROUP) in told
    assert str(GROUP) not in told
    before = home.state
    assert home.do(GroupMoved(OTHER, -100600)).state is before
