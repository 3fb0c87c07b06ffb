"""Rings at the door: the news, the words under the picture, the answer to /doorbell."""

from __future__ import annotations

import html
from datetime import timedelta

from alarm.core.events import MotionEvent
from alarm.core.notices import Notice
from alarm.core.state import State
from bot.pages import Button, Page, Press
from bot.words import times
from bot.words.markup import bold, code, page, plain
from bot.words.said import Said, Wording
from bot.words.view import View

KEY = "doorbell"
# A ring that is told later than this is over: nobody waits at the door any more.
STILL_THERE = timedelta(minutes=2)
UNNAMED = "Doorbell"


def doorbell(said: Said) -> Page:
    at, camera = said.instant("at"), said.name("camera")
    rest = [part for part in (camera, said.moment("at")) if part]
    if at is not None:
        rang = at - (said.state.clock.skew or timedelta(0))
        if said.view.now - rang > STILL_THERE:
            ago = times.ago(rang, said.view)
            return page([f"🔔 {bold('Somebody rang')} {ago}: {', '.join(rest)}."])
    return page([f"🔔 {bold('Somebody rings')}: {', '.join(rest)}."])


def ring_caption(event: MotionEvent, view: View) -> str:
    """Return the HTML under the picture. The time comes first: a name may be any word."""
    camera = html.escape(plain(event.camera_name)) or UNNAMED
    return f"{times.moment(event.created_at, view, seconds=True)} {camera}"


def overview(state: State) -> Page:
    """Answer /doorbell without arguments."""
    always = state.settings.doorbell_always
    turn = "off" if always else "on"
    return page(
        [
            f"🔔 {bold('Doorbell')}",
            "While armed every ring is told here, with its picture. It never starts an alarm.",
            f"While disarmed: {bold('told too' if always else 'not told')}.",
            f"Change it with the button, or with {code(f'/doorbell {turn}')}.",
        ],
        [Button(f"While disarmed: turn {turn}", Press.SET, f"{KEY}={turn}")],
    )


TABLE: dict[Notice, Wording] = {Notice.DOORBELL: doorbell}
