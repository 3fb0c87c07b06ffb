"""The lanes: what is due leaves, one at a time for each target, and nobody waits for another."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace

import pytest

from alarm.core.deliveries import AlertBody, Delivery, Lane
from alarm.core.incident import Incident, IncidentKind
from alarm.core.inputs import DeliveryFailed, Input
from alarm.core.settings import Mode
from bot.delivery import lanes
from tests.bot.running.bench import kept, until
from tests.bot.running.lane_bench import ANN, BOB, Post, settled


async def test_what_is_handed_in_leaves_and_is_gone(post: Post) -> None:
    async with post.open():
        post.hand_in(ANN)
        post.hand_in(BOB)
        await until(lambda: not post.outbox)
    assert len(post.other.tries) == 2
    assert kept(post.directory).outbox == {}


async def test_what_waited_before_the_start_leaves(post: Post) -> None:
    post.hand_in(ANN)
    async with post.open():
        await until(lambda: not post.outbox)


async def test_it_is_on_the_disk_that_it_leaves_before_it_leaves(post: Post) -> None:
    async with post.open():
        post.other.does = post.other.hold
        id_ = post.hand_in(ANN)
        await until(lambda: post.other.tries)
        assert kept(post.directory).outbox[id_].status == "sending"


async def test_an_alert_waits_for_nothing_that_is_on_its_way_to_the_same_chat(post: Post) -> None:
    incident = Incident("i1", IncidentKind.BURGLARY, "", "House", Mode.AWAY, post.hand.now())
    post.controller.state = replace(post.controller.state, incidents={"i1": incident})
    post.other.does = post.other.hold
    async with post.open():
        words = post.hand_in(ANN)
        await until(lambda: post.other.tries)
        alert, again = (post.hand_in(ANN, body=AlertBody("i1")) for _ in range(2))
        await settled()
        assert post.other.tries == [words, alert]
        post.other.gate.set()
        await until(lambda: again in post.other.tries)
    assert post.other.tries[:3] == [words, alert, again]


async def test_a_chat_gets_one_at_a_time_in_order_and_others_beside_it(post: Post) -> None:
    async with post.open():
        post.other.does = post.other.hold
        first, second = post.hand_in(ANN), post.hand_in(ANN)
        third = post.hand_in(BOB)
        await settled()
        assert post.other.tries == [first, third]
        post.other.gate.set()
        await until(lambda: not post.outbox)
        assert post.other.tries == [first, third, second]
    assert post.other.most_beside == 1


async def test_a_lane_carries_its_own_alone(post: Post) -> None:
    async with post.open(Lane.CHAT):
        alarm, chatter = post.hand_in(ANN, Lane.ALARM), post.hand_in(ANN, Lane.CHAT)
        await until(lambda: chatter not in post.outbox)
    assert list(post.outbox) == [alarm]


# -- what hangs and what breaks ------------------------------------------------------------------


async def test_what_hangs_is_cut_and_counts_as_uncertain(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(lanes.HANG_LIMIT, Lane.ALARM, 0.05)
    async with post.open():
        post.other.does = post.other.hold
        id_ = post.hand_in(ANN)
        await until(lambda: post.outbox[id_].repeat)
        post.other.does = post.other.take
        second = post.hand_in(ANN)
        # What arrives shows that the chat works: the first goes with it.
        await until(lambda: not post.outbox)
    assert post.other.tries == [id_, second, id_]


async def test_an_error_of_our_own_in_carrying_is_tried_again(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(_: Delivery) -> Input:
        raise RuntimeError("a bug")

    async with post.open() as task:
        post.other.does = broken
        id_ = post.hand_in(ANN)
        await until(lambda: post.outbox[id_].attempts == 1 and not post.other.under_way)
        post.other.does = post.other.take
        post.hand.forward(5)
        post.hand_in(BOB)
        await until(lambda: not post.outbox)
        assert not task.done()
    assert "a bug" in caplog.text


async def test_a_failure_that_cannot_be_noted_ends_the_lane(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    async def insane(delivery: Delivery) -> Input:
        return DeliveryFailed(delivery.id, "no", retry_after=1e300)

    async with post.open() as task:
        post.other.does = insane
        post.hand_in(ANN)
        with pytest.raises(OverflowError):
            await task
    assert "cannot be noted" in caplog.text


async def test_a_disk_that_refuses_keeps_nothing_from_leaving(post: Post) -> None:
    post.disk.restart(lambda _, name: OSError(28, "full") if name == "create" else None)
    async with post.open():
        post.hand_in(ANN)
        await until(lambda: post.other.tries)


# -- the end -------------------------------------------------------------------------------------


async def test_what_is_on_its_way_at_the_end_may_arrive(post: Post) -> None:
    async with post.open() as task:
        post.other.does = post.other.hold
        post.hand_in(ANN)
        await until(lambda: post.other.under_way)
        task.cancel()
        await settled()
        post.other.gate.set()
        with suppress(asyncio.CancelledError):
            await task
    assert kept(post.directory).outbox == {}


async def test_what_is_still_on_its_way_then_is_cut_and_known_as_such(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lanes, "SETTLE", 0.05)
    async with post.open() as task:
        post.other.does = post.other.hold
        id_ = post.hand_in(ANN)
        await until(lambda: post.other.under_way)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await settled()
        assert post.other.under_way == []
    assert kept(post.directory).outbox[id_].status == "sending"
