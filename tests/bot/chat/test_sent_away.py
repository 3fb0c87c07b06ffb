"""Who is sent away: what is left of them is asked about, and nothing more is done for them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from alarm.core.contact import Contact
from alarm.core.inputs import Tick
from simulator.blink import BlinkStandIn
from simulator.telegram import SentMessage, TelegramStandIn
from tests.bot.chat.bench import BEN
from tests.bot.chat.several import Several, several

PHONE = Contact("c1", "Ben", "+442079460123", user_id=BEN)


@pytest.fixture
async def home(
    tmp_path: Path, telegram: TelegramStandIn, blink: BlinkStandIn
) -> AsyncIterator[Several]:
    async with several(tmp_path, telegram, blink) as home:
        controller = home.rooms.controller
        controller.state = replace(controller.state, contacts=(PHONE,))
        yield home


async def sent_away(home: Several) -> SentMessage:
    """Let Ann send Ben away by buttons; return what she reads of it."""
    home.ann.write("/users")
    people = await home.said(home.ann, "People")
    for button, then in (("Ben", "Send away"), ("Send away", "Yes, send away")):
        home.ann.press(button, message=people)
        await home.turned(people, then)
    home.ann.press("Yes, send away", message=people)
    return await home.said(home.ann, "Ben was sent away")


async def by_the_clock(home: Several) -> SentMessage:
    """Let Ben's stay as a guest end by itself; return what Ann reads of it."""
    controller = home.rooms.controller
    guest = replace(controller.state.people[str(BEN)], until=controller.now() + timedelta(hours=1))
    controller.state = replace(
        controller.state, people={**controller.state.people, str(BEN): guest}
    )
    home.rooms.clock.passed += timedelta(hours=1, seconds=2)
    controller.apply(Tick())
    return await home.said(home.ann, "Ben is no guest any more")


@pytest.mark.parametrize("leave", [sent_away, by_the_clock])
async def test_the_phone_that_is_left_behind_is_removed_by_its_button(
    home: Several, leave: Callable[[Several], Awaitable[SentMessage]]
) -> None:
    told = await leave(home)
    assert "Still called in an alarm: Ben." in told.text
    assert "then nobody is called" in told.text
    assert PHONE in home.state.contacts
    home.ann.press("Remove the phone", message=told)
    answer = await home.said(home.ann, "Ben is called no more")
    assert "No phone is left" in answer.text
    assert not home.state.contacts
    await home.turned(told, "")
    assert "Nobody is called" in told.text


async def test_the_phone_that_is_left_behind_is_kept_by_its_button(home: Several) -> None:
    told = await sent_away(home)
    home.ann.press("Keep it", message=told)
    await home.said(home.ann, "Ben is still called in an alarm, as number 1.")
    assert home.state.contacts == (PHONE,)


# -- what was written before -----------------------------------------------------------------------


async def armed(home: Several) -> None:
    home.ann.write("/arm")
    await home.said(home.ann, "arming")


@pytest.mark.parametrize(
    ("leave", "why"),
    [(sent_away, "after they were sent away"), (by_the_clock, "after their stay had ended")],
)
async def test_a_disarm_that_was_written_before_and_comes_after_is_not_done_and_told_once(
    home: Several, leave: Callable[[Several], Awaitable[SentMessage]], why: str
) -> None:
    await armed(home)
    written = home.rooms.clock.wall() - timedelta(minutes=10)
    await leave(home)
    last = home.ben.chat.everything[-1].id
    for text in ("/disarm", "/status", "/disarm 1234"):
        home.ben.write(text, date=written)
    told = await home.said(home.ann, "/disarm by Ben was not done")
    assert why in told.text
    await home.all_handled()
    assert home.state.armed
    assert len([m for m in home.ann.chat.messages if "was not done" in m.text]) == 1
    assert [m for m in home.ben.chat.messages if m.id > last and m.from_bot] == []
    # It was no stranger who wrote it then.
    assert home.state.strangers.tries == 0


async def test_what_is_written_after_leaving_is_a_strangers(home: Several) -> None:
    await armed(home)
    await sent_away(home)
    home.ben.write("/disarm", date=home.rooms.clock.wall() + timedelta(seconds=2))
    await home.all_handled()
    assert home.state.armed
    assert not [m for m in home.ann.chat.messages if "was not done" in m.text]
    assert home.state.strangers.tries == 1


async def test_a_disarm_of_a_stay_that_ended_while_nobody_listened_is_not_done(
    home: Several,
) -> None:
    await armed(home)
    controller = home.rooms.controller
    end = controller.now() - timedelta(hours=1)
    guest = replace(controller.state.people[str(BEN)], until=end)
    controller.state = replace(
        controller.state, people={**controller.state.people, str(BEN): guest}
    )
    home.ben.write("/disarm", date=end - timedelta(minutes=5))
    told = await home.said(home.ann, "/disarm by Ben was not done")
    assert "after their stay had ended" in told.text
    controller.apply(Tick())
    await home.said(home.ann, "Ben is no guest any more")
    await home.all_handled()
    assert home.state.armed
    assert len([m for m in home.ann.chat.messages if "was not done" in m.text]) == 1
