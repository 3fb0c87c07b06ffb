"""The lanes: what is due leaves, one at a time for each target, and nobody waits for another."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from alarm.core.deliveries import AlertBody, Body, Delivery, Lane, WordsBody, say
from alarm.core.draft import Draft
from alarm.core.incident import Incident, IncidentKind
from alarm.core.inputs import Delivered, DeliveryFailed, Input
from alarm.core.notices import Notice
from alarm.core.settings import Mode
from alarm.core.state import State
from bot.controller import Controller
from bot.delivery import lanes
from bot.delivery.lanes import LaneWorker, always
from storage.store import StateStore
from tests.bot.running.bench import household, kept, opened, until
from tests.bot.running.hand import Hand
from tests.storage.faults import Disk

ANN, BOB = "1001", "1002"
WORDS = WordsBody(say(Notice.NOTHING_TO_DO))


class Other:
    """The other side: `does` says what comes of a try, by default it arrives."""

    def __init__(self) -> None:
        self.tries: list[str] = []
        self.under_way: list[str] = []
        self.most_beside = 0
        self.does: Callable[[Delivery], Awaitable[Input]] = self.take
        self.gate = asyncio.Event()

    async def __call__(self, delivery: Delivery) -> Input:
        self.tries.append(delivery.id)
        self.under_way.append(delivery.target)
        self.most_beside = max(self.most_beside, self.under_way.count(delivery.target))
        try:
            return await self.does(delivery)
        finally:
            self.under_way.remove(delivery.target)

    async def take(self, delivery: Delivery) -> Input:
        await asyncio.sleep(0)
        return Delivered(delivery.id, 1)

    async def hold(self, delivery: Delivery) -> Input:
        await self.gate.wait()
        return Delivered(delivery.id, 1)

    async def refuse(self, delivery: Delivery) -> Input:
        return DeliveryFailed(delivery.id, "no")

    async def slow_down(self, delivery: Delivery) -> Input:
        return DeliveryFailed(delivery.id, "slow down", retry_after=100.0)


class Post:
    """A controller, its clock, and what was handed in."""

    def __init__(self, directory: Path) -> None:
        self.hand = Hand()
        self.disk = Disk()
        self.directory = directory
        self.store: StateStore[State] = opened(directory, self.disk.fs)
        self.controller = Controller(self.store, household(), self.hand.clock)
        self.other = Other()

    def hand_in(self, target: str, lane: Lane = Lane.ALARM, body: Body = WORDS) -> str:
        """Put a sentence into the outbox, as a decision does."""
        draft = Draft(self.controller.state, self.hand.now())
        delivery = draft.send(lane, target, body, expires=timedelta(days=1))
        self.controller.state = draft.state
        self.controller._write([])
        for watcher in self.controller._watchers:
            watcher()
        return delivery.id

    @property
    def outbox(self) -> dict[str, Delivery]:
        return dict(self.controller.state.outbox)

    @asynccontextmanager
    async def open(
        self, lane: Lane = Lane.ALARM, ready: Callable[[Delivery], bool] = always
    ) -> AsyncIterator[asyncio.Task[None]]:
        worker = LaneWorker(lane, self.controller, self.other, ready)
        task = asyncio.create_task(worker.run())
        try:
            yield task
        finally:
            self.other.gate.set()
            task.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await task


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    place = Post(tmp_path / "state")
    yield place
    place.store.close()


async def settled() -> None:
    """Let every task do what it can do without time."""
    for _ in range(20):
        await asyncio.sleep(0)


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


async def test_what_failed_is_tried_again_when_its_wait_is_over(post: Post) -> None:
    async with post.open():
        post.other.does = post.other.refuse
        id_ = post.hand_in(ANN)
        await until(lambda: post.outbox[id_].attempts == 1 and not post.other.under_way)
        await settled()
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
        post.other.does = post.other.refuse
        refused = post.hand_in(ANN)
        await until(lambda: post.outbox[refused].attempts == 1 and not post.other.under_way)
        post.other.does = post.other.take
        second = post.hand_in(ANN)
        await until(lambda: not post.outbox)
    assert post.other.tries[:2] == [refused, second]


@pytest.mark.parametrize("lane", [Lane.ALARM, Lane.CHAT, Lane.MEDIA])
async def test_a_wait_that_telegram_asks_for_holds_for_all_of_that_chat_and_no_other(
    post: Post, lane: Lane
) -> None:
    async with post.open(lane):
        post.other.does = post.other.slow_down
        first = post.hand_in(ANN, lane)
        await until(lambda: post.other.tries == [first])
        await settled()
        post.other.does = post.other.take
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
        post.other.does = post.other.slow_down
        first = post.hand_in(ANN, lane)
        await until(lambda: post.other.tries == [first])
        await settled()
        post.other.does = post.other.take
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
        post.other.does = post.other.refuse
        id_ = post.hand_in(ANN)
        await until(lambda: post.outbox[id_].attempts == 1 and not post.other.under_way)
        await settled()
        for by in (timedelta(days=365), timedelta(days=-365), timedelta(hours=-1)):
            post.hand.set(by)
            post.controller.now()
            await settled()
        assert post.other.tries == [id_]
        assert 0 < (post.outbox[id_].next_try - post.hand.now()).total_seconds() < 5
        post.hand.forward(5)
        post.hand_in(BOB)
        await until(lambda: post.other.tries.count(id_) == 2)


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
