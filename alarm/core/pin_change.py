"""Set, change and remove the PIN of the house and its duress PIN, and take digits from keypads."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from alarm.core import duress, pins
from alarm.core.actor import Actor
from alarm.core.deliveries import Lane, say
from alarm.core.draft import Decision, Draft
from alarm.core.errors import BadInput
from alarm.core.notices import Notice
from alarm.core.pin_commands import ChangePin, EnterPin, PinChange
from alarm.core.pin_entry import (
    Act,
    accepted,
    ask,
    close_prompt,
    judge,
    new_prompt,
    refused_as_locked,
)
from alarm.core.pins import Judged, Pins
from alarm.core.prompt import Prompt, Step, open_prompt
from alarm.core.state import Role, State

TOO_NEAR = "too near"
DIFFERS = "differs"


def enter(draft: Draft, command: EnterPin, act: Act) -> None:
    """Take the digits that a keypad waits for, and go on with what it was for."""
    actor = command.actor
    prompt = open_prompt(
        draft.state.prompts, actor.user_id, actor.chat_id, draft.now, command.prompt
    )
    if prompt is None:
        draft.tell(actor.chat_id, say(Notice.PIN_OVER), lane=Lane.ALARM)
        return
    # What was sent long ago stays as old as it is, though its PIN is typed now.
    sent_at = actor.sent_at or prompt.command.actor.sent_at
    order = replace(prompt.command, actor=replace(actor, sent_at=sent_at))
    if isinstance(order, ChangePin):
        entered_for_change(draft, prompt, order, command.pin)
        return
    judged = judge(draft, order, command.pin)
    if judged is not Judged.WRONG:
        close_prompt(draft, actor.user_id)
        accepted(draft, order, judged, act)


def entered_for_change(draft: Draft, prompt: Prompt, order: ChangePin, pin: str) -> None:
    pins.checked(pin)
    if prompt.step is Step.PIN:
        judged = judge(draft, order, pin)
        if judged is not Judged.WRONG:
            close_prompt(draft, order.actor.user_id)
            allowed(draft, order, judged)
    elif near_the_other(draft, order, pin):
        ask(draft, replace(prompt, at=draft.now, step=Step.NEW, new=""), trouble=TOO_NEAR)
    elif prompt.step is Step.NEW:
        new = pins.hashed(pin, salt(draft, order))
        ask(draft, replace(prompt, at=draft.now, step=Step.REPEAT, new=new))
    elif pins.hashed(pin, salt(draft, order)) != prompt.new:
        ask(draft, replace(prompt, at=draft.now, step=Step.NEW, new=""), trouble=DIFFERS)
    else:
        close_prompt(draft, order.actor.user_id)
        keep(draft, order, prompt.new)


def change(draft: Draft, order: ChangePin) -> None:
    """Begin a change: only owners, only in private, and only with the PIN that holds."""
    actor = order.actor
    person = draft.state.people.get(str(actor.user_id))
    if person is None or person.role is not Role.OWNER:
        raise BadInput("Only an owner can change the PIN.")
    if actor.chat_id != actor.user_id:
        raise BadInput("Not in a group: write to me in private to change the PIN.")
    for pin in filter(None, (order.current, order.new)):
        pins.checked(pin)
    if not draft.state.pins.required:
        if order.change is not PinChange.SET:
            raise BadInput("No PIN is set. Set one first: /pin 1234")
        allowed(draft, order, Judged.RIGHT)
    elif not order.current:
        if order.new:
            raise BadInput("A PIN is set. Write it first and the new one after it: /pin 1234 5678")
        if not refused_as_locked(draft, actor):
            ask(draft, new_prompt(draft, order))
    else:
        judged = judge(draft, order, order.current)
        if judged is not Judged.WRONG:
            close_prompt(draft, actor.user_id)
            allowed(draft, order, judged)


def allowed(draft: Draft, order: ChangePin, judged: Judged) -> None:
    """Go on with a change whose right PIN was given; the duress PIN does what the PIN does."""
    if judged is Judged.DURESS:
        duress.call_for_help(draft, order.actor)
    if order.change in (PinChange.OFF, PinChange.DURESS_OFF):
        keep(draft, order, "")
    elif not order.new:
        ask(draft, replace(new_prompt(draft, order), step=Step.NEW))
    elif near_the_other(draft, order, order.new):
        prompt = replace(new_prompt(draft, order), step=Step.NEW)
        ask(draft, prompt, trouble=TOO_NEAR)
    else:
        keep(draft, order, pins.hashed(order.new, salt(draft, order)))


def salt(draft: Draft, order: ChangePin) -> str:
    """Return the salt of both PINs: it stays while there is one of them."""
    return draft.state.pins.salt or order.salt


def near_the_other(draft: Draft, order: ChangePin, pin: str) -> bool:
    known = draft.state.pins
    other = known.pin if order.change is PinChange.DURESS else known.duress
    return pins.too_near(pin, salt(draft, order), other)


def keep(draft: Draft, order: ChangePin, new: str) -> None:
    """Keep what was chosen. Of the duress PIN nothing is said that a forced person would show."""
    actor, known = order.actor, draft.state.pins
    match order.change:
        case PinChange.SET:
            notice = Notice.PIN_CHANGED if known.required else Notice.PIN_SET
            draft.set(pins=replace(known, salt=salt(draft, order), pin=new))
            tell(draft, actor, notice)
        case PinChange.OFF:
            draft.set(pins=Pins(tries=known.tries))
            tell(draft, actor, Notice.PIN_REMOVED)
        case PinChange.DURESS | PinChange.DURESS_OFF:
            draft.set(pins=replace(known, duress=new))
            draft.tell(actor.chat_id, say(Notice.PIN_SAVED), lane=Lane.ALARM)
            draft.note("secret", what="duress PIN set" if new else "duress PIN removed")


def forget(state: State, now: datetime) -> Decision:
    """Remove a PIN that nobody remembers, and tell everybody; lockouts end with it."""
    draft = Draft(state, now)
    draft.set(pins=Pins(), prompts={})
    by = "the alarm's own computer"
    draft.tell_household(say(Notice.PIN_REMOVED, by=by), lane=Lane.ALARM)
    draft.note("journal", what=Notice.PIN_REMOVED.value, by=by)
    return draft.decision()


def tell(draft: Draft, actor: Actor, notice: Notice) -> None:
    draft.tell(actor.chat_id, say(notice, by=None), lane=Lane.ALARM)
    draft.tell_household(say(notice, by=actor.name), but=actor.chat_id)
    draft.note("journal", what=notice.value, by=actor.name)
