"""A home with an alarm whose alert has arrived."""

from __future__ import annotations

from tests.core.home import (
    HOUR,
    SECOND,
    Home,
    clip,
)


def alarmed(count: int = 2) -> Home:
    """Return a home with an open incident whose alert has arrived."""
    home = Home().arm_now()
    home.wait(HOUR)
    home.burglary(count)
    home.deliver_chat()
    home.effects.clear()
    return home


def acknowledged() -> Home:
    """Return a home whose incident somebody acknowledged five seconds after it began."""
    home = alarmed()
    home.wait(5 * SECOND)
    home.acknowledge()
    home.deliver_chat()
    home.effects.clear()
    return home


def burst(home: Home, camera: str = "hall", first: int = 500) -> None:
    home.see(*(clip(home.now, first + n, camera=camera) for n in range(2)))
