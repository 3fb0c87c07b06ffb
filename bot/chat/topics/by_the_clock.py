"""What people answer to the notices around scheduled and timed commands, and vacation."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from alarm.core.clock_commands import (
    DropPlan,
    EndVacation,
    GoOnVacation,
    KeepHold,
    SkipArming,
)
from alarm.core.deliveries import say
from alarm.core.errors import BadInput
from alarm.core.notices import Notice
from alarm.core.schedule.wishes import zone_of
from bot.chat.topics.desk import Asked, Desk, Run
from bot.pages import Press
from bot.words.typed_commands import VACATION_EXAMPLES, parse_vacation
from bot.words.typed_times import Here

AN_HOUR = timedelta(hours=1)
_OFF = ("off", "end", "over", "stop", "cancel")


def true_now(desk: Desk) -> datetime:
    """Return this moment in the clouds' time, in which all that people set is kept."""
    now = desk.controller.now()
    return now + (desk.state.clock.skew or timedelta(0))


def here_of(desk: Desk, asked: Asked) -> Here:
    """Return when and where something was written: a command that ran late counts from then."""
    return Here(asked.actor.sent_at or true_now(desk), zone_of(desk.state))


class ByTheClock:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.commands: dict[str, Run] = {"vacation": self.vacation}
        self.presses: dict[Press, Run] = {
            Press.SKIP_ARMING: self.skip,
            Press.ARM_LATER: self.put_off,
            Press.DROP_PLAN: self.drop_plan,
            Press.KEEP: self.keep,
            Press.PROLONG: self.prolong,
            Press.END_VACATION: self.end_vacation,
        }

    def vacation(self, asked: Asked) -> None:
        text = asked.text.strip().casefold()
        if not text:
            self._desk.say(asked, say(Notice.NO_VACATION))
        elif text in _OFF:
            self.end_vacation(asked)
        else:
            until = parse_vacation(text, here_of(self._desk, asked))
            if until <= true_now(self._desk):
                raise BadInput(f"That is over already. {VACATION_EXAMPLES}")
            self._desk.do(GoOnVacation(asked.actor, until))

    def end_vacation(self, asked: Asked) -> None:
        self._desk.do(EndVacation(asked.actor))

    def skip(self, asked: Asked) -> None:
        moment, areas = _about(asked)
        self._desk.do(SkipArming(asked.actor, moment, areas=areas))

    def put_off(self, asked: Asked) -> None:
        moment, areas = _about(asked)
        self._desk.do(SkipArming(asked.actor, moment, AN_HOUR, areas))

    def drop_plan(self, asked: Asked) -> None:
        if asked.text[:1].isdigit():
            moment, areas = _about(asked)
            self._desk.do(DropPlan(asked.actor, areas, moment))
        else:
            # A button of an older program names no moment.
            self._desk.do(DropPlan(asked.actor, _areas(asked.text.partition(":")[2])))

    def keep(self, asked: Asked) -> None:
        moment, areas = _about(asked)
        self._desk.do(KeepHold(asked.actor, moment, areas=areas))

    def prolong(self, asked: Asked) -> None:
        moment, areas = _about(asked)
        self._desk.do(KeepHold(asked.actor, moment, AN_HOUR, areas))


def _about(asked: Asked) -> tuple[datetime, tuple[str, ...]]:
    """Return what a button is about: a moment in whole seconds, and the areas where not all are."""
    moment, _, ids = asked.text.partition(":")
    try:
        return datetime.fromtimestamp(int(moment), UTC), _areas(ids)
    except (ValueError, OverflowError, OSError):
        raise BadInput("This button is not known any more.") from None


def _areas(ids: str) -> tuple[str, ...]:
    return tuple(ids.split(",")) if ids else ()
