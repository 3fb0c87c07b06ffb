"""Notices about who can be called: what came of a change or of a test call."""

from __future__ import annotations

from alarm.core import trial
from alarm.core.escalation import ANSWERED
from alarm.core.notices import Notice
from bot.pages import Page
from bot.words.contacts import clock, outcome_of
from bot.words.markup import bold, page
from bot.words.said import Said, Wording


def _who(said: Said) -> str:
    return said.name("name") or "This phone"


def added(said: Said) -> Page:
    """Answer who added a phone, or tell the others, to whom `own` is not given."""
    first = f"✅ {bold(_who(said) + ' is called from now on')}, as number {said.whole('place')}"
    if "own" not in said.words.args:
        return page([f"{first}{said.aside()}."])
    chat = " You also read it in chat." if said.flag("own") else ""
    return page([f"{first}.{chat}", "Try it: /contacts test"])


def removed(said: Said) -> Page:
    left = said.whole("left")
    warning = "" if left else "📵 No phone is left: an alarm is only written here."
    first = f"{bold(_who(said) + ' is called no more')}{said.by(', removed by ')}."
    return page([f"✅ {first}", warning])


def kept(said: Said) -> Page:
    who = f"{_who(said)} is still called"
    return page([f"✅ {bold(who)} in an alarm, as number {said.whole('place')}."])


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
    return f"{clock(said.whole(f'{which}start'))}-{clock(said.whole(f'{which}end'))}"


def owned(said: Said) -> Page:
    before = said.name("before")
    first = (
        f"✅ {bold(_who(said) + ' is your phone')}{f' (before: of {before})' if before else ''}."
    )
    return page([first, "When a false alarm ends you read it here instead of being called again."])


def taken(said: Said) -> Page:
    head = f"⚠️ {bold(_who(said) + ' is not your phone any more')}"
    return page(
        [
            f"{head}{said.by(', says ')}: in the list of contacts it is theirs now.",
            "When an alarm ends, that is not written to you for this phone. Wrong? Tell them.",
        ]
    )


def refused(said: Said) -> Page:
    match said.raw("why"):
        case "known":
            line = f"This number is on the list already: {_who(said)}."
        case "taken":
            line = f"There is a contact called {_who(said)} already. Choose another name."
        case "whose":
            whose = said.name("whose") or "Somebody"
            line = (
                f"{_who(said)} is {whose}'s phone and stays so. Only an owner can change that, "
                f"with /contacts me; {whose} is told."
            )
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
    lines = [f"{icon} {who} {outcome_of(outcome, said.duration('rang'))}."]
    if outcome in ("no answer", "busy", trial.MACHINE):
        lines.append(
            "Does the phone let unknown callers through at night? Save the number that called as "
            "a favourite there."
        )
    return page(lines)


TABLE: dict[Notice, Wording] = {
    Notice.CONTACT_ADDED: added,
    Notice.CONTACT_REMOVED: removed,
    Notice.CONTACT_KEPT: kept,
    Notice.CONTACT_MOVED: moved,
    Notice.CONTACT_RENAMED: renamed,
    Notice.CONTACT_QUIET: quiet_set,
    Notice.CONTACT_OWNED: owned,
    Notice.CONTACT_TAKEN: taken,
    Notice.CONTACT_REFUSED: refused,
    Notice.TRIAL_BEGUN: trial_begun,
    Notice.TRIAL_REFUSED: trial_refused,
    Notice.TRIAL_OVER: trial_over,
}
