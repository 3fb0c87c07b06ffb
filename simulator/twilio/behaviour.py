"""What the person, machine or network behind a number does when it rings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Answer(StrEnum):
    HUMAN = "human"
    MACHINE = "machine_start"
    BUSY = "busy"
    NO_ANSWER = "no-answer"
    FAILED = "failed"
    ENDLESS = "endless"  # answered, and nobody ever hangs up


@dataclass(frozen=True)
class Behaviour:
    """One way to react to a call.

    `listens`: seconds until the person hangs up; None means to the end of the words.
    `rings`: seconds of ringing before the answer; None means the stand-in's own.
    """

    answer: Answer
    listens: float | None = None
    rings: float | None = None


def human(listens: float | None = None, rings: float | None = None) -> Behaviour:
    return Behaviour(Answer.HUMAN, listens, rings)


MACHINE = Behaviour(Answer.MACHINE)
BUSY = Behaviour(Answer.BUSY)
NO_ANSWER = Behaviour(Answer.NO_ANSWER)
FAILED = Behaviour(Answer.FAILED)
ENDLESS = Behaviour(Answer.ENDLESS)
