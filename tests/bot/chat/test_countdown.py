"""Delays that count down in their message, seldom enough, or not at all where that is off."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from alarm.core.commands import Disarm, ExtendExit, SetOption
from alarm.core.inputs import Tick
from alarm.core.settings import PanelState
from bot.chat.live import COUNTING_EVERY, IDLE_EVERY, SCREENS_EVERY, Kind, Target, targets
from simulator.faults import Fault, FaultKind
from tests.bot.chat.bench import ANN
from tests.bot.chat.live_bench import EDIT, HOUSE, LiveBench


async def test_an_exit_delay_counts_down_by_tens_and_then_by_fives(bench: LiveBench) -> None:
    message = await bench.counting()
    texts = []
    for _ in range(57):
        await bench.after(1)
        texts.append(message.text)
    shown = list(dict.fromkeys(text.split("(in ")[1].split(" s)")[0] for text in texts))
    numbers = [int(number) for number in shown]
    assert len(numbers) == 7
    for number, wanted in zip(numbers, (60, 50, 40, 30, 20, 10, 5), strict=True):
        assert wanted - 2 <= number <= wanted


async def test_switched_off_a_delay_is_told_once_with_its_end_and_edited_when_it_is_over(
    bench: LiveBench,
) -> None:
    bench.controller.apply(SetOption(bench.actor(), "exit-progress", "off"))
    await bench.carry()
    message = await bench.counting()
    assert bench.live.pace() == IDLE_EVERY
    first = message.text
    ends = bench.controller.state.areas[HOUSE].deadline
    assert f"armed at {ends:%H:%M:%S}" in first
    assert "(in " not in first
    # The clock of this bench goes on while the test works.
    await bench.after(50)
    bench.controller.apply(Tick())
    await bench.carry()
    assert (message.text, bench.edits) == (first, 0)
    await bench.after(10)
    bench.controller.apply(Tick())
    await bench.carry()
    assert bench.edits == 1
    assert "Now armed" in message.text


async def test_switched_off_in_the_middle_of_a_delay_no_number_is_left(bench: LiveBench) -> None:
    message = await bench.counting()
    await bench.after(20)
    assert "(in " in message.text
    bench.controller.apply(SetOption(bench.actor(), "exit-progress", "off"))
    await bench.carry()
    assert "(in " not in message.text
    edits = bench.edits
    await bench.after(20)
    assert bench.edits == edits
    bench.controller.apply(SetOption(bench.actor(), "exit-progress", "on"))
    await bench.carry()
    assert "(in " in message.text


async def test_an_entry_delay_is_counted_down_or_told_once(bench: LiveBench) -> None:
    area = replace(
        bench.controller.state.areas[HOUSE],
        panel=PanelState.PENDING,
        deadline=bench.now() + timedelta(seconds=60),
    )
    state = replace(bench.controller.state, areas={HOUSE: area}, entry_messages={str(ANN): 7})
    assert list(targets(state)) == [Target(str(ANN), 7, Kind.ENTRY)]
    off = replace(state, settings=replace(state.settings, exit_progress=False))
    assert list(targets(off)) == []


async def test_a_longer_delay_counts_on(bench: LiveBench) -> None:
    message = await bench.counting()
    await bench.after(31)
    bench.controller.apply(ExtendExit(bench.actor()))
    await bench.after(10)
    assert "(in 7" in message.text or "(in 8" in message.text


async def test_an_edit_overtaken_by_the_end_of_the_delay_is_put_right(bench: LiveBench) -> None:
    message = await bench.counting()
    await bench.after(5)
    bench.telegram.faults.add(EDIT, Fault(FaultKind.SLOW, seconds=0.4, times=1))
    counting = asyncio.create_task(bench.after(10))
    await asyncio.sleep(0.15)
    bench.controller.apply(Disarm(bench.actor()))
    await counting
    assert "Now disarmed" in message.text


async def test_a_second_arming_lets_the_first_message_point_below(bench: LiveBench) -> None:
    first = await bench.counting()
    await bench.after(2)
    second = await bench.counting()
    await bench.carry()
    assert (first.text, first.buttons) == ("⤵️ It goes on below.", [])
    assert "Already arming" in second.text
    before = second.text
    assert [button.text for row in second.buttons for button in row] == ["Cancel", "+60 s"]
    await bench.after(11)
    assert first.text == "⤵️ It goes on below."
    assert second.text != before


async def test_an_edit_overtaken_by_a_second_arming_is_put_right(bench: LiveBench) -> None:
    first = await bench.counting()
    await bench.after(5)
    bench.telegram.faults.add(EDIT, Fault(FaultKind.SLOW, seconds=0.4, times=1))
    counting = asyncio.create_task(bench.after(10))
    await asyncio.sleep(0.15)
    await bench.counting()
    await bench.carry()
    await counting
    assert (first.text, first.buttons) == ("⤵️ It goes on below.", [])


async def test_the_last_edit_of_an_arming_leaves_its_buttons_to_the_next_one(
    bench: LiveBench,
) -> None:
    first = await bench.counting()
    bench.controller.apply(Disarm(bench.actor()))
    # The edit that would say so waits until it is armed anew.
    await bench.counting()
    await bench.carry()
    assert (first.text, first.buttons) == ("⤵️ It goes on below.", [])


async def test_the_pace_fits_what_there_is_to_do(bench: LiveBench) -> None:
    assert bench.live.pace() == IDLE_EVERY
    await bench.pinned()
    assert bench.live.pace() == SCREENS_EVERY
    await bench.counting()
    assert bench.live.pace() == COUNTING_EVERY
    bench.clock.passed += timedelta(minutes=2)
    bench.controller.apply(Tick())
    assert bench.live.pace() == SCREENS_EVERY
