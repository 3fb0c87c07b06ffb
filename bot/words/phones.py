"""Who is called, and why nobody would be."""

from __future__ import annotations

from alarm.core.state import State
from alarm.phone.numbers import masked
from bot.words.markup import code, listed, name, reason
from bot.words.view import View

CHAT_ONLY = "chat only: no phone will ring"


def rings(state: State, view: View) -> bool:
    """Tell whether an alarm has a phone to ring."""
    return view.phone_ready and bool(state.contacts)


def contacts_line(state: State, view: View) -> str:
    """Return who is called in which order, numbers masked, as HTML."""
    if not rings(state, view):
        return f"Phone: {CHAT_ONLY}"
    people = [f"{name(c.name)} ({name(masked(c.number))})" for c in state.contacts]
    return f"Phone: calls {listed(people, last=', then ')}"


def trouble(state: State, view: View) -> str:
    """Return why no phone would ring and what to do, as HTML; empty when all is well."""
    if not view.phone_ready:
        return (
            "No phone configured, chat only: no phone will ring. Put your Twilio account and "
            f"{code('TWILIO_TO_NUMBER')} into the settings file, then restart the program."
        )
    if not state.contacts:
        return (
            "No phone configured: no phone will ring. "
            f"Add one: {code('/contacts add Ann +49 151 2345678')}"
        )
    return f"Calls may fail: {reason(view.phone_trouble)}." if view.phone_trouble else ""
