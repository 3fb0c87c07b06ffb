"""What each command does: an input for the controller, or a page to look at."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any

from telegram import Message, Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from alarm.core.commands import (
    Acknowledge,
    Actor,
    Arm,
    Claim,
    Command,
    Disarm,
    Drill,
    SetRule,
)
from alarm.core.deliveries import Words, say
from alarm.core.errors import BadInput
from alarm.core.notices import Notice
from alarm.core.settings import Mode
from bot.chat.access import command_of
from bot.chat.ages import Age, age_of
from bot.chat.codes import Codes
from bot.chat.last_clip import LastClip
from bot.chat.replies import Replies
from bot.chat.requests import UpdateRequest
from bot.controller import Controller
from bot.pages import Page
from bot.words import help as help_words
from bot.words import status as status_words
from bot.words.arguments import parse_rule
from bot.words.view import View

Context = ContextTypes.DEFAULT_TYPE
App = Application[Any, Any, Any, Any, Any, Any]
Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]
# Only fresh words of the person's own: an edited message never runs a command again.
_OWN = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE


class Commands:
    """Run what people write. Who may write what is decided before, in `access`."""

    def __init__(
        self,
        controller: Controller,
        replies: Replies,
        view: Callable[[], View],
        codes: Codes,
        last_clip: LastClip,
    ) -> None:
        self._controller = controller
        self._replies = replies
        self._view = view
        self._codes = codes
        self._last_clip = last_clip
        self._telegram_skew: Callable[[], timedelta | None] = lambda: None

    def register(self, application: App) -> None:
        request = application.bot.request
        if isinstance(request, UpdateRequest):
            self._telegram_skew = lambda: request.skew
        handlers = {
            "start": self.start,
            "help": self.help,
            "status": self.status,
            "arm": self.arm,
            "disarm": self.disarm,
            "threshold": self.threshold,
            "cameras": self.cameras,
            "clip": self.clip,
            "ack": self.ack,
            "code": self.code,
            "test": self.test,
        }
        aged = {name: self._aged(name, callback) for name, callback in handlers.items()}
        words = self._aged("", self.words)

        async def dispatch(update: Update, context: Context) -> None:
            # By the text itself: the library's own command handler relies on marks in the message
            # and on the bot's name, and without them every command would be mere words.
            await aged.get(command_of(update) or "", words)(update, context)

        application.add_handler(MessageHandler(filters.TEXT & _OWN, dispatch))

    def _aged(self, name: str, run: Callable[[Message, Actor, str], None]) -> Handler:
        async def handler(update: Update, _context: Context) -> None:
            message, user = update.message, update.effective_user
            if message is None or user is None or message.text is None:
                return
            age = age_of(name, message.date, self._true_now())
            late = age is not Age.FRESH
            actor = Actor(
                user_id=user.id,
                name=user.first_name,
                chat_id=message.chat_id,
                update_id=update.update_id,
                sent_at=message.date if late else None,
            )
            # What stands behind the command may as well be on the next line.
            parts = message.text.strip().split(maxsplit=1) if name else ["", message.text.strip()]
            argument = parts[1] if len(parts) > 1 else ""
            match age:
                case Age.FRESH | Age.LATE:
                    try:
                        run(message, actor, argument)
                    except BadInput as error:
                        self._show(actor, help_words.bad_arguments(str(error)))
                case Age.ASK:
                    self._replies.say(
                        message.chat_id, say(Notice.OLD_ARM, sent_at=message.date.isoformat())
                    )
                case Age.TOO_OLD:
                    self._replies.say(message.chat_id, self._too_old(message, name))

        return handler

    def _too_old(self, message: Message, name: str) -> Words:
        command = f"/{name}" if name else "message"
        return say(Notice.TOO_OLD, command=command, sent_at=message.date.isoformat())

    def start(self, _message: Message, actor: Actor, argument: str) -> None:
        self._do(Claim(actor, argument))

    def help(self, _message: Message, actor: Actor, _argument: str) -> None:
        self._show(actor, help_words.help_page())

    def status(self, _message: Message, actor: Actor, _argument: str) -> None:
        self._show(actor, status_words.status(self._controller.state, self._view()))

    def cameras(self, _message: Message, actor: Actor, _argument: str) -> None:
        self._show(actor, status_words.cameras(self._controller.state, self._view()))

    def arm(self, _message: Message, actor: Actor, argument: str) -> None:
        if argument.lower() not in ("", Mode.AWAY.value):
            raise BadInput("Write /arm alone: it arms the whole house.")
        self._do(Arm(actor))

    def disarm(self, _message: Message, actor: Actor, _argument: str) -> None:
        # Never refused for what stands behind it: stopping always works.
        self._do(Disarm(actor))

    def threshold(self, _message: Message, actor: Actor, argument: str) -> None:
        if argument:
            rule = self._controller.state.settings.mode(Mode.AWAY).rule
            self._do(SetRule(actor, parse_rule(argument, rule.lookback)))
        else:
            self._show(actor, status_words.threshold(self._controller.state, self._view()))

    def ack(self, _message: Message, actor: Actor, _argument: str) -> None:
        self._do(Acknowledge(actor))

    def test(self, _message: Message, actor: Actor, argument: str) -> None:
        if argument.lower() not in ("", "call"):
            raise BadInput("Write /test for the chat alone, or /test call to ring the phones too.")
        self._do(Drill(actor, with_calls=argument.lower() == "call"))

    def code(self, _message: Message, actor: Actor, argument: str) -> None:
        self._codes.enter(actor.chat_id, argument)

    def clip(self, message: Message, actor: Actor, argument: str) -> None:
        self._last_clip.show(actor.chat_id, argument, reply_to=message.message_id)

    def words(self, _message: Message, actor: Actor, text: str) -> None:
        """Take digits as the code that Blink sent; everything else gets one helpful sentence."""
        if text.startswith("/"):
            self._show(actor, help_words.unknown_command(text))
        elif text.replace(" ", "").isdigit():
            self._codes.enter(actor.chat_id, text)
        else:
            self._show(actor, help_words.unknown_command(text))

    def _do(self, command: Command) -> None:
        self._controller.apply(command)

    def _show(self, actor: Actor, page: Page) -> None:
        self._replies.show(actor.chat_id, page)

    def _true_now(self) -> datetime:
        """Return the time at Telegram, which dates the messages; the host's clock may be wrong."""
        skew = self._telegram_skew()
        if skew is None:
            skew = self._controller.state.clock.skew
        return self._controller.now() + (skew or timedelta(0))
