"""The week of a home with several areas: which window is of which, and what comes next where."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alarm.core.commands import Arm
from alarm.core.deliveries import WordsBody
from alarm.core.draft import Decision
from alarm.core.errors import BadInput
from alarm.core.inputs import DevicesSeen
from alarm.core.notices import Notice
from alarm.core.schedule.windows import EVERY_DAY, Window
from bot.pages import Page
from bot.words.notices import sentence
from bot.words.schedule import require_room, schedule_page
from bot.words.screen import status
from bot.words.window_editor import about, editor, read_about
from tests.bot.words.looks import look, pressable, seen
from tests.core.home import ANN, GARDEN, HOUSE
from tests.core.schedule.timed import (
    AWAY,
    DAYS_OUT,
    NIGHT,
    NIGHTS,
    TimedHome,
    home_with,
    networks_seen,
    two_areas,
)

HOUSE_NIGHTS = replace(NIGHTS, area=HOUSE)
GARDEN_DAYS = replace(DAYS_OUT, area=GARDEN)
EVENING = Window(EVERY_DAY, 18 * 60, 20 * 60, AWAY, 3)


def week(home: TimedHome) -> str:
    return seen(schedule_page(home.state, look(home.now)))


def told(home: TimedHome, decision: Decision, notice: Notice) -> str:
    (body,) = [
        d.body
        for d in decision.effects
        if d.target == str(ANN) and isinstance(d.body, WordsBody) and d.body.words.notice is notice
    ]
    return seen(sentence(body.words, home.state, look(home.now)))


# -- the table -------------------------------------------------------------------------------------


def test_the_windows_of_each_area_stand_under_its_name() -> None:
    text = week(two_areas(HOUSE_NIGHTS, GARDEN_DAYS, EVENING))
    assert text.splitlines()[1:8] == [
        " # MTWTFSS from  to    mode",
        "In all areas:",
        " 3 MTWTFSS 18:00-20:00 away",
        "In Garden:",
        " 2 MTWTF·· 08:00-17:00 away",
        "In House:",
        " 1 MTWTFSS 22:00-06:30 night",
    ]
    assert "For one area add its name: in Garden" in text


def test_a_home_with_one_area_never_reads_the_word() -> None:
    home = home_with(HOUSE_NIGHTS, DAYS_OUT)
    assert week(home) == week(home_with(NIGHTS, DAYS_OUT))
    assert "House" not in week(home)
    assert "area" not in week(home)


def test_a_long_name_breaks_no_line_of_the_table() -> None:
    home = home_with(HOUSE_NIGHTS, areas={HOUSE: "The old house " * 4, GARDEN: "Garden"})
    assert all(len(line) <= 30 for line in week(home).splitlines()[1:4])


def test_an_area_that_blink_no_longer_lists_is_shown_as_such() -> None:
    home = two_areas(HOUSE_NIGHTS, replace(EVENING, area=GARDEN))
    home.do(DevicesSeen(networks_seen([home.area])))
    assert "⚠️ Garden is an area that Blink no longer lists. Its windows are kept." in week(home)
    home = home_with(NIGHTS, replace(EVENING, area="51009"))
    text = week(home)
    assert "In an area that is gone:\n 3 MTWTFSS 18:00-20:00 away" in text
    assert "⚠️ Window 3 is of an area that Blink no longer lists. It is kept." in text
    assert "Next: armed (night) at 22:00" in text


# -- what comes next, and why it is not as it should be --------------------------------------------


def test_the_next_change_is_told_of_each_area_where_they_differ() -> None:
    home = two_areas(HOUSE_NIGHTS, GARDEN_DAYS)
    text = week(home)
    assert "Next: disarmed in Garden at 17:00 (in 5 h).\n" in text
    assert "Next: armed (night) in House at 22:00 (in 10 h).\n" in text
    assert "Next: disarmed in Garden at 17:00" in seen(status(home.state, look(home.now)))


def test_the_next_change_of_all_areas_names_none() -> None:
    assert "Next: armed (night) at 22:00 (in 10 h)." in week(two_areas(NIGHTS))


def test_an_area_without_windows_has_nothing_to_come() -> None:
    text = week(two_areas(HOUSE_NIGHTS))
    assert "Next: armed (night) in House at 22:00 (in 10 h)." in text
    assert "in Garden at" not in text


def test_only_what_a_schedule_wants_otherwise_is_told_and_where() -> None:
    home = two_areas(HOUSE_NIGHTS, replace(NIGHTS, id=2, area=GARDEN))
    home.at("22:00")
    assert "The schedule alone" not in week(home)
    home.disarm()
    assert "The schedule alone would have it armed (night) now." in week(home)
    home.do(Arm(home.actor(), NIGHT, GARDEN))
    assert "The schedule alone would have it armed (night) in House now." in week(home)
    alone = two_areas(HOUSE_NIGHTS)
    alone.do(Arm(alone.actor(), AWAY, GARDEN))
    assert "The schedule alone" not in week(alone)


def test_what_a_person_set_for_a_time_is_told_of_its_area() -> None:
    home = two_areas(HOUSE_NIGHTS)
    home.hold("15:00", armed=True, area=GARDEN)
    assert "Until 15:00 in Garden, then disarmed." in week(home)
    home.hold("15:00", armed=True)
    assert "Until 15:00, then disarmed." in week(home)
    home.later("16:00")
    assert "To be armed (away) at 16:00 (in 4 h)." in week(home)


# -- the page of a window --------------------------------------------------------------------------


def shown(window: Window, home: TimedHome) -> Page:
    page = editor(window, home.state)
    seen(page)
    return page


def test_the_area_is_chosen_by_a_button_where_there_are_several() -> None:
    home = two_areas(GARDEN_DAYS)
    page = shown(GARDEN_DAYS, home)
    assert seen(page) == "✏️ Window 2: mon-fri 8:00-17:00 away in Garden"
    rows = [[b.text for b in row] for row in page.buttons]
    assert rows[5:7] == [["All areas", "✅ Garden"], ["House"]]
    named = {b.text: read_about(b.about).area for row in page.buttons[5:7] for b in row}
    assert named == {"All areas": "", "✅ Garden": GARDEN, "House": HOUSE}
    assert "✅ All areas" in pressable(shown(DAYS_OUT, home))


def test_every_other_button_of_the_page_keeps_the_area() -> None:
    page = shown(GARDEN_DAYS, two_areas(GARDEN_DAYS))
    others = [b for row in (*page.buttons[:5], page.buttons[7]) for b in row]
    assert {read_about(b.about).area for b in others} == {GARDEN}


def test_what_is_saved_is_told_with_its_area_where_that_is_another() -> None:
    page = shown(replace(GARDEN_DAYS, area=""), two_areas(GARDEN_DAYS))
    assert seen(page).splitlines() == [
        "✏️ Window 2: mon-fri 8:00-17:00 away in all areas",
        "Saved is mon-fri 8:00-17:00 away in Garden.",
    ]


def test_a_home_with_one_area_is_never_asked_for_it() -> None:
    home = home_with(replace(NIGHTS, area=HOUSE))
    page = shown(replace(NIGHTS, area=HOUSE), home)
    assert seen(page) == seen(shown(NIGHTS, home_with(NIGHTS)))
    assert pressable(page) == pressable(shown(NIGHTS, home_with(NIGHTS)))


def test_an_area_that_blink_no_longer_lists_is_only_offered_to_its_own_windows() -> None:
    home = two_areas(NIGHTS, GARDEN_DAYS)
    home.do(DevicesSeen(networks_seen([home.area])))
    assert "✅ Garden" in pressable(shown(GARDEN_DAYS, home))
    assert not any("Garden" in text for text in pressable(shown(NIGHTS, home)))
    gone = replace(NIGHTS, area="51009")
    page = shown(gone, home_with(gone))
    assert "in an area that Blink no longer lists" in seen(page)
    assert "All areas" in pressable(page)


def test_a_button_of_before_there_were_areas_still_reads() -> None:
    assert read_about("2.31.480.1020.away") == DAYS_OUT
    assert about(DAYS_OUT) == "2.31.480.1020.away"
    assert read_about(f"2.31.480.1020.away.{GARDEN}") == GARDEN_DAYS


# -- refusals --------------------------------------------------------------------------------------


def test_an_overlap_names_the_areas_where_they_are_not_the_same() -> None:
    state = two_areas(NIGHTS).state
    with pytest.raises(BadInput) as refusal:
        require_room(state, replace(DAYS_OUT, id=0, start=6 * 60, area=GARDEN))
    assert str(refusal.value) == (
        "Not possible: mon-fri 6:00-17:00 away in Garden and window 1 (daily 22:00-6:30 night in "
        "all areas) both want Mon 06:00-06:30. Choose other times, or change window 1 first."
    )
    with pytest.raises(BadInput, match=r"mon-fri 6:00-17:00 away and window 1 \(daily 22:00-6:30"):
        require_room(state, replace(DAYS_OUT, id=0, start=6 * 60))
    require_room(two_areas(HOUSE_NIGHTS).state, replace(DAYS_OUT, start=6 * 60, area=GARDEN))


def test_what_all_areas_have_already_brings_one_nothing_new() -> None:
    state = two_areas(NIGHTS).state
    with pytest.raises(BadInput, match=r"1 covers daily 23:00-6:30 night in Garden already"):
        require_room(state, replace(NIGHTS, id=0, start=23 * 60, area=GARDEN))


# -- what was changed ------------------------------------------------------------------------------


def test_a_change_says_of_which_area_it_is_and_was() -> None:
    home = two_areas()
    decision = home.set_window(replace(EVENING, id=0, area=GARDEN))
    text = told(home, decision, Notice.SCHEDULE_CHANGED)
    assert text.startswith("🗓 Window 1 added: daily 18:00-20:00 away in Garden, by Ann.\n")
    assert "Next: armed (away) in Garden at 18:00" in text
    decision = home.set_window(replace(EVENING, id=1))
    text = told(home, decision, Notice.SCHEDULE_CHANGED)
    assert text.startswith(
        "🗓 Window 1 is now daily 18:00-20:00 away in all areas, "
        "was daily 18:00-20:00 away in Garden, by Ann.\n"
    )
    decision = home.set_window(replace(EVENING, id=1, end=21 * 60))
    text = told(home, decision, Notice.SCHEDULE_CHANGED)
    assert " in " not in text.split("\n")[0]


def test_with_windows_of_a_gone_area_alone_nothing_is_to_come() -> None:
    home = two_areas(replace(NIGHTS, area="51009"))
    decision = home.set_window(replace(NIGHTS, area="51009", end=7 * 60))
    text = told(home, decision, Notice.SCHEDULE_CHANGED)
    assert text.endswith("\nNothing is to come.")


def test_an_edge_names_every_area_in_full() -> None:
    names = {str(n): f"The house number {n}" for n in range(51001, 51005)}
    windows = [replace(NIGHTS, id=n, area=area) for n, area in enumerate(list(names)[1:])]
    home = home_with(*windows, areas=names)
    text = told(home, home.at("22:00"), Notice.SCHEDULE_ARMED)
    first = "The house number 51002, The house number 51003, The house number 51004"
    assert text.startswith(f"🔒 Now armed (night) in {first} by the schedule.\n")
