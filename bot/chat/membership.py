"""What Telegram tells of the bot itself: added, removed, blocked; a group with a new id."""

from __future__ import annotations

import logging
from collections.abc import Callable

from telegram import ChatMember, ChatMemberUpdated, Update
from telegram.constants import ChatType

from alarm.core.inputs import ChatLeft, GroupMoved
from alarm.core.state import Role
from bot.chat.access import is_one_thing
from bot.chat.replies import Replies
from bot.chat.strangers import Door
from bot.controller import Controller
from bot.words import people as words

logger = logging.getLogger(__name__)

BLOCKED, REMOVED = "the bot was blocked", "the bot was removed from the group"
_OUT = (ChatMember.LEFT, ChatMember.BANNED)
Reaction = Callable[[], None]


class Membership:
    """Take in where the bot may write. Telegram says these things; nobody can pretend them."""

    def __init__(self, controller: Controller, replies: Replies, door: Door) -> None:
        self._controller = controller
        self._replies = replies
        self._door = door

    def take(self, update: Update) -> bool:
        """Tell whether the update was of this kind; it is then dealt with."""
        try:
            reaction = self._reaction(update)
        except Exception:
            logger.exception("Update %d could not be judged and is refused.", update.update_id)
            return True
        if reaction is None:
            return False
        reaction()
        return True

    def _reaction(self, update: Update) -> Reaction | None:
        """Return what to do about the update; None where it is of another kind."""
        if not is_one_thing(update):
            return None
        if update.my_chat_member is not None:
            return self._reaction_to_change(update, update.my_chat_member)
        message = update.message
        if message is None:
            return None
        if message.migrate_to_chat_id is not None:
            return self._moved(message.chat.id, message.migrate_to_chat_id)
        if message.migrate_from_chat_id is not None:
            return self._moved(message.migrate_from_chat_id, message.chat.id)
        return None

    def _moved(self, old: int, new: int) -> Reaction:
        if new >= 0:
            # No group has such an id.
            return lambda: None
        return lambda: self._controller.apply(GroupMoved(old, new))

    def _reaction_to_change(self, update: Update, change: ChatMemberUpdated) -> Reaction:
        chat, state = change.chat, self._controller.state
        was_out = change.old_chat_member.status in _OUT
        gone = change.new_chat_member.status in _OUT
        private, group = chat.type == ChatType.PRIVATE, state.group
        if (private and str(chat.id) in state.people) or (group and group.chat_id == chat.id):
            reason = BLOCKED if private else REMOVED
            news = ChatLeft(chat.id, gone, reason if gone else "")
            return lambda: self._controller.apply(news)
        who = state.people.get(str(change.from_user.id))
        # Groups have such ids; what is offered must not come into somebody's private chat.
        added = was_out and not gone and chat.id < 0
        if added and who is None:
            return lambda: self._door.knocked(update)
        if added and who is not None and who.role is Role.OWNER and chat.type != ChatType.CHANNEL:
            page = words.offer(chat.title or "")
            return lambda: self._replies.show(chat.id, page)
        return lambda: None
