"""News of arming and disarming: whether it is still true when it leaves, or something newer is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from alarm.core.deliveries import Delivery, Words
from alarm.core.notices import Notice
from alarm.core.schedule.wishes import armed_mode, away_at
from alarm.core.settings import PanelState
from alarm.core.state import Area, State

# What one person takes back so soon is worth one message: the last.
SOON = timedelta(minutes=2)
# With the words, one of their areas, and when they were said.
Check = Callable[[State, Words, Area, datetime], bool]


def still_true(state: State, delivery: Delivery, words: Words) -> bool:
    """Tell whether it is so in one of the areas that it is about."""
    check = CHECKS.get(words.notice)
    if check is None or words.args.get("off"):
        # That a plan of somebody is off is said once, however late.
        return True
    said_at = delivery.created_at
    return any(check(state, words, area, said_at) for area in areas_of(state, words))


def areas_of(state: State, words: Words) -> list[Area]:
    """Return the areas that a notice is about; all of them where it names none."""
    ids = str(words.args.get("ids") or "")
    return [a for a in state.areas.values() if not ids or a.network_id in ids.split(",")]


def of_person(check: Check) -> Check:
    """Return a check of what a person did: it is told, if only as past, unless taken back at once.

    Everybody reads who armed and who disarmed, however much came after it.
    """

    def worth_telling(state: State, words: Words, area: Area, said_at: datetime) -> bool:
        if area.changed_at is None or check(state, words, area, said_at):
            return True
        soon = area.changed_at - said_at <= SOON
        return not (soon and area.changed_by == words.args.get("by"))

    return worth_telling


def armed(_state: State, words: Words, area: Area, said_at: datetime) -> bool:
    return armed_mode(area) == words.args.get("mode") and not is_older(said_at, area)


def disarmed(_state: State, _words: Words, area: Area, said_at: datetime) -> bool:
    return area.panel is PanelState.DISARMED and not is_older(said_at, area)


def is_older(said_at: datetime, area: Area) -> bool:
    """Tell whether the area was armed or disarmed once more since."""
    return area.changed_at is not None and said_at < area.changed_at


def away_soon(state: State, words: Words, area: Area, said_at: datetime) -> bool:
    blink_time = said_at + (state.clock.skew or timedelta(0))
    return is_moment(away_at(state, area, blink_time), words.args.get("at"))


def hold_ends(_state: State, words: Words, area: Area, _said_at: datetime) -> bool:
    hold = area.timing.hold
    return hold is not None and is_moment(hold.until, words.args.get("until"))


def kept(state: State, words: Words, area: Area, said_at: datetime) -> bool:
    return words.args.get("until") is None or hold_ends(state, words, area, said_at)


def is_moment(at: datetime | None, told: object) -> bool:
    return at is not None and at.isoformat() == told


CHECKS: dict[Notice, Check] = {
    Notice.ARMED_BY: of_person(armed),
    Notice.SCHEDULE_ARMED: armed,
    Notice.DISARMED_BY: of_person(disarmed),
    Notice.SCHEDULE_DISARMED: disarmed,
    Notice.AWAY_SOON: away_soon,
    Notice.HOLD_ENDS: hold_ends,
    Notice.HOLD_KEPT: kept,
}
