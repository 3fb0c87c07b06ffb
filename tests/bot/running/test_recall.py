"""What is dropped from the outbox while it is on its way to a chat is called back."""

from __future__ import annotations

import pytest

from alarm.core.deliveries import Lane
from alarm.core.draft import Draft
from tests.bot.running.bench import until
from tests.bot.running.lane_bench import ANN, BOB, Post, settled

CHATS = [Lane.ALARM, Lane.CHAT, Lane.MEDIA]


@pytest.fixture
def post(post: Post) -> Post:
    post.other.does = post.other.hold
    return post


def drop(post: Post, id_: str) -> None:
    draft = Draft(post.controller.state, post.hand.now())
    draft.drop([id_])
    post.controller.state = draft.state
    for watcher in post.controller._watchers:
        watcher()


@pytest.mark.parametrize("lane", CHATS)
async def test_what_is_dropped_on_its_way_is_called_back_and_the_next_goes(
    post: Post, lane: Lane
) -> None:
    async with post.open(lane):
        first, second = post.hand_in(ANN, lane), post.hand_in(ANN, lane)
        await until(lambda: post.other.tries == [first])
        drop(post, first)
        await until(lambda: post.other.tries == [first, second])
        await until(lambda: post.other.under_way == [ANN])
        post.other.gate.set()
        await until(lambda: not post.outbox)
    assert post.other.most_beside == 1


@pytest.mark.parametrize("lane", CHATS)
async def test_nobody_elses_is_called_back(post: Post, lane: Lane) -> None:
    async with post.open(lane):
        first, second = post.hand_in(ANN, lane), post.hand_in(BOB, lane)
        await until(lambda: post.other.tries == [first, second])
        drop(post, first)
        await until(lambda: post.other.under_way == [BOB])
        post.other.gate.set()
        await until(lambda: not post.outbox)


@pytest.mark.parametrize("lane", [Lane.PHONE, Lane.BLINK])
async def test_an_order_that_twilio_or_blink_may_have_taken_is_not_cut(
    post: Post, lane: Lane
) -> None:
    async with post.open(lane):
        id_ = post.hand_in(ANN, lane)
        await until(lambda: post.other.tries == [id_])
        drop(post, id_)
        await settled()
        assert post.other.under_way == [ANN]
