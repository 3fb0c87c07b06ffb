"""Read TwiML as a phone hears it: the words of every <Say>, and when each was told."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from xml.etree import ElementTree

# An unhurried voice.
CHARACTERS_PER_SECOND = 15.0
# Sums of fractions of a second are not exact.
_ROUNDING = 1e-6


@dataclass(frozen=True)
class Said:
    """A sentence, and how many times in a row it was said."""

    words: str
    times: int


@dataclass(frozen=True)
class Line:
    """Words that are said to their end at this second of the script."""

    words: str
    ends: float


@dataclass(frozen=True)
class Script:
    """`valid` is false for what Twilio accepts over its API and then cannot execute."""

    lines: tuple[Line, ...] = ()
    seconds: float = 0.0
    valid: bool = True

    def lasting(self, seconds: float) -> Script:
        """Return it spoken so fast or slowly that it lasts this long."""
        pace = seconds / self.seconds if self.seconds else 0.0
        lines = (Line(line.words, line.ends * pace) for line in self.lines)
        return Script(tuple(lines), seconds, self.valid)

    def said(self, seconds: float) -> tuple[Said, ...]:
        """Return what was said to its end by then."""
        words = (line.words for line in self.lines if line.ends <= seconds + _ROUNDING)
        return tuple(Said(sentence, len(list(row))) for sentence, row in groupby(words))


def read(twiml: str) -> Script:
    try:
        root = ElementTree.fromstring(twiml)  # noqa: S314
        return _script(root) if root.tag == "Response" else Script(valid=False)
    except (ElementTree.ParseError, ValueError):
        return Script(valid=False)


def _script(root: ElementTree.Element) -> Script:
    lines: list[Line] = []
    seconds = 0.0
    for verb in root:
        if verb.tag == "Pause":
            seconds += float(verb.get("length", "1"))
        elif verb.tag == "Say":
            words = " ".join("".join(verb.itertext()).split())
            for _ in range(int(verb.get("loop", "1"))):
                seconds += len(words) / CHARACTERS_PER_SECOND
                lines.append(Line(words, seconds))
    return Script(tuple(lines), seconds)
