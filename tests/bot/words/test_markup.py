"""Names and lists in Telegram's HTML."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pages import Button, Page, Press
from bot.words import markup
from simulator.telegram.html import parse_html, units
from tests.bot.words.looks import seen


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("Garage", "Garage"),
        ("<b>&amp;", "<b>&amp;"),
        ("\"'", "\"'"),
        ("two\nlines\t here", "two lines here"),
        ("\x00\x1b[31mred", "[31mred"),
        ("ab\u202edc", "abdc"),
        ("half \ud83d pair", "half pair"),
        ("👩\u200d🚒", "👩\u200d🚒"),
        ("", "(no name)"),
        (" \u200b\u200d ", "(no name)"),
        ("x" * 40, "x" * 40),
        ("x" * 41, "x" * 39 + "…"),
    ],
)
def test_a_name_is_one_harmless_line(given_name: str, shown: str) -> None:
    assert seen(Page(markup.name(given_name))) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Blink cannot be reached (clip list)", "Blink cannot be reached"),
        ("Blink refused (login, status 401).", "Blink refused"),
        ("No space left on device", "No space left on device"),
        ("", ""),
    ],
)
def test_a_cause_is_told_without_technical_details(text: str, shown: str) -> None:
    assert markup.cause(text) == shown


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a, b"),
        (["a", "b", "c"], "a, b, c"),
        (["a", "b", "c", "d"], "a, b, c and 1 more"),
    ],
)
def test_a_list_is_cut_and_the_rest_counted(parts: list[str], shown: str) -> None:
    assert markup.listed(parts, most=3) == shown


def test_the_last_of_a_list_may_have_its_own_word() -> None:
    assert markup.listed(["a", "b", "c"], last=", then ") == "a, b, then c"


@given(st.text(st.characters(exclude_categories=())))
def test_any_name_is_shown_as_it_is_cleaned(text: str) -> None:
    shown, entities = parse_html(markup.name(text))
    assert shown == (markup.plain(text) or markup.UNNAMED)
    assert entities == []
    shown.encode()


@given(st.text(st.characters(exclude_categories=()), max_size=50), st.integers(1, 300))
def test_units_are_counted_as_telegram_counts_them(text: str, times: int) -> None:
    source = f"<b>{markup.name(text)}</b> &amp; <code>x</code>" * times
    shown, _ = parse_html(source)
    assert markup.visible_units(source) == units(shown)


def test_a_page_at_the_limit_is_whole_and_one_beyond_is_cut_at_a_line() -> None:
    line = "x" * 99
    whole = [line] * (markup.MOST_UNITS // 100)
    assert seen(markup.page(whole)) == "\n".join(whole)
    cut = seen(markup.page([*whole, "y"]))
    assert cut.endswith("\n… and 2 more lines")
    assert set(cut.splitlines()[:-1]) == {line}


def test_a_page_has_no_gaps_at_its_edges_and_no_empty_rows() -> None:
    button = Button("Arm", Press.ARM)
    page = markup.page(["", "a", "", "", "b", ""], [], [button])
    assert page == Page("a\n\nb", ((button,),))
