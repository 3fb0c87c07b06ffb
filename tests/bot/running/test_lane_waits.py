"""What a lane does with what cannot leave yet: it waits for its time and holds up no other."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alarm.core.deliveries import Delivery, Lane
from alarm.core.inputs import Input
from bot.delivery import lanes
from tests.bot.running.bench import until
from tests.bot.running.lane_bench import ANN, BOB, Post, settled


async def test_what_failed_is_tried_again_when_its_wait_is_over(post: Post) -> None:
    async with post.open():
        id_ = await post.refused()
        wait = (post.outbox[id_].next_try - post.hand.now()).total_seconds()
        post.hand.forward(wait - 0.01)
        post.hand_in(BOB)
        await settled()
        assert post.other.tries.count(id_) == 1
        post.hand.forward(0.01)
        post.hand_in(BOB)
        await until(lambda: post.other.tries.count(id_) == 2)


async def test_a_chat_that_fails_holds_up_no_other(post: Post) -> None:
    async def refuse_ann(delivery: Delivery) -> Input:
        act = post.other.refuse if delivery.target == ANN else post.other.take
        return await act(delivery)

    async with post.open():
        post.other.does = refuse_ann
        refused = post.hand_in(ANN)
        for _ in range(5):
            post.hand_in(BOB)
        await until(lambda: list(post.outbox) == [refused])


async def test_one_that_waits_for_its_next_try_holds_up_none_behind_it(post: Post) -> None:
    async with post.open():
        refused = await post.refused()
        post.other.does = post.other.take
        second = post.hand_in(ANN)
        await until(lambda: not post.outbox)
    assert post.other.tries[:2] == [refused, second]


@pytest.mark.parametrize("lane", [Lane.ALARM, Lane.CHAT, Lane.MEDIA])
async def test_a_wait_that_telegram_asks_for_holds_for_all_of_that_chat_and_no_other(
    post: Post, lane: Lane
) -> None:
    async with post.open(lane):
        await post.slowed_down(lane)
        second, third = post.hand_in(ANN, lane), post.hand_in(BOB, lane)
        await until(lambda: third not in post.outbox)
        await settled()
        assert second in post.outbox
        post.hand.forward(99.9)
        post.hand_in(BOB, lane)
        await settled()
        assert second in post.outbox
        post.hand.forward(0.1)
        post.hand_in(BOB, lane)
        await until(lambda: not post.outbox)


@pytest.mark.parametrize("lane", [Lane.PHONE, Lane.BLINK])
async def test_a_wait_that_blink_or_twilio_asks_for_is_of_that_order_alone(
    post: Post, lane: Lane
) -> None:
    async with post.open(lane):
        first = await post.slowed_down(lane)
        post.hand_in(ANN, lane)
        await until(lambda: list(post.outbox) == [first])


async def test_what_is_not_ready_is_not_claimed_and_leaves_at_the_next_change(post: Post) -> None:
    open_ = False
    async with post.open(ready=lambda delivery: open_ or delivery.target == BOB):
        id_ = post.hand_in(ANN)
        post.hand_in(BOB)
        await until(lambda: list(post.outbox) == [id_])
        written = post.store.bytes_written
        await settled()
        assert post.outbox[id_].attempts == 0
        assert post.store.bytes_written == written
        open_ = True
        post.hand_in(BOB)
        await until(lambda: not post.outbox)


async def test_a_wake_up_that_never_came_costs_no_more_than_the_longest_sleep(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lanes, "LONGEST_SLEEP", 0.05)
    open_ = False
    async with post.open(ready=lambda _: open_):
        post.hand_in(ANN)
        await settled()
        open_ = True
        await until(lambda: not post.outbox)


async def test_a_clock_that_is_set_neither_hastens_nor_stops_a_retry(post: Post) -> None:
    async with post.open():
        id_ = await post.refused()
        for by in (timedelta(days=365), timedelta(days=-365), timedelta(hours=-1)):
            post.hand.set(by)
            post.controller.now()
            await settled()
        assert post.other.tries == [id_]
        assert 0 < (post.outbox[id_].next_try - post.hand.now()).total_seconds() < 5
        post.hand.forward(5)
        post.hand_in(BOB)
        await until(lambda: post.other.tries.count(id_) == 2)
