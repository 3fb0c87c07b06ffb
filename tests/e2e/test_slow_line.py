"""On a slow line what changes meanwhile is told in every chat, and then it rests."""

from __future__ import annotations

from simulator.faults import Fault, FaultKind
from tests.e2e.test_people import invited
from tests.e2e.town import Town

EDIT = "editMessageText"


async def test_once_nothing_changes_any_more_no_copy_is_edited_any_more(town: Town) -> None:
    await town.paired()
    await invited(town, "member", town.bob)
    await town.ask("/arm", "armed")
    await town.until(town.blink.armed)
    town.telegram.faults.add("sendMessage|editMessage", Fault(FaultKind.SLOW, seconds=0.3))
    town.burst()
    # Both rounds ring in vain: every call is edited into both copies while others are on their way.
    await town.rang(2)
    await town.press("Acknowledge", "Acknowledged", message=await town.said("ALARM"))
    copies = [*town.alerts(town.ann), *town.alerts(town.bob)]
    assert len(copies) == 2
    await town.until(lambda: all("Acknowledged by Ann" in copy.text for copy in copies))
    # What was still on its way when somebody acted arrives; some looks later all is at rest.
    edits = -1
    for _ in range(10):
        if town.telegram.count(EDIT) == edits:
            return
        edits = town.telegram.count(EDIT)
        await town.polled(10)
    raise AssertionError(f"copies are edited without end\n{town}")
