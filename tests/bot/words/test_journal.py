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


@pytest.mark.parametrize(
    ("kind", "data", "one", "several"),
    [
        ("journal", {"what": "armed", "mode": "away"}, "🔒 it is armed, away", " in Home"),
        (
            "incident",
            {"what": "opened", "sort": "burglary", "count": 2},
            "🚨 burglary: 2 events",
            "🚨 burglary in Home: 2 events",
        ),
        ("incident", {"what": "opened", "sort": "drill", "count": 0}, "🚨 drill", " in Home"),
        (
            "journal",
            {"what": "disarmed behind our back"},
            "⛔ it was disarmed in the Blink app",
            ", Home",
        ),
        ("journal", {"what": "nobody worded this", "count": 3}, "nobody worded this: 3", ", Home"),
    ],
)
def test_a_home_with_one_area_never_reads_its_name(
    kind: str, data: dict[str, Scalar], one: str, several: str
) -> None:
    row = {**data, "area": "Home"}
    assert what_happened(kind, row, look(), areas=False) == one
    expected = several if several[0] == "🚨" else one + several
    assert what_happened(kind, row, look()) == expected
    page_of_one = journal([(NIGHT, kind, row)], look(), areas=False)
    assert "Home" not in seen(page_of_one)


def test_numbers_are_said_as_people_say_them() -> None:
    assert said("incident", "opened", sort="burglary", count=1) == "🚨 burglary: 1 event"
    assert said("journal", "strangers", people=1) == "🚪 the owners were told of 1 stranger"
    tried: dict[str, Scalar] = {"name": "Gus", "tried": "wrote /status"}
    assert said("journal", "stranger", count=1, **tried) == "🚪 a stranger, Gus, wrote /status"
    assert said("journal", "stranger", count=2, **tried).endswith("wrote /status, 2 tries")


def test_one_who_had_left_is_no_stranger() -> None:
    told = said("journal", "one who had left", name="Gus", tried="wrote /status", count=1)
    assert told == "🚪 Gus, who had left, wrote /status"


def test_whose_phone_it_is_is_a_sentence() -> None:
    row: dict[str, Scalar] = {"by": "Bob", "contact": "Ann"}
    assert said("journal", "contact has a chat", **row) == "📞 Ann is Bob's phone now"
    taken = said("journal", "contact has a chat", before="Ann", **row)
    assert taken == "📞 Ann is Bob's phone now, before Ann's"


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
    shown = journal(rows, look(), name="a&b", newer="n 1.1 ", older="o 1.1 ", areas=True)
    lines = seen(shown).splitlines()
    assert lines[0] == "Journal of a&b"
    assert lines[1].endswith("🔓 Ann disarmed")
    assert re.match(r"\w{3} \d\d:\d\d 🔒 Ben armed", lines[2])
    assert [b.press for b in shown.buttons[0]] == [Press.JOURNAL, Press.JOURNAL]
    assert journal(rows, look(), areas=True).buttons == ()
    assert "Nothing is written down" in seen(journal([], look(), areas=True))


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
