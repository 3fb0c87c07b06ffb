"""An end that is new or off where the panel stays: exactly what is said, to whom, and noted."""

from __future__ import annotations

from alarm.core.clock_commands import ArmLater
from alarm.core.commands import Disarm
from alarm.core.deliveries import Scalar, WordsBody
from alarm.core.draft import Decision
from alarm.core.notices import Notice
from tests.core.home import ANN, BEN, GARDEN, sentences
from tests.core.schedule.timed import AWAY, NIGHT, berlin, home_with, two_areas


def kept(decision: Decision) -> tuple[str, bool, dict[str, Scalar]]:
    """Return who hears it, whether silently, and with which arguments."""
    (found,) = [
        (d.target, d.body.silent, dict(d.body.words.args))
        for d in decision.effects
        if isinstance(d.body, WordsBody) and d.body.words.notice is Notice.HOLD_KEPT
    ]
    return found


def rows(decision: Decision) -> list[dict[str, Scalar]]:
    return [dict(row.data) for row in decision.rows if row.kind == "journal"]


def test_a_plan_that_is_off_is_told_in_passing_to_the_others_and_noted() -> None:
    home = home_with()
    home.later("12:10", NIGHT)
    decision = home.do(Disarm(home.actor(BEN)))
    off = f"{berlin('12:10').isoformat()}=night"
    assert kept(decision) == (str(ANN), True, {"until": None, "by": "Ben", "off": off})
    assert rows(decision) == [{"what": "arm later called off", "by": "Ben"}]


def test_of_one_area_it_is_told_and_noted_with_its_name() -> None:
    home = two_areas(at="12:00")
    home.do(ArmLater(home.actor(ANN), berlin("12:10"), AWAY, area=GARDEN))
    decision = home.do(Disarm(home.actor(BEN), area=GARDEN))
    who, silent, args = kept(decision)
    assert (who, silent, args["area"], args["ids"]) == (str(ANN), True, "Garden", GARDEN)
    assert rows(decision) == [{"what": "arm later called off", "by": "Ben", "area": "Garden"}]


def test_a_new_end_is_told_and_noted_with_its_time() -> None:
    home = two_areas(at="12:00")
    decision = home.do(Disarm(home.actor(BEN), area=GARDEN, until=berlin("15:00")))
    end = berlin("15:00").isoformat()
    who, silent, args = kept(decision)
    assert (who, silent) == (str(ANN), True)
    assert args == {"until": end, "by": "Ben", "area": "Garden", "ids": GARDEN}
    assert rows(decision) == [
        {"what": "kept as it is", "by": "Ben", "until": end, "area": "Garden"}
    ]


def test_an_end_that_would_have_changed_nothing_is_not_said_to_be_off() -> None:
    home = home_with()
    home.arm_now()
    home.hold("14:00", armed=True)
    decision = home.do(Disarm(home.actor(BEN)))
    assert not any("off" in words.args for words in sentences(decision.effects))
    assert home.timing.hold is None
