"""Read and change env files: one `NAME=value` per line, quotes, comments and `export` allowed."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Mapping
from io import StringIO
from pathlib import Path

from dotenv.parser import Binding, parse_stream

from bot.variables import ConfigError
from storage.files import write_atomically

_NEEDS_NO_QUOTES = re.compile(r"[A-Za-z0-9_@%+:,./-]+")


def read_env_file(path: Path) -> dict[str, str]:
    """Return the values of a file, the last line of a name wins; nothing is interpolated."""
    return {b.key: b.value for b in _bindings(path) if b.key is not None and b.value is not None}


def change_env_file(path: Path, changes: Mapping[tuple[str, ...], str | None]) -> None:
    """Set or, with None, remove values; other lines and comments stay as they are.

    A key of `changes` lists all spellings of a name, the one to be written first. The file is
    replaced in one step, readable by its owner alone. Raises StorageError or OSError where that
    cannot be done, and has changed nothing then.
    """
    waiting = dict(changes)
    spelling_of = {name: spellings for spellings in changes for name in spellings}
    text = ""
    for binding in _bindings(path) if path.exists() else []:
        spellings = spelling_of.get(binding.key or "")
        if spellings is None:
            text += binding.original.string
        else:
            # The blank lines above a value belong to its text in the parser's eyes.
            text += _leading_blanks(binding)
            text += _line(spellings[0], waiting.pop(spellings, None))
    if text and not text.endswith("\n"):
        text += "\n"
    text += "".join(_line(spellings[0], value) for spellings, value in waiting.items())
    _replace(path, text)


def quote(value: str) -> str:
    """Write a value without line breaks so that `read_env_file` returns the same."""
    if _NEEDS_NO_QUOTES.fullmatch(value):
        return value
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _bindings(path: Path) -> list[Binding]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigError(str(path), f"The env file {path} is not UTF-8 text.") from None
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise ConfigError(str(path), f"The env file {path} cannot be read: {reason}.") from None
    bindings = list(parse_stream(StringIO(text)))
    for binding in bindings:
        if binding.error or (binding.key is not None and binding.value is None):
            line = binding.original.line + _leading_blanks(binding).count("\n")
            raise ConfigError(
                str(path), f"Line {line} of the env file {path} is not of the form NAME=value."
            )
    return bindings


def _leading_blanks(binding: Binding) -> str:
    text = binding.original.string
    return text[: len(text) - len(text.lstrip())]


def _line(name: str, value: str | None) -> str:
    return "" if value is None else f"{name}={quote(value)}\n"


def _replace(path: Path, text: str) -> None:
    # A link is followed, so that the file it points to changes and not the link.
    path = path.resolve()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    before = path.stat() if path.exists() else None
    write_atomically(path, text.encode())
    if before is not None:
        # Changed by root, the file must stay readable for the service that owns it.
        with contextlib.suppress(PermissionError):
            os.chown(path, before.st_uid, before.st_gid)
