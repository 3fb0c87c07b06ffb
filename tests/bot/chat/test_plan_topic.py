"""/plan and its buttons."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from alarm.core.notices import Notice
from alarm.core.settings import Plan
from simulator.blink import BlinkStandIn
from simulator.telegram import Person, TelegramStandIn
from tests.bot.chat.asking import Asking
from tests.bot.chat.rooms import rooms


@pytest.fixture
async def asking(
    tmp_path: Path, telegram: TelegramStandIn, blink: BlinkStandIn, ann: Person
) -> AsyncIterator[Asking]:
    telegram.pending_updates.clear()
    async with rooms(tmp_path, telegram, blink) as parts:
        yield Asking(parts, telegram, ann)


def plan(asking: Asking) -> Plan:
    return asking.state.settings.plan


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("abort 45s", Plan(abort_window=timedelta(seconds=45))),
        ("abort 0s", Plan(abort_window=timedelta(0))),
        ("Abort 5m", Plan(abort_window=timedelta(minutes=5))),
        ("pause 1h", Plan(pause=timedelta(hours=1))),
        ("cycles 3", Plan(cycles=3)),
        ("rounds 10", Plan(cycles=10)),
        ("wait 2 min", Plan(answered_wait=timedelta(minutes=2))),
    ],
)
async def test_a_setting_is_written(asking: Asking, text: str, changed: Plan) -> None:
    assert await asking.write(f"/plan {text}") == ""
    assert plan(asking) == changed
    assert asking.said().notice is Notice.SETTING_SET


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("abort 301s", "0 s to 5 min"),
        ("abort 45", "45s or 45m"),
        ("abort", "90s"),
        ("pause 61m", "0 s to 60 min"),
        ("cycles 0", "1 to 10"),
        ("cycles 11", "1 to 10"),
        ("cycles many", "1 to 10"),
        ("cycles 1234567890123", "1 to 10"),
        ("wait 10s", "15 s to 5 min"),
        ("everything", "/plan abort 45s"),
        ("exit delay 45s", "/plan abort 45s"),
    ],
)
async def test_a_bad_value_gets_the_range_and_changes_nothing(
    asking: Asking, text: str, hint: str
) -> None:
    assert hint in await asking.write(f"/plan {text}")
    assert plan(asking) == Plan()


async def test_the_buttons_name_what_they_set(asking: Asking) -> None:
    await asking.write("/plan")
    assert asking.labels() == [
        "▼ 20 s · First call after",
        "▲ 45 s · First call after",
        "▼ 1 · Rounds of calls",
        "▲ 3 · Rounds of calls",
        "▼ 1 min · Pause between rounds",
        "▲ 2 min · Pause between rounds",
        "▼ 45 s · Wait after an answered call",
        "▲ 1 min 30 s · Wait after an answered call",
    ]
    text = await asking.press("▲ 45 s")
    assert text.startswith("✅ First call after: 45 s (before: 30 s).")
    assert "If it rang now" in text
    assert plan(asking) == Plan(abort_window=timedelta(seconds=45))
    assert "▲ 1 min · First call after" in asking.labels()
    await asking.press("▼ 1 · Rounds of calls")
    await asking.press("▼ 1 min · Pause between rounds")
    await asking.press("▼ 45 s")
    assert plan(asking) == Plan(
        timedelta(seconds=45), timedelta(minutes=1), 1, answered_wait=timedelta(seconds=45)
    )
    assert len(asking.ann.chat.messages) == 1


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("abort 0s", "▲ 10 s · First call after"),
        ("abort 5m", "▼ 3 min · First call after"),
        ("cycles 10", "▼ 9 · Rounds of calls"),
        ("pause 1h", "▼ 30 min · Pause between rounds"),
    ],
)
async def test_no_button_leaves_the_range(asking: Asking, text: str, only: str) -> None:
    await asking.write(f"/plan {text}")
    await asking.write("/plan")
    title = only.partition("·")[2]
    assert [label for label in asking.labels() if label.endswith(title)] == [only]


async def test_the_answer_is_one_page(asking: Asking) -> None:
    text = await asking.write("/plan")
    assert text.startswith("If it rang now in away, at 12:00 (it is disarmed)")
    assert "12:00:00 written to Ann, Ben" in text
    assert "No phone configured" in text
