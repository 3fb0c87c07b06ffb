"""The smallest environment that starts the program, and what it makes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.config import Config, ConfigError, load_config

MINIMAL = {
    "TELEGRAM_BOT_TOKEN": "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw",
    "BLINK_EMAIL": "owner@example.org",
    "BLINK_PASSWORD": "correct horse",
    "TIMEZONE": "Europe/Berlin",
}
TWILIO = {
    "TWILIO_ACCOUNT_SID": "AC" + "5" * 32,
    "TWILIO_AUTH_TOKEN": "0123456789abcdef0123456789abcdef",
    "TWILIO_FROM_NUMBER": "+15005550006",
    "TWILIO_TO_NUMBER": "+447700900123",
}


def config(*env_files: Path, **environ: str) -> Config:
    """Load the smallest environment with `environ` over it; an empty text takes a value out."""
    return load_config(MINIMAL | environ, env_files)


def refusal(environ: dict[str, str], env_files: Sequence[Path] = ()) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        load_config(environ, env_files)
    assert caught.value.permanent
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)
    return caught.value


def refused(**environ: str) -> ConfigError:
    return refusal(MINIMAL | environ)
