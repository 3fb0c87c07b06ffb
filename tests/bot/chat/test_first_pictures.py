"""The first pictures of an alarm come at once, whatever else the chat was told before."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from alarm.core.deliveries import Delivery, Lane, MediaBody
from alarm.core.draft import Draft
from alarm.core.events import MotionEvent
from alarm.core.incident import Incident, IncidentKind
from alarm.core.inputs import Claimed, Delivered
from alarm.core.pictures import AT_ONCE
from alarm.core.settings import Mode
from bot.chat.budget import GROUP_BURST, Budget
from bot.delivery.media import MediaCarrier
from simulator.blink import BlinkStandIn
from simulator.telegram import Chat, Person, TelegramStandIn
from tests.bot.chat.bench import GROUP
from tests.bot.chat.rooms import Rooms, rooms
from tests.bot.running.hand import Hand

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
CAMERAS = ("Hall", "Front Door")
# What Telegram takes in a group.
PER_MINUTE = 20


class Recorded(Hand):
    """Writes down how many files were in the group whenever something had to wait."""

    def __init__(self, group: Chat) -> None:
        super().__init__()
        self._group = group
        self.slept: list[tuple[int, float]] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append((len(self._group.messages), seconds))
        await super().sleep(seconds)


@dataclass
class Gallery:
    """A group with an alarm, its files on their way, and the paces by hand."""

    house: Rooms
    blink: BlinkStandIn
    group: Chat
    hand: Recorded
    chatter: Budget
    alarms: Budget
    carrier: MediaCarrier

    async def seen(self, count: int) -> list[Delivery]:
        """Let cameras see something, and return the deliveries of its files."""
        for number in range(count):
            self.blink.motion(CAMERAS[number % 2])
        events: list[MotionEvent] = []
        async for page in self.house.cloud.clip_pages(LONG_AGO):
            events += page.events
        return self.hand_in(sorted(events, key=lambda e: e.key))

    def hand_in(self, events: Sequence[MotionEvent]) -> list[Delivery]:
        controller, chat = self.house.controller, str(self.group.id)
        incident = Incident(
            "i1",
            IncidentKind.BURGLARY,
            events[0].network_id,
            "House",
            Mode.AWAY,
            controller.now(),
            events=tuple(events),
            event_count=len(events),
            copies={chat: 1},
        )
        controller.state = replace(controller.state, incidents={"i1": incident})
        draft = Draft(controller.state, controller.now())
        sent = [draft.send(Lane.MEDIA, chat, MediaBody("i1", event.key)) for event in events]
        controller.state = draft.state
        # The text of the alarm.
        self.alarms.spend(chat)
        return sent

    async def carry(self, deliveries: Sequence[Delivery]) -> None:
        controller = self.house.controller
        for delivery in deliveries:
            controller.apply(Claimed((delivery.id,)))
            claimed = controller.state.outbox[delivery.id]
            result = await self.carrier.carry(claimed)
            assert result == Delivered(delivery.id)
            controller.apply(result)

    def waits(self) -> list[int]:
        """Return how many files were there whenever one had to wait."""
        return [there for there, _ in self.hand.slept]

    def kinds(self) -> list[str]:
        return ["picture" if m.photo else "clip" for m in self.group.messages]


@pytest.fixture
async def gallery(
    tmp_path: Path, telegram: TelegramStandIn, blink: BlinkStandIn, ann: Person
) -> AsyncIterator[Gallery]:
    group = telegram.group(GROUP, "Home", [ann])
    async with rooms(tmp_path, telegram, blink) as house:
        await house.log_in()
        hand = Recorded(group)
        chatter, alarms = (Budget(hand.monotonic, hand.sleep) for _ in range(2))
        carrier = MediaCarrier(house.clips, house.controller, house.view, chatter, alarms)
        yield Gallery(house, blink, group, hand, chatter, alarms, carrier)


async def test_the_pictures_of_an_alarm_come_before_the_first_clip(gallery: Gallery) -> None:
    deliveries = await gallery.seen(2)
    await gallery.carry(deliveries)
    assert gallery.kinds() == ["picture", "picture", "clip", "clip"]


async def test_the_first_six_pictures_come_at_once_in_a_quiet_group(gallery: Gallery) -> None:
    deliveries = await gallery.seen(AT_ONCE)
    await gallery.carry(deliveries[:1])
    assert gallery.kinds() == ["picture"] * AT_ONCE + ["clip"]
    assert gallery.waits() == [AT_ONCE]


async def test_two_pictures_do_not_wait_for_chatter(gallery: Gallery) -> None:
    for _ in range(3 * GROUP_BURST):
        gallery.chatter.spend(str(GROUP))
    deliveries = await gallery.seen(3)
    await gallery.carry(deliveries)
    assert gallery.kinds() == ["picture"] * 3 + ["clip"] * 3
    assert gallery.waits()[0] == 2


async def test_a_group_gets_no_more_in_a_minute_than_telegram_takes(gallery: Gallery) -> None:
    """Chatter as much as it may, and in the middle of it an alarm with six pictures."""
    chat, hand = str(GROUP), gallery.hand
    sent = list[float]()
    for _ in range(8):
        await gallery.chatter.take(chat)
        sent.append(hand.monotonic())
    began = hand.monotonic()
    hand.slept.clear()
    # The text of the alarm.
    sent.append(began)
    await gallery.carry(await gallery.seen(AT_ONCE))
    assert gallery.kinds().count("picture") == AT_ONCE
    for number in range(2 * AT_ONCE):
        sent.append(began + sum(s for there, s in hand.slept if there <= number))
    for start in sent:
        assert sum(start <= at < start + 60.0 for at in sent) <= PER_MINUTE


async def test_later_pictures_leave_alone_what_is_left_for_alarms(gallery: Gallery) -> None:
    deliveries = await gallery.seen(AT_ONCE + 1)
    for other in deliveries[:-1]:
        gallery.house.controller.apply(Claimed((other.id,)))
    left = gallery.alarms.left(str(GROUP))
    await gallery.carry(deliveries[-1:])
    assert gallery.kinds() == ["picture", "clip"]
    assert gallery.alarms.left(str(GROUP)) >= left
