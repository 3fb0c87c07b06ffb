"""The pages of the settings, as a person sees and presses them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alarm.core.commands import SetOption
from alarm.core.errors import BadInput
from alarm.core.notices import Notice
from alarm.core.option_list import BY_KEY, in_group
from alarm.core.options import Group
from alarm.core.settings import AT_HOME, Mode, Settings
from bot.pages import Press
from bot.words import settings as words
from tests.bot.words.looks import pressable, seen, well
from tests.bot.words.told import said_in
from tests.core.home import SECOND, Home, settings

READY = replace(
    well(), settings=Settings().with_mode(Mode.NIGHT, AT_HOME).with_mode(Mode.HOME, AT_HOME)
)


def test_the_first_page_says_what_is_chosen_and_leads_to_each_group() -> None:
    page = words.first_page(READY)
    text = seen(page)
    assert "Away: alarm after 2 events within 2 min, exit 1 min\n" in text
    assert "Calls: first one after 30 s, 2 rounds" in text
    assert "/settings exit delay 45s" in text
    groups = [words.TITLES[group] for group in Group if in_group(group)]
    assert pressable(page) == groups


def test_a_mode_that_is_not_set_up_says_how_and_has_no_button() -> None:
    page = words.first_page(well())
    assert "Night: not set up yet. Send /arm night and choose its cameras." in seen(page)
    assert "Night" not in pressable(page)
    page = words.group_page(Group.NIGHT, well())
    assert "not set up yet" in seen(page)
    assert pressable(page) == ["‹ Back"]


def test_a_group_shows_values_ranges_and_the_next_values_on_its_buttons() -> None:
    page = words.group_page(Group.CALLS, READY)
    assert seen(page).startswith(
        "⚙️ Calls\n\nFirst call after: 30 s (0 s to 5 min)\nRounds of calls: 2 (1 to 10)\n"
    )
    assert "▼ 1 · Rounds of calls" in pressable(page)
    assert "▲ 3 · Rounds of calls" in pressable(page)
    assert pressable(page)[-1] == "‹ Back"


@pytest.mark.parametrize("group", [group for group in Group if in_group(group)])
def test_every_button_of_every_group_sets_what_it_says(group: Group) -> None:
    for row in words.group_page(group, READY).buttons:
        for button in row:
            if button.press is Press.SET:
                option, value = words.press_of(button.about)
                changed = option.changed(READY.settings, value)
                assert option.shown(changed) == value
                assert changed != READY.settings


def test_at_a_limit_only_the_other_direction_is_offered() -> None:
    home = Home(state=READY)
    home.do(SetOption(home.actor(), "cycles", "1"))
    page = words.group_page(Group.CALLS, home.state)
    assert "▲ 2 · Rounds of calls" in pressable(page)
    assert not any(text.startswith("▼") and "Rounds" in text for text in pressable(page))


def test_a_value_between_the_steps_goes_to_its_neighbours() -> None:
    home = Home(state=READY)
    home.do(SetOption(home.actor(), "away-exit-delay", "50s"))
    page = words.group_page(Group.AWAY, home.state)
    assert {"▼ 45 s · Exit delay", "▲ 1 min · Exit delay"} <= set(pressable(page))


def test_an_entry_delay_that_shortens_the_abort_window_says_so() -> None:
    state = replace(well(), settings=settings(entry_delay=45 * SECOND))
    text = seen(words.group_page(Group.AWAY, state))
    assert "With this entry delay the first call comes 15 s after the alarm, not 30 s." in text


def test_the_page_on_false_alarms_says_what_each_of_them_does() -> None:
    text = seen(words.group_page(Group.FALSE_ALARMS, READY))
    assert "  " not in text
    assert "\n\n\n" not in text
    for option in in_group(Group.FALSE_ALARMS):
        value = f"{option.title}: {option.shown(READY.settings)}"
        limits = "" if option.is_switch else f" ({option.limits})"
        assert f"\n{value}{limits}\n{words.MEANINGS[option.key]}\n" in text


@pytest.mark.parametrize(
    ("off", "told"),
    [
        ((), "False alarms: all that avoids them is on\n"),
        (("swinger",), "False alarms: off: alarms until left out\n"),
        (("swinger", "abort-notice"), "False alarms: off: abort notice, alarms until left out\n"),
    ],
)
def test_the_first_page_names_what_is_off_against_false_alarms(
    off: tuple[str, ...], told: str
) -> None:
    home = Home(state=READY)
    for key in off:
        home.do(SetOption(home.actor(), key, "off"))
    assert told in seen(words.first_page(home.state))


def test_a_change_is_confirmed_on_top_of_the_page() -> None:
    option = BY_KEY["night-exit-delay"]
    line = words.change(option, "0 s", "15 s")
    text = seen(words.group_page(Group.NIGHT, READY, line))
    assert text.startswith("✅ Exit delay (night): 15 s (before: 0 s).\n\n⚙️ Night\n")
    assert "as before" in words.change(option, "15 s", "15 s")


def test_a_button_of_another_version_is_refused_with_a_word() -> None:
    with pytest.raises(BadInput, match="/settings"):
        words.press_of("gone=3")


def test_a_changed_setting_is_told_with_the_old_value() -> None:
    text = "✅ Exit delay (away): 45 s (before: 1 min)."
    assert said_in(notice=Notice.SETTING_SET) == text
    assert said_in(notice=Notice.SETTING_CHANGED) == f"{text} Changed by Ann."


def test_a_setting_that_this_version_does_not_know_is_told_all_the_same() -> None:
    assert said_in(notice=Notice.SETTING_SET, setting="gone").startswith("✅ Setting changed: 45 s")
