"""Notices about incidents: what people did, what nobody did, what came too late."""

from __future__ import annotations

from alarm.core.escalation import MAX_CALLS_PER_DAY, MAX_CALLS_PER_INCIDENT
from alarm.core.incident import Incident, IncidentStatus
from alarm.core.notices import Notice
from alarm.core.settings import PanelState
from bot.pages import Page
from bot.words import times
from bot.words.alert import buttons
from bot.words.areas import by_camera, headlines
from bot.words.markup import bold, counted, page
from bot.words.phones import rings
from bot.words.said import Said, Wording


def missed_burst(said: Said) -> Page:
    return page(
        [
            f"⚠️ {bold('Motion while it was armed')}{said.where()}, {_burst(said)}.",
            (
                "Blink told of it only after somebody disarmed, so nobody was called. "
                "See the videos in the Blink app, or send /clip."
            ),
        ]
    )


def old_burst(said: Said) -> Page:
    at = said.instant("at")
    late = f" ({times.late(said.view.now - at)})" if at else ""
    return page(
        [
            f"⚠️ {bold('Motion while it was armed')}{said.where()}, {_burst(said)}{late}.",
            (
                "Too long ago to ring, so nobody was called. "
                "See the videos in the Blink app, or send /clip."
            ),
        ]
    )


def _burst(said: Said) -> str:
    return ", ".join(
        filter(
            None,
            [said.moment("at"), counted(said.whole("count"), "event"), said.names("cameras")],
        )
    )


def acknowledged(said: Said) -> Page:
    stopped = said.stopped(no_call=" No phone will ring.")
    return page([f"✅ {bold('Acknowledged')}{said.by()}.{stopped}", *_now(said)])


def false_alarm(said: Said) -> Page:
    first = f"✅ {bold('False alarm')}{said.by(', says ')}.{said.stopped()}"
    return page([first, *said.called_off(), *_now(said)])


def drill_ended(said: Said) -> Page:
    return page(
        [
            f"✅ {bold('Test ended')}{said.by()}. It changed nothing:",
            *headlines(said.state, said.view),
        ]
    )


def drill_running(said: Said) -> Page:
    return page(
        [
            f"🧪 {bold('A test is running already.')}",
            "Press a button below its message, or wait: it ends by itself after 10 min.",
        ]
    )


def drill_refused(said: Said) -> Page:
    return page(
        [
            f"✋ {bold('No test now: an alarm is still open.')}",
            "End it first: press False alarm or Disarm below it. Then send /test again.",
        ]
    )


def nothing_to_do(said: Said) -> Page:
    waits = any(i.status is not IncidentStatus.CLOSED for i in said.state.incidents.values())
    if waits:
        return page(["Nothing more to show: all pictures were sent."])
    return page(["Nothing to do: no alarm is open. /status shows how things are."])


def incident_over(said: Said) -> Page:
    return page([bold("This alarm is over already."), *headlines(said.state, said.view)])


def auto_closed(said: Said) -> Page:
    return page(
        [
            (
                f"☑️ {bold('Closed by itself')}{said.where()}: the acknowledged alarm was "
                "followed by 30 quiet minutes."
            ),
            *_now(said),
        ]
    )


def exhausted(said: Said) -> Page:
    phones = said.whole("phones")
    if phones and rings(said.state, said.view):
        lines = [
            f"❗ {bold('Nobody has acknowledged.')} {counted(phones, 'phone')} tried.",
            "It goes on: a reminder here every 10 min, calls every 30 min.",
        ]
    else:
        lines = [
            f"❗ {bold('Nobody has acknowledged,')} and there is no phone to call.",
            "It goes on: a reminder here every 10 min.",
        ]
    return _about(said, *lines)


def still_open(said: Said) -> Page:
    return _about(said, f"⏰ {bold('Still open:')} nobody has acknowledged.")


def calls_used_up(said: Said) -> Page:
    if said.whole("calls") >= MAX_CALLS_PER_INCIDENT:
        limit = f"{MAX_CALLS_PER_INCIDENT} calls for one alarm"
    else:
        limit = f"{MAX_CALLS_PER_DAY} calls a day"
    return _about(
        said,
        f"📵 {bold('No more calls for now:')} {limit} are the limit.",
        "For now only this chat tells: press a button as soon as you read this.",
    )


def _about(said: Said, *lines: str) -> Page:
    """Put a word about an incident together with what it is about and its buttons."""
    incident = said.incident()
    if incident is None:
        return page(lines)
    about = _short(incident, said)
    return page([*lines, about], *buttons(incident))


def _short(incident: Incident, said: Said) -> str:
    cameras = by_camera(incident.counted)
    since = times.moment(incident.opened_at, said.view)
    return f"The alarm of {since}" + (f": {cameras}" if cameras else "")


def _now(said: Said) -> list[str]:
    """Say what stays on, so that nobody thinks that everything was switched off."""
    if not said.state.armed:
        return []
    triggered = any(a.panel is PanelState.TRIGGERED for a in said.state.areas.values())
    if triggered:
        return ["It stays armed: new motion can ring again."]
    return ["It stays armed."]


TABLE: dict[Notice, Wording] = {
    Notice.MISSED_BURST: missed_burst,
    Notice.OLD_BURST: old_burst,
    Notice.ACKNOWLEDGED: acknowledged,
    Notice.FALSE_ALARM: false_alarm,
    Notice.DRILL_ENDED: drill_ended,
    Notice.DRILL_RUNNING: drill_running,
    Notice.DRILL_REFUSED: drill_refused,
    Notice.NOTHING_TO_DO: nothing_to_do,
    Notice.INCIDENT_OVER: incident_over,
    Notice.AUTO_CLOSED: auto_closed,
    Notice.EXHAUSTED: exhausted,
    Notice.STILL_OPEN: still_open,
    Notice.CALLS_USED_UP: calls_used_up,
}
