"""What an account, a machine or a stand-in brings along: webhooks, bare updates, leftovers."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bot.clips import scratch_prefix
from simulator.faults import Fault, FaultKind
from tests.e2e.town import ANN_ID, Town


async def test_a_webhook_that_the_token_had_elsewhere_is_given_up(town: Town) -> None:
    town.telegram.world.webhook = "https://example.org/hook"
    await town.paired()
    assert town.telegram.world.webhook == ""


async def test_commands_without_marks_and_a_bot_without_a_name_work(town: Town) -> None:
    town.telegram.faults.add(
        "/getMe",
        Fault(
            FaultKind.STATUS,
            status=200,
            body='{"ok": true, "result": {"id": 110201543, "is_bot": true, "first_name": "A"}}',
        ),
    )
    town.env["TELEGRAM_OWNER_ID"] = str(ANN_ID)
    town.ann.chat.started = True
    await town.start()
    user = {"id": ANN_ID, "is_bot": False, "first_name": "Ann"}
    chat = {"id": ANN_ID, "type": "private", "first_name": "Ann"}
    now = int(town.telegram.world.now().timestamp())
    message = {"message_id": 900, "date": now, "chat": chat, "from": user, "text": "/arm"}
    town.telegram.raw_update({"message": message})
    await town.said(lambda m: "arm" in m.text)


async def test_what_a_killed_program_left_of_a_clip_is_removed_at_the_next_start(
    town: Town,
) -> None:
    left = Path(tempfile.gettempdir()) / f"{scratch_prefix(town.state_dir)}left"
    left.mkdir()
    (left / "clip.mp4").write_bytes(b"half a clip")
    await town.paired()
    assert not left.exists()
