"""Notice that commands are not heard although everything else may work, and that it is over."""

from __future__ import annotations

from datetime import timedelta

from alarm.core.inputs import CommandsDeaf, CommandsHeard
from bot.controller import Controller
from bot.vitals import Vitals
from bot.words.hearing import ANOTHER_PROGRAM

# Seconds. A shorter trouble is worth no write.
WORTH_A_WRITE = 60.0


class Hearing:
    """Tell the controller of a deafness that lasts; to be asked every second."""

    def __init__(self, controller: Controller, vitals: Vitals) -> None:
        self._controller = controller
        self._vitals = vitals

    def look(self) -> None:
        """Say what is so now; what was said before changes nothing."""
        vitals = self._vitals
        if self._has_lasting_rival():
            self._deaf(ANOTHER_PROGRAM, vitals.age(vitals.rival_from))
        elif vitals.telegram_trouble:
            silent = vitals.age(vitals.updates_stamp)
            if silent >= WORTH_A_WRITE:
                # The detail in brackets changes from try to try, and each change costs a write.
                self._deaf(vitals.telegram_trouble.partition(" (")[0], silent)
        elif self._is_known_deaf() and vitals.hears and not self._rival_may_return():
            self._controller.apply(CommandsHeard())

    def _is_known_deaf(self) -> bool:
        return self._controller.state.health.deaf_since is not None

    def _has_lasting_rival(self) -> bool:
        """Tell whether another program drives us out again and again."""
        vitals = self._vitals
        if not vitals.has_rival or vitals.rival_from is None or vitals.rival_stamp is None:
            return False
        return vitals.rival_stamp - vitals.rival_from >= WORTH_A_WRITE

    def _rival_may_return(self) -> bool:
        """Tell whether one that made us deaf was here a moment ago; what is heard is luck then."""
        reason = self._controller.state.health.deaf_reason
        return self._vitals.has_rival and reason == ANOTHER_PROGRAM

    def _deaf(self, reason: str, seconds: float) -> None:
        since = self._controller.now() - timedelta(seconds=seconds)
        self._controller.apply(CommandsDeaf(reason, since))
