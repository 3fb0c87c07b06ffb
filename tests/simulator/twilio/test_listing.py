"""The list of calls: newest first, filtered, page by page."""

from __future__ import annotations

from datetime import timedelta

import pytest

from simulator.twilio import BUSY, TwilioStandIn
from tests.simulator.twilio.bench import ANN, BOB, OURS, Clock, Customer, refusal


@pytest.fixture
async def five(twilio: TwilioStandIn, customer: Customer, clock: Clock) -> list[str]:
    """Five calls, ten seconds apart, to Ann, Bob, Ann, Bob, Ann; newest first."""
    twilio.number(ANN, BUSY)
    sids = []
    for to in (ANN, BOB, ANN, BOB, ANN):
        sids.append((await customer.call(to)).sid)
        clock.seconds += 10
    return sids[::-1]


async def test_calls_are_listed_newest_first(customer: Customer, five: list[str]) -> None:
    assert [call.sid for call in await customer.list()] == five


async def test_a_list_without_calls_is_empty(customer: Customer) -> None:
    assert await customer.list() == []


@pytest.mark.parametrize("size", [1, 2, 4, 5, 6, 1000])
async def test_pages_of_any_size_give_every_call_once(
    twilio: TwilioStandIn, customer: Customer, five: list[str], size: int
) -> None:
    assert [call.sid for call in await customer.list(page_size=size)] == five
    assert twilio.count("PageSize") == -(-5 // size)


async def test_filters_hold_on_every_page(customer: Customer, five: list[str]) -> None:
    to_ann = await customer.list(to=ANN, page_size=1)
    assert [call.sid for call in to_ann] == five[::2]


async def test_a_limit_ends_the_list(customer: Customer, five: list[str]) -> None:
    assert [call.sid for call in await customer.list(limit=3, page_size=2)] == five[:3]


async def test_calls_are_filtered_by_number_and_status(customer: Customer, five: list[str]) -> None:
    assert [call.sid for call in await customer.list(to=BOB)] == five[1::2]
    assert [call.sid for call in await customer.list(from_=OURS)] == five
    assert await customer.list(from_=ANN) == []
    assert [call.sid for call in await customer.list(status="ringing")] == five[1::2]
    assert [call.sid for call in await customer.list(to=ANN, status="busy")] == five[::2]


async def test_the_start_filter_includes_its_own_second(
    customer: Customer, five: list[str]
) -> None:
    started = (await customer.look(five[2])).start_time
    second = timedelta(seconds=1)
    later = [call.sid for call in await customer.list(start_time_after=started)]
    assert later == five[:3]
    later = [call.sid for call in await customer.list(start_time_after=started + second)]
    assert later == five[:2]
    earlier = [call.sid for call in await customer.list(start_time_before=started)]
    assert earlier == five[2:]
    earlier = [call.sid for call in await customer.list(start_time_before=started - second)]
    assert earlier == five[3:]


async def test_the_end_filter_knows_only_calls_that_are_over(
    customer: Customer, five: list[str], clock: Clock
) -> None:
    ended = (await customer.look(five[2])).end_time
    over = [call.sid for call in await customer.list(end_time_after=ended)]
    assert over == [five[0], five[2]]
    over = [call.sid for call in await customer.list(end_time_before=ended)]
    assert over == five[2::2]


async def test_a_date_alone_asks_for_the_calls_of_that_day(
    customer: Customer, five: list[str], clock: Clock
) -> None:
    clock.seconds += 3 * 86400
    late = (await customer.call()).sid
    clock.seconds += 1
    day = (await customer.look(late)).start_time.date()
    assert [call.sid for call in await customer.list(start_time=day)] == [late]
    assert await customer.list(start_time=day - timedelta(days=1)) == []


async def test_a_call_that_waits_has_no_start_and_is_missed_by_a_start_filter(
    customer: Customer, five: list[str]
) -> None:
    first = (await customer.look(five[-1])).start_time
    waiting = (await customer.call()).sid
    assert waiting not in [call.sid for call in await customer.list(start_time_after=first)]
    assert waiting in [call.sid for call in await customer.list()]


@pytest.mark.parametrize("query", ["StartTime%3E=soon", "PageSize=many", "Page=-1", "Page=x"])
async def test_a_filter_that_makes_no_sense_is_refused(customer: Customer, query: str) -> None:
    assert await customer.page_refusal(query) == (400, 20001)


async def test_a_stranger_is_shown_no_calls(twilio: TwilioStandIn, five: list[str]) -> None:
    stranger = Customer.of(twilio, token="wrong")
    assert await refusal(stranger.look(five[0])) == (401, 20003)
    stranger.close()
