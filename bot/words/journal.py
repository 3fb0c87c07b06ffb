"""Who did what when, a line each."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from datetime import datetime

from alarm.core.deliveries import Scalar
from alarm.core.option_list import known
from bot.pages import Button, Page, Press
from bot.words import times
from bot.words.markup import LONGEST_NAME, bold, counted, page, plain
from bot.words.settings import full_title
from bot.words.view import View

# By kind of row and what happened. What a row lacks is left out with the words in its brackets.
SENTENCES: dict[tuple[str, str], str] = {
    ("journal", "arm"): "🔒 {by} armed[, {mode}][ in {area}]",
    ("journal", "arm again"): "🔒 {by} had Blink armed again[ in {area}]",
    ("journal", "armed"): "🔒 it is armed[, {mode}][ in {area}]",
    ("journal", "disarm"): "🔓 {by} disarmed[ in {area}]",
    ("journal", "extend exit delay"): "⏳ {by} took a minute more to leave",
    ("journal", "entry delay"): "⏳ motion, entry delay: {cameras}",
    ("journal", "drill"): "🧪 {by} started a test",
    ("journal", "threshold"): "⚙️ {by} changed the trigger rule[: {old} → {new}]",
    ("journal", "wrong PIN"): "🔢 {by} typed a wrong PIN",
    ("journal", "PIN entry locked"): "🔢 too many wrong PINs: {by} is locked out[ until {until}]",
    ("journal", "PIN entry unlocked"): "🔢 {by} lets {name} type the PIN again",
    ("journal", "pin set"): "🔢 {by} set the PIN",
    ("journal", "pin changed"): "🔢 {by} changed the PIN",
    ("journal", "pin removed"): "🔢 {by} removed the PIN",
    ("journal", "setting"): "⚙️ {by} changed {setting}[: {old} → {new}]",
    ("journal", "bypass"): "🙈 {by} left {camera} out[ until {until}]",
    ("journal", "bypass ended"): "👁 {by} let {camera} count again",
    ("journal", "bypass over"): "👁 {camera} counts again",
    ("journal", "swinger"): "🙈 {camera} was left out: alone behind {count} alarms",
    ("journal", "camera rule"): "⚙️ {by} changed the rule of {camera}[: {old} → {new}]",
    ("journal", "cameras of a mode"): "⚙️ {by} chose cameras for {mode}[: {new}]",
    ("journal", "privacy"): "⚙️ {by} changed privacy in {mode}",
    ("journal", "private camera is gone"): "🙈 {camera} is gone, its motion detection was off",
    ("journal", "switched on in the Blink app"): "🙈 {camera} was switched on in the Blink app",
    ("journal", "schedule"): "📅 {by} changed the schedule[: {window}][, {old} → {new}][, {area}]",
    ("journal", "scheduled arming put off"): "📅 {by} put off the arming of {at}[ in {area}]",
    ("journal", "kept as it is"): "📅 {by} kept it as it is[ until {until}][ in {area}]",
    ("journal", "not armed"): "📅 not armed[, {mode}][ in {area}][: {reason}]",
    ("journal", "arm later"): "📅 {by} planned to arm at {at}[ in {area}]",
    ("journal", "arm later called off"): "📅 {by} called off the planned arming[ in {area}]",
    ("journal", "vacation"): "🏖 {by} went on vacation[ until {until}]",
    ("journal", "vacation ended"): "🏖 {by} ended the vacation",
    ("journal", "vacation over"): "🏖 the vacation was over",
    ("journal", "time zone"): "⚙️ the time zone is {new} now[, before {old}]",
    ("journal", "bot claimed"): "👑 {by} became the owner",
    ("journal", "owner set by configuration"): "👑 an owner was set by the configuration",
    ("journal", "phone numbers set by configuration"): "📞 phone numbers from the configuration",
    ("journal", "invited"): "🔗 {by} invited a {role}[ until {until}]",
    ("journal", "invitation withdrawn"): "🔗 {by} withdrew an invitation for a {role}",
    ("journal", "ended invitation opened"): "🔗 {name} opened an invitation that had ended",
    ("journal", "joined"): "👋 {by} joined as {role}[ until {until}][, invited by {invited_by}]",
    ("journal", "role changed"): "👤 {by} made {name} {new}[, before {old}]",
    ("journal", "guest stays"): "👤 {by} lets {name} stay[ until {until}]",
    ("journal", "revoked"): "🚪 {by} sent {name} away",
    ("journal", "guest's time over"): "🚪 the time of {name} as a guest was over",
    ("journal", "came too late"): "✋ {command} by {name}, who had left, was not done",
    ("journal", "home's group set"): "🏠 {by} made {title} the home's group",
    ("journal", "home's group given up"): "🏠 {by} gave up {title} as the home's group",
    ("journal", "home's group moved"): "🏠 {title} became a supergroup",
    ("journal", "chat lost"): "📵 Telegram did not reach {name}[ ({reason})]",
    ("journal", "stranger"): "🚪 a stranger, {name}, {tried}[, {tries}]",
    ("journal", "one who had left"): "🚪 {name}, who had left, {tried}[, {tries}]",
    ("journal", "strangers"): "🚪 the owners were told of {strangers}",
    ("journal", "contact has a chat"): "📞 {contact} is {by}'s phone now[, before {before}'s]",
    ("journal", "not confirmed by Blink"): "⛔ Blink did not confirm that it is armed[ in {area}]",
    ("journal", "disarmed behind our back"): "⛔ it was disarmed in the Blink app[, {area}]",
    ("journal", "armed again elsewhere"): "ℹ️ it was armed again in the Blink app[, {area}]",
    ("journal", "armed in the Blink app"): "ℹ️ it was armed in the Blink app[, {area}]",
    ("journal", "state taken from Blink"): "⚠️ state taken from Blink",
    ("journal", "blind"): "⛔ Blink could not be reached[ ({reason})]",
    ("journal", "blink back"): "✅ Blink answered again",
    ("journal", "devices blind"): "⛔ cameras could not be checked[ ({reason})]",
    ("journal", "devices seen again"): "✅ cameras were checked again",
    ("journal", "blink login"): "🔑 Blink login: {status}",
    ("journal", "commands not heard"): "⛔ commands were not heard[ ({reason})]",
    ("journal", "commands heard again"): "✅ commands were heard again",
    ("journal", "clock off"): "⚠️ the computer's clock was wrong",
    ("journal", "clock right again"): "✅ the computer's clock was right again",
    ("journal", "clock jumped"): "🕰 the computer's clock was set",
    ("journal", "storage"): "💾 the disk: {status}[ ({detail})]",
    ("journal", "started"): "🔄 the program started",
    ("journal", "delivery given up"): "✉️ not delivered: {delivery}[ ({reason})]",
    ("incident", "opened"): "🚨 {sort}[ in {area}][: {events}]",
    ("incident", "new wave"): "🚨 again[: {events}]",
    ("incident", "alert arrived"): "✉️ the alert arrived",
    ("incident", "acknowledged"): "✋ {by} acknowledged",
    ("incident", "call"): "📞 call to {contact}",
    ("incident", "over call"): "📞 call to {contact} that it is over",
    ("incident", "nobody reacted"): "⚠️ nobody reacted",
    ("incident", "closed"): "✅ alarm over[ by {by}][, {verdict}]",
}
TIMES = frozenset({"until", "since", "at"})
# What is said of a number: by the key in a sentence, the key of the row and the word for one.
COUNTS = {
    "events": ("count", "event"),
    "tries": ("count", "try"),
    "strangers": ("people", "stranger"),
}


def journal(
    rows: Sequence[tuple[datetime, str, Mapping[str, Scalar]]],
    view: View,
    *,
    name: str = "",
    newer: str = "",
    older: str = "",
    areas: bool,
) -> Page:
    """Show some rows, newest first. `newer` and `older`: what leads there, if anything does.

    `areas`: whether there are several; in a home with one nobody reads its name.
    """
    whose = f" of {html.escape(plain(name))}" if name else ""
    lines = [bold(f"Journal{whose}"), *(line(*row, view, areas=areas) for row in rows)]
    if not rows:
        lines.append("Nothing is written down.")
    buttons = [Button("‹ Newer", Press.JOURNAL, newer)] if newer else []
    if older:
        buttons.append(Button("Older ›", Press.JOURNAL, older))
    return page(lines, buttons)


def line(at: datetime, kind: str, data: Mapping[str, Scalar], view: View, *, areas: bool) -> str:
    return f"{times.moment(at, view)} {what_happened(kind, data, view, areas=areas)}"


def what_happened(kind: str, data: Mapping[str, Scalar], view: View, *, areas: bool = True) -> str:
    """Say one row as HTML; of a kind that nobody worded, what it holds."""
    told = {key: value for key, value in data.items() if areas or key != "area"}
    values = {key: _value(key, value, view) for key, value in told.items()}
    what = str(data.get("what", ""))
    sentence = SENTENCES.get((kind, what))
    if sentence is None:
        by = f" by {values['by']}" if values.get("by") else ""
        rest = [v for k, v in values.items() if k not in ("what", "by", "id") and v]
        about = f": {', '.join(rest)}" if rest else ""
        return f"{html.escape(plain(what)) or kind}{by}{about}"
    return _filled(sentence, _counts(data) | values)


def _counts(data: Mapping[str, Scalar]) -> dict[str, str]:
    """Return "2 events"; nothing of none, and nothing of a single try."""
    said = {}
    for key, (where, one) in COUNTS.items():
        number = data.get(where)
        least = 2 if key == "tries" else 1
        if isinstance(number, int) and number >= least:
            said[key] = counted(number, one)
    return said


def _filled(sentence: str, values: Mapping[str, str]) -> str:
    """Put values in; a part in brackets goes where its value is missing."""
    told = ""
    for part in sentence.replace("]", "[").split("["):
        keys = [piece.partition("}")[0] for piece in part.split("{")[1:]]
        optional = f"[{part}]" in sentence
        if optional and not all(values.get(key) for key in keys):
            continue
        for key in keys:
            part = part.replace(f"{{{key}}}", values.get(key) or "somebody")
        told += part
    return told


def _value(key: str, value: Scalar, view: View) -> str:
    if value is None or value is False:
        return ""
    at = times.instant(value) if key in TIMES else None
    if at is not None:
        return times.moment(at, view)
    text = f"{value:g}" if isinstance(value, float) else str(value)
    if key == "setting" and (option := known(text)) is not None:
        text = full_title(option)
    return html.escape(plain(text, LONGEST_NAME * 2))
