"""The page on false alarms names real tests, and the values that the program really has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from alarm.core import swinger
from alarm.core.drill import DRILL_LIFE
from alarm.core.durations import exact
from alarm.core.pins import MAX_DIGITS, MIN_DIGITS
from alarm.core.rule_text import RULE_RANGE, within
from alarm.core.settings import (
    MAX_ABORT_WINDOW,
    MAX_CANCEL_WINDOW,
    MAX_ENTRY_AND_ABORT,
    MAX_ENTRY_DELAY,
    MAX_EXIT_DELAY,
    MAX_RECENT_CLOSING,
    MAX_SWINGER,
    MIN_CANCEL_WINDOW,
    MIN_RECENT_CLOSING,
    Mode,
    Settings,
)

CHECKOUT = Path(__file__).parents[2]
PAGE = (CHECKOUT / "docs" / "false-alarms.md").read_text()
# Every feature of the standard, with two that it has no name of its own for.
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
    "Swinger shutdown",
    "Fire alarm verification",
    "Recent closing",
    "Remote arming progress",
    "Power restoration",
    "Test mode",
    "System acknowledgement",
)
SETTINGS = Settings()
AWAY = SETTINGS.mode(Mode.AWAY)
# What the columns "default here" and "range here" must say where the program has a number.
NUMBERS: dict[str, tuple[str, str]] = {
    "Exit time": (exact(AWAY.exit_delay), f"0 s to {exact(MAX_EXIT_DELAY)}"),
    "Exit time restart": ("a button", f"to {exact(MAX_EXIT_DELAY)} from now"),
    "Entry delay": (exact(AWAY.entry_delay), f"0 s to {exact(MAX_ENTRY_DELAY)}"),
    "Entry delay and abort window together": (f"at most {exact(MAX_ENTRY_AND_ABORT)}", "-"),
    "Abort window": (exact(SETTINGS.plan.abort_window), f"0 s to {exact(MAX_ABORT_WINDOW)}"),
    "Cancel window": (
        exact(SETTINGS.cancel_window),
        f"{exact(MIN_CANCEL_WINDOW)} to {exact(MAX_CANCEL_WINDOW)}, or off",
    ),
    "Duress": ("off", f"{MIN_DIGITS} to {MAX_DIGITS} digits, not next to the PIN"),
    "Cross zone": (within(AWAY.rule.threshold, AWAY.rule.lookback), RULE_RANGE),
    "Swinger shutdown": (
        f"{SETTINGS.swinger} alarms within {exact(swinger.WITHIN)}",
        f"1 to {MAX_SWINGER}, or off",
    ),
    "Recent closing": (
        exact(SETTINGS.recent_closing),
        f"{exact(MIN_RECENT_CLOSING)} to {exact(MAX_RECENT_CLOSING)}, or off",
    ),
    "Test mode": (exact(DRILL_LIFE), "-"),
}
# What no camera can do, as the page explains.
WITHOUT = ("Auto stay", "Exit error", "Fire alarm verification")


def rows() -> dict[str, list[str]]:
    table = [line for line in PAGE.splitlines() if line.startswith("|")]
    cells = ([cell.strip() for cell in line.strip("|").split("|")] for line in table[2:])
    return {row[0]: row[1:] for row in cells}


def test_every_feature_of_the_standard_has_its_row() -> None:
    assert tuple(rows()) == FEATURES


@pytest.mark.parametrize("feature", FEATURES)
def test_the_test_that_shows_it_exists(feature: str) -> None:
    shown = rows()[feature][-1]
    if feature in WITHOUT:
        assert rows()[feature][2:] == ["none", "-", "-"]
        return
    found = re.fullmatch(r"`(tests/[\w/]+\.py)::(test_\w+)`", shown)
    assert found is not None
    assert re.search(
        rf"^(async )?def {found[2]}\(", (CHECKOUT / found[1]).read_text(), re.MULTILINE
    )


@pytest.mark.parametrize("feature", NUMBERS)
def test_the_numbers_are_those_of_the_program(feature: str) -> None:
    assert tuple(rows()[feature][2:4]) == NUMBERS[feature]


@pytest.mark.parametrize("feature", FEATURES)
def test_a_row_with_a_number_is_held_against_the_program(feature: str) -> None:
    here = " ".join(rows()[feature][2:4])
    assert (re.search(r"\d", here) is not None) is (feature in NUMBERS)


@pytest.mark.parametrize("feature", FEATURES)
def test_what_differs_is_explained(feature: str) -> None:
    standard, _, here = rows()[feature][:3]
    if standard != here.replace("1 min", "60 s"):
        assert f"**{feature}" in PAGE or f"**{feature.lower()}**" in PAGE
