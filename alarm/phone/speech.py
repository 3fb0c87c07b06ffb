"""Turn a sentence into the TwiML that a phone will hear."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left

from twilio.twiml.voice_response import VoiceResponse

# Twilio's limit on the Twiml parameter; a longer one is refused (error 32018).
MAX_CHARACTERS = 4000
MAX_REPEATS = 10
VOICE = "Polly.Joanna"
LANGUAGE = "en-US"
# People lift the phone to their ear first, and need a breath between two tellings.
PAUSE_SECONDS = 1
# An empty <Say> is an error of its own and the call would end in silence.
WITHOUT_WORDS = "Alarm"

# Surrogates, private and unassigned characters, and marks that only steer how text looks.
_UNSPEAKABLE = frozenset({"Cs", "Co", "Cn", "Cf"})


def alarm_twiml(text: str, repeats: int = 3) -> str:
    """Return TwiML that says `text` `repeats` times, cut where Twilio would refuse its length."""
    if not 1 <= repeats <= MAX_REPEATS:
        raise ValueError(f"repeats must be 1 to {MAX_REPEATS}")
    words = _speakable(text)
    if not any(character.isalnum() for character in words):
        words = WITHOUT_WORDS
    twiml = _build(words[:MAX_CHARACTERS], repeats)
    if len(words) <= MAX_CHARACTERS and _fits(twiml):
        return twiml
    return _build(_cut(words[:MAX_CHARACTERS], repeats), repeats)


def _cut(words: str, repeats: int) -> str:
    """Return as many whole words as fit, or a part of the first one."""
    fitting = bisect_left(
        range(1, len(words) + 1), True, key=lambda n: not _fits(_build(words[:n], repeats))
    )
    head, following = words[:fitting], words[fitting : fitting + 1]
    if following in ("", " "):
        return head.rstrip()
    return head.rpartition(" ")[0] or head


def _fits(twiml: str) -> bool:
    # Whether Twilio counts characters as we do, as Java does or in bytes: none counts more.
    return len(twiml.encode()) <= MAX_CHARACTERS


def _build(words: str, repeats: int) -> str:
    response = VoiceResponse()
    for _ in range(repeats):
        response.pause(length=PAUSE_SECONDS)
        response.say(words, voice=VOICE, language=LANGUAGE)
    return str(response.to_xml())


def _speakable(text: str) -> str:
    """Drop what XML forbids or no voice can say; control characters part words."""
    kept = (
        " " if unicodedata.category(character) == "Cc" else character
        for character in text
        if unicodedata.category(character) not in _UNSPEAKABLE
    )
    return " ".join("".join(kept).split())
