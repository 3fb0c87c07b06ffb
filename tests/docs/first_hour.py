"""`make first-hour`: live a first hour with the real program, and write down what was said.

The page `docs/first-hour.md` is what this prints; a test compares the two.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from simulator.telegram import Person, SentMessage
from tests.e2e.town import Town

PAGE = Path(__file__).parents[2] / "docs" / "first-hour.md"
TITLE = """# The first hour

What a new owner writes and presses, and what the bot answers, from the first start on. Every
answer below is one that the program gave: `make first-hour` lives the hour anew against stand-ins
of the three clouds and writes this page, and a test compares it with what the program says now.
Clock times stand for whatever time it is then.
"""
# Whatever differs from hour to hour is replaced by an example of it.
EXAMPLES = (
    (r"(?<=start=)[\w-]{10,}|(?<=/start )[\w-]{10,}", "kX3-9_abcDEF"),
    (r"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b(?= (19|20):)", "Sun"),
    # A minute of 19 or 20 is no hour.
    (r"(?<!:)\b(19|20):\d\d\b(?!:)", "19:00"),
    (r"\bin \d+ s\b", "in 60 s"),
    (r"\b\d+ (s|min) ago\b|\bjust now\b", "5 s ago"),
    (r"\bin [34] h( \d+ min)?\b", "in 3 h 59 min"),
)
EVENING = 19
# The first of these in a message is taken for seven o'clock, the others keep their distance.
EXACT = re.compile(r"\b(?:19|20):\d\d:\d\d\b")


def steady(text: str) -> str:
    for pattern, example in EXAMPLES:
        text = re.sub(pattern, example, text)
    times = [datetime.strptime(found, "%H:%M:%S") for found in EXACT.findall(text)]  # noqa: DTZ007

    def moved(found: re.Match[str]) -> str:
        at = datetime.strptime(found[0], "%H:%M:%S")  # noqa: DTZ007
        return f"{times[0].replace(hour=EVENING, minute=0, second=0) + (at - times[0]):%H:%M:%S}"

    return EXACT.sub(moved, text)


class Hour:
    """Ann's first hour; Bob joins her."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.lines: list[str] = [TITLE]

    def part(self, title: str, sentence: str) -> None:
        self.lines += [f"\n## {title}\n\n{sentence}\n"]

    async def write(self, text: str, *fits: str, by: Person | None = None) -> SentMessage:
        """Let somebody write, and note the answers that hold these words."""
        person = by or self.town.ann
        last = person.chat.everything[-1].id if person.chat.everything else 0
        person.write(text)
        self._note(person.name, steady(text))
        return await self._answers(person, last, fits)

    async def press(self, button: str, message: SentMessage, *fits: str) -> SentMessage:
        """Let Ann press a button, and note what the message or a new one says then."""
        ann = self.town.ann
        last = ann.chat.everything[-1].id
        if fits and fits[0].startswith("="):
            ann.press(button, message=message)
            self._note("Ann", f"presses [{button}]")
            wanted = fits[0][1:]
            await self.town.until(lambda: wanted in f"{message.text} {message.buttons}")
            self._bot(message)
            return message
        ann.press(button, message=message)
        self._note("Ann", f"presses [{button}]")
        return await self._answers(ann, last, fits)

    async def hears(self, person: Person, *fits: str) -> SentMessage:
        """Note what somebody is told."""
        return await self._answers(person, 0, fits, to=person.name)

    async def _answers(
        self, person: Person, last: int, fits: tuple[str, ...], to: str = ""
    ) -> SentMessage:
        message: SentMessage | None = None
        for words in fits:
            message = await self.town.said(_holding(words), person, after=last)
            # What it says first of Blink is soon edited away.
            await self.town.until(lambda m=message: "not confirmed" not in m.text)  # type: ignore[misc]
            self._bot(message, to)
        assert message is not None
        return message

    def _note(self, who: str, text: str) -> None:
        self.lines.append(f"**{who}:** {text}\n")

    def _bot(self, message: SentMessage, to: str = "") -> None:
        quoted = "\n".join(f"> {line}".rstrip() for line in steady(message.text).split("\n"))
        keys = [" ".join(f"[{button.text}]" for button in row) for row in message.buttons]
        shown = "".join(f"\n> `{steady(row)}`  " for row in keys)
        heading = f"> *to {to}:*  \n" if to else ""
        quoted = re.sub(r"(?m)(?<=\S)$", "  ", quoted)
        self.lines.append(f"{heading}{quoted}{shown}\n")


def _holding(words: str) -> Callable[[SentMessage], bool]:
    return lambda message: words in message.text


def evening_zone(utc_hour: int) -> str:
    """Return a zone in which it is evening now, so that the next night is always to come."""
    east = (EVENING - utc_hour + 11) % 24 - 11
    # The names of these zones count westwards.
    return f"Etc/GMT{-east:+d}"


async def live(town: Town) -> str:
    """Live the hour in a town that is open, and return the page."""
    hour = Hour(town)
    # Nothing of this hour waits for a delay, so they may be those of a real home.
    for name in ("EXIT_DELAY", "CALL_DELAY", "BETWEEN_CYCLES_PAUSE"):
        del town.env[f"ALARM_{name}_SECONDS"]
    town.env["TIMEZONE"] = evening_zone(datetime.now(UTC).hour)
    town.blink.two_factor = "202"
    await town.start()
    code = await town.claim_code()
    await town.until(lambda: town.telegram.being_polled)
    hour.part(
        "The bot gets an owner",
        "The program prints a code where only the owner of the computer sees it; it works once.",
    )
    console = next(line for line in reversed(town.console) if "/start " in line)
    hour.lines.append(f"```\n{steady(console)}\n```\n")
    await hour.write(f"/start {code}", "Hello")
    hour.part("Blink asks for a code", "As it does for every new device; it comes by SMS.")
    await hour.hears(town.ann, "sent you a code")
    await hour.write("123456", "Logged in")
    await town.polled(2)
    hour.part("What is here?", "One page of help, and how things are now.")
    await hour.write("/help", "raises the alarm")
    await hour.write("/cameras", "cameras ready")
    hour.part("The first arming", "It arms at once, says what is weak, and can be taken back.")
    arming = await hour.write("/arm", "Now arming")
    await hour.press("Cancel", arming, "disarmed")
    hour.part("A night", "The first time it asks which cameras count at night.")
    asked = await hour.write("/arm night", "Which cameras count")
    await hour.press("Hall", asked, "=✅ Hall")
    await hour.press("Garden", asked, "=✅ Garden")
    await hour.press("Done", asked, "Now armed")
    await hour.write("/disarm", "disarmed")
    hour.part("A test alarm", "What an alarm looks like, without a phone that rings.")
    test = await hour.write("/test", "TEST")
    await hour.press("Disarm", test, "Test ended")
    hour.part("Less sensitive", "The same by a command and by buttons.")
    await hour.write("/threshold 3 in 2m", "3 events")
    pages = await hour.write("/settings", "Settings")
    await hour.press("Calls", pages, "=Rounds of calls")
    hour.part("The week", "Armed every night by the clock.")
    await hour.write("/schedule add mon-sun 23:00-6:30 night", "23:00")
    hour.part("Bob comes in", "A link makes him a member; it works once.")
    link = await hour.write("/invite member", "https://t.me/")
    found = re.search(r"start=([\w-]+)", link.html + link.text)
    assert found is not None
    await hour.write(f"/start {found[1]}", "Hello", by=town.bob)
    await hour.hears(town.ann, "Bob")
    await hour.write("/users", "People")
    hour.part("Who is called", "The phone of the configuration is there already.")
    await hour.write("/contacts", "Phone 1")
    await hour.write("/plan", "Phone 1")
    hour.part("How is it now?", "The page to look at before bed.")
    await hour.write("/status", "disarmed")
    hour.part("Always in sight", "Pinned, the same page keeps itself true.")
    await hour.write("/status pin", "disarmed")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(hour.lines)).rstrip() + "\n"


async def main() -> None:
    with tempfile.TemporaryDirectory() as directory:
        town = Town(Path(directory))
        await town.open()
        try:
            PAGE.write_text(await live(town))
        finally:
            await town.close()


if __name__ == "__main__":
    asyncio.run(main())
