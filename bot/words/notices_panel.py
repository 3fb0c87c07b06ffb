"""Notices about arming and disarming, by people here and in the Blink app."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from alarm.core.notices import Notice
from alarm.core.schedule.wishes import RESTLESS, armed_mode
from alarm.core.settings import Mode, PanelState
from alarm.core.state import Area
from bot.pages import Button, Page
from bot.words import times
from bot.words.areas import armed_at, headlines, in_mode, word_of
from bot.words.clockwork import clock_lines, off_lines
from bot.words.counting import NOT_WATCHING
from bot.words.markup import bold, page
from bot.words.notices_ahead import areas_of
from bot.words.panel import ARM, DISARM, OVER, REARM, answer, entry_now, of_area
from bot.words.readiness import warned, weak_points
from bot.words.said import Said, Wording


def panel_answer(said: Said) -> Page:
    return answer(said.words, said.state, said.view)


def disarmed(said: Said) -> Page:
    """`calls` is missing where no alarm was ended by it."""
    lines = [f"🔓 {word_of(PanelState.DISARMED)}{said.where()}."]
    sent = said.moment("sent_at")
    if sent:
        lines.append(f"You sent this at {sent}, it is done now.")
    if said.flag("over"):
        lines.append(OVER)
    if said.number("calls") is not None:
        lines.append(f"The alarm is over.{said.stopped()}")
    if said.raw("restored"):
        lines.append(f"Counts again: {said.names('restored')}.")
    clock = clock_lines(said.state, said.view)
    lines += [*said.called_off(), *overtaken(said), *_off(said), *clock, *_others(said)]
    return page(lines, arm_again(said))


def _off(said: Said) -> list[str]:
    return off_lines(said.raw("off"), said.view)


def _others(said: Said) -> list[str]:
    """Say what stays armed where only some areas were meant."""
    if not said.raw("area") or not said.state.armed:
        return []
    return headlines(said.state, said.view)


def _in_mode(said: Said) -> str:
    mode = said.raw("mode")
    return in_mode(Mode(mode), said.state) if mode in set(Mode) else ""


def armed_by(said: Said) -> Page:
    areas = areas_of(said)
    if any(area.panel in RESTLESS for area in areas):
        # It left late: what came of it is more important now.
        head = f"🔒 It was armed{_in_mode(said)}{said.where()}{said.by()} before."
        return page([*headlines(said.state, said.view), head, *_off(said)], [DISARM])
    mode = said.raw("mode")
    if said.raw("off") and mode and all(armed_mode(area) != mode for area in areas):
        return _only_off(said)
    if is_past(said, areas, mode):
        return past(said, f"🕘 Was {bold('armed')}{_in_mode(said)}")
    arming = [a for a in areas if a.panel is PanelState.ARMING and a.deadline]
    if arming:
        when = max((a.deadline for a in arming if a.deadline), default=None)
        head = f"⏳ {word_of(PanelState.ARMING)}{_in_mode(said)}{said.where()}{said.by()}"
        return page([f"{head}: {armed_at(when, said.view)}.", *_more(said)], [DISARM])
    head = f"🔒 {word_of(PanelState.ARMED)}{_in_mode(said)}{said.where()}{said.by()}"
    return page([f"{head}.", *_more(said)], [DISARM])


def is_past(said: Said, areas: list[Area], mode: str | None) -> bool:
    """Tell whether something newer came in all the areas; `mode`: what was made of them."""

    def holds(area: Area) -> bool:
        return armed_mode(area) == mode and area.changed_by == said.raw("by")

    return bool(areas) and not any(holds(area) for area in areas)


def past(said: Said, head: str) -> Page:
    """Tell late what a person did, and how it is now."""
    at = said.moment("at")
    when = f" at {at}" if at else ""
    lines = [f"{head}{said.where()}{said.by()}{when}.", *overtaken(said), *_off(said)]
    return page([*lines, *headlines(said.state, said.view)], arm_again(said))


def _only_off(said: Said) -> Page:
    """Say what is off where the news itself left late, and is overtaken."""
    lines = [*_off(said), *headlines(said.state, said.view)]
    return page([*lines, *clock_lines(said.state, said.view)])


def _more(said: Said) -> list[str]:
    """Say what the others must know of an arming: until when, and whether anything watches."""
    clock = clock_lines(said.state, said.view)
    blind = [p for p in weak_points(said.state, said.view) if p.startswith(NOT_WATCHING)]
    return [*_off(said), *clock, *warned(blind)]


def disarmed_by(said: Said) -> Page:
    only_off = said.raw("off") and not said.raw("overtaken")
    if only_off and all(armed_mode(area) for area in areas_of(said)):
        return _only_off(said)
    if is_past(said, areas_of(said), None):
        return past(said, f"🕘 Was {bold('disarmed')}")
    head = f"🔓 {word_of(PanelState.DISARMED)}{said.where()}{said.by()}."
    clock = clock_lines(said.state, said.view)
    return page([head, *overtaken(said), *_off(said), *clock], arm_again(said))


def overtaken(said: Said) -> list[str]:
    """Say that a late command ended what the schedule had armed since it was sent."""
    if not said.raw("overtaken"):
        return []
    sent = said.moment("sent") or "earlier"
    newer = bold(f"The schedule had armed ({said.name('overtaken')}) since then")
    return [f"⚠️ Sent at {sent}, done late. {newer}: that is ended. Press Arm to guard again."]


def arm_again(said: Said) -> list[Button]:
    """Offer the arming that was ended."""
    mode, network = said.raw("overtaken"), said.raw("network")
    if mode not in set(Mode):
        return []
    return [replace(ARM, about=f"{mode}:{network}" if network in said.state.areas else mode)]


def _of_its_area(said: Said, *buttons: Button) -> list[Button]:
    return [of_area(button, said.raw("network"), said.state) for button in buttons]


def not_watching(said: Said) -> Page:
    return page(
        [
            f"⛔ {NOT_WATCHING}{said.where()}.",
            "Blink did not confirm that it is armed, so no camera may be recording.",
            (
                "It is tried again by itself. Meanwhile arm Blink in its own app, "
                "and look at /status in a minute."
            ),
        ],
        _of_its_area(said, DISARM),
    )


def watching_again(said: Said) -> Page:
    return page([f"✅ {bold('Watching again')}{said.where()}: Blink is armed."])


def network_disarmed(said: Said) -> Page:
    return page(
        [
            f"⛔ {NOT_WATCHING}{said.where()}.",
            "Blink was disarmed in its own app, not here. The cameras record nothing.",
            "Press Arm to arm Blink again, or Disarm if you want it off.",
        ],
        _of_its_area(said, REARM, DISARM),
    )


def network_armed(said: Said) -> Page:
    return page(
        [
            f"ℹ️ {bold('Blink was armed')}{said.where()} in its own app, not here.",
            "Here it stays disarmed: nothing rings. Press Arm to guard.",
        ],
        _of_its_area(said, ARM),
    )


def entry_delay(said: Said) -> Page:
    if any(a.panel is PanelState.PENDING and a.deadline for a in said.state.areas.values()):
        return entry_now(said.state, said.view)
    left = said.duration("seconds") or timedelta(0)
    return page(
        [
            f"⏳ {bold('Motion')}{said.where()}: {said.names('cameras')}",
            f"The alarm starts {bold(f'in {times.rough(left)}')}. Is it you? Press Disarm.",
        ],
        [DISARM],
    )


def not_armed(said: Said) -> Page:
    return page(["Blink stays as it is:", *headlines(said.state, said.view)])


def exit_over(said: Said) -> Page:
    """Answer a button of an exit delay that is over with what is true now."""
    lines = headlines(said.state, said.view, already=True)
    if not said.state.armed:
        return page([*lines, "No exit delay runs, so nothing was changed."])
    if said.raw("asked") == "extend":
        lines.append("It is armed already: no time can be added. Still inside? Press Disarm.")
    else:
        lines.append("Too late to cancel: that arming is over. Disarm ends what is armed now.")
    return page(lines, _of_its_area(said, DISARM))


def old_arm(said: Said) -> Page:
    sent = said.instant("sent_at")
    when = f" {times.ago(sent, said.view)} ({said.moment('sent_at')})" if sent else ""
    asked = f"sent /arm{when}" if sent else "pressed Arm"
    if said.state.armed:
        return page([*headlines(said.state, said.view, already=True), f"You {asked}."])
    return page([f"🔓 {bold('Not armed.')} You {asked}, while I was away. Arm now?"], [ARM])


TABLE: dict[Notice, Wording] = {
    Notice.PANEL_ARMED: panel_answer,
    Notice.PANEL_ALREADY: panel_answer,
    Notice.NOT_ARMED: not_armed,
    Notice.EXIT_OVER: exit_over,
    Notice.DISARMED: disarmed,
    Notice.ARMED_BY: armed_by,
    Notice.DISARMED_BY: disarmed_by,
    Notice.NOT_WATCHING: not_watching,
    Notice.WATCHING_AGAIN: watching_again,
    Notice.NETWORK_DISARMED: network_disarmed,
    Notice.NETWORK_ARMED: network_armed,
    Notice.ENTRY_DELAY: entry_delay,
    Notice.OLD_ARM: old_arm,
}
