"""Times and durations: how they are shown, how they are read."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alarm.core.errors import BadInput
from bot.words import times
from tests.bot.words.looks import NIGHT, look

SECOND, MINUTE, HOUR, DAY = (timedelta(seconds=n) for n in (1, 60, 3600, 86400))


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        (NIGHT, "22:03"),
        (datetime(2026, 3, 3, 23, 0, tzinfo=UTC), "00:00"),
        (datetime(2026, 3, 3, 22, 59, tzinfo=UTC), "Tue 23:59"),
        (datetime(2026, 3, 4, 23, 0, tzinfo=UTC), "Thu 00:00"),
        (NIGHT - 6 * DAY, "Thu 22:03"),
        (NIGHT - 7 * DAY, "25 Feb 22:03"),
        (NIGHT - 365 * DAY, "4 Mar 2025 22:03"),
    ],
)
def test_a_moment_names_the_day_only_where_it_is_not_today(at: datetime, shown: str) -> None:
    assert times.moment(at, look()) == shown


def test_a_moment_is_in_the_time_of_the_home_on_both_sides_of_a_clock_change() -> None:
    # Berlin goes from 02:00 to 03:00 at 01:00 UTC on 29 March 2026.
    before, after = (datetime(2026, 3, 29, h, 59, 30, tzinfo=UTC) for h in (0, 1))
    view = look(after)
    assert times.moment(before, view, seconds=True) == "01:59:30"
    assert times.moment(after, view, seconds=True) == "03:59:30"


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        (NIGHT, NIGHT + 20 * SECOND, "22:03"),
        (NIGHT, NIGHT + MINUTE, "22:03 to 22:04"),
        (NIGHT - DAY, NIGHT - DAY + MINUTE, "Tue 22:03 to 22:04"),
        (NIGHT - DAY, NIGHT, "Tue 22:03 to 22:03"),
    ],
)
def test_a_span_names_the_day_once(first: datetime, last: datetime, shown: str) -> None:
    assert times.span(first, last, look()) == shown


@pytest.mark.parametrize(
    ("delta", "shown"),
    [
        (-MINUTE, "0 s"),
        (timedelta(seconds=59.4), "59 s"),
        (119 * SECOND, "119 s"),
        (120 * SECOND, "2 min"),
        (7 * MINUTE + 29 * SECOND, "7 min"),
        (59 * MINUTE + 29 * SECOND, "59 min"),
        (59 * MINUTE + 30 * SECOND, "1 h"),
        (HOUR + 20 * MINUTE, "1 h 20 min"),
        (23 * HOUR + 59 * MINUTE, "23 h 59 min"),
        (DAY, "1 day"),
        (2 * DAY + 3 * HOUR, "2 days 3 h"),
    ],
)
def test_a_rough_duration_is_what_one_would_say(delta: timedelta, shown: str) -> None:
    assert times.rough(delta) == shown


@pytest.mark.parametrize(
    ("delta", "shown"),
    [
        (timedelta(0), "0 s"),
        (timedelta(seconds=10.5), "10.5 s"),
        (2 * MINUTE, "2 min"),
        (2 * MINUTE + 5 * SECOND, "2 min 5 s"),
        (HOUR, "1 h"),
        (HOUR + SECOND, "1 h 1 s"),
    ],
)
def test_a_setting_is_shown_to_its_last_second(delta: timedelta, shown: str) -> None:
    assert times.exact(delta) == shown


@pytest.mark.parametrize(
    ("passed", "shown"),
    [
        (-HOUR, "just now"),
        (timedelta(seconds=1.9), "just now"),
        (2 * SECOND, "2 s ago"),
        (3 * MINUTE, "3 min ago"),
    ],
)
def test_ago_never_lies_in_the_future(passed: timedelta, shown: str) -> None:
    assert times.ago(NIGHT - passed, look()) == shown


@pytest.mark.parametrize(
    ("ahead", "shown"), [(-SECOND, "now"), (0.9 * SECOND, "now"), (SECOND, "in 1 s")]
)
def test_what_is_due_is_due_now(ahead: timedelta, shown: str) -> None:
    assert times.left(NIGHT + ahead, look()) == shown


@pytest.mark.parametrize(
    ("delta", "said"),
    [
        (SECOND, "1 second"),
        (45 * SECOND, "45 seconds"),
        (7 * MINUTE, "7 minutes"),
        (HOUR + 21 * MINUTE, "1 hour 21 minutes"),
        (2 * DAY + HOUR, "2 days 1 hour"),
    ],
)
def test_a_duration_is_spoken_in_words(delta: timedelta, said: str) -> None:
    assert times.spoken(delta) == said


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("90s", 90 * SECOND),
        ("2m", 2 * MINUTE),
        ("1h30m", HOUR + 30 * MINUTE),
        ("2 min", 2 * MINUTE),
        (" 1 Hour 5 Minutes ", HOUR + 5 * MINUTE),
        ("1.5m", 90 * SECOND),
        ("1,5 m", 90 * SECOND),
        ("1d2h3m4s", DAY + 2 * HOUR + 3 * MINUTE + 4 * SECOND),
        ("0s", timedelta(0)),
    ],
)
def test_durations_are_read_as_people_write_them(text: str, read: timedelta) -> None:
    assert times.parse_duration(text) == read


@pytest.mark.parametrize("text", ["", " ", "m", "soon", "-2m", "2m3h", "2mm", "٢m", "1e3s", "2 x"])
def test_what_is_no_duration_is_answered_with_examples(text: str) -> None:
    with pytest.raises(BadInput, match="90s, 2m or 1h30m"):
        times.parse_duration(text)


def test_a_bare_number_is_asked_for_its_unit() -> None:
    with pytest.raises(BadInput, match="Write 90s or 90m"):
        times.parse_duration("90")


@given(st.text())
def test_any_text_is_a_duration_or_a_helpful_refusal(text: str) -> None:
    try:
        read = times.parse_duration(text)
    except BadInput as refusal:
        said = str(refusal)
    else:
        said = f"write {times.exact(read)}"
    assert re.search(r"[Ww]rite ", said)


@given(st.integers(0, 3600))
def test_a_shown_setting_is_read_back_as_it_was(seconds: int) -> None:
    delta = timedelta(seconds=seconds)
    assert times.parse_duration(times.exact(delta)) == delta


@pytest.mark.parametrize("text", ["", "None", "yesterday", None, 5])
def test_an_instant_that_is_none_is_left_out(text: object) -> None:
    assert times.instant(text) is None


def test_an_instant_without_a_zone_is_utc() -> None:
    assert times.instant("2026-03-04T21:03:10") == NIGHT
    assert times.instant(NIGHT.isoformat()) == NIGHT
