"""A year in Ann's house: nights and days, burglars, drills, outages, restarts."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import random
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from alarm.core.incident import IncidentKind, IncidentStatus
from simulator.faults import Fault, FaultKind
from simulator.server import StandIn
from tests.soak.home import SETTLE, ZONE, Home
from tests.soak.measure import Counts, Sample, look

Deed = Callable[[], Coroutine[Any, Any, None]]

CAMERAS = ("Front Door", "Garden", "Garage", "Kitchen", "Hall")
# Two events are at least this far apart, so that only bursts make alarms.
SLOT = timedelta(minutes=4)
# When the house is quiet every day, and looked at.
NOON_LOOK = time(14, 0)
ALARM_EVERY_DAYS = 3
# From July on one run of the program lasts: what it hoards would be gone with each restart.
LAST_MONTH_WITH_RESTARTS = 6
# A burst that was seen has become an alarm by then.
BURST_OVER = timedelta(minutes=6)
WEATHER: tuple[Callable[[], Fault], ...] = (
    lambda: Fault(FaultKind.STATUS, status=503),
    lambda: Fault(FaultKind.STATUS, status=429, headers={"Retry-After": "30"}),
    lambda: Fault(FaultKind.DROP),
    lambda: Fault(FaultKind.GARBAGE),
)


@dataclass(order=True)
class Planned:
    at: datetime
    number: int
    do: Deed = field(compare=False)


class Year:
    """Live day after day; what goes wrong is kept in `wrong`."""

    def __init__(self, home: Home, chance: random.Random) -> None:
        self._home = home
        self._chance = chance
        self._zone = ZoneInfo(ZONE)
        self._agenda: list[Planned] = []
        self._numbers = itertools.count()
        self._burst_until = home.now
        self._events = self._bursts = self._drills = 0
        self.samples: list[Sample] = []
        self.wrong: list[str] = []

    @property
    def counts(self) -> Counts:
        incidents = self._home.state.counters.incident
        return Counts(self._events, incidents, self._home.alerts, self._home.calls)

    async def live(self, day: date) -> None:
        """Live through one day, from midnight to midnight."""
        self._plan(day)
        midnight = self._at(day + timedelta(days=1), time(0))
        while self._agenda and self._agenda[0].at < midnight:
            planned = heapq.heappop(self._agenda)
            await self._home.pass_until(planned.at)
            await planned.do()
        await self._home.pass_until(midnight)
        self._home.forget()
        incidents = self._bursts + self._drills
        if self._home.state.counters.incident != incidents:
            self.wrong.append(
                f"{day}: {self._home.state.counters.incident} incidents came of"
                f" {self._bursts} bursts and {self._drills} drills"
            )

    # -- the plan

    def _plan(self, day: date) -> None:
        minutes = self._chance.uniform
        self._on(day, time(7), minutes(-30, 30), self._disarm)
        self._on(day, NOON_LOOK, 0.0, self._look)
        self._on(day, time(17), minutes(0, 120), self._chat)
        night = self._on(day, time(22, 30), minutes(-45, 45), lambda: self._arm(hours=6))
        windows = [(night + timedelta(minutes=20), timedelta(hours=4))]
        if day.weekday() < 5:
            away = self._on(day, time(8, 30), minutes(-15, 15), lambda: self._arm(hours=2))
            self._on(day, time(13), minutes(-30, 0), self._disarm)
            windows.append((away + timedelta(minutes=20), timedelta(hours=2)))
        if self._chance.random() < 1 / ALARM_EVERY_DAYS:
            begin, length = self._chance.choice(windows)
            at = begin + length * self._chance.random()
            self._put(at, lambda: self._burst(begin + length))
        slots = range(int(timedelta(days=1) / SLOT))
        for slot in self._chance.sample(slots, self._chance.randint(5, 40)):
            self._on(day, time(0), slot * SLOT / timedelta(minutes=1), self._motion)
        self._plan_of_month(day)

    def _plan_of_month(self, day: date) -> None:
        home, minutes = self._home, self._chance.uniform
        restarts = day.month <= LAST_MONTH_WITH_RESTARTS
        match day.day:
            case 3 | 17:
                self._on(day, time(0), minutes(0, 1200), lambda: self._outage(home.blink))
            case 7 | 21:
                self._on(day, time(0), minutes(0, 1200), lambda: self._outage(home.telegram))
            case 11 | 25:
                self._on(day, time(0), minutes(0, 1200), lambda: self._outage(home.twilio))
            case 5:
                self._on(day, time(15), 0.0, self._drill)
            case 8:
                self._on(day, time(10), 0.0, _sync(lambda: home.blink.camera_offline("Garden")))
                self._on(day, time(16), 0.0, _sync(lambda: home.blink.camera_online("Garden")))
            case 10 if restarts:
                self._on(day, time(3), minutes(0, 59), home.restart)
            case 12:
                self._on(day, time(16), 0.0, _sync(home.blink.arm))
                self._on(day, time(16), 30.0, _sync(lambda: home.blink.arm(armed=False)))
            case 14:
                self._on(day, time(10), 0.0, _sync(lambda: home.set_clock(90.0)))
                self._on(day, time(18), 0.0, _sync(lambda: home.set_clock(0.0)))
            case 15:
                self._on(day, time(11), 0.0, _sync(home.blink.revoke_access_tokens))
            case 20:
                # What is said now finds a closed chat, until Ann writes again.
                self._on(day, time(14, 45), 0.0, _sync(home.ann.block))
                if restarts:
                    self._on(day, time(15), minutes(0, 59), home.restart)
                self._on(day, time(16), 0.0, _sync(home.ann.unblock))

    def _on(self, day: date, at: time, minutes: float, do: Deed) -> datetime:
        moment = self._at(day, at) + timedelta(minutes=minutes)
        self._put(moment, do)
        return moment

    def _at(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, self._zone).astimezone(self._home.now.tzinfo)

    def _put(self, at: datetime, do: Deed) -> None:
        heapq.heappush(self._agenda, Planned(at, next(self._numbers), do))

    def _later(self, wait: timedelta, do: Deed) -> None:
        self._put(self._home.now + wait, do)

    # -- what people do

    async def _write(self, text: str) -> None:
        self._home.ann.write(text)
        await asyncio.sleep(SETTLE)

    async def _arm(self, *, hours: float) -> None:
        """Arm, or try for so many hours where Telegram cannot be reached."""
        if not self._home.is_down(self._home.telegram):
            await self._write("/arm")
        elif hours > 0:
            self._later(timedelta(minutes=30), lambda: self._arm(hours=hours - 0.5))

    async def _disarm(self) -> None:
        await self._write("/disarm")

    async def _chat(self) -> None:
        if self._home.is_down(self._home.telegram):
            return
        for text in ("/status", "/cameras", "/threshold", "/help", "Good evening"):
            if self._chance.random() < 0.3:
                await self._write(text)
        if self._chance.random() < 0.3:
            await self._write(f"/clip {self._chance.choice(CAMERAS)}")
        if self._chance.random() < 0.1:
            await self._write(f"/threshold {self._chance.choice((2, 3))} in 2m")
        if self._chance.random() < 0.1:
            self._home.stranger.write("Hello?")

    async def _drill(self) -> None:
        if self._home.is_down(self._home.telegram):
            return
        await self._write("/test call")
        if self._unclosed(IncidentKind.DRILL):
            self._drills += 1
            self._later(timedelta(minutes=2), lambda: self._react("Acknowledge"))

    async def _react(self, button: str) -> None:
        """Press a button under the alert, as soon as there is one."""
        home = self._home
        if not any(map(self._unclosed, IncidentKind)):
            if home.now < self._burst_until:
                self._later(timedelta(minutes=1), lambda: self._react(button))
            return
        alerts = [m for m in home.ann.chat.messages if any(map(_is(button), m.buttons))]
        if not alerts or home.is_down(home.telegram):
            self._later(timedelta(minutes=5), lambda: self._react(button))
            return
        home.ann.press(button, message=alerts[-1])
        await asyncio.sleep(SETTLE)
        if button == "Disarm":
            self._later(timedelta(minutes=20), lambda: self._arm(hours=1))

    def _unclosed(self, kind: IncidentKind) -> bool:
        incidents = self._home.state.incidents.values()
        return any(i.kind is kind and i.status is not IncidentStatus.CLOSED for i in incidents)

    # -- what happens to them

    async def _motion(self) -> None:
        self._events += 1
        source = "liveview" if self._chance.random() < 0.1 else "pir"
        listed_after = self._chance.uniform(0.0, 60.0)
        camera = self._chance.choice(CAMERAS)
        self._home.blink.motion(camera, source=source, listed_after=listed_after)

    async def _burst(self, until: datetime) -> None:
        """Break in, if that can be seen now; else some time later."""
        home = self._home
        if not home.watching or home.is_down(home.blink):
            if home.now < until:
                self._later(timedelta(minutes=20), lambda: self._burst(until))
            return
        self._bursts += 1
        self._burst_until = home.now + BURST_OVER
        # More than the largest threshold that Ann ever sets.
        for number in range(self._chance.randint(4, 7)):
            self._later(timedelta(seconds=12 * number), self._motion_of_burst)
        button, wait = self._chance.choice(
            (
                ("Acknowledge", timedelta(seconds=self._chance.uniform(60, 300))),
                # Not while somebody still walks about, which would be the next alarm.
                ("False alarm", timedelta(seconds=self._chance.uniform(120, 300))),
                ("Disarm", timedelta(seconds=self._chance.uniform(120, 300))),
                ("Acknowledge", timedelta(hours=self._chance.uniform(1, 3))),
            )
        )
        self._later(wait, lambda: self._react(button))

    async def _motion_of_burst(self) -> None:
        self._events += 1
        listed_after = self._chance.uniform(5.0, 45.0)
        self._home.blink.motion(self._chance.choice(CAMERAS), listed_after=listed_after)

    async def _outage(self, cloud: StandIn) -> None:
        """Take a cloud away for minutes or hours; not in the middle of a break-in."""
        if self._home.now < self._burst_until:
            self._later(BURST_OVER, lambda: self._outage(cloud))
            return
        await self._home.down(cloud, self._chance.choice(WEATHER)())
        length = timedelta(minutes=self._chance.choice((5.0, 30.0, 120.0, 240.0)))
        self._later(length, lambda: self._home.up(cloud))

    async def _look(self) -> None:
        """Look at the program when the day's first half has come to rest."""
        home = self._home
        if any(map(home.is_down, home.clouds)):
            self._later(timedelta(minutes=20), self._look)
            return
        await home.until(lambda: not home.busy)
        self.samples.append(await look(home))


def _sync(do: Callable[[], object]) -> Deed:
    async def deed() -> None:
        do()

    return deed


def _is(button: str) -> Callable[[Any], bool]:
    return lambda row: any(shown.text.endswith(button) for shown in row)
