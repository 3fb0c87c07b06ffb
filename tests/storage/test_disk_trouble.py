from __future__ import annotations

import contextlib
import errno
import shutil
from pathlib import Path

import pytest

from storage.errors import StorageCause, StorageError
from tests.storage.faults import CHANGES, Disk, failing, refusing
from tests.storage.house import (
    found,
    house,
    ids_in_files,
    names,
    opened,
    owes,
    prepared,
    row,
    rows,
)
from tests.storage.trial import NEW, NEXT, OLD, Trial

CAUSES = {
    errno.ENOSPC: StorageCause.DISK_FULL,
    errno.EDQUOT: StorageCause.DISK_FULL,
    errno.EROFS: StorageCause.READ_ONLY,
    errno.EIO: StorageCause.OTHER,
    errno.EACCES: StorageCause.OTHER,
}

every_error = pytest.mark.parametrize("code", CAUSES, ids=errno.errorcode.get)
lateness = pytest.mark.parametrize("late", [False, True], ids=["before", "after"])


@every_error
@lateness
def test_one_error_at_any_step_is_told_and_the_next_flush_writes_all(
    trial: Trial, code: int, late: bool
) -> None:
    trial.disk.late = late
    for at, name in enumerate(trial.steps()):
        store, error = trial.commit(failing(at, code))
        if CAUSES[code] is StorageCause.DISK_FULL:
            assert error is None, f"the reserve made room for step {at}, {name}"
        else:
            assert error is not None, f"step {at}, {name}"
            assert error.cause is CAUSES[code]
            assert not error.permanent
            assert owes(store)
            store.flush()
        assert not owes(store)
        assert trial.left(store) == (NEW, (1, 2)), f"step {at}, {name}"


@every_error
def test_errors_that_do_not_end_are_told_and_leave_the_old_or_the_new_state(
    trial: Trial, code: int
) -> None:
    for at, name in enumerate(trial.steps()):
        store, error = trial.commit(failing(at, code, times=1000))
        assert error is not None, f"step {at}, {name}"
        assert error.cause is CAUSES[code]
        assert owes(store)
        with pytest.raises(StorageError):
            store.flush()
        assert owes(store)
        assert trial.left(store) in ((OLD, (1,)), (NEW, (1, 2))), f"step {at}, {name}"


@every_error
def test_what_the_disk_refused_is_written_once_it_takes_it(trial: Trial, code: int) -> None:
    store, error = trial.commit(refusing(code, *CHANGES))
    assert error is not None
    for number in (3, 4):
        with pytest.raises(StorageError):
            store.commit(house(number), [row(number)])
    assert store.riding == 4
    trial.disk.restart()
    store.flush()
    assert not owes(store)
    assert trial.left(store) == (house(4), (1, 2, 3, 4))


@every_error
def test_the_next_commit_writes_what_the_disk_refused(trial: Trial, code: int) -> None:
    store, _ = trial.commit(refusing(code, *CHANGES))
    trial.disk.restart()
    store.commit(NEXT, [row(3)])
    assert trial.left(store) == (NEXT, (1, 2, 3))


def test_a_commit_of_what_was_refused_before_is_written_though_nothing_changed(
    trial: Trial,
) -> None:
    store, _ = trial.commit(refusing(errno.EIO, "fsync"))
    trial.disk.restart()
    store.commit(NEW)
    assert not owes(store)
    assert trial.left(store) == (NEW, (1, 2))


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (errno.ENOSPC, "The disk is full: state.json could not be written."),
        (errno.EDQUOT, "The disk is full: state.json could not be written."),
        (errno.EROFS, "The file system is read-only: state.json could not be written."),
        (errno.EIO, "state.json could not be used: Input/output error."),
    ],
)
def test_the_error_is_a_sentence_for_a_person(trial: Trial, code: int, sentence: str) -> None:
    _, error = trial.commit(refusing(code, *CHANGES))
    assert str(error) == sentence


def test_a_failed_write_leaves_no_half_file_behind(trial: Trial) -> None:
    store, _ = trial.commit(refusing(errno.EIO, "write"))
    assert not [name for name in names(trial.directory) if name.endswith(".tmp")]
    store.close()


def test_on_a_read_only_disk_the_state_is_read_and_nothing_is_lost_in_memory(
    tmp_path: Path,
) -> None:
    prepared(tmp_path, OLD, history=[row(1)])
    (tmp_path / ".state.json.tmp").write_bytes(b"left by a crash")
    disk = Disk()
    disk.plan = refusing(errno.EROFS, *CHANGES)
    store = opened(tmp_path, disk.fs)
    for number in (2, 3):
        with pytest.raises(StorageError) as caught:
            store.commit(house(number), [row(number)])
        assert caught.value.cause is StorageCause.READ_ONLY
    with pytest.raises(StorageError):
        store.move_history()
    assert [each.id for each in store.rows()] == [3, 2, 1]
    disk.restart()
    assert store.move_history() == 3
    store.close()
    assert found(tmp_path).state == house(3)
    assert ids_in_files(tmp_path) == [1, 2, 3]


@every_error
@lateness
def test_an_error_at_any_step_of_a_move_neither_loses_nor_doubles_a_row(
    tmp_path: Path, code: int, late: bool
) -> None:
    template, home = tmp_path / "template", tmp_path / "home"
    prepared(template, OLD, history=rows(1, 5))
    first = opened(template)
    first.move_history(limit=1)
    first.close()
    at, ended = 0, False
    while not ended:
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(template, home)
        disk = Disk()
        disk.late = late
        store = opened(home, disk.fs)
        disk.restart(failing(at, code))
        with contextlib.suppress(StorageError):
            store.move_history(limit=3)
        ended = at >= len(disk.steps)
        disk.restart()
        assert sorted(each.id for each in store.rows()) == [1, 2, 3, 4, 5], f"step {at}"
        while store.move_history(limit=3):
            pass
        store.close()
        assert ids_in_files(home) == [1, 2, 3, 4, 5], f"step {at}"
        assert found(home).notes == (), f"step {at}"
        at += 1
    assert at > 20, "reads, the history file, both state files"
