"""What the household chooses: settings by buttons, and each by command."""

from __future__ import annotations

from alarm.core.commands import AskCameras, SetOption
from alarm.core.option_list import OPTIONS, find_option
from alarm.core.options import Group
from alarm.core.settings import Mode
from bot.chat.topics.desk import Asked, Desk, Run
from bot.pages import Press
from bot.words import settings as words
from bot.words import status as status_words
from bot.words.targets import split_mode


class Tuning:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.commands: dict[str, Run] = {"threshold": self.threshold, "settings": self.settings}
        self.presses: dict[Press, Run] = {Press.SETTINGS: self.turn, Press.SET: self.set_pressed}

    def threshold(self, asked: Asked) -> None:
        """Show the rule of a mode, or set it: the short way to one of the settings."""
        named, text = split_mode(asked.text)
        mode = named or Mode.AWAY
        if mode not in self._desk.state.settings.modes:
            # Its cameras come first: without them every camera would count at night.
            self._desk.do(AskCameras(asked.actor, mode))
        elif text:
            self._desk.do(SetOption(asked.actor, f"{mode}-rule", text))
        else:
            page = status_words.threshold(self._desk.state, self._desk.view(), mode)
            self._desk.show(asked, page)

    def settings(self, asked: Asked) -> None:
        """Show all settings, those of a group, or set one."""
        group = _group(asked.text)
        if not asked.text:
            self._desk.show(asked, words.first_page(self._desk.state))
        elif group is not None:
            self._desk.show(asked, words.group_page(group, self._desk.state))
        else:
            option, value = find_option(asked.text)
            if value:
                self._desk.do(SetOption(asked.actor, option.key, value))
            else:
                self._desk.show(asked, words.group_page(option.group, self._desk.state))

    def turn(self, asked: Asked) -> None:
        """Turn to the first page, or to the one of a group."""
        group = _group(asked.text)
        if group is None:
            self._desk.turn(asked, words.first_page(self._desk.state))
        else:
            self._desk.turn(asked, words.group_page(group, self._desk.state))

    def set_pressed(self, asked: Asked) -> None:
        """Set what the button says, and show it on the page that holds the button."""
        option, value = words.press_of(asked.text)
        before = option.shown(self._desk.state.settings)
        self._desk.do(SetOption(asked.actor, option.key, value, by_button=True))
        state = self._desk.state
        changed = words.change(option, before, option.shown(state.settings))
        self._desk.turn(asked, words.group_page(option.group, state, changed))


def _group(text: str) -> Group | None:
    wanted = "-".join(text.casefold().replace("_", "-").split())
    return Group(wanted) if wanted in {option.group for option in OPTIONS} else None
