"""The entry delay: time to disarm between the motion of who comes home and the alarm."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from alarm.core import incidents
from alarm.core.deliveries import Lane, say
from alarm.core.draft import Draft
from alarm.core.messages import refresh_panel_messages
from alarm.core.notices import Notice
from alarm.core.rule import Tripped
from alarm.core.settings import PanelState
from alarm.core.state import Area, Entry


def start(draft: Draft, area: Area, tripped: Tripped, delay: timedelta, late: timedelta) -> None:
    """Warn of what tripped a rule, and let the alarm begin after `delay`."""
    burst = tripped.events
    area = replace(
        area,
        panel=PanelState.PENDING,
        deadline=draft.now + delay,
        entry=Entry(burst, late, tripped.rule_text),
    )
    draft.put_area(area)
    cameras = ", ".join(dict.fromkeys(event.camera_name for event in burst))
    seconds = round(delay.total_seconds())
    words = say(
        Notice.ENTRY_DELAY,
        area=area.name,
        network=area.network_id,
        cameras=cameras,
        seconds=seconds,
    )
    draft.tell_household(words, lane=Lane.ALARM)
    draft.note("journal", what="entry delay", area=area.name, cameras=cameras)
    refresh_panel_messages(draft)


def shorten(draft: Draft, area: Area, delay: timedelta) -> None:
    """Let a running entry delay end sooner, never later."""
    if area.deadline is not None and draft.now + delay < area.deadline:
        draft.put_area(replace(area, deadline=draft.now + delay))


def end(draft: Draft, area: Area, entry: Entry) -> None:
    """Open the incident for what began the delay and for what came in it."""
    first = entry.events[0].created_at
    known = {event.key for event in entry.events}
    since = [c.event for c in area.unspent if c.event.created_at >= first]
    events = [*entry.events, *(event for event in since if event.key not in known)]
    burst = tuple(sorted(events, key=lambda event: (event.created_at, event.key)))
    incidents.open_burglary(draft, area, burst, area.mode, entry.late, entry.rule_text)
