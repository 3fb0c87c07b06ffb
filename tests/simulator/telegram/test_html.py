"""Telegram's HTML: what is read, what is refused, how it is counted."""

from __future__ import annotations

import contextlib
import html

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import (
    Bot,
)
from telegram.error import (
    BadRequest,
)

from simulator.telegram import Person
from simulator.telegram.html import parse_html
from simulator.telegram.refusal import Refusal
from tests.simulator.telegram.bench import (
    ANN,
    refusal,
)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<b>open", "Can't find end tag corresponding to start tag b"),
        ("é<b><i>x</b></i>", 'Unmatched end tag at byte offset 9, expected "</i>", found "</b>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<h1>x</h1>", 'Unsupported start tag "h1" at byte offset 0'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("I <3", "Unclosed start tag at byte offset 2"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
        ("<a href>x</a>", "Expected equal sign in declaration of an attribute"),
        ("<a href=x/y>x</a>", "Unexpected end of name token at byte offset 8"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("&#xD800;", "Text contains invalid Unicode characters"),
    ],
)
async def test_bad_html_is_refused_with_its_reason(
    bot: Bot, ann: Person, text: str, reason: str
) -> None:
    answer = await refusal(lambda: bot.send_message(ANN, text, parse_mode="HTML"), BadRequest)
    # The library sends the words through capitalize().
    assert answer.startswith(f"Can't parse entities: {reason.lower()}")


@pytest.mark.parametrize(
    ("source", "text", "kinds"),
    [
        ("<b>b</b><strong>s</strong>", "bs", ["bold", "bold"]),
        ("<i>a</i><em>a</em>", "aa", ["italic", "italic"]),
        ("<u>a</u><ins>a</ins>", "aa", ["underline", "underline"]),
        ("<s>a</s><strike>a</strike><del>a</del>", "aaa", ["strikethrough"] * 3),
        ("<tg-spoiler>a</tg-spoiler>", "a", ["spoiler"]),
        ('<span class="tg-spoiler">a</span>', "a", ["spoiler"]),
        ("<code>a</code><pre>b</pre>", "ab", ["code", "pre"]),
        ('<pre><code class="language-py">x</code></pre>', "x", ["pre"]),
        ("<blockquote>a</blockquote>", "a", ["blockquote"]),
        ("<blockquote expandable>a</blockquote>", "a", ["expandable_blockquote"]),
        ('<a href="tg://user?id=7">x</a>', "x", ["text_mention"]),
        ('<a href="nowhere">x</a>', "x", []),
        ("<B>a</B ><b></b>", "a", ["bold"]),
        ("R&D &nbsp; &ltx &lt;&gt;&amp;&quot;&#x27;&#39; &", "R&D &nbsp; &ltx <>&\"'' &", []),
    ],
)
def test_html_of_all_supported_tags_is_read(source: str, text: str, kinds: list[str]) -> None:
    plain, entities = parse_html(source)
    assert plain == text
    assert [entity["type"] for entity in entities] == kinds


@given(st.text())
def test_any_escaped_text_is_accepted_and_read_back(text: str) -> None:
    for quote in (True, False):
        assert parse_html(html.escape(text, quote=quote)) == (text, [])
    plain, entities = parse_html(f"<b>{html.escape(text)}</b>")
    assert plain == text
    units = len(text.encode("utf-16-le")) // 2
    assert [entity["length"] for entity in entities] == ([units] if units else [])


@given(st.text(alphabet="<>/&;=\"' abi#x", max_size=30))
def test_any_other_text_is_read_or_refused_but_never_breaks(text: str) -> None:
    with contextlib.suppress(Refusal):
        plain, entities = parse_html(text)
        assert all(entity["length"] <= len(plain) for entity in entities)
