from __future__ import annotations

import errno
from dataclasses import replace
from pathlib import Path

import pytest

from storage.errors import StorageCause, StorageError
from storage.files import REAL
from storage.reserve import RESERVE_NAME, RESERVE_SIZE
from storage.store import COPY_NAME, STATE_NAME
from tests.storage.faults import SmallDisk, failing, never, refusing
from tests.storage.house import found, house, names, opened, owes, prepared, row
from tests.storage.trial import NEW, NEXT, OLD, Trial


@pytest.mark.parametrize("step", ["create", "write", "fsync", "replace", "sync_directory"])
def test_on_a_full_disk_the_reserve_goes_first_and_is_taken_again(trial: Trial, step: str) -> None:
    at = trial.steps().index(step)
    store, error = trial.commit(failing(at, errno.ENOSPC))
    assert error is None
    taken = trial.disk.steps
    given_up = len(taken) - 1 - taken[::-1].index("unlink")
    assert taken[given_up + 1] == "sync_directory", "some disks free the room only then"
    assert taken[given_up + 1 :].count("fsync") == 3, "both files, then the reserve"
    assert (trial.directory / RESERVE_NAME).stat().st_size == RESERVE_SIZE
    assert trial.left(store) == (NEW, (1, 2))


def test_a_reserve_that_is_held_is_left_alone(trial: Trial) -> None:
    store, _ = trial.commit(never)
    assert "free" not in trial.disk.steps
    assert trial.disk.steps.count("create") == 2
    (trial.directory / RESERVE_NAME).unlink()
    store.reserve.look()
    for number in (3, 4):
        trial.disk.restart()
        store.commit(house(number))
        assert trial.disk.steps.count("create") == (3 if number == 3 else 2)
    store.close()


def test_without_a_reserve_a_full_disk_is_told_at_once(trial: Trial) -> None:
    store = trial.fresh()
    (trial.directory / RESERVE_NAME).unlink()
    trial.disk.restart(failing(0, errno.ENOSPC))
    with pytest.raises(StorageError):
        store.commit(NEW)
    store.flush()
    assert trial.left(store) == (NEW, (1,))


@pytest.mark.parametrize("code", [errno.EIO, errno.EROFS])
def test_any_other_trouble_leaves_the_reserve_alone(trial: Trial, code: int) -> None:
    store = trial.fresh()
    before = (trial.directory / RESERVE_NAME).stat()
    trial.disk.restart(refusing(code, "create"))
    with pytest.raises(StorageError):
        store.commit(NEW)
    assert (trial.directory / RESERVE_NAME).stat() == before
    store.close()


def test_a_reserve_that_cannot_be_taken_is_no_error(trial: Trial) -> None:
    store = trial.fresh()
    (trial.directory / RESERVE_NAME).unlink()
    store.reserve.look()
    disk_is_full_but_for = len(["create", "write", "fsync", "close", "replace", "sync"]) * 2
    trial.disk.restart(failing(disk_is_full_but_for, errno.ENOSPC, times=1000))
    store.commit(NEW)
    assert not owes(store)
    assert RESERVE_NAME not in names(trial.directory)
    assert not [name for name in names(trial.directory) if name.endswith(".tmp")]
    trial.disk.restart()
    store.commit(NEXT)
    assert RESERVE_NAME in names(trial.directory)
    store.close()


def test_on_a_disk_that_fills_up_commits_go_on_in_the_room_of_the_reserve(tmp_path: Path) -> None:
    home = tmp_path / "home"
    prepared(home, OLD)
    disk = SmallDisk(home, size=10 * RESERVE_SIZE)
    store = opened(home, disk.fs)
    store.commit(NEW)
    disk.size -= disk.room
    assert disk.room == 0
    for number in range(3, 30):
        store.commit(house(number), [row(number)])
    assert RESERVE_NAME not in names(home), "the disk is as full as before"
    disk.size = 10 * RESERVE_SIZE
    store.commit(house(30))
    assert RESERVE_NAME in names(home)
    store.close()
    assert found(home).state == house(30)
    assert found(home).row_ids == tuple(range(3, 30))


@pytest.mark.parametrize(
    ("spare", "taken"),
    [(4 * RESERVE_SIZE - 1, False), (4 * RESERVE_SIZE, True), (4 * RESERVE_SIZE + 1, True)],
)
def test_the_reserve_is_taken_only_with_three_times_its_size_to_spare(
    tmp_path: Path, spare: int, taken: bool
) -> None:
    store = opened(tmp_path, replace(REAL, free=lambda _: spare))
    store.commit(OLD)
    assert (RESERVE_NAME in names(tmp_path)) is taken
    store.close()


def test_on_a_disk_with_room_for_one_of_the_files_the_newest_is_found(tmp_path: Path) -> None:
    home, elsewhere = tmp_path / "home", tmp_path / "elsewhere"
    grown = replace(NEW, motto="x" * 100)
    prepared(home, OLD)
    prepared(elsewhere, grown)
    (home / RESERVE_NAME).unlink()
    small, large = (each / STATE_NAME for each in (home, elsewhere))
    # Both old files and the new one; with the first replaced, the second does not fit beside.
    disk = SmallDisk(home, size=2 * small.stat().st_size + large.stat().st_size)
    store = opened(home, disk.fs)
    with pytest.raises(StorageError) as caught:
        store.commit(grown)
    assert caught.value.cause is StorageCause.DISK_FULL
    assert COPY_NAME in str(caught.value)
    store.close()
    assert found(home).state == grown
    assert found(home).notes == ()
