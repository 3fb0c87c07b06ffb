"""What the program was told: the process environment first, then the env files."""

from __future__ import annotations

import difflib
import re
import warnings as python_warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import tzlocal

from alarm.core.errors import BadInput
from alarm.phone.numbers import doubtful
from bot.env_files import read_env_file
from bot.places import can_be_written
from bot.variables import (
    TWILIO_ACCOUNT,
    VARIABLES,
    WITHOUT_A_JOB,
    ConfigError,
    Variable,
    is_set,
)

__all__ = ["Config", "ConfigError", "TwilioConfig", "load_config"]

SENSIBLE_POLL_SECONDS = 5.0
# Alike enough for a slip of the pen or a forgotten part of a name.
_MISSPELT = 0.85
# The keys in the addresses of dead man's switches are longer than the words in them.
_SHORTEST_KEY = 16


@dataclass(frozen=True, kw_only=True)
class TwilioConfig:
    account_sid: str
    auth_token: str = field(repr=False)
    from_number: str


@dataclass(frozen=True, kw_only=True)
class Config:
    """Everything that variables say, checked. Secrets stay out of `repr`.

    `given` names the variables that were set, in the canonical spelling; `warnings` are
    sentences for the log about what was given and cannot be used as it was meant.
    """

    telegram_bot_token: str = field(repr=False)
    telegram_owner_id: int | None
    blink_email: str = field(repr=False)
    blink_password: str = field(repr=False)
    blink_hardware_id: str | None
    twilio: TwilioConfig | None
    to_numbers: tuple[str, ...]
    lookback: timedelta
    threshold: int
    cycles: int
    pause_between_cycles: timedelta
    abort_window: timedelta
    exit_delay: timedelta
    entry_delay: timedelta
    poll_armed: float
    poll_disarmed: float
    time_zone: ZoneInfo
    heartbeat_url: str | None = field(repr=False)
    log_path: Path | None
    max_log_size_mb: float
    log_level: str
    telegram_api_url: str | None
    blink_api_url: str | None
    twilio_api_url: str | None
    given: frozenset[str]
    warnings: tuple[str, ...]

    @property
    def secrets(self) -> tuple[str, ...]:
        """Return what must never stand in a log."""
        # The part behind the colon is the secret one of a bot token.
        own = [self.telegram_bot_token, self.telegram_bot_token.partition(":")[2]]
        own += [self.blink_password]
        own += [self.twilio.auth_token] if self.twilio else []
        if self.heartbeat_url:
            # Libraries write an address in their own way, the key in it stays as it is.
            parts = urlsplit(self.heartbeat_url)
            keys = re.split(r"[/?&=]", f"{parts.path}?{parts.query}")
            own += [self.heartbeat_url, *(key for key in keys if len(key) >= _SHORTEST_KEY)]
        return tuple(own)


@dataclass(frozen=True)
class _Source:
    """A place where values come from; the process environment has no name."""

    name: str
    values: Mapping[str, str]


@dataclass(frozen=True)
class _Found:
    text: str
    label: str


def load_config(environ: Mapping[str, str], env_files: Sequence[Path]) -> Config:
    """Return the configuration, or raise ConfigError for the first variable that is wrong.

    The process environment goes before every file and a later file before an earlier one; an
    empty value counts as not set. Within one source the new spelling wins over the original's,
    between sources the order of the sources decides, whatever the spelling.
    """
    sources = [_Source("", environ)]
    sources += [_Source(str(path), read_env_file(path)) for path in reversed(env_files)]
    warnings = [
        f"{name} has no effect in this program and can be removed."
        for name in WITHOUT_A_JOB
        if any(is_set(source.values.get(name)) for source in sources)
    ]
    warnings += [warning for source in sources[1:] for warning in _misspelt(source)]
    found: dict[str, Any] = {}
    for variable in VARIABLES:
        given = _find(variable, sources, warnings)
        if given is not None:
            found[variable.name] = _read(variable, given)
        elif variable.required:
            raise ConfigError(
                variable.name, f"{variable.label} is not set: the {variable.meaning}."
            )
    given_names = frozenset(found)
    values = {variable.name: variable.default for variable in VARIABLES} | found
    twilio = _twilio(found)
    warnings += _doubts(values, given_names, twilio)
    return Config(
        telegram_bot_token=values["TELEGRAM_BOT_TOKEN"],
        telegram_owner_id=values["TELEGRAM_OWNER_ID"],
        blink_email=values["BLINK_EMAIL"],
        blink_password=values["BLINK_PASSWORD"],
        blink_hardware_id=values["UNIQUE_LOGIN_ID"],
        twilio=twilio,
        to_numbers=values["TWILIO_TO_NUMBER"],
        lookback=values["ALARM_LOOKBACK_MINUTES"],
        threshold=values["ALARM_THRESHOLD_EVENT_COUNT"],
        cycles=values["ALARM_CYCLES_TOTAL"],
        pause_between_cycles=values["ALARM_BETWEEN_CYCLES_PAUSE_SECONDS"],
        abort_window=values["ALARM_CALL_DELAY_SECONDS"],
        exit_delay=values["ALARM_EXIT_DELAY_SECONDS"],
        entry_delay=values["ALARM_ENTRY_DELAY_SECONDS"],
        poll_armed=values["SLEEP_TIME_SECONDS"],
        poll_disarmed=values["POLL_DISARMED_SECONDS"],
        time_zone=values["TIMEZONE"] or _system_time_zone(warnings),
        heartbeat_url=values["HEARTBEAT_URL"],
        log_path=_log_path(values["LOG_PATH"], warnings),
        max_log_size_mb=values["MAX_LOG_SIZE_MB"],
        log_level=values["LOG_LEVEL"],
        telegram_api_url=values["TELEGRAM_API_URL"],
        blink_api_url=values["BLINK_API_URL"],
        twilio_api_url=values["TWILIO_API_URL"],
        given=given_names,
        warnings=tuple(warnings),
    )


def _misspelt(source: _Source) -> Iterable[str]:
    """Warn of names that nearly are ours; all others are nobody's business here."""
    known = [name for variable in VARIABLES for name in variable.spellings]
    for name in sorted(source.values.keys() - {*known, *WITHOUT_A_JOB}):
        meant = difflib.get_close_matches(name, known, n=1, cutoff=_MISSPELT)
        if meant:
            yield f"{name} in {source.name} is not known and has no effect; {meant[0]} is."


def _find(variable: Variable, sources: Sequence[_Source], warnings: list[str]) -> _Found | None:
    """Return the text that wins; warn where an old spelling hides a new one further back."""
    hits = [
        (source, spelling)
        for source in sources
        for spelling in variable.spellings
        if is_set(source.values.get(spelling))
    ]
    if not hits:
        return None
    source, spelling = hits[0]
    place = f" in {source.name}" if source.name else ""
    if spelling == variable.old_name and any(name == variable.name for _, name in hits):
        warnings.append(
            f"{spelling}{place or ' in the process environment'} is used,"
            f" not {variable.name} of a source that comes later."
        )
    label = variable.name if spelling == variable.name else f"{variable.name} (as {spelling})"
    return _Found(source.values[spelling], label + place)


def _read(variable: Variable, given: _Found) -> Any:
    try:
        return variable.read(given.text)
    except BadInput as refusal:
        raise ConfigError(variable.name, f"{given.label} {refusal}.") from None


def _twilio(found: Mapping[str, Any]) -> TwilioConfig | None:
    missing = [name for name in TWILIO_ACCOUNT if name not in found]
    if len(missing) == len(TWILIO_ACCOUNT):
        return None
    if missing:
        label = next(variable.label for variable in VARIABLES if variable.name == missing[0])
        raise ConfigError(
            missing[0], f"{label} is not set: set all three Twilio account values, or none."
        )
    return TwilioConfig(
        account_sid=found["TWILIO_ACCOUNT_SID"],
        auth_token=found["TWILIO_AUTH_TOKEN"],
        from_number=found["TWILIO_FROM_NUMBER"],
    )


def _doubts(
    values: Mapping[str, Any], given: frozenset[str], twilio: TwilioConfig | None
) -> Iterable[str]:
    if "UNIQUE_LOGIN_ID" in given and values["UNIQUE_LOGIN_ID"] is None:
        yield "UNIQUE_LOGIN_ID is not a UUID and is ignored: Blink gets a fresh one."
    if "TWILIO_TO_NUMBER" in given and twilio is None:
        yield "TWILIO_TO_NUMBER is set without a Twilio account: no phone will ring."
    if "TWILIO_TO_NUMBER" not in given and twilio is not None:
        yield "TWILIO_TO_NUMBER is not set: no phone will ring."
    owned = (twilio.from_number,) if twilio else ()
    for name, numbers in (
        ("TWILIO_FROM_NUMBER", owned),
        ("TWILIO_TO_NUMBER", values["TWILIO_TO_NUMBER"] or ()),
    ):
        for number in filter(doubtful, numbers):
            yield (
                f"{name}: no numbering plan knows the number ending in {number[-2:]};"
                " check its digits."
            )
    for name in ("SLEEP_TIME_SECONDS", "POLL_DISARMED_SECONDS"):
        if values[name] < SENSIBLE_POLL_SECONDS:
            yield f"{name} is below {SENSIBLE_POLL_SECONDS:g}: only sensible with stand-ins."


def _system_time_zone(warnings: list[str]) -> ZoneInfo:
    try:
        with python_warnings.catch_warnings():
            # A machine without a zone is told in our own words, below.
            python_warnings.simplefilter("ignore")
            # By its name: a schedule is kept with it and has to be read again.
            zone = ZoneInfo(tzlocal.get_localzone().key or "")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        zone = None
    if zone is not None:
        return zone
    warnings.append("TIMEZONE is not set and the system's is not known: times are UTC.")
    return ZoneInfo("UTC")


def _log_path(path: Path | None, warnings: list[str]) -> Path | None:
    if path is not None and not can_be_written(path):
        warnings.append("LOG_PATH cannot be written: the log goes to standard error alone.")
        return None
    return path
