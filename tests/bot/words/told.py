"""A notice as a person reads it, in one of the scenes."""

from __future__ import annotations

from alarm.core.deliveries import Scalar, Words
from alarm.core.notices import Notice
from bot.pages import Page
from bot.words.notices import sentence
from tests.bot.words import scenes
from tests.bot.words.given import GIVEN
from tests.bot.words.looks import look, pressable, seen

SCENES = dict(scenes.all_scenes())


def page_of(notice: Notice, scene: str = "armed", **changes: Scalar) -> Page:
    home = SCENES[scene]
    words = Words(notice, {**GIVEN[notice], **changes})
    return sentence(words, home.state, look(home.now))


def said_in(*, notice: Notice, scene: str = "armed", **changes: Scalar) -> str:
    return seen(page_of(notice, scene, **changes))


def buttons(notice: Notice, scene: str = "armed") -> list[str]:
    return pressable(page_of(notice, scene))
