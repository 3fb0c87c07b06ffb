"""Values of any type that the state is made of, and the list of these types."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from alarm.core.quiet_hours import QuietHours
from alarm.core.schedule.windows import DAY, EVERY_DAY, Schedule, Window
from alarm.core.settings import (
    MAX_ABORT_WINDOW,
    MAX_ANSWERED_WAIT,
    MAX_CANCEL_WINDOW,
    MAX_CYCLES,
    MAX_ENTRY_DELAY,
    MAX_EXIT_DELAY,
    MAX_LOOKBACK,
    MAX_PAUSE,
    MAX_RECENT_CLOSING,
    MAX_SWINGER,
    MAX_THRESHOLD,
    MIN_ANSWERED_WAIT,
    MIN_CANCEL_WINDOW,
    MIN_CYCLES,
    MIN_LOOKBACK,
    MIN_RECENT_CLOSING,
    MIN_THRESHOLD,
    Mode,
    ModeSettings,
    Plan,
    Settings,
    TriggerRule,
)

_CENTURY = timedelta(days=36525)
_ZONES = st.sampled_from(
    [UTC, timezone(timedelta(hours=5, minutes=45)), timezone(-timedelta(hours=9, minutes=30))]
)
# Lone surrogates too: a file name or a broken emoji from elsewhere may hold one.
_TEXT = st.text(st.characters(exclude_categories=()), max_size=8)

_RULES = st.builds(
    TriggerRule,
    threshold=st.integers(MIN_THRESHOLD, MAX_THRESHOLD),
    lookback=st.timedeltas(MIN_LOOKBACK, MAX_LOOKBACK),
)

_WINDOWS = st.builds(
    Window,
    days=st.sets(st.sampled_from(EVERY_DAY), min_size=1).map(lambda days: tuple(sorted(days))),
    start=st.integers(0, DAY - 1),
    end=st.integers(0, DAY - 1),
    mode=st.sampled_from(Mode),
    id=st.integers(),
    paused=st.booleans(),
    area=_TEXT,
)


def _up_to(most: timedelta, least: timedelta = timedelta(0)) -> SearchStrategy[timedelta]:
    return st.timedeltas(least, most)


# Of types that refuse what is out of their bounds.
_bounded: dict[Any, SearchStrategy[Any]] = {
    TriggerRule: _RULES,
    ModeSettings: st.builds(
        ModeSettings,
        rule=_RULES,
        exit_delay=_up_to(MAX_EXIT_DELAY),
        entry_delay=_up_to(MAX_ENTRY_DELAY),
        cameras=st.none() | st.frozensets(_TEXT, max_size=3),
        distinct=st.integers(1, 10),
        privacy=st.booleans(),
    ),
    Plan: st.builds(
        Plan,
        abort_window=_up_to(MAX_ABORT_WINDOW),
        pause=_up_to(MAX_PAUSE),
        cycles=st.integers(MIN_CYCLES, MAX_CYCLES),
        ring=_up_to(_CENTURY),
        answered_wait=_up_to(MAX_ANSWERED_WAIT, MIN_ANSWERED_WAIT),
    ),
    Window: _WINDOWS,
    # Windows of one mode never clash.
    Schedule: st.builds(
        Schedule,
        windows=st.lists(
            _WINDOWS.map(lambda window: replace(window, mode=Mode.NIGHT)),
            max_size=3,
            unique_by=lambda window: window.id,
        ).map(tuple),
        off=st.booleans(),
    ),
    QuietHours: st.tuples(st.integers(0, 1439), st.integers(0, 1439))
    .filter(lambda minutes: minutes[0] != minutes[1])
    .map(lambda minutes: QuietHours(*minutes)),
}
# Single fields of a type that refuses what is out of their bounds.
_narrow: dict[tuple[Any, str], SearchStrategy[Any]] = {
    (Settings, "swinger"): st.integers(0, MAX_SWINGER),
    (Settings, "recent_closing"): st.just(timedelta(0))
    | _up_to(MAX_RECENT_CLOSING, MIN_RECENT_CLOSING),
    (Settings, "cancel_window"): st.just(timedelta(0))
    | _up_to(MAX_CANCEL_WINDOW, MIN_CANCEL_WINDOW),
}
_known: dict[Any, SearchStrategy[Any]] = {
    **_bounded,
    str: _TEXT,
    bool: st.booleans(),
    int: st.integers(),
    float: st.floats(allow_nan=False, allow_infinity=False),
    datetime: st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=_ZONES),  # noqa: DTZ001
    timedelta: st.timedeltas(-_CENTURY, _CENTURY),
    types.NoneType: st.none(),
}


def values_of(type_: Any) -> SearchStrategy[Any]:
    """Return a strategy for values of the type; a type that it does not know is an error."""
    if type_ not in _known:
        _known[type_] = _composed(type_)
    return _known[type_]


def _composed(type_: Any) -> SearchStrategy[Any]:
    origin, args = get_origin(type_), get_args(type_)
    if dataclasses.is_dataclass(type_):
        hints = get_type_hints(type_)
        fields = {
            name: _narrow[type_, name] if (type_, name) in _narrow else values_of(hints[name])
            for name in (field.name for field in dataclasses.fields(type_))
        }
        return st.builds(type_, **fields)  # type: ignore[arg-type]
    if origin in (Union, types.UnionType):
        return st.one_of([values_of(member) for member in args])
    if origin is tuple:
        return st.lists(values_of(args[0]), max_size=2).map(tuple)
    if origin is frozenset:
        return st.frozensets(values_of(args[0]), max_size=3)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return st.dictionaries(values_of(args[0]), values_of(args[1]), max_size=2)
    if isinstance(type_, type) and issubclass(type_, StrEnum):
        return st.sampled_from(list(type_))
    raise TypeError(f"no values known for {type_}")


def reachable(type_: Any) -> set[type[Any]]:
    """Return every dataclass that a value of the type can hold, itself included."""
    found: set[type[Any]] = set()
    ahead = [type_]
    while ahead:
        each = ahead.pop()
        ahead += get_args(each)
        if dataclasses.is_dataclass(each) and isinstance(each, type) and each not in found:
            found.add(each)
            ahead += get_type_hints(each).values()
    return found
