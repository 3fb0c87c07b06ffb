"""The code that Blink sends by SMS: typed in chat, tried at once, or asked for anew."""

from __future__ import annotations

import logging

from alarm.core.deliveries import say
from alarm.core.errors import BadInput, BlinkError
from alarm.core.notices import Notice
from bot.chat.replies import Replies
from bot.watch.login import BlinkLogin

logger = logging.getLogger(__name__)

_LENGTHS = range(4, 9)


class Codes:
    """Finish a login at Blink with what a person typed."""

    def __init__(self, login: BlinkLogin, replies: Replies) -> None:
        self._login = login
        self._replies = replies

    def enter(self, chat: int, text: str) -> None:
        """Try a code; raise BadInput for what cannot be one."""
        digits = "".join(text.replace("-", " ").split())
        if not (digits.isascii() and digits.isdigit() and len(digits) in _LENGTHS):
            raise BadInput("Write the code that Blink sent you, like this: /code 123456")
        self._replies.run(self._try(chat, digits), "Blink code")

    def send_new(self) -> None:
        """Log in anew, which makes Blink send a code."""
        self._login.begin()

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
