"""What calling does, for the alert: whose phone rings, what came of it, what comes next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from alarm.core import rounds
from alarm.core.incident import CallNote, Incident, IncidentStatus, Phase, Wave
from alarm.core.state import State
from bot.words import phones, times
from bot.words.markup import name, reason
from bot.words.view import View

_WITH_REASON = re.compile(r"(failed|trying): (.*)", re.DOTALL)
# Outcomes that the core notes, in words for the night.
_OVER = {
    "cancelled": "call stopped",
    "no result": "could not be called",
    "failed: expired": "could not be called",
    "failed": "the call failed",
    "answered": "answered",
}
NOTES_SHOWN = 5
NO_PHONE = "📵 No phone configured: nobody is called."
_RUNNING = frozenset({"calling", "ringing", "answered"})


def calling(incident: Incident, state: State, view: View) -> list[str]:
    """Return the lines on calls, the past first; none where there is nothing to say."""
    wave = incident.wave
    live = incident.status is IncidentStatus.OPEN and wave is not None
    notes = list(incident.calls[-NOTES_SHOWN:])
    talking = live and wave is not None and wave.phase in (Phase.CALLING, Phase.LISTENING)
    last = notes.pop() if notes and talking else None
    lines = [_past(list(same)) for _, same in groupby(notes)]
    if incident.status is not IncidentStatus.OPEN:
        return lines
    if wave is None:
        return lines or [_silent_drill(state, view)]
    if last is not None:
        lines.append(_running(last))
    lines.append(_next(wave, state, view))
    return [line for line in lines if line]


def _past(same: list[CallNote]) -> str:
    note, times_ = same[0], f" ({len(same)} times)" if len(same) > 1 else ""
    outcome = _OVER.get(note.outcome)
    if outcome is None and note.outcome in _RUNNING:
        outcome = "call stopped"
    elif outcome is None:
        found = _WITH_REASON.fullmatch(note.outcome)
        outcome = reason(found[2] if found else note.outcome)
    icon = "☎️" if note.outcome == "answered" else "📵"
    return f"{icon} {name(note.contact)}: {outcome}{times_}"


def _running(note: CallNote) -> str:
    who = name(note.contact)
    match note.outcome:
        case "calling":
            return f"📞 Calling {who}"
        case "ringing":
            return f"📞 Ringing {who}"
        case "answered":
            return f"📞 {who}: answered, nobody acknowledged yet"
    found = _WITH_REASON.fullmatch(note.outcome)
    if found and found[1] == "trying":
        return f"📞 {who}: {reason(found[2])}. Trying again"
    return _past([note])


def _silent_drill(state: State, view: View) -> str:
    if not phones.rings(state, view):
        return NO_PHONE
    return "No phone rings in this test: /test call tries them, too."


def _next(wave: Wave, state: State, view: View) -> str:
    if not phones.rings(state, view):
        return NO_PHONE
    if not wave.with_calls:
        return "📵 No more calls: the limit is reached. Chat only."
    match wave.phase:
        case Phase.ABORT_WINDOW:
            line = _first_call(wave, state, view)
        case Phase.LISTENING:
            order = rounds.order_of(state, wave)
            line = _call_of(order, wave.position + 1, wave, state, view)
        case Phase.PAUSE:
            line = _first_call(wave, state, view)
        case Phase.SLOW:
            line = "Nobody reacted. "
            at = wave.next_round
            line += f"Next calls: {times.moment(at, view)}." if at else "No more calls, chat only."
        case Phase.CALLING:
            line = ""
    trouble = reason(view.phone_trouble)
    return "\n".join(filter(None, [line, f"📵 {trouble}." if trouble else ""]))


def _first_call(wave: Wave, state: State, view: View) -> str:
    return _call_of(rounds.new_round(state, wave, wave.deadline), 0, wave, state, view)


def _call_of(order: Sequence[str], position: int, wave: Wave, state: State, view: View) -> str:
    """Return who is called next and when; after the last contact a pause comes first."""
    found = rounds.next_call(state, wave, order, position)
    if found is None:
        return ""
    at, who = wave.deadline, name(found[1].name)
    seconds = times.moment(at, view, seconds=True)
    if at <= view.now:
        return f"📞 Calling {who} now"
    return f"📞 Calling {who} {times.left(at, view)} ({seconds})"
