"""A home with a schedule, whose clock a cloud has confirmed."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from alarm.core.clock_commands import (
    ArmLater,
    DropPlan,
    EndVacation,
    GoOnVacation,
    KeepHold,
    SetWindow,
    SkipArming,
)
from alarm.core.commands import Arm, Disarm
from alarm.core.draft import Decision
from alarm.core.events import Homescreen, Network
from alarm.core.inputs import DevicesSeen, EventsListed, Started
from alarm.core.schedule.calendar import Calendar, Timing
from alarm.core.schedule.windows import EVERY_DAY, Schedule, Window
from alarm.core.settings import Mode, ModeSettings, PanelState
from alarm.core.state import UNKNOWN_AREA, Area, State
from storage.codec import Codec
from tests.core.home import ANN, GARDEN, HOUSE, Home, household

BERLIN = ZoneInfo("Europe/Berlin")
AWAY, HOME, NIGHT = Mode.AWAY, Mode.HOME, Mode.NIGHT
NIGHTS = Window(EVERY_DAY, 22 * 60, 6 * 60 + 30, NIGHT, 1)
DAYS_OUT = Window((0, 1, 2, 3, 4), 8 * 60, 17 * 60, AWAY, 2)
_CODEC: Codec[State] = Codec(State)


def berlin(text: str) -> datetime:
    """Return a moment in Berlin; a time alone is one of Wednesday, 4 March 2026."""
    full = text if "-" in text else f"2026-03-04 {text}"
    return datetime.fromisoformat(full).replace(tzinfo=BERLIN).astimezone(UTC)


class TimedHome(Home):
    """Lives in Berlin; what happens is named by the clock on the wall."""

    def wait(self, duration: timedelta) -> Decision:
        """Let Blink follow, then time go by, then tick."""
        known = [area for area in self.state.areas.values() if area.network_id != UNKNOWN_AREA]
        wishes = {area.network_id: area.wish for area in known if area.wish}
        if any(not wish.confirmed for wish in wishes.values()):
            armed = {key for key, wish in wishes.items() if wish.armed}
            self.do(DevicesSeen(networks_seen(known, armed)))
        return super().wait(duration)

    def at(self, text: str) -> Decision:
        """Let time go by in one step up to a moment, then tick."""
        return self.wait(berlin(text) - self.now)

    def tick_through(self, text: str, step: timedelta = timedelta(seconds=20)) -> None:
        """Let time go by up to a moment, in small steps."""
        until = berlin(text)
        while self.now < until:
            self.wait(min(step, until - self.now))

    def restart(self) -> None:
        """End and start the program: the state goes through the disk, the clock is unconfirmed."""
        self.state = _CODEC.decode(_CODEC.encode(self.state))
        self.do(Started())

    def confirm(self, skew: timedelta = timedelta(0)) -> None:
        """Let a cloud confirm the clock."""
        self.do(EventsListed((), skew))

    def hold(
        self, until: str, *, armed: bool, mode: Mode = AWAY, area: str | None = None
    ) -> Decision:
        moment = berlin(until)
        if armed:
            return self.do(Arm(self.actor(ANN), mode, area, moment))
        return self.do(Disarm(self.actor(ANN), area=area, until=moment))

    def later(self, at: str, mode: Mode = AWAY, until: str = "") -> Decision:
        end = berlin(until) if until else None
        return self.do(ArmLater(self.actor(ANN), berlin(at), mode, until=end))

    def drop_plan(self, *areas: str) -> Decision:
        return self.do(DropPlan(self.actor(ANN), areas))

    def keep(self, until: str, by: timedelta | None = None, *areas: str) -> Decision:
        return self.do(KeepHold(self.actor(ANN), berlin(until), by, areas))

    def skip(self, at: str, by: timedelta | None = None, *areas: str) -> Decision:
        return self.do(SkipArming(self.actor(ANN), berlin(at), by, areas))

    def leave(self, until: str) -> Decision:
        return self.do(GoOnVacation(self.actor(ANN), berlin(until)))

    def come_home(self) -> Decision:
        return self.do(EndVacation(self.actor(ANN)))

    def set_window(self, window: Window) -> Decision:
        return self.do(SetWindow(self.actor(ANN), window))

    def is_now(self, network: str = HOUSE) -> str:
        """Return "disarmed", "armed night", "arming away"."""
        area = self.state.areas[network]
        mode = "" if area.panel is PanelState.DISARMED else f" {area.mode.value}"
        return f"{area.panel.value}{mode}"

    @property
    def timing(self) -> Timing:
        return self.area.timing


def networks_seen(areas: Iterable[Area], armed: Container[str] = ()) -> Homescreen:
    """Return what Blink shows of a home's areas, and which of them are armed."""
    networks = [Network(area.network_id, area.name, area.network_id in armed) for area in areas]
    return Homescreen(tuple(networks), ())


def two_areas(*windows: Window, at: str = "12:00") -> TimedHome:
    """Return a disarmed house and garden."""
    return home_with(*windows, at=at, areas={HOUSE: "House", GARDEN: "Garden"})


def home_with(
    *windows: Window,
    at: str = "12:00",
    settled: bool = True,
    areas: Mapping[str, str] = MappingProxyType({HOUSE: "House"}),
) -> TimedHome:
    """Return a disarmed home with a schedule, in which all modes are set up."""
    known = {key: Area(key, name, armed_at_blink=False) for key, name in areas.items()}
    state = replace(household(), areas=known)
    modes = {
        AWAY: ModeSettings(),
        HOME: ModeSettings(exit_delay=timedelta(0)),
        NIGHT: ModeSettings(exit_delay=timedelta(0)),
    }
    state = replace(
        state,
        settings=replace(state.settings, zone="Europe/Berlin", modes=modes),
        calendar=Calendar(Schedule(windows)),
    )
    home = TimedHome(state, berlin(at))
    home.do(DevicesSeen(networks_seen(known.values()), timedelta(0)))
    if settled:
        home.do(EventsListed((), timedelta(0)))
        home.wait(timedelta(0))
    return home
