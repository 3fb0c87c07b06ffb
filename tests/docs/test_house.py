"""The rules of the house that a machine can hold."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("alarm", "bot", "storage", "simulator", "tests")
LONGEST = 300


def test_no_module_is_longer_than_one_idea_needs() -> None:
    modules = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    assert len(modules) > 500
    lines = {path: path.read_text().count("\n") for path in modules}
    assert {str(p.relative_to(ROOT)): n for p, n in lines.items() if n > LONGEST} == {}
