"""Who can be called: the list, and one contact with what can be changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from alarm.core import rounds, trial
from alarm.core.contact import Contact, Tried
from alarm.core.quiet_hours import QuietHours
from alarm.core.state import State
from alarm.phone.numbers import masked
from bot.pages import Button, Page, Press
from bot.words import phones, times
from bot.words.markup import bold, code, name, page, plain, reason
from bot.words.view import View

ADD_EXAMPLE = "/contacts add Ann +49 151 2345678"
OFFERED_HOURS = (QuietHours(22 * 60, 7 * 60), QuietHours(23 * 60, 7 * 60))
# What a button is about: a contact's id, and one of these behind a colon.
UP, TRY, TRY_NOW, REMOVE, REMOVE_NOW = "up", "try", "try!", "rm", "rm!"
KEEP, OWN, QUIET = "keep", "own", "q"
LOUD = "off"


def contacts(state: State, view: View) -> Page:
    """Answer /contacts: who is called in which order, and a button for each."""
    known = state.contacts
    if not known:
        lines = [
            f"📵 {bold('Nobody is called:')} an alarm is only written here.",
            f"Add a phone: {code(ADD_EXAMPLE)}",
        ]
        return page(lines)
    lines = [
        bold("Called in this order in an alarm"),
        *(f"{place}. {_about(c, state, view)}" for place, c in enumerate(known, start=1)),
        "",
        phones.trouble(state, view),
        f"One more: {code(ADD_EXAMPLE)}",
        "/plan tells when which phone rings.",
    ]
    buttons = [Button(label(c), Press.CONTACT, c.id) for c in known]
    return page(lines, *_by_two(buttons))


def contact(chosen: Contact, state: State, view: View, *, free: bool = True) -> Page:
    """Show one contact with what can be changed. `free`: it is nobody else's phone."""
    about = chosen.id
    first = state.contacts[0].id == chosen.id
    moves = [] if first else [Button("⬆️ Earlier", Press.CONTACT, f"{about}:{UP}")]
    hours = [h for h in OFFERED_HOURS if h != chosen.quiet]
    quiet = [
        Button(f"Quiet {span(h)}", Press.CONTACT, f"{about}:{QUIET}:{h.start}-{h.end}")
        for h in hours
    ]
    if chosen.quiet is not None:
        quiet.append(Button("Never quiet", Press.CONTACT, f"{about}:{QUIET}:{LOUD}"))
    chat = _chat_name(chosen, state)
    own = [] if chat or not free else [Button("This is my phone", Press.CONTACT, f"{about}:{OWN}")]
    said = name(chosen.name)
    lines = [
        _about(chosen, state, view),
        "",
        f"Reads in chat: {chat}" if chat else "",
        f"Other quiet hours: {code(f'/contacts quiet {chosen.name} 21:30-6:00')}",
        f"Another name for {said}: {code(f'/contacts rename {chosen.name} = New name')}",
    ]
    return page(
        lines,
        [Button("📞 Test call", Press.CONTACT, f"{about}:{TRY}"), *moves],
        quiet,
        own,
        [
            Button("Remove", Press.CONTACT, f"{about}:{REMOVE}"),
            Button("Back", Press.CONTACT, ""),
        ],
    )


def ask_removal(chosen: Contact, state: State) -> Page:
    """Ask before nobody rings there any more."""
    last = len(state.contacts) == 1
    after = " Then nobody is called in an alarm." if last else ""
    return page(
        [f"{bold(f'Remove {name(chosen.name)}?')}{after}"],
        [
            Button("Yes, remove", Press.CONTACT, f"{chosen.id}:{REMOVE_NOW}"),
            Button("No", Press.CONTACT, chosen.id),
        ],
    )


def ask_quiet_trial(chosen: Contact) -> Page:
    """Ask before a test call wakes somebody."""
    hours = f" ({span(chosen.quiet)})" if chosen.quiet else ""
    return page(
        [f"🌙 {bold(f'{name(chosen.name)} has quiet hours now')}{hours}. Call all the same?"],
        [
            Button("Yes, call", Press.CONTACT, f"{chosen.id}:{TRY_NOW}"),
            Button("No", Press.CONTACT, chosen.id),
        ],
    )


def last_trial(state: State, view: View) -> str:
    """Return the line of /status on the last test call; empty where no phone can ring."""
    if not phones.rings(state, view):
        return ""
    tried = [c for c in state.contacts if c.tried is not None]
    if not tried:
        return "Last test call: none yet. /contacts makes one."
    newest = max(tried, key=lambda c: c.tried.at if c.tried else view.now)
    result = newest.tried
    if result is None:
        return ""
    # A screen that stays must not say how long ago.
    at = times.moment(result.at, view) if view.lasting else times.ago(result.at, view)
    return f"Last test call: {name(newest.name)} {at}, {_result(result)}"


def span(hours: QuietHours) -> str:
    """Return "23:00-7:00"."""
    return f"{clock(hours.start)}-{clock(hours.end)}"


def read_hours(text: str) -> QuietHours | None:
    """Read what a button says of quiet hours; None means none."""
    start, dash, end = text.partition("-")
    if not (dash and start.isdigit() and end.isdigit()):
        return None
    return QuietHours(int(start), int(end))


def clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"


def label(chosen: Contact) -> str:
    return plain(chosen.name, 30) or "Phone"


def _by_two(buttons: Sequence[Button]) -> list[Sequence[Button]]:
    return [buttons[at : at + 2] for at in range(0, len(buttons), 2)]


def _chat_name(chosen: Contact, state: State) -> str:
    person = state.people.get(str(chosen.user_id))
    return name(person.name) if person is not None else ""


def _about(chosen: Contact, state: State, view: View) -> str:
    parts = [f"{bold(name(chosen.name))} ({name(masked(chosen.number))})"]
    if chosen.quiet is not None:
        now = "🌙 now " if rounds.quiet(state, chosen, view.now) else ""
        parts.append(f"{now}quiet {span(chosen.quiet)}")
    if state.trial is not None and state.trial.contact_id == chosen.id:
        parts.append("test call under way")
    elif chosen.tried is None:
        parts.append("never tested")
    else:
        at = times.ago(chosen.tried.at, view)
        parts.append(f"tested {at}: {_result(chosen.tried)}")
    return ", ".join(parts)


def _result(tried: Tried) -> str:
    return outcome_of(tried.outcome, tried.rang)


def outcome_of(outcome: str, rang: timedelta | None) -> str:
    match outcome:
        case "answered":
            return f"answered after {times.rough(rang)}" if rang else "answered"
        case trial.MACHINE:
            return "an answering machine took it"
        case "busy":
            return "busy"
        case "no answer":
            return "nobody answered"
        case trial.GAVE_WAY:
            return "stopped, an alarm needed the phones"
        case "cancelled" | trial.NO_RESULT | "failed: expired":
            return "could not be called"
    why = reason(outcome.removeprefix("failed").removeprefix(": "))
    return f"the call failed: {why}" if why else "the call failed"
