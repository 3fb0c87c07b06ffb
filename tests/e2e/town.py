"""A town for end-to-end tests: the three clouds on loopback, the people, the real program."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from simulator.blink import BlinkStandIn
from simulator.telegram import Person, SentMessage, TelegramStandIn
from simulator.twilio import Call, TwilioStandIn
from simulator.variables import variables

POLL = "media/changed"
ANN_ID, BOB_ID, STRANGER_ID = 1001, 1002, 6666
PHONE = "+442079460123"
# Seconds from the signal to the end, promised to whoever stops the program.
STOP_LIMIT = 10.0
COMMAND = Path(sys.executable).with_name("blink-alarm")
WITNESS = Path(__file__).with_name("witness")
CHECKOUT = Path(__file__).parents[2]

# A night's pace for tests: polls many times a second, delays of nearly nothing.
QUICK = {
    "ALARM_LOOKBACK_MINUTES": "2",
    "ALARM_THRESHOLD_EVENT_COUNT": "2",
    "ALARM_CYCLES_TOTAL": "2",
    "ALARM_BETWEEN_CYCLES_PAUSE_SECONDS": "0",
    "ALARM_CALL_DELAY_SECONDS": "0",
    "ALARM_EXIT_DELAY_SECONDS": "0",
    "SLEEP_TIME_SECONDS": "0.2",
    "POLL_DISARMED_SECONDS": "0.2",
    "TIMEZONE": "Europe/London",
}


def in_words(message: SentMessage) -> bool:
    """Tell an answer from the pictures that may arrive at any time."""
    return message.media is None


@dataclass
class Town:
    """`env` is what the program is told; change it before `start`."""

    directory: Path
    blink: BlinkStandIn = field(default_factory=BlinkStandIn)
    telegram: TelegramStandIn = field(default_factory=TelegramStandIn)
    twilio: TwilioStandIn = field(default_factory=TwilioStandIn)
    env: dict[str, str] = field(default_factory=dict)
    env_files: list[Path] = field(default_factory=list)
    process: asyncio.subprocess.Process | None = None
    console: list[str] = field(default_factory=list)
    _reader: asyncio.Task[None] | None = None

    async def open(self) -> None:
        for stand_in in (self.blink, self.telegram, self.twilio):
            await stand_in.start()
        self.ann = self.telegram.person(ANN_ID, "Ann")
        self.bob = self.telegram.person(BOB_ID, "Bob")
        self.stranger = self.telegram.person(STRANGER_ID, "Mallory")
        self.blink.commands.seconds = 0.1
        self.twilio.queue_seconds = 0.05
        self.twilio.answer_seconds = 0.2
        self.twilio.ring_seconds = 0.4
        self.twilio.speech_seconds = 0.4
        self.env = QUICK | {
            **variables(self.blink, self.telegram, self.twilio, PHONE),
            "HOME": str(self.directory),
            # A request to anywhere else fails at once; the witness notes what is tried past it.
            "HTTPS_PROXY": "http://127.0.0.1:9",
            "HTTP_PROXY": "http://127.0.0.1:9",
            "ALL_PROXY": "http://127.0.0.1:9",
            "PYTHONPATH": os.pathsep.join([str(WITNESS), str(CHECKOUT)]),
            "WITNESS": str(self.directory / "elsewhere"),
        }

    async def close(self) -> None:
        await self.kill()
        for stand_in in (self.blink, self.telegram, self.twilio):
            await stand_in.stop()

    @property
    def elsewhere(self) -> str:
        """Everything that the program tried to reach outside this machine."""
        notes = self.directory / "elsewhere"
        return notes.read_text() if notes.exists() else ""

    @property
    def state_dir(self) -> Path:
        return self.directory / "state"

    async def start(self, *arguments: str) -> None:
        """Start the real program; returns at once."""
        files = ["--env-file", *map(str, self.env_files)] if self.env_files else []
        self.process = await asyncio.create_subprocess_exec(
            COMMAND,
            "run",
            "--state-dir",
            str(self.state_dir),
            *files,
            *arguments,
            env=self.env,
            cwd=self.directory,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        self._reader = asyncio.create_task(self._read(self.process))

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        async for line in process.stdout:
            self.console.append(line.decode().rstrip("\n"))

    async def stop(self) -> int:
        """Send SIGTERM and return the exit status."""
        assert self.process is not None
        self.process.terminate()
        return await self.ended()

    async def ended(self) -> int:
        """Wait for the program's own end and return the exit status."""
        assert self.process is not None
        async with asyncio.timeout(STOP_LIMIT):
            status = await self.process.wait()
            if self._reader is not None:
                await self._reader
        self.process = None
        return status

    async def kill(self) -> None:
        if self.process is not None:
            with suppress(ProcessLookupError):
                self.process.kill()
            await self.ended()

    # -- what people do

    async def paired(self) -> None:
        """Start, and let Ann claim the bot; returns when the cameras are known."""
        await self.start()
        await self.pair(self.ann)

    async def pair(self, person: Person) -> None:
        code = await self.claim_code()
        person.start(code)
        hello = await self.said("Hello", person)
        await self.until(lambda: self.blink.count("homescreen") > 0)
        # The news of the login would be taken for an answer to what is asked next.
        await self.said(in_words, person, after=hello.id)

    async def claim_code(self) -> str:
        await self.until(lambda: any("/start " in line for line in self.console))
        line = next(line for line in self.console if "/start " in line)
        found = re.search(r"/start (\S+)", line)
        assert found is not None
        return found[1]

    async def armed(self, ago: timedelta = timedelta(0)) -> None:
        """Pair and arm, in Blink's eyes some time ago; returns when Blink is armed."""
        self.blink.skew = -ago
        await self.paired()
        await self.ask("/arm", "armed")
        await self.until(self.blink.armed)
        self.blink.skew = timedelta(0)

    async def own(self, person: Person) -> None:
        """Stop, and start again with one owner more."""
        assert await self.stop() == 0
        self.env["TELEGRAM_OWNER_ID"] = str(person.id)
        await self.start()
        person.start()
        await self.said("Hello", person)

    def burst(self, *cameras: str) -> list[int]:
        return [self.blink.motion(camera) for camera in cameras or ("Front Door", "Hall")]

    async def said(
        self,
        wanted: str | Callable[[SentMessage], bool],
        person: Person | None = None,
        *,
        after: int = 0,
        seconds: float = 25.0,
    ) -> SentMessage:
        """Return the first message that fits; show the console if it never comes."""
        try:
            return await self.telegram.wait_for(
                wanted, chat=(person or self.ann).chat, timeout=seconds, after=after
            )
        except AssertionError as error:
            raise AssertionError("\n".join([str(error), *self.console[-30:]])) from None

    async def ask(
        self,
        text: str,
        wanted: str | Callable[[SentMessage], bool] = in_words,
        person: Person | None = None,
        *,
        date: datetime | None = None,
    ) -> SentMessage:
        """Write something and return the first answer, or the first that fits."""
        person = person or self.ann
        person.write(text, date=date)
        return await self.said(wanted, person, after=person.chat.everything[-1].id)

    async def status(self, person: Person | None = None) -> SentMessage:
        """Ask for the status; of what else may be said meanwhile only this has that button."""

        def is_screen(message: SentMessage) -> bool:
            return any("Refresh" in button.text for row in message.buttons for button in row)

        return await self.ask("/status", is_screen, person)

    async def press(
        self,
        button: str,
        wanted: str | Callable[[SentMessage], bool] = in_words,
        person: Person | None = None,
        *,
        message: SentMessage | None = None,
        stale: bool = False,
    ) -> SentMessage:
        """Press a button and return the first new message that fits."""
        person = person or self.ann
        last = person.chat.everything[-1].id
        person.press(button, message=message, stale=stale)
        return await self.said(wanted, person, after=last)

    async def handled(self, update_id: int) -> None:
        """Wait until the program has confirmed an update."""
        await self.until(lambda: self.telegram.confirmed_offset > update_id)

    async def polled(self, times: int = 3) -> None:
        """Wait for some more looks at the clip list: what was listed before is then known."""
        enough = self.blink.count(POLL) + times
        await self.until(lambda: self.blink.count(POLL) >= enough)

    def alerts(self, person: Person | None = None) -> list[SentMessage]:
        """Return the alerts in a chat, by the word that nothing else begins with."""
        chat = (person or self.ann).chat
        return [m for m in chat.messages if re.match(r"\W*ALARM\b", m.text)]

    def files(self, person: Person | None = None) -> list[SentMessage]:
        return [m for m in (person or self.ann).chat.messages if m.media is not None]

    async def rang(self, number: int) -> Call:
        """Wait for the so-manieth call and return it."""
        await self.until(lambda: len(self.twilio.calls) >= number)
        return self.twilio.calls[number - 1]

    async def until(self, true: Callable[[], bool], seconds: float = 25.0) -> None:
        """Wait for something that no stand-in announces; show the console if it never comes."""
        for _ in range(round(seconds / 0.02)):
            if true():
                return
            if self.process is not None and self.process.returncode is not None:
                raise AssertionError(f"the program ended\n{self}")
            await asyncio.sleep(0.02)
        raise AssertionError(f"it did not happen\n{self}")

    def __str__(self) -> str:
        return "\n".join([*self.console[-30:], self.ann.chat.transcript()])
