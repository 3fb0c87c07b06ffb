"""What stays private at home."""

from __future__ import annotations

from alarm.core.commands import SetPrivacy, TickPrivacy
from bot.chat.topics.desk import Asked, Desk, Run
from bot.pages import Press
from bot.words import modes as mode_words
from bot.words import privacy as privacy_words
from bot.words.arguments import parse_privacy


class Private:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.commands: dict[str, Run] = {"privacy": self.privacy}
        self.presses: dict[Press, Run] = {Press.PRIVACY: self.pressed}

    def privacy(self, asked: Asked) -> None:
        if asked.text:
            self.set(asked)
        else:
            self._desk.show(asked, lambda: privacy_words.overview(self._desk.state))

    def set(self, asked: Asked) -> None:
        mode, on = parse_privacy(asked.text)
        self._desk.do(SetPrivacy(asked.actor, mode, on))

    def pressed(self, asked: Asked) -> None:
        """Set it, and let the page with the button show it."""
        text, _, under = asked.text.rpartition(" ")
        known = under in (privacy_words.OF_MODE, privacy_words.OVERVIEW, privacy_words.QUESTION)
        mode, on = parse_privacy(text if known else asked.text)
        if under == privacy_words.QUESTION:
            self._desk.do(TickPrivacy(asked.actor, mode, on))
            choice = self._desk.state.choices.get(str(asked.chat))
            self._desk.turn(asked, mode_words.which_cameras(mode, choice, self._desk.state))
            return
        self._desk.do(SetPrivacy(asked.actor, mode, on))
        state = self._desk.state
        if under == privacy_words.OVERVIEW:
            self._desk.turn(asked, privacy_words.overview(state))
        elif under == privacy_words.OF_MODE:
            self._desk.turn(asked, mode_words.of_mode(mode, state, self._desk.view()))
