"""What is too long for Telegram arrives in part, well formed and with what can be pressed."""

from __future__ import annotations

import html
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.fitting import (
    LONGEST_LABEL,
    MORE,
    MOST_BUTTONS,
    MOST_CAPTION,
    MOST_DATA,
    MOST_HINT,
    MOST_IN_A_ROW,
    MOST_TEXT,
    cut,
    fitted,
    fitted_rows,
    shortened,
)
from bot.chat.sender import Sender
from bot.pages import Button, Page, Press
from simulator.telegram import Person, TelegramStandIn
from simulator.telegram.html import parse_html, units
from tests.bot.chat.test_sender_files import MP4

ROOM = len(f"{Press.CAMERA.value}:")


def button(text: str = "Hall", about: str = "1") -> Button:
    return Button(text, Press.CAMERA, about)


def test_the_limits_are_telegrams() -> None:
    assert (MOST_TEXT, MOST_CAPTION, MOST_HINT, MOST_DATA) == (4096, 1024, 200, 64)
    assert (MOST_BUTTONS, MOST_IN_A_ROW) == (100, 8)


# -- texts -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", ["x", "&lt;", "&#x27;", "🚨"], ids=["x", "lt", "number", "emoji"])
def test_a_text_is_cut_just_above_the_limit_and_not_at_it(sign: str) -> None:
    size = units(parse_html(sign)[0])
    most = 40 * size
    assert cut(sign * 40, most) == sign * 40
    assert cut(sign * 41, most) == sign * 39 + MORE
    assert units(parse_html(cut(sign * 41, most))[0]) <= most


@pytest.mark.parametrize(
    ("most", "kept"),
    [
        (9, "<b>ALARM <i>in…</i></b>"),
        (10, "<b>ALARM <i>in …</i></b>"),
        (11, "<b>ALARM <i>in &lt;…</i></b>"),
        (15, "<b>ALARM <i>in &lt;Hall…</i></b>"),
        (16, "<b>ALARM <i>in &lt;Hall&gt;</i></b>…"),
    ],
)
def test_what_was_open_is_closed_and_nothing_is_cut_in_two(most: int, kept: str) -> None:
    assert cut("<b>ALARM <i>in &lt;Hall&gt;</i></b> " + "x" * 50, most) == kept


def test_a_link_is_kept_whole() -> None:
    source = '<a href="https://t.me/home_bot?start=x">Choose</a> a group'
    assert cut(source, 7) == '<a href="https://t.me/home_bot?start=x">Choose</a>…'


_pieces = st.recursive(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30).map(html.escape),
    lambda inner: st.one_of(
        st.builds("<b>{}</b>".format, inner),
        st.builds("<i>{}</i>".format, inner),
        st.builds("<code>{}</code>".format, st.text("<&x🚨", max_size=20).map(html.escape)),
        st.lists(inner, max_size=5).map("".join),
    ),
    max_leaves=12,
)


@given(_pieces, st.integers(1, 120))
def test_whatever_is_cut_is_the_begin_of_the_text_and_well_formed(source: str, most: int) -> None:
    whole, _ = parse_html(source)
    kept, _ = parse_html(cut(source, most))
    assert units(kept) <= most
    if units(whole) <= most:
        assert cut(source, most) is source
    else:
        assert kept.endswith(MORE)
        assert whole.startswith(kept.removesuffix(MORE))


# -- buttons ---------------------------------------------------------------------------------------


def test_what_fits_stays_the_same_page() -> None:
    rows = tuple((button(),) for _ in range(MOST_BUTTONS))
    page = Page("<b>Hall</b>", rows)
    assert fitted(page) is page
    assert fitted_rows(rows) is rows


def test_of_too_many_buttons_the_last_row_stays() -> None:
    last = (button("Done"), button("Back"))
    rows = (*((button(str(n)),) for n in range(MOST_BUTTONS - 1)), last)
    kept = fitted_rows(rows)
    assert sum(map(len, kept)) == MOST_BUTTONS
    assert kept[-1] == last
    assert kept[:-1] == rows[: MOST_BUTTONS - 2]


@pytest.mark.parametrize(("number", "widths"), [(8, [8]), (9, [8, 1]), (17, [8, 8, 1])])
def test_a_row_that_is_too_wide_becomes_several(number: int, widths: list[int]) -> None:
    row = tuple(button(str(n)) for n in range(number))
    kept = fitted_rows((row,))
    assert [len(row) for row in kept] == widths
    assert [b for row in kept for b in row] == list(row)


@pytest.mark.parametrize(
    ("length", "there"), [(MOST_DATA - ROOM, True), (MOST_DATA - ROOM + 1, False)]
)
def test_a_button_that_telegram_would_refuse_is_left_out(length: int, there: bool) -> None:
    good, bad = button(), button(about="1" * length)
    assert fitted_rows(((good, bad), (bad,))) == (((good, bad), (bad,)) if there else ((good,),))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("x" * LONGEST_LABEL, "x" * LONGEST_LABEL),
        ("x" * (LONGEST_LABEL + 1), "x" * (LONGEST_LABEL - 1) + MORE),
        ("", MORE),
        ("  ", MORE),
    ],
)
def test_a_label_is_neither_empty_nor_long(text: str, shown: str) -> None:
    assert fitted_rows(((button(text),),)) == ((replace(button(), text=shown),),)


@pytest.mark.parametrize(("length", "shown"), [(200, 200), (201, 200)])
def test_a_hint_is_cut(length: int, shown: int) -> None:
    assert len(shortened("x" * length, MOST_HINT)) == shown


# -- on the way ------------------------------------------------------------------------------------

ACKNOWLEDGE = ((Button("Acknowledge", Press.ACKNOWLEDGE, "i1"),),)


async def test_an_alert_that_is_too_long_arrives_at_once_with_its_buttons(
    telegram: TelegramStandIn, sender: Sender, ann: Person
) -> None:
    await sender.send(ann.id, Page("<b>ALARM</b> " + "🚨 &amp; " * 3000, ACKNOWLEDGE))
    assert telegram.count("sendMessage") == 1
    arrived = ann.chat.last
    assert arrived.text.startswith("ALARM 🚨 &")
    assert arrived.text.endswith(MORE)
    assert arrived.content.entities[0]["type"] == "bold"
    assert arrived.buttons


async def test_an_edit_that_is_too_long_is_done_in_part(
    telegram: TelegramStandIn, sender: Sender, ann: Person
) -> None:
    number = await sender.send(ann.id, Page("<b>ALARM</b>", ACKNOWLEDGE))
    assert await sender.edit(ann.id, number, Page("<b>ALARM</b> over " + "x" * 5000))
    assert telegram.count("editMessageText") == 1
    assert ann.chat.last.text.startswith("ALARM over xx")


async def test_a_caption_that_is_too_long_does_not_keep_the_clip_back(
    sender: Sender, ann: Person, tmp_path: Path
) -> None:
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(MP4)
    await sender.video(ann.id, clip, "<b>Hall</b> " + "&lt;" * 2000)
    assert ann.chat.last.video is not None
    assert ann.chat.last.text.startswith("Hall <<<")
    assert units(ann.chat.last.text) == MOST_CAPTION
