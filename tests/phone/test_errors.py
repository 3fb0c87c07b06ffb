"""Every refusal has a meaning: whether it lasts, when to try again, what a person can do."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alarm.core.retry_after import LONGEST_RETRY_AFTER, retry_after
from alarm.phone.client import Phone
from alarm.phone.errors import MEANINGS, refusal
from simulator.faults import Fault, FaultKind
from simulator.twilio import TwilioStandIn
from tests.phone.bench import ANN, CALLS, WORDS, failure, status

PASSING = {10004, 20429, 408, 409, 429}


def http_status(code: int) -> int:
    """Return an HTTP status with which Twilio sends this error number."""
    return code if code < 1000 else {20003: 401, 20404: 404, 20429: 429}.get(code, 400)


def legacy(code: int) -> str:
    return json.dumps({"code": code, "message": f"Secret of {ANN}", "status": http_status(code)})


def rfc_9457(code: int) -> str:
    problem = {"type": "https://t.example", "title": f"No {ANN}", "detail": ANN, "code": code}
    return json.dumps(problem | {"status": http_status(code), "errors": [{"detail": ANN}]})


@pytest.mark.parametrize("code", [code for code in MEANINGS if code >= 1000])
async def test_each_error_number_has_its_meaning(
    twilio: TwilioStandIn, phone: Phone, code: int
) -> None:
    for body in (legacy(code), rfc_9457(code)):
        twilio.faults.add(CALLS, status(http_status(code), body, times=1))
        error = await failure(phone.place(ANN, WORDS))
        assert (error.code, str(error)) == (code, MEANINGS[code].sentence)
        assert error.permanent is (code not in PASSING)
        # A refusal says that nothing was dialled, so the next try needs no look at the list.
        assert not error.uncertain


@pytest.mark.parametrize("code", [code for code in MEANINGS if code < 1000])
async def test_a_status_without_a_number_has_a_meaning_of_its_own(
    twilio: TwilioStandIn, phone: Phone, code: int
) -> None:
    for text in ("", "no JSON", "<html></html>", "[]", "null", "7", '{"code":'):
        twilio.faults.add(CALLS, status(code, text, content_type="text/plain", times=1))
        error = await failure(phone.place(ANN, WORDS))
        assert (error.code, str(error)) == (code, MEANINGS[code].sentence)
        assert error.permanent is (code not in PASSING)


@pytest.mark.parametrize("reads", [True, False], ids=["list", "report"])
@pytest.mark.parametrize("code", [20003, 20404, 20429])
async def test_looks_are_refused_with_the_same_meanings(
    twilio: TwilioStandIn, phone: Phone, code: int, reads: bool
) -> None:
    twilio.faults.add("/Calls", status(http_status(code), legacy(code)))
    attempt = phone.calls_to(ANN, datetime.now(UTC)) if reads else phone.report("CA1")
    error = await failure(attempt)
    assert (error.code, str(error)) == (code, MEANINGS[code].sentence)
    assert error.permanent is (code != 20429)


@pytest.mark.parametrize(
    ("http", "permanent"),
    [
        *((400, True), (401, True), (402, True), (403, True), (404, True), (418, True)),
        *((408, False), (409, False), (429, False)),
    ],
)
async def test_a_number_that_nobody_knows_lasts_as_its_status_does(
    twilio: TwilioStandIn, phone: Phone, http: int, permanent: bool
) -> None:
    twilio.faults.add(CALLS, status(http, legacy(29999)))
    error = await failure(phone.place(ANN, WORDS))
    assert (error.code, error.permanent, error.uncertain) == (29999, permanent, False)
    assert "twilio.com/docs/errors/29999" in str(error)


@pytest.mark.parametrize("http", [500, 502, 503, 504, 599])
@pytest.mark.parametrize("body", ["", legacy(20500), rfc_9457(20503), legacy(21211)])
async def test_a_fault_of_twilio_passes_and_leaves_an_order_uncertain(
    twilio: TwilioStandIn, phone: Phone, http: int, body: str
) -> None:
    twilio.faults.add("/Calls", status(http, body))
    ordered = await failure(phone.place(ANN, WORDS))
    looked = await failure(phone.report("CA1"))
    assert (ordered.permanent, ordered.uncertain) == (False, True)
    assert (looked.permanent, looked.uncertain) == (False, False)
    assert "status.twilio.com" in str(ordered)


@pytest.mark.parametrize(
    "fields",
    [
        {"code": "21211"},
        {"code": 21211, "status": "four hundred"},
        {"code": 21211, "type": 1, "title": 2, "status": None},
        {"code": 21211, "type": "x", "title": "y", "status": "400", "errors": "none"},
    ],
    ids=str,
)
async def test_a_body_with_fields_of_the_wrong_kind_keeps_its_meaning(
    twilio: TwilioStandIn, phone: Phone, fields: dict[str, Any]
) -> None:
    twilio.faults.add(CALLS, status(400, json.dumps(fields)))
    error = await failure(phone.place(ANN, WORDS))
    assert (error.code, error.permanent) == (21211, True)


@pytest.mark.parametrize("code", [None, True, 0, -5, 1.5, "", "x", 12025550123, [21211], {}])
async def test_a_body_whose_number_is_none_is_judged_by_its_status(
    twilio: TwilioStandIn, phone: Phone, code: object
) -> None:
    twilio.faults.add(CALLS, status(401, json.dumps({"code": code})))
    error = await failure(phone.place(ANN, WORDS))
    assert (error.code, str(error)) == (401, MEANINGS[401].sentence)


def test_every_sentence_is_fit_for_a_chat() -> None:
    for meaning in MEANINGS.values():
        assert meaning.sentence[0].isupper()
        assert not meaning.sentence.endswith(".")
        assert len(meaning.sentence) <= 120


@settings(deadline=None)
@given(
    method=st.sampled_from(["GET", "POST", "post"]),
    http=st.integers(100, 599),
    body=st.text() | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps),
    header=st.none() | st.text(),
)
def test_whatever_twilio_answers_becomes_a_phone_error_that_holds_none_of_it(
    method: str, http: int, body: str, header: str | None
) -> None:
    headers = {} if header is None else {"Retry-After": header}
    error = refusal(method, http, body, headers, 0.0)
    assert error.code in (http, *MEANINGS) or "docs/errors" in str(error)
    assert not (error.permanent and error.uncertain)
    assert error.retry_after is None or 0 <= error.retry_after <= LONGEST_RETRY_AFTER


# -- when to try again -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "wait"), [({"Retry-After": "17"}, 17.0), ({"retry-after": "0"}, 0.0), ({}, None)]
)
@pytest.mark.parametrize("http", [429, 503])
@pytest.mark.parametrize("body", [legacy(20429), rfc_9457(20429), "slow down"])
async def test_the_wait_that_twilio_names_is_carried_through(
    twilio: TwilioStandIn,
    phone: Phone,
    http: int,
    body: str,
    headers: dict[str, str],
    wait: float | None,
) -> None:
    twilio.faults.add("/Calls", status(http, body, headers=headers))
    for attempt in (
        phone.place(ANN, WORDS),
        phone.report("CA1"),
        phone.calls_to(ANN, datetime.now(UTC)),
        phone.hang_up("CA1"),
    ):
        error = await failure(attempt)
        assert (error.retry_after, error.permanent) == (wait, False)


async def test_a_refusal_for_too_many_requests_can_be_tried_again(
    twilio: TwilioStandIn, phone: Phone
) -> None:
    fault = status(429, legacy(20429), headers={"Retry-After": "1"}, times=1)
    twilio.faults.add(CALLS, fault)
    assert not (await failure(phone.place(ANN, WORDS))).uncertain
    await phone.place(ANN, WORDS)
    assert len(twilio.calls) == 1


async def test_a_lost_answer_names_no_wait(twilio: TwilioStandIn, phone: Phone) -> None:
    twilio.faults.add(CALLS, Fault(FaultKind.DROP))
    assert (await failure(phone.place(ANN, WORDS))).retry_after is None


NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("5", 5.0),
        (" 5 ", 5.0),
        ("1.5", 1.5),
        ("-1", 0.0),
        ("3600", 3600.0),
        ("3601", 3600.0),
        (format_datetime(NOON + timedelta(seconds=90), usegmt=True), 90.0),
        (format_datetime(NOON - timedelta(seconds=90), usegmt=True), 0.0),
        ("Sun, 22 Nov 2026 12:00:30 -0000", 30.0),
        ("nan", None),
        ("inf", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_wait_is_named_in_seconds_or_by_a_date(value: str, wait: float | None) -> None:
    assert retry_after({"Retry-After": value}, NOON.timestamp()) == wait


DATE_LIKE = r"\ASun, [0-9]{1,25} Nov [0-9]{1,25} [0-9]{2}:[0-9]{2}:[0-9]{2} [+-][0-9]{1,25}\Z"


@settings(deadline=None)
@given(st.text() | st.from_regex(DATE_LIKE))
def test_no_header_makes_the_wait_fail_or_last_for_ever(value: str) -> None:
    wait = retry_after({"Retry-After": value}, NOON.timestamp())
    assert wait is None or 0 <= wait <= LONGEST_RETRY_AFTER
