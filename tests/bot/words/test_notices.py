"""Every sentence of the alarm becomes a page that a sleepy person understands."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import alarm.core
import bot
from alarm.core.deliveries import Words, say
from alarm.core.notices import Notice
from bot.words.notices import TABLE, sentence
from tests.bot.words.given import GIVEN
from tests.bot.words.looks import look, seen, without_icon
from tests.bot.words.told import SCENES, said_in


def test_every_notice_has_its_words() -> None:
    assert set(TABLE) == set(Notice) == set(GIVEN)


@pytest.mark.parametrize("notice", Notice)
@pytest.mark.parametrize("scene", SCENES)
def test_every_notice_reads_well_in_every_situation(notice: Notice, scene: str) -> None:
    text = said_in(notice=notice, scene=scene)
    assert "None" not in text
    assert "()" not in text
    assert "  " not in text
    assert " ." not in text
    assert " ," not in text
    assert not without_icon(text).startswith(("ALARM", "TEST"))


@pytest.mark.parametrize("notice", Notice)
def test_a_notice_that_an_older_program_stored_with_less_is_still_said(notice: Notice) -> None:
    home = SCENES["armed"]
    text = seen(sentence(say(notice), home.state, look(home.now)))
    assert "None" not in text
    assert "()" not in text


def test_the_arguments_are_those_that_the_alarm_really_gives() -> None:
    roots = [Path(module.__path__[0]) for module in (alarm.core, bot)]
    found: dict[Notice, set[str]] = {}
    for file in (file for root in roots for file in root.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Name(id="say"),
                    args=[ast.Attribute(value=ast.Name(id="Notice"), attr=attr)],
                ):
                    keys = {keyword.arg for keyword in node.keywords if keyword.arg}
                    found.setdefault(Notice[attr], set()).update(keys)
    assert len(found) > 20
    for notice, keys in found.items():
        assert keys <= set(GIVEN[notice]), notice


@given(st.sampled_from(list(Notice)), st.data())
def test_whatever_stands_in_the_arguments_a_notice_is_accepted_by_telegram(
    notice: Notice, data: st.DataObject
) -> None:
    nasty = st.text(st.characters(exclude_categories=()), max_size=400)
    values = st.one_of(nasty, st.none(), st.booleans(), st.integers(-(10**9), 10**9))
    args = {key: data.draw(values, label=key) for key in GIVEN[notice]}
    home = SCENES["ringing"]
    text = seen(sentence(Words(notice, args), home.state, look(home.now)))
    assert not without_icon(text).startswith(("ALARM", "TEST"))
