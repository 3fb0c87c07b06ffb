"""Telegram fails in every way; the house is guarded all the same, and the bot comes back."""

from __future__ import annotations

import json

from simulator.faults import Fault, FaultKind
from simulator.twilio import human
from tests.e2e.test_commands import panel
from tests.e2e.town import PHONE, Town

REFUSED = json.dumps({"ok": False, "error_code": 401, "description": "Unauthorized"})
CONFLICT = json.dumps({"ok": False, "error_code": 409, "description": "Conflict"})
SLOWER = json.dumps(
    {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
)


async def test_with_a_refused_token_it_watches_and_calls_and_later_tells(town: Town) -> None:
    town.env["TELEGRAM_OWNER_ID"] = str(town.ann.id)
    town.ann.write("hello")
    town.telegram.pending_updates.clear()
    await town.start()
    await town.until(lambda: town.blink.count("homescreen") > 0)
    await town.ask("/arm", "armed")
    await town.until(town.blink.armed)
    assert await town.stop() == 0
    town.twilio.number(PHONE, human())
    town.telegram.faults.add("/bot", Fault(FaultKind.STATUS, 401, REFUSED))
    await town.start()
    await town.until(lambda: any("TELEGRAM_BOT_TOKEN" in line for line in town.console))
    assert town.telegram.token not in "\n".join(town.console)
    # What was written meanwhile would go first, but nobody waits for it for long.
    town.burst()
    await town.until(lambda: bool(town.twilio.calls), seconds=25.0)
    assert town.telegram.count("getMe") < 10
    town.telegram.faults.clear()
    # Once the token works again everything waiting is said, after a few seconds.
    alert = await town.said("ALARM", seconds=20.0)
    await town.press("Acknowledge", "Acknowledged by Ann", message=alert)
    assert panel(await town.status()) == "triggered"


async def test_no_answer_to_getupdates_makes_the_bot_deaf_or_wild(town: Town) -> None:
    await town.paired()
    for fault in (
        Fault(FaultKind.STATUS, 401, REFUSED),
        Fault(FaultKind.STATUS, 409, CONFLICT),
        Fault(FaultKind.STATUS, 429, SLOWER),
        Fault(FaultKind.STATUS, 200, '{"ok":false}'),
    ):
        fault.times = 1
        town.telegram.faults.add("getUpdates", fault)
    town.telegram.raw_update({"poll": {"id": "1", "question": "?", "options": []}})
    town.telegram.raw_update({"message": {"message_id": "one"}})
    town.telegram.raw_update({"callback_query": {"id": "1", "from": None}})
    asked = town.telegram.count("getUpdates")
    town.ann.write("/arm")
    await town.said("armed", seconds=20.0, after=town.ann.chat.everything[-1].id)
    assert town.telegram.count("getUpdates") - asked < 12
    # Then Telegram itself is gone for a while.
    await town.status()
    port = town.telegram.port
    await town.telegram.stop()
    town.burst()
    await town.rang(1)
    await town.telegram.start(port)
    alert = await town.said("ALARM", seconds=20.0)
    town.ann.press("Disarm", message=alert)
    await town.said("disarmed", seconds=30.0, after=alert.id)
    assert len(town.alerts()) == 1
