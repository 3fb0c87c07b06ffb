"""Change the schedule: told with old and new, and journaled. It is followed from its next edge."""

from __future__ import annotations

from dataclasses import replace

from alarm.core.actor import Actor
from alarm.core.clock_commands import RemoveWindow, SetWindow, SwitchSchedule
from alarm.core.deliveries import Lane, say
from alarm.core.draft import Draft
from alarm.core.errors import BadInput
from alarm.core.notices import Notice
from alarm.core.schedule.by_hand import settled
from alarm.core.schedule.notation import written
from alarm.core.schedule.windows import MAX_WINDOWS, Schedule, Window


def set_window(draft: Draft, command: SetWindow) -> None:
    schedule, window = draft.state.calendar.schedule, command.window
    if not window.id:
        window = replace(window, id=free_id(schedule))
        put(draft, replace(schedule, windows=(*schedule.windows, window)))
        tell(draft, command.actor, window.id, new=written(window))
        return
    old = known(schedule, window.id)
    windows = tuple(window if w.id == window.id else w for w in schedule.windows)
    put(draft, replace(schedule, windows=windows))
    tell(draft, command.actor, window.id, old=written(old), new=written(window))


def remove_window(draft: Draft, command: RemoveWindow) -> None:
    schedule = draft.state.calendar.schedule
    old = known(schedule, command.id)
    windows = tuple(w for w in schedule.windows if w.id != command.id)
    put(draft, replace(schedule, windows=windows))
    tell(draft, command.actor, command.id, old=written(old))


def switch(draft: Draft, command: SwitchSchedule) -> None:
    schedule = draft.state.calendar.schedule
    put(draft, replace(schedule, off=not command.on))
    tell(draft, command.actor, 0, old="off" if schedule.off else "on", new=on_off(command.on))


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


def put(draft: Draft, schedule: Schedule) -> None:
    """Take over a schedule; edges that it would have had before now are not caught up."""
    draft.set(calendar=replace(draft.state.calendar, schedule=schedule))
    for area in draft.state.areas.values():
        timing = area.timing
        timing = replace(timing, settled_at=settled(timing, draft.blink_now))
        draft.put_area(replace(area, timing=timing))


def tell(draft: Draft, actor: Actor, id_: int, *, old: str = "", new: str = "") -> None:
    """Tell what was changed; `id_` 0 is the schedule as a whole."""
    words = say(Notice.SCHEDULE_CHANGED, window=id_, old=old, new=new, by=actor.name)
    draft.tell(actor.chat_id, words, lane=Lane.ALARM)
    draft.tell_household(words, but=actor.chat_id, silent=True)
    draft.note("journal", what="schedule", by=actor.name, window=id_, old=old, new=new)
