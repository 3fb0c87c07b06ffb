"""Cameras that are left out, or that do not follow the rule of the mode; the page of a camera."""

from __future__ import annotations

from datetime import timedelta

from alarm.core import bypass
from alarm.core import swinger as swinger_rule
from alarm.core.camera_names import called
from alarm.core.camera_rules import AS_THE_MODE, NEVER
from alarm.core.events import Camera
from alarm.core.left_out import Bypass, BypassKind
from alarm.core.notices import Notice
from alarm.core.state import State
from bot.pages import Button, Page, Press
from bot.words import rules, times
from bot.words.counting import blinded
from bot.words.markup import bold, code, listed, name, page
from bot.words.said import Said, Wording
from bot.words.view import View

SNOOZES = (30, 60, 240)
# Rules of its own that the buttons offer.
OWN_RULES = ("1", "3 in 2m")


def bypass_of(camera: Camera, state: State) -> Bypass | None:
    area = state.areas.get(camera.network_id)
    return None if area is None else bypass.running(area, camera.id)


def left_out_line(state: State, view: View) -> str:
    """Return "Left out: Garage until the next disarm"; nothing where none is."""
    found = [(camera, bypass_of(camera, state)) for camera in state.cameras.values()]
    parts = [f"{name(called(c, state))} {until(b, view)}" for c, b in found if b is not None]
    return f"Left out: {listed(parts)}." if parts else ""


def until(found: Bypass, view: View) -> str:
    if found.kind is BypassKind.UNTIL_DISARM or found.deadline is None:
        return "until the next disarm"
    when = f"until {times.moment(found.deadline, view)}"
    return f"{when} or disarm" if found.kind is BypassKind.SWINGER else when


# -- the page of a camera --------------------------------------------------------------------------


def camera_page(camera: Camera, state: State, view: View) -> Page:
    """Show how a camera counts, with buttons to change it."""
    found, about = bypass_of(camera, state), camera.id
    never = state.settings.never(camera.id)
    counting = "never counts, is only shown" if never else "counts"
    if found is not None:
        counting = f"left out {until(found, view)}"
    this = called(camera, state)
    lines = [
        f"{bold(name(this))}: {counting}.",
        f"Rule: {rule_line(camera, state)}",
        "",
        f"Or write {code(f'/snooze {this} 2h')}, {code(f'/camera {this} rule 2')}.",
    ]
    if found is not None:
        first = [[Button("Count it again", Press.COUNT_AGAIN, about)]]
    else:
        first = [
            [Button("Leave out until disarm", Press.LEAVE_OUT, f"0:{about}")],
            [
                Button(_minutes(minutes), Press.LEAVE_OUT, f"{minutes}:{about}")
                for minutes in SNOOZES
            ],
        ]
    now = state.settings.cameras.get(camera.id)
    offered = [("Rule of the mode", "default")] if now is not None else []
    offered += [("1 event is enough", "1"), ("Own rule: 3 in 2 min", "3 in 2m")]
    offered += [] if never else [("Never counts, only shown", "never")]
    rows = [[Button(text, Press.CAMERA_RULE, f"{rule}:{about}")] for text, rule in offered]
    return page(lines, *first, *rows, [Button("All cameras", Press.CAMERAS)])


def rule_line(camera: Camera, state: State) -> str:
    rule = state.settings.cameras.get(camera.id)
    if rule is None:
        return "that of the mode"
    if rule.rule is None:
        return "never counts, is only shown"
    return f"its own, {rules.in_words(rule.rule)}"


def _minutes(minutes: int) -> str:
    return f"Leave out {minutes} min" if minutes < 60 else f"Leave out {minutes // 60} h"


# -- notices ---------------------------------------------------------------------------------------


def left_out(said: Said) -> Page:
    duration = said.duration("seconds")
    how_long = "until the next disarm" if duration is None else f"for {times.exact(duration)}"
    if duration is not None and duration % timedelta(minutes=1) and said.moment("until"):
        # Not a time was named, but its end.
        how_long = f"until {said.moment('until')}"
    return page(
        [
            f"🙈 {bold(f'Left out: {_camera(said)}')} {how_long}{said.aside()}.",
            "Its motion does not count meanwhile.",
            *blinded(said.state),
        ],
        _buttons(said),
    )


def counts_again(said: Said) -> Page:
    why = {
        BypassKind.TIMED.value: ", the time is over",
        BypassKind.SWINGER.value: ", after 8 h without motion",
        swinger_rule.LAST: f", because without it nothing could raise the alarm{_in_mode(said)}",
    }.get(said.raw("why"), said.aside())
    which = said.names("camera") or "camera"
    return page([f"👁 {bold(f'Counts again: {which}')}{why}."])


def _in_mode(said: Said) -> str:
    return f" in mode {said.raw('mode')}" if said.raw("mode") else ""


def not_left_out(said: Said) -> Page:
    return page([f"{bold(_camera(said))} is not left out: it counts."])


def camera_gone(said: Said) -> Page:
    return page(["This camera is not known any more. /cameras shows those that are."])


def camera_rule(said: Said) -> Page:
    new, old = _rule(said, "new"), _rule(said, "old")
    was = "as before" if new == old else f"before: {old}"
    first = f"✅ {bold(f'{_camera(said)}: {new}')} ({was}){said.by(', changed by ')}."
    return page([first, "It holds from the next motion on.", *blinded(said.state)])


def _rule(said: Said, which: str) -> str:
    raw = said.raw(which)
    if raw in ("", AS_THE_MODE):
        return "the rule of the mode"
    return "never counts, is only shown" if raw == NEVER else rules.noted(raw)


def swinger(said: Said) -> Page:
    count = said.whole("count")
    # The name of a camera may name its area.
    where = "" if f" ({said.raw('area')}" in said.raw("camera") else said.where()
    return page(
        [
            f"🙈 {bold(f'Left out: {_camera(said)}')}{where}.",
            (
                f"It was alone behind {count} alarms within 8 h, and nobody called them real. "
                "It counts again at the next disarm, or after 8 h without motion."
            ),
            *blinded(said.state),
        ],
        _buttons(said),
    )


def _camera(said: Said) -> str:
    return said.name("camera") or "camera"


def _buttons(said: Said) -> list[Button]:
    wanted = said.raw("camera")
    known = said.state.cameras
    found = [c for c in known.values() if called(c, said.state) == wanted]
    if (by_id := known.get(said.raw("camera_id"))) is not None:
        found = [by_id]
    return [Button("Count it again", Press.COUNT_AGAIN, c.id) for c in found[:1]]


TABLE: dict[Notice, Wording] = {
    Notice.LEFT_OUT: left_out,
    Notice.COUNTS_AGAIN: counts_again,
    Notice.NOT_LEFT_OUT: not_left_out,
    Notice.CAMERA_GONE: camera_gone,
    Notice.CAMERA_RULE: camera_rule,
    Notice.SWINGER: swinger,
}
