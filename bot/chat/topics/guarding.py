"""Arm, disarm, and react to an alarm."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from alarm.core.clock_commands import ArmLater
from alarm.core.commands import (
    Acknowledge,
    Arm,
    CancelArming,
    Disarm,
    Drill,
    ExtendExit,
    FalseAlarm,
    MorePictures,
    Rearm,
)
from alarm.core.deliveries import say
from alarm.core.errors import BadInput
from alarm.core.notices import Notice
from alarm.core.settings import Mode
from bot.chat.ages import ARM_LIFE
from bot.chat.topics.by_the_clock import here_of, true_now
from bot.chat.topics.desk import Asked, Desk, Run
from bot.pages import Press
from bot.vitals import Vitals
from bot.words.targets import parse_target
from bot.words.typed_commands import ARM_EXAMPLES, bare_time, parse_times
from bot.words.typed_disarm import not_understood, read_disarm, refused

# When an arming began, as a button names it.
_SECONDS = re.compile(r"[0-9]{1,10}")


class Guarding:
    def __init__(self, desk: Desk, vitals: Vitals) -> None:
        self._desk = desk
        self._vitals = vitals
        self.commands: dict[str, Run] = {
            "arm": self.arm,
            "disarm": self.disarm,
            "ack": self.acknowledge,
            "test": self.test,
        }
        self.presses: dict[Press, Run] = {
            Press.ARM: self.arm_pressed,
            Press.REARM: self.rearm,
            Press.DISARM: self.disarm_pressed,
            Press.DISARM_AREA: self.disarm_area,
            Press.CANCEL: self.cancel,
            Press.EXTEND: self.extend_exit,
            Press.ACKNOWLEDGE: self.acknowledge_pressed,
            Press.FALSE_ALARM: self.false_alarm,
            Press.MORE: self.more_pictures,
        }

    def arm(self, asked: Asked) -> None:
        times = parse_times(asked.text, here_of(self._desk, asked), ARM_EXAMPLES)
        if time := bare_time(times.rest):
            raise BadInput(
                f"From {time} or until {time}? Write /arm at {time} or /arm until {time}."
            )
        target = parse_target(times.rest, self._desk.state.areas)
        mode, now = target.mode or Mode.AWAY, true_now(self._desk)
        if times.end is not None and times.end <= now:
            raise BadInput("That time is over: nothing was armed.")
        if times.start is not None and times.start > now:
            self._desk.do(ArmLater(asked.actor, times.start, mode, target.area, times.end))
        else:
            self._desk.do(Arm(asked.actor, mode, target.area, times.end))

    def arm_pressed(self, asked: Asked) -> None:
        if self._vitals.silence > ARM_LIFE.total_seconds():
            # A press carries no date: it may be as old as the silence before it.
            self._desk.say(asked, say(Notice.OLD_ARM))
        else:
            mode, _, area = asked.text.partition(":")
            self._desk.do(
                Arm(asked.actor, Mode(mode) if mode in set(Mode) else Mode.AWAY, area or None)
            )

    def rearm(self, asked: Asked) -> None:
        self._desk.do(Rearm(asked.actor, asked.text or None))

    def disarm(self, asked: Asked) -> None:
        """Disarm, unless that may be against what was meant: then a button does it."""
        here, areas = here_of(self._desk, asked), self._desk.state.areas
        try:
            wanted = read_disarm(asked.text, here, areas)
        except BadInput as refusal:
            self._desk.show(asked, refused(str(refusal), self._desk.seen(asked)))
            return
        self._desk.do(Disarm(asked.actor, area=wanted.area, pin=asked.pin, until=wanted.end))
        if wanted.unknown:
            raise BadInput(not_understood(wanted, self._desk.seen(asked)))

    def cancel(self, asked: Asked) -> None:
        network, _, begun = asked.text.partition(":")
        at = datetime.fromtimestamp(int(begun), UTC) if _SECONDS.fullmatch(begun) else None
        self._desk.do(CancelArming(asked.actor, network or None, at))

    def disarm_pressed(self, asked: Asked) -> None:
        self._desk.do(Disarm(asked.actor, asked.text or None))

    def disarm_area(self, asked: Asked) -> None:
        self._desk.do(Disarm(asked.actor, area=asked.text or None))

    def extend_exit(self, asked: Asked) -> None:
        self._desk.do(ExtendExit(asked.actor))

    def acknowledge(self, asked: Asked) -> None:
        # Never refused for what stands behind it: somebody wants the phones to be quiet.
        self._desk.do(Acknowledge(asked.actor))

    def acknowledge_pressed(self, asked: Asked) -> None:
        self._desk.do(Acknowledge(asked.actor, asked.text or None))

    def false_alarm(self, asked: Asked) -> None:
        self._desk.do(FalseAlarm(asked.actor, asked.text))

    def more_pictures(self, asked: Asked) -> None:
        self._desk.do(MorePictures(asked.actor, asked.text))

    def test(self, asked: Asked) -> None:
        if asked.text.lower() not in ("", "call"):
            raise BadInput("Write /test for the chat alone, or /test call to ring the phones too.")
        self._desk.do(Drill(asked.actor, with_calls=asked.text.lower() == "call"))
