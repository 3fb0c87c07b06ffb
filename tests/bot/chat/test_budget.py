"""Chatter is slowed down for each chat alone, answers last."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.budget import (
    BURST,
    GROUP_BURST,
    LEFT_FOR_ANSWERS,
    MOST_OWED,
    SECONDS_PER_GROUP_MESSAGE,
    SECONDS_PER_MESSAGE,
    Budget,
)

ANN, BOB, GROUP = "1001", "1002", "-4001"


class Hand:
    """Time that passes only by sleeping or by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def budget(hand: Hand) -> Budget:
    return Budget(hand.monotonic, hand.sleep)


async def test_a_burst_goes_at_once_and_the_next_message_waits(hand: Hand, budget: Budget) -> None:
    for _ in range(BURST):
        await budget.take(ANN)
    assert hand.now == 0.0
    await budget.take(ANN)
    assert hand.now == SECONDS_PER_MESSAGE


async def test_a_group_is_spoken_to_more_slowly(hand: Hand, budget: Budget) -> None:
    for _ in range(GROUP_BURST + 1):
        await budget.take(GROUP)
    assert hand.now == SECONDS_PER_GROUP_MESSAGE


async def test_in_any_minute_of_a_group_an_alarm_finds_room(hand: Hand, budget: Budget) -> None:
    # Telegram takes 20 a minute there; an alert with its pictures needs some of them.
    sent = 0
    while hand.now <= 60.0:
        await budget.take(GROUP)
        sent += 1
    assert sent <= 15


async def test_one_chat_never_waits_for_another(hand: Hand, budget: Budget) -> None:
    for _ in range(BURST):
        await budget.take(ANN)
    await budget.take(BOB)
    assert hand.now == 0.0


@pytest.mark.parametrize(("idle", "waits"), [(1.4, True), (1.5, False), (1.6, False)])
async def test_a_pause_earns_a_message(
    hand: Hand, budget: Budget, idle: float, waits: bool
) -> None:
    for _ in range(BURST):
        await budget.take(ANN)
    hand.now += idle
    await budget.take(ANN)
    assert (hand.now > idle) is waits


async def test_a_long_pause_earns_no_more_than_a_burst(hand: Hand, budget: Budget) -> None:
    await budget.take(ANN)
    hand.now = 1e6
    for _ in range(BURST):
        await budget.take(ANN)
    assert hand.now == 1e6
    await budget.take(ANN)
    assert hand.now > 1e6


async def test_pictures_leave_room_for_answers(hand: Hand, budget: Budget) -> None:
    for _ in range(2 * BURST):
        await budget.take(ANN, leave=LEFT_FOR_ANSWERS)
    shown = hand.now
    for _ in range(LEFT_FOR_ANSWERS):
        await budget.take(ANN)
    assert hand.now == shown


async def test_pictures_wait_behind_answers(hand: Hand, budget: Budget) -> None:
    for _ in range(BURST):
        await budget.take(ANN)
    await budget.take(ANN, leave=LEFT_FOR_ANSWERS)
    assert hand.now == (LEFT_FOR_ANSWERS + 1) * SECONDS_PER_MESSAGE


@given(
    pauses=st.lists(
        st.floats(0.0, 30.0, allow_nan=False).map(lambda seconds: round(seconds, 3)), max_size=60
    )
)
@settings(deadline=None)
async def test_no_pattern_of_asking_gets_more_than_the_pace_allows(pauses: list[float]) -> None:
    hand = Hand()
    budget = Budget(hand.monotonic, hand.sleep)
    sent: list[float] = []
    for pause in pauses:
        hand.now += pause
        await budget.take(ANN)
        sent.append(hand.now)
    for first, start in enumerate(sent):
        within = sum(at <= start + 60.0 for at in sent[first:])
        assert within <= BURST + 60.0 / SECONDS_PER_MESSAGE + 1


async def test_what_did_not_wait_never_makes_the_next_wait_long(hand: Hand, budget: Budget) -> None:
    for _ in range(100):
        budget.spend(ANN)
    await budget.take(ANN)
    assert hand.now == MOST_OWED * SECONDS_PER_MESSAGE
    assert budget.left(GROUP) == GROUP_BURST
