"""The beginning of the running house, on a state that an earlier run left."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.bot.running.bench import kept
from tests.bot.running.inside import Inside, living


@pytest.fixture
async def inside(tmp_path: Path) -> AsyncIterator[Inside]:
    async with living(tmp_path, with_bob=False) as home:
        yield home


async def test_a_clock_set_while_it_starts_moves_nothing_that_was_kept(inside: Inside) -> None:
    (before,) = kept(inside.town.state_dir).areas.values()
    await inside.start()
    inside.hand.set(timedelta(hours=1))
    await inside.town.said("runs again")
    (after,) = inside.state.areas.values()
    assert after.changed_at == before.changed_at


async def test_a_clock_set_after_the_start_moves_what_was_kept(inside: Inside) -> None:
    (before,) = kept(inside.town.state_dir).areas.values()
    assert before.changed_at is not None
    await inside.start()
    await inside.town.said("runs again")
    inside.hand.set(timedelta(hours=1))
    moved = before.changed_at + timedelta(minutes=59)
    await inside.town.until(
        lambda: all(a.changed_at and a.changed_at > moved for a in inside.state.areas.values())
    )
