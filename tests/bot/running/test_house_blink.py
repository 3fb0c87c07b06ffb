"""The whole alarm while Blink is quiet, away, or back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from alarm.core.deliveries import BlinkArmBody
from simulator.faults import Fault, FaultKind
from simulator.telegram import TelegramStandIn
from tests.bot.running.bench import waiting
from tests.bot.running.inside import Inside, living
from tests.e2e.town import POLL


@pytest.fixture
async def inside(tmp_path: Path) -> AsyncIterator[Inside]:
    async with living(tmp_path, with_bob=False) as home:
        yield home


def stamps(inside: Inside) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in inside.town.state_dir.iterdir()}


async def idle(inside: Inside) -> None:
    """Wait until the start is over: said, seen, read."""
    await inside.town.said("runs again")
    await inside.town.until(lambda: inside.town.blink.count("homescreen") > 0)
    await inside.town.until(lambda: not inside.state.outbox)
    await inside.town.polled()


async def test_a_quiet_armed_poll_is_one_request_and_touches_no_file(inside: Inside) -> None:
    await inside.start()
    await idle(inside)
    blink = inside.town.blink
    files, asked, polls = stamps(inside), len(blink.seen), blink.count(POLL)
    await inside.town.polled(8)
    assert len(blink.seen) - asked == blink.count(POLL) - polls >= 8
    assert stamps(inside) == files


async def test_one_sign_of_life_is_written_in_five_minutes(inside: Inside) -> None:
    await inside.start()
    await idle(inside)
    files = stamps(inside)
    inside.forward(299 - (inside.hand.now() - alive_at(inside)).total_seconds())
    assert stamps(inside) == files
    inside.forward(1.5)
    after = stamps(inside)
    assert {name for name in after if after[name] != files[name]} == {
        "state.json",
        "state.copy.json",
    }


def alive_at(inside: Inside) -> datetime:
    alive = inside.state.clock.alive_at
    assert alive is not None
    return alive


async def test_an_outage_is_in_the_status_told_and_over_with_a_late_alert(inside: Inside) -> None:
    town = inside.town
    await inside.start()
    await idle(inside)
    town.blink.faults.add("", Fault(FaultKind.DROP))
    await town.until(lambda: inside.state.health.blind_since is not None)
    answer = await town.ask("/status", "armed")
    assert "no answer since" in answer.text
    town.burst()
    inside.forward(90)
    told = await town.said("NOT WATCHING", after=answer.id)
    assert "since" in told.text
    inside.forward(20 * 60)
    town.blink.faults.clear()
    alert = await town.said("ALARM")
    assert "late: 22 min" in alert.text
    back = await town.said("Blink is back")
    assert "away for 22 min" in back.text
    answer = await town.ask("/status", "triggered")
    assert "no answer" not in answer.text


async def test_an_order_to_arm_waits_for_the_login_and_costs_nothing_meanwhile(
    tmp_path: Path,
) -> None:
    async with living(tmp_path, with_bob=False, armed=False) as inside:
        (inside.town.state_dir / "blink-tokens.json").unlink()
        await inside.start()
        await inside.town.said("Blink wants a new login")
        await inside.town.ask("/arm", "armed")
        await inside.town.until(lambda: len(inside.state.outbox) == 1)
        (order,) = waiting(inside.state, BlinkArmBody)
        written = inside.store.bytes_written
        for _ in range(20):
            inside.forward(10)
            await asyncio.sleep(0.01)
        assert waiting(inside.state, BlinkArmBody) == [order]
        await inside.town.until(lambda: not waiting_words(inside))
        await inside.town.press("Log in again", "Logged in")
        await inside.town.until(inside.town.blink.armed)
        assert inside.town.blink.signins == 1
        assert written < inside.store.bytes_written


def waiting_words(inside: Inside) -> bool:
    return any(not isinstance(d.body, BlinkArmBody) for d in inside.state.outbox.values())


async def test_tokens_refused_for_good_cost_no_order_again_and_again(inside: Inside) -> None:
    town = inside.town
    await inside.start()
    await idle(inside)
    town.blink.revoke_access_tokens()
    town.blink.revoke_refresh_tokens()
    await town.said("Blink wants a new login")
    await town.ask("/disarm", "disarmed")
    await town.until(lambda: [d.attempts for d in waiting(inside.state, BlinkArmBody)] == [1])
    for _ in range(20):
        inside.forward(10)
        await asyncio.sleep(0.01)
    assert [d.attempts for d in waiting(inside.state, BlinkArmBody)] == [1]
    inside.forward(timedelta(minutes=10).total_seconds())
    await town.press("Log in again", "Logged in")
    await town.until(lambda: not town.blink.armed())


async def test_the_heartbeat_stops_while_the_alarm_is_blind(tmp_path: Path) -> None:
    async with living(tmp_path, with_bob=False) as inside:
        switch = TelegramStandIn()
        await switch.start()
        inside.town.env["HEARTBEAT_URL"] = f"{switch.url}/beat"
        switch.faults.add("/beat", Fault(FaultKind.STATUS, status=200))
        await inside.start()
        await idle(inside)
        await beat(inside)
        await inside.town.until(lambda: switch.count("/beat") == 1)
        inside.town.blink.faults.add(POLL, Fault(FaultKind.DROP))
        await inside.town.until(lambda: inside.state.health.blind_since is not None)
        inside.forward(91)
        await beat(inside)
        await asyncio.sleep(0.1)
        assert switch.count("/beat") == 1
        await switch.stop()


async def beat(inside: Inside) -> None:
    """Let the minute between two heartbeats be over."""
    assert inside.house is not None
    inside.house._jobs.run_now("heartbeat")
    await asyncio.sleep(0.05)
