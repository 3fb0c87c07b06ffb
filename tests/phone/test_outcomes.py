"""What a look at a call tells, for every way in which a phone can behave."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from alarm.core.calls import AnsweredBy, CallStatus
from alarm.phone.client import CALLS_LISTED, Phone
from alarm.phone.errors import UNREADABLE
from simulator.twilio import (
    BUSY,
    ENDLESS,
    FAILED,
    MACHINE,
    NO_ANSWER,
    Behaviour,
    TwilioStandIn,
    human,
)
from tests.phone.bench import ANN, BOB, WORDS, Clock, failure, status

CALLS_PATH = r"/Calls\.json"
SID = "CA" + "a" * 32
NOBODY, HUMAN, MACHINE_ = AnsweredBy.NOBODY_KNOWN, AnsweredBy.HUMAN, AnsweredBy.MACHINE

# Each behaviour with what is told two minutes later: status, who, seconds of conversation.
OUTCOMES: dict[str, tuple[Behaviour, CallStatus, AnsweredBy, int]] = {
    "human": (human(), CallStatus.COMPLETED, HUMAN, 9),
    "human who hangs up": (human(listens=2), CallStatus.COMPLETED, HUMAN, 2),
    "machine": (MACHINE, CallStatus.COMPLETED, MACHINE_, 9),
    "busy": (BUSY, CallStatus.BUSY, NOBODY, 0),
    "no answer": (NO_ANSWER, CallStatus.NO_ANSWER, NOBODY, 0),
    "failed": (FAILED, CallStatus.FAILED, NOBODY, 0),
    "endless": (ENDLESS, CallStatus.IN_PROGRESS, NOBODY, 0),
}


@pytest.mark.parametrize("name", OUTCOMES)
async def test_the_outcome_of_a_call_is_told(
    twilio: TwilioStandIn, phone: Phone, clock: Clock, name: str
) -> None:
    behaviour, ends, answered_by, duration = OUTCOMES[name]
    twilio.number(ANN, behaviour)
    placed = await phone.place(ANN, WORDS)
    clock.seconds += 120
    report = await phone.report(placed.sid)
    assert (report.sid, report.to) == (placed.sid, ANN)
    assert (report.status, report.answered_by, report.duration) == (ends, answered_by, duration)
    assert report.status.over is (ends is not CallStatus.IN_PROGRESS)


async def test_a_call_is_followed_from_queue_to_end(
    twilio: TwilioStandIn, phone: Phone, clock: Clock
) -> None:
    twilio.number(ANN, human())
    placed = await phone.place(ANN, WORDS)
    seen = []
    for seconds in (0, 1, 5, 60):
        clock.seconds = 1000.0 + seconds
        seen.append((await phone.report(placed.sid)).status)
    assert seen == [
        CallStatus.QUEUED,
        CallStatus.RINGING,
        CallStatus.IN_PROGRESS,
        CallStatus.COMPLETED,
    ]


async def test_a_call_that_twilio_does_not_know_is_permanent(phone: Phone) -> None:
    error = await failure(phone.report(SID))
    assert (error.code, error.permanent, error.uncertain) == (20404, True, False)


def told(twilio: TwilioStandIn, **fields: Any) -> None:
    """Let Twilio tell this of any call."""
    row = {"sid": SID, "to": ANN, "status": "completed"} | fields
    twilio.faults.add(r"/Calls/", status(200, json.dumps(row)))


@pytest.mark.parametrize(
    ("word", "answered_by"),
    [
        (None, NOBODY),
        ("unknown", NOBODY),
        ("something new", NOBODY),
        ("human", HUMAN),
        ("machine", MACHINE_),
        ("machine_start", MACHINE_),
        ("machine_end_beep", MACHINE_),
        ("machine_end_silence", MACHINE_),
        ("machine_end_other", MACHINE_),
        ("fax", MACHINE_),
    ],
)
async def test_every_word_of_the_detection_is_understood(
    twilio: TwilioStandIn, phone: Phone, word: str | None, answered_by: AnsweredBy
) -> None:
    told(twilio, answered_by=word)
    assert (await phone.report(SID)).answered_by is answered_by


@pytest.mark.parametrize("word", [*CallStatus])
async def test_every_status_is_understood(
    twilio: TwilioStandIn, phone: Phone, word: CallStatus
) -> None:
    told(twilio, status=word.value)
    assert (await phone.report(SID)).status is word


@pytest.mark.parametrize("word", ["paused", "", None])
async def test_a_status_that_nobody_knows_is_not_taken_for_an_end(
    twilio: TwilioStandIn, phone: Phone, word: str | None
) -> None:
    told(twilio, status=word)
    assert not (await phone.report(SID)).status.over


@pytest.mark.parametrize(
    "fields",
    [{"duration": "long"}, {"duration": [1]}, {"sid": ""}, {"sid": None}, {"answered_by": 1}],
    ids=str,
)
async def test_a_report_that_makes_no_sense_is_a_passing_failure(
    twilio: TwilioStandIn, phone: Phone, fields: dict[str, Any]
) -> None:
    told(twilio, **fields)
    error = await failure(phone.report(SID))
    assert (str(error), error.permanent) == (UNREADABLE, False)


# -- Twilio's list of calls ------------------------------------------------------------------------

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


async def test_the_calls_to_a_number_are_listed_newest_first(
    twilio: TwilioStandIn, phone: Phone, clock: Clock
) -> None:
    sids = []
    for to in (ANN, BOB, ANN, ANN):
        sids.append((await phone.place(to, WORDS)).sid)
        clock.seconds += 60
    reports = await phone.calls_to(ANN, LONG_AGO)
    assert [report.sid for report in reports] == [sids[3], sids[2], sids[0]]
    assert {report.to for report in reports} == {ANN}
    assert await phone.calls_to("+442079460123", LONG_AGO) == ()


async def test_calls_of_any_state_are_listed_even_one_that_still_waits(
    twilio: TwilioStandIn, phone: Phone, clock: Clock
) -> None:
    twilio.number(ANN, BUSY, human(), ENDLESS, NO_ANSWER)
    for _ in range(4):
        await phone.place(ANN, WORDS)
        clock.seconds += 30
    await phone.place(ANN, WORDS)
    assert [report.status for report in await phone.calls_to(ANN, LONG_AGO)] == [
        CallStatus.QUEUED,
        CallStatus.NO_ANSWER,
        CallStatus.IN_PROGRESS,
        CallStatus.COMPLETED,
        CallStatus.BUSY,
    ]


@pytest.mark.parametrize("zone", [UTC, None])
async def test_calls_are_listed_from_the_second_asked_for_on(
    twilio: TwilioStandIn, phone: Phone, clock: Clock, zone: Any
) -> None:
    await phone.place(ANN, WORDS)
    clock.seconds += 60
    (first,) = await phone.calls_to(ANN, LONG_AGO)
    assert first.created_at is not None
    # None: the same moment in the zone of this machine.
    at = first.created_at.astimezone(zone)
    just_before_the_next_second = timedelta(microseconds=999_999)
    second = timedelta(seconds=1)
    assert len(await phone.calls_to(ANN, at - second)) == 1
    assert len(await phone.calls_to(ANN, at)) == 1
    assert len(await phone.calls_to(ANN, at + just_before_the_next_second)) == 1
    assert await phone.calls_to(ANN, at + second) == ()


@pytest.mark.parametrize("date", [None, "", "yesterday"])
@pytest.mark.parametrize(
    ("word", "listed"),
    [
        *(("queued", True), ("initiated", True), ("ringing", True), ("in-progress", True)),
        *(("completed", False), ("busy", False), ("no-answer", False)),
        *(("failed", False), ("canceled", False), ("invented later", True)),
    ],
)
async def test_a_call_without_a_readable_date_is_listed_for_safety_while_it_is_not_over(
    twilio: TwilioStandIn, phone: Phone, date: str | None, word: str, *, listed: bool
) -> None:
    row = {"sid": SID, "to": ANN, "status": word, "date_created": date, "start_time": date}
    twilio.faults.add(CALLS_PATH, status(200, json.dumps({"calls": [row]})))
    found = await phone.calls_to(ANN, datetime.now(UTC))
    assert [call.sid for call in found] == ([SID] if listed else [])


@pytest.mark.parametrize(
    ("to", "listed"),
    [
        *((ANN, True), ("+1 (202) 555-0123", True), ("12025550123", True), ("", True)),
        *((None, True), (BOB, False), (ANN + "4", False), (ANN[:-1], False)),
        *(("client:ann", False), ("sip:12025550123@example.org", False)),
    ],
)
async def test_a_call_to_another_number_is_not_listed(
    twilio: TwilioStandIn, phone: Phone, to: str | None, *, listed: bool
) -> None:
    row = {"sid": SID, "to": to, "status": "queued", "date_created": None}
    twilio.faults.add(CALLS_PATH, status(200, json.dumps({"calls": [row]})))
    found = await phone.calls_to(ANN, datetime.now(UTC))
    assert [call.sid for call in found] == ([SID] if listed else [])


async def test_one_request_shows_more_calls_than_an_alarm_may_place(
    twilio: TwilioStandIn, phone: Phone, clock: Clock
) -> None:
    for _ in range(61):
        await phone.place(ANN, WORDS)
    before = twilio.count()
    assert CALLS_LISTED > 60
    assert len(await phone.calls_to(ANN, LONG_AGO)) == 61
    assert twilio.count() == before + 1


@pytest.mark.parametrize(
    "body", ["[]", "{}", '{"calls": null}', '{"calls": [{}]}', '{"calls": [null]}', "x"]
)
async def test_a_list_that_makes_no_sense_is_a_failure_and_not_an_empty_list(
    twilio: TwilioStandIn, phone: Phone, body: str
) -> None:
    twilio.faults.add(CALLS_PATH, status(200, body))
    error = await failure(phone.calls_to(ANN, LONG_AGO))
    assert (str(error), error.permanent) == (UNREADABLE, False)
