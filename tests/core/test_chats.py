"""Chats that are lost, work again, or move."""

from __future__ import annotations

from dataclasses import replace

from alarm.core.commands import Arm
from alarm.core.deliveries import (
    AlertBody,
    AlertEditBody,
    PanelBody,
)
from alarm.core.inputs import DeliveryFailed
from alarm.core.notices import Notice
from tests.core.home import (
    ANN,
    BEN,
    Home,
    alerts,
    of_kind,
    said,
)

GROUP, SUPERGROUP = -500, -100500


def test_a_blocked_chat_is_told_to_the_others_once() -> None:
    home = Home().arm_now()
    home.burglary()
    to_ann, to_ben = of_kind(home.waiting(), AlertBody)
    decision = home.fail(to_ben, permanent=True)
    assert said(decision.effects, ANN) == [Notice.CHAT_LOST]
    assert said(decision.effects, BEN) == []
    assert not home.state.people[str(BEN)].reachable
    assert to_ann.id in home.state.outbox
    home.disarm()
    home.effects.clear()
    home.arm()
    for delivery in home.waiting():
        if delivery.target == str(BEN):
            home.fail(delivery, permanent=True)
    assert Notice.CHAT_LOST not in said(home.effects)


def test_a_message_that_cannot_be_edited_is_no_lost_chat() -> None:
    home = Home().arm_now()
    home.burglary()
    home.deliver_chat()
    home.acknowledge()
    for edit in of_kind(home.waiting(), AlertEditBody):
        home.fail(edit, permanent=True)
    assert all(person.reachable for person in home.state.people.values())
    assert of_kind(home.waiting(), AlertEditBody) == []


def test_a_lost_chat_works_again_when_something_arrives_in_it() -> None:
    home = Home().arm_now()
    home.burglary()
    home.fail(of_kind(home.waiting(), AlertBody)[1], permanent=True)
    home.disarm()
    home.deliver_chat()
    assert home.state.people[str(BEN)].reachable


def test_a_group_that_became_a_supergroup_gets_everything_under_its_new_id() -> None:
    home = Home()
    home.do(Arm(home.actor(ANN, chat=GROUP)))
    (answer,) = of_kind(home.waiting(), PanelBody)
    home.disarm(BEN)
    home.do(Arm(home.actor(ANN, chat=GROUP)))
    home.claim(answer)
    home.do(DeliveryFailed(answer.id, "moved", new_target=str(SUPERGROUP)))
    answers = of_kind(home.waiting(), PanelBody)
    assert [a.target for a in answers] == [str(SUPERGROUP)] * 2
    assert [a.next_try for a in answers] == [home.now] * 2


def test_an_open_alert_is_sent_anew_into_the_new_chat() -> None:
    home = Home().arm_now()
    incident = home.burglary()
    copies = {**incident.copies, str(GROUP): 7}
    incidents = {incident.id: replace(incident, copies=copies)}
    home.state = replace(home.state, incidents=incidents)
    home.do(Arm(home.actor(ANN, chat=GROUP)))
    (answer,) = of_kind(home.waiting(), PanelBody)[-1:]
    home.claim(answer)
    decision = home.do(DeliveryFailed(answer.id, "moved", new_target=str(SUPERGROUP)))
    assert alerts(decision.effects) == [str(SUPERGROUP)]
    assert str(GROUP) not in home.incident.copies


def test_a_new_id_that_is_the_old_one_is_only_another_failure() -> None:
    home = Home()
    home.do(Arm(home.actor(ANN, chat=GROUP)))
    (answer,) = of_kind(home.waiting(), PanelBody)
    home.claim(answer)
    home.do(DeliveryFailed(answer.id, "moved", new_target=str(GROUP)))
    (answer,) = of_kind(home.waiting(), PanelBody)
    assert answer.next_try > home.now
