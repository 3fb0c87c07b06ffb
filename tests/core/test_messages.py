"""All copies of an alert stay true, whatever happens while they are on their way."""

from __future__ import annotations

from alarm.core.calls import CallStatus
from alarm.core.deliveries import AlertBody, AlertEditBody, AlertRetireBody, Delivery
from alarm.core.inputs import Delivered, Started
from tests.core.home import ANN, BEN, HOUR, MINUTE, SECOND, Home, clip, of_kind


def edits(home: Home) -> list[Delivery]:
    return of_kind(home.waiting(), AlertEditBody)


def alarmed() -> Home:
    home = Home().arm_now()
    home.burglary()
    home.deliver_chat()
    return home


def test_every_change_is_edited_into_every_copy() -> None:
    home = alarmed()
    home.see(clip(home.now, 9))
    assert [d.target for d in edits(home)] == [str(ANN), str(BEN)]


def test_changes_while_an_edit_waits_need_no_second_one() -> None:
    home = alarmed()
    home.see(clip(home.now, 9))
    home.see(clip(home.now, 10))
    home.acknowledge()
    assert len(edits(home)) == 2


def test_a_change_while_an_edit_is_leaving_is_edited_after_it() -> None:
    home = alarmed()
    home.see(clip(home.now, 9))
    first, _ = edits(home)
    home.claim(first)
    home.acknowledge()
    assert str(ANN) not in {d.target for d in edits(home)}
    home.deliver(first)
    assert str(ANN) in {d.target for d in edits(home)}


def test_an_edit_that_left_with_the_truth_is_not_done_again() -> None:
    home = alarmed()
    home.see(clip(home.now, 9))
    first, second = edits(home)
    home.deliver(first)
    home.deliver(second)
    assert edits(home) == []


def test_edits_of_several_chats_that_leave_together_come_to_an_end() -> None:
    home = alarmed()
    home.see(clip(home.now, 9))
    for delivery in edits(home):
        home.claim(delivery)
    home.acknowledge()
    home.deliver_chat()
    arriving = [d for d in home.state.outbox.values() if isinstance(d.body, AlertEditBody)]
    sent = [d.target for d in arriving]
    while arriving:
        home.do(Delivered(arriving.pop(0).id, 0))
        for delivery in edits(home):
            home.claim(delivery)
            arriving.append(delivery)
            sent.append(delivery.target)
        assert len(sent) <= 4, "an edit that arrives must ask for none in another chat"
    assert sorted(sent) == sorted([str(ANN), str(BEN)] * 2)


def test_alerts_that_leave_together_ask_for_one_edit_each() -> None:
    home = Home().arm_now()
    home.burglary()
    alerts = of_kind(home.waiting(), AlertBody)
    for delivery in alerts:
        home.claim(delivery)
    home.acknowledge()
    for number, delivery in enumerate(alerts):
        home.do(Delivered(delivery.id, number + 1))
    assert [d.target for d in edits(home)] == [str(ANN), str(BEN)]
    for delivery in edits(home):
        home.claim(delivery)
        home.do(Delivered(delivery.id, 0))
    assert edits(home) == []


def test_an_edit_that_failed_is_worded_anew_and_needs_no_other() -> None:
    home = alarmed()
    home.see(clip(home.now, 9))
    first, second = edits(home)
    home.claim(first)
    home.acknowledge()
    home.fail(first)
    home.deliver(home.state.outbox[first.id])
    home.deliver(second)
    assert edits(home) == []


def test_an_alert_that_was_leaving_while_somebody_acted_shows_it() -> None:
    home = Home().arm_now()
    home.burglary()
    to_ann, to_ben = of_kind(home.waiting(), AlertBody)
    home.claim(to_ann)
    home.deliver(to_ben, 1)
    home.acknowledge(BEN)
    home.deliver(to_ann, 2)
    assert str(ANN) in {d.target for d in edits(home)}


def test_an_alert_that_was_leaving_while_events_joined_shows_them() -> None:
    home = Home().arm_now()
    home.burglary()
    to_ann, _ = of_kind(home.waiting(), AlertBody)
    home.claim(to_ann)
    home.see(clip(home.now, 9))
    home.deliver(to_ann, 2)
    assert [d.target for d in edits(home)] == [str(ANN)]


def test_an_alert_that_left_with_the_truth_is_not_edited() -> None:
    home = alarmed()
    assert edits(home) == []


def test_an_alert_that_was_leaving_while_its_incident_closed_is_edited() -> None:
    home = Home().arm_now()
    home.burglary()
    to_ann, _ = of_kind(home.waiting(), AlertBody)
    home.claim(to_ann)
    home.disarm(BEN)
    home.deliver(to_ann, 2)
    assert [d.target for d in edits(home)] == [str(ANN)]


def test_an_alert_interrupted_by_a_crash_is_sent_again_and_worded_anew() -> None:
    home = Home().arm_now()
    home.burglary()
    to_ann, _ = of_kind(home.waiting(), AlertBody)
    home.claim(to_ann)
    home.see(clip(home.now, 9))
    home.do(Started())
    again = home.state.outbox[to_ann.id]
    assert again.repeat
    home.deliver(again, 2)
    assert edits(home) == []


def test_what_calling_does_is_edited_in() -> None:
    home = alarmed()
    home.wait(30 * SECOND)
    for edit in edits(home):
        home.deliver(edit)
    home.call(CallStatus.RINGING)
    assert len(edits(home)) == 2
    before = home.state
    home.call(CallStatus.RINGING)
    assert home.state is before


def test_an_edit_outlives_an_hour_without_telegram() -> None:
    home = alarmed()
    home.acknowledge()
    home.wait(2 * HOUR)
    assert len(edits(home)) == 2


def test_the_alert_of_a_new_wave_retires_the_copy_of_the_first() -> None:
    home = alarmed()
    (incident,) = home.state.incidents.values()
    older = incident.copies[str(ANN)]
    home.acknowledge()
    home.deliver_chat()
    home.wait(6 * MINUTE)
    home.see(clip(home.now, 20), clip(home.now, 21))
    to_ann, _ = of_kind(home.waiting(), AlertBody)
    home.deliver(to_ann, 7)
    (retiring,) = of_kind(home.waiting(), AlertRetireBody)
    assert (retiring.target, retiring.body) == (str(ANN), AlertRetireBody(incident.id, older))
    assert home.state.incidents[incident.id].copies[str(ANN)] == 7
