"""The code that Blink sends by SMS: typed in chat, tried at once, or asked for anew."""

from __future__ import annotations

import logging
from datetime import timedelta

from alarm.core.deliveries import say
from alarm.core.errors import BadInput, BlinkError
from alarm.core.notices import Notice
from alarm.core.state import LoginStatus
from bot.chat.replies import Replies
from bot.controller import Controller
from bot.watch.login import BlinkLogin

logger = logging.getLogger(__name__)

_LENGTHS = range(4, 9)
# Blink sends no second code before this; a button that is pressed twice would only burn the first.
RESEND_AFTER = timedelta(seconds=60)


class Codes:
    """Finish a login at Blink with what a person typed, or begin one because a person asked."""

    def __init__(self, login: BlinkLogin, controller: Controller, replies: Replies) -> None:
        self._login = login
        self._controller = controller
        self._replies = replies

    def enter(self, chat: int, text: str) -> None:
        """Try a code; raise BadInput for what cannot be one, and where none is wanted."""
        if self._controller.state.login.status is LoginStatus.DONE:
            raise BadInput("Blink wants no code: it is logged in.")
        digits = "".join(text.replace("-", " ").split())
        if not (digits.isascii() and digits.isdigit() and len(digits) in _LENGTHS):
            raise BadInput("Write the code that Blink sent you, like this: /code 123456")
        self._replies.run(self._try(chat, digits), "Blink code")

    def send_new(self, chat: int) -> None:
        """Log in anew, which makes Blink send a code; only say how it is where that is no use."""
        login = self._controller.state.login
        if login.status is LoginStatus.DONE:
            self._replies.say(chat, say(Notice.LOGIN_DONE))
        elif self._login.code_pending and self._just_sent():
            self._replies.say(chat, say(Notice.CODE_NEEDED))
        else:
            self._login.begin()

    def _just_sent(self) -> bool:
        at = self._controller.state.login.at
        return at is not None and self._controller.now() - at < RESEND_AFTER

    async def _try(self, chat: int, digits: str) -> None:
        try:
            done = await self._login.enter_code(digits)
        except BlinkError as error:
            logger.warning("The code could not be tried: %s", error)
            self._replies.say(chat, say(Notice.LOGIN_FAILED, reason=str(error)))
            return
        if done is False:
            self._replies.say(chat, say(Notice.CODE_WRONG))
        elif done is None:
            self._replies.say(chat, say(Notice.CODE_LOST, reason=""))
