"""The examples of both env files: complete, in step with the program, and never taken as real."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from bot.config import ConfigError, load_config
from bot.env_files import read_env_file
from bot.variables import TWILIO_ACCOUNT, VARIABLES
from tests.bot.settings.bench import MINIMAL

SYSTEMD = Path(__file__).parents[2] / "systemd"
CREDENTIALS = SYSTEMD / "credentials.env.example"
VARS = SYSTEMD / "vars.env.example"
STAND_INS = {"TELEGRAM_API_URL", "BLINK_API_URL", "TWILIO_API_URL"}
# For people who know their numeric id, or come from the original program.
SPECIAL = {"TELEGRAM_OWNER_ID", "UNIQUE_LOGIN_ID"}


@pytest.fixture
def uncommented(tmp_path: Path) -> Path:
    """Turn on every line of the settings that is commented out."""
    path = tmp_path / "vars.env"
    lines = VARS.read_text().splitlines()
    path.write_text("\n".join(line.lstrip("#") if "=" in line else line for line in lines))
    return path


def test_the_settings_are_the_defaults() -> None:
    loaded = load_config(MINIMAL, [VARS])
    assert dataclasses.replace(loaded, given=frozenset()) == dataclasses.replace(
        load_config(MINIMAL, []), given=frozenset()
    )


def test_the_two_files_name_every_variable_that_a_home_may_need(uncommented: Path) -> None:
    names = {*read_env_file(CREDENTIALS), *read_env_file(uncommented)}
    assert names == {variable.name for variable in VARIABLES} - STAND_INS - SPECIAL


def test_the_lines_that_are_commented_out_would_be_taken(uncommented: Path) -> None:
    loaded = load_config(MINIMAL, [uncommented])
    assert loaded.time_zone.key == "Europe/Berlin"
    assert loaded.heartbeat_url == "https://hc-ping.com/your-check"


def test_the_credentials_are_what_is_required_and_what_makes_phones_ring() -> None:
    phone = {*TWILIO_ACCOUNT, "TWILIO_TO_NUMBER"}
    assert list(read_env_file(CREDENTIALS)) == [
        variable.name for variable in VARIABLES if variable.required or variable.name in phone
    ]


def test_credentials_that_nobody_filled_in_start_nothing() -> None:
    with pytest.raises(ConfigError, match=r"TELEGRAM_BOT_TOKEN in .* stars of the example"):
        load_config({}, [CREDENTIALS, VARS])
