"""Updates are handled at least once and in order."""

from __future__ import annotations

from telegram.constants import PollingLimit

from bot.chat.updates import MOST_TRIES, UNSAVED_PAUSE
from simulator.telegram import Person, TelegramStandIn
from tests.bot.chat.listener import Listener

HOURS = 8 * 3600.0


async def test_updates_come_in_order_and_are_confirmed(
    telegram: TelegramStandIn, listener: Listener, ann: Person
) -> None:
    listener.listen()
    numbers = [ann.write(text) for text in ("one", "two", "three")]
    await listener.heard("one", "two", "three")
    await listener.until(lambda: telegram.confirmed_offset == numbers[-1] + 1)
    ann.write("four")
    await listener.heard("one", "two", "three", "four")


async def test_an_update_is_unconfirmed_until_its_handler_is_done(
    telegram: TelegramStandIn, listener: Listener, ann: Person
) -> None:
    listener.endless = {"one"}
    listener.listen()
    number = ann.write("one")
    await listener.until(lambda: listener.tries == ["one"])
    await listener.killed()
    assert telegram.confirmed_offset <= number
    listener.endless = set()
    listener.listen()
    await listener.heard("one")


async def test_what_is_not_kept_is_handed_out_again_after_a_crash(
    telegram: TelegramStandIn, listener: Listener, ann: Person
) -> None:
    listener.kept = False
    listener.listen()
    number = ann.write("/disarm")
    await listener.heard("/disarm")
    await listener.until(lambda: UNSAVED_PAUSE in listener.waits)
    await listener.killed()
    assert telegram.confirmed_offset <= number
    listener.listen()
    await listener.heard("/disarm", "/disarm")


async def test_what_is_not_kept_yet_is_not_handled_twice(
    telegram: TelegramStandIn, listener: Listener, ann: Person
) -> None:
    listener.kept = False
    listener.listen()
    number = ann.write("/disarm")
    await listener.until(lambda: listener.waits.count(UNSAVED_PAUSE) > 3)
    ann.write("/status")
    await listener.heard("/disarm", "/status")
    assert telegram.confirmed_offset <= number
    listener.kept = True
    await listener.until(lambda: telegram.confirmed_offset == number + 2)
    await listener.heard("/disarm", "/status")


async def test_a_disk_that_stays_full_does_not_make_the_bot_deaf(
    listener: Listener, ann: Person
) -> None:
    listener.kept = False
    texts = [f"word {n}" for n in range(101)]
    for text in texts:
        ann.write(text)
    listener.listen()
    await listener.heard(*texts)


async def test_a_poison_update_is_set_aside_after_three_tries(
    telegram: TelegramStandIn, listener: Listener, ann: Person
) -> None:
    listener.failing = {"poison"}
    ann.write("before")
    poison = ann.write("poison")
    last = ann.write("after")
    listener.listen()
    await listener.heard("before", "after")
    assert listener.tries == ["before", *["poison"] * MOST_TRIES, "after"]
    assert listener.aside == [poison]
    await listener.until(lambda: telegram.confirmed_offset == last + 1)


async def test_a_mistake_that_passes_changes_no_order(listener: Listener, ann: Person) -> None:
    listener.fails_once = {"two"}
    for text in ("one", "two", "three"):
        ann.write(text)
    listener.listen()
    await listener.heard("one", "two", "three")
    assert listener.tries == ["one", "two", "two", "three"]
    assert listener.aside == []


async def test_the_silence_before_a_press_is_not_forgotten_when_it_is_tried_again(
    listener: Listener, ann: Person
) -> None:
    listener.vitals.off = HOURS
    listener.fails_once = {"one", "two"}
    for text in ("one", "two", "three"):
        ann.write(text)
    listener.listen()
    await listener.heard("one", "two", "three")
    assert listener.tries == ["one", "one", "two", "two", "three"]
    assert min(listener.silences) >= HOURS
    ann.write("four")
    await listener.heard("one", "two", "three", "four")
    assert listener.silences[-1] < HOURS


async def test_the_silence_holds_for_more_updates_than_come_at_once(
    listener: Listener, ann: Person
) -> None:
    listener.vitals.off = HOURS
    texts = [f"word {n}" for n in range(PollingLimit.MAX_LIMIT + 1)]
    for text in texts:
        ann.write(text)
    listener.listen()
    await listener.heard(*texts)
    assert min(listener.silences) >= HOURS
    ann.write("new")
    await listener.heard(*texts, "new")
    assert listener.silences[-1] < HOURS


async def test_the_silence_is_over_although_nothing_can_be_kept(
    listener: Listener, ann: Person
) -> None:
    listener.vitals.off = HOURS
    listener.kept = False
    ann.write("one")
    listener.listen()
    await listener.heard("one")
    ann.write("two")
    await listener.heard("one", "two")
    assert listener.silences[-1] < HOURS
