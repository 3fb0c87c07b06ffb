"""Change things as Blink does: by a command that runs for a while and is asked about."""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, Protocol

OK = 908
FAILED = 999  # any code but 908 means failed; which ones Blink uses is not known
# The first two are about a network, the others about the motion detection of one camera.
Kind = Literal["arm", "disarm", "enable", "disable"]


class Armable(Protocol):
    """A network, as far as a command changes it."""

    id: int
    armed: bool


class Switchable(Protocol):
    """A camera, as far as a command changes it."""

    id: int
    enabled: bool


class Outcome(StrEnum):
    """What becomes of a command that is accepted."""

    DONE = "done"
    FAILED = "failed"  # ends, but not with 908, and changes nothing
    STUCK = "stuck"  # never ends and changes nothing


@dataclass
class Command:
    id: int
    kind: Kind
    network: Armable
    camera: Switchable | None
    outcome: Outcome
    started: float
    polls: int = 0
    complete: bool = False

    @property
    def succeeded(self) -> bool:
        return self.complete and self.outcome is Outcome.DONE

    @property
    def status_code(self) -> int:
        return FAILED if self.complete and not self.succeeded else OK

    def take_effect(self) -> None:
        if self.camera is None:
            self.network.armed = self.kind == "arm"
        else:
            self.camera.enabled = self.kind == "enable"


class Commands:
    """The commands of all networks, one at a time per network.

    A command ends at its poll number `polls`, or `seconds` after it was given, whichever comes
    first; only then something changes. `outcome` holds for commands given from now on.
    `busy` refuses every command, as a sync module does that is at work.
    """

    def __init__(self) -> None:
        self.polls = 2
        self.seconds: float = 1.0
        self.outcome = Outcome.DONE
        self.busy = False
        self.given: list[Command] = []
        self._ids = itertools.count(4000001)

    def give(
        self, kind: Kind, network: Armable, camera: Switchable | None = None
    ) -> Command | None:
        """Start a command; None while the network is busy with another one."""
        self.settle()
        # A stuck command does not hold the network: a test of one could never arm again.
        running = (c for c in self.given if not c.complete and c.outcome is not Outcome.STUCK)
        if self.busy or any(command.network is network for command in running):
            return None
        command = Command(next(self._ids), kind, network, camera, self.outcome, time.monotonic())
        self.given.append(command)
        return command

    def poll(self, network: Armable, command_id: int) -> Command | None:
        """Ask about a command, which counts as one poll; None if there is no such command."""
        for command in self.given:
            if command.id == command_id and command.network is network:
                command.polls += 1
                self.settle()
                return command
        return None

    def forget(self) -> None:
        """Let go of the commands that ended."""
        self.given = [command for command in self.given if not command.complete]

    def settle(self) -> None:
        """End what is due and let it take effect."""
        now = time.monotonic()
        for command in self.given:
            if command.complete or command.outcome is Outcome.STUCK:
                continue
            if command.polls >= self.polls or now - command.started >= self.seconds:
                command.complete = True
                if command.outcome is Outcome.DONE:
                    command.take_effect()
