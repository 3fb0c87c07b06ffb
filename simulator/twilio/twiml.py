"""Read TwiML as a phone hears it: the words of every <Say>, and how long it takes."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree

# An unhurried voice.
CHARACTERS_PER_SECOND = 15.0


@dataclass(frozen=True)
class Script:
    """`valid` is false for what Twilio accepts over its API and then cannot execute."""

    lines: tuple[str, ...] = ()
    seconds: float = 0.0
    valid: bool = True


def read(twiml: str) -> Script:
    try:
        root = ElementTree.fromstring(twiml)  # noqa: S314
        return _script(root) if root.tag == "Response" else Script(valid=False)
    except (ElementTree.ParseError, ValueError):
        return Script(valid=False)


def _script(root: ElementTree.Element) -> Script:
    lines: list[str] = []
    seconds = 0.0
    for verb in root:
        if verb.tag == "Pause":
            seconds += float(verb.get("length", "1"))
        elif verb.tag == "Say":
            words = " ".join("".join(verb.itertext()).split())
            times = int(verb.get("loop", "1"))
            lines += [words] * times
            seconds += times * len(words) / CHARACTERS_PER_SECOND
    return Script(tuple(lines), seconds)
