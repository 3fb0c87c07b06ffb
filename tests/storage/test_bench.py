from __future__ import annotations

from tests.bench.storage import measure


def test_the_benchmark_runs_and_names_what_it_measured() -> None:
    lines = measure(few=5, many=1500, commits=30)
    assert len(lines) == 7
    assert lines[0].startswith("commit with 5 events of history: p50 ")
    assert lines[1].startswith("commit with 1,500 events of history: p50 ")
    assert "goal 1.2" in lines[2]
    assert "JSONStorage with 1,500 events: p50 " in lines[6]
