"""The message of an arming: its answer, and what the same message says later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from alarm.core.deliveries import PanelBody, Words
from alarm.core.notices import Notice
from alarm.core.settings import PanelState
from alarm.core.state import State
from bot.pages import Button, Page, Press
from bot.words import times
from bot.words.areas import at_rest, by_camera, headlines, in_area
from bot.words.clockwork import clock_lines, off_lines
from bot.words.counting import counts_in_armed
from bot.words.markup import bold, counted, name, page
from bot.words.readiness import warned, weak_points
from bot.words.view import View

EXTEND = Button("+60 s", Press.EXTEND)
DISARM = Button("Disarm", Press.DISARM)
ARM = Button("Arm", Press.ARM)
# Of Blink alone, in the mode that the panel is in.
REARM = Button("Arm", Press.REARM)
NO_DELAY = "⚠️ No exit delay: it was armed already. Still inside? Disarm, then arm again."
OVER = "The time that you named is over already, so it has no end now."


def of_area(button: Button, network_id: str, state: State) -> Button:
    """Let a button be about one area alone, in a home with several."""
    if network_id not in state.areas or len(state.areas) == 1:
        return button
    match button.press:
        case Press.DISARM:
            # What *Disarm* is about is an alert.
            return replace(button, press=Press.DISARM_AREA, about=network_id)
        case Press.ARM:
            return replace(button, about=f":{network_id}")
    return replace(button, about=network_id)


def panel(body: PanelBody, state: State, view: View) -> Page:
    """Answer an arming with what is now true."""
    return answer(body.words, state, view, body.area_ids)


def panel_now(state: State, view: View) -> Page:
    """Word the same message again, after something changed."""
    first = headlines(state, _until_edited(state, view))
    lines = [*first, *clock_lines(state, view), *_readiness(state, view)]
    return page(lines, *_buttons(state))


def panel_edited(chat: str, message_id: int, state: State, view: View) -> Page:
    """Word a message of the panel again, whichever it is and whatever became of it."""
    if state.entry_messages.get(chat) == message_id:
        return entry_now(state, view)
    older = state.panel_messages.get(chat) != message_id
    if older and any(area.panel is PanelState.TRIGGERED for area in state.areas.values()):
        # Nobody edits this message any more: it must not say how things are.
        return page(["⏳ The motion became an alarm: its message says how it stands."])
    if older and any_arming(state):
        # The arming that it was about is over; the buttons of this one are not meant for it.
        return panel_retired()
    return panel_now(state, view)


def panel_retired() -> Page:
    """Word a panel message which stands above a newer one and is edited no more."""
    return page(["⤵️ It goes on below."])


def any_arming(state: State) -> bool:
    return any(area.panel is PanelState.ARMING for area in state.areas.values())


def entry_now(state: State, view: View) -> Page:
    """Word the warning of an entry delay with the time that is left; then what came of it.

    Name the moment in the panel's own time: the message may arrive late.
    """
    pending = [a for a in state.areas.values() if a.panel is PanelState.PENDING and a.deadline]
    if not pending:
        return panel_now(state, view)
    lines = []
    for area in pending:
        cameras = by_camera(area.entry.events) if area.entry else ""
        lines.append(f"⏳ {bold('Motion')}{in_area(area.name, state)}: {cameras}")
    ends = min(area.deadline for area in pending if area.deadline)
    when = f"at {times.moment(ends, view, seconds=True)}"
    if not _until_edited(state, view).lasting:
        when = f"{times.left(ends, view)} ({when})"
    return page([*lines, f"The alarm starts {bold(when)}. Is it you? Press Disarm."], [DISARM])


def answer(words: Words, state: State, view: View, area_ids: Sequence[str] = ()) -> Page:
    """`area_ids`: the areas that it is about."""
    already = words.notice is not Notice.PANEL_ARMED
    by = name(str(words.args.get("by") or "")) if words.args.get("by") else "somebody"
    sent_at = times.instant(words.args.get("sent_at"))
    lines = headlines(state, _until_edited(state, view), already=already)
    if sent_at is not None:
        lines.append(f"You sent this at {times.moment(sent_at, view)}, it is done now.")
    if not state.armed or not (already or at_rest(state)):
        # Something else happened before this answer left; it still says that the order was done.
        lines.append(f"It was armed by {by} before.")
    if words.args.get("over") is True:
        lines.append(OVER)
    if words.args.get("no_delay") is True and state.armed:
        lines.append(NO_DELAY)
    if words.args.get("busy") is True:
        lines.append("An alarm is on: end it with Disarm or False alarm, then change the mode.")
    lines += off_lines(str(words.args.get("off") or ""), view)
    lines += clock_lines(state, view)
    return page([*lines, *_readiness(state, view)], *_buttons(state, area_ids))


def _until_edited(state: State, view: View) -> View:
    """Return the view for the time that is left: where nothing counts it down, it is not told."""
    return view if state.settings.exit_progress else view.to_last()


def _readiness(state: State, view: View) -> list[str]:
    if not state.armed:
        return []
    weak = weak_points(state, view)
    if weak or not at_rest(state):
        return warned(weak)
    count = sum(counts_in_armed(camera, state) for camera in state.cameras.values())
    return [f"✅ Nothing is missing: {counted(count, 'camera')}, phone, Blink."]


def _buttons(state: State, area_ids: Sequence[str] = ()) -> list[list[Button]]:
    if any_arming(state):
        return [[cancel(state, area_ids), EXTEND]]
    return [[DISARM]] if state.armed else []


def cancel(state: State, area_ids: Sequence[str] = ()) -> Button:
    """Offer to end the arming of these areas that runs now; none that begins after it."""
    arming = [
        area
        for area in state.areas.values()
        if area.panel is PanelState.ARMING and (not area_ids or area.network_id in area_ids)
    ]
    begun = max((int(a.changed_at.timestamp()) for a in arming if a.changed_at), default="")
    one = len(area_ids) == 1 < len(state.areas)
    return Button("Cancel", Press.CANCEL, f"{area_ids[0] if one else ''}:{begun}")
