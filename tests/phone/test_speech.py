"""Whatever a camera is called, the phone says it: well-formed, within Twilio's limit."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from alarm.phone.speech import (
    LANGUAGE,
    MAX_CHARACTERS,
    MAX_REPEATS,
    PAUSE_SECONDS,
    VOICE,
    WITHOUT_WORDS,
    alarm_twiml,
)
from simulator.twilio import twiml as stand_in_twiml

SENTENCE = "Blink alarm. Motion at Garage and Front door at 22:03. Open Telegram."
# Anything at all, lone surrogates and unassigned characters included.
ANY_TEXT = st.text(st.characters(), max_size=300)
REPEATS = st.integers(1, MAX_REPEATS)


def told(twiml: str) -> list[str]:
    """Return the sentences as an XML reader finds them, after a check of every verb."""
    root = ElementTree.fromstring(twiml)  # noqa: S314 - our own
    assert root.tag == "Response"
    verbs = list(root)
    pauses, says = verbs[::2], verbs[1::2]
    assert len(pauses) == len(says)
    assert all(p.tag == "Pause" and p.get("length") == str(PAUSE_SECONDS) for p in pauses)
    for say in says:
        assert (say.tag, list(say)) == ("Say", [])
        assert say.attrib == {"voice": VOICE, "language": LANGUAGE}
    return [say.text or "" for say in says]


def test_a_sentence_is_told_three_times_with_a_breath_before_each() -> None:
    assert told(alarm_twiml(SENTENCE)) == [SENTENCE] * 3


@settings(deadline=None)
@given(REPEATS)
def test_a_sentence_is_told_as_often_as_wanted(repeats: int) -> None:
    assert told(alarm_twiml(SENTENCE, repeats)) == [SENTENCE] * repeats


@pytest.mark.parametrize("repeats", [-1, 0, MAX_REPEATS + 1])
def test_nobody_is_told_never_or_without_end(repeats: int) -> None:
    with pytest.raises(ValueError, match="repeats must be 1 to 10"):
        alarm_twiml(SENTENCE, repeats)


@settings(deadline=None)
@given(ANY_TEXT, REPEATS)
@example("</Say><Hangup/><Say>", 3)
@example("]]> <![CDATA[ <!-- &#0; &lol; ", 3)
@example("\ud800\udfff\ufffe\uffff\x00\x0b\x1b", 3)
def test_any_text_becomes_words_that_twilio_takes(text: str, repeats: int) -> None:
    twiml = alarm_twiml(text, repeats)
    assert len(twiml) <= MAX_CHARACTERS
    # Should Twilio count bytes, or as Java does.
    assert len(twiml.encode()) <= MAX_CHARACTERS
    sentences = told(twiml)
    assert len(sentences) == repeats
    assert len(set(sentences)) == 1
    assert any(character.isalnum() for character in sentences[0])


@settings(deadline=None)
@given(st.lists(st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1), max_size=12))
def test_a_short_text_is_said_as_it_is(words: list[str]) -> None:
    text = " ".join(["Motion", *words])[:60].strip()
    assert told(alarm_twiml(text)) == [text] * 3


@settings(deadline=None)
@given(ANY_TEXT, REPEATS)
def test_the_stand_in_hears_what_an_xml_reader_finds(text: str, repeats: int) -> None:
    twiml = alarm_twiml(text, repeats)
    script = stand_in_twiml.read(twiml)
    assert script.valid
    assert [line.words for line in script.lines] == told(twiml)


@pytest.mark.parametrize(
    ("name", "heard"),
    [
        ('Tom & Jerry\'s <"den">', 'Tom & Jerry\'s <"den">'),
        ("Garage 🔥🚗", "Garage 🔥🚗"),
        ("Küche – Тест – 玄関", "Küche – Тест – 玄関"),
        ("Back\tdoor\r\n\x00(old)\x1b[0m", "Back door (old) [0m"),
        ("  spaced \u3000 out \u2028 ", "spaced out"),
        ("bro\ud83dken", "broken"),
        ("hid\u200bden\u202e marks\ufeff", "hidden marks"),
        ("private \ue000 use \U0010ffff", "private use"),
    ],
)
def test_a_strange_name_is_heard_as_a_person_would_read_it(name: str, heard: str) -> None:
    assert told(alarm_twiml(name)) == [heard] * 3


@pytest.mark.parametrize(
    "text", ["", "   ", "\n", "\x00", "\ud800", "\u200b", "\u2060\ufeff", "...", "🔥", "\ue000"]
)
def test_a_text_that_no_voice_can_say_does_not_end_in_silence(text: str) -> None:
    assert told(alarm_twiml(text)) == [WITHOUT_WORDS] * 3


# -- the limit -------------------------------------------------------------------------------------


def longest(character: str, repeats: int = 3) -> int:
    """Return how many times a character in one word is said at most."""
    return len(told(alarm_twiml(character * MAX_CHARACTERS, repeats))[0])


@pytest.mark.parametrize(("character", "repeats"), [("a", 3), ("é", 3), ("&", 1), ("🔥", 10)])
def test_a_text_is_cut_only_where_the_next_character_would_not_fit(
    character: str, repeats: int
) -> None:
    # One letter, so that there is something to say.
    def twiml(count: int) -> str:
        return alarm_twiml("a" + character * count, repeats)

    fits = len(told(twiml(MAX_CHARACTERS))[0]) - 1
    step = len(twiml(2).encode()) - len(twiml(1).encode())
    assert told(twiml(fits - 1))[0] == "a" + character * (fits - 1)
    assert told(twiml(fits))[0] == "a" + character * fits
    assert told(twiml(fits + 1))[0] == "a" + character * fits
    assert MAX_CHARACTERS - step < len(twiml(fits).encode()) <= MAX_CHARACTERS


def test_a_long_text_is_cut_between_words() -> None:
    words = [f"camera{n}" for n in range(1000)]
    (heard, *others) = told(alarm_twiml(" ".join(words)))
    assert others == [heard] * 2
    assert heard.split() == words[: len(heard.split())]
    # Another word would have been too much.
    more = " ".join(words[: len(heard.split()) + 1])
    assert told(alarm_twiml(more))[0] == heard


def test_a_cut_right_after_a_word_keeps_the_word() -> None:
    fits = longest("a")
    assert told(alarm_twiml("b " + "a" * (fits - 2) + " c"))[0] == "b " + "a" * (fits - 2)


@settings(deadline=None)
@given(st.text(st.characters(categories=["L", "S", "Zs"]), min_size=1, max_size=50), REPEATS)
def test_a_very_long_text_is_told_from_its_beginning(part: str, repeats: int) -> None:
    text = "Alarm " + part * 400
    (heard, *_) = told(alarm_twiml(text, repeats))
    assert " ".join(text.split()).startswith(heard)


def test_a_text_of_a_million_characters_is_no_burden() -> None:
    assert told(alarm_twiml("motion " * 150_000))[0].startswith("motion motion")
