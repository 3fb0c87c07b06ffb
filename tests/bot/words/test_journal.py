"""The journal in words: a line each, whatever the row holds."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alarm.core.deliveries import Scalar
from bot.chat.topics.past import short
from bot.pages import Button, Press
from bot.past import Mark
from bot.words.journal import SENTENCES, journal, what_happened
from bot.words.markup import visible_units
from tests.bot.words.looks import NIGHT, look, seen


def said(kind: str, what: str, **data: Scalar) -> str:
    return what_happened(kind, {"what": what, **data}, look())


def test_what_people_did_is_said_with_their_name() -> None:
    assert said("journal", "arm", by="Ann", mode="night") == "🔒 Ann armed, night"
    assert said("journal", "disarm", by="Ben") == "🔓 Ben disarmed"
    assert said("incident", "closed", by="Ann", verdict="false alarm") == (
        "✅ alarm over by Ann, false alarm"
    )
    assert said("incident", "closed", by="", verdict="unjudged") == "✅ alarm over, unjudged"


def test_a_part_without_its_value_is_left_out() -> None:
    assert said("journal", "arm", by="Ann") == "🔒 Ann armed"
    assert said("journal", "joined", by="Cleo", role="viewer", until=None) == (
        "👋 Cleo joined as viewer"
    )
    assert "until" in said("journal", "joined", by="C", role="member", until=NIGHT.isoformat())


def test_a_name_that_is_missing_is_somebody() -> None:
    assert said("journal", "disarm") == "🔓 somebody disarmed"


def test_what_nobody_worded_is_told_all_the_same() -> None:
    assert said("journal", "new thing", by="Ann", what_for="tea", id="i1") == (
        "new thing by Ann: tea"
    )
    assert said("journal", "") == "journal"


def test_names_cannot_pretend_to_be_more() -> None:
    told = said("journal", "revoked", by="<b>x</b>", name="{by} [x]\n12:00 Ann armed")
    assert "<b>" not in told
    assert "\n" not in told


def test_a_page_has_the_newest_first_and_leads_on() -> None:
    rows = [
        (NIGHT, "journal", {"what": "disarm", "by": "Ann"}),
        (NIGHT - timedelta(days=3), "journal", {"what": "arm", "by": "Ben"}),
    ]
    shown = journal(rows, look(), name="a&b", newer="n 1.1 ", older="o 1.1 ")
    lines = seen(shown).splitlines()
    assert lines[0] == "Journal of a&b"
    assert lines[1].endswith("🔓 Ann disarmed")
    assert re.match(r"\w{3} \d\d:\d\d 🔒 Ben armed", lines[2])
    assert [b.press for b in shown.buttons[0]] == [Press.JOURNAL, Press.JOURNAL]
    assert journal(rows, look()).buttons == ()
    assert "Nothing is written down" in seen(journal([], look()))


_scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=300))


@given(
    st.sampled_from([*SENTENCES, ("journal", "x"), ("incident", "x")]),
    st.dictionaries(
        st.sampled_from(["by", "name", "until", "at", "area", "mode", "reason", "odd"]), _scalars
    ),
)
def test_every_row_is_one_short_line(key: tuple[str, str], data: dict[str, Scalar]) -> None:
    told = what_happened(key[0], {**data, "what": key[1]}, look())
    assert told.strip()
    assert "\n" not in told
    assert visible_units(told) < 1000


@pytest.mark.parametrize(("kind", "what"), SENTENCES)
def test_no_sentence_shows_its_brackets(kind: str, what: str) -> None:
    keys = re.findall(r"{(\w+)}", SENTENCES[kind, what])
    for data in ({}, dict.fromkeys(keys, "Ann")):
        assert not set("[]{}") & set(said(kind, what, **data))


def test_data_of_a_button_fits() -> None:
    about = f"o {Mark(2**43, 2**31).text} {short('😀' * 100)}"
    assert len(Button("", Press.JOURNAL, about).data.encode()) <= 64
