"""The menu, /help, and answers to what was not understood."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.words import help as help_words
from bot.words.help_pages import TOPICS, help_page
from simulator.telegram.limits import read_commands
from simulator.telegram.parameters import Parameters
from tests.bot.chat.ranks import LOOKING, OWNING
from tests.bot.words.looks import seen, without_icon


def test_the_menu_names_every_command_once_in_order() -> None:
    commands = [command for command, _ in help_words.MENU]
    assert commands == (
        [
            "start",
            "help",
            "status",
            "arm",
            "disarm",
            "schedule",
            "vacation",
            "threshold",
            "settings",
            "mode",
            "distinct",
            "panic",
            "bypass",
            "snooze",
            "unbypass",
            "camera",
            "swinger",
            "cameras",
            "privacy",
            "doorbell",
            "clip",
            "ack",
            "contacts",
            "plan",
            "code",
            "pin",
            "test",
            "invite",
            "users",
            "home",
            "journal",
        ]
    )


def test_telegram_takes_the_menu() -> None:
    menu = [{"command": c, "description": d} for c, d in help_words.MENU]
    assert read_commands(Parameters({"commands": json.dumps(menu)}, {})) == menu


def test_help_explains_the_buttons_and_every_command_that_does_something() -> None:
    first = help_page()
    pages = [first, *(help_page(b.about) for row in first.buttons for b in row)]
    text = "\n".join(seen(page) for page in pages)
    for word in ("Acknowledge", "False alarm", "Disarm"):
        assert word in text
    for command in help_words.COMMANDS:
        assert f"/{command}" in text or command in ("start", "help")


def test_the_help_tells_of_every_way_to_arm() -> None:
    text = seen(help_page("guarding"))
    for words in ("/arm home", "/arm night", "/arm until 7:00", "/arm in 10m", "/disarm 2h"):
        assert words in text


def test_help_begins_short_and_each_topic_is_a_press_or_a_word_away() -> None:
    first = help_page()
    assert len(seen(first).splitlines()) <= 14
    assert [b.text for row in first.buttons for b in row] == [t.title for t in TOPICS.values()]
    for topic in TOPICS:
        text = seen(help_page(f" {topic.upper()} "))
        assert text.startswith(TOPICS[topic].title)
        assert len(text.splitlines()) <= 14
    assert help_page("nonsense") == first


def test_only_a_home_with_several_areas_reads_of_them() -> None:
    for topic in TOPICS:
        text, more = seen(help_page(topic)), seen(help_page(topic, areas=True))
        assert "area" not in text
        assert more.startswith(text)
        assert len(more.splitlines()) <= 14
    assert "/arm cabin" in seen(help_page("guarding", areas=True))
    assert "in cabin" in seen(help_page("schedule", areas=True))


def test_whoever_may_only_look_reads_of_nothing_else() -> None:
    pages = every_page(lambda command: command in LOOKING)
    text = "\n".join(pages.values())
    named = set(re.findall(r"(?<!\S)/([a-z]+)", text))
    assert named == {"status", "cameras", "clip"}
    assert list(pages) == ["", "guarding", "cameras"]
    assert "Disarm" not in text
    assert "Arming, and ending an alarm, is for members." in pages[""]
    assert seen(help_page("people", may=lambda command: command in LOOKING)) == pages[""]


def test_a_member_reads_nothing_that_is_for_owners() -> None:
    text = "\n".join(every_page(lambda command: command not in OWNING).values())
    assert "/arm" in text
    assert not set(re.findall(r"(?<!\S)/([a-z]+)", text)) & set(OWNING)
    assert "People" not in text


def every_page(may: Callable[[str], bool]) -> dict[str, str]:
    """Return the first page, and each that its buttons lead to."""
    first = help_page(may=may)
    topics = [button.about for row in first.buttons for button in row]
    return {key: seen(help_page(key, may=may)) for key in ("", *topics)}


def test_the_menu_fits_a_phone_and_names_what_is_there() -> None:
    shown = [command for command in help_words.COMMANDS if command in help_words.IN_MENU]
    assert shown[:3] == ["help", "status", "arm"]
    assert len(shown) <= 14


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/disam", "/disarm"),
        ("/DISARN", "/disarm"),
        ("/stauts", "/status"),
        ("/off", "/disarm"),
        ("/clips Garage", "/clip"),
        ("/treshold 3", "/threshold"),
        ("disarm", "/disarm"),
        ("status?", "/status"),
    ],
)
def test_the_closest_command_is_suggested(typed: str, meant: str) -> None:
    assert f"Did you mean {meant}?" in seen(help_words.unknown_command(typed))


def test_nobody_is_pointed_to_what_would_be_refused() -> None:
    for typed in ("/disam", "disarm"):
        text = seen(help_words.unknown_command(typed, lambda command: command in LOOKING))
        assert "disarm?" not in text
        assert "/help" in text
    assert "/status?" in seen(help_words.unknown_command("/stauts", lambda c: c in LOOKING))


@pytest.mark.parametrize("typed", ["/xyzzy", "what now", "", "/", "🙂"])
def test_what_resembles_no_command_is_sent_to_help(typed: str) -> None:
    assert "/help" in seen(help_words.unknown_command(typed))


@given(st.text(st.characters(exclude_categories=()), max_size=6000))
def test_whatever_is_typed_gets_one_harmless_answer(typed: str) -> None:
    for text in (
        seen(help_words.unknown_command(typed)),
        seen(help_words.unknown_command(f"/{typed}")),
        seen(help_words.bad_arguments(f"Write {typed}")),
    ):
        assert not without_icon(text).startswith(("ALARM", "TEST"))


def test_a_refusal_is_shown_as_text_not_as_html() -> None:
    assert seen(help_words.bad_arguments("Write <time> & more")) == "✋ Write <time> & more"
