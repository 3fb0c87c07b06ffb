"""Pass on the code that Blink sends, and answer words that are no command."""

from __future__ import annotations

from alarm.core.errors import BadInput
from bot.chat.allowed import COMMANDS, allows
from bot.chat.codes import Codes
from bot.chat.keypads import Keypads
from bot.chat.offered import may
from bot.chat.topics.desk import Asked, Desk, Run
from bot.pages import Press
from bot.words import help as help_words
from bot.words.people import only


class SigningIn:
    def __init__(self, desk: Desk, codes: Codes, keypads: Keypads) -> None:
        self._desk = desk
        self._codes = codes
        self._keypads = keypads
        self.commands: dict[str, Run] = {"code": self.code, "": self.words}
        self.presses: dict[Press, Run] = {Press.NEW_CODE: self.new_code}

    def code(self, asked: Asked) -> None:
        self._codes.enter(asked.chat, asked.text)

    def new_code(self, asked: Asked) -> None:
        self._codes.send_new(asked.chat)

    def words(self, asked: Asked) -> None:
        """Take digits as the code that Blink sent; everything else gets one helpful sentence."""
        if self._keypads.takes(asked):
            return
        if asked.text.replace(" ", "").isdigit():
            if not allows(self._desk.state.people.get(str(asked.actor.user_id)), "code"):
                raise BadInput(only(COMMANDS["code"]))
            self._codes.enter(asked.chat, asked.text)
        else:
            self._desk.show(
                asked, help_words.unknown_command(asked.text, may(self._desk.state, asked.chat))
            )
