"""Who is here: invite, list, change, send away; and the home's group."""

from __future__ import annotations

import re
import secrets
from datetime import timedelta

from alarm.core.errors import BadInput
from alarm.core.household_commands import (
    ForgetGroup,
    Invite,
    KeepGuest,
    Revoke,
    SetGroup,
    SetRole,
    WithdrawInvitation,
)
from alarm.core.roles import NOBODY
from alarm.core.state import Person, Role
from bot.chat.topics.desk import Asked, Desk, Run
from bot.pages import Press
from bot.words import people as words
from bot.words.times import parse_duration

# Bytes of an invitation's code; nobody guesses these through a chat.
CODE_BYTES = 9
LONGER = timedelta(days=7)
UNKNOWN_CHANGE = "This button is of another version. /users shows who is here."
HOW_TO_INVITE = "Write it like /invite member, /invite viewer or /invite member for 3d."
HOW_TO_HOME = "Write /home in the group that shall be the home's, or /home off to end it."
_INVITE = re.compile(r"(member|viewer|guest)(?:\s*(?:\bfor\b|:|\s)\s*(.+))?", re.IGNORECASE)
_WEEKS = re.compile(r"([0-9]{1,3})\s*(?:w|weeks?)", re.IGNORECASE)


class People:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.commands: dict[str, Run] = {
            "invite": self.invite,
            "users": self.users,
            "home": self.home,
        }
        self.presses: dict[Press, Run] = {
            Press.INVITE: self.invite,
            Press.WITHDRAW: self.withdraw,
            Press.USERS: self.users_pressed,
            Press.USER: self.user,
            Press.USER_ASK: self.ask,
            Press.USER_DO: self.change,
            Press.HOME_HERE: self.home_here,
            Press.HOME_OFF: self.home_off,
        }

    # -- inviting ------------------------------------------------------------------------------

    def invite(self, asked: Asked) -> None:
        if not asked.text:
            self._desk.show(asked, words.invite())
            return
        role, stay = parse_invitation(asked.text)
        code = secrets.token_urlsafe(CODE_BYTES)
        self._desk.do(Invite(asked.actor, code, role, stay))

    def withdraw(self, asked: Asked) -> None:
        self._desk.do(WithdrawInvitation(asked.actor, asked.text))
        self.users_pressed(asked)

    # -- who is here ---------------------------------------------------------------------------

    def users(self, asked: Asked) -> None:
        self._desk.show(asked, lambda: words.users(self._desk.state, self._desk.view()))

    def users_pressed(self, asked: Asked) -> None:
        self._desk.turn(asked, words.users(self._desk.state, self._desk.view()))

    def user(self, asked: Asked) -> None:
        self._desk.turn(
            asked, words.person(self._who(asked.text), self._desk.state, self._desk.view())
        )

    def ask(self, asked: Asked) -> None:
        who, change = self._change(asked)
        self._desk.turn(asked, words.sure(who, change))

    def change(self, asked: Asked) -> None:
        """Do what was asked twice, and show what is then."""
        who, change = self._change(asked)
        user_id = who.user_id
        if change == words.REMOVE:
            self._desk.do(Revoke(asked.actor, user_id))
        elif change == words.STAY:
            self._desk.do(KeepGuest(asked.actor, user_id))
        elif change == words.LONGER:
            self._desk.do(KeepGuest(asked.actor, user_id, LONGER))
        else:
            self._desk.do(SetRole(asked.actor, user_id, Role(change)))
        me = self._desk.state.people.get(str(asked.actor.user_id))
        if me is not None and me.role is Role.OWNER:
            self.users_pressed(asked)

    def _change(self, asked: Asked) -> tuple[Person, str]:
        user_id, _, change = asked.text.partition(":")
        if change not in words.CHANGES:
            raise BadInput(UNKNOWN_CHANGE)
        return self._who(user_id), change

    def _who(self, user_id: str) -> Person:
        person = self._desk.state.people.get(user_id)
        if person is None:
            raise BadInput(NOBODY)
        return person

    # -- the home's group ----------------------------------------------------------------------

    def home(self, asked: Asked) -> None:
        text = asked.text.lower()
        if text == "off":
            self.home_off(asked)
        elif text not in ("", "home"):
            # What stands behind it where Telegram let an owner choose a group by our link.
            raise BadInput(HOW_TO_HOME)
        elif asked.actor.chat_id == asked.actor.user_id:
            page = words.home(self._desk.state.group, self._desk.view().bot_username)
            self._desk.show(asked, page)
        else:
            self.home_here(asked)

    def home_here(self, asked: Asked) -> None:
        actor = asked.actor
        if actor.chat_id != actor.user_id:
            self._desk.do(SetGroup(actor, actor.chat_id, asked.title, asked.thread_id))

    def home_off(self, asked: Asked) -> None:
        self._desk.do(ForgetGroup(asked.actor))


def parse_invitation(text: str) -> tuple[Role, timedelta | None]:
    """Read "member", "viewer for 3d", "guest 2 weeks"; raise BadInput with a sentence that helps.

    A guest is a member, and has an end.
    """
    found = _INVITE.fullmatch(text.strip())
    if found is None:
        raise BadInput(HOW_TO_INVITE)
    kind, time = found[1].lower(), found[2]
    if time is None:
        if kind == "guest":
            raise BadInput("For how long? Write it like /invite guest 3d.")
        return Role(kind), None
    weeks = _WEEKS.fullmatch(time.strip())
    try:
        stay = timedelta(weeks=int(weeks[1])) if weeks else parse_duration(time)
    except BadInput:
        raise BadInput("For how long? Write it like /invite member for 3d, or for 12h.") from None
    return (Role.MEMBER if kind == "guest" else Role(kind)), stay
