"""Words about who is who: roles, and what a role may not do."""

from __future__ import annotations

import html

from alarm.core.state import Role
from bot.pages import Page
from bot.words.markup import page, plain

A_ROLE = {Role.OWNER: "an owner", Role.MEMBER: "a member", Role.VIEWER: "a viewer"}


def only(lowest: Role) -> str:
    """Say who may do what somebody was just refused; plain text."""
    who = "an owner" if lowest is Role.OWNER else "an owner or a member"
    return f"Only {who} can do that."


def refused(lowest: Role) -> Page:
    return page([f"✋ {only(lowest)}"])


def elsewhere(title: str, role: Role) -> Page:
    """Say in private why nothing was answered in a group that is not the home's."""
    where = html.escape(plain(title)) or "that group"
    who = "Write" if role is Role.OWNER else "An owner can write"
    return page(
        [
            f"✋ I do not answer in {where}: it is not the home's group.",
            f"{who} /home there to make it that, or write to me here.",
        ]
    )
