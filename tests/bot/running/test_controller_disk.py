"""The one that changes the state, on a disk that refuses to be written."""

from __future__ import annotations

import errno

import pytest

from alarm.core.notices import Notice
from alarm.core.settings import PanelState
from bot.controller import UNSTEADY
from tests.bot.running.bench import ANN, BOB, kept, told
from tests.bot.running.desk import Desk
from tests.storage.faults import os_error, refusing


def break_disk(desk: Desk, code: int = errno.ENOSPC) -> None:
    desk.disk.restart(refusing(code, "create", "write"))


def mend(desk: Desk) -> None:
    desk.disk.restart()


@pytest.mark.parametrize(
    ("code", "words"),
    [(errno.ENOSPC, "disk is full"), (errno.EROFS, "read-only"), (errno.EIO, "Input/output")],
)
def test_what_the_disk_refuses_holds_in_memory_and_is_told(
    desk: Desk, code: int, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    break_disk(desk, code)
    heard = list[None]()
    desk.controller.watch(lambda: heard.append(None))
    desk.arm()
    assert desk.shows(PanelState.ARMED)
    assert not desk.controller.durable
    assert heard
    assert told(desk.state, ANN).count(Notice.DISK_TROUBLE) == 1
    assert told(desk.state, BOB).count(Notice.DISK_TROUBLE) == 1
    assert words in caplog.text


def test_a_failure_is_told_once_and_every_retry_is_silent(desk: Desk) -> None:
    break_disk(desk)
    desk.arm()
    heard = list[None]()
    desk.controller.watch(lambda: heard.append(None))
    for _ in range(20):
        desk.hand.forward(3)
        desk.controller.retry()
    assert heard == []
    assert told(desk.state).count(Notice.DISK_TROUBLE) == 1


def test_all_is_written_and_told_when_there_is_room_again(desk: Desk) -> None:
    break_disk(desk)
    desk.arm()
    desk.disarm()
    mend(desk)
    desk.controller.retry()
    assert desk.controller.durable
    assert kept(desk.directory) == desk.state
    assert told(desk.state).count(Notice.DISK_FINE) == 1
    rows = [row for row in desk.store.rows() if row.kind == "journal"]
    assert {"arm", "disarm", "storage"} <= {row.data["what"] for row in rows}


def test_a_disk_that_comes_and_goes_is_no_flood(desk: Desk) -> None:
    for _ in range(20):
        break_disk(desk)
        desk.arm()
        mend(desk)
        desk.controller.retry()
        desk.disarm()
        desk.hand.forward(5)
    assert storage_news(desk) == ["failing", "fine", "failing"]
    desk.hand.forward(UNSTEADY - 5.1)
    desk.controller.retry()
    assert storage_news(desk) == ["failing", "fine", "failing"]
    desk.hand.forward(0.1)
    desk.controller.retry()
    assert storage_news(desk) == ["failing", "fine", "failing", "fine"]


def storage_news(desk: Desk) -> list[object]:
    """Return what was said of the disk, oldest first."""
    rows = [row.data for row in desk.store.rows() if row.data.get("what") == "storage"]
    return [data["status"] for data in reversed(rows)]


def test_an_error_of_our_own_in_writing_stops_no_alarm(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.disk.restart(lambda _, name: RuntimeError("a bug") if name == "create" else None)
    desk.arm()
    assert desk.shows(PanelState.ARMED)
    assert Notice.DISK_TROUBLE in told(desk.state)
    assert "a bug" in caplog.text


def test_a_single_write_that_fails_is_no_news(desk: Desk) -> None:
    desk.disk.restart(lambda number, _: os_error(errno.EIO) if number == 0 else None)
    desk.arm()
    assert desk.controller.durable
    assert kept(desk.directory) == desk.state
    assert Notice.DISK_TROUBLE not in told(desk.state)
