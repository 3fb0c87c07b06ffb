"""A home that was armed and watched for a while."""

from __future__ import annotations

from datetime import timedelta

from tests.core.home import (
    MINUTE,
    Home,
)

DAY = timedelta(days=1)


def armed(hours: float = 0) -> Home:
    """Return a home armed at 12:01 and watched for so many hours since, without a gap."""
    home = Home().arm_now()
    home.list_all()
    for _ in range(round(hours * 4)):
        home.now += 15 * MINUTE
        home.list_all()
    return home


def counts(home: Home) -> list[bool]:
    """Tell which of the events noted so far counted."""
    return [row.data["counted"] is True for row in home.rows if row.kind == "event"]
