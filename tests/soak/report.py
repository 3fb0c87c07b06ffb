"""The table of the soak, and the judge: what may grow by how much from the second month on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tests.soak.measure import MEGABYTE, Row

# The last value of the first month is no yardstick: caches fill, and history is still short.
YARDSTICK = 1
# How many percent of the second month's a later month may hold.
ROOM = {"rss": 115, "blocks": 102, "state": 120}
# Of a few days the size of the state file says nothing: each alarm is a good part of it.
ROOM_OF_DAYS = {"rss": 115, "blocks": 105}
FLAT = ("others", "fds", "tasks", "threads")
# History goes file by file once its whole month is older than 90 days, looked after once a day.
OLDEST_DAYS = 91

COLUMNS: tuple[tuple[str, Callable[[Row], str]], ...] = (
    ("RSS MB", lambda row: f"{row.held.rss / MEGABYTE:.1f}"),
    ("blocks", lambda row: f"{row.held.blocks}"),
    ("state KB", lambda row: f"{row.held.state / 1024:.1f}"),
    ("history KB", lambda row: f"{row.held.history / 1024:.0f}"),
    ("files", lambda row: f"{row.held.files}"),
    ("others", lambda row: f"{row.held.others}"),
    ("fds", lambda row: f"{row.held.fds}"),
    ("tasks", lambda row: f"{row.held.tasks}"),
    ("threads", lambda row: f"{row.held.threads}"),
    ("left", lambda row: f"{row.held.left}"),
    ("events", lambda row: f"{row.counts.events}"),
    ("incidents", lambda row: f"{row.counts.incidents}"),
    ("alerts", lambda row: f"{row.counts.alerts}"),
    ("calls", lambda row: f"{row.counts.calls}"),
)


def header() -> str:
    return f"{'':8}" + "".join(f"{name:>11}" for name, _ in COLUMNS)


def line(row: Row) -> str:
    return f"{row.name:8}" + "".join(f"{shown(row):>11}" for _, shown in COLUMNS)


def complaints(rows: Sequence[Row], room: Mapping[str, int] = ROOM) -> list[str]:
    """Return what grew that must not grow, in sentences."""
    wrong = []
    yardstick = rows[YARDSTICK].held
    bounds = {name: getattr(yardstick, name) * percent // 100 for name, percent in room.items()}
    bounds |= {name: getattr(yardstick, name) for name in FLAT}
    for row in rows[YARDSTICK:]:
        for name, bound in bounds.items():
            if getattr(row.held, name) > bound:
                then, now = getattr(yardstick, name), getattr(row.held, name)
                wrong.append(f"{row.name}: {name} grew from {then} to {now}")
        if row.held.oldest > OLDEST_DAYS:
            wrong.append(f"{row.name}: history of {row.held.oldest} days ago is still there")
        if row.held.left:
            wrong.append(f"{row.name}: {row.held.left} deliveries were left")
    return wrong
