"""Every variable that is a number: at, just inside and just outside each limit, and malformed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.bot.settings.bench import config, refused

# (variable, attribute, accepted texts with their values, refused texts)
_ANY_NUMBER = ["", "x", "1e1", "nan", "inf", "1_0", "0x5", "1,5", "5 5", "٣", "--5", "1/6", "5s"]
NUMBERS: list[tuple[str, str, dict[str, Any], list[str]]] = [
    (
        "ALARM_LOOKBACK_MINUTES",
        "lookback",
        {
            "0.1666667": timedelta(seconds=10.000002),
            "0.16666667": timedelta(seconds=10),
            "0.1667": timedelta(seconds=10.002),
            "1.5": timedelta(seconds=90),
            "60": timedelta(minutes=60),
            "60.0": timedelta(minutes=60),
        },
        ["0.166", "0.16666", "0", "-2", "60.001", "61"],
    ),
    (
        "ALARM_THRESHOLD_EVENT_COUNT",
        "threshold",
        {"1": 1, "2.0": 2, "50": 50},
        ["0", "0.999", "1.5", "-1", "50.5", "51"],
    ),
    ("ALARM_CYCLES_TOTAL", "cycles", {"1": 1, "10": 10}, ["0", "1.5", "11"]),
    (
        "ALARM_BETWEEN_CYCLES_PAUSE_SECONDS",
        "pause_between_cycles",
        {"0": timedelta(0), "0.5": timedelta(seconds=0.5), "3600": timedelta(hours=1)},
        ["-0.001", "3600.001", "3601"],
    ),
    (
        "ALARM_CALL_DELAY_SECONDS",
        "abort_window",
        {"0": timedelta(0), "7.5": timedelta(seconds=7.5), "300": timedelta(minutes=5)},
        ["-0.001", "300.001", "301"],
    ),
    (
        "ALARM_EXIT_DELAY_SECONDS",
        "exit_delay",
        {"0": timedelta(0), ".5": timedelta(seconds=0.5), "300": timedelta(minutes=5)},
        ["-0.001", "300.001", "301"],
    ),
    (
        "ALARM_ENTRY_DELAY_SECONDS",
        "entry_delay",
        {"0": timedelta(0), "+45": timedelta(seconds=45), "240": timedelta(minutes=4)},
        ["-0.001", "240.001", "241"],
    ),
    ("SLEEP_TIME_SECONDS", "poll_armed", {"0.2": 0.2, "300": 300.0}, ["0.199", "0", "300.001"]),
    (
        "POLL_DISARMED_SECONDS",
        "poll_disarmed",
        {"0.2": 0.2, "600": 600.0},
        ["0.199", "-1", "600.001"],
    ),
    (
        "MAX_LOG_SIZE_MB",
        "max_log_size_mb",
        {"0.1": 0.1, "2.5": 2.5, "10000": 10000.0},
        ["0.099", "0", "10001"],
    ),
]
ACCEPTED = [(n, a, text, v) for n, a, texts, _ in NUMBERS for text, v in texts.items()]
REFUSED = [(n, text) for n, _, _, texts in NUMBERS for text in [*texts, *_ANY_NUMBER] if text]


@pytest.mark.parametrize(("name", "attribute", "text", "value"), ACCEPTED)
def test_a_number_up_to_its_limits_is_taken(
    name: str, attribute: str, text: str, value: object
) -> None:
    assert getattr(config(**{name: text}), attribute) == value
    assert getattr(config(**{name: f"  {text} "}), attribute) == value


@pytest.mark.parametrize(("name", "text"), REFUSED)
def test_a_number_past_its_limits_or_malformed_is_refused(name: str, text: str) -> None:
    error = refused(**{name: text})
    assert error.variable == name
    assert str(error).startswith(f"{name} must be a ")
    assert "number from" in str(error)


@pytest.mark.parametrize("row", NUMBERS, ids=lambda row: row[0])
def test_an_empty_number_counts_as_not_set(
    row: tuple[str, str, dict[str, Any], list[str]],
) -> None:
    name, attribute, _, _ = row
    loaded = config(**{name: " "})
    assert getattr(loaded, attribute) == getattr(config(), attribute)
    assert name not in loaded.given


@pytest.mark.parametrize("digits", ["9" * 400, "1" * 100_000, "0." + "0" * 500 + "1"])
def test_a_number_of_endless_digits_is_refused_like_any_other(digits: str) -> None:
    assert refused(ALARM_THRESHOLD_EVENT_COUNT=digits).variable == "ALARM_THRESHOLD_EVENT_COUNT"
