"""The chat side as a whole over the rooms: real handlers behind a real connection."""

from __future__ import annotations

import asyncio

from bot.chat.commands import Commands
from bot.chat.connection import Connection, build_application
from bot.chat.menus import Menus
from bot.chat.presses import Presses
from bot.chat.requests import sending_bot, update_bot
from bot.vitals import Vitals
from bot.words.view import View
from simulator.telegram import TelegramStandIn
from tests.bot.chat.bench import configured, view
from tests.bot.chat.rooms import Rooms


class House:
    """A connection with real handlers behind it; its waits pass at once and are noted."""

    def __init__(
        self,
        rooms: Rooms,
        telegram: TelegramStandIn,
        *,
        connection: type[Connection] = Connection,
    ) -> None:
        config = configured(telegram)
        self.rooms = rooms
        self.vitals = Vitals()
        self.announced = 0
        self.waits: list[float] = []
        self.broken = False
        clock = rooms.clock
        self.application = build_application(
            update_bot(config, clock=lambda: clock.wall().timestamp())
        )
        self.bot = sending_bot(config, connections=1)
        controller, replies = rooms.controller, rooms.replies
        topics = rooms.topics(self.vitals, self.view)
        self.connection = connection(
            self.application,
            Commands(topics, controller, replies),
            Presses(topics, replies, self.vitals),
            Menus(self.bot),
            replies,
            controller,
            self.vitals,
            self.announce,
            sleep=self.sleep,
        )

    def view(self) -> View:
        if self.broken:
            raise RuntimeError("a mistake in the program")
        return view()

    def announce(self) -> None:
        self.announced += 1

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        await asyncio.sleep(0)
