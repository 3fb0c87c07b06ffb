"""Every row of the table of variables: default, spellings, limits, and what is malformed."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.config import Config, TwilioConfig
from bot.variables import VARIABLES
from tests.bot.settings.bench import MINIMAL, TWILIO, config, refusal, refused

UUID = "6E1C1D0A-0B46-4B43-9E30-5B5C3C2B1A00"

# DESIGN's table: every name, and the original's spelling where there was one.
SPELLINGS = {
    "TELEGRAM_BOT_TOKEN": None,
    "TELEGRAM_OWNER_ID": None,
    "BLINK_EMAIL": "EMAIL",
    "BLINK_PASSWORD": "PASSWORD",
    "UNIQUE_LOGIN_ID": None,
    "TWILIO_ACCOUNT_SID": "TWILLO_ACCOUNT",
    "TWILIO_AUTH_TOKEN": "TWILLO_SECRET",
    "TWILIO_FROM_NUMBER": "TWILLO_FROM_NUMBER",
    "TWILIO_TO_NUMBER": "TWILLO_TO_NUMBER",
    "ALARM_LOOKBACK_MINUTES": None,
    "ALARM_THRESHOLD_EVENT_COUNT": None,
    "ALARM_CYCLES_TOTAL": None,
    "ALARM_BETWEEN_CYCLES_PAUSE_SECONDS": None,
    "ALARM_CALL_DELAY_SECONDS": None,
    "ALARM_EXIT_DELAY_SECONDS": None,
    "ALARM_ENTRY_DELAY_SECONDS": None,
    "SLEEP_TIME_SECONDS": None,
    "POLL_DISARMED_SECONDS": None,
    "TIMEZONE": None,
    "HEARTBEAT_URL": None,
    "LOG_PATH": None,
    "MAX_LOG_SIZE_MB": None,
    "LOG_LEVEL": None,
    "TELEGRAM_API_URL": None,
    "BLINK_API_URL": None,
    "TWILIO_API_URL": None,
}

# What each variable becomes when nobody sets it; `None` for the attribute of the required ones.
DEFAULTS = {
    "telegram_owner_id": None,
    "blink_hardware_id": None,
    "twilio": None,
    "to_numbers": (),
    "lookback": timedelta(minutes=2),
    "threshold": 2,
    "cycles": 2,
    "pause_between_cycles": timedelta(seconds=90),
    "abort_window": timedelta(seconds=30),
    "exit_delay": timedelta(seconds=60),
    "entry_delay": timedelta(0),
    "poll_armed": 15.0,
    "poll_disarmed": 60.0,
    "heartbeat_url": None,
    "log_path": None,
    "max_log_size_mb": 10.0,
    "log_level": "INFO",
    "telegram_api_url": None,
    "blink_api_url": None,
    "twilio_api_url": None,
    "warnings": (),
}


def test_the_table_has_the_rows_of_the_design_and_no_other() -> None:
    assert {v.name: v.old_name for v in VARIABLES} == SPELLINGS


def test_four_values_are_enough_and_the_rest_has_its_default() -> None:
    loaded = config()
    assert loaded.telegram_bot_token == MINIMAL["TELEGRAM_BOT_TOKEN"]
    assert loaded.blink_email == "owner@example.org"
    assert loaded.blink_password == "correct horse"
    assert {name: getattr(loaded, name) for name in DEFAULTS} == DEFAULTS
    assert loaded.given == {*MINIMAL}
    fields = {field.name for field in dataclasses.fields(Config)}
    tested = {"telegram_bot_token", "blink_email", "blink_password", "time_zone", "given"}
    assert fields == {*DEFAULTS} | tested


@pytest.mark.parametrize("name", ["TELEGRAM_BOT_TOKEN", "BLINK_EMAIL", "BLINK_PASSWORD"])
@pytest.mark.parametrize("empty", [None, "", "   ", "\t"], ids=["missing", "empty", "blank", "tab"])
def test_a_required_variable_that_is_missing_or_empty_is_named(
    name: str, empty: str | None
) -> None:
    environ = {key: value for key, value in MINIMAL.items() if key != name}
    if empty is not None:
        environ[name] = empty
    error = refusal(environ)
    assert error.variable == name
    assert str(error).startswith(f"{name} ")
    assert "is not set" in str(error)


@pytest.mark.parametrize(
    ("name", "old_name"), [(new, old) for new, old in SPELLINGS.items() if old is not None]
)
def test_the_spelling_of_the_original_says_the_same(name: str, old_name: str) -> None:
    full = MINIMAL | TWILIO
    renamed = {old_name if key == name else key: value for key, value in full.items()}
    assert config(**full) == config(**renamed, **{name: ""})


@pytest.mark.parametrize(
    ("name", "old_name"), [(new, old) for new, old in SPELLINGS.items() if old is not None]
)
def test_the_new_spelling_wins_in_one_place(name: str, old_name: str) -> None:
    both = config(**TWILIO, **{old_name: "*** never read ***"})
    assert dataclasses.replace(both, warnings=()) == config(**TWILIO)


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
    assert getattr(loaded, attribute) == DEFAULTS[attribute]
    assert name not in loaded.given


@pytest.mark.parametrize("digits", ["9" * 400, "1" * 100_000, "0." + "0" * 500 + "1"])
def test_a_number_of_endless_digits_is_refused_like_any_other(digits: str) -> None:
    assert refused(ALARM_THRESHOLD_EVENT_COUNT=digits).variable == "ALARM_THRESHOLD_EVENT_COUNT"


# (variable, attribute, accepted texts with their values, refused texts)
WORDS: list[tuple[str, str, dict[str, Any], list[str]]] = [
    (
        "TELEGRAM_BOT_TOKEN",
        "telegram_bot_token",
        {"1:A": "1:A", " 123456789:AAE_x-y9 ": "123456789:AAE_x-y9"},
        ["abc", "12341234", ":AAE1", "43214321:", "bot123:AAE", "123:AA/E", "123:A E", "1:AAé"],
    ),
    (
        "TELEGRAM_OWNER_ID",
        "telegram_owner_id",
        {"1": 1, " 5000000000 ": 5000000000, "9" * 16: int("9" * 16)},
        ["0", "-100", "+1", "01", "@ann", "1.0", "9" * 17, "٣"],
    ),
    (
        "BLINK_EMAIL",
        "blink_email",
        {"a@b": "a@b", " ann@example.org ": "ann@example.org"},
        ["ann", "@example.org", "ann@", "ann lee@example.org"],
    ),
    (
        "BLINK_PASSWORD",
        "blink_password",
        {" two blanks ": " two blanks ", "x": "x", "pä$$'\"#=\\": "pä$$'\"#=\\", "**a**": "**a**"},
        ["***", "*", "line\nbreak", "bell\x07", "del\x7f", "\udcff"],
    ),
    (
        "UNIQUE_LOGIN_ID",
        "blink_hardware_id",
        {
            UUID: UUID,
            f" {UUID.lower()} ": UUID.lower(),
            "BlinkCamera_4208": None,
            "***": None,
            "tab\there": None,
            UUID.replace("-", ""): None,
            "{6E1C1D0A0B46-4B439E305B5C3C2B1A00-}": None,
            UUID.replace("1C1D", "1_1D"): None,
            f"{UUID}0": None,
        },
        [],
    ),
    (
        "TIMEZONE",
        "time_zone",
        {"UTC": ZoneInfo("UTC"), " America/New_York ": ZoneInfo("America/New_York")},
        [
            "Mars/Base",
            "America",
            "../etc/passwd",
            "/etc/passwd",
            "zone.tab",
            "CEST",
            ".",
            "a" * 5000,
            "Zürich",
        ],
    ),
    (
        "HEARTBEAT_URL",
        "heartbeat_url",
        {
            "https://hc-ping.com/5a0c": "https://hc-ping.com/5a0c",
            " http://[::1]:8000/p?a=b ": "http://[::1]:8000/p?a=b",
        },
        [
            "hc-ping.com/5a0c",
            "ftp://x",
            "https://",
            "https://x:99999",
            "http://x:0",
            "http://[",
            "http://a b",
            "http://a/ b",
            "javascript:x",
            "http://snow☃man",
            "http://a|b",
        ],
    ),
    (
        "LOG_LEVEL",
        "log_level",
        {
            "DEBUG": "DEBUG",
            " warning ": "WARNING",
            "Error": "ERROR",
            "critical": "CRITICAL",
            "info": "INFO",
        },
        ["LOUD", "10", "NOTSET", "WARN "],
    ),
    *(
        (
            name,
            name.lower(),
            {
                "http://127.0.0.1:8081": "http://127.0.0.1:8081",
                "https://stand-in.example/base/": "https://stand-in.example/base",
            },
            ["127.0.0.1:8081", "http://", "http://x?y=1", "http://x#y", "ws://x", "http://x y"],
        )
        for name in ("TELEGRAM_API_URL", "BLINK_API_URL", "TWILIO_API_URL")
    ),
]


@pytest.mark.parametrize(
    ("name", "attribute", "text", "value"),
    [(n, a, text, v) for n, a, texts, _ in WORDS for text, v in texts.items()],
)
def test_a_text_of_the_right_form_is_taken(
    name: str, attribute: str, text: str, value: object
) -> None:
    assert getattr(config(**{name: text}), attribute) == value


@pytest.mark.parametrize(
    ("name", "text"), [(n, text) for n, _, _, texts in WORDS for text in texts]
)
def test_a_text_of_another_form_is_refused_without_repeating_it(name: str, text: str) -> None:
    error = refused(**{name: text})
    assert error.variable == name
    assert str(error).startswith(f"{name} ")
    assert len(text) < 4 or text not in str(error)


TWILIO_WORDS: list[tuple[str, dict[str, str], list[str]]] = [
    ("TWILIO_ACCOUNT_SID", {" AC12 ": "AC12"}, ["AC/12", "AC 12", "ACé", "***"]),
    ("TWILIO_AUTH_TOKEN", {" 0a1b ": "0a1b"}, ["0a 1b", "***"]),
    (
        "TWILIO_FROM_NUMBER",
        {"+1 (500) 555-0006": "+15005550006"},
        ["5005550006", "0044", "911", "+1", "five five five", "+15005550006,+15005550007"],
    ),
]


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [(n, text, v) for n, texts, _ in TWILIO_WORDS for text, v in texts.items()],
)
def test_a_twilio_value_is_taken_without_its_blanks(name: str, text: str, value: str) -> None:
    given = TWILIO | {name: text}
    assert config(**given).twilio == TwilioConfig(
        account_sid=value if name == "TWILIO_ACCOUNT_SID" else TWILIO["TWILIO_ACCOUNT_SID"],
        auth_token=value if name == "TWILIO_AUTH_TOKEN" else TWILIO["TWILIO_AUTH_TOKEN"],
        from_number=value if name == "TWILIO_FROM_NUMBER" else TWILIO["TWILIO_FROM_NUMBER"],
    )


@pytest.mark.parametrize(
    ("name", "text"), [(n, text) for n, _, texts in TWILIO_WORDS for text in texts]
)
def test_a_malformed_twilio_value_is_refused(name: str, text: str) -> None:
    error = refused(**TWILIO | {name: text})
    assert error.variable == name
    assert text not in str(error)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("+447700900123", ("+447700900123",)),
        ("+44 7700 900123 , +1 500 555 0006,", ("+447700900123", "+15005550006")),
        ("+447700900123,+44-7700-900123", ("+447700900123",)),
    ],
    ids=["one", "two", "the same twice"],
)
def test_numbers_that_ring_are_separated_by_commas(text: str, numbers: tuple[str, ...]) -> None:
    assert config(**TWILIO | {"TWILIO_TO_NUMBER": text}).to_numbers == numbers


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (",", "names no phone number"),
        ("07700900123", "country code"),
        ("+447700900123,112", "number 2"),
        ("+447700900123;+15005550006", "not a phone number"),
        ("911", "Emergency numbers"),
    ],
)
def test_a_number_that_cannot_ring_is_refused_with_the_reason(text: str, hint: str) -> None:
    error = refused(**TWILIO | {"TWILIO_TO_NUMBER": text})
    assert error.variable == "TWILIO_TO_NUMBER"
    assert hint in str(error)
    assert len(text) < 2 or text not in str(error)


def test_a_log_path_is_taken_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "new" / "alarm.log"
    assert config(LOG_PATH=f" {path} ").log_path == path
    assert not path.parent.exists()


@pytest.mark.parametrize("name", [v.name for v in VARIABLES if v.name != "UNIQUE_LOGIN_ID"])
def test_the_stars_of_an_example_are_no_value(name: str) -> None:
    error = refused(**TWILIO | {name: "***"})
    assert error.variable == name
    assert "example" in str(error)
