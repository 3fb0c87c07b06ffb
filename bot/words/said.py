"""One notice on its way to become a page: its arguments, read with care."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from alarm.core.deliveries import Words
from alarm.core.incident import Incident
from alarm.core.state import State
from bot.pages import Page
from bot.words import times
from bot.words.areas import has_many
from bot.words.markup import UNNAMED, cause, name, reason
from bot.words.view import View

STOPPED = " The alarm's calls have stopped."
NO_CALL = " No phone rang."


@dataclass(frozen=True, slots=True)
class Said:
    """A notice stays sayable when an argument is missing: an older program may have stored it."""

    words: Words
    state: State
    view: View

    def raw(self, key: str) -> str:
        value = self.words.args.get(key)
        return "" if value is None else str(value)

    def name(self, key: str) -> str:
        """Return a name as HTML; empty where there is none."""
        return name(self.raw(key)) if self.raw(key).strip() else ""

    def names(self, key: str) -> str:
        """Return a list of names that the core joined, as HTML."""
        return reason(self.raw(key))

    def by(self, before: str = " by ") -> str:
        who = self.name("by")
        return f"{before}{who}" if who else ""

    def aside(self) -> str:
        """Return " (by Ann)", for the end of a sentence that "by Ann" would seem to be part of."""
        return f"{self.by(' (by ')})" if self.by() else ""

    def because(self, key: str = "reason") -> str:
        """Return " (the reason)" as HTML; empty where there is none."""
        why = cause(self.raw(key))
        return f" ({why})" if why else ""

    def number(self, key: str) -> float | None:
        try:
            return float(self.raw(key))
        except ValueError:
            return None

    def whole(self, key: str) -> int:
        return round(self.number(key) or 0)

    def flag(self, key: str) -> bool:
        return self.words.args.get(key) is True

    def duration(self, key: str) -> timedelta | None:
        seconds = self.number(key)
        return None if seconds is None else timedelta(seconds=seconds)

    def instant(self, key: str) -> datetime | None:
        return times.instant(self.raw(key))

    def moment(self, key: str) -> str:
        at = self.instant(key)
        return times.moment(at, self.view) if at else ""

    def where(self, key: str = "area") -> str:
        """Return " in House, Cabin" as HTML, in a home with several areas."""
        if not self.raw(key) or not has_many(self.state):
            return ""
        return f" in {self.names(key) or UNNAMED}"

    def stopped(self, *, no_call: str = NO_CALL) -> str:
        """Say what became of the calls of an alarm that somebody stopped.

        `no_call`: what to say where there was none.
        """
        if self.whole("calls"):
            return STOPPED
        return no_call if self.flag("no_call") else ""

    def called_off(self) -> list[str]:
        """Say whom a short call tells that it is over."""
        called, written = self.names("called_off"), self.names("told_off")
        lines = [f"A short call tells that it is over: {called}."] if called else []
        return [*lines, f"It is written to {written}, too."] if written else lines

    def incident(self) -> Incident | None:
        return self.state.incidents.get(self.raw("incident"))


Wording = Callable[[Said], Page]
