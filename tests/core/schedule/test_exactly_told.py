"""Every change by the clock: the answer, what the others hear, and the row of the journal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest

from alarm.core.clock_commands import (
    EndVacation,
    GoOnVacation,
    RemoveWindow,
    SetWindow,
    SwitchSchedule,
)
from alarm.core.deliveries import Lane, WordsBody
from alarm.core.draft import Decision
from alarm.core.errors import BadInput
from alarm.core.notices import Notice
from alarm.core.schedule.windows import MAX_WINDOWS
from tests.core.home import ANN, BEN, HOUR
from tests.core.schedule.timed import (
    AWAY,
    DAYS_OUT,
    NIGHT,
    NIGHTS,
    TimedHome,
    berlin,
    home_with,
)

END = "2026-03-08 00:00"


def iso(text: str) -> str:
    return berlin(text).isoformat()


def vacation(home: TimedHome) -> Decision:
    home.leave(END)
    return home.do(EndVacation(home.actor(ANN)))


def shorter(home: TimedHome) -> Decision:
    home.leave(END)
    return home.do(GoOnVacation(home.actor(ANN), berlin("2026-03-07 12:00")))


def planned(home: TimedHome) -> Decision:
    home.later("15:00", NIGHT, "18:00")
    return home.drop_plan()


def kept(home: TimedHome) -> Decision:
    home.hold("15:00", armed=True)
    return home.keep("15:00")


def prolonged(home: TimedHome) -> Decision:
    home.hold("15:00", armed=True)
    return home.keep("15:00", HOUR)


TOMORROW = "2026-03-05 08:00"


def put_off(by: timedelta | None = None) -> Callable[[TimedHome], Decision]:
    def act(home: TimedHome) -> Decision:
        home.set_window(replace(DAYS_OUT, id=0))
        home.at("2026-03-05 07:30")
        return home.skip(TOMORROW, by)

    return act


def switched(on: bool) -> Callable[[TimedHome], Decision]:
    def act(home: TimedHome) -> Decision:
        if on:
            home.do(SwitchSchedule(home.actor(ANN), on=False))
        return home.do(SwitchSchedule(home.actor(ANN), on=on))

    return act


@dataclass(frozen=True)
class Told:
    """What is said to everybody, and the row beside `by`."""

    act: Callable[[TimedHome], Decision]
    notice: Notice
    args: dict[str, Any]
    row: dict[str, Any] = field(default_factory=dict)


CHANGED = Notice.SCHEDULE_CHANGED
LATER = replace(NIGHTS, start=23 * 60)
CASES = {
    "a window is added": Told(
        lambda home: home.do(SetWindow(home.actor(ANN), replace(DAYS_OUT, id=0, paused=True))),
        CHANGED,
        {"window": 2, "old": "", "new": "mon-fri 8:00-17:00 away (paused)"},
        {"what": "schedule", "window": 2, "old": "", "new": "mon-fri 8:00-17:00 away (paused)"},
    ),
    "a window is changed": Told(
        lambda home: home.do(SetWindow(home.actor(ANN), LATER)),
        CHANGED,
        {"window": 1, "old": "daily 22:00-6:30 night", "new": "daily 23:00-6:30 night"},
        {"what": "schedule", "window": 1, "old": "daily 22:00-6:30 night"},
    ),
    "a window is removed": Told(
        lambda home: home.do(RemoveWindow(home.actor(ANN), 1)),
        CHANGED,
        {"window": 1, "old": "daily 22:00-6:30 night", "new": ""},
        {"what": "schedule", "window": 1, "new": ""},
    ),
    "it is switched off": Told(
        switched(on=False),
        CHANGED,
        {"window": 0, "old": "on", "new": "off"},
        {"what": "schedule", "window": 0, "old": "on", "new": "off"},
    ),
    "it is switched on": Told(
        switched(on=True),
        CHANGED,
        {"window": 0, "old": "off", "new": "on"},
        {"what": "schedule", "window": 0, "old": "off", "new": "on"},
    ),
    "a vacation begins": Told(
        lambda home: home.leave(END),
        Notice.VACATION_SET,
        {"until": iso(END), "old": None},
        {"what": "vacation", "until": iso(END)},
    ),
    "a vacation is made shorter": Told(
        shorter,
        Notice.VACATION_SET,
        {"until": iso("2026-03-07 12:00"), "old": iso(END)},
        {"what": "vacation", "until": iso("2026-03-07 12:00")},
    ),
    "a vacation is ended": Told(vacation, Notice.VACATION_OVER, {}, {"what": "vacation ended"}),
    "arming is put off": Told(
        lambda home: home.later("15:00", NIGHT, "18:00"),
        Notice.ARM_PLANNED,
        {"at": iso("15:00"), "mode": "night", "until": iso("18:00")},
        {"what": "arm later", "at": iso("15:00")},
    ),
    "an arming to come is called off": Told(
        planned, Notice.PLAN_DROPPED, {}, {"what": "arm later called off"}
    ),
    "a scheduled arming is put off": Told(
        put_off(HOUR),
        Notice.ARMING_SKIPPED,
        {"at": iso(TOMORROW), "later": iso("2026-03-05 09:00"), "over": False},
        {"what": "scheduled arming put off", "at": iso(TOMORROW)},
    ),
    "a scheduled arming is put off beyond its window": Told(
        put_off(9 * HOUR),
        Notice.ARMING_SKIPPED,
        {"at": iso(TOMORROW), "later": None, "over": True},
        {"what": "scheduled arming put off", "at": iso(TOMORROW)},
    ),
    "a scheduled arming is called off": Told(
        put_off(),
        Notice.ARMING_SKIPPED,
        {"at": iso(TOMORROW), "later": None, "over": False},
        {"what": "scheduled arming put off", "at": iso(TOMORROW)},
    ),
    "a timed command stays": Told(
        kept, Notice.HOLD_KEPT, {"until": None}, {"what": "kept as it is", "until": None}
    ),
    "a timed command stays longer": Told(
        prolonged,
        Notice.HOLD_KEPT,
        {"until": iso("16:00")},
        {"what": "kept as it is", "until": iso("16:00")},
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_it_is_answered_told_and_journaled(case: Told) -> None:
    decision = case.act(home_with(NIGHTS))
    said = {
        d.target: (d.lane, d.body.silent)
        for d in decision.effects
        if isinstance(d.body, WordsBody) and d.body.words.notice is case.notice
    }
    # The answer goes with the alarms and rings; the others are told in passing.
    assert said == {str(ANN): (Lane.ALARM, False), str(BEN): (Lane.CHAT, True)}
    for delivery in decision.effects:
        if isinstance(delivery.body, WordsBody) and delivery.body.words.notice is case.notice:
            assert delivery.body.words.args == case.args | {"by": "Ann"}
    rows = [row for row in decision.rows if row.data["what"] == case.row["what"]]
    assert [row.kind for row in rows] == ["journal"]
    assert rows[0].data["by"] == "Ann"
    assert case.row.items() <= rows[0].data.items()


@pytest.mark.parametrize(
    ("act", "notice"),
    [
        (lambda home: home.drop_plan(), Notice.NOTHING_TO_SKIP),
        (lambda home: home.skip(TOMORROW), Notice.NOTHING_TO_SKIP),
        (lambda home: home.keep(TOMORROW), Notice.NOTHING_TO_KEEP),
    ],
)
def test_a_button_of_what_is_no_more_answers_how_it_is(
    act: Callable[[TimedHome], Decision], notice: Notice
) -> None:
    home = home_with(NIGHTS)
    home.at("22:00")
    (delivery,) = [d for d in act(home).effects if isinstance(d.body, WordsBody)]
    assert isinstance(delivery.body, WordsBody)
    assert (delivery.target, delivery.lane) == (str(ANN), Lane.ALARM)
    assert (delivery.body.words.notice, dict(delivery.body.words.args)) == (
        notice,
        {"panel": "armed"},
    )


def test_every_number_up_to_the_last_one_can_be_given() -> None:
    home = home_with()
    for minute in range(MAX_WINDOWS):
        home.set_window(replace(DAYS_OUT, id=0, start=minute, end=minute + 1))
    ids = [window.id for window in home.state.calendar.schedule.windows]
    assert ids == list(range(1, MAX_WINDOWS + 1))
    with pytest.raises(BadInput, match=f"at most {MAX_WINDOWS} windows"):
        home.set_window(replace(DAYS_OUT, id=0, start=60, end=61))


def test_windows_get_the_lowest_free_number() -> None:
    home = home_with(NIGHTS)
    days = replace(DAYS_OUT, id=0)
    for hour in (8, 10):
        home.do(SetWindow(home.actor(ANN), replace(days, start=hour * 60, end=hour * 60 + 60)))
    home.do(RemoveWindow(home.actor(ANN), 1))
    home.do(SetWindow(home.actor(ANN), replace(NIGHTS, id=0)))
    ids = [window.id for window in home.state.calendar.schedule.windows]
    assert ids == [2, 3, 1]


def test_a_changed_window_leaves_the_others_as_they_are() -> None:
    home = home_with(NIGHTS, DAYS_OUT)
    home.do(SetWindow(home.actor(ANN), LATER))
    assert home.state.calendar.schedule.windows == (LATER, DAYS_OUT)


def test_what_is_planned_and_who_left_is_remembered() -> None:
    home = home_with(NIGHTS)
    home.later("15:00", NIGHT, "18:00")
    found = home.area.timing.planned
    assert found is not None
    assert (found.at, found.mode, found.by, found.until) == (
        berlin("15:00"),
        NIGHT,
        "Ann",
        berlin("18:00"),
    )
    home.leave(END)
    left = home.state.calendar.vacation
    assert left is not None
    assert (left.until, left.by) == (berlin(END), "Ann")
    assert home.area.mode is AWAY


def test_a_vacation_may_last_a_leap_year_and_not_a_second_longer() -> None:
    home = home_with(NIGHTS)
    longest = home.now + timedelta(days=366)
    home.do(GoOnVacation(home.actor(ANN), longest))
    for until in (longest + timedelta(seconds=1), home.now):
        with pytest.raises(BadInput, match=r"^A vacation ends in the future, at most a year"):
            home.do(GoOnVacation(home.actor(ANN), until))


def test_a_window_that_is_not_there_is_refused_by_its_number() -> None:
    home = home_with(NIGHTS)
    with pytest.raises(BadInput, match=r"^There is no window 7\.$"):
        home.do(RemoveWindow(home.actor(ANN), 7))
