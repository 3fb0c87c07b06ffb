"""What people can ask about each other and about the home's group."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from alarm.core.actor import Actor
from alarm.core.household import Role


@dataclass(frozen=True, slots=True)
class Claim:
    """Someone presented a one-time code to own the bot."""

    actor: Actor
    code: str


@dataclass(frozen=True, slots=True)
class Invite:
    """Make a link that lets one person in. `stay`: how long a guest may stay, None for good."""

    actor: Actor
    code: str
    role: Role
    stay: timedelta | None = None


@dataclass(frozen=True, slots=True)
class WithdrawInvitation:
    actor: Actor
    code: str


@dataclass(frozen=True, slots=True)
class SetRole:
    actor: Actor
    user_id: int
    role: Role


@dataclass(frozen=True, slots=True)
class KeepGuest:
    """Let a guest stay `longer`, or with None for good."""

    actor: Actor
    user_id: int
    longer: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Revoke:
    """Send somebody away."""

    actor: Actor
    user_id: int


@dataclass(frozen=True, slots=True)
class SetGroup:
    """Make a group the home's. `thread_id`: the topic in it, 0 without one."""

    actor: Actor
    chat_id: int
    title: str
    thread_id: int = 0


@dataclass(frozen=True, slots=True)
class ForgetGroup:
    actor: Actor


HouseholdCommand = (
    Claim | Invite | WithdrawInvitation | SetRole | KeepGuest | Revoke | SetGroup | ForgetGroup
)
