"""Hand what people press to its topic."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from telegram import Message, Update
from telegram.ext import Application, CallbackQueryHandler, ContextTypes

from alarm.core.actor import Actor
from alarm.core.errors import BadInput
from bot.chat.ages import comes_too_late
from bot.chat.commands import thread_of
from bot.chat.replies import Replies
from bot.chat.topics.desk import Asked, Run, Topic
from bot.pages import Press, read_press
from bot.vitals import Vitals
from bot.words import help as help_words
from bot.words.hearing import LATE_PRESS

Context = ContextTypes.DEFAULT_TYPE
App = Application[Any, Any, Any, Any, Any, Any]


class Presses:
    """Run what people press. Who may press what is decided before, in `access`."""

    def __init__(self, topics: Iterable[Topic], replies: Replies, vitals: Vitals) -> None:
        self._runs: dict[Press, Run] = {}
        for topic in topics:
            self._runs |= topic.presses
        self._replies = replies
        self._vitals = vitals

    def register(self, application: App) -> None:
        application.add_handler(CallbackQueryHandler(self.pressed))

    async def pressed(self, update: Update, _context: Context) -> None:
        query = update.callback_query
        if query is None:
            return
        shown = ""
        read = read_press(query.data or "")
        if read is not None:
            press, about = read
            user, message = query.from_user, query.message
            # Of a message that is gone Telegram may not tell the chat: then the private one.
            chat = user.id if message is None else message.chat.id
            if comes_too_late(press, self._vitals.silence):
                self._replies.refuse_press(query.id, chat, LATE_PRESS)
                return
            actor = Actor(user.id, user.first_name, chat, update.update_id)
            asked = Asked(actor, about, 0)
            if message is not None:
                thread = thread_of(message) if isinstance(message, Message) else 0
                title = message.chat.title or ""
                asked = Asked(actor, about, message.message_id, "", title, thread)
            try:
                shown = self._runs[press](asked) or ""
            except BadInput as error:
                self._replies.show(asked.chat, help_words.bad_arguments(str(error)))
        self._replies.end_press(query.id, shown)
