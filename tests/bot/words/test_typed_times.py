"""Times, days and windows as people write them; and what is answered to what cannot be read."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alarm.core.errors import BadInput
from alarm.core.schedule.notation import written
from alarm.core.schedule.windows import EVERY_DAY, Window
from alarm.core.settings import Mode
from bot.words.typed_commands import ARM_EXAMPLES, parse_times, parse_vacation
from bot.words.typed_times import Here, parse_moment, parse_time_of_day
from bot.words.typed_windows import changed_window, parse_window

BERLIN = ZoneInfo("Europe/Berlin")
# A Wednesday, 14:30 in Berlin.
HERE = Here(datetime(2026, 3, 4, 13, 30, 20, 500, tzinfo=UTC), BERLIN)
MON_FRI = (0, 1, 2, 3, 4)


def local(at: datetime) -> str:
    return f"{at.astimezone(BERLIN):%Y-%m-%d %H:%M:%S}"


@pytest.mark.parametrize(
    ("text", "minute"),
    [
        ("7:00", 420),
        ("07:00", 420),
        ("7", 420),
        ("22.30", 1350),
        ("7h15", 435),
        ("0:00", 0),
        ("23:59", 1439),
        ("24:00", 1440),
        ("6:30am", 390),
        ("10 pm", 1320),
        ("12am", 0),
        ("12pm", 720),
        ("noon", 720),
        ("midnight", 1440),
    ],
)
def test_times_of_day_are_read_as_people_write_them(text: str, minute: int) -> None:
    assert parse_time_of_day(text) == minute


@pytest.mark.parametrize(
    "text", ["", "24:01", "25:00", "7:60", "13pm", "0am", "seven", "7:0", "-1"]
)
def test_what_is_no_time_of_day_is_refused_with_examples(text: str) -> None:
    with pytest.raises(BadInput, match=r"7:00, 22:30 or 10pm"):
        parse_time_of_day(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("18:00", "2026-03-04 18:00:00"),
        ("14:31", "2026-03-04 14:31:00"),
        ("14:30", "2026-03-05 14:30:00"),
        ("7:00", "2026-03-05 07:00:00"),
        ("tomorrow 7:00", "2026-03-05 07:00:00"),
        ("tomorrow at 7:00", "2026-03-05 07:00:00"),
        ("today 23:00", "2026-03-04 23:00:00"),
        ("fri 18:00", "2026-03-06 18:00:00"),
        ("wed 18:00", "2026-03-04 18:00:00"),
        ("wed 9:00", "2026-03-11 09:00:00"),
        ("12 dec 18:00", "2026-12-12 18:00:00"),
        ("dec 12 18:00", "2026-12-12 18:00:00"),
        ("12. december 18:00", "2026-12-12 18:00:00"),
        ("12.12. 6pm", "2026-12-12 18:00:00"),
        ("2026-12-12 18:00", "2026-12-12 18:00:00"),
        ("12 feb 8:00", "2027-02-12 08:00:00"),
        ("fri", "2026-03-06 00:00:00"),
        ("midnight", "2026-03-05 00:00:00"),
    ],
)
def test_moments_are_the_next_ones_of_that_name(text: str, expected: str) -> None:
    assert local(parse_moment(text, HERE)) == expected


@pytest.mark.parametrize("text", ["", "soon", "31 feb 8:00", "today 9:00", "4 mar 2020", "12 foo"])
def test_moments_that_are_none_or_over_are_refused(text: str) -> None:
    with pytest.raises(BadInput):
        parse_moment(text, HERE)


@pytest.mark.parametrize(
    ("text", "rest", "start", "end"),
    [
        ("", "", "", ""),
        ("night", "night", "", ""),
        ("until 7:00", "", "", "2026-03-05 07:00:00"),
        ("night until 7:00", "night", "", "2026-03-05 07:00:00"),
        ("until 7:00 night", "night", "", "2026-03-05 07:00:00"),
        ("until 12 dec", "", "", "2026-12-13 00:00:00"),
        ("until sunday night", "night", "", "2026-03-09 00:00:00"),
        ("until 12 dec cabin", "cabin", "", "2026-12-13 00:00:00"),
        ("at 5 mar until 12 dec", "", "2026-03-05 00:00:00", "2026-12-13 00:00:00"),
        ("2h", "", "", "2026-03-04 16:30:20"),
        ("for 1h30m", "", "", "2026-03-04 16:00:20"),
        ("1 h 30 min", "", "", "2026-03-04 16:00:20"),
        ("cabin 2h", "cabin", "", "2026-03-04 16:30:20"),
        ("in 10m", "", "2026-03-04 14:40:20", ""),
        ("at 22:00", "", "2026-03-04 22:00:00", ""),
        ("in 10m cabin", "cabin", "2026-03-04 14:40:20", ""),
        ("until 12 dec 18:00", "", "", "2026-12-12 18:00:00"),
        ("until 12 dec 18:00 cabin", "cabin", "", "2026-12-12 18:00:00"),
        ("until dec 12 cabin", "cabin", "", "2026-12-13 00:00:00"),
        ("at 10 pm", "", "2026-03-04 22:00:00", ""),
        ("until 7 am cabin", "cabin", "", "2026-03-05 07:00:00"),
        ("until 7:00 summer cabin", "summer cabin", "", "2026-03-05 07:00:00"),
        ("for 1 h 30 min in cabin", "cabin", "", "2026-03-04 16:00:20"),
        ("in cabin 2h", "cabin", "", "2026-03-04 16:30:20"),
        ("at home", "home", "", ""),
        ("7:00", "7:00", "", ""),
        ("night in 10m until 7:00", "night", "2026-03-04 14:40:20", "2026-03-05 07:00:00"),
        (
            "Cabin Night at 22:00 till fri at 8:00",
            "cabin night",
            "2026-03-04 22:00:00",
            "2026-03-06 08:00:00",
        ),
    ],
)
def test_times_are_taken_out_of_a_command(text: str, rest: str, start: str, end: str) -> None:
    times = parse_times(text, HERE, ARM_EXAMPLES)
    assert times.rest == rest
    assert (local(times.start) if times.start else "") == start
    assert (local(times.end) if times.end else "") == end


@pytest.mark.parametrize(
    "text",
    [
        "until",
        "in",
        "in 10",
        "until 25:00",
        "until 25:00 cabin",
        "until fri 25:00",
        "in ten minutes",
        "for ever",
        "in 30s",
        "8d",
        "at 22:00 until 21:00 today",
    ],
)
def test_a_command_with_a_bad_time_is_refused_with_examples(text: str) -> None:
    with pytest.raises(BadInput) as refusal:
        parse_times(text, HERE, ARM_EXAMPLES)
    assert str(refusal.value).endswith(ARM_EXAMPLES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("until 12 dec", "2026-12-13 00:00:00"),
        ("12 dec", "2026-12-13 00:00:00"),
        ("until sunday", "2026-03-09 00:00:00"),
        ("until 12 dec 18:00", "2026-12-12 18:00:00"),
        ("for 10 days", "2026-03-15 00:00:00"),
        ("2 weeks", "2026-03-19 00:00:00"),
    ],
)
def test_a_vacation_until_a_day_lasts_to_its_end(text: str, expected: str) -> None:
    assert local(parse_vacation(text, HERE)) == expected


@pytest.mark.parametrize("text", ["until", "forever", "until 31 feb", "until yesterday"])
def test_a_vacation_without_a_readable_end_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(BadInput, match="/vacation until 12 dec"):
        parse_vacation(text, HERE)


# -- windows ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mon-fri 22:00-6:30 night", "mon-fri 22:00-6:30 night"),
        ("Mon - Fri 22:00 - 06:30 Night", "mon-fri 22:00-6:30 night"),
        ("monday to friday from 22:00 to 6:30 night", "mon-fri 22:00-6:30 night"),
        ("night 22-6 weekdays", "mon-fri 22:00-6:00 night"),
        ("daily 10pm-6:30am night", "daily 22:00-6:30 night"),
        ("every day 22:00-6:30 night", "daily 22:00-6:30 night"),
        ("22:00-6:30 night", "daily 22:00-6:30 night"),
        ("sat,sun 9:00-17:00 away", "sat,sun 9:00-17:00 away"),
        ("sat and sun 9:00-17:00 away", "sat,sun 9:00-17:00 away"),
        ("weekend 0:00-24:00 home", "sat,sun 0:00-24:00 home"),
        ("fri-mon 8:00-noon away", "mon,fri-sun 8:00-12:00 away"),
        ("mo-fr 8.30–17.00 away", "mon-fri 8:30-17:00 away"),
        ("tue 20:00-midnight home", "tue 20:00-24:00 home"),
    ],
)
def test_windows_are_read_as_people_write_them(text: str, expected: str) -> None:
    assert written(parse_window(text)) == expected


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "From when to when"),
        ("mon-fri night", "From when to when"),
        ("mon-fri 22:00 night", "no day, time or mode"),
        ("mon-fri 22:00-6:30", "In which mode: away, home, night"),
        ("mon-fri 22:00-25:00 night", "no time of day"),
        ("mon-fry 22:00-6:30 night", "“mon-fry” is no day"),
        ("m 22:00-6:30 night", "“m” is no day"),
        ("mon 22:00-6:30 night away", "one mode"),
    ],
)
def test_what_is_no_window_is_refused_with_what_is_missing(text: str, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        parse_window(text)


@given(
    st.builds(
        Window,
        st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
        st.integers(0, 1439),
        st.integers(0, 1439),
        st.sampled_from(Mode),
    )
)
def test_what_the_journal_writes_can_be_typed_again(window: Window) -> None:
    assert parse_window(written(window)) == window


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(BadInput):
        parse_window(text)
    with suppress(BadInput):
        parse_times(text, HERE, "")
    with suppress(BadInput):
        parse_vacation(text, HERE)


def test_only_what_is_named_is_changed() -> None:
    window = Window(MON_FRI, 1320, 390, Mode.NIGHT, 2)
    assert changed_window(window, "23:00-7:00") == Window(MON_FRI, 1380, 420, Mode.NIGHT, 2)
    assert changed_window(window, "daily") == Window(EVERY_DAY, 1320, 390, Mode.NIGHT, 2)
    assert changed_window(window, "home") == Window(MON_FRI, 1320, 390, Mode.HOME, 2)
    with pytest.raises(BadInput, match="/schedule change 2"):
        changed_window(window, "")


@pytest.mark.parametrize("text", ["23:15", "11:15pm", " 23.15 "])
def test_one_time_alone_may_be_the_beginning_or_the_end_of_a_window(text: str) -> None:
    window = Window(MON_FRI, 1320, 0, Mode.NIGHT, 2)
    with pytest.raises(BadInput) as refusal:
        changed_window(window, text)
    assert str(refusal.value) == (
        "From 23:15 or until 23:15? Write /schedule change 2 23:15-24:00 or 22:00-23:15"
    )


def test_a_moment_in_the_skipped_hour_is_the_jump() -> None:
    night = Here(datetime(2026, 3, 28, 20, 0, tzinfo=UTC), BERLIN)
    assert local(parse_moment("2:30", night)) == "2026-03-29 03:00:00"
    assert parse_moment("2:30", night) - night.now == timedelta(hours=5)
