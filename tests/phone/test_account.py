"""What keeps an account from calling, in one sentence."""

from __future__ import annotations

import pytest

from alarm.phone.client import Phone
from alarm.phone.errors import SILENT, UNREACHABLE
from simulator.faults import Fault, FaultKind
from simulator.twilio import TwilioStandIn
from tests.phone.bench import ANN, SHORT, WORDS, a_phone, status

ACCOUNT, BALANCE, CALLS = r"/Accounts/AC5+\.json", r"/Balance\.json", r"/Calls\.json"


async def test_an_active_account_with_money_has_no_trouble(phone: Phone) -> None:
    assert await phone.account_trouble() is None


@pytest.mark.parametrize(
    ("balance", "named"),
    [
        ("2.00", None),
        ("2", None),
        ("1.9999", "2.00 USD"),
        ("1.99", "1.99 USD"),
        ("0", "0.00 USD"),
        ("-3.5", "-3.50 USD"),
        # What cannot be read is no trouble: calls may go all the same.
        ("plenty", None),
        ("NaN", None),
        ("Infinity", None),
        ("", None),
    ],
)
async def test_a_low_balance_is_named(
    twilio: TwilioStandIn, phone: Phone, balance: str, named: str | None
) -> None:
    twilio.balance = balance
    trouble = await phone.account_trouble()
    if named is None:
        assert trouble is None
    else:
        assert trouble is not None
        assert f"balance is {named}" in trouble


@pytest.mark.parametrize("state", ["suspended", "closed"])
async def test_an_account_that_is_not_active_is_trouble(
    twilio: TwilioStandIn, phone: Phone, state: str
) -> None:
    twilio.account_status = state
    trouble = await phone.account_trouble()
    assert trouble is not None
    assert state in trouble


async def test_a_trial_account_is_trouble(twilio: TwilioStandIn, phone: Phone) -> None:
    twilio.account_type = "Trial"
    trouble = await phone.account_trouble()
    assert trouble is not None
    assert "trial account" in trouble


@pytest.mark.parametrize("wrong", [{"auth_token": "x"}, {"account_sid": "AC" + "1" * 32}])
async def test_wrong_credentials_are_trouble_and_named_by_their_variables(
    twilio: TwilioStandIn, wrong: dict[str, str]
) -> None:
    stranger = a_phone(twilio, **wrong)
    trouble = await stranger.account_trouble()
    stranger.close()
    assert trouble is not None
    assert "TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN" in trouble


async def test_test_credentials_are_trouble_because_no_phone_rings(
    twilio: TwilioStandIn, phone: Phone
) -> None:
    twilio.faults.add(ACCOUNT, status(403, '{"code": 20008, "status": 403}'))
    trouble = await phone.account_trouble()
    assert trouble is not None
    assert "no phone rings" in trouble


@pytest.mark.parametrize("code", [403, 404])
async def test_an_account_that_may_not_be_seen_is_judged_by_its_calls(
    twilio: TwilioStandIn, phone: Phone, code: int
) -> None:
    twilio.faults.add(ACCOUNT, status(code, "no such page", content_type="text/plain"))
    twilio.faults.add(BALANCE, status(code, "no such page", content_type="text/plain"))
    assert await phone.account_trouble() is None
    await phone.place(ANN, WORDS)
    assert len(twilio.calls) == 1


@pytest.mark.parametrize("code", [403, 404])
async def test_an_address_where_no_call_can_be_seen_is_trouble(
    twilio: TwilioStandIn, phone: Phone, code: int
) -> None:
    twilio.faults.add("/", status(code, "no such page", content_type="text/plain"))
    assert await phone.account_trouble() is not None


async def test_a_balance_that_may_not_be_seen_is_no_trouble(
    twilio: TwilioStandIn, phone: Phone
) -> None:
    twilio.faults.add(BALANCE, status(403, '{"code": 20403}'))
    assert await phone.account_trouble() is None


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (Fault(FaultKind.HANG, seconds=2 * SHORT), SILENT),
        (Fault(FaultKind.DROP), "connection to Twilio broke"),
        (Fault(FaultKind.GARBAGE), "could not be understood"),
        (status(503), "fault of its own"),
    ],
)
async def test_a_twilio_that_does_not_answer_well_is_told(
    twilio: TwilioStandIn, hasty: Phone, fault: Fault, sentence: str
) -> None:
    twilio.faults.add(ACCOUNT, fault)
    trouble = await hasty.account_trouble()
    assert trouble is not None
    assert sentence in trouble


async def test_an_address_that_leads_nowhere_is_told(twilio: TwilioStandIn) -> None:
    phone = a_phone(twilio, api_url="http://nowhere.invalid")
    assert await phone.account_trouble() == UNREACHABLE
    phone.close()


async def test_looking_for_trouble_rings_nobody(twilio: TwilioStandIn, phone: Phone) -> None:
    await phone.account_trouble()
    assert {seen.method for seen in twilio.seen} == {"GET"}
    assert twilio.calls == []
