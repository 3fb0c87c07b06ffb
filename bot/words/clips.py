"""What `/clip` says: the clip's caption, or plainly why there is none."""

from __future__ import annotations

from alarm.core.camera_names import called
from alarm.core.events import Camera, MotionEvent
from alarm.core.state import State
from bot.pages import Page
from bot.words.markup import bold, name, page, reason
from bot.words.times import ago, moment
from bot.words.view import View


def clip_caption(event: MotionEvent, view: View) -> str:
    """Return the caption in HTML: when, then the camera, whose name may be any word."""
    return f"{_when(event, view)}, {bold(name(event.camera_name))}"


def none(camera: Camera | None, state: State) -> Page:
    """Say that Blink lists no clip, of this camera or of any."""
    of = "" if camera is None else f" of {bold(name(called(camera, state)))}"
    return page([f"No clip{of}: Blink has none from the last 60 days."])


def gone(event: MotionEvent, view: View) -> Page:
    """Say that the newest clip was deleted at Blink."""
    which = f"The last clip of {bold(name(event.camera_name))}, {_when(event, view)}"
    return page([f"{which}, is gone at Blink."])


def unreachable(why: str) -> Page:
    """Say that Blink could not be asked, and why."""
    return page([f"No clip now: {reason(why)}.", "Try /clip again in a minute."])


def on_its_way(event: MotionEvent, view: View) -> Page:
    """Say that the clip was found and takes a while."""
    which = f"The last clip of {bold(name(event.camera_name))}, {_when(event, view)}"
    return page([f"{which}, is on its way."])


def not_sent(event: MotionEvent, view: View) -> Page:
    """Say that Telegram did not take the clip."""
    which = f"The clip of {bold(name(event.camera_name))}, {_when(event, view)}"
    return page(
        [
            f"{which}, could not be sent to Telegram.",
            "Try /clip again, or look in the Blink app.",
        ]
    )


def _when(event: MotionEvent, view: View) -> str:
    return f"{moment(event.created_at, view)} ({ago(event.created_at, view)})"
