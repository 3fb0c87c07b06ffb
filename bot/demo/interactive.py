"""Play on by hand: chat, cameras, buttons and the phone, from one line of text each."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable

from bot.demo.prompt import Prompt
from bot.demo.script import CLIP_LIST
from bot.demo.stage import PHONE, Missed, Stage
from bot.demo.transcript import Transcript
from simulator.twilio import BUSY, NO_ANSWER, Behaviour, human

SKIP, QUIT, HELP = "!skip", "!quit", "!help"
# Seconds that the next line waits for the answer to this one, as a person would.
ANSWER_LIMIT = 3.0


class Playground:
    """Run the lines of a prompt. Lines that come while the story is told wait for its end."""

    def __init__(self, stage: Stage, transcript: Transcript, prompt: Prompt) -> None:
        self._stage = stage
        self._tell = transcript
        self._prompt = prompt
        self._waiting: list[str] = []
        self._ended = False  # no more lines come
        self._over = False  # the person has had enough
        self._phones: dict[str, tuple[Behaviour, str]] = {
            "busy": (BUSY, "engaged"),
            "answer": (human(listens=stage.pace.listens), "picked up"),
            "none": (NO_ANSWER, "left to ring"),
        }

    async def taken_over(self) -> None:
        """Return when the person does not want to wait for the end of the story."""
        while (line := await self._prompt.line()) is not None:
            words = line.strip()
            self._over = words == QUIT
            if words in (SKIP, QUIT):
                return
            self._waiting.append(words)
        self._ended = True
        await asyncio.Event().wait()

    async def play(self) -> None:
        """Do what each line says until it says that it is enough, or no more come.

        Raises Missed when the program ends meanwhile.
        """
        if self._over or (self._ended and not self._waiting):
            return
        self._tell.part("Your turn", "Everything keeps running. You play Ann and the burglar.")
        self._help()
        for waiting in self._waiting:
            await self._run(waiting)
        while not (self._ended or self._over):
            line = await self._next_line()
            self._ended = line is None
            await self._run((line or "").strip())

    async def _next_line(self) -> str | None:
        typing = asyncio.create_task(self._prompt.line())
        try:
            await self._stage.until("the next line", typing.done, float("inf"))
        finally:
            typing.cancel()
        return typing.result()

    async def _run(self, line: str) -> None:
        word, argument = (*line.split(maxsplit=1), "", "")[:2]
        if self._over or not line:
            return
        if not line.startswith("!"):
            self._stage.ann.write(line)
            await self._answered()
            return
        match word.casefold():
            case "!motion":
                await self._motion(argument)
            case "!press":
                await self._press(argument)
            case "!phone":
                self._phone(argument)
            case "!quit":
                self._over = True
            case "!skip":
                self._tell.remark("The story is over already.")
            case "!help":
                self._help()
            case _:
                self._tell.remark(f"There is no {word}; {HELP} shows what there is.")

    def _help(self) -> None:
        self._tell.table(
            [
                ("/status", "write to the alarm as Ann; /help names its commands"),
                ("!motion Front Door", f"let a camera see something: {', '.join(self._cameras)}"),
                ("!press Acknowledge", "press a button of the chat"),
                ("!phone busy|answer|none", "say what Bob's phone does at the next calls"),
                (f"{HELP}, {QUIT}", "show this again; end the demo"),
            ]
        )

    @property
    def _cameras(self) -> list[str]:
        return [camera.name for _, camera in self._stage.blink.devices()]

    async def _motion(self, wanted: str) -> None:
        found = [name for name in self._cameras if name.casefold() == wanted.casefold()]
        if not found:
            self._tell.remark(f"Name a camera: {', '.join(self._cameras)}.")
            return
        looks = self._stage.blink.count(CLIP_LIST)
        self._stage.motion(found[0])
        await self._until(lambda: self._stage.blink.count(CLIP_LIST) > looks + 1)

    async def _press(self, wanted: str) -> None:
        shown = [
            button.text
            for message in self._stage.ann.chat.messages
            if not message.deleted
            for row in message.buttons
            for button in row
            if button.data
        ]
        if not wanted or not any(wanted.casefold() in text.casefold() for text in shown):
            names = ", ".join(dict.fromkeys(shown)) or "none now"
            self._tell.remark(f"Name a button that the chat shows: {names}.")
            return
        self._stage.ann.press(wanted)
        await self._answered()

    def _phone(self, wanted: str) -> None:
        if wanted.casefold() not in self._phones:
            self._tell.remark(f"Say what the phone does: {', '.join(self._phones)}.")
            return
        behaviour, words = self._phones[wanted.casefold()]
        self._stage.twilio.number(PHONE, behaviour)
        self._tell.remark(f"From the next call on the phone is {words}.")

    async def _answered(self) -> None:
        before = self._said
        await self._until(lambda: self._said > before)

    @property
    def _said(self) -> int:
        """How often the bot wrote or edited something."""
        return sum(1 + len(message.edits) for message in self._stage.ann.chat.messages)

    async def _until(self, true: Callable[[], bool]) -> None:
        """Wait a moment; whoever plays by hand sees for himself what does not come."""
        with contextlib.suppress(Missed):
            await self._stage.until("an answer", true, ANSWER_LIMIT)
