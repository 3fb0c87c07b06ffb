"""Answers go in order within a chat, and none stands in front of the next command."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from alarm.core.actor import Actor
from alarm.core.household import HomeGroup
from alarm.core.household_commands import ForgetGroup, Revoke
from bot.pages import Page
from simulator.blink import BlinkStandIn
from simulator.faults import Fault, FaultKind
from simulator.telegram import Person, TelegramStandIn
from tests.bot.chat.bench import ANN, BEN, GROUP, household
from tests.bot.chat.rooms import Rooms, rooms

ANN_COMMANDS = Actor(ANN, "Ann", ANN, 1)


@pytest.fixture
async def house(
    tmp_path: Path, telegram: TelegramStandIn, blink: BlinkStandIn, ann: Person
) -> AsyncIterator[Rooms]:
    async with rooms(tmp_path, telegram, blink) as house:
        yield house


@pytest.fixture
def ben(telegram: TelegramStandIn) -> Person:
    person = telegram.person(BEN, "Ben")
    person.write("hello")
    return person


def texts(person: Person) -> list[str]:
    return [message.text for message in person.chat.messages]


async def test_answers_keep_their_order_although_the_first_is_slow(
    house: Rooms, telegram: TelegramStandIn, ann: Person
) -> None:
    telegram.faults.add("sendMessage", Fault(FaultKind.SLOW, seconds=0.1, times=1))
    for text in ("one", "two", "three"):
        house.replies.show(ann.id, Page(text))
    await telegram.wait_for("three", chat=ann.chat)
    assert texts(ann) == ["one", "two", "three"]


async def test_one_chat_does_not_wait_for_another(
    house: Rooms, telegram: TelegramStandIn, ann: Person, ben: Person
) -> None:
    telegram.faults.add("sendMessage", Fault(FaultKind.HANG, seconds=30.0, times=1))
    house.replies.show(ann.id, Page("never"))
    while telegram.count("sendMessage") < 1:  # noqa: ASYNC110 - nobody tells of a request
        await asyncio.sleep(0.005)
    house.replies.show(ben.id, Page("at once"))
    await telegram.wait_for("at once", chat=ben.chat)
    await house.replies.settle(0.01)
    assert texts(ann) == []


@pytest.mark.parametrize("kind", [FaultKind.DROP, FaultKind.GARBAGE, FaultKind.LATE])
async def test_an_answer_is_said_once_at_most_and_the_next_one_follows(
    house: Rooms, telegram: TelegramStandIn, ann: Person, kind: FaultKind
) -> None:
    telegram.faults.add("sendMessage", Fault(kind, times=1))
    house.replies.show(ann.id, Page("one"))
    house.replies.show(ann.id, Page("two"))
    await telegram.wait_for("two", chat=ann.chat)
    assert texts(ann) == (["one", "two"] if kind is FaultKind.LATE else ["two"])
    assert telegram.count("sendMessage") == 2


async def test_a_mistake_in_work_beside_the_commands_is_logged_and_harms_nothing(
    house: Rooms, telegram: TelegramStandIn, ann: Person, caplog: pytest.LogCaptureFixture
) -> None:
    async def mistaken() -> None:
        raise RuntimeError("a mistake in the program")

    house.replies.run(mistaken(), "thing")
    house.replies.show(ann.id, Page("all the same"))
    await telegram.wait_for("all the same", chat=ann.chat)
    assert "The thing failed." in caplog.text


async def test_what_is_under_way_may_end_before_the_program_does(
    house: Rooms, telegram: TelegramStandIn, ann: Person
) -> None:
    telegram.faults.add("sendMessage", Fault(FaultKind.SLOW, seconds=0.05, times=1))
    house.replies.show(ann.id, Page("good bye"))
    await house.replies.settle(5.0)
    assert texts(ann) == ["good bye"]


async def test_a_page_says_how_things_are_when_it_leaves(
    house: Rooms, telegram: TelegramStandIn, ann: Person
) -> None:
    telegram.faults.add("sendMessage", Fault(FaultKind.SLOW, seconds=0.1, times=1))
    things = "as they were"
    house.replies.show(ann.id, Page("first"))
    house.replies.show(ann.id, lambda: Page(things))
    while telegram.count("sendMessage") < 1:  # noqa: ASYNC110 - nobody tells of a request
        await asyncio.sleep(0.005)
    things = "as they are"
    await telegram.wait_for("as they", chat=ann.chat)
    assert texts(ann) == ["first", "as they are"]


# -- who is sent away ------------------------------------------------------------------------------


@pytest.mark.parametrize("stays", [False, True])
async def test_an_answer_that_waits_goes_to_nobody_who_was_sent_away_meanwhile(
    house: Rooms, telegram: TelegramStandIn, ben: Person, stays: bool
) -> None:
    telegram.faults.add("sendMessage", Fault(FaultKind.SLOW, seconds=0.3, times=1))
    house.replies.show(ben.id, Page("one"))
    house.replies.show(ben.id, Page("two"))
    while telegram.count("sendMessage") < 1:  # noqa: ASYNC110 - nobody tells of a request
        await asyncio.sleep(0.005)
    if not stays:
        house.controller.apply(Revoke(ANN_COMMANDS, BEN))
    await house.replies.settle(5.0)
    # Telegram has the first one: it cannot be taken back.
    await telegram.wait_for("one", chat=ben.chat)
    assert texts(ben) == (["one", "two"] if stays else ["one"])


async def test_what_was_looked_up_for_somebody_who_was_sent_away_is_not_said(
    house: Rooms, telegram: TelegramStandIn, ann: Person, ben: Person
) -> None:
    house.controller.apply(Revoke(ANN_COMMANDS, BEN))
    house.replies.show(ben.id, Page("found"))
    house.replies.turn(ben.id, 1, Page("found"))
    house.replies.show(ann.id, Page("at once"))
    await house.replies.settle(5.0)
    assert texts(ann) == ["at once"]
    assert texts(ben) == []
    assert telegram.count("sendMessage") == 1


async def test_a_clip_on_its_way_up_is_cut_where_who_asked_for_it_is_sent_away(
    house: Rooms, telegram: TelegramStandIn, blink: BlinkStandIn, ann: Person, ben: Person
) -> None:
    await house.log_in()
    blink.motion("Hall")
    telegram.faults.add("sendVideo", Fault(FaultKind.SLOW, seconds=0.3))
    for person in (ann, ben):
        house.last_clip().show(person.id, "", reply_to=1)
    while telegram.count("sendVideo") < 1:  # noqa: ASYNC110 - nobody tells of a request
        await asyncio.sleep(0.005)
    house.controller.apply(Revoke(ANN_COMMANDS, BEN))
    await house.replies.settle(10.0)
    assert [m.video is not None for m in ann.chat.messages] == [True]
    assert ben.chat.messages == []


async def test_an_answer_in_a_group_that_is_given_up_does_not_come(
    house: Rooms, telegram: TelegramStandIn, ann: Person
) -> None:
    group = telegram.group(GROUP, "Family", [ann])
    house.controller.state = household(group=HomeGroup(GROUP, "Family"))
    telegram.faults.add("sendMessage", Fault(FaultKind.SLOW, seconds=0.2, times=1))
    for text in ("one", "two"):
        house.replies.show(GROUP, Page(text))
    while telegram.count("sendMessage") < 1:  # noqa: ASYNC110 - nobody tells of a request
        await asyncio.sleep(0.005)
    house.controller.apply(ForgetGroup(ANN_COMMANDS))
    await house.replies.settle(5.0)
    await telegram.wait_for("one", chat=group)
    assert [m.text for m in group.messages if m.from_bot] == ["one"]


async def test_a_group_that_is_not_the_homes_gets_its_offer(
    house: Rooms, telegram: TelegramStandIn, ann: Person
) -> None:
    group = telegram.group(GROUP, "Club", [ann])
    telegram.faults.add("sendMessage", Fault(FaultKind.SLOW, seconds=0.2, times=1))
    house.replies.show(GROUP, Page("one"))
    house.controller.apply(Revoke(ANN_COMMANDS, BEN))
    await house.replies.settle(5.0)
    assert [m.text for m in group.messages if m.from_bot] == ["one"]
