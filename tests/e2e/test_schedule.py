"""The schedule, timed commands and vacation, said to the real program."""

from __future__ import annotations

import re

from tests.e2e.town import Town


async def test_the_week_by_text_and_by_buttons_over_a_restart(town: Town) -> None:
    await town.paired()
    added = await town.ask("/schedule add mon-fri 22:00-6:30 away", "added")
    assert "mon-fri 22:00-6:30 away" in added.text
    assert "Next: " in added.text
    refused = await town.ask("/schedule add fri 6:00-7:00 night", "Not possible")
    assert "both want Fri 06:00-06:30" in refused.text
    page = await town.ask("/schedule", "MTWTFSS")
    assert " 1 MTWTF·· 22:00-06:30 away" in page.text
    town.ann.press("➕ Add", message=page)
    await town.until(lambda: "New window" in page.text)
    town.ann.press("home", message=page)
    await town.until(lambda: "night" not in page.text)
    town.ann.press("⬅️ Back", message=page)
    await town.until(lambda: "MTWTFSS" in page.text)
    town.ann.press("✏️ 1: away 22:00", message=page)
    await town.until(lambda: "Window 1" in page.text)
    town.ann.press("✅ Fri", message=page)
    await town.until(lambda: "mon-thu 22:00" in page.text)
    await town.press("💾 Save", "was mon-fri 22:00-6:30 away", message=page)
    assert await town.stop() == 0
    await town.start()
    page = await town.ask("/schedule", "MTWTFSS")
    assert " 1 MTWT··· 22:00-06:30 away" in page.text
    await town.ask("/schedule remove 1", "removed")
    assert "No window yet" in (await town.ask("/schedule", "Schedule")).text
    assert await town.stop() == 0


async def test_times_behind_commands_and_vacation(town: Town) -> None:
    await town.paired()
    held = await town.ask("/arm until 7:00", "armed")
    assert re.search(r"Until (\w{3} )?07:00, then disarmed", held.text)
    over = await town.ask("/disarm 2h", "disarmed")
    assert "then armed (away)" in over.text
    planned = await town.ask("/arm in 10m", "To be armed (away)")
    await town.press("Cancel", "Called off", message=planned)
    assert "Write" in (await town.ask("/arm until 25:00")).text
    vacation = await town.ask("/vacation until 12 dec", "Home earlier?")
    assert "12 Dec" in vacation.text
    await town.until(town.blink.armed)
    await town.press("End vacation", "The vacation is over", message=vacation)
    assert await town.stop() == 0
