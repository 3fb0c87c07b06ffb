"""Hand what people write to its topic, with regard to how old it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from telegram import Message, Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from alarm.core.actor import Actor
from alarm.core.deliveries import Words, say
from alarm.core.errors import BadInput
from alarm.core.inputs import PinWritten
from alarm.core.notices import Notice
from bot.chat.access import (
    command_of,
)
from bot.chat.ages import Age, age_of
from bot.chat.allowed import (
    COMMANDS,
    PRIVATE_COMMANDS,
)
from bot.chat.keypads import glued, holds_pin, parted
from bot.chat.offered import may
from bot.chat.replies import Replies
from bot.chat.requests import UpdateRequest
from bot.chat.topics.desk import Asked, Run, Topic
from bot.chat.true_time import TrueTime
from bot.controller import Controller
from bot.words import help as help_words
from bot.words.pins import SPACE

Context = ContextTypes.DEFAULT_TYPE
App = Application[Any, Any, Any, Any, Any, Any]
# Only fresh words of the person's own: an edited message never runs a command again.
_OWN = filters.UpdateType.MESSAGE & (filters.ChatType.PRIVATE | filters.ChatType.GROUPS)


# Commands whose PIN may stand among their other words, in any place.
WITH_PIN = frozenset({"disarm"})


class Commands:
    """Run what people write. Who may write what is decided before, in `access`."""

    def __init__(self, topics: Iterable[Topic], controller: Controller, replies: Replies) -> None:
        self._runs: dict[str, Run] = {}
        for topic in topics:
            self._runs |= topic.commands
        self._controller = controller
        self._replies = replies
        self._true_time = TrueTime(controller, lambda: None)

    def register(self, application: App) -> None:
        request = application.bot.request
        if isinstance(request, UpdateRequest):
            self._true_time = TrueTime(self._controller, lambda: request.skew)
        # The library's own command handler relies on marks in the message and on the bot's name,
        # and without them every command would be mere words.
        application.add_handler(MessageHandler(filters.TEXT & _OWN, self.written))

    async def written(self, update: Update, _context: Context) -> None:
        message, user = update.message, update.effective_user
        if message is None or user is None or message.text is None:
            return
        written = command_of(update) or ""
        # Without a row in the table nobody may do it, whoever else forgot what.
        name = written if written in self._runs and written in COMMANDS else ""
        age = age_of(name, message.date, self._true_time.now())
        actor = Actor(
            user_id=user.id,
            name=user.first_name,
            chat_id=user.id if name in PRIVATE_COMMANDS else message.chat_id,
            update_id=update.update_id,
            sent_at=None if age is Age.FRESH else message.date,
        )
        # What stands behind the command may as well be on the next line.
        parts = message.text.strip().split(maxsplit=1) if name else ["", message.text.strip()]
        text, pin = parts[1] if len(parts) > 1 else "", ""
        if name in WITH_PIN:
            pin, text = parted(text)
        asked = Asked(
            actor, text, message.message_id, pin, message.chat.title or "", thread_of(message)
        )
        if holds_pin(self._controller.state, name, asked, self._controller.now()):
            # Before all else, and also where what it asks for is refused or fails.
            self._controller.apply(PinWritten(message.chat_id, message.message_id))
        match age:
            case Age.FRESH | Age.LATE if not name and glued(asked.text):
                # Never with the words themselves: they would stay in the answer.
                self._replies.show(asked.chat, help_words.bad_arguments(SPACE))
            case Age.FRESH | Age.LATE if not name and asked.text.startswith("/"):
                known = may(self._controller.state, asked.chat)
                self._replies.show(asked.chat, help_words.unknown_command(asked.text, known))
            case Age.FRESH | Age.LATE:
                self._run(self._runs[name], asked)
            case Age.ASK:
                words = say(Notice.OLD_ARM, sent_at=message.date.isoformat())
                self._replies.say(asked.chat, words)
            case Age.TOO_OLD:
                self._replies.say(asked.chat, _too_old(message, name))

    def _run(self, run: Run, asked: Asked) -> None:
        try:
            run(asked)
        except BadInput as error:
            self._replies.show(asked.chat, help_words.bad_arguments(str(error)))


def thread_of(message: Message) -> int:
    """Return the topic of a message, 0 outside topics: answers have threads, too."""
    return (message.message_thread_id or 0) if message.is_topic_message else 0


def _too_old(message: Message, name: str) -> Words:
    command = f"/{name}" if name else "message"
    return say(Notice.TOO_OLD, command=command, sent_at=message.date.isoformat())
