"""A paired home whose program may die anywhere and is started again each time."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from alarm.blink.tokens import Tokens
from alarm.core.actor import Actor
from alarm.core.events import Camera, Homescreen, Network
from alarm.core.household_commands import Claim
from alarm.core.inputs import DevicesSeen, LoginChanged
from alarm.core.state import LoginStatus, State
from bot.config import load_config
from bot.controller import Controller
from bot.first_state import first_state
from bot.watch.login import account_of
from bot.watch.tokens import TokenFile
from simulator.twilio import human
from storage.states import state_store
from tests.e2e.town import ANN_ID, PHONE, Town
from tests.faults import crashing
from tests.faults.files import state_beside

HARDWARE_ID = "6E1C1D0A-0B46-4B43-9E30-5B5C3C2B1A00"
TOKEN_LIFE = timedelta(hours=4)
STEP_SECONDS = 30.0

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["tests.faults.crashing"])


@dataclass
class MortalHome:
    """Ann's home, paired and logged in; `kills` counts how often the program died.

    `fatal`: the number of the point at which its first life ends, or the name of the first such
    point; 0 for never. `tokens_left`: how long Blink's access token is still good at the start.
    """

    town: Town
    fatal: int | str = 0
    tokens_left: timedelta = TOKEN_LIFE
    kills: int = 0
    starts: int = 0
    _process: Any = None
    _keeper: asyncio.Task[None] | None = None

    async def open(self) -> None:
        await self.town.open()
        self._prepare()
        self._start()
        self._keeper = asyncio.create_task(self._keep_alive())

    async def close(self) -> None:
        await self.stop()
        await self.town.close()

    @property
    def points(self) -> list[str]:
        """Return the points that were passed, in order."""
        log = self.town.directory / "points"
        return log.read_text().splitlines() if log.exists() else []

    def _prepare(self) -> None:
        town = self.town
        town.twilio.number(PHONE, human(listens=0.2, rings=0.1))
        town.blink.commands.seconds = 0.1
        town.ann.chat.started = True
        state_dir = town.state_dir
        store = state_store(state_dir)
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
                expires_at=(datetime.now(UTC) + self.tokens_left).timestamp(),
                expires_in=TOKEN_LIFE.total_seconds(),
                hardware_id=HARDWARE_ID,
                region=town.blink.tier,
                account_id=town.blink.account_id,
            )
        )
        store.close()
        # What was said while preparing would only be said at the first start.
        self._forget_outbox(state_dir)

    def _forget_outbox(self, state_dir: Path) -> None:
        store = state_store(state_dir)
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

    async def stop(self) -> None:
        if self._keeper is not None:
            self._keeper.cancel()
            self._keeper = None
        if self._process is not None and self._process.is_alive():
            self._process.terminate()
            await self.until(lambda: not self._process.is_alive(), "the end")
        if self._process is not None:
            self._process.join()

    def state(self) -> State | None:
        return state_beside(self.town.state_dir)

    async def until(self, true: Callable[[], Any], what: str) -> None:
        try:
            async with asyncio.timeout(STEP_SECONDS):
                while not true():  # noqa: ASYNC110 - what is waited for is in another process
                    await asyncio.sleep(0.02)
        except TimeoutError:
            raise AssertionError(f"it did not come to {what}\n{self.shown()}") from None

    def shown(self) -> str:
        console = self.town.directory / "console"
        log = console.read_text()[-3000:] if console.exists() else ""
        return f"{self.town.ann.chat.transcript()[-4000:]}\n{log}"
