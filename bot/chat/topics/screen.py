"""The home screen: shown, refreshed in place, pinned so that it keeps itself true."""

from __future__ import annotations

from alarm.core.commands import PinScreen, UnpinScreen
from alarm.core.errors import BadInput
from bot.chat.topics.desk import Asked, Desk, Run
from bot.pages import Page, Press
from bot.words import screen as words


class Screen:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.commands: dict[str, Run] = {"status": self.status}
        self.presses: dict[Press, Run] = {Press.STATUS: self.refresh}

    def status(self, asked: Asked) -> None:
        match asked.text.casefold():
            case "":
                self._desk.show(asked, lambda: self._page(asked))
            case "pin":
                self._desk.do(PinScreen(asked.actor))
            case "unpin":
                self._desk.do(UnpinScreen(asked.actor))
            case _:
                raise BadInput("Write /status, /status pin to keep it on top, or /status unpin.")

    def refresh(self, asked: Asked) -> None:
        """Bring the message that holds the button up to date, in the form that it has."""
        self._desk.turn(asked, lambda: self._page(asked, asked.message_id))

    def _page(self, asked: Asked, message_id: int | None = None) -> Page:
        """Word the screen; `message_id`: the message that shows it already."""
        state, view = self._desk.seen(asked), self._desk.view()
        if message_id is not None and state.pinned.get(str(asked.chat)) == message_id:
            return words.screen(state, view, view.now)
        return words.status(state, view)
