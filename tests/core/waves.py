"""Homes with an alarm on, at the stages of the escalation plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from alarm.core.calls import CallStatus
from alarm.core.incident import Wave
from alarm.core.settings import Plan
from tests.core.home import (
    MINUTE,
    SECOND,
    Home,
    household,
    settings,
)


def alarmed(*, phones: int = 2, plan: Plan | None = None, told: bool = True) -> Home:
    """Return a home with an open incident, its alert arrived unless Telegram is down."""
    home = Home(replace(household(phones=phones), settings=settings(plan=plan))).arm_now()
    home.burglary()
    if told:
        home.deliver_chat()
    home.effects.clear()
    return home


def wave(home: Home) -> Wave:
    assert home.incident.wave is not None
    return home.incident.wave


def exhausted(phones: int = 2) -> Home:
    """Return a home where nobody reacted to both cycles, just now."""
    home = alarmed(phones=phones)
    home.wait(30 * SECOND)
    while wave(home).exhausted_at is None:
        if home.calls():
            home.call(CallStatus.NO_ANSWER)
        else:
            home.wait(SECOND)
    home.deliver_chat()
    home.effects.clear()
    return home


def go_on(home: Home, duration: timedelta) -> list[timedelta]:
    """Let time go by in steps of a minute, nobody answering; return when a round of calls began."""
    begin, rounds = home.now, []
    while home.now < begin + duration:
        home.wait(MINUTE)
        if home.calls():
            rounds.append(home.now - begin)
        while home.calls():
            home.call(CallStatus.NO_ANSWER)
    return rounds
