"""A sample of the kill sweep; `make sweep` kills at every point."""

from __future__ import annotations

from tests.faults.sweep import sweep, undisturbed

SAMPLE = 24


async def test_a_kill_at_any_point_changes_nothing_but_time() -> None:
    expected, passed = await undisturbed()
    assert expected.calls == 2
    assert expected.alerts == 2
    part = passed // SAMPLE
    found = await sweep(expected, range(1 + part // 2, passed + 1, part))
    print(f"{found.swept} of {passed} points swept: {dict(found.killed)}")
    assert found.wrong == []
    assert found.swept >= SAMPLE // 2
