"""A controller with its disk and its clock, in the test's hands."""

from __future__ import annotations

from pathlib import Path

from alarm.core.actor import Actor
from alarm.core.commands import Arm, Disarm
from alarm.core.inputs import Tick
from alarm.core.settings import PanelState
from alarm.core.state import State
from bot.controller import Controller
from storage.store import StateStore
from tests.bot.running.bench import ANN, NETWORK, opened
from tests.bot.running.hand import Hand
from tests.storage.faults import Disk


class Desk:
    """A controller with its disk and its clock."""

    def __init__(self, directory: Path, state: State) -> None:
        self.directory = directory
        self.disk = Disk()
        self.hand = Hand()
        self.store: StateStore[State] = opened(directory, self.disk.fs)
        self.controller = Controller(self.store, state, self.hand.clock)
        self.updates = 0

    @property
    def state(self) -> State:
        return self.controller.state

    def shows(self, panel: PanelState) -> bool:
        return self.state.areas[NETWORK].panel is panel

    def actor(self) -> Actor:
        self.updates += 1
        return Actor(ANN, "Ann", ANN, self.updates)

    def arm(self) -> None:
        self.controller.apply(Arm(self.actor()))

    def disarm(self) -> None:
        self.controller.apply(Disarm(self.actor()))

    def tick(self) -> None:
        self.controller.apply(Tick())
