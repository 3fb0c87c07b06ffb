"""The household of the soak: three clouds and the whole program, in one process."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from aiohttp import web

import bot.guard
import simulator.twilio.stand_in
from alarm.core.deliveries import Delivery, DeliveryStatus
from alarm.core.incident import IncidentStatus
from alarm.core.settings import PanelState
from alarm.core.state import State
from bot.config import load_config
from bot.house import House
from simulator.blink import BlinkStandIn
from simulator.blink.pictures import make_clip
from simulator.faults import Fault
from simulator.server import StandIn
from simulator.telegram import Deed, Happening, Person, TelegramStandIn
from simulator.twilio import Call, TwilioStandIn, human
from storage.states import state_store
from tests.soak.hand_clock import HandClock

ANN_ID, STRANGER_ID = 1001, 6666
ANNS_PHONE, BOBS_PHONE = "+442079460123", "+442079460124"
ZONE = "Europe/London"
# The longest the time moves at once. The clip list is looked at after each move, and a longer gap
# between two looks counts as an outage.
STRIDE = timedelta(minutes=14)
# The same while an incident is open.
SHORT_STRIDE = timedelta(minutes=5)
# Seconds lived through after each move, in which every job has its turn.
SETTLE = 1.1
# What failed so often waits for the other side to come back, not for the next second.
HOPELESS_AFTER = 3
# Seconds. Longer than the program waits between two tries to reach a cloud.
LONGEST_PUT_OFF = 30.0
# Seconds. Beyond any wait of a program that only has to finish what it is at.
PATIENCE = 600.0


class Switch(StandIn):
    """The dead man's switch that the program beats on."""

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/beat", self._beat)]

    async def _beat(self, _request: web.Request) -> web.Response:
        return web.Response(text="OK")


class Home:
    """Ann's house. `alerts` and `calls` count what reached the people."""

    def __init__(self, clock: HandClock, directory: Path) -> None:
        self._clock = clock
        self.state_dir = directory / "state"
        # Clips pass through here, and nothing may stay.
        self.clips_dir = directory / "clips"
        self.clips_dir.mkdir()
        tempfile.tempdir = str(self.clips_dir)
        self.blink = BlinkStandIn()
        self.telegram = TelegramStandIn(now=clock.now)
        self.twilio = TwilioStandIn()
        self.switch = Switch()
        self.alerts = self.calls = self.starts = 0
        self.blink.clock = clock.now
        self._down: set[StandIn] = set()
        self._stop = asyncio.Event()

    @property
    def now(self) -> datetime:
        return self._clock.now()

    def set_clock(self, wrong_by: float) -> None:
        """Set the host's clock, by hand, to so many seconds beside the true time."""
        self._clock.wrong_by = wrong_by

    @property
    def state(self) -> State:
        return self.house.controller.state

    # -- the program

    async def open(self) -> None:
        """Start the clouds and the program, and let Ann greet the bot."""
        # Given back at the end: other tests run in the same process.
        self._usual = bot.guard.LOOK_EVERY, simulator.twilio.stand_in.WATCH_SECONDS
        # It would take every move of the clock for jobs that stay away.
        bot.guard.LOOK_EVERY = 1e9
        # It has nobody to tell in time, and would run many times a second while a phone rings.
        simulator.twilio.stand_in.WATCH_SECONDS = 60.0
        for cloud in (*self.clouds, self.switch):
            await cloud.start()
        self.ann: Person = self.telegram.person(ANN_ID, "Ann")
        self.stranger: Person = self.telegram.person(STRANGER_ID, "Mallory")
        self.telegram.on_message = self._count_alert
        self.twilio.on_call = self._count_call
        self.twilio.speech_seconds = 5.0
        self.twilio.number(ANNS_PHONE, human())
        self.blink.clip_bytes = make_clip(4096)
        self.ann.start()
        self.start()
        await self.until(lambda: self.state.cameras)

    def start(self) -> None:
        self.starts += 1
        self._stop = asyncio.Event()
        self._store = state_store(self.state_dir)
        self._store.open()
        loaded = self._store.load()
        assert not loaded.notes, loaded.notes
        self.house = House(load_config(self._env(), []), self.state_dir, self._store, loaded)
        self._program = asyncio.create_task(self.house.run(self._stop), name="program")

    async def stop(self) -> None:
        self._stop.set()
        await self._program
        self._store.close()

    async def restart(self) -> None:
        await self.stop()
        self.start()
        await asyncio.sleep(SETTLE)

    async def close(self) -> None:
        bot.guard.LOOK_EVERY, simulator.twilio.stand_in.WATCH_SECONDS = self._usual
        await self.stop()
        for cloud in (*self.clouds, self.switch):
            await cloud.stop()

    # -- the clouds

    @property
    def clouds(self) -> tuple[StandIn, ...]:
        return self.blink, self.telegram, self.twilio

    def is_down(self, cloud: StandIn) -> bool:
        return cloud in self._down

    async def down(self, cloud: StandIn, weather: Fault) -> None:
        """Let a cloud fail until it is up again."""
        self._down.add(cloud)
        cloud.faults.add(".*", weather)
        # A long poll under way would not notice for many strides.
        self.stranger.write("Is anybody there?")
        await asyncio.sleep(SETTLE)

    async def up(self, cloud: StandIn) -> None:
        """Let a cloud work again, and the program try once more what it had to put off."""
        cloud.faults.clear()
        self._down.discard(cloud)
        await asyncio.sleep(LONGEST_PUT_OFF)

    def forget(self) -> None:
        """Keep what the stand-ins remember small: only the program's memory is of interest."""
        for cloud in (*self.clouds, self.switch):
            cloud.forget()

    def _count_alert(self, happening: Happening) -> None:
        first = happening.text.split("\n")[0]
        if happening.deed is Deed.SENT and ("ALARM" in first or "TEST" in first):
            self.alerts += 1

    def _count_call(self, call: Call) -> None:
        self.calls += call.status == "queued"

    # -- time

    async def pass_until(self, moment: datetime) -> None:
        """Let time pass: second by second while something is on its way, else in strides."""
        while self.now < moment:
            assert not self._program.done(), self._program.exception()
            if self.busy:
                await asyncio.sleep(1.0)
            else:
                await self._leap(min(moment - self.now, self._stride()))

    async def _leap(self, stride: timedelta) -> None:
        # Due before the tick, which would find that nobody has looked for minutes.
        self.house._jobs.run_now("poll")
        self._clock.jump(stride.total_seconds())
        await asyncio.sleep(SETTLE)

    async def until(self, true: Callable[[], object]) -> None:
        """Wait for what must come soon."""
        async with asyncio.timeout(PATIENCE):
            while not true():  # noqa: ASYNC110 - what is waited for is told by nobody
                await asyncio.sleep(0.1)

    @property
    def busy(self) -> bool:
        """Tell whether something is on its way that cannot wait for a stride."""
        return any(map(_hurries, self.state.outbox.values()))

    @property
    def watching(self) -> bool:
        """Tell whether a burst would ring now, unless one rang already."""
        return all(area.panel is PanelState.ARMED for area in self.state.areas.values())

    def _stride(self) -> timedelta:
        """Return how long nothing is due, at most a stride."""
        state, now = self.state, self.house.controller.now()
        waves = [i.wave for i in state.incidents.values() if i.wave is not None]
        due = [area.deadline for area in state.areas.values()]
        due += [wave.deadline for wave in waves] + [wave.next_round for wave in waves]
        ahead = [at - now for at in due if at is not None and at > now]
        calm = all(i.status is IncidentStatus.CLOSED for i in state.incidents.values())
        return min([STRIDE if calm else SHORT_STRIDE, *ahead])

    def _env(self) -> dict[str, str]:
        return {
            "TELEGRAM_BOT_TOKEN": self.telegram.token,
            "TELEGRAM_OWNER_ID": str(ANN_ID),
            "BLINK_EMAIL": self.blink.email,
            "BLINK_PASSWORD": self.blink.password,
            "TWILIO_ACCOUNT_SID": self.twilio.account_sid,
            "TWILIO_AUTH_TOKEN": self.twilio.auth_token,
            "TWILIO_FROM_NUMBER": next(iter(self.twilio.owned)),
            "TWILIO_TO_NUMBER": f"{ANNS_PHONE},{BOBS_PHONE}",
            "TELEGRAM_API_URL": self.telegram.url,
            "BLINK_API_URL": self.blink.url,
            "TWILIO_API_URL": self.twilio.url,
            "HEARTBEAT_URL": f"{self.switch.url}/beat",
            "TIMEZONE": ZONE,
        }


def _hurries(delivery: Delivery) -> bool:
    return delivery.status is not DeliveryStatus.PENDING or delivery.attempts < HOPELESS_AFTER
