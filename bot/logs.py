"""Log to standard error and, if wanted, to a rotating file; no secret gets into either."""

from __future__ import annotations

import json
import logging
import os
import re
import sys
import threading
from collections import OrderedDict
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from urllib.parse import quote, quote_plus

from bot.config import Config

logger = logging.getLogger(__name__)

_FORMAT = "%(levelname)s %(name)s: %(message)s"
_DATES = "%Y-%m-%dT%H:%M:%S%z"
# These write addresses with tokens in them, account ids or whole answers when they may.
_QUIET_LIBRARIES = {
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    "telegram": logging.WARNING,
    "apscheduler": logging.WARNING,
    "twilio.http_client": logging.WARNING,
    "urllib3": logging.WARNING,
    "blinkpy": logging.WARNING,
    "asyncio": logging.INFO,
    "tzlocal": logging.INFO,
}
# Shorter texts stand in every second line by chance, and nobody's account allows them.
_SHORTEST_SECRET = 4
# Up to here a secret may be a part of an ordinary word, so only whole words are hidden.
_LONGEST_WORD = 7
_LATER_SECRETS_KEPT = 64
_HIDDEN = "[hidden]"


class _Secrets:
    """The texts to hide, those of the configuration for good and the latest of the others."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._fixed: tuple[str, ...] = ()
        self._later: OrderedDict[str, None] = OrderedDict()
        self._pattern: re.Pattern[str] | None = None

    def fix(self, secrets: tuple[str, ...]) -> None:
        with self._lock:
            self._fixed = secrets
            self._compile()

    def add(self, secret: str) -> None:
        with self._lock:
            if secret in self._later:
                self._later.move_to_end(secret)
                return
            self._later[secret] = None
            # Tokens change every few hours for years.
            while len(self._later) > _LATER_SECRETS_KEPT:
                self._later.popitem(last=False)
            self._compile()

    def hide(self, text: str) -> str:
        return text if self._pattern is None else self._pattern.sub(_HIDDEN, text)

    def _compile(self) -> None:
        forms = {
            form
            for secret in (*self._fixed, *self._later)
            if len(secret) >= _SHORTEST_SECRET
            for form in _forms(secret)
        }
        # The longest first, so that a secret inside another leaves no rest of it.
        patterns = [_pattern_of(form) for form in sorted(forms, key=len, reverse=True)]
        self._pattern = re.compile("|".join(patterns)) if patterns else None


def _forms(secret: str) -> set[str]:
    """Return the ways in which a text shows up: as it is, in addresses, in JSON, in `repr`."""
    return {
        secret,
        quote(secret),
        quote(secret, safe=""),
        quote_plus(secret),
        json.dumps(secret)[1:-1],
        json.dumps(secret, ensure_ascii=False)[1:-1],
        repr(secret)[1:-1],
        ascii(secret)[1:-1],
        repr(secret.encode())[2:-1],
    }


def _pattern_of(form: str) -> str:
    if len(form) > _LONGEST_WORD:
        return re.escape(form)
    return rf"(?<!\w){re.escape(form)}(?!\w)"


_secrets = _Secrets()


def redact(secret: str) -> None:
    """Hide a secret that came to be after the start, such as Blink's tokens, from now on."""
    _secrets.add(secret)


class RedactingFormatter(logging.Formatter):
    """Hide the secrets in the finished text, where tracebacks and arguments are in it already."""

    def format(self, record: logging.LogRecord) -> str:
        try:
            text = super().format(record)
        except (TypeError, ValueError, KeyError) as error:
            # The standard way out prints message and arguments past every formatter.
            text = f"{record.levelname} {record.name}: {record.msg!r} cannot be formatted: {error}"
        return _secrets.hide(text)


class _PrivateRotatingFileHandler(RotatingFileHandler):
    """A log file and one predecessor, readable by their owner alone; a full disk stops nothing."""

    _complained = False

    def _open(self) -> TextIOWrapper:
        Path(self.baseFilename).touch(mode=0o600)
        return super()._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        if not self._complained:
            self._complained = True
            reason = type(sys.exc_info()[1]).__name__
            sys.stderr.write(f"WARNING {__name__}: the log file cannot be written: {reason}\n")


def set_up_logging(config: Config) -> None:
    """Send all logging to standard error and, where `LOG_PATH` says so, to a file.

    May be called again; the former handlers are closed. Errors that nobody caught are logged
    too, because Python's own traceback would show secrets.
    """
    _secrets.fix(config.secrets)
    # A failing handler must not print the record past the formatter.
    logging.raiseExceptions = False
    to_console = logging.StreamHandler(sys.stderr)
    # The journal stamps every line itself.
    form = _FORMAT if "JOURNAL_STREAM" in os.environ else f"%(asctime)s {_FORMAT}"
    to_console.setFormatter(RedactingFormatter(form, _DATES))
    root = logging.getLogger()
    for old in root.handlers[:]:
        root.removeHandler(old)
        old.close()
    root.addHandler(to_console)
    level = logging.getLevelNamesMapping()[config.log_level]
    root.setLevel(level)
    for name, lowest in _QUIET_LIBRARIES.items():
        logging.getLogger(name).setLevel(max(level, lowest))
    if config.log_path is not None:
        _add_file(root, config.log_path, config.max_log_size_mb)
    sys.excepthook = _log_uncaught
    threading.excepthook = _log_uncaught_in_thread


def _add_file(root: logging.Logger, path: Path, megabytes: float) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # The file and its one predecessor share the size.
        to_file = _PrivateRotatingFileHandler(
            path, maxBytes=int(megabytes * 1_000_000 / 2), backupCount=1, encoding="utf-8"
        )
    except OSError as error:
        logger.warning("LOG_PATH cannot be written (%s).", error.strerror)
        return
    to_file.setFormatter(RedactingFormatter(f"%(asctime)s {_FORMAT}", _DATES))
    root.addHandler(to_file)


def _log_uncaught(
    kind: type[BaseException], error: BaseException, traceback: TracebackType | None
) -> None:
    logger.critical("Nobody caught this error.", exc_info=(kind, error, traceback))


def _log_uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None:
        _log_uncaught(args.exc_type, args.exc_value, args.exc_traceback)
