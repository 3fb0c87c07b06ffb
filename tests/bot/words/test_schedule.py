"""The week on a phone, the page of one window, and what is said around the clock."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alarm.core.deliveries import WordsBody, say
from alarm.core.errors import BadInput
from alarm.core.notices import Notice
from alarm.core.schedule.windows import MAX_WINDOWS, Schedule, Window, clash_of
from alarm.core.settings import Mode
from bot.pages import Page, Press
from bot.words.notices import sentence
from bot.words.schedule import require_room, schedule_page, table
from bot.words.window_editor import about, editor, read_about
from simulator.telegram.html import parse_html
from tests.bot.words.looks import look, pressable, seen
from tests.core.schedule.timed import (
    AWAY,
    DAYS_OUT,
    HOME,
    NIGHT,
    NIGHTS,
    TimedHome,
    berlin,
    home_with,
)

# What a small phone shows of monospace text in one line.
PHONE = 30
WINDOWS = st.builds(
    Window,
    st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
    st.integers(0, 1439),
    st.integers(0, 1439),
    st.sampled_from(Mode),
    st.integers(0, MAX_WINDOWS),
    st.just(False),
    st.sampled_from(["", "51001", "51002", "9" * 20]),
)


def week(home: TimedHome) -> Page:
    return schedule_page(home.state, look(home.now))


def test_the_week_is_a_table_and_the_next_change_is_in_words() -> None:
    weekend = Window((5, 6), 10 * 60, 0, HOME, 3, paused=True)
    home = home_with(NIGHTS, DAYS_OUT, weekend)
    home.at("22:00")
    page = week(home)
    text = seen(page)
    assert text.splitlines()[1:6] == [
        " # MTWTFSS from  to    mode",
        " 2 MTWTF·· 08:00-17:00 away",
        " 1 MTWTFSS 22:00-06:30 night",
        " 3 ·····SS 10:00-24:00 (home)",
        "Windows in brackets are paused.",
    ]
    assert "armed" in text
    assert "Next: disarmed at Thu 06:30 (in 8 h 30 min)." in text
    assert "/schedule add mon-fri 22:00-6:30 night" in text
    entities = {entity["type"] for entity in parse_html(page.html)[1]}
    assert "pre" in entities
    assert pressable(page) == [
        "✏️ 1: night 22:00",
        "✏️ 2: away 8:00",
        "✏️ 3: home 10:00",
        "➕ Add",
        "Switch off",
    ]


@settings(deadline=None)
@given(st.lists(WINDOWS, max_size=12), st.booleans())
def test_no_line_of_the_table_is_wider_than_a_phone(windows: list[Window], off: bool) -> None:
    kept: tuple[Window, ...] = ()
    for number, window in enumerate(windows, MAX_WINDOWS - 12):
        window = replace(window, id=number, paused=clash_of((*kept, window)) is not None)
        kept = (*kept, window)
    schedule = Schedule(kept, off)
    assert max(map(len, table(schedule, {}).splitlines())) <= PHONE


def test_a_full_schedule_still_fits_one_message() -> None:
    windows = tuple(Window((n % 7,), n * 40, n * 40 + 30, AWAY, n) for n in range(1, 31))
    seen(week(home_with(*windows)))


def test_an_empty_schedule_says_what_a_window_does() -> None:
    text = seen(week(home_with()))
    assert "No window yet" in text
    assert "Next" not in text


def test_what_is_off_what_waits_and_what_a_person_overrode_is_said() -> None:
    home = home_with(NIGHTS)
    home.state = replace(
        home.state, calendar=replace(home.state.calendar, schedule=Schedule((NIGHTS,), off=True))
    )
    assert "is off" in seen(week(home))
    assert "Switch on" in pressable(week(home))
    home = home_with(NIGHTS)
    home.at("22:00")
    home.disarm()
    assert "The schedule alone would have it armed (night) now." in seen(week(home))
    home.restart()
    assert "It waits until the internet confirms the time." in seen(week(home))
    home = home_with(NIGHTS)
    home.leave("2026-12-13 00:00")
    text = seen(week(home))
    assert "Vacation until the end of Sat 12 Dec: the schedule is ignored" in text
    assert "Next: disarmed at 13 Dec 00:00" not in text
    assert "when the vacation ends" in text


# -- refusals --------------------------------------------------------------------------------------


def test_an_overlap_is_explained_with_both_windows_and_the_time() -> None:
    state = home_with(NIGHTS, DAYS_OUT).state
    with pytest.raises(BadInput) as refusal:
        require_room(state, Window((4,), 6 * 60, 7 * 60, HOME))
    assert str(refusal.value) == (
        "Not possible: fri 6:00-7:00 home and window 1 (daily 22:00-6:30 night) both want "
        "Fri 06:00-06:30. Choose other times, or change window 1 first."
    )


def test_what_brings_nothing_new_is_refused_and_a_longer_one_of_the_same_mode_is_not() -> None:
    state = home_with(NIGHTS).state
    with pytest.raises(BadInput, match=r"Window 1 covers mon 23:00-5:00 night already"):
        require_room(state, Window((0,), 23 * 60, 5 * 60, NIGHT))
    require_room(state, Window((0,), 23 * 60, 7 * 60, NIGHT))
    require_room(state, replace(NIGHTS, end=7 * 60))


def test_a_paused_window_is_checked_when_it_is_resumed() -> None:
    paused = replace(DAYS_OUT, start=6 * 60, paused=True)
    state = home_with(NIGHTS, paused).state
    require_room(state, replace(paused, end=18 * 60))
    with pytest.raises(BadInput, match="both want"):
        require_room(state, replace(paused, paused=False))


# -- the page of a window --------------------------------------------------------------------------


@given(WINDOWS)
def test_a_window_survives_its_button(window: Window) -> None:
    assert read_about(about(window)) == window


@given(WINDOWS)
def test_every_button_of_the_page_shows_a_window_again(window: Window) -> None:
    page = editor(window, home_with(NIGHTS, DAYS_OUT).state)
    seen(page)
    for button in (b for row in page.buttons for b in row):
        if button.press is Press.WINDOW:
            again = read_about(button.about)
            assert again.id == window.id
            assert again.days


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "1.2.3",
        "1.127.1320.390.sleep",
        "1.0.0.0.away",
        "x" * 60,
        "1.127.1320.390.night.",
        "1.127.1320.390.night.x",
        "1.127.1320.390.night.51001.51002",
        "1.127.1320.390.night." + "9" * 21,
    ],
)
def test_a_button_that_is_not_ours_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        read_about(text)


def test_the_page_of_a_window_shows_what_is_saved_and_what_is_to_be() -> None:
    home = home_with(NIGHTS)
    page = editor(replace(NIGHTS, end=7 * 60), home.state)
    assert seen(page).splitlines()[:2] == [
        "✏️ Window 1: daily 22:00-7:00 night",
        "Saved is daily 22:00-6:30 night.",
    ]
    assert pressable(page)[-4:] == ["💾 Save", "Pause", "Remove", "⬅️ Back"]
    assert "✅ night" in pressable(page)
    new = editor(replace(NIGHTS, id=0), home.state)
    assert seen(new).startswith("✏️ New window")
    assert pressable(new)[-2:] == ["💾 Save", "⬅️ Back"]


def test_the_last_day_of_a_window_cannot_be_taken_away() -> None:
    window = Window((3,), 0, 60, AWAY, 1)
    page = editor(window, home_with(window).state)
    (thursday,) = [b for row in page.buttons for b in row if b.text == "✅ Thu"]
    assert read_about(thursday.about) == window


# -- the clock in answers --------------------------------------------------------------------------


def test_a_late_edge_says_when_it_was_due() -> None:
    home = home_with(NIGHTS)
    home.now = berlin("22:40")
    home.restart()
    home.confirm()
    bodies = [d.body for d in home.at("22:41").effects]
    texts = [
        seen(sentence(b.words, home.state, look(home.now)))
        for b in bodies
        if isinstance(b, WordsBody)
    ]
    assert "It was due at 22:00." in texts[0]


def told_of_vacation(home: TimedHome) -> str:
    words = say(Notice.VACATION_SET, until=berlin("2026-03-09 00:00").isoformat(), by="Ann")
    return seen(sentence(words, home.state, look(home.now)))


def test_a_vacation_says_armed_away_only_where_that_is_true() -> None:
    home = home_with(NIGHTS)
    home.leave("2026-03-09 00:00")
    assert "Armed (away) meanwhile" in told_of_vacation(home)
    home.disarm()
    text = told_of_vacation(home)
    assert "Armed (away)" not in text
    assert "Now disarmed" in text
