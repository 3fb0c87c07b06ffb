"""Who can be called: the list, one contact, and what came of a change or of a test call."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from alarm.core import rounds, trial
from alarm.core.contact import Contact, Tried
from alarm.core.escalation import ANSWERED
from alarm.core.notices import Notice
from alarm.core.quiet_hours import QuietHours
from alarm.core.state import State
from alarm.phone.numbers import masked
from bot.pages import Button, Page, Press
from bot.words import phones, times
from bot.words.markup import bold, code, name, page, reason
from bot.words.said import Said, Wording
from bot.words.view import View

ADD_EXAMPLE = "/contacts add Ann +49 151 2345678"
OFFERED_HOURS = (QuietHours(22 * 60, 7 * 60), QuietHours(23 * 60, 7 * 60))
# What a button is about: a contact's id, and one of these behind a colon.
UP, TRY, TRY_NOW, REMOVE, REMOVE_NOW, OWN, QUIET = "up", "try", "try!", "rm", "rm!", "own", "q"
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
    buttons = [Button(_label(c), Press.CONTACT, c.id) for c in known]
    return page(lines, *_by_two(buttons))


def contact(chosen: Contact, state: State, view: View) -> Page:
    """Show one contact with what can be changed."""
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
    own = [] if chat else [Button("This is my phone", Press.CONTACT, f"{about}:{OWN}")]
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
    return f"{_clock(hours.start)}-{_clock(hours.end)}"


def read_hours(text: str) -> QuietHours | None:
    """Read what a button says of quiet hours; None means none."""
    start, dash, end = text.partition("-")
    if not (dash and start.isdigit() and end.isdigit()):
        return None
    return QuietHours(int(start), int(end))


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"


def _label(chosen: Contact) -> str:
    return "".join(c for c in chosen.name if c.isprintable())[:30] or "Phone"


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
    return _outcome(tried.outcome, tried.rang)


def _outcome(outcome: str, rang: timedelta | None) -> str:
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


# -- what came of a change -------------------------------------------------------------------------


def _who(said: Said) -> str:
    return said.name("name") or "This phone"


def added(said: Said) -> Page:
    chat = " You also read it in chat." if said.flag("own") else ""
    first = f"✅ {bold(_who(said) + ' is called from now on')}{said.by(', added by ')}"
    return page([f"{first}, as number {said.whole('place')}.{chat}", "Try it: /contacts test"])


def removed(said: Said) -> Page:
    left = said.whole("left")
    warning = "" if left else "📵 No phone is left: an alarm is only written here."
    first = f"{bold(_who(said) + ' is called no more')}{said.by(', removed by ')}."
    return page([f"✅ {first}", warning])


def moved(said: Said) -> Page:
    new, old = said.whole("place"), said.whole("old")
    if new == old:
        return page([f"{bold(_who(said))} is called first already."])
    return page([f"✅ {bold(_who(said))} is called as number {new} (before: {old})."])


def renamed(said: Said) -> Page:
    return page([f"✅ {bold(_who(said))} is the new name (before: {said.name('old')})."])


def quiet_set(said: Said) -> Page:
    new, old = _hours(said, ""), _hours(said, "old_")
    lines = [f"✅ {bold(_who(said) + ': quiet hours ' + new)} (before: {old})."]
    if new != "none":
        lines.append(
            "In these hours this phone rings last, and only if nobody acknowledged in the first "
            "round."
        )
    return page(lines)


def _hours(said: Said, which: str) -> str:
    if said.number(f"{which}start") is None or said.number(f"{which}end") is None:
        return "none"
    return f"{_clock(said.whole(f'{which}start'))}-{_clock(said.whole(f'{which}end'))}"


def owned(said: Said) -> Page:
    first = f"✅ {bold(_who(said) + ' is your phone')}."
    return page([first, "When a false alarm ends you read it here instead of being called again."])


def refused(said: Said) -> Page:
    match said.raw("why"):
        case "known":
            line = f"This number is on the list already: {_who(said)}."
        case "taken":
            line = f"There is a contact called {_who(said)} already. Choose another name."
        case "full":
            line = f"No more than {said.whole('most')} contacts. Remove one first: /contacts"
        case _:
            line = "This contact is not on the list any more. /contacts shows it."
    return page([f"✋ {line}"])


def trial_begun(said: Said) -> Page:
    first = f"📞 {bold('Test call to ' + _who(said))}."
    return page([first, "It says that it is only a test. How it went comes here."])


def trial_refused(said: Said) -> Page:
    who = bold(f"No test call to {_who(said)} now:")
    match said.raw("why"):
        case "alarm":
            line = "an alarm is open. End it first: press False alarm or Disarm below it."
        case "drill":
            line = "a /test is running. It ends by itself after 10 min."
        case "running":
            line = "another one is still under way."
        case _:
            kept = trial.KEPT_FOR_ALARM
            line = f"today's calls are nearly used up, the last {kept} are kept for an alarm."
    return page([f"✋ {who} {line}"])


def trial_over(said: Said) -> Page:
    outcome = said.raw("outcome")
    icon = "✅" if outcome == ANSWERED else "📵"
    who = bold(f"Test call to {_who(said)}:")
    lines = [f"{icon} {who} {_outcome(outcome, said.duration('rang'))}."]
    if outcome in ("no answer", "busy", trial.MACHINE):
        lines.append(
            "Does the phone let unknown callers through at night? Save the number that called as "
            "a favourite there."
        )
    return page(lines)


TABLE: dict[Notice, Wording] = {
    Notice.CONTACT_ADDED: added,
    Notice.CONTACT_REMOVED: removed,
    Notice.CONTACT_MOVED: moved,
    Notice.CONTACT_RENAMED: renamed,
    Notice.CONTACT_QUIET: quiet_set,
    Notice.CONTACT_OWNED: owned,
    Notice.CONTACT_REFUSED: refused,
    Notice.TRIAL_BEGUN: trial_begun,
    Notice.TRIAL_REFUSED: trial_refused,
    Notice.TRIAL_OVER: trial_over,
}
