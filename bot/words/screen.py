"""The home screen: the state, what is wrong, and everything else at a glance.

The answer to /status, and the pinned message that keeps itself true. That one holds no "ago", says
as of when it is true, and how to tell that nobody keeps it true any more.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from alarm.core.camera_names import called
from alarm.core.events import Camera
from alarm.core.incident import Incident, IncidentKind, IncidentStatus, Verdict
from alarm.core.notices import Notice
from alarm.core.settings import Mode, PanelState
from alarm.core.state import LoginStatus, State
from bot.pages import Button, Page, Press
from bot.words import duress, login, rules, times
from bot.words.alert import buttons as alert_buttons
from bot.words.alert import ended_by
from bot.words.area_buttons import area_rows
from bot.words.areas import at_rest, by_camera, has_many, headlines, ordered, since_when
from bot.words.clockwork import clock_and_next, not_set_up
from bot.words.contacts import last_trial
from bot.words.left_out import bypass_of, until
from bot.words.markup import bold, code, name, page
from bot.words.panel import ARM, DISARM
from bot.words.phones import contacts_line
from bot.words.private_cameras import is_private
from bot.words.readiness import warned, weak_points
from bot.words.said import Said, Wording
from bot.words.view import View

REFRESH = Button("Refresh", Press.STATUS)
# A screen is edited at least this often, so that one that is older tells of trouble.
FRESH_EVERY = timedelta(minutes=5)
TRUSTED_FOR = 2 * FRESH_EVERY
CAMERAS_SHOWN = 12
LAST = {
    IncidentKind.BURGLARY: "Last alarm",
    IncidentKind.PANIC: "Last panic alarm",
    IncidentKind.DURESS: "Last duress PIN",
    IncidentKind.DRILL: "Last test",
}


def status(state: State, view: View, as_of: datetime | None = None) -> Page:
    """Word the home screen. `as_of`: it stays on the screen, and this is when it was true."""
    weak = [*weak_points(state, view), *not_set_up(state)]
    forced = _forced(state, view)
    calm = at_rest(state) and not forced
    lines = [
        *headlines(state, view),
        *forced,
        *_as_of_line(as_of, view),
        *(warned(weak) or (["✅ Everything works."] if calm else [])),
        *_blink_armed(state),
        *clock_and_next(state, view),
        *_schedule_off(state),
        "",
        *_last_alarms(state, view),
        *_cameras(state, view),
        "",
        _blink_line(state, view),
        contacts_line(state, view),
        f"Rule: {rules.in_words(state.settings.mode(_mode(state)).rule)}",
        last_trial(state, view),
    ]
    if view.version:
        lines += ["", f"<i>Blink Alarm {name(view.version)}</i>"]
    return page(lines, *_buttons(state), [REFRESH])


def screen(state: State, view: View, as_of: datetime | None) -> Page:
    """Word the home screen that stays in a chat; without a time to compare it with another."""
    return status(state, view.to_last(), as_of)


def screen_ended(view: View) -> Page:
    """Word a home screen that is kept true no more."""
    at = times.moment(view.now, view)
    return page([f"💤 {bold('No longer kept up to date')}, since {at}. /status shows how it is."])


def _as_of_line(as_of: datetime | None, view: View) -> list[str]:
    if as_of is None:
        return []
    limit = times.rough(TRUSTED_FOR)
    at = times.moment(as_of, view)
    return [f"🕓 As of {bold(at)}. More than {limit} old? Then I am off or offline."]


def _forced(state: State, view: View) -> list[str]:
    """Say who calls for help in secret; `state` holds only what the reader may know."""
    return [
        f"🆘 {bold(duress.title(incident))}{since_when(incident, view)}"
        for incident in state.incidents.values()
        if incident.kind is IncidentKind.DURESS and incident.status is not IncidentStatus.CLOSED
    ]


def _schedule_off(state: State) -> list[str]:
    return ["🗓 The schedule is off: no window counts."] if state.calendar.schedule.off else []


def _mode(state: State) -> Mode:
    """Return the mode that matters most now."""
    armed = [a for a in ordered(state.areas.values()) if a.panel is not PanelState.DISARMED]
    return armed[0].mode if armed else Mode.AWAY


def _buttons(state: State) -> list[list[Button]]:
    """Offer what the moment asks for: an open alarm first, the panel after it.

    A call for help leaves the panel to be armed; that it is false is said under its own message.
    """
    running = [i for i in state.incidents.values() if i.status is not IncidentStatus.CLOSED]
    apart = (IncidentKind.DRILL, IncidentKind.DURESS)
    burglaries = [i for i in running if i.kind not in apart]
    newest = max(burglaries, key=lambda i: i.opened_at, default=None)
    if newest is not None:
        return alert_buttons(newest)
    retry = login.BUTTONS.get(state.login.status)
    rows = [[retry]] if retry else []
    if state.in_doubt:
        return [*rows, [ARM, DISARM]]
    all_areas = [DISARM] if state.armed else [ARM, *_arm_in_modes(state)]
    calls = [i for i in running if i.kind is IncidentKind.DURESS]
    unheard = [i for i in calls if i.status is IncidentStatus.OPEN]
    heard = [[Button("Acknowledge", Press.ACKNOWLEDGE, i.id)] for i in unheard[-1:]]
    return [*rows, *heard, all_areas, *area_rows(state)]


def _arm_in_modes(state: State) -> list[Button]:
    """Offer the modes whose cameras somebody chose."""
    ready = [mode for mode in (Mode.NIGHT, Mode.HOME) if mode in state.settings.modes]
    return [Button(f"Arm {mode}", Press.ARM, mode.value) for mode in ready]


def _blink_line(state: State, view: View) -> str:
    if state.login.status is not LoginStatus.DONE:
        return "Blink: not logged in"
    if state.health.blind_since is not None:
        return f"Blink: no answer since {times.moment(state.health.blind_since, view)}"
    if view.polled_at is None:
        return "Blink: not asked yet"
    if not view.lasting:
        return f"Blink: answered {times.ago(view.polled_at, view)}"
    if view.poll_missed:
        return f"Blink: answered last {times.moment(view.polled_at, view)}"
    return "Blink: answers"


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


# -- cameras ---------------------------------------------------------------------------------------


def _cameras(state: State, view: View) -> list[str]:
    known = sorted(state.cameras.values(), key=lambda c: (works(c), c.name.casefold(), c.id))
    if not known:
        return ["", "Cameras: none known yet"]
    ready = sum(works(camera) for camera in known)
    private = sum(is_private(camera, state) for camera in known)
    off = f", {private} private" if private else ""
    lines = ["", f"Cameras: {ready} of {len(known)} ready{off}{checked(state, view)}"]
    lines += [_glance(camera, state, view) for camera in known[:CAMERAS_SHOWN]]
    if len(known) > CAMERAS_SHOWN:
        lines.append(f"and {len(known) - CAMERAS_SHOWN} more: /cameras")
    return lines


def _glance(camera: Camera, state: State, view: View) -> str:
    parts = [name(called(camera, state))]
    if not camera.online:
        icon, trouble = "⛔", "offline"
    elif not camera.enabled:
        private = is_private(camera, state)
        icon, trouble = ("🙈", "private") if private else ("⚠️", "motion detection off")
    else:
        icon, trouble = "🟢", ""
    bypass = bypass_of(camera, state)
    if bypass is not None and icon == "🟢":
        icon, trouble = "⏸", f"left out {until(bypass, view)}"
    if camera.battery_low:
        icon = "🪫" if camera.online and camera.enabled else icon
        trouble = f"{trouble}, battery low" if trouble else "battery low"
    motion = last_motion(camera, state, view)
    return f"{icon} " + " · ".join(filter(None, [*parts, trouble, motion and f"motion {motion}"]))


def works(camera: Camera) -> bool:
    return camera.online and camera.enabled


def last_motion(camera: Camera, state: State, view: View) -> str:
    """Return when a camera saw something last; empty where that is not known."""
    seen = state.last_motion.get(camera.id)
    if seen is None:
        return ""
    at = seen - (state.clock.skew or timedelta(0))
    return times.moment_and_ago(at, view, shown=seen)


def checked(state: State, view: View) -> str:
    """Say how old the list of cameras is, where it is no longer looked at."""
    since = state.health.devices_blind_since
    if since is None:
        return ""
    return f" when last checked, before {times.moment_and_ago(since, view)}"


# -- the last incidents ----------------------------------------------------------------------------


def _last_alarms(state: State, view: View) -> list[str]:
    lines = []
    for kind, title in LAST.items():
        past = [i for i in state.incidents.values() if i.kind is kind]
        if past:
            newest = max(past, key=lambda i: i.opened_at)
            lines.append(f"{title}: {_story(newest, state, view)}")
    return lines


def _story(incident: Incident, state: State, view: View) -> str:
    cameras = by_camera(incident.counted, most=3)
    area = name(incident.area_name) if has_many(state) else ""
    parts = [times.moment_and_ago(incident.opened_at, view), area, cameras, _outcome(incident)]
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
        return f"ended {ended_by(incident)}"
    return f"{incident.verdict.value}{f' ({name(incident.acted_by)})' if by else ''}"


# -- notices ---------------------------------------------------------------------------------------


def screen_gone(said: Said) -> Page:
    return page([f"The home screen here was deleted. {code('/status pin')} makes a new one."])


def screen_not_pinned(said: Said) -> Page:
    return page(
        [
            f"{bold('Not pinned')}{said.because()}. Pin the message above by hand.",
            "It keeps itself up to date all the same.",
        ]
    )


def ended(said: Said) -> Page:
    return page([f"Unpinned. {code('/status pin')} makes a new home screen."])


def no_screen(said: Said) -> Page:
    return page([f"Nothing is pinned here. {code('/status pin')} makes a home screen."])


TABLE: dict[Notice, Wording] = {
    Notice.SCREEN_GONE: screen_gone,
    Notice.SCREEN_NOT_PINNED: screen_not_pinned,
    Notice.SCREEN_ENDED: ended,
    Notice.NO_SCREEN: no_screen,
}
