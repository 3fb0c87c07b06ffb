"""What the alarm does again and again: tick, look, save, tidy, beat."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from alarm.core.inputs import Tick
from bot.chat.hearing import Hearing
from bot.chat.live import Live
from bot.chat.menus import Menus
from bot.chat.strangers import Door
from bot.chat.true_time import TrueTime
from bot.config import Config
from bot.controller import Controller
from bot.heartbeat import EVERY as HEARTBEAT_EVERY
from bot.heartbeat import Heartbeat
from bot.housekeeping import HOUSEKEEPING_EVERY, PHONE_EVERY, Housekeeping
from bot.jobs import Recurring
from bot.vitals import Vitals
from bot.watch.login import BlinkLogin
from bot.watch.poller import LONGEST_LISTING, Poller

# Seconds between two runs.
TICK_EVERY = 1.0
SAVE_EVERY = 3.0
DEVICES_EVERY = 60.0
TOKENS_EVERY = 60.0
# Seconds. How long one run of each job may take before it is cut.
SHORT_LIMIT, DEVICES_LIMIT, TIDY_LIMIT = 10.0, 60.0, 30.0
# Longer than the sender gives one message.
LIVE_LIMIT = 40.0
POLL_LIMIT = LONGEST_LISTING + 30.0
# Seconds that one request for a page of the clip list may take, with a refresh of the tokens.
PAGE_LIMIT = 90.0
# Seconds that the first look at the clip list waits for Telegram.
FIRST_WORDS = 10.0


class Duties:
    """The recurring work, each with its pace."""

    def __init__(
        self,
        config: Config,
        controller: Controller,
        vitals: Vitals,
        login: BlinkLogin,
        poller: Poller,
        housekeeping: Housekeeping,
        menus: Menus,
        door: Door,
        true_time: TrueTime,
        live: Live,
    ) -> None:
        self._config = config
        self._controller = controller
        self._vitals = vitals
        self._login = login
        self._poller = poller
        self._housekeeping = housekeeping
        self._menus = menus
        self._door = door
        self._true_time = true_time
        self._live = live
        self._hearing = Hearing(controller, vitals)

    def recurring(self) -> list[Recurring]:
        poller, housekeeping = self._poller, self._housekeeping
        work = [
            Recurring("tick", self.tick, lambda: TICK_EVERY, SHORT_LIMIT),
            Recurring("poll", self.look, lambda: poller.interval, POLL_LIMIT),
            Recurring("save", self.save, lambda: SAVE_EVERY, SHORT_LIMIT, at_once=False),
            Recurring(
                "devices", poller.look_at_devices, lambda: self._devices_every, DEVICES_LIMIT
            ),
            Recurring("live", self._live.refresh, self._live.pace, LIVE_LIMIT),
            Recurring("tokens", poller.keep_tokens_fresh, lambda: TOKENS_EVERY, DEVICES_LIMIT),
            Recurring("tidy", self.tidy, lambda: HOUSEKEEPING_EVERY, TIDY_LIMIT, at_once=False),
            Recurring("phone", housekeeping.look_at_phone, lambda: PHONE_EVERY, TIDY_LIMIT),
        ]
        if self._config.heartbeat_url is not None:
            beat = Heartbeat(self._config.heartbeat_url, self.is_well).beat
            work.append(
                Recurring("heartbeat", beat, lambda: HEARTBEAT_EVERY, TIDY_LIMIT, at_once=False)
            )
        return work

    async def tick(self) -> None:
        """Do what is due."""
        self._true_time.confirm()
        self._controller.apply(Tick())
        self._vitals.ticked()
        self._poller.notice_silence()
        self._hearing.look()
        self._login.look()
        self._door.look()

    async def look(self) -> None:
        """Look at the clip list; the first time after what was said while nobody listened.

        A /disarm of then has to be carried out before the clips that came after it are judged.
        """
        wait = FIRST_WORDS - self._vitals.age(None)
        if wait > 0 and not self._vitals.caught_up.is_set():
            with suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self._vitals.caught_up.wait()
        await self._poller.poll()

    async def save(self) -> None:
        """Try again what the disk refused."""
        self._controller.retry()

    async def tidy(self) -> None:
        await self._housekeeping.tidy()
        if self._vitals.bot_username:
            await self._menus.bring_up_to_date(self._controller.state)

    def is_well(self) -> bool:
        """Tell whether tick, poll, devices and update loop all work."""
        return self._vitals.all_fresh(self._poller.overdue_after)

    def look_limit(self) -> float:
        """Return the seconds after which another sign of a look at the clip list is overdue."""
        return self._poller.interval + PAGE_LIMIT

    @property
    def _devices_every(self) -> float:
        # Until the devices are known a person waits for them.
        return DEVICES_EVERY if self._controller.state.cameras else self._config.poll_armed
