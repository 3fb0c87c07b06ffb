"""Read what people write behind a command."""

from __future__ import annotations

from collections.abc import Iterable

from alarm.core.errors import BadInput
from alarm.core.events import Camera
from alarm.core.settings import Mode
from bot.words.markup import LONGEST_NAME, plain

NAMES_SHOWN = 12
_ON_OFF = {"on": True, "off": False}


def parse_privacy(text: str) -> tuple[Mode, bool]:
    """Read "home on"; raise BadInput with what is allowed."""
    words = text.casefold().split()
    if words[:1] == [Mode.AWAY.value]:
        raise BadInput("Away has no privacy: nobody is at home. It is for home and night.")
    if len(words) != 2 or words[0] not in (Mode.HOME, Mode.NIGHT) or words[1] not in _ON_OFF:
        raise BadInput("Write /privacy home or /privacy night, then on or off: /privacy home on")
    return Mode(words[0]), _ON_OFF[words[1]]


def find_camera(text: str, cameras: Iterable[Camera]) -> Camera:
    """Find a camera by its name, the beginning or a part of it, in any case.

    Without a text the only camera is meant. Raise BadInput with the names to choose from.
    """
    known = sorted(cameras, key=lambda c: (c.name.casefold(), c.id))
    wanted = _key(text)
    if not known:
        raise BadInput("No camera is known yet. /status tells whether Blink answers.")
    if not wanted:
        if len(known) == 1:
            return known[0]
        raise BadInput(f"Which camera? {_names(known)}")
    for fits in (
        [c for c in known if _key(c.name) == wanted],
        [c for c in known if _key(c.name).startswith(wanted)],
        [c for c in known if wanted in _key(c.name)],
    ):
        if len(fits) == 1:
            return fits[0]
        if fits:
            raise BadInput(f"More than one camera fits. Which one? {_names(fits)}")
    raise BadInput(f"No camera is called {plain(text)}. There are: {_names(known)}")


def _key(text: str) -> str:
    return " ".join(text.casefold().split())


def _names(cameras: list[Camera]) -> str:
    names = [plain(c.name, LONGEST_NAME) for c in cameras[:NAMES_SHOWN]]
    more = len(cameras) - len(names)
    return ", ".join(names) + (f" and {more} more" if more else "")
