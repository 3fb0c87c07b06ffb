"""Home screens that keep themselves true: newest only, seldom enough, never alive when dead."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from alarm.core.commands import Arm, Disarm
from alarm.core.household import HomeGroup
from alarm.core.incident import Incident, IncidentKind
from alarm.core.settings import Mode
from alarm.core.state import State
from bot.chat.live import GAP, Kind, Target, targets
from simulator.faults import Fault, FaultKind
from tests.bot.chat.bench import ANN
from tests.bot.chat.live_bench import EDIT, HOUSE, LiveBench


async def test_a_screen_is_pinned_without_a_sound(bench: LiveBench) -> None:
    message = await bench.pinned()
    assert bench.ann.chat.pinned == [message.id]
    assert message.silent
    assert "Now disarmed" in message.text


async def test_a_second_screen_takes_the_place_of_the_first(bench: LiveBench) -> None:
    first = await bench.pinned()
    second = await bench.pinned()
    assert bench.ann.chat.pinned == [second.id]
    assert first.text.startswith("💤 No longer kept up to date")


async def test_a_screen_follows_what_happens(bench: LiveBench) -> None:
    screen = await bench.pinned()
    await bench.after(1)
    bench.controller.apply(Arm(bench.actor()))
    await bench.after(GAP)
    assert "Now arming" in screen.text
    bench.controller.apply(Disarm(bench.actor()))
    await bench.after(GAP)
    assert "Now disarmed" in screen.text


async def test_while_nothing_happens_only_its_time_is_kept_fresh(bench: LiveBench) -> None:
    screen = await bench.pinned()
    await bench.after(5)
    before = bench.edits
    await bench.after(299 - 5)
    assert bench.edits == before
    await bench.after(10)
    assert bench.edits == before + 1
    # A minute may have begun since the edit.
    times = {f"As of {bench.now() - timedelta(seconds=s):%H:%M}" for s in (0, 11)}
    assert any(time in screen.text for time in times)


async def test_after_a_restart_one_edit_makes_it_true(bench: LiveBench) -> None:
    screen = await bench.pinned()
    bench.controller.apply(Arm(bench.actor()))
    bench.live, before = bench.fresh_live(), bench.edits
    await bench.after(10)
    assert bench.edits == before + 1
    assert "Now arming" in screen.text


async def test_after_an_outage_only_the_newest_is_told(bench: LiveBench) -> None:
    screen = await bench.pinned()
    await bench.after(5)
    bench.telegram.faults.add(EDIT, Fault(FaultKind.DROP))
    bench.controller.apply(Arm(bench.actor()))
    await bench.after(30)
    tries = bench.edits
    assert tries <= 5
    bench.controller.apply(Disarm(bench.actor()))
    bench.telegram.faults.clear()
    known = len(screen.edits)
    await bench.after(60)
    assert "Now disarmed" in screen.text
    assert len(screen.edits) <= known + 1


async def test_a_wait_that_telegram_asks_for_is_kept(bench: LiveBench) -> None:
    await bench.pinned()
    body = '{"ok":false,"error_code":429,"description":"","parameters":{"retry_after":60}}'
    bench.telegram.faults.add(EDIT, Fault(FaultKind.STATUS, 429, body))
    bench.controller.apply(Arm(bench.actor()))
    await bench.after(59)
    assert bench.edits == 1


async def test_a_screen_that_was_deleted_is_forgotten_and_told_once(bench: LiveBench) -> None:
    screen = await bench.pinned()
    screen.deleted = True
    bench.controller.apply(Arm(bench.actor()))
    await bench.after(10)
    assert bench.controller.state.pinned == {}
    await bench.carry()
    told = [m.text for m in bench.ann.chat.messages if "deleted" in m.text]
    assert told == ["The home screen here was deleted. /status pin makes a new one."]


async def test_a_chat_that_blocked_the_bot_is_tried_seldom(bench: LiveBench) -> None:
    await bench.pinned()
    bench.ann.block()
    await bench.after(290)
    assert bench.edits == 1
    assert bench.controller.state.pinned


async def test_nobody_who_left_the_household_gets_an_edit(bench: LiveBench) -> None:
    await bench.pinned()
    state = bench.controller.state
    people = {key: person for key, person in state.people.items() if key != str(ANN)}
    bench.controller.state = replace(state, people=people)
    await bench.after(10)
    assert bench.edits == 0


async def test_a_screen_shows_nothing_that_is_hidden_from_its_chat(bench: LiveBench) -> None:
    screen = await bench.pinned()
    state = bench.controller.state
    secret = Incident(
        "i9",
        IncidentKind.DURESS,
        HOUSE,
        "House",
        Mode.AWAY,
        bench.now(),
        hidden_from=frozenset({ANN}),
    )
    bench.controller.state = replace(state, incidents={"i9": secret})
    await bench.after(310)
    assert screen.edits
    assert "duress" not in screen.text
    assert [b.text for row in screen.buttons for b in row] == ["Arm", "Refresh"]
    bench.controller.state = replace(
        state, incidents={"i9": replace(secret, hidden_from=frozenset())}
    )
    await bench.after(10)
    assert "duress" in screen.text


def test_in_a_group_only_the_homes_own_screen_is_kept_true() -> None:
    state = State(pinned={"-7": 1, "-8": 2}, group=HomeGroup(-7, "Home"))
    assert list(targets(state)) == [Target("-7", 1, Kind.SCREEN)]
