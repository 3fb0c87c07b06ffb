"""What an option is: one setting that people see, step through by buttons, and write by name.

To add one: put it into the list of its group (`mode_options.py`, `false_alarm_options.py`, else
`option_list.py`), made by `span`, `number` or `switch`. Its command, its page, its buttons, its
confirmation and its row in the journal come by themselves. `write` takes a value out of range as
far as the settings' own check, whose BadInput names the range.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Generic, TypeVar

from alarm.core.durations import exact, parse_duration
from alarm.core.errors import BadInput
from alarm.core.settings import Settings

T = TypeVar("T")
Read = Callable[[Settings], T]
Write = Callable[[Settings, T], Settings]

ON, OFF = "on", "off"
_YES = frozenset({ON, "yes", "true", "1"})
_NO = frozenset({OFF, "no", "false", "0"})
_WHOLE = re.compile(r"([0-9]{1,6})(?:\s*[a-z]+)?")


class Group(StrEnum):
    """The pages of the settings, in their order."""

    AWAY = "away"
    NIGHT = "night"
    HOME = "home"
    CALLS = "calls"
    CAMERAS = "cameras"
    FALSE_ALARMS = "false-alarms"


@dataclass(frozen=True, slots=True)
class Option(Generic[T]):
    """One setting.

    `key` is what people write; a group's name before it may be left out where that is clear.
    `steps`: the values that the buttons go through, in order; none for one that is only written.
    `parse` gets the text and the value as it is, and reads again whatever `word` returns.
    """

    key: str
    title: str
    group: Group
    limits: str
    example: str
    read: Read[T]
    write: Write[T]
    parse: Callable[[str, T], T]
    word: Callable[[T], str]
    steps: tuple[T, ...] = ()

    def shown(self, settings: Settings) -> str:
        """Return the value as it is, in words."""
        return self.word(self.read(settings))

    def changed(self, settings: Settings, text: str) -> Settings:
        """Return the settings with what the text means; raise BadInput with the allowed range."""
        try:
            value = self.parse(text, self.read(settings))
        except BadInput as refusal:
            if self.limits in str(refusal):
                raise
            raise BadInput(f"{refusal} {self.title}: {self.limits}.") from None
        return self.write(settings, value)

    @property
    def is_switch(self) -> bool:
        return self.limits == _ON_OR_OFF


def span(
    key: str,
    title: str,
    group: Group,
    *,
    limits: str,
    read: Read[timedelta],
    write: Write[timedelta],
    steps: tuple[float, ...],
    example: str = "45s",
    zero: str = "",
) -> Option[timedelta]:
    """Make an option that is a duration; `steps` are seconds, `zero`: the word for 0."""
    spans = tuple(timedelta(seconds=step) for step in steps)

    def parse(text: str, _: timedelta) -> timedelta:
        none = text.strip().casefold() in {"0", zero or "0"}
        return timedelta(0) if none else parse_duration(text)

    def word(value: timedelta) -> str:
        return exact(value) if value or not zero else zero

    return Option(key, title, group, limits, example, read, write, parse, word, spans)


def number(
    key: str,
    title: str,
    group: Group,
    *,
    limits: str,
    read: Read[int],
    write: Write[int],
    steps: tuple[int, ...],
    zero: str = "",
    off: int | None = None,
) -> Option[int]:
    """Make an option that is a whole number; `zero`: the word for 0, such as "off".

    `off`: another number that people mean by that word.
    """

    def parse(text: str, _: int) -> int:
        typed = text.strip().casefold()
        found = _WHOLE.fullmatch(typed)
        if zero and typed == zero:
            return 0
        if off is not None and typed == OFF:
            return off
        if found is None:
            raise BadInput("Write a whole number.")
        return int(found[1])

    def word(value: int) -> str:
        return zero if zero and value == 0 else str(value)

    return Option(key, title, group, limits, "3", read, write, parse, word, steps)


def switch(
    key: str, title: str, group: Group, *, read: Read[bool], write: Write[bool]
) -> Option[bool]:
    """Make an option that is on or off."""

    def parse(text: str, _: bool) -> bool:
        typed = text.strip().casefold()
        if typed not in _YES | _NO:
            raise BadInput(f"Write {ON} or {OFF}.")
        return typed in _YES

    def word(value: bool) -> str:
        return ON if value else OFF

    return Option(key, title, group, _ON_OR_OFF, ON, read, write, parse, word, (False, True))


_ON_OR_OFF = f"{ON} or {OFF}"
