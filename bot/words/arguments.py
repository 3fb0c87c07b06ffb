"""Read what people write behind a command."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType

from alarm.core.camera_names import called_among
from alarm.core.errors import BadInput
from alarm.core.events import Camera
from alarm.core.settings import Mode
from alarm.core.state import Area
from bot.words.markup import LONGEST_NAME, plain
from bot.words.matching import key, likeness

NAMES_SHOWN = 12
NO_AREAS: Mapping[str, Area] = MappingProxyType({})
_EVERY = frozenset({"all", "all cameras", "every camera", "everything", "every one"})
_ON_OFF = {"on": True, "off": False}


def parse_privacy(text: str) -> tuple[Mode, bool]:
    """Read "home on"; raise BadInput with what is allowed."""
    words = text.casefold().split()
    if words[:1] == [Mode.AWAY.value]:
        raise BadInput("Away has no privacy: nobody is at home. It is for home and night.")
    if len(words) != 2 or words[0] not in (Mode.HOME, Mode.NIGHT) or words[1] not in _ON_OFF:
        raise BadInput("Write /privacy home or /privacy night, then on or off: /privacy home on")
    return Mode(words[0]), _ON_OFF[words[1]]


def find_camera(
    text: str,
    cameras: Iterable[Camera],
    areas: Mapping[str, Area] = NO_AREAS,
    rather: Collection[Camera] = (),
) -> Camera:
    """Find a camera by its name, with its area beside it or not, or by the beginning of a word.

    Without a text the only camera is meant; of several that fit, the one that is among `rather`.
    Raise BadInput with the names to choose from.
    """
    known = sorted(cameras, key=lambda c: (c.name.casefold(), c.id))
    wanted = key(text)
    if not known:
        raise BadInput("No camera is known yet. /status tells whether Blink answers.")
    if not wanted:
        if len(known) == 1:
            return known[0]
        raise BadInput(f"Which camera? {_names(known, known, areas)}")
    graded = [(grade, c) for c in known if (grade := _grade(wanted, c, known, areas)) is not None]
    best = min((grade for grade, _ in graded), default=None)
    fits = [camera for grade, camera in graded if grade == best]
    if len(fits) > 1 and len(preferred := [c for c in fits if c in rather]) == 1:
        return preferred[0]
    if len(fits) == 1:
        return fits[0]
    if fits:
        raise BadInput(f"More than one camera fits. Which one? {_names(fits, known, areas)}")
    raise BadInput(f"No camera is called {plain(text)}. There are: {_names(known, known, areas)}")


def means_all(text: str, cameras: Iterable[Camera]) -> bool:
    """Tell whether a text means every camera, and not one that is called so."""
    return key(text) in _EVERY and all(key(c.name) != key(text) for c in cameras)


def _grade(
    wanted: str, camera: Camera, known: Sequence[Camera], areas: Mapping[str, Area]
) -> tuple[int, int] | None:
    """Return how near a text is to a camera, nearest first; None where it is another one's."""
    if wanted == key(called_among(camera, known, areas)):
        return (0, 0)
    grades = [(likeness(wanted, camera.name), 0)]
    area = areas.get(camera.network_id)
    if area is not None:
        where = re.escape(key(area.name))
        found = re.fullmatch(rf"{where} (.+)|(.+?)(?: in| at)?(?: the)? {where}", wanted)
        if found:
            grades.append((likeness(found[1] or found[2], camera.name), 1))
    return min(((grade, via) for grade, via in grades if grade is not None), default=None)


def _names(cameras: Sequence[Camera], known: Sequence[Camera], areas: Mapping[str, Area]) -> str:
    names = [plain(called_among(c, known, areas), LONGEST_NAME) for c in cameras[:NAMES_SHOWN]]
    more = len(cameras) - len(names)
    return ", ".join(names) + (f" and {more} more" if more else "")
