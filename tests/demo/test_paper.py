"""Widths, breaks and colours."""

from __future__ import annotations

from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo.paper import Ink, Paper, columns, wants_colour, wrap
from tests.demo.bench import Screen


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("Hall", 4),
        ("", 0),
        ("🚨 ALARM", 8),
        ("⚠️", 2),
        ("⚠", 1),
        ("☎️ Bob", 6),
        ("☎\N{VARIATION SELECTOR-15}", 1),
        ("e\u0301", 1),
        ("玄関", 4),
    ],
)
def test_columns_are_those_of_a_terminal(text: str, width: int) -> None:
    assert columns(text) == width


def test_a_line_that_just_fits_stays_whole() -> None:
    assert wrap("one two", 7) == ["one two"]
    assert wrap("one two", 6) == ["one", "two"]


def test_emoji_count_as_two_where_a_line_breaks() -> None:
    assert wrap("🚨 Hall", 7) == ["🚨 Hall"]
    assert wrap("🚨 Hall", 6) == ["🚨", "Hall"]


def test_a_word_wider_than_the_line_is_cut() -> None:
    assert wrap("to /start abcdefgh", 6) == ["to", "/start", "abcdef", "gh"]


def test_an_empty_line_is_a_line() -> None:
    assert wrap("", 10) == [""]


@given(
    st.text(st.characters(exclude_categories=["C", "Z", "M"]) | st.just(" ")), st.integers(2, 40)
)
def test_no_line_is_too_wide_and_no_sign_is_lost(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(columns(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_colour_only_where_it_is_shown_and_welcome() -> None:
    assert wants_colour(Screen(), {"TERM": "xterm"})
    assert wants_colour(Screen(), {"NO_COLOR": ""})
    assert not wants_colour(Screen(), {"NO_COLOR": "1"})
    assert not wants_colour(Screen(), {"TERM": "dumb"})
    assert not wants_colour(StringIO(), {"TERM": "xterm"})


def test_ink_is_taken_off_again() -> None:
    assert Paper(Screen(), {}).ink("ALARM", Ink.RED) == "\033[1;31mALARM\033[0m"
    assert Paper(Screen(), {}).ink("ALARM", Ink.PLAIN) == "ALARM"
    assert Paper(StringIO(), {}).ink("ALARM", Ink.RED) == "ALARM"


@pytest.mark.parametrize(("given", "width"), [(39, 40), (40, 40), (96, 96), (97, 96)])
def test_the_width_stays_within_its_bounds(given: int, width: int) -> None:
    assert Paper(StringIO(), {}, width=given).width == width


def test_what_stays_below_is_written_again_under_each_line() -> None:
    screen = Screen()
    paper = Paper(screen, {"NO_COLOR": "1"})
    paper.below = lambda: "> /sta"
    paper.line("news")
    assert screen.getvalue() == "\r\033[Knews\n> /sta"
