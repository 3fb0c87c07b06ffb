"""Every row of the table of variables: default, spellings, what is required."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from pathlib import Path

import pytest

from bot.config import Config
from bot.variables import VARIABLES
from tests.bot.settings.bench import MINIMAL, TWILIO, config, refusal, refused

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


def test_a_log_path_is_taken_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "new" / "alarm.log"
    assert config(LOG_PATH=f" {path} ").log_path == path
    assert not path.parent.exists()


@pytest.mark.parametrize("name", [v.name for v in VARIABLES if v.name != "UNIQUE_LOGIN_ID"])
def test_the_stars_of_an_example_are_no_value(name: str) -> None:
    error = refused(**TWILIO | {name: "***"})
    assert error.variable == name
    assert "example" in str(error)
