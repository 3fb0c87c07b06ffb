"""What was written while the program was off: some of it runs, some asks, the rest is dropped."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from simulator.telegram import SentMessage
from tests.e2e.test_commands import panel
from tests.e2e.town import Town

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def ago(span: timedelta) -> datetime:
    return datetime.now(UTC) - span


def wall(at: datetime) -> str:
    """Return a moment as the clock in the hall shows it."""
    return f"{at.astimezone(ZoneInfo('Europe/London')):%H:%M}"


async def after_an_absence(town: Town, *words: tuple[str, datetime]) -> int:
    """Stop, let Ann write, start again; return the id of the last thing that she wrote."""
    assert await town.stop() == 0
    last = 0
    for text, at in words:
        last = town.ann.write(text, date=at)
    written = town.ann.chat.everything[-1].id
    await town.start()
    await town.handled(last)
    return written


async def about(town: Town, at: datetime, after: int) -> SentMessage:
    """Return the answer that names the moment."""
    return await town.said(lambda message: wall(at) in message.text, after=after)


async def test_old_commands_run_ask_or_are_dropped_with_a_word(town: Town) -> None:
    await town.armed()
    disarm = ago(23 * HOUR + 7 * MINUTE)
    written = await after_an_absence(town, ("/disarm", disarm))
    assert panel(await about(town, disarm, written)) == "disarmed"
    await town.until(lambda: not town.blink.armed())

    arm = ago(50 * MINUTE)
    written = await after_an_absence(town, ("/arm", arm))
    assert panel(await about(town, arm, written)) == "armed"
    await town.until(town.blink.armed)
    await town.ask("/disarm", "disarmed")

    too_old, dead = ago(2 * HOUR), ago(25 * HOUR + 7 * MINUTE)
    dropped = {f"/{name}": ago(n * MINUTE) for n, name in enumerate(("test", "ack", "code 1"), 3)}
    written = await after_an_absence(
        town, ("/disarm", dead), ("/arm", too_old), *dropped.items(), ("/cameras", ago(MINUTE))
    )
    assert "/disarm" in (await about(town, dead, written)).text
    asked = await about(town, too_old, written)
    assert [button.text for row in asked.buttons for button in row] == ["Arm"]
    for text, at in dropped.items():
        assert text.split()[0] in (await about(town, at, written)).text
    await town.said("Kitchen", after=written)
    assert not any(re.match(r"\W*TEST", message.text) for message in town.ann.chat.messages)
    assert panel(await town.press("Arm", "armed", message=asked)) == "armed"


async def test_old_commands_run_in_the_order_in_which_they_were_written(town: Town) -> None:
    await town.armed()
    await after_an_absence(town, ("/disarm", ago(3 * HOUR)), ("/arm", ago(30 * MINUTE)))
    assert panel(await town.status()) == "armed"


async def test_a_disarm_written_while_it_was_off_comes_before_the_walk_that_followed(
    town: Town,
) -> None:
    await town.armed()
    assert await town.stop() == 0
    town.ann.write("/disarm")
    town.burst("Front Door", "Hall")
    await town.start()
    await town.said("Now disarmed.")
    seen = town.blink.count("media/changed")
    await town.until(lambda: town.blink.count("media/changed") > seen + 2)
    assert not any("ALARM" in message.text for message in town.ann.chat.messages)
    assert town.twilio.calls == []
