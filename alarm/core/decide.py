"""The one way through: a state, something that happened, a moment; and what follows."""

from __future__ import annotations

from datetime import datetime

from alarm.core import (
    blink_arm,
    bypass,
    clock,
    deafness,
    departed,
    devices,
    dispatch,
    doorbell,
    drill,
    duress,
    env_numbers,
    escalation,
    feed,
    groups,
    health,
    incidents,
    invitations,
    outbox,
    panel,
    people,
    pin_entry,
    privacy,
    roles,
    screens,
    secrecy,
    settings_change,
    strangers,
    swinger,
    trial,
)
from alarm.core.draft import Decision, Draft
from alarm.core.inputs import (
    BlinkFailed,
    CallProgress,
    CameTooLate,
    ChatLeft,
    Claimed,
    ClockConfirmed,
    ClockJumped,
    CommandsDeaf,
    CommandsHeard,
    Delivered,
    DeliveryFailed,
    DevicesFailed,
    DevicesSeen,
    EventsListed,
    GroupMoved,
    Input,
    ListingFinished,
    LoginChanged,
    NumbersConfigured,
    OwnerConfigured,
    PinWritten,
    ScreenGone,
    Started,
    StorageChanged,
    StrangersTried,
    Tick,
    ZoneConfigured,
)
from alarm.core.schedule import ahead, carrying_out
from alarm.core.state import State

# Inputs that come before `Started` asks how long the program was down, or that are worth no write.
UNSTAMPED = (
    ListingFinished,
    NumbersConfigured,
    OwnerConfigured,
    StorageChanged,
    ZoneConfigured,
)


def decide(state: State, input_: Input, now: datetime) -> Decision:
    """Return the next state, what to do, and what to write down. Pure; `now` is aware UTC.

    A state that is returned as the same object means that nothing happened.
    """
    draft = Draft(state, now)
    route(draft, input_)
    swinger.settle(draft)
    privacy.settle(draft)
    written = draft.state is not state and not isinstance(input_, UNSTAMPED)
    # The write happens anyway: it may say as well that we were alive. How long the program was down
    # is told to everybody, though, and must not betray that something hidden went on.
    if written and secrecy.is_in_sight(state, draft.state):
        health.stamp(draft)
    return draft.decision()


def route(draft: Draft, input_: Input) -> None:
    match input_:
        case Tick():
            tick(draft)
        case Started():
            health.started(draft)
        case ClockJumped():
            clock.jumped(draft, input_)
        case ClockConfirmed():
            clock.measure_skew(draft, input_.skew)
        case EventsListed():
            feed.events_listed(draft, input_)
        case ListingFinished():
            # Not by a page alone: the news may stand on the one that fails.
            health.blink_answered(draft)
            feed.listing_finished(draft, input_)
        case DevicesSeen():
            devices.seen(draft, input_)
        case DevicesFailed():
            devices.failed(draft, input_)
        case CommandsDeaf():
            deafness.deaf(draft, input_)
        case CommandsHeard():
            deafness.heard(draft)
        case BlinkFailed():
            health.blink_failed(draft, input_)
        case LoginChanged():
            health.login_changed(draft, input_)
        case NumbersConfigured():
            env_numbers.configured(draft, input_)
        case OwnerConfigured():
            people.owner_configured(draft, input_)
        case ZoneConfigured():
            settings_change.zone_configured(draft, input_)
        case PinWritten():
            pin_entry.delete(draft, input_.chat_id, input_.message_id, secret=True)
        case StorageChanged():
            health.storage_changed(draft, input_)
        case GroupMoved():
            groups.moved(draft, input_)
        case ChatLeft():
            groups.left(draft, input_)
        case StrangersTried():
            strangers.tried(draft, input_)
        case CameTooLate():
            departed.came_too_late(draft, input_)
        case Claimed():
            outbox.claim(draft, input_)
        case Delivered():
            outbox.delivered(draft, input_)
        case DeliveryFailed():
            outbox.failed(draft, input_)
        case CallProgress():
            outbox.call_progress(draft, input_)
        case ScreenGone():
            screens.gone(draft, input_)
        case _:
            dispatch.command(draft, input_)


def tick(draft: Draft) -> None:
    """Do what is due. The outbox goes first, so that a step knows what was given up."""
    outbox.tick(draft)
    panel.tick(draft)
    carrying_out.tick(draft)
    ahead.tick(draft)
    bypass.tick(draft)
    blink_arm.tick(draft)
    privacy.tick(draft)
    doorbell.tick(draft)
    incidents.tick(draft)
    drill.tick(draft)
    duress.tick(draft)
    trial.tick(draft)
    escalation.tick(draft)
    pin_entry.tick(draft)
    health.tick(draft)
    invitations.tick(draft)
    roles.tick(draft)
    departed.tick(draft)
    strangers.tick(draft)
