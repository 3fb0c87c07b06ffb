"""What weakens the alarm right now, the worst first; every line says what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta

from alarm.blink.errors import NO_ANSWER, UNREACHABLE
from alarm.core.camera_names import called
from alarm.core.events import Camera
from alarm.core.settings import Mode, PanelState
from alarm.core.state import UNKNOWN_AREA, Area, LoginStatus, Role, State
from bot.words import hearing, login, phones, private_cameras, times
from bot.words.areas import has_many, in_area
from bot.words.counting import NOT_WATCHING, counts_now, too_few
from bot.words.left_out import left_out_line
from bot.words.markup import cause, listed, name
from bot.words.view import View

WAIT = "It is tried again by itself."
WAIT_OR_CHECK = "Check the internet at home; it is tried again by itself."
CHECK_THE_APP = "Look into the Blink app whether it is armed and the cameras are online."
# Beyond this a wrong clock of the host is a trouble.
CLOCK_OFF = timedelta(seconds=60)


def weak_points(state: State, view: View) -> list[str]:
    """Return a line of HTML for each thing that weakens the alarm; none when all is well."""
    return [
        *doubt(state),
        *blindness(state, view),
        *devices_blind(state, view),
        *(line for area in state.areas.values() for line in blink_not_armed(area, state)),
        *hearing.trouble(state, view),
        *sync_modules(state),
        *private_cameras.trouble(state, NOT_WATCHING),
        *cameras(state, view),
        *filter(None, [left_out_line(state, view)]),
        *too_few(state),
        *filter(None, [phones.trouble(state, view)]),
        *chats(state),
        *clock(state),
    ]


def not_watching(state: State, view: View) -> list[str]:
    """Return the lines for what is not seen at all."""
    return [line for line in weak_points(state, view) if line.startswith(NOT_WATCHING)]


def doubt(state: State) -> list[str]:
    if not state.in_doubt:
        return []
    return ["The saved state was lost, so this may be wrong: press Arm or Disarm."]


def blindness(state: State, view: View) -> list[str]:
    """Say why nothing is seen at all."""
    locked_out = login.trouble(state.login)
    since = state.health.blind_since
    lines = []
    if since is not None:
        why = cause(state.health.blind_reason) or UNREACHABLE
        then = "" if locked_out else f" {advice(why)}"
        lines.append(f"Nothing seen since {times.moment(since, view)}: {why}.{then}")
    elif not locked_out and view.poll_missed:
        when = times.since(view.polled_at, view) if view.polled_at else "yet"
        lines.append(f"Blink was not looked at {when}: if this stays, restart the program.")
    if locked_out:
        lines.append(locked_out)
    if lines and state.armed and blind(state, view):
        lines[0] = f"{NOT_WATCHING}. {lines[0]}"
    return lines


def advice(why: str) -> str:
    """Return what to do about an outage: nothing at home, where Blink itself answered."""
    return WAIT_OR_CHECK if why.startswith((NO_ANSWER, UNREACHABLE)) else WAIT


def blind(state: State, view: View) -> bool:
    """Tell whether motion would go unseen; one missed look does not make it so."""
    return (
        view.poll_missed
        or state.health.blind_told
        or (state.health.blind_since is not None and state.login.status is not LoginStatus.DONE)
    )


def devices_blind(state: State, view: View) -> list[str]:
    """Say that cameras and Blink's own arming are as they were some time ago."""
    since = state.health.devices_blind_since
    if since is None or state.health.blind_since is not None or login.trouble(state.login):
        # Nothing is seen at all, and that is said.
        return []
    why = cause(state.health.devices_blind_reason) or "Blink does not show them"
    line = f"Cameras cannot be checked since {times.moment(since, view)}: {why}. {CHECK_THE_APP}"
    told_and_unconfirmed = state.health.devices_blind_told and unconfirmed(state)
    return [f"{NOT_WATCHING}. {line}" if told_and_unconfirmed else line]


def unconfirmed(state: State) -> bool:
    """Tell whether the panel counts on Blink, and nobody saw Blink armed."""
    return any(
        area.panel is not PanelState.DISARMED
        and (area.armed_at_blink is not True or (area.wish is not None and not area.wish.confirmed))
        for area in state.areas.values()
    )


def blink_not_armed(area: Area, state: State) -> Iterable[str]:
    """Say that Blink does not record although the panel counts on it."""
    if area.panel is PanelState.DISARMED:
        return
    where = in_area(area.name, state)
    wish = area.wish
    if wish is not None and not wish.confirmed:
        if wish.told:
            yield (
                f"{NOT_WATCHING}{where}. Blink did not confirm that it is armed; it is tried "
                "again by itself. Look into the Blink app."
            )
        else:
            yield f"Blink not confirmed yet{where}: that can take a minute."
    elif area.armed_at_blink is False:
        how = arm_command(area, state)
        yield f"{NOT_WATCHING}{where}. Blink itself is disarmed: send {how} to arm it again."


def arm_command(area: Area, state: State) -> str:
    """Return what to send to arm an area in the mode that it is in, as HTML."""
    mode = "" if area.mode is Mode.AWAY else f" {area.mode.value}"
    if not has_many(state):
        return f"/arm{mode}"
    # The mode first: the area itself may be called Home.
    return f"/arm {area.mode.value} {name(area.name)}"


def sync_modules(state: State) -> list[str]:
    return [
        f"Sync module{in_area(area.name, state)} is offline: check its power and internet."
        for area in state.areas.values()
        if not area.online and area.network_id != UNKNOWN_AREA
    ]


def cameras(state: State, view: View) -> list[str]:
    known = [camera for camera in state.cameras.values() if counts_now(camera, state)]
    if not state.cameras:
        if login.trouble(state.login) or state.health.blind_since is not None:
            return []
        return ["No cameras known: add them in the Blink app, or wait a minute after a start."]

    def those(fits: Callable[[Camera], bool]) -> str:
        return listed([name(called(c, state)) for c in known if fits(c)])

    offline = those(lambda c: not c.online)
    ours = {c.id for c in known if private_cameras.is_private(c, state)}
    ours |= {c.id for c in known if private_cameras.stays_off(c, state)}
    off = those(lambda c: c.online and not c.enabled and c.id not in ours)
    weak = those(lambda c: c.battery_low)
    return [
        line
        for names, line in (
            (offline, f"Offline: {offline}. Check batteries, power and Wi-Fi."),
            (off, f"Motion detection is off: {off}. Switch it on in the Blink app."),
            (weak, f"Battery low: {weak}. Change it soon."),
        )
        if names
    ]


def chats(state: State) -> list[str]:
    lost = [
        name(person.name)
        for person in state.people.values()
        if not person.reachable and person.role in (Role.OWNER, Role.MEMBER)
    ]
    if not lost:
        return []
    return [f"Telegram does not reach: {listed(lost)}. Ask them to open this bot and press Start."]


def clock(state: State) -> list[str]:
    skew = state.clock.skew
    if skew is None or abs(skew) <= CLOCK_OFF:
        return []
    way = "slow" if skew > timedelta(0) else "fast"
    return [f"This computer's clock is {times.rough(abs(skew))} {way}: set it right."]


def warned(lines: Iterable[str]) -> list[str]:
    """Put the icon before each line that fits how bad it is."""
    return [f"{'⛔' if line.startswith(NOT_WATCHING) else '⚠️'} {line}" for line in lines]
