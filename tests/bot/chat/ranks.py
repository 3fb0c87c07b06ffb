"""A household, and every command by the role that it takes."""

from __future__ import annotations

from alarm.core.state import Role
from bot.chat.allowed import COMMANDS
from tests.bot.chat.bench import household

STATE = household()
UNCLAIMED = household(people={}, claim_code="kX3-9_abcDEF")
LOOKING = tuple(name for name, lowest in COMMANDS.items() if name and lowest is Role.VIEWER)
ACTING = tuple(name for name, lowest in COMMANDS.items() if lowest is Role.MEMBER)
OWNING = tuple(name for name, lowest in COMMANDS.items() if lowest is Role.OWNER)
