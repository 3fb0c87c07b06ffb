"""The answers to /status, /cameras and /threshold."""

from __future__ import annotations

from datetime import datetime, timedelta

from alarm.core.events import Camera
from alarm.core.incident import Incident, IncidentKind, IncidentStatus, Verdict
from alarm.core.rule_text import RULE_EXAMPLE, RULE_RANGE
from alarm.core.settings import Mode
from alarm.core.state import LoginStatus, State
from bot.pages import Button, Page, Press
from bot.words import login, rules, times
from bot.words.alert import buttons as alert_buttons
from bot.words.areas import at_rest, by_camera, has_many, headlines
from bot.words.left_out import bypass_of, rule_line, until
from bot.words.markup import bold, code, counted, name, page, plain
from bot.words.panel import ARM, DISARM
from bot.words.phones import contacts_line
from bot.words.private_cameras import is_private
from bot.words.readiness import warned, weak_points
from bot.words.view import View


def status(state: State, view: View) -> Page:
    """Answer /status: the panel, what is wrong, then everything else at a glance."""
    weak = weak_points(state, view)
    lines = [
        *headlines(state, view),
        *(warned(weak) or (["✅ Everything works."] if at_rest(state) else [])),
        "",
        *_blink_armed(state),
        _blink_line(state, view),
        _cameras_line(state, view),
        contacts_line(state, view),
        f"Rule: {rules.in_words(rules.rule(state))}",
        *_last_alarms(state, view),
    ]
    if view.version:
        lines += ["", f"<i>Blink Alarm {name(view.version)}</i>"]
    return page(lines, *_buttons(state))


def _buttons(state: State) -> list[list[Button]]:
    """Offer what the moment asks for: an open alarm first, the panel after it."""
    running = [i for i in state.incidents.values() if i.status is not IncidentStatus.CLOSED]
    burglaries = [i for i in running if i.kind is not IncidentKind.DRILL]
    newest = max(burglaries, key=lambda i: i.opened_at, default=None)
    if newest is not None:
        return alert_buttons(newest)
    retry = login.BUTTONS.get(state.login.status)
    rows = [[retry]] if retry else []
    if state.in_doubt:
        return [*rows, [ARM, DISARM]]
    return [*rows, [DISARM if state.armed else ARM]]


def _blink_line(state: State, view: View) -> str:
    if state.login.status is not LoginStatus.DONE:
        return "Blink: not logged in"
    if state.health.blind_since is not None:
        return f"Blink: no answer since {times.moment(state.health.blind_since, view)}"
    if view.polled_at is None:
        return "Blink: not asked yet"
    return f"Blink: answered {times.ago(view.polled_at, view)}"


def _blink_armed(state: State) -> list[str]:
    """Say that Blink still records although the panel is disarmed; the other way is a trouble."""
    late = [
        area
        for area in state.areas.values()
        if area.wish is not None and not area.wish.armed and not area.wish.confirmed
    ]
    if not late or state.armed:
        return []
    return ["Blink itself is not disarmed yet: it may still record. It is tried again."]


def _cameras_line(state: State, view: View) -> str:
    known = state.cameras.values()
    if not known:
        return "Cameras: none known yet"
    ready = sum(camera.online and camera.enabled for camera in known)
    private = sum(is_private(camera, state) for camera in known)
    off = f", {private} private" if private else ""
    return f"Cameras: {ready} of {len(known)} ready{off}{_as_of(state, view)}"


def _as_of(state: State, view: View) -> str:
    """Say how old the list of cameras is, where it is no longer looked at."""
    since = state.health.devices_blind_since
    if since is None:
        return ""
    return f" when last checked, before {times.moment(since, view)} ({times.ago(since, view)})"


def _last_alarms(state: State, view: View) -> list[str]:
    lines = []
    kinds = {
        IncidentKind.BURGLARY: "Last alarm",
        IncidentKind.PANIC: "Last panic alarm",
        IncidentKind.DURESS: "Last duress PIN",
        IncidentKind.DRILL: "Last test",
    }
    for kind, title in kinds.items():
        past = [i for i in state.incidents.values() if i.kind is kind]
        if past:
            newest = max(past, key=lambda i: i.opened_at)
            lines.append(f"{title}: {_story(newest, state, view)}")
    return lines


def _story(incident: Incident, state: State, view: View) -> str:
    cameras = by_camera(incident.counted, most=3)
    area = name(incident.area_name) if has_many(state) else ""
    parts = [times.moment(incident.opened_at, view), area, cameras, _outcome(incident)]
    return ", ".join(filter(None, parts))


def _outcome(incident: Incident) -> str:
    by = f" by {name(incident.acted_by)}" if incident.acted_by else ""
    match incident.status:
        case IncidentStatus.OPEN:
            return bold("nobody has acknowledged")
        case IncidentStatus.ACKNOWLEDGED:
            return f"acknowledged{by}"
    if incident.verdict is Verdict.UNJUDGED:
        return f"disarmed{by}" if by else "closed by itself"
    if incident.verdict is Verdict.TEST:
        return f"ended{by or ' by itself'}"
    return f"{incident.verdict.value}{f' ({name(incident.acted_by)})' if by else ''}"


# -- cameras ---------------------------------------------------------------------------------------


def cameras(state: State, view: View) -> Page:
    """Answer /cameras: each camera with what it can do now, the troubled ones first."""
    known = sorted(state.cameras.values(), key=lambda c: (_works(c), c.name.casefold(), c.id))
    if not known:
        weak = warned(weak_points(state, view))
        return page([bold("No cameras known yet."), *weak])
    ready = sum(_works(camera) for camera in known)
    lines = [bold(f"{ready} of {counted(len(known), 'camera')} ready{_as_of(state, view)}")]
    for camera in known:
        area = state.areas.get(camera.network_id)
        where = f" ({name(area.name)})" if area and has_many(state) else ""
        condition = _condition(camera, state, view)
        lines.append(f"{_icon(camera, state)} {bold(name(camera.name))}{where}: {condition}")
        seen = last_motion(camera, state)
        if seen is not None:
            at = seen - (state.clock.skew or timedelta(0))
            lines[-1] += f". Last motion {times.moment(seen, view)} ({times.ago(at, view)})"
    buttons = [
        Button(plain(camera.name) or "Camera", Press.CAMERA_PAGE, camera.id) for camera in known
    ]
    return page(lines, *(buttons[at : at + 2] for at in range(0, len(buttons), 2)))


def _works(camera: Camera) -> bool:
    return camera.online and camera.enabled


def _icon(camera: Camera, state: State) -> str:
    if camera.online and is_private(camera, state) and not camera.battery_low:
        return "🔕"
    return "✅" if _works(camera) and not camera.battery_low else "⚠️"


def _condition(camera: Camera, state: State, view: View) -> str:
    parts = ["online" if camera.online else "OFFLINE, check batteries, power and Wi-Fi"]
    parts.append(_motion_detection(camera, state))
    found = bypass_of(camera, state)
    if found is not None:
        parts.append(f"left out {until(found, view)}")
    if camera.id in state.settings.cameras:
        parts.append(f"rule: {rule_line(camera, state)}")
    if camera.battery_low:
        parts.append("BATTERY LOW, change it soon")
    return "; ".join(parts)


def _motion_detection(camera: Camera, state: State) -> str:
    if camera.enabled:
        return "motion detection on"
    if is_private(camera, state):
        return "private, its motion detection is off meanwhile"
    return "motion detection OFF, switch it on in the Blink app"


def last_motion(camera: Camera, state: State) -> datetime | None:
    """Return the newest motion that is still remembered, in Blink's clock."""
    events = [
        *(event for incident in state.incidents.values() for event in incident.events),
        *(counted.event for area in state.areas.values() for counted in area.unspent),
    ]
    return max((e.created_at for e in events if e.camera_id == camera.id), default=None)


# -- the rule --------------------------------------------------------------------------------------


def threshold(state: State, view: View, mode: Mode = Mode.AWAY) -> Page:
    """Answer /threshold without a number: the rule of a mode, and how to change it."""
    now = state.settings.mode(mode).rule
    armed = "armed" if mode is Mode.AWAY else f"armed in {mode.value}"
    if now.threshold == 1:
        meaning = f"The alarm starts with the first motion while {armed}."
    else:
        meaning = (
            f"The alarm starts when the cameras see motion {now.threshold} times within "
            f"{times.exact(now.lookback)} while {armed}."
        )
    return page(
        [
            f"{bold(f'Rule: {rules.in_words(now)}')}.",
            meaning,
            f"Change it with {code(RULE_EXAMPLE)}. Allowed: {RULE_RANGE}.",
        ]
    )
