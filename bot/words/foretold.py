"""What would happen if it rang now and nobody reacted, step by step with times."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import groupby

from alarm.core import escalation, rounds
from alarm.core.contact import Contact
from alarm.core.forecast import Happening, Step, forecast
from alarm.core.settings import Mode
from alarm.core.state import Role, State
from alarm.phone.numbers import masked
from bot.words import times
from bot.words.contacts import span
from bot.words.markup import bold, listed, name
from bot.words.view import View

ROUNDS_SHOWN = 4
# Of "Repeated Calls"; Android gives a quarter of an hour.
SECOND_CALL_PASSES = timedelta(minutes=3)


def foretold(state: State, mode: Mode, view: View, *, numbers: bool) -> list[str]:
    """Return the lines; `numbers`: whether the reader may see (masked) phone numbers."""
    reached, lost = reading(state)
    steps = forecast(state, view.now, mode, told=bool(reached))
    calls = [step for step in steps if step.what is Happening.CALL]
    used_up = next((step for step in steps if step.what is Happening.EXHAUSTED), None)
    all_rounds = [list(of_round) for _, of_round in groupby(calls, key=lambda step: step.round)]
    early = [r for r in all_rounds if used_up is None or r[0].at < used_up.at]
    slow = all_rounds[len(early) :]
    unread = f" ({listed(lost)} cannot be reached)" if lost else ""
    written = f"written to {listed(reached)}" if reached else "nobody reads it in chat"
    lines = [*_warning(state, mode, reached, view), f"{_at(view.now, view)} {written}{unread}"]
    for of_round in early[:1]:
        lines += [_call(step, state, view, numbers=numbers) for step in of_round]
    lines += [_round(of_round, state, view) for of_round in early[1:ROUNDS_SHOWN]]
    if len(early) > ROUNDS_SHOWN:
        lines.append(f"… and so on, {len(early)} rounds in all")
    if used_up is not None:
        reminders = "told here, then a reminder every 10 min"
        lines.append(f"{_at(used_up.at, view)} nobody reacted: {reminders}")
    return [*lines, *_slowly(slow, view), *_limit(steps, view), *_second_call(calls, state)]


def reading(state: State) -> tuple[list[str], list[str]]:
    """Return as HTML who reads every alert and whom Telegram does not reach, the group last."""
    readers = [p for p in state.people.values() if p.role in (Role.OWNER, Role.MEMBER)]
    chats = [(name(person.name), person.reachable) for person in readers]
    if state.group is not None:
        chats.append((f"the group {name(state.group.title)}", state.group.reachable))
    return [who for who, reached in chats if reached], [
        who for who, reached in chats if not reached
    ]


def _warning(state: State, mode: Mode, reached: list[str], view: View) -> list[str]:
    """Say what an entry delay does before the alarm."""
    delay = state.settings.mode(mode).entry_delay
    if not delay:
        return []
    warned = f"{listed(reached)} warned at once" if reached else "nobody reads the warning"
    begin = _at(view.now - delay, view)
    return [f"{begin} motion: {warned}, {times.exact(delay)} to press Disarm"]


def _at(at: datetime, view: View) -> str:
    return bold(times.moment(at, view, seconds=True))


def _contact(step: Step, state: State) -> Contact:
    return next(c for c in state.contacts if c.id == step.contact_id)


def _call(step: Step, state: State, view: View, *, numbers: bool) -> str:
    contact = _contact(step, state)
    number = f" ({name(masked(contact.number))})" if numbers else ""
    ring = times.exact(state.settings.plan.ring)
    quiet = _quiet(contact, step, state)
    return f"{_at(step.at, view)} {name(contact.name)}'s phone{number} rings up to {ring}{quiet}"


def _round(steps: list[Step], state: State, view: View) -> str:
    called = [(_contact(step, state), step) for step in steps]
    names = [f"{name(contact.name)}{_quiet(contact, step, state)}" for contact, step in called]
    return f"{_at(steps[0].at, view)} round {steps[0].round}: {listed(names, 10, last=', then ')}"


def _quiet(contact: Contact, step: Step, state: State) -> str:
    if contact.quiet is None or not rounds.quiet(state, contact, step.at):
        return ""
    return f" 🌙 {span(contact.quiet)}"


def _slowly(slow: list[list[Step]], view: View) -> list[str]:
    if not slow:
        return []
    begin = _at(slow[0][0].at, view)
    return [f"{begin} calls again, then every 30 min for 3 h, every 6 h for a day"]


def _limit(steps: tuple[Step, ...], view: View) -> list[str]:
    """Say when no phone rings any more, and why."""
    limit = next((step for step in steps if step.what is Happening.LIMIT), None)
    made = sum(step.what is Happening.CALL for step in steps)
    if limit is None or not made:
        return []
    at = times.moment(limit.at, view)
    if made >= escalation.MAX_CALLS_PER_INCIDENT:
        return [f"After {made} calls for one alarm, about {at}, the chat alone goes on."]
    return [f"About {at} the calls of a day are used up."]


def _second_call(calls: list[Step], state: State) -> list[str]:
    """Say where the second call comes too late for a phone that lets repeated callers through."""
    again = [step.at for step in calls if step.contact_id == calls[0].contact_id][:2]
    if len(again) < 2 or again[1] - again[0] <= SECOND_CALL_PASSES:
        return []
    who, gap = name(_contact(calls[0], state).name), times.rough(again[1] - again[0])
    hint = "An iPhone's Do Not Disturb lets it through within 3 min only"
    favourite = "save the number that calls as a favourite there"
    return [f"💡 {who}'s second call comes after {gap}. {hint}: {favourite}."]
