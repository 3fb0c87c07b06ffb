"""The table of variables: name, the original's spelling, meaning, range and default."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import Any

from alarm.core.errors import BadInput
from bot import values


class ConfigError(BadInput):
    """Say in one sentence which variable or file cannot be used; it never repeats a value."""

    def __init__(self, variable: str, sentence: str) -> None:
        super().__init__(sentence)
        self.variable = variable


@dataclass(frozen=True)
class Variable:
    """One variable; `old_name` is the spelling of the original program, accepted as well.

    With `any_text` no text is refused, because the original took any.
    """

    name: str
    meaning: str
    parse: Callable[[str], Any]
    old_name: str | None = None
    default: Any = None
    required: bool = False
    secret: bool = False
    any_text: bool = False

    @property
    def spellings(self) -> tuple[str, ...]:
        return (self.name,) if self.old_name is None else (self.name, self.old_name)

    @property
    def label(self) -> str:
        return self.name if self.old_name is None else f"{self.name} (or {self.old_name})"

    def read(self, text: str) -> Any:
        """Return the value, or raise BadInput with the rest of a sentence about the variable."""
        if self.any_text:
            return self.parse(text)
        if any(ord(character) < 32 or ord(character) == 127 for character in text):
            raise BadInput("must not contain control characters")
        try:
            text.encode()
        except UnicodeEncodeError:
            raise BadInput("must be UTF-8 text") from None
        if is_placeholder(text):
            raise BadInput("still holds the stars of the example")
        return self.parse(text)


def is_set(text: str | None) -> bool:
    return bool(text and text.strip())


def is_placeholder(text: str) -> bool:
    return set(text.strip()) == {"*"}


TWILIO_ACCOUNT = ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_FROM_NUMBER")

VARIABLES = (
    Variable(
        "TELEGRAM_BOT_TOKEN",
        "token of your Telegram bot, from @BotFather",
        values.bot_token,
        required=True,
        secret=True,
    ),
    Variable(
        "TELEGRAM_OWNER_ID",
        "numeric Telegram user id that owns the bot without pairing",
        values.user_id,
    ),
    Variable(
        "BLINK_EMAIL",
        "e-mail address of your Blink account",
        values.email,
        old_name="EMAIL",
        required=True,
    ),
    Variable(
        "BLINK_PASSWORD",
        "password of your Blink account",
        values.secret,
        old_name="PASSWORD",
        required=True,
        secret=True,
    ),
    Variable(
        "UNIQUE_LOGIN_ID",
        "hardware id shown to Blink, a UUID; made if unset",
        values.hardware_id,
        any_text=True,
    ),
    Variable(
        "TWILIO_ACCOUNT_SID",
        "Twilio account; its three values are set together, or none for chat only",
        values.sid,
        old_name="TWILLO_ACCOUNT",
    ),
    Variable(
        "TWILIO_AUTH_TOKEN",
        "Twilio auth token",
        values.word,
        old_name="TWILLO_SECRET",
        secret=True,
    ),
    Variable(
        "TWILIO_FROM_NUMBER",
        "your Twilio number, which calls",
        values.phone_number,
        old_name="TWILLO_FROM_NUMBER",
    ),
    Variable(
        "TWILIO_TO_NUMBER",
        "numbers that ring, separated by commas; they become the first contacts",
        values.phone_numbers,
        old_name="TWILLO_TO_NUMBER",
        default=(),
    ),
    Variable(
        "ALARM_LOOKBACK_MINUTES",
        "span in which the events of a burst lie",
        values.minutes(Fraction(1, 6), 60),
        default=timedelta(minutes=2),
    ),
    Variable(
        "ALARM_THRESHOLD_EVENT_COUNT",
        "events within the span that make an alarm",
        values.whole(1, 50),
        default=2,
    ),
    Variable(
        "ALARM_CYCLES_TOTAL",
        "rounds of calls before it goes on slowly",
        values.whole(1, 10),
        default=2,
    ),
    Variable(
        "ALARM_BETWEEN_CYCLES_PAUSE_SECONDS",
        "pause between two rounds",
        values.seconds(0, 3600),
        default=timedelta(seconds=90),
    ),
    Variable(
        "ALARM_CALL_DELAY_SECONDS",
        "abort window: time to stop the calls after the chat alert",
        values.seconds(0, 300),
        default=timedelta(seconds=30),
    ),
    Variable(
        "ALARM_EXIT_DELAY_SECONDS",
        "time to leave after arming",
        values.seconds(0, 300),
        default=timedelta(seconds=60),
    ),
    Variable(
        "ALARM_ENTRY_DELAY_SECONDS",
        "time to disarm after coming home",
        values.seconds(0, 240),
        default=timedelta(0),
    ),
    Variable(
        "SLEEP_TIME_SECONDS",
        "seconds between two looks at Blink while armed",
        values.Range(0.2, 300),
        default=15.0,
    ),
    Variable(
        "POLL_DISARMED_SECONDS",
        "seconds between two looks at Blink while disarmed",
        values.Range(0.2, 600),
        default=60.0,
    ),
    Variable("TIMEZONE", "time zone of the home, as in Europe/Berlin", values.time_zone),
    Variable(
        "HEARTBEAT_URL",
        "address of a dead man's switch, asked while all is well",
        values.web_address,
        secret=True,
    ),
    Variable("LOG_PATH", "log file beside standard error", values.path),
    Variable(
        "MAX_LOG_SIZE_MB",
        "size of the log file with its predecessor",
        values.Range(0.1, 10000),
        default=10.0,
    ),
    Variable(
        "LOG_LEVEL", "one of " + ", ".join(values.LOG_LEVELS), values.log_level, default="INFO"
    ),
    Variable("TELEGRAM_API_URL", "another Telegram, for stand-ins", values.base_url),
    Variable("BLINK_API_URL", "another Blink, for stand-ins", values.base_url),
    Variable("TWILIO_API_URL", "another Twilio, for stand-ins", values.base_url),
)

BY_NAME = {variable.name: variable for variable in VARIABLES}

# Values of the original program's files that have nothing to do here; they only cause a warning.
WITHOUT_A_JOB = (
    "LOGIN_API",
    "MEDIA_EVENTS_API",
    "REAUTH_TIME_MINUTES",
    "ERROR_RETRY_LIMIT",
    "ACCOUNT_NUMBER",
    "ALARM_CYCLE_TIME_SECONDS",
)
