"""Ask for the PIN before what it guards, judge what was typed, lock out who guesses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from alarm.core import duress, pins
from alarm.core.actor import Actor
from alarm.core.commands import Disarm, FalseAlarm
from alarm.core.deliveries import DeleteBody, DeliveryStatus, Lane, WordsBody, say
from alarm.core.draft import NEWS_LIFE, Draft
from alarm.core.errors import BadInput
from alarm.core.incident import IncidentKind, IncidentStatus
from alarm.core.notices import Notice
from alarm.core.pin_commands import CancelPin, ChangePin, UnlockPin
from alarm.core.pins import Judged
from alarm.core.prompt import PROMPT_LIFE, Guarded, Prompt
from alarm.core.state import Role

Act = Callable[[Draft, Disarm | FalseAlarm], None]


def guard(draft: Draft, order: Disarm | FalseAlarm, act: Act) -> None:
    """Let an order through that needs no PIN or brings the right one; else ask for it."""
    if not draft.state.pins.required or only_answers(draft, order):
        act(draft, order)
    elif order.pin:
        judged = judge(draft, order, order.pin)
        if judged is not Judged.WRONG:
            close_prompt(draft, order.actor.user_id)
            accepted(draft, order, judged, act)
    elif not refused_as_locked(draft, order.actor):
        ask(draft, new_prompt(draft, order))


def accepted(draft: Draft, order: Disarm | FalseAlarm, judged: Judged, act: Act) -> None:
    """Do what was asked; after the duress PIN the call for help is under way first."""
    if judged is Judged.DURESS:
        duress.call_for_help(draft, order.actor)
    act(draft, order)


def only_answers(draft: Draft, order: Disarm | FalseAlarm) -> bool:
    """Tell whether it ends nothing but a drill: a button of a test, or of what is over."""
    if not order.incident_id:
        return False
    incident = draft.state.incidents.get(order.incident_id)
    if incident is None or incident.status is IncidentStatus.CLOSED:
        return True
    return incident.kind is IncidentKind.DRILL


def judge(draft: Draft, order: Guarded, pin: str) -> Judged:
    """Judge a PIN and count it; what is wrong, or comes too soon, is answered here."""
    actor = order.actor
    if refused_as_locked(draft, actor):
        return Judged.WRONG
    # Not even counted: no PIN looks like that.
    pins.checked(pin)
    judged = pins.judged(draft.state.pins, pin)
    if judged is Judged.WRONG:
        wrong(draft, order)
    else:
        draft.set(pins=pins.forgiven(draft.state.pins, actor.user_id))
    return judged


def wrong(draft: Draft, order: Guarded) -> None:
    """Count a wrong PIN: ask again, or lock this user's entry and tell the owners."""
    actor = order.actor
    draft.set(pins=pins.after_wrong(draft.state.pins, actor.user_id, draft.now))
    draft.note("journal", what="wrong PIN", by=actor.name)
    until = pins.locked_until(draft.state.pins, actor.user_id, draft.now)
    if until is None:
        known = draft.state.prompts.get(str(actor.user_id))
        fits = known is not None and known.chat_id == actor.chat_id
        prompt = known if known is not None and fits else new_prompt(draft, order)
        ask(draft, replace(prompt, at=draft.now), wrong=True)
        return
    close_prompt(draft, actor.user_id)
    refused_as_locked(draft, actor)
    tries = draft.state.pins.tries[str(actor.user_id)].wrong
    words = say(
        Notice.PIN_GUESSED,
        name=actor.name,
        user=actor.user_id,
        tries=tries,
        until=until.isoformat(),
    )
    draft.tell_owners(words, but=frozenset({str(actor.chat_id)}))
    draft.note("journal", what="PIN entry locked", by=actor.name, until=until.isoformat())


def refused_as_locked(draft: Draft, actor: Actor) -> bool:
    until = pins.locked_until(draft.state.pins, actor.user_id, draft.now)
    if until is None:
        return False
    draft.tell(actor.chat_id, say(Notice.PIN_LOCKED, until=until.isoformat()), lane=Lane.ALARM)
    return True


def unlock(draft: Draft, command: UnlockPin) -> None:
    """Let somebody try again; nobody unlocks himself, or guessing would cost nothing."""
    actor = command.actor
    person = draft.state.people.get(str(actor.user_id))
    if person is None or person.role is not Role.OWNER or actor.user_id == command.user_id:
        raise BadInput("Only another owner can do this.")
    known = draft.state.people.get(str(command.user_id))
    name = known.name if known else ""
    draft.set(pins=pins.forgiven(draft.state.pins, command.user_id))
    draft.tell(actor.chat_id, say(Notice.PIN_UNLOCKED, name=name), lane=Lane.ALARM)
    draft.note("journal", what="PIN entry unlocked", by=actor.name, name=name)


# -- keypads ---------------------------------------------------------------------------------------


def new_prompt(draft: Draft, order: Guarded) -> Prompt:
    """Return a keypad for an order; it holds no digits, for it is written to the disk."""
    actor = order.actor
    if isinstance(order, ChangePin):
        blank: Guarded = replace(order, current="", new="")
    else:
        blank = replace(order, pin="")
    return Prompt(str(actor.update_id), draft.now, actor.chat_id, blank)


def ask(draft: Draft, prompt: Prompt, *, wrong: bool = False, trouble: str = "") -> None:
    """Show a keypad in place of the one that this user had."""
    user_id = prompt.command.actor.user_id
    close_prompt(draft, user_id)
    prompt = replace(prompt, message_id=0)
    draft.set(prompts={**draft.state.prompts, str(user_id): prompt})
    words = say(
        Notice.PIN_ASKED,
        prompt=prompt.id,
        step=prompt.step.value,
        purpose=purpose(prompt.command),
        left=pins.tries_left(draft.state.pins, user_id) if wrong else None,
        trouble=trouble,
        private=prompt.chat_id > 0,
    )
    draft.tell(prompt.chat_id, words, lane=Lane.ALARM, expires=PROMPT_LIFE)


def purpose(command: Guarded) -> str:
    match command:
        case Disarm():
            return "disarm"
        case FalseAlarm():
            return "false alarm"
        case ChangePin(change=change):
            return change.value


def close_prompt(draft: Draft, user_id: int) -> None:
    """Forget a user's keypad and take it off the chat."""
    prompt = draft.state.prompts.get(str(user_id))
    if prompt is None:
        return
    draft.set(prompts={k: p for k, p in draft.state.prompts.items() if k != str(user_id)})
    draft.drop(
        d.id
        for d in draft.state.outbox.values()
        if d.status is DeliveryStatus.PENDING
        and isinstance(d.body, WordsBody)
        and d.body.words.args.get("prompt") == prompt.id
    )
    if prompt.message_id:
        delete(draft, prompt.chat_id, prompt.message_id)


def keypad_arrived(draft: Draft, prompt_id: object, chat: str, message_id: int) -> None:
    """Remember which message holds a keypad; one that is over by now goes again."""
    for user, prompt in draft.state.prompts.items():
        if prompt.id == prompt_id and str(prompt.chat_id) == chat:
            if prompt.message_id:
                delete(draft, prompt.chat_id, prompt.message_id)
            prompts = {**draft.state.prompts, user: replace(prompt, message_id=message_id)}
            draft.set(prompts=prompts)
            return
    delete(draft, int(chat), message_id)


def delete(draft: Draft, chat_id: int, message_id: int, *, secret: bool = False) -> None:
    """Take a message off a chat; `secret`: it holds a PIN, and a failure has to be told."""
    body = DeleteBody(message_id, secret)
    draft.send(Lane.ALARM, str(chat_id), body, expires=NEWS_LIFE)


def cancel(draft: Draft, command: CancelPin) -> None:
    prompt = draft.state.prompts.get(str(command.actor.user_id))
    if prompt is None or prompt.id != command.prompt:
        draft.tell(command.actor.chat_id, say(Notice.PIN_OVER))
        return
    close_prompt(draft, command.actor.user_id)
    words = say(Notice.PIN_CANCELLED, purpose=purpose(prompt.command))
    draft.tell(prompt.chat_id, words, lane=Lane.ALARM)


def tick(draft: Draft) -> None:
    """Close the keypads that nobody used, and say that nothing was done."""
    for user, prompt in draft.state.prompts.items():
        if prompt.until <= draft.now:
            close_prompt(draft, int(user))
            words = say(Notice.PIN_EXPIRED, purpose=purpose(prompt.command))
            draft.tell(prompt.chat_id, words, silent=True, expires=NEWS_LIFE)
