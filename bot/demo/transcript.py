"""The transcript: what happens in the chat, on the phone and at the cameras, with times."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, tzinfo

from bot.demo.paper import Ink, Paper, wrap
from simulator.telegram import Deed, Happening, SentMessage
from simulator.twilio import Call

CHAT, PHONE, CAMERA, CONSOLE = "chat", "phone", "camera", "console"
LANES = {CHAT: Ink.CYAN, PHONE: Ink.MAGENTA, CAMERA: Ink.YELLOW, CONSOLE: Ink.DIM}
LANE_WIDTH = max(map(len, LANES)) + 2
BOT = "Bot"
KINDS = {"photo": "picture", "video": "clip", "document": "file"}
RINGS = {
    "busy": "engaged",
    "no-answer": "nobody answers",
    "failed": "the call fails",
    "canceled": "stops ringing: the alarm ends the call",
}

# Which message an edit changed.
_MARK = re.compile(r"\(edits [0-9:]+\) ")


class Transcript:
    """Print each happening as it comes, in the times of `zone`."""

    def __init__(
        self,
        paper: Paper,
        *,
        cameras: Iterable[str] = (),
        phones: Mapping[str, str] | None = None,
        zone: tzinfo = UTC,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.paper = paper
        self.zone = zone
        self._clock = clock
        self._cameras = tuple(cameras)
        self._phones = phones or {}

    # -- the narrator

    def title(self, text: str, *sentences: str) -> None:
        self.paper.line(self.paper.ink(text, Ink.BOLD))
        for sentence in sentences:
            self._prose(sentence, Ink.PLAIN)

    def part(self, name: str, sentence: str) -> None:
        """Open a part of the story: what happens now, and why."""
        self.paper.line()
        self.paper.line(self.paper.ink(f"== {name} ".ljust(self.paper.width, "="), Ink.BOLD))
        self._prose(sentence, Ink.BOLD)

    def remark(self, sentence: str) -> None:
        self._prose(sentence, Ink.PLAIN)

    def table(self, rows: Sequence[tuple[str, str]]) -> None:
        """Print what one can type and what it does, side by side."""
        width = max(len(words) for words, _ in rows)
        for words, meaning in rows:
            left = f"  {words.ljust(width)}  "
            for number, line in enumerate(wrap(meaning, max(self.paper.width - len(left), 1))):
                head = " " * len(left) if number else self.paper.ink(left, Ink.CYAN)
                self.paper.line(f"{head}{line}")

    def _prose(self, sentence: str, ink: Ink) -> None:
        for line in wrap(sentence, self.paper.width):
            self.paper.line(self.paper.ink(line, ink))

    # -- the lanes

    def console(self, text: str) -> None:
        self._row(CONSOLE, text)

    def motion(self, camera: str, recorded: bool) -> None:
        what = "a clip is recorded" if recorded else "nothing is recorded, Blink is disarmed"
        self._row(CAMERA, f"{camera}: motion, {what}")

    def armed(self, armed: bool) -> None:
        words = "armed: motion is recorded" if armed else "disarmed: nothing is recorded any more"
        self._row(CAMERA, f"Blink is {words}")

    def call(self, call: Call) -> None:
        """Print what a phone does now."""
        match call.status:
            case "queued":
                return
            case "ringing":
                words = f"{self._phones.get(call.to, call.to)} rings ..."
            case "in-progress":
                said = " ".join(f'"{line}"' for line in dict.fromkeys(call.lines))
                again = ", again and again" if len(call.lines) > 1 else ""
                words = f"picked up; a voice says{again}: {said}"
            case "completed":
                how = "the alarm ends the call" if call.hung_up_by_api else "hung up"
                words = f"{how} after {call.duration} s"
            case status:
                words = RINGS.get(status, status)
        self._row(PHONE, words)

    def chat(self, happening: Happening) -> None:
        """Print what one sees in the chat now."""
        message = happening.message
        match happening.deed:
            case Deed.WROTE:
                self._row(CHAT, happening.text, who=happening.who, ink=Ink.GREEN)
            case Deed.PRESSED:
                self._row(CHAT, f"presses [{happening.text}]", who=happening.who, ink=Ink.GREEN)
            case Deed.ANSWERED if happening.text:
                self._row(CHAT, f"(for a moment) {happening.text}", who=BOT)
            case Deed.SENT if message is not None:
                self._row(CHAT, self._message(message), who=BOT)
            case Deed.EDITED if message is not None:
                self._row(CHAT, self._edit(message), who=BOT)
            case Deed.DELETED if message is not None:
                self._row(CHAT, f"(deletes {self._sent_at(message)})", who=BOT)

    def _message(self, message: SentMessage) -> str:
        lines = message.text.splitlines()
        if message.media is not None:
            lines = [self._media(message, message.text.replace("\n", " "))]
        return "\n".join([*lines, *_buttons(message)])

    def _media(self, message: SentMessage, caption: str) -> str:
        """Show a picture as its camera, and what else its caption says."""
        kind = KINDS[message.media.kind] if message.media is not None else ""
        camera = next((name for name in self._cameras if name in caption), "")
        if camera:
            kind, caption = f"{kind}: {camera}", caption.replace(camera, "", 1).strip(" ,")
        return f"({kind}) {caption}".rstrip()

    def _edit(self, message: SentMessage) -> str:
        """Show what an edit changed, and which message it was by the time of that."""
        before = message.edits[-1]
        old, new = before.text.splitlines(), message.text.splitlines()
        changed = [line for line in new if line not in old]
        if not changed:
            changed = [f"(no longer: {line})" for line in old if line not in new]
        if message.buttons != before.buttons:
            changed += _buttons(message) or ["(no buttons any more)"]
        first, *rest = changed or ["(other colours)"]
        return "\n".join([f"(edits {self._sent_at(message)}) {first}", *rest])

    def _sent_at(self, message: SentMessage) -> str:
        return f"{message.at.astimezone(self.zone):%H:%M:%S}"

    def _row(self, lane: str, text: str, *, who: str = "", ink: Ink = Ink.PLAIN) -> None:
        """Print a time, a lane and a text that stays to the right of both."""
        paper = self.paper
        time = f"{self._clock().astimezone(self.zone):%H:%M:%S}"
        speaker = f"{who}: " if who else ""
        indent = len(time) + 2 + LANE_WIDTH + len(speaker)
        lines = [
            line
            for paragraph in text.splitlines() or [""]
            for line in wrap(paragraph, max(paper.width - indent, 1))
        ]
        head = (
            f"{paper.ink(time, Ink.DIM)}  "
            f"{paper.ink(lane.ljust(LANE_WIDTH), LANES[lane])}"
            f"{paper.ink(speaker, ink or Ink.DIM)}"
        )
        for number, line in enumerate(lines):
            shown = self._inked(line, ink)
            paper.line((f"{' ' * indent}{shown}" if number else f"{head}{shown}").rstrip())

    def _inked(self, line: str, ink: Ink) -> str:
        mark = _MARK.match(line)
        if mark is None:
            return self.paper.ink(line, ink or _mood(line))
        rest = line[mark.end() :]
        return self.paper.ink(mark[0], Ink.DIM) + self.paper.ink(rest, ink or _mood(rest))


def _mood(line: str) -> Ink:
    if "ALARM" in line and "over" not in line:
        return Ink.RED
    return Ink.CYAN if line.startswith("[") else Ink.PLAIN


def _buttons(message: SentMessage) -> list[str]:
    return [" ".join(f"[{button.text}]" for button in row) for row in message.buttons]
