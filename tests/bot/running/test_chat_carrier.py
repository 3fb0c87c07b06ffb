"""What the chat lanes carry: worded when it leaves, and taken to where the chat is now."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from alarm.core.deliveries import AlertBody, AlertEditBody, Body, Delivery, Lane, WordsBody, say
from alarm.core.draft import Draft
from alarm.core.incident import Incident, IncidentKind
from alarm.core.inputs import Delivered, DeliveryFailed
from alarm.core.notices import Notice
from alarm.core.settings import Mode
from alarm.core.state import State
from bot.chat.budget import BURST, SECONDS_PER_MESSAGE, Budget
from bot.chat.requests import sending_bot
from bot.chat.sender import Sender
from bot.config import load_config
from bot.controller import Controller
from bot.delivery.chat import ChatCarrier, alert_page
from bot.delivery.lanes import LaneWorker
from bot.pages import Page
from bot.words.view import View
from simulator.faults import Fault, FaultKind
from simulator.telegram import TelegramStandIn
from storage.store import StateStore
from tests.bot.running.bench import ANN, NETWORK, household, opened, until
from tests.bot.running.hand import Hand
from tests.core.home import clip

GROUP = -4001


@dataclass
class Mail:
    """A carrier for one open incident, and its outbox."""

    hand: Hand
    store: StateStore[State]
    controller: Controller
    carrier: ChatCarrier
    telegram: TelegramStandIn

    def hand_in(self, chat: int, body: Body, lane: Lane = Lane.ALARM) -> Delivery:
        draft = Draft(self.controller.state, self.hand.now())
        delivery = draft.send(lane, str(chat), body)
        self.controller.state = draft.state
        return delivery

    async def lane(self) -> None:
        """Carry until the outbox is empty."""
        worker = asyncio.create_task(
            LaneWorker(Lane.ALARM, self.controller, self.carrier.carry).run()
        )
        await until(lambda: not self.controller.state.outbox)
        worker.cancel()
        with suppress(asyncio.CancelledError):
            await worker


def burglary(hand: Hand) -> Incident:
    events = (clip(hand.now(), 1, network=NETWORK), clip(hand.now(), 2, network=NETWORK))
    return Incident(
        "i1",
        IncidentKind.BURGLARY,
        NETWORK,
        "Home",
        Mode.AWAY,
        hand.now(),
        events=events,
        event_count=2,
    )


@pytest.fixture
async def mail(tmp_path: Path, telegram: TelegramStandIn) -> AsyncIterator[Mail]:
    hand = Hand()
    store = opened(tmp_path / "state")
    controller = Controller(store, household(incidents={"i1": burglary(hand)}), hand.clock)
    config = load_config(
        {
            "TELEGRAM_BOT_TOKEN": telegram.token,
            "TELEGRAM_API_URL": telegram.url,
            "BLINK_EMAIL": "owner@example.org",
            "BLINK_PASSWORD": "correct horse",
        },
        (),
    )
    bot = sending_bot(config, connections=4)
    await bot.request.initialize()

    def view() -> View:
        return View(now=controller.now(), zone=ZoneInfo("UTC"), phone_ready=False, poll_seconds=15)

    budget = Budget(hand.monotonic, hand.sleep)
    carrier = ChatCarrier(Sender(bot), controller, view, budget)
    telegram.person(ANN, "Ann").chat.started = True
    yield Mail(hand, store, controller, carrier, telegram)
    await bot.request.shutdown()
    store.close()


async def test_an_alert_says_how_things_are_when_it_leaves(mail: Mail) -> None:
    delivery = mail.hand_in(ANN, AlertBody("i1"))
    incident = mail.controller.state.incidents["i1"]
    more = replace(incident, event_count=5)
    mail.controller.state = replace(mail.controller.state, incidents={"i1": more})
    mail.hand.forward(timedelta(minutes=7).total_seconds())
    assert await mail.carrier.carry(delivery) == Delivered(delivery.id, 1)
    text = mail.telegram.chat(ANN).last.text
    assert text.startswith("🚨 ALARM")
    assert "5 events" in text
    assert "late: 7 min" in text


async def test_a_group_that_moved_gets_everything_under_its_new_id(mail: Mail) -> None:
    ann = mail.telegram.person(ANN, "Ann")
    group = mail.telegram.group(GROUP, "Home", [ann])
    moved = mail.telegram.migrate_group(group)
    mail.hand_in(GROUP, AlertBody("i1"))
    mail.hand_in(GROUP, WordsBody(say(Notice.DISK_FINE)))
    await mail.lane()
    texts = [message.text for message in moved.messages]
    assert [text.split()[1].rstrip(":") for text in texts] == ["ALARM", "Saving"]
    assert mail.controller.state.incidents["i1"].copies.keys() == {str(moved.id)}


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (
            Fault(FaultKind.STATUS, 403, '{"ok":false,"error_code":403,"description":"Forbidden"}'),
            (True, None, False),
        ),
        (
            Fault(
                FaultKind.STATUS,
                429,
                '{"ok":false,"error_code":429,"description":"Too Many Requests",'
                '"parameters":{"retry_after":7}}',
            ),
            (False, 7.0, False),
        ),
        (Fault(FaultKind.DROP), (False, None, True)),
        (Fault(FaultKind.GARBAGE), (False, None, True)),
    ],
    ids=["403", "429", "drop", "garbage"],
)
async def test_a_failure_says_whether_and_when_to_try_again(
    mail: Mail, fault: Fault, expected: tuple[bool, float | None, bool]
) -> None:
    mail.telegram.faults.add("sendMessage", fault)
    result = await mail.carrier.carry(mail.hand_in(ANN, WordsBody(say(Notice.DISK_FINE))))
    assert isinstance(result, DeliveryFailed)
    assert (result.permanent, result.retry_after, result.uncertain) == expected


@pytest.mark.parametrize(
    ("kind", "word"), [(IncidentKind.BURGLARY, "ALARM"), (IncidentKind.DRILL, "TEST")]
)
def test_an_alert_that_cannot_be_worded_leaves_in_plain_words(
    kind: IncidentKind, word: str, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> Page:
        raise RuntimeError("a bug")

    incident = replace(burglary(Hand()), kind=kind, area_name="<Home>")
    page = alert_page(broken, incident)
    assert page.html == f"{word} &lt;Home&gt;: 2 events"
    buttons = [button.text for row in page.buttons for button in row]
    assert buttons == ["Acknowledge", "False alarm", "Disarm"]
    assert "a bug" in caplog.text


async def test_edits_of_an_alert_keep_a_pace_alerts_and_answers_wait_for_nothing(
    mail: Mail,
) -> None:
    mail.telegram.person(ANN, "Ann")
    before = mail.hand.monotonic()
    for _ in range(BURST):
        await mail.carrier.carry(mail.hand_in(ANN, AlertEditBody("i1")))
    await mail.carrier.carry(mail.hand_in(ANN, AlertBody("i1")))
    await mail.carrier.carry(mail.hand_in(ANN, WordsBody(say(Notice.NOTHING_TO_DO))))
    assert mail.hand.monotonic() == before
    await mail.carrier.carry(mail.hand_in(ANN, AlertEditBody("i1")))
    assert mail.hand.monotonic() == before + 3 * SECONDS_PER_MESSAGE


async def test_what_is_not_true_any_more_after_the_wait_for_its_turn_is_not_said(
    mail: Mail,
) -> None:
    news = WordsBody(say(Notice.ENTRY_DELAY, area="Home", cameras="Hall", seconds=30))
    delivery = mail.hand_in(ANN, news, lane=Lane.CHAT)
    result = await mail.carrier.carry(delivery)
    assert result == DeliveryFailed(delivery.id, "not true any more")
    assert mail.telegram.count("sendMessage") == 0
