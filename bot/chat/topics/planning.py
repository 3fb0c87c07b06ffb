"""The escalation plan: what would happen now, and the settings that it hangs on."""

from __future__ import annotations

from alarm.core.commands import SetOption
from alarm.core.errors import BadInput
from alarm.core.option_list import find_option
from alarm.core.options import Group
from bot.chat.topics.desk import Asked, Desk, Run
from bot.pages import Page, Press
from bot.words import plan as words
from bot.words import settings as setting_words

HOW = "Write /plan alone, or for example /plan abort 45s, /plan pause 90s or /plan cycles 3."


class Planning:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.commands: dict[str, Run] = {"plan": self.plan}
        self.presses: dict[Press, Run] = {Press.PLAN: self.pressed}

    def plan(self, asked: Asked) -> None:
        """Show what would happen, or change a setting of calls."""
        if not asked.text:
            self._desk.show(asked, self._page(asked))
            return
        try:
            option, value = find_option(asked.text)
        except BadInput:
            raise BadInput(HOW) from None
        if option.group is not Group.CALLS:
            raise BadInput(HOW)
        self._desk.do(SetOption(asked.actor, option.key, value))

    def pressed(self, asked: Asked) -> None:
        """Set what the button says, and show the plan as it is then."""
        if not asked.text:
            self._desk.turn(asked, self._page(asked))
            return
        option, value = setting_words.press_of(asked.text)
        before = option.shown(self._desk.state.settings)
        self._desk.do(SetOption(asked.actor, option.key, value, by_button=True))
        now = option.shown(self._desk.state.settings)
        self._desk.turn(asked, self._page(asked, setting_words.change(option, before, now)))

    def _page(self, asked: Asked, changed: str = "") -> Page:
        # No phone number, however masked, goes into a group.
        private = asked.chat == asked.actor.user_id
        state, view = self._desk.seen(asked), self._desk.view()
        return words.plan(state, view, numbers=private, changed=changed)
