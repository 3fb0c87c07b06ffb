"""One full story, told to a program that may die anywhere."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from simulator.telegram import SentMessage
from tests.faults.mortal_home import MortalHome


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
    """What happens in a home, and what comes of it."""

    home: MortalHome

    async def tell(self) -> Outcome:
        """Arm, burst, alert, call, acknowledge, second burst, disarm; return what came of it."""
        try:
            await self.home.open()
            await self._play()
            await self._quiet()
            await self.home.stop()
            return self._outcome()
        finally:
            await self.home.close()

    async def _play(self) -> None:
        town = self.home.town
        town.ann.write("/arm")
        await self.home.until(town.blink.armed, "Blink is armed")
        await self.home.until(lambda: self._says("rmed"), "armed in chat")
        town.burst("Front Door", "Hall")
        await self.home.until(lambda: len(self._alerts()) >= 1, "the alert")
        await self.home.until(lambda: len(town.twilio.calls) >= 1, "the call")
        town.ann.press("Acknowledge", message=self._alerts()[-1])
        await self.home.until(lambda: self._says("Acknowledged by Ann"), "the acknowledgement")
        # Blink's times are whole seconds: the second burst must lie after the acknowledgement.
        await asyncio.sleep(1.1)
        first = {alert.id for alert in self._alerts()}
        town.burst("Garage", "Garden")
        await self.home.until(lambda: {a.id for a in self._alerts()} - first, "the second alert")
        await self.home.until(lambda: len(self._alarm_calls()) >= 2, "the second call")
        await self.home.until(lambda: all(c.over for c in town.twilio.calls), "the end of the call")
        town.ann.write("/disarm")
        await self.home.until(lambda: self._says("isarmed"), "disarmed in chat")
        await self.home.until(lambda: not town.blink.networks[0].armed, "Blink is disarmed")

    async def _quiet(self) -> None:
        """Wait until nothing more is to be done."""
        calm = 0
        for _ in range(600):
            calm = calm + 1 if self._is_calm() else 0
            if calm >= 10:
                return
            await asyncio.sleep(0.05)
        raise AssertionError(f"it never became quiet\n{self.home.shown()}")

    def _is_calm(self) -> bool:
        town = self.home.town
        state = self.home.state()
        return (
            state is not None
            and not state.outbox
            and not state.armed
            and not town.telegram.pending_updates
            and all(call.over for call in town.twilio.calls)
        )

    def _alerts(self) -> list[SentMessage]:
        return [
            m
            for m in self.home.town.ann.chat.messages
            if m.from_bot and any("ALARM" in text.split("\n")[0] for text in _versions(m))
        ]

    def _alarm_calls(self) -> list[Any]:
        return [c for c in self.home.town.twilio.calls if "is over" not in c.twiml]

    def _says(self, wanted: str) -> bool:
        return any(
            m.from_bot and any(wanted in text for text in _versions(m))
            for m in self.home.town.ann.chat.messages
        )

    def _outcome(self) -> Outcome:
        town, state = self.home.town, self.home.state()
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


def _versions(message: SentMessage) -> list[str]:
    return [message.text, *(version.text for version in message.edits)]
