"""The life of a delivery: claimed, delivered, tried again, given up, interrupted."""

from __future__ import annotations

from dataclasses import replace

from alarm.core.calls import CallReport, CallStatus
from alarm.core.deliveries import (
    AlertBody,
    Delivery,
    DeliveryStatus,
    HangUpBody,
    Lane,
    WordsBody,
)
from alarm.core.inputs import CallProgress, Claimed, DeliveryFailed, Started
from alarm.core.notices import Notice
from tests.core.home import (
    ANN,
    HOUR,
    MINUTE,
    SECOND,
    Home,
    clip,
    household,
    of_kind,
    said,
    sentences,
    settings,
)

# -- retries ---------------------------------------------------------------------------------------


def alert(home: Home) -> Delivery:
    return of_kind(home.state.outbox.values(), AlertBody)[0]


def test_retries_double_up_to_the_bound_of_their_lane() -> None:
    home = Home().arm_now()
    home.burglary()
    waits = []
    for _ in range(12):
        home.fail(alert(home))
        waits.append((alert(home).next_try - home.now).total_seconds())
    for wait, expected in zip(waits, [2, 4, 8, 16, *[20] * 8], strict=True):
        assert expected * 0.75 <= wait <= expected * 1.25


def test_what_failed_before_goes_at_once_when_something_arrives_in_its_chat() -> None:
    home = Home().arm_now()
    home.burglary()
    to_ann, to_ben = (d for d in of_kind(home.state.outbox.values(), AlertBody))
    for _ in range(5):
        home.fail(to_ann)
        home.fail(to_ben)
        to_ann, to_ben = (home.state.outbox[d.id] for d in (to_ann, to_ben))
    answer = of_kind(home.acknowledge(ANN).effects, WordsBody)[0]
    assert answer.target == str(ANN)
    home.deliver(answer)
    assert home.state.outbox[to_ann.id].next_try == home.now
    assert home.state.outbox[to_ben.id].next_try > home.now


def test_an_alert_is_tried_for_as_long_as_its_incident_is_open() -> None:
    home = Home().arm_now()
    home.burglary()
    for _ in range(2000):
        home.fail(alert(home))
        home.wait(MINUTE)
    assert alert(home).attempts == 2000
    assert alert(home).status is DeliveryStatus.PENDING


def test_the_other_side_is_never_asked_sooner_than_it_said() -> None:
    home = Home().arm_now()
    home.burglary()
    first = alert(home)
    home.claim(first)
    home.do(DeliveryFailed(first.id, "slow down", retry_after=77.0))
    assert alert(home).next_try == home.now + 77 * SECOND


def test_an_answer_is_tried_for_two_minutes_and_then_journaled() -> None:
    home = Home()
    home.disarm()
    (answer,) = home.waiting(lanes=(Lane.ALARM,))
    home.fail(answer)
    home.wait(2 * MINUTE - SECOND)
    assert answer.id in home.state.outbox
    home.rows.clear()
    home.wait(SECOND)
    assert answer.id not in home.state.outbox
    (row,) = home.rows
    assert (row.kind, row.data["what"]) == ("journal", "delivery given up")


def test_what_is_on_its_way_does_not_expire() -> None:
    home = Home()
    home.disarm()
    (answer,) = home.waiting(lanes=(Lane.ALARM,))
    home.claim(answer)
    home.wait(10 * MINUTE)
    assert answer.id in home.state.outbox


# -- at least once, at most once -------------------------------------------------------------------


def armed_by(home: Home) -> Delivery:
    """Arm and return the silent news of it."""
    home.arm()
    (news,) = [d for d in home.waiting() if said([d]) == [Notice.ARMED_BY]]
    return news


def test_chatter_that_may_have_arrived_is_not_repeated() -> None:
    home = Home()
    news = armed_by(home)
    home.fail(news, uncertain=True)
    assert news.id not in home.state.outbox


def test_chatter_that_certainly_did_not_arrive_is() -> None:
    home = Home()
    news = armed_by(home)
    home.fail(news)
    assert news.id in home.state.outbox


def test_chatter_interrupted_by_a_crash_is_not_repeated() -> None:
    home = Home()
    news = armed_by(home)
    home.claim(news)
    home.do(Started())
    assert news.id not in home.state.outbox


def test_an_answer_that_may_have_arrived_is_repeated() -> None:
    home = Home()
    home.disarm()
    (answer,) = home.waiting(lanes=(Lane.ALARM,))
    home.fail(answer, uncertain=True)
    assert home.state.outbox[answer.id].repeat


def test_what_was_leaving_when_the_program_stopped_leaves_again_at_once() -> None:
    home = Home().arm_now()
    home.burglary()
    first = alert(home)
    home.claim(first)
    home.now += HOUR
    decision = home.do(Started())
    again = home.state.outbox[first.id]
    assert (again.status, again.repeat, again.next_try) == (
        DeliveryStatus.PENDING,
        True,
        home.now,
    )
    (words,) = sentences(decision.effects, ANN)
    assert words.args["again"] == 1


# -- right before it leaves ------------------------------------------------------------------------


def test_a_delivery_is_claimed_once() -> None:
    home = Home().arm_now()
    home.burglary()
    first = alert(home)
    home.claim(first)
    before = home.state
    home.claim(first)
    home.do(Claimed(("d99",)))
    assert home.state is before


def test_an_alert_of_a_closed_incident_does_not_leave_again() -> None:
    home = Home().arm_now()
    home.burglary()
    first, second = of_kind(home.waiting(), AlertBody)
    home.claim(first)
    home.claim(second)
    home.false_alarm()
    home.do(DeliveryFailed(first.id, "no luck"))
    assert first.id not in home.state.outbox
    home.do(Started())
    assert second.id not in home.state.outbox


def test_a_warning_that_a_person_answered_does_not_leave() -> None:
    home = Home(replace(household(), settings=settings(entry_delay=30 * SECOND))).arm_now()
    home.see(clip(home.now, 1), clip(home.now, 2))
    (warning, _) = [d for d in home.waiting() if said([d]) == [Notice.ENTRY_DELAY]]
    home.claim(warning)
    home.disarm()
    home.do(DeliveryFailed(warning.id, "no luck"))
    assert warning.id not in home.state.outbox


def test_a_call_that_was_acknowledged_while_it_was_placed_is_hung_up() -> None:
    home = Home().arm_now()
    home.burglary()
    home.wait(30 * SECOND)
    (call,) = home.calls()
    home.claim(call)
    home.acknowledge()
    assert call.id in home.state.outbox
    report = CallReport("CA1", call.target, CallStatus.QUEUED)
    decision = home.do(CallProgress(call.id, report))
    assert [d.body for d in decision.effects] == [HangUpBody("CA1")]
    assert call.id not in home.state.outbox


def test_a_call_that_failed_after_an_acknowledgement_is_forgotten() -> None:
    home = Home().arm_now()
    home.burglary()
    home.wait(30 * SECOND)
    (call,) = home.calls()
    home.claim(call)
    home.acknowledge()
    home.do(DeliveryFailed(call.id, "no line"))
    assert home.calls() == []


def test_a_call_that_is_over_after_an_acknowledgement_needs_no_hang_up() -> None:
    home = Home().arm_now()
    home.burglary()
    home.wait(30 * SECOND)
    (call,) = home.calls()
    home.claim(call)
    home.acknowledge()
    decision = home.do(CallProgress(call.id, CallReport("C", call.target, CallStatus.BUSY)))
    assert decision.effects == ()


def test_how_long_an_alert_took_is_written_down() -> None:
    home = Home().arm_now()
    home.burglary()
    home.now += 3 * SECOND
    home.rows.clear()
    home.deliver(alert(home), 5)
    rows = [row.data for row in home.rows if row.data["what"] == "alert arrived"]
    assert [row["seconds"] for row in rows] == [3.0]
    assert home.incident.copies == {str(ANN): 5}


def test_ids_are_never_used_twice() -> None:
    home = Home().arm_now()
    home.burglary()
    home.false_alarm()
    home.deliver_chat()
    home.burglary()
    ids = [d.id for d in home.effects]
    assert len(ids) == len(set(ids))
