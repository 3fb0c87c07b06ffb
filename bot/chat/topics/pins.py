"""The PIN of the house: its keypad, and setting, changing and removing it."""

from __future__ import annotations

from alarm.core.errors import BadInput
from alarm.core.pin_commands import ChangePin, PinChange, UnlockPin
from alarm.core.pins import PIN_RANGE, is_pin
from alarm.core.state import Role
from bot.chat.keypads import Keypads, new_salt
from bot.chat.topics.desk import Asked, Desk, Run
from bot.pages import Press
from bot.words import pins as words

USAGE = (
    "Write /pin 1234 to set one, /pin 1234 5678 to change it, /pin off to remove it, "
    "/pin duress for a duress PIN."
)


class PinTopic:
    def __init__(self, desk: Desk, keypads: Keypads) -> None:
        self._desk = desk
        self._keypads = keypads
        self.commands: dict[str, Run] = {"pin": self.pin}
        self.presses: dict[Press, Run] = {
            Press.PIN: self.chosen,
            Press.KEY: keypads.press,
            Press.UNLOCK_PIN: self.unlock,
        }

    def pin(self, asked: Asked) -> None:
        """Answer /pin, or take `[off|duress [off]] [PIN [NEW PIN]]`."""
        if not asked.text:
            person = self._desk.state.people.get(str(asked.actor.user_id))
            owner = person is not None and person.role is Role.OWNER
            self._desk.show(asked, words.pin_page(self._desk.state, owner=owner))
            return
        parts = asked.text.lower().split()
        numbers = [part for part in parts if part[:1].isdigit()]
        named = " ".join(part for part in parts if part not in numbers)
        if named not in {"", *PinChange}:
            raise BadInput(USAGE)
        if not all(map(is_pin, numbers)):
            raise BadInput(f"{PIN_RANGE} {USAGE}")
        change = PinChange(named or PinChange.SET)
        most = 1 if change in (PinChange.OFF, PinChange.DURESS_OFF) else 2
        if len(numbers) > most:
            raise BadInput(USAGE)
        first_ever = change is PinChange.SET and not self._desk.state.pins.required
        if first_ever and len(numbers) > 1:
            raise BadInput(USAGE)
        # One number alone is a new PIN in /pin 1234, and everywhere else the PIN that holds.
        new_alone = change is PinChange.SET and len(numbers) == 1
        current, new = ("", numbers[0]) if new_alone else (*numbers, "", "")[:2]
        self._change(asked, change, current, new)

    def chosen(self, asked: Asked) -> None:
        if asked.text not in set(PinChange):
            raise BadInput(USAGE)
        self._change(asked, PinChange(asked.text))

    def unlock(self, asked: Asked) -> None:
        if not asked.text.isascii() or not asked.text.isdigit():
            raise BadInput("This button is broken: send /pin.")
        self._desk.do(UnlockPin(asked.actor, int(asked.text)))

    def _change(self, asked: Asked, change: PinChange, current: str = "", new: str = "") -> None:
        self._desk.do(ChangePin(asked.actor, change, current, new, new_salt()))
