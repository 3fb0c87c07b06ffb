"""Where values come from, what belongs together, what only warns, and that no value is repeated."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import tzlocal.unix

from bot.config import load_config
from bot.variables import TWILIO_ACCOUNT
from tests.bot.settings.bench import MINIMAL, TWILIO, config, refusal, refused

ORIGINAL_CREDENTIALS = """\
EMAIL=owner@example.org
PASSWORD=correct horse
UNIQUE_LOGIN_ID=BlinkCamera_4208

TWILLO_ACCOUNT=AC55555555555555555555555555555555
TWILLO_SECRET=0123456789abcdef0123456789abcdef
TWILLO_FROM_NUMBER=+15005550006
TWILLO_TO_NUMBER=+447700900123
"""
ORIGINAL_VARS = """\
LOGIN_API=https://rest-prod.immedia-semi.com/api/v5/account/login
MEDIA_EVENTS_API=https://rest-{tier}.immedia-semi.com/api/v1/accounts/{id}/media/changed
REAUTH_TIME_MINUTES=720
ERROR_RETRY_LIMIT=5
ACCOUNT_NUMBER=900100
ALARM_LOOKBACK_MINUTES=2
ALARM_THRESHOLD_EVENT_COUNT=3
ALARM_CYCLES_TOTAL=3
ALARM_CYCLE_TIME_SECONDS=30
ALARM_BETWEEN_CYCLES_PAUSE_SECONDS=60
ALARM_CALL_DELAY_SECONDS=10
SLEEP_TIME_SECONDS=20
LOG_PATH=/dev/null/blink/alarm.log
MAX_LOG_SIZE_MB=5
"""


@pytest.fixture
def original(tmp_path: Path) -> list[Path]:
    credentials, variables = tmp_path / "credentials.env", tmp_path / "vars.env"
    credentials.write_text(ORIGINAL_CREDENTIALS)
    variables.write_text(ORIGINAL_VARS)
    return [credentials, variables]


def write(path: Path, **values: str) -> Path:
    path.write_text("".join(f"{name}={value}\n" for name, value in values.items()))
    return path


# The original's two files


@pytest.mark.parametrize("place", ["in the file", "in the environment"])
def test_the_files_of_the_original_and_a_bot_token_are_enough(
    original: list[Path], place: str
) -> None:
    environ = {"TIMEZONE": "UTC"}
    if place == "in the file":
        with original[0].open("a") as file:
            file.write("TELEGRAM_BOT_TOKEN=1:A\n")
    else:
        environ["TELEGRAM_BOT_TOKEN"] = "1:A"
    loaded = load_config(environ, original)
    assert (loaded.telegram_bot_token, loaded.blink_email) == ("1:A", "owner@example.org")
    assert loaded.blink_password == "correct horse"
    assert loaded.twilio is not None
    assert loaded.twilio.auth_token == "0123456789abcdef0123456789abcdef"
    assert loaded.to_numbers == ("+447700900123",)
    assert (loaded.threshold, loaded.cycles) == (3, 3)
    assert loaded.pause_between_cycles == timedelta(seconds=60)
    assert loaded.abort_window == timedelta(seconds=10)
    assert (loaded.poll_armed, loaded.max_log_size_mb) == (20.0, 5.0)
    assert loaded.blink_hardware_id is None
    assert loaded.log_path is None


def test_what_has_no_job_here_is_named_once_each_and_nothing_else(original: list[Path]) -> None:
    loaded = load_config({"TELEGRAM_BOT_TOKEN": "1:A", "TIMEZONE": "UTC"}, original)
    assert [warning.split()[0] for warning in loaded.warnings] == [
        "LOGIN_API",
        "MEDIA_EVENTS_API",
        "REAUTH_TIME_MINUTES",
        "ERROR_RETRY_LIMIT",
        "ACCOUNT_NUMBER",
        "ALARM_CYCLE_TIME_SECONDS",
        "UNIQUE_LOGIN_ID",
        "LOG_PATH",
    ]
    assert "BlinkCamera" not in " ".join(loaded.warnings)


def test_without_the_token_the_files_of_the_original_name_what_is_missing(
    original: list[Path],
) -> None:
    assert refusal({}, original).variable == "TELEGRAM_BOT_TOKEN"


# Which source wins


def test_the_process_environment_goes_before_every_file(tmp_path: Path) -> None:
    file = write(tmp_path / "a.env", ALARM_CYCLES_TOTAL="3")
    assert config(file, ALARM_CYCLES_TOTAL="4").cycles == 4
    assert config(file).cycles == 3


def test_a_later_file_goes_before_an_earlier_one(tmp_path: Path) -> None:
    first = write(tmp_path / "a.env", ALARM_CYCLES_TOTAL="3", ALARM_THRESHOLD_EVENT_COUNT="5")
    second = write(tmp_path / "b.env", ALARM_CYCLES_TOTAL="4")
    loaded = config(first, second)
    assert (loaded.cycles, loaded.threshold) == (4, 5)
    assert config(second, first).cycles == 3


def test_an_empty_value_lets_the_next_source_speak(tmp_path: Path) -> None:
    first = write(tmp_path / "a.env", ALARM_CYCLES_TOTAL="3")
    second = write(tmp_path / "b.env", ALARM_CYCLES_TOTAL="")
    assert config(first, second, ALARM_CYCLES_TOTAL="  ").cycles == 3


def test_an_old_spelling_of_a_nearer_source_wins_and_is_told(tmp_path: Path) -> None:
    file = write(tmp_path / "a.env", BLINK_EMAIL="new@example.org")
    loaded = config(file, BLINK_EMAIL="", EMAIL="old@example.org")
    assert loaded.blink_email == "old@example.org"
    (warning,) = loaded.warnings
    assert warning.startswith("EMAIL in the process environment is used")
    assert "example.org" not in warning


def test_a_new_spelling_of_a_nearer_source_wins_in_silence(tmp_path: Path) -> None:
    file = write(tmp_path / "a.env", EMAIL="old@example.org")
    loaded = config(file)
    assert (loaded.blink_email, loaded.warnings) == ("owner@example.org", ())


def test_the_refusal_says_which_spelling_of_which_file_it_means(tmp_path: Path) -> None:
    file = write(tmp_path / "a.env", TWILLO_FROM_NUMBER="12")
    message = str(refusal(MINIMAL, [file]))
    assert message.startswith(f"TWILIO_FROM_NUMBER (as TWILLO_FROM_NUMBER) in {file} cannot")


def test_a_wrong_value_that_a_nearer_source_replaces_does_no_harm(tmp_path: Path) -> None:
    file = write(tmp_path / "a.env", ALARM_CYCLES_TOTAL="many")
    assert config(file, ALARM_CYCLES_TOTAL="4").cycles == 4


def test_given_names_the_canonical_spellings_of_what_was_set(original: list[Path]) -> None:
    loaded = load_config({"TELEGRAM_BOT_TOKEN": "1:A"}, original)
    assert {"BLINK_EMAIL", "TWILIO_AUTH_TOKEN", "ALARM_CYCLES_TOTAL"} <= loaded.given
    assert not {"EMAIL", "TWILLO_SECRET", "ALARM_EXIT_DELAY_SECONDS"} & loaded.given


# Names that nobody knows


def test_a_misspelt_name_in_a_file_is_told_with_the_right_one(tmp_path: Path) -> None:
    file = write(tmp_path / "a.env", ALARM_TRESHOLD_EVENT_COUNT="5", TWILIO_TO_NUMBERS="+1")
    warnings = config(file).warnings
    nothing = f"in {file} is not known and has no effect;"
    assert warnings == (
        f"ALARM_TRESHOLD_EVENT_COUNT {nothing} ALARM_THRESHOLD_EVENT_COUNT is.",
        f"TWILIO_TO_NUMBERS {nothing} TWILIO_TO_NUMBER is.",
    )


def test_other_names_are_the_business_of_others(tmp_path: Path) -> None:
    file = write(tmp_path / "a.env", PATH="/bin", HC_PING_KEY="x", s3cretPART="=", LANG="C")
    assert config(file, ALARM_TRESHOLD_EVENT_COUNT="5").warnings == ()


# Twilio's three values


@pytest.mark.parametrize("missing", TWILIO_ACCOUNT)
@pytest.mark.parametrize("how", ["gone", "empty"])
def test_a_half_set_twilio_account_names_what_is_missing(missing: str, how: str) -> None:
    given = {name: value for name, value in TWILIO.items() if name != missing}
    if how == "empty":
        given[missing] = ""
    error = refused(**given)
    assert error.variable == missing
    assert str(error).startswith(missing)
    assert "all three" in str(error)


@pytest.mark.parametrize("only", TWILIO_ACCOUNT)
def test_one_twilio_value_alone_names_another(only: str) -> None:
    error = refused(**{only: TWILIO[only]})
    assert error.variable in set(TWILIO_ACCOUNT) - {only}


def test_without_twilio_it_is_chat_only_and_numbers_are_told_to_be_idle() -> None:
    loaded = config(TWILIO_TO_NUMBER="+447700900123")
    assert loaded.twilio is None
    assert loaded.to_numbers == ("+447700900123",)
    assert loaded.warnings == (
        "TWILIO_TO_NUMBER is set without a Twilio account: no phone will ring.",
    )


def test_an_account_without_numbers_is_told() -> None:
    loaded = config(**TWILIO | {"TWILIO_TO_NUMBER": ""})
    assert loaded.twilio is not None
    assert [warning.split()[0] for warning in loaded.warnings] == ["TWILIO_TO_NUMBER"]


# What only warns


def test_numbers_that_no_plan_knows_are_taken_with_a_warning() -> None:
    numbers = "+442079460123,+491234567890"
    loaded = config(**TWILIO | {"TWILIO_FROM_NUMBER": "+12223334444", "TWILIO_TO_NUMBER": numbers})
    assert loaded.to_numbers == ("+442079460123", "+491234567890")
    assert loaded.warnings == (
        "TWILIO_FROM_NUMBER: no numbering plan knows the number ending in 44; check its digits.",
        "TWILIO_TO_NUMBER: no numbering plan knows the number ending in 90; check its digits.",
    )


@pytest.mark.parametrize("name", ["SLEEP_TIME_SECONDS", "POLL_DISARMED_SECONDS"])
def test_a_poll_interval_below_five_seconds_is_told(name: str) -> None:
    assert config(**{name: "5"}).warnings == ()
    (warning,) = config(**{name: "4.9"}).warnings
    assert warning.startswith(name)


def test_a_log_path_that_cannot_be_written_is_told_and_left_out(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path, tmp_path / "file" / "alarm.log"):
        loaded = config(LOG_PATH=str(path))
        assert loaded.log_path is None
        (warning,) = loaded.warnings
        assert warning.startswith("LOG_PATH cannot be written")


def test_a_log_path_too_long_for_any_disk_is_only_told() -> None:
    loaded = config(LOG_PATH="/tmp/" + "a" * 5000)
    assert (loaded.log_path, len(loaded.warnings)) == (None, 1)


# The time zone of the machine


@pytest.fixture
def fresh_zone(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setattr(tzlocal.unix, "_cache_tz", None)
    return monkeypatch


def test_without_a_zone_the_system_says_it(fresh_zone: pytest.MonkeyPatch) -> None:
    fresh_zone.setenv("TZ", "Asia/Tokyo")
    loaded = config(TIMEZONE="")
    assert loaded.time_zone.key == "Asia/Tokyo"
    assert loaded.warnings == ()


@pytest.mark.parametrize("zone", ["Mars/Base", "../../etc/passwd", "/etc"])
def test_a_system_without_a_usable_zone_counts_in_utc_and_says_so(
    fresh_zone: pytest.MonkeyPatch, zone: str
) -> None:
    fresh_zone.setenv("TZ", zone)
    loaded = config(TIMEZONE="")
    assert loaded.time_zone.key == "UTC"
    (warning,) = loaded.warnings
    assert warning.startswith("TIMEZONE is not set")
