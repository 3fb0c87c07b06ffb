"""The schedule in the whole alarm: on the panel, at Blink, in Telegram, over restarts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from alarm.core.schedule import wishes
from alarm.core.schedule.calendar import Calendar
from alarm.core.schedule.windows import EVERY_DAY, Schedule, Window
from alarm.core.settings import Mode, ModeSettings, PanelState, Settings
from simulator.faults import Fault, FaultKind
from tests.bot.running.inside import Inside, living

SETTINGS = Settings(
    {
        Mode.AWAY: ModeSettings(exit_delay=timedelta(0)),
        Mode.NIGHT: ModeSettings(exit_delay=timedelta(0)),
    },
    zone="UTC",
)


@pytest.fixture
async def inside(tmp_path: Path) -> AsyncIterator[Inside]:
    async with living(tmp_path, armed=False, settings=SETTINGS) as home:
        home.town.env["TIMEZONE"] = "UTC"
        yield home


def with_window(inside: Inside, mode: Mode) -> datetime:
    """Leave a daily window that begins in an hour or two and lasts for two; return its start."""
    now = inside.hand.now()
    start = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=2)
    end = start + timedelta(hours=2)
    window = Window(EVERY_DAY, start.hour * 60, end.hour * 60, mode, 1)

    inside.rewrite(lambda state: replace(state, calendar=Calendar(Schedule((window,)))))
    return start


def panel(inside: Inside) -> str:
    (area,) = inside.state.areas.values()
    return area.mode.value if area.panel is not PanelState.DISARMED else "disarmed"


def forward_to(inside: Inside, at: datetime) -> None:
    inside.forward((at - inside.hand.now()).total_seconds())


async def confirmed(inside: Inside) -> None:
    """Wait until a cloud has confirmed the clock, and a tick has seen it."""
    await inside.town.until(lambda: wishes.confirmed(inside.state))
    inside.forward(1)


async def test_an_edge_arms_blink_and_is_told_and_the_next_one_disarms(inside: Inside) -> None:
    start = with_window(inside, Mode.NIGHT)
    await inside.start()
    await confirmed(inside)
    forward_to(inside, start - timedelta(seconds=30))
    assert panel(inside) == "disarmed"
    forward_to(inside, start + timedelta(seconds=1))
    assert panel(inside) == "night"
    armed = await inside.town.said("Now armed (night) by the schedule")
    assert armed.silent
    await inside.town.until(inside.town.blink.armed)
    forward_to(inside, start + timedelta(hours=2, seconds=1))
    assert panel(inside) == "disarmed"
    await inside.town.said("Now disarmed by the schedule")
    await inside.town.until(lambda: not inside.town.blink.armed())


async def test_an_edge_that_passed_while_off_is_caught_up_with_its_time(inside: Inside) -> None:
    start = with_window(inside, Mode.NIGHT)
    await inside.start()
    await confirmed(inside)
    await inside.stop()
    inside.hand.forward((start - inside.hand.now()).total_seconds() + 1800)
    await inside.start()
    await inside.town.until(lambda: panel(inside) == "night")
    await inside.town.said(f"It was due at {start:%H:%M}.")


async def test_while_blink_is_out_of_reach_telegram_confirms_the_clock(inside: Inside) -> None:
    start = with_window(inside, Mode.NIGHT)
    await inside.start()
    await confirmed(inside)
    await inside.stop()
    inside.town.blink.faults.add(".*", Fault(FaultKind.STATUS, status=503))
    inside.hand.forward((start - inside.hand.now()).total_seconds() + 1800)
    await inside.start()
    await inside.town.until(lambda: panel(inside) == "night")


async def test_the_buttons_ahead_of_an_away_arming_put_it_off(inside: Inside) -> None:
    start = with_window(inside, Mode.AWAY)
    await inside.start()
    await confirmed(inside)
    forward_to(inside, start - timedelta(minutes=9))
    notice = await inside.town.said(f"To be armed (away) by the schedule at {start:%H:%M}")
    assert notice.silent
    await inside.town.press("In 1 h", "To be armed (away) at", message=notice)
    forward_to(inside, start + timedelta(minutes=5))
    assert panel(inside) == "disarmed"
    forward_to(inside, start + timedelta(minutes=51))
    later = await inside.town.said(
        lambda m: "To be armed (away) by the schedule" in m.text and m.id > notice.id
    )
    await inside.town.press("Not tonight", "Not armed at", message=later)
    forward_to(inside, start + timedelta(minutes=65))
    assert panel(inside) == "disarmed"


async def test_not_tonight_under_the_first_notice_calls_off_what_was_put_off(
    inside: Inside,
) -> None:
    start = with_window(inside, Mode.AWAY)
    await inside.start()
    await confirmed(inside)
    forward_to(inside, start - timedelta(minutes=9))
    notice = await inside.town.said(f"To be armed (away) by the schedule at {start:%H:%M}")
    put_off = await inside.town.press("In 1 h", "To be armed (away) at", message=notice)
    assert [text for row in put_off.buttons for text, _ in row] == ["Not tonight"]
    await inside.town.press("Not tonight", "Not armed at", message=notice)
    forward_to(inside, start + timedelta(minutes=65))
    assert panel(inside) == "disarmed"
