"""How near what somebody typed comes to a name."""

from __future__ import annotations

import re

_MARKS = re.compile(r"[(),]+")


def key(text: str) -> str:
    """Return a name without what two spellings of it may differ in: case, spaces and brackets."""
    return " ".join(_MARKS.sub(" ", text.casefold()).split())


def likeness(text: str, name: str) -> int | None:
    """Return 0 for the name, 1 for its beginning, 2 for that of a word in it, else None."""
    typed, wanted = key(text), key(name)
    if typed == wanted:
        return 0
    if wanted.startswith(typed):
        return 1
    return 2 if re.search(rf"(?<!\w){re.escape(typed)}", wanted) else None
