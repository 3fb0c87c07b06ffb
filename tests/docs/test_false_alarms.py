"""The page on false alarms names real tests, and the values that the program really has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from alarm.core import swinger
from alarm.core.drill import DRILL_LIFE
from alarm.core.durations import exact
from alarm.core.option_list import BY_KEY, find_option, in_group
from alarm.core.options import Group
from alarm.core.pins import MAX_DIGITS, MIN_DIGITS
from alarm.core.settings import MAX_ENTRY_AND_ABORT, MAX_EXIT_DELAY, Settings

CHECKOUT = Path(__file__).parents[2]
PAGE = (CHECKOUT / "docs" / "false-alarms.md").read_text()
# Every feature of the standard, with three that it has no name of its own for.
FEATURES = (
    "Exit time",
    "Exit progress",
    "Exit time restart",
    "Auto stay",
    "Exit error",
    "Entry delay",
    "Entry delay and abort window together",
    "Abort window",
    "Abort annunciation",
    "Cancel window",
    "Cancel annunciation",
    "Duress",
    "Cross zone",
    "Distinct cameras",
    "Swinger shutdown",
    "Fire alarm verification",
    "Recent closing",
    "Remote arming progress",
    "Power restoration",
    "Test mode",
    "System acknowledgement",
)
SETTINGS = Settings()
# What the columns "default here" and "range here" must say where it is no setting that has them.
NUMBERS: dict[str, tuple[str, str]] = {
    "Exit time restart": ("a button", f"to {exact(MAX_EXIT_DELAY)} from now"),
    "Entry delay and abort window together": (f"at most {exact(MAX_ENTRY_AND_ABORT)}", "-"),
    "Duress": ("off", f"{MIN_DIGITS} to {MAX_DIGITS} digits, not next to the PIN"),
    "Test mode": (exact(DRILL_LIFE), "-"),
}
# What the column "default here" adds to the value of a setting.
ADDED = {"Swinger shutdown": f" alarms within {exact(swinger.WITHIN)}"}
# What no camera can do, as the page explains.
WITHOUT = ("Auto stay", "Exit error", "Fire alarm verification")
# The features that the household may switch or change; all others say why they are no setting.
SWITCHED = {
    "Exit time": "away-exit-delay",
    "Exit progress": "exit-progress",
    "Entry delay": "away-entry-delay",
    "Abort window": "abort-window",
    "Abort annunciation": "abort-notice",
    "Cancel window": "cancel-window",
    "Cancel annunciation": "cancel-notice",
    "Cross zone": "away-rule",
    "Distinct cameras": "away-distinct",
    "Swinger shutdown": "swinger",
    "Recent closing": "recent-closing",
}
REASON = re.compile(r"(always (on|there|ends)|none|`/pin` instead): \w+( [\w-]+){3,}")
DEFAULT_HERE, RANGE_HERE, SETTING, SHOWN_BY = 2, 3, 4, 5


def rows() -> dict[str, list[str]]:
    table = [line for line in PAGE.splitlines() if line.startswith("|")]
    cells = ([cell.strip() for cell in line.strip("|").split("|")] for line in table[2:])
    return {row[0]: row[1:] for row in cells}


def test_every_feature_of_the_standard_has_its_row() -> None:
    assert tuple(rows()) == FEATURES


@pytest.mark.parametrize("feature", FEATURES)
def test_the_test_that_shows_it_exists(feature: str) -> None:
    row = rows()[feature]
    if feature in WITHOUT:
        assert (row[DEFAULT_HERE], row[RANGE_HERE], row[SHOWN_BY]) == ("none", "-", "-")
        return
    found = re.fullmatch(r"`(tests/[\w/]+\.py)::(test_\w+)`", row[SHOWN_BY])
    assert found is not None
    assert re.search(
        rf"^(async )?def {found[2]}\(", (CHECKOUT / found[1]).read_text(), re.MULTILINE
    )


@pytest.mark.parametrize("feature", FEATURES)
def test_a_row_names_its_setting_or_says_why_there_is_none(feature: str) -> None:
    setting = rows()[feature][SETTING]
    if feature in SWITCHED:
        assert setting == f"`{SWITCHED[feature]}`"
    else:
        assert REASON.fullmatch(setting)
        assert setting.startswith("none: ") is (feature in WITHOUT)


@pytest.mark.parametrize("feature", SWITCHED)
def test_default_and_range_are_those_of_the_setting(feature: str) -> None:
    option = BY_KEY[SWITCHED[feature]]
    row = rows()[feature]
    assert row[DEFAULT_HERE] == option.shown(SETTINGS) + ADDED.get(feature, "")
    assert row[RANGE_HERE] == option.limits


@pytest.mark.parametrize("key", SWITCHED.values())
def test_every_setting_has_buttons_and_those_of_away_have_their_like_in_the_other_modes(
    key: str,
) -> None:
    assert BY_KEY[key].steps or key == "away-rule"
    if key.startswith("away-"):
        name = key.removeprefix("away-")
        assert {f"night-{name}", f"home-{name}"} <= set(BY_KEY)


def test_every_setting_against_false_alarms_stands_in_the_table() -> None:
    there = {option.key for option in in_group(Group.FALSE_ALARMS)}
    assert there <= set(SWITCHED.values())


def test_the_command_that_the_page_gives_as_its_example_is_understood() -> None:
    (example,) = re.findall(r"as in `/settings ([^`]+)`", PAGE)
    option, value = find_option(example)
    assert option.changed(SETTINGS, value) != SETTINGS


@pytest.mark.parametrize("feature", NUMBERS)
def test_the_numbers_are_those_of_the_program(feature: str) -> None:
    row = rows()[feature]
    assert (row[DEFAULT_HERE], row[RANGE_HERE]) == NUMBERS[feature]


@pytest.mark.parametrize("feature", FEATURES)
def test_a_row_with_a_number_is_held_against_the_program(feature: str) -> None:
    row = rows()[feature]
    if re.search(r"\d", f"{row[DEFAULT_HERE]} {row[RANGE_HERE]}"):
        assert (feature in NUMBERS) is not (feature in SWITCHED)
    else:
        assert feature not in NUMBERS


@pytest.mark.parametrize("feature", FEATURES)
def test_what_differs_is_explained(feature: str) -> None:
    standard, _, here = rows()[feature][:3]
    if standard != here.replace("1 min", "60 s"):
        assert f"**{feature}" in PAGE or f"**{feature.lower()}**" in PAGE
