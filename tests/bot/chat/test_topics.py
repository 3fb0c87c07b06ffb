"""Each command and each button belongs to exactly one topic."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from bot.pages import Press
from bot.vitals import Vitals
from bot.words.help import COMMANDS
from simulator.blink import BlinkStandIn
from simulator.telegram import Person, TelegramStandIn
from tests.bot.chat.rooms import rooms


async def test_every_command_of_the_menu_and_every_button_has_one_topic(
    tmp_path: Path, telegram: TelegramStandIn, blink: BlinkStandIn, ann: Person
) -> None:
    async with rooms(tmp_path, telegram, blink) as parts:
        topics = parts.topics(Vitals())
    commands = Counter(name for topic in topics for name in topic.commands)
    presses = Counter(press for topic in topics for press in topic.presses)
    assert commands == Counter([*COMMANDS, ""])
    assert presses == Counter(Press)
