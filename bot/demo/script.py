"""The story of the night, part by part. Each part waits for what it tells of."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from functools import partial

from bot.demo.stage import PHONE, Found, Missed, Stage
from bot.demo.transcript import Transcript
from simulator.telegram import SentMessage
from simulator.twilio import NO_ANSWER, Call, human

# Seconds. No step of the story takes as long, even on a small and busy machine.
START_LIMIT, STEP_LIMIT = 60.0, 20.0
CLAIM = re.compile(r"/start (\S+)")
CLIP_LIST = "media/changed"


class Script:
    """The parts in their order; any of them raises Missed when the program does not play along."""

    def __init__(self, stage: Stage, transcript: Transcript, *, step_limit: float = STEP_LIMIT):
        self._stage = stage
        self._tell = transcript
        self._limit = step_limit

    async def pairing(self) -> None:
        stage, ann = self._stage, self._stage.ann
        self._tell.part(
            "Pairing",
            "A new alarm has no owner. Its console shows a code: whoever sends it owns the alarm.",
        )
        code = await self._wait("the code on the program's console", self._code, START_LIMIT)
        self._tell.console(next(line for line in stage.program.console if code in line))
        await self._read()
        before = self._newest
        ann.start(code)
        await self._said("a greeting", "Hello", before)
        await self._said("the login to Blink", "Logged in to Blink", before)
        await self._wait("the list of cameras", lambda: stage.blink.count("homescreen"))

    async def night(self) -> None:
        """Play everything from the first /arm to the last /disarm."""
        for part in (
            self._arming,
            self._one_event,
            self._burst,
            self._first_call,
            self._second_call,
            self._acknowledge,
            self._clip,
            self._status,
            self._disarm,
        ):
            await self._read()
            await part()
        await self._read()

    async def _arming(self) -> None:
        self._tell.part("Leaving the house", "Ann arms the alarm and has a moment to walk out.")
        answer = await self._ask("/arm", "an answer to /arm", _arms)
        await self._wait("the end of the exit delay", lambda: _is_armed(answer))
        await self._wait("Blink's own arming", lambda: self._stage.shown_armed)

    async def _one_event(self) -> None:
        stage = self._stage
        self._tell.part(
            "One event",
            "Something moves in the garden, a cat perhaps. One event alone is no alarm.",
        )
        before, looks = self._newest, stage.blink.count(CLIP_LIST)
        stage.motion("Garden")
        # The first of them may have been on its way already.
        await self._wait(
            "the program's look at the clips", lambda: stage.blink.count(CLIP_LIST) > looks + 1
        )
        await asyncio.sleep(stage.pace.lone)
        if self._newest > before or stage.twilio.calls:
            raise Missed("the silence after a single event did not last: it was told")
        self._tell.remark("No message, no call: the night stays quiet.")

    async def _burst(self) -> None:
        stage = self._stage
        self._tell.part(
            "A burst",
            "Now the front door: a second event within two minutes, and two are an alarm. "
            "Then the hall.",
        )
        bob = human(listens=stage.pace.listens)
        stage.twilio.number(PHONE, NO_ANSWER, bob)
        before = self._newest
        stage.motion("Front Door")
        await asyncio.sleep(stage.pace.steps)
        stage.motion("Hall")
        self._alert = await self._said("the alarm in the chat", "ALARM", before)
        await self._wait("a picture of it", partial(self._find, before, _is_picture))
        # They come one by one; the phone does not wait for the last.
        await self._wait("all the clips", lambda: self._clips(before) >= 3 or stage.twilio.calls)

    async def _first_call(self) -> None:
        self._tell.part(
            "Nobody reacts",
            "Ann sleeps. When nobody presses a button in time, Bob's phone rings.",
        )
        call = await self._call(1)
        await self._wait("the end of the first call", lambda: call.over)
        await self._wait("the outcome in the alert", lambda: "no answer" in self._alert.text)

    async def _second_call(self) -> None:
        self._tell.part(
            "Nobody picked up",
            "A second call soon after the first also passes a phone's do-not-disturb.",
        )
        call = await self._call(2)
        await self._wait("the end of the second call", lambda: call.over)
        if call.status != "completed":
            raise Missed(f"a conversation did not come, the second call was {call.status}")
        await self._wait("the outcome in the alert", lambda: "answered" in self._alert.text)

    async def _acknowledge(self) -> None:
        self._tell.part(
            "Acknowledge",
            "Bob wakes Ann. An answered call is not enough: a person has to say so in the chat.",
        )
        await self._wait("the button Acknowledge", partial(_has, self._alert, "Acknowledge"))
        self._stage.ann.press("Acknowledge", message=self._alert)
        await self._wait(
            "the acknowledgement in the alert", lambda: "Acknowledged by Ann" in self._alert.text
        )

    async def _clip(self) -> None:
        self._tell.part("A look", "Ann wants to see what the cameras recorded last.")
        await self._ask("/clip", "the clip", _is_clip)

    async def _status(self) -> None:
        self._tell.part("How things stand", "/status tells everything at a glance, at any time.")
        await self._ask("/status", "the status", lambda m: "riggered" in m.text)

    async def _disarm(self) -> None:
        self._tell.part(
            "All clear",
            "The police found nobody. Disarming ends the alarm, and Bob's phone tells him so.",
        )
        await self._ask("/disarm", "an answer to /disarm", lambda m: "isarmed" in m.text)
        await self._wait("Blink's own disarming", lambda: not self._stage.shown_armed)
        await self._wait("the end of the alarm", lambda: "over" in self._alert.text)
        call = await self._call(3)
        await self._wait(
            "the end of the third call", lambda: call in self._stage.twilio.calls and call.over
        )

    # -- what the parts are made of

    async def _read(self) -> None:
        """Leave the reader time for what stands there."""
        await asyncio.sleep(self._stage.pace.read)

    async def _wait(
        self, what: str, look: Callable[[], Found | None], seconds: float | None = None
    ) -> Found:
        return await self._stage.until(what, look, seconds or self._limit)

    async def _ask(
        self, command: str, what: str, fits: Callable[[SentMessage], bool]
    ) -> SentMessage:
        """Let Ann write a command and return the answer."""
        before = self._newest
        self._stage.ann.write(command)
        return await self._wait(what, lambda: self._find(before, fits))

    async def _said(self, what: str, words: str, after: int) -> SentMessage:
        return await self._wait(what, lambda: self._find(after, lambda m: words in m.text))

    async def _call(self, number: int) -> Call:
        """Wait for the so-manieth call to ring and return it."""
        ordinal = ("first", "second", "third")[number - 1]
        calls = await self._wait(
            f"the {ordinal} call",
            lambda: [call for call in self._stage.twilio.calls if "ringing" in call.times][
                number - 1 :
            ],
            self._limit + self._stage.pace.abort_window,
        )
        return calls[0]

    def _find(self, after: int, fits: Callable[[SentMessage], bool]) -> SentMessage | None:
        messages = self._stage.ann.chat.messages
        return next((m for m in messages if m.id > after and fits(m)), None)

    def _clips(self, after: int) -> int:
        messages = self._stage.ann.chat.messages
        return sum(message.id > after and _is_clip(message) for message in messages)

    @property
    def _newest(self) -> int:
        """The number of the newest message in the chat."""
        return self._stage.ann.chat.next_id - 1

    def _code(self) -> str:
        found = (CLAIM.search(line) for line in self._stage.program.console)
        return next((match[1] for match in found if match), "")


def _is_picture(message: SentMessage) -> bool:
    return message.photo is not None


def _is_clip(message: SentMessage) -> bool:
    return message.video is not None


def _has(message: SentMessage, button: str) -> bool:
    return any(shown.text == button for row in message.buttons for shown in row)


def _arms(message: SentMessage) -> bool:
    return "arm" in message.text.casefold()


def _is_armed(message: SentMessage) -> bool:
    headline = message.text.partition("\n")[0].casefold()
    return "armed" in headline and "arming" not in headline
