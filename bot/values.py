"""Read the values of variables. No parser repeats the text it refuses: it may be a secret."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from alarm.core.errors import BadInput
from alarm.phone.numbers import parse_number

# Plain decimals only: float() would also take "nan", "1e9", "1_0" and digits of other scripts.
_DECIMAL = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)", re.ASCII)
_FAR_OUT = 1e9
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
# The characters of a host name, or of an IPv6 address; HTTP libraries fail late at any other.
_HOST = re.compile(r"[a-z0-9._-]+|[a-f0-9:.]+")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


@dataclass(frozen=True)
class Range:
    """Read a number from `low` to `high`, both allowed, and hand it to `convert`.

    The bounds are compared after the conversion, so that 0.1666667 minutes count as 10 seconds.
    """

    low: float | Fraction
    high: float
    convert: Callable[[float], Any] = float
    whole: bool = False

    def __str__(self) -> str:
        return f"{self.low} to {self.high}"

    def __call__(self, text: str) -> Any:
        refusal = BadInput(f"must be a {'whole ' if self.whole else ''}number from {self}")
        if not _DECIMAL.fullmatch(text.strip()):
            raise refusal
        number = float(text)
        if not -_FAR_OUT < number < _FAR_OUT or (self.whole and not number.is_integer()):
            raise refusal
        value = self.convert(number)
        if not self.convert(float(self.low)) <= value <= self.convert(self.high):
            raise refusal
        return value


def minutes(low: float | Fraction, high: float) -> Range:
    return Range(low, high, lambda number: timedelta(minutes=number))


def seconds(low: float, high: float) -> Range:
    return Range(low, high, lambda number: timedelta(seconds=number))


def whole(low: int, high: int) -> Range:
    return Range(low, high, int, whole=True)


def secret(text: str) -> str:
    """Take a password exactly as it is written, outer blanks included."""
    return text


def bot_token(text: str) -> str:
    # It becomes a part of every Telegram path.
    if not re.fullmatch(r"[0-9]+:[A-Za-z0-9_-]+", text.strip()):
        raise BadInput("must be the token that @BotFather gave, like 123456789:AAE...")
    return text.strip()


def user_id(text: str) -> int:
    if not re.fullmatch(r"[1-9]\d{0,15}", text.strip(), re.ASCII):
        raise BadInput("must be the numeric id of a Telegram user")
    return int(text)


def word(text: str) -> str:
    if re.search(r"\s", text.strip()):
        raise BadInput("must not contain blanks")
    return text.strip()


def email(text: str) -> str:
    if not re.fullmatch(r"[^\s@]+@[^\s@]+", text.strip()):
        raise BadInput("must be an e-mail address")
    return text.strip()


def sid(text: str) -> str:
    # It becomes a part of every Twilio path.
    if not re.fullmatch(r"[A-Za-z0-9_-]+", text.strip()):
        raise BadInput("must be the Account SID of Twilio's console, like AC0123...")
    return text.strip()


def hardware_id(text: str) -> str | None:
    """Return None for anything but a UUID in its usual form: the original took any text."""
    # uuid.UUID would also take braces, underscores and digits of other scripts.
    return text.strip() if _UUID.fullmatch(text.strip()) else None


def phone_number(text: str) -> str:
    try:
        return parse_number(text)
    except BadInput as refusal:
        # Its sentence shows two digits at most.
        raise BadInput(f"cannot be used: {refusal}") from None


def phone_numbers(text: str) -> tuple[str, ...]:
    """Read numbers separated by commas; each counts once, in the order given."""
    numbers = []
    parts = [part for part in text.split(",") if part.strip()]
    for place, part in enumerate(parts, start=1):
        try:
            numbers.append(parse_number(part))
        except BadInput as refusal:
            raise BadInput(f"cannot be used, look at number {place}: {refusal}") from None
    if not numbers:
        raise BadInput("names no phone number")
    return tuple(dict.fromkeys(numbers))


def time_zone(text: str) -> ZoneInfo:
    try:
        return ZoneInfo(text.strip())
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadInput("must be the name of a time zone, like Europe/Berlin") from None


def web_address(text: str) -> str:
    address = text.strip()
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        usable = parts.scheme in ("http", "https") and _HOST.fullmatch(host) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or re.search(r"\s", address):
        raise BadInput("must be an http or https address")
    return address


def base_url(text: str) -> str:
    """Read the address in front of which paths are put; it ends without a slash."""
    address = web_address(text)
    if "?" in address or "#" in address:
        raise BadInput("must be an http or https address without a query")
    return address.rstrip("/")


def log_level(text: str) -> str:
    if text.strip().upper() not in LOG_LEVELS:
        raise BadInput(f"must be one of {', '.join(LOG_LEVELS)}")
    return text.strip().upper()


def path(text: str) -> Path:
    return Path(text.strip())
