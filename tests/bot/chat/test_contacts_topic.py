"""/contacts and its buttons."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from alarm.core.deliveries import TrialBody
from alarm.core.notices import Notice
from alarm.core.quiet_hours import QuietHours
from alarm.core.state import Person as Member
from alarm.core.state import Role
from simulator.blink import BlinkStandIn
from simulator.telegram import Person, TelegramStandIn
from tests.bot.chat.asking import Asking
from tests.bot.chat.bench import ANN, BEN
from tests.bot.chat.rooms import rooms

NUMBER = "+4915123456789"
NIGHT = QuietHours(1380, 420)


@pytest.fixture
async def asking(
    tmp_path: Path, telegram: TelegramStandIn, blink: BlinkStandIn, ann: Person
) -> AsyncIterator[Asking]:
    telegram.pending_updates.clear()
    async with rooms(tmp_path, telegram, blink) as parts:
        asking = Asking(parts, telegram, ann)
        asking.look = replace(asking.look, phone_ready=True)
        yield asking


async def with_two(asking: Asking) -> Asking:
    """Add two contacts by chat."""
    assert await asking.write("/contacts add Cleo +49 151 23456789") == ""
    await asking.write("/contacts add Dan +44 20 7946 0123")
    return asking


def names(asking: Asking) -> list[str]:
    return [contact.name for contact in asking.state.contacts]


def tried(asking: Asking) -> list[str]:
    """Return the ids of the contacts that test calls were ordered for."""
    bodies = [d.body for d in asking.state.outbox.values()]
    return [body.contact_id for body in bodies if isinstance(body, TrialBody)]


async def test_an_empty_list_says_how_to_add_somebody(asking: Asking) -> None:
    text = await asking.write("/contacts")
    assert "Nobody is called" in text
    assert "/contacts add Ann +49 151 2345678" in text


async def test_a_contact_is_added_by_name_and_number(asking: Asking) -> None:
    await with_two(asking)
    assert [(c.name, c.number) for c in asking.state.contacts] == [
        ("Cleo", NUMBER),
        ("Dan", "+442079460123"),
    ]
    text = await asking.write("/contacts")
    assert "1. Cleo (+49 ... 89), never tested" in text
    assert "2. Dan (+44 ... 23)" in text
    assert NUMBER[3:] not in text
    assert asking.labels() == ["Cleo", "Dan"]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("add", "/contacts add Ann"),
        ("add Cleo", "/contacts add Ann"),
        ("add +4915123456789", "/contacts add Ann"),
        ("add Cleo 0151 23456789", "country code"),
        ("add Cleo 112", "/contacts add Ann"),
        ("add Cleo +112", "Emergency numbers"),
        ("add Cleo +49 110", "Emergency numbers"),
        ("add Cleo +49 1", "digits"),
        ("add 12 +4915123456789", "letter"),
        ("wave Cleo", "/contacts test Ann"),
        ("remove Zoe", "There are: Cleo, Dan"),
        ("remove", "Which one? Cleo, Dan"),
        ("remove 3", "2 contacts"),
        ("first", "Which one?"),
        ("quiet Cleo", "23:00-7:00"),
        ("quiet Cleo 25:00-7:00", "0:00 to 24:00"),
        ("quiet Cleo 7:00-7:00", "another time"),
        ("rename Cleo", "/contacts rename"),
        ("rename Cleo = 7", "letter"),
        ("test Zoe", "There are: Cleo, Dan"),
    ],
)
async def test_what_cannot_be_done_is_explained_and_changes_nothing(
    asking: Asking, text: str, hint: str
) -> None:
    await with_two(asking)
    before = asking.state.contacts
    assert hint in await asking.write(f"/contacts {text}")
    assert asking.state.contacts == before
    assert tried(asking) == []


async def test_everything_can_be_written(asking: Asking) -> None:
    await with_two(asking)
    await asking.write("/contacts first dan")
    assert names(asking) == ["Dan", "Cleo"]
    await asking.write("/contacts quiet Dan 23:00-7:00")
    assert asking.state.contacts[0].quiet == NIGHT
    assert asking.said().notice is Notice.CONTACT_QUIET
    await asking.write("/contacts me 1")
    assert asking.state.contacts[0].user_id == ANN
    await asking.write("/contacts quiet off")
    assert [c.quiet for c in asking.state.contacts] == [None, None]
    await asking.write("/contacts rename Dan = Daniel")
    await asking.write("/contacts rename Cleo Cleopatra")
    assert names(asking) == ["Daniel", "Cleopatra"]
    await asking.write("/contacts test cleo")
    assert tried(asking) == ["c1"]
    await asking.write("/contacts remove Daniel")
    assert names(asking) == ["Cleopatra"]
    assert asking.said().notice is Notice.CONTACT_REMOVED


async def test_everything_can_be_pressed(asking: Asking) -> None:
    await with_two(asking)
    await asking.write("/contacts")
    messages = len(asking.ann.chat.messages)
    assert "Dan (+44 ... 23)" in await asking.press("Dan")
    await asking.press("Earlier")
    assert names(asking) == ["Dan", "Cleo"]
    assert not any("Earlier" in label for label in asking.labels())
    assert "quiet 23:00-7:00" in await asking.press("Quiet 23:00-7:00")
    assert asking.state.contacts[0].quiet == NIGHT
    assert "Quiet 23:00-7:00" not in asking.labels()
    await asking.press("Never quiet")
    assert [c.quiet for c in asking.state.contacts] == [None, None]
    assert "Reads in chat: Ann" in await asking.press("This is my phone")
    assert "test call under way" in await asking.press("Test call")
    assert tried(asking) == ["c2"]
    assert "1. Dan" in await asking.press("Back")
    # All of it in one message.
    assert len(asking.ann.chat.messages) == messages


async def test_the_phone_of_another_is_not_offered_as_the_own(asking: Asking) -> None:
    state = asking.state
    ben = Member(BEN, "Ben", Role.MEMBER)
    asking.parts.controller.state = replace(state, people={**state.people, str(BEN): ben})
    await asking.write("/contacts add Ben +49 151 23456789")
    await asking.write("/contacts add Dan +44 20 7946 0123")
    await asking.write("/contacts")
    await asking.press("Ben")
    assert "This is my phone" not in asking.labels()
    await asking.press("Back")
    await asking.press("Dan")
    assert "This is my phone" in asking.labels()


async def test_removing_takes_a_second_tap(asking: Asking) -> None:
    await with_two(asking)
    await asking.write("/contacts")
    await asking.press("Cleo")
    assert "Remove Cleo?" in await asking.press("Remove")
    assert names(asking) == ["Cleo", "Dan"]
    assert "never tested" in await asking.press("No")
    await asking.press("Remove")
    assert "1. Dan" in await asking.press("Yes, remove")
    assert names(asking) == ["Dan"]
    await asking.press("Dan")
    assert "nobody is called in an alarm" in await asking.press("Remove")


async def test_a_button_of_a_contact_that_is_gone_shows_the_list(asking: Asking) -> None:
    await with_two(asking)
    await asking.write("/contacts")
    await asking.press("Cleo")
    await asking.write("/contacts remove Cleo")
    assert "1. Dan" in await asking.press("Test call")
    assert tried(asking) == []


@pytest.mark.parametrize("by_button", [True, False])
async def test_a_test_call_in_quiet_hours_is_asked_about(asking: Asking, by_button: bool) -> None:
    await with_two(asking)
    # It is noon.
    await asking.write("/contacts quiet Cleo 11:00-13:00")
    if by_button:
        await asking.write("/contacts")
        await asking.press("Cleo")
        text = await asking.press("Test call")
    else:
        text = await asking.write("/contacts test Cleo")
    assert "Cleo has quiet hours now (11:00-13:00)" in text
    assert tried(asking) == []
    await asking.press("Yes, call")
    assert tried(asking) == ["c1"]


@pytest.mark.parametrize("text", ["/contacts test Cleo", "Test call"])
async def test_without_an_account_no_test_call_is_ordered(asking: Asking, text: str) -> None:
    await with_two(asking)
    asking.look = replace(asking.look, phone_ready=False)
    if text.startswith("/"):
        assert "No Twilio account" in await asking.write(text)
    else:
        await asking.write("/contacts")
        await asking.press("Cleo")
        await asking.press(text)
        assert "No Twilio account" in asking.ann.chat.messages[-1].text
    assert tried(asking) == []
    assert asking.state.trial is None


async def test_a_name_of_any_kind_is_shown_and_pressed(asking: Asking) -> None:
    await with_two(asking)
    await asking.write("/contacts add <b>Éva & \u202eÖmer</b> +447700900123")
    await asking.write("/contacts")
    assert len(asking.labels()) == 3
    assert "<b>Éva & Ömer</b>" in await asking.press("Éva")
