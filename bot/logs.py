"""Log to standard error and, if wanted, to a rotating file; no secret gets into either."""

from __future__ import annotations

import contextlib
import copy
import logging
import os
import sys
import threading
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from bot.config import Config
from bot.redaction import hide, redact, redact_for_good

if TYPE_CHECKING:
    # The name is for type checkers only.
    from sys import UnraisableHookArgs

__all__ = ["RedactingFormatter", "redact", "set_up_logging"]

logger = logging.getLogger(__name__)

_FORMAT = "%(levelname)s %(name)s: %(message)s"
_DATES = "%Y-%m-%dT%H:%M:%S%z"
# These write addresses with tokens in them, account ids or whole answers when they may.
_QUIET_LIBRARIES = {
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    "telegram": logging.WARNING,
    # Its errors repeat, with a traceback each, what the errors that it raises say.
    "telegram.request": logging.CRITICAL,
    # Tracebacks for every answer that is no JSON; the callers tell it in a sentence.
    "telegram.request.BaseRequest": logging.CRITICAL,
    # A run that is skipped because the one before still runs is no news.
    "apscheduler": logging.ERROR,
    "twilio.http_client": logging.WARNING,
    "urllib3": logging.WARNING,
    "blinkpy": logging.WARNING,
    "asyncio": logging.INFO,
    "tzlocal": logging.INFO,
}


class RedactingFormatter(logging.Formatter):
    """Hide the secrets in the finished text, where tracebacks and arguments are in it already."""

    def format(self, record: logging.LogRecord) -> str:
        try:
            text = super().format(record)
        except Exception as error:  # noqa: BLE001 - what an argument's own __str__ raises
            # The standard way out prints message and arguments past every formatter.
            text = super().format(_without_arguments(record, error))
        return hide(text)


def _without_arguments(record: logging.LogRecord, error: Exception) -> logging.LogRecord:
    spare = copy.copy(record)
    message = record.msg if isinstance(record.msg, str) else type(record.msg).__name__
    spare.msg = f"{message!r} cannot be formatted: {type(error).__name__}"
    spare.args = ()
    return spare


class _PrivateRotatingFileHandler(RotatingFileHandler):
    """A log file and one predecessor, readable by their owner alone; a full disk stops nothing."""

    _failed = False

    def emit(self, record: logging.LogRecord) -> None:
        failed_before, self._failed = self._failed, False
        super().emit(record)
        if self._failed and not failed_before:
            # Standard error may be gone too.
            with contextlib.suppress(OSError, ValueError):
                sys.stderr.write(f"WARNING {__name__}: the log file cannot be written\n")

    def format(self, record: logging.LogRecord) -> str:
        """Return the text, cut where one line alone would be too much for the file."""
        octets = super().format(record).encode("utf-8", "backslashreplace")
        return octets[: self.maxBytes - len(self.terminator)].decode("utf-8", "ignore")

    def shouldRollover(self, record: logging.LogRecord) -> bool:  # noqa: N802 - logging's name
        # The library's own counts characters, of which some are four bytes long.
        if self.stream is None:
            self.stream = self._open()
        if not self.stream.seekable():
            return False
        size = self.stream.seek(0, os.SEEK_END)
        line = len(self.format(record).encode()) + len(self.terminator)
        return size > 0 and size + line > self.maxBytes

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        self._failed = True
        # Opened anew for the next record: a stream that could not be closed stays broken.
        stream, self.stream = self.stream, None
        if stream is not None:
            with contextlib.suppress(OSError, ValueError):
                stream.close()

    def _open(self) -> TextIOWrapper:
        Path(self.baseFilename).touch(mode=0o600)
        return super()._open()


def set_up_logging(config: Config) -> None:
    """Send all logging to standard error and, where `LOG_PATH` says so, to a file.

    May be called again; the former handlers are closed. Errors that nobody caught are logged
    too, because Python's own traceback would show secrets.
    """
    redact_for_good(config.secrets)
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
    logging.captureWarnings(True)
    sys.excepthook = _log_uncaught
    sys.unraisablehook = _log_unraisable
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
    # A thread that calls sys.exit means to end.
    if args.exc_value is not None and not issubclass(args.exc_type, SystemExit):
        _log_uncaught(args.exc_type, args.exc_value, args.exc_traceback)


def _log_unraisable(args: UnraisableHookArgs) -> None:
    if args.exc_value is not None:
        info = (args.exc_type, args.exc_value, args.exc_traceback)
        logger.error("%s: %r", args.err_msg or "Nobody can catch this", args.object, exc_info=info)
