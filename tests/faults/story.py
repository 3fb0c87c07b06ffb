"""One full story, told to a program that may die anywhere and is started again each time."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from alarm.blink.tokens import Tokens
from alarm.core.events import Camera, Homescreen, Network
from alarm.core.inputs import Actor, Claim, DevicesSeen, LoginChanged
from alarm.core.state import LoginStatus, State
from bot.config import load_config
from bot.controller import Controller
from bot.first_state import first_state
from bot.watch.login import account_of
from bot.watch.tokens import TokenFile
from simulator.telegram import SentMessage
from simulator.twilio import human
from storage.envelope import Envelope, read_envelope
from storage.sections import sections_of
from storage.store import COPY_NAME, STATE_NAME, StateStore
from tests.e2e.town import ANN_ID, PHONE, Town
from tests.faults import crashing

HARDWARE_ID = "6E1C1D0A-0B46-4B43-9E30-5B5C3C2B1A00"
STEP_SECONDS = 30.0

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["tests.faults.crashing"])


@dataclass(frozen=True)
class Outcome:
    """What is compared: the same for a story with a kill and for one without."""

    panel: str
    incidents: tuple[tuple[str, str, int, int], ...]
    outbox: int
    alerts: int
    calls: int
    over_calls: int
    blink_armed: bool
    signins: int
    codes: int


@dataclass
class Story:
    """A paired, logged-in home; `kills` counts how often the program died."""

    town: Town
    fatal: int = 0
    kills: int = 0
    starts: int = 0
    _process: Any = None
    _keeper: asyncio.Task[None] | None = None
    points: list[str] = field(default_factory=list)

    async def tell(self) -> Outcome:
        """Arm, burst, alert, call, acknowledge, second burst, disarm; return what came of it."""
        await self.town.open()
        try:
            self._prepare()
            self._start()
            self._keeper = asyncio.create_task(self._keep_alive())
            await self._play()
            await self._quiet()
            await self._stop()
            return self._outcome()
        finally:
            await self._stop()
            log = self.town.directory / "points"
            self.points = log.read_text().splitlines() if log.exists() else []
            await self.town.close()

    def _prepare(self) -> None:
        town = self.town
        town.twilio.number(PHONE, human(listens=0.2, rings=0.1))
        town.blink.commands.seconds = 0.1
        town.ann.chat.started = True
        state_dir = town.state_dir
        store: StateStore[State] = StateStore(state_dir, State)
        store.open()
        store.load()
        config = load_config(town.env, [])
        controller = Controller(store, first_state(None, config))
        code = controller.state.claim_code
        controller.apply(Claim(Actor(ANN_ID, "Ann", ANN_ID, 1), code))
        account = account_of(config.blink_email, config.blink_password)
        controller.apply(LoginChanged(LoginStatus.DONE, account))
        network = town.blink.networks[0]
        cameras = tuple(Camera(str(c.id), str(network.id), c.name, c.kind) for c in network.cameras)
        controller.apply(
            DevicesSeen(Homescreen((Network(str(network.id), network.name, False),), cameras))
        )
        issued = town.blink.tokens.issue()
        TokenFile(state_dir).save(
            Tokens(
                access_token=str(issued["access_token"]),
                refresh_token=str(issued["refresh_token"]),
                expires_at=(datetime.now(UTC) + timedelta(hours=4)).timestamp(),
                expires_in=14400.0,
                hardware_id=HARDWARE_ID,
                region=town.blink.tier,
                account_id=town.blink.account_id,
            )
        )
        store.close()
        # What was said while preparing would only be said at the first start.
        self._forget_outbox(state_dir)

    def _forget_outbox(self, state_dir: Path) -> None:
        store: StateStore[State] = StateStore(state_dir, State)
        store.open()
        loaded = store.load()
        assert loaded.state is not None
        store.commit(replace(loaded.state, outbox={}))
        store.close()

    def _start(self) -> None:
        fatal, self.starts = (self.fatal if self.starts == 0 else 0), self.starts + 1
        directory = self.town.directory
        self._process = _context.Process(
            target=crashing.run,
            args=(
                self.town.env,
                str(self.town.state_dir),
                fatal,
                str(directory / "points"),
                str(directory / "console"),
            ),
        )
        self._process.start()

    async def _keep_alive(self) -> None:
        while True:
            if not self._process.is_alive():
                self.kills += 1
                self._process.join()
                self._start()
            await asyncio.sleep(0.02)

    async def _stop(self) -> None:
        if self._keeper is not None:
            self._keeper.cancel()
            self._keeper = None
        if self._process is not None and self._process.is_alive():
            self._process.terminate()
            await self._until(lambda: not self._process.is_alive(), "the end")
        if self._process is not None:
            self._process.join()

    async def _play(self) -> None:
        town = self.town
        town.ann.write("/arm")
        await self._until(town.blink.armed, "Blink is armed")
        await self._until(lambda: self._says("rmed"), "armed in chat")
        town.burst("Front Door", "Hall")
        await self._until(lambda: len(self._alerts()) >= 1, "the alert")
        await self._until(lambda: len(town.twilio.calls) >= 1, "the call")
        town.ann.press("Acknowledge", message=self._alerts()[-1])
        await self._until(lambda: self._says("Acknowledged by Ann"), "the acknowledgement")
        # Blink's times are whole seconds: the second burst must lie after the acknowledgement.
        await asyncio.sleep(1.1)
        first = {alert.id for alert in self._alerts()}
        town.burst("Garage", "Garden")
        await self._until(lambda: {a.id for a in self._alerts()} - first, "the second alert")
        await self._until(lambda: len(self._alarm_calls()) >= 2, "the second call")
        await self._until(lambda: all(c.over for c in town.twilio.calls), "the end of the call")
        town.ann.write("/disarm")
        await self._until(lambda: self._says("isarmed"), "disarmed in chat")
        await self._until(lambda: not town.blink.networks[0].armed, "Blink is disarmed")

    async def _quiet(self) -> None:
        """Wait until nothing more is to be done."""
        calm = 0
        for _ in range(600):
            calm = calm + 1 if self._is_calm() else 0
            if calm >= 10:
                return
            await asyncio.sleep(0.05)
        raise AssertionError(f"it never became quiet\n{self._shown()}")

    def _is_calm(self) -> bool:
        town = self.town
        state = self._state()
        return (
            state is not None
            and not state.outbox
            and not state.armed
            and not town.telegram.pending_updates
            and all(call.over for call in town.twilio.calls)
        )

    def _state(self) -> State | None:
        """Read the files beside the running program, touching nothing."""
        for name in (STATE_NAME, COPY_NAME):
            found = read_envelope(self.town.state_dir / name, "blink-alarm state", 1)
            if isinstance(found, Envelope):
                fields = {s.name: s.decode(found.content) for s in sections_of(State)}
                return State(**fields)
        return None

    def _alerts(self) -> list[SentMessage]:
        return [
            m
            for m in self.town.ann.chat.messages
            if m.from_bot and any("ALARM" in text.split("\n")[0] for text in _versions(m))
        ]

    def _alarm_calls(self) -> list[Any]:
        return [c for c in self.town.twilio.calls if "is over" not in c.twiml]

    def _says(self, wanted: str) -> bool:
        return any(
            m.from_bot and any(wanted in text for text in _versions(m))
            for m in self.town.ann.chat.messages
        )

    def _outcome(self) -> Outcome:
        town, state = self.town, self._state()
        assert state is not None
        calls = self._alarm_calls()
        return Outcome(
            panel=next(iter(state.areas.values())).panel.value,
            incidents=tuple(
                (i.status.value, i.verdict.value, i.event_count, i.waves)
                for i in state.incidents.values()
            ),
            outbox=len(state.outbox),
            alerts=len(self._alerts()),
            calls=len(calls),
            over_calls=len(town.twilio.calls) - len(calls),
            blink_armed=town.blink.armed(),
            signins=town.blink.signins,
            codes=town.blink.codes_sent,
        )

    async def _until(self, true: Callable[[], Any], what: str) -> None:
        try:
            async with asyncio.timeout(STEP_SECONDS):
                while not true():  # noqa: ASYNC110 - what is waited for is in another process
                    await asyncio.sleep(0.02)
        except TimeoutError:
            raise AssertionError(f"it did not come to {what}\n{self._shown()}") from None

    def _shown(self) -> str:
        console = self.town.directory / "console"
        log = console.read_text()[-3000:] if console.exists() else ""
        return f"{self.town.ann.chat.transcript()[-4000:]}\n{log}"


def _versions(message: SentMessage) -> list[str]:
    return [message.text, *(version.text for version in message.edits)]
