"""Change the schedule: told with old and new, and journaled. It is followed from its next edge."""

from __future__ import annotations

from dataclasses import replace

from alarm.core.actor import Actor
from alarm.core.clock_commands import RemoveWindow, SetWindow, SwitchSchedule
from alarm.core.deliveries import Lane, say
from alarm.core.draft import Draft
from alarm.core.errors import BadInput
from alarm.core.notices import Notice
from alarm.core.schedule.by_hand import about_off, settled
from alarm.core.schedule.notation import written
from alarm.core.schedule.windows import ALL_AREAS, MAX_WINDOWS, Schedule, Window
from alarm.core.schedule.wishes import Change, Why, wanted
from alarm.core.settings import Mode


def set_window(draft: Draft, command: SetWindow) -> None:
    schedule, window = draft.state.calendar.schedule, command.window
    old = known(schedule, window.id) if window.id else None
    kept = ALL_AREAS if old is None else old.area
    if window.area not in (ALL_AREAS, kept, *draft.state.areas):
        raise BadInput("That area is not known here.")
    if old is None:
        window = replace(window, id=free_id(schedule))
        windows = (*schedule.windows, window)
    else:
        windows = tuple(window if w.id == window.id else w for w in schedule.windows)
    off = put(draft, replace(schedule, windows=windows))
    tell(draft, command.actor, window.id, off, old=old, new=window)


def remove_window(draft: Draft, command: RemoveWindow) -> None:
    schedule = draft.state.calendar.schedule
    old = known(schedule, command.id)
    windows = tuple(w for w in schedule.windows if w.id != command.id)
    off = put(draft, replace(schedule, windows=windows))
    tell(draft, command.actor, command.id, off, old=old)


def switch(draft: Draft, command: SwitchSchedule) -> None:
    schedule = draft.state.calendar.schedule
    about = about_off(put(draft, replace(schedule, off=not command.on)))
    old, new = on_off(not schedule.off), on_off(command.on)
    announce(draft, command.actor, 0, about, old=old, new=new)


def on_off(on: bool) -> str:
    return "on" if on else "off"


def known(schedule: Schedule, id_: int) -> Window:
    window = schedule.find(id_)
    if window is None:
        raise BadInput(f"There is no window {id_}.")
    return window


def free_id(schedule: Schedule) -> int:
    taken = {window.id for window in schedule.windows}
    return next(n for n in range(1, MAX_WINDOWS + 2) if n not in taken)


def put(draft: Draft, schedule: Schedule) -> list[Change]:
    """Take over a schedule; edges that it would have had before now are not caught up.

    An area that the change does not concern keeps what it has still to catch up. Return the
    armings that had been put off, and that the schedule does not want any more.
    """
    off = []
    before = draft.state.calendar.schedule
    draft.set(calendar=replace(draft.state.calendar, schedule=schedule))
    for area in draft.state.areas.values():
        if schedule.of(area.network_id) == before.of(area.network_id):
            continue
        timing = area.timing
        timing = replace(timing, settled_at=settled(timing, draft.blink_now))
        draft.put_area(replace(area, timing=timing))
        off += drop_unwanted(draft, area.network_id)
    return off


def drop_unwanted(draft: Draft, network_id: str) -> list[Change]:
    """Drop what was put off to a moment at which the schedule wants it no longer; return that."""
    area = draft.state.areas[network_id]
    put_off = area.timing.put_off
    if put_off is None or wanted(draft.state, area, put_off.at) is Mode.AWAY:
        return []
    draft.put_area(replace(area, timing=replace(area.timing, put_off=None)))
    return [Change(put_off.at, Mode.AWAY, Why.SCHEDULE)]


def tell(
    draft: Draft,
    actor: Actor,
    id_: int,
    off: list[Change],
    *,
    old: Window | None = None,
    new: Window | None = None,
) -> None:
    """Tell what was changed, and of which area."""
    args = {key: written(w) if w else "" for key, w in (("old", old), ("new", new))}
    places = {key: place(draft, w) if w else "" for key, w in (("old_area", old), ("area", new))}
    named = {key: name for key, name in places.items() if name}
    announce(draft, actor, id_, about_off(off), **args, **named)


def place(draft: Draft, window: Window) -> str:
    """Return the name of the area that a window concerns; nothing where it is all there are."""
    areas = draft.state.areas
    if window.area == ALL_AREAS or set(areas) == {window.area}:
        return ""
    return areas[window.area].name if window.area in areas else window.area


def announce(draft: Draft, actor: Actor, id_: int, off: dict[str, str], **args: str) -> None:
    """Tell old and new, and what is off by it; `id_` 0 is the schedule as a whole."""
    words = say(Notice.SCHEDULE_CHANGED, window=id_, by=actor.name, **off, **args)
    draft.tell(actor.chat_id, words, lane=Lane.ALARM)
    draft.tell_household(words, but=actor.chat_id, silent=True)
    draft.note("journal", what="schedule", by=actor.name, window=id_, **args)
