"""Roles, the home's group, those at the door and those who left: what is kept about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    OWNER = "owner"
    MEMBER = "member"
    VIEWER = "viewer"

    def covers(self, lowest: Role) -> bool:
        """Tell whether one of this role may do what asks for at least `lowest`."""
        order = list(Role)
        return order.index(self) <= order.index(lowest)


@dataclass(frozen=True, slots=True)
class HomeGroup:
    """The group that is told what the household is told. `thread_id`: its topic, 0 without one."""

    chat_id: int
    title: str
    thread_id: int = 0
    reachable: bool = True


@dataclass(frozen=True, slots=True)
class Departed:
    """One who was here until `at`, in true time: a guest, or one who was `sent_away`.

    `told`: the commands that came after that and of which the owners were told.
    """

    name: str
    role: Role
    at: datetime
    sent_away: bool = False
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Strangers:
    """What people whom nobody knows tried since the owners were told of it last.

    `since`: the first of these tries. `names`: by user id. `told_at`: the last summary.
    `rows_from` and `rows`: the day whose rows of the journal are counted, and how many there are.
    """

    since: datetime | None = None
    tries: int = 0
    names: Mapping[str, str] = field(default_factory=dict)
    told_at: datetime | None = None
    rows_from: datetime | None = None
    rows: int = 0
