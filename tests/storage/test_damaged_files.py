from __future__ import annotations

import errno
import random
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from alarm.core.errors import BadInput
from storage.envelope import Envelope, LoadNote, NoteKind
from storage.errors import StorageError
from storage.store import COPY_NAME, STATE_NAME, StateStore
from tests.storage.faults import Disk, refusing
from tests.storage.house import (
    House,
    found,
    house,
    ids_in_files,
    names,
    opened,
    prepared,
    row,
    rows,
    store,
)

FORMAT = "blink-alarm state"
OLD, NEW = house(1), house(2)
BOTH = (STATE_NAME, COPY_NAME)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a directory whose two files hold the same, newest state."""
    prepared(tmp_path, OLD, NEW, history=rows(1, 2))
    return tmp_path


@pytest.fixture
def uneven(tmp_path: Path) -> Path:
    """Return a directory where the power went between the two files: the copy is one behind."""
    prepared(tmp_path, OLD)
    behind = (tmp_path / COPY_NAME).read_bytes()
    prepared(tmp_path, NEW)
    (tmp_path / COPY_NAME).write_bytes(behind)
    return tmp_path


FOREIGN = Envelope("blink-alarm history", 1, 9, {}).to_bytes()
SPOILED = {
    NoteKind.EMPTY: b"",
    NoteKind.DAMAGED: b'{"format": "blink-alarm state", "content": {',
    NoteKind.FOREIGN: FOREIGN,
}


def spoil(path: Path, kind: NoteKind) -> None:
    """Make a file missing, unreadable, or give it a content of this kind."""
    path.unlink()
    if kind is NoteKind.UNREADABLE:
        path.mkdir()
    elif kind is not NoteKind.MISSING:
        path.write_bytes(SPOILED[kind])


ways = pytest.mark.parametrize(
    "kind", [*SPOILED, NoteKind.MISSING, NoteKind.UNREADABLE], ids=lambda kind: kind.value
)


def test_two_sound_files_are_loaded_without_a_word(home: Path) -> None:
    assert found(home).state == NEW
    assert found(home).notes == ()


def test_a_copy_that_is_one_behind_is_no_damage(uneven: Path) -> None:
    assert found(uneven).state == NEW
    assert found(uneven).notes == ()


def test_a_state_file_that_is_behind_its_copy_is_told(uneven: Path) -> None:
    ahead, behind = (uneven / name for name in BOTH)
    shutil.copy(ahead, uneven / "newer")
    shutil.copy(behind, ahead)
    (uneven / "newer").replace(behind)
    assert found(uneven).state == NEW
    assert found(uneven).kinds == {STATE_NAME: "older"}


@ways
@pytest.mark.parametrize("name", BOTH)
def test_damage_to_either_file_loses_nothing_and_is_told(
    home: Path, name: str, kind: NoteKind
) -> None:
    spoil(home / name, kind)
    assert found(home).state == NEW
    assert found(home).kinds == {name: kind.value}
    assert found(home).row_ids == (1, 2)


@ways
def test_with_the_newest_file_damaged_the_one_before_it_is_taken(
    uneven: Path, kind: NoteKind
) -> None:
    spoil(uneven / STATE_NAME, kind)
    assert found(uneven).state == OLD
    assert found(uneven).kinds == {STATE_NAME: kind.value}


@ways
def test_with_both_files_damaged_the_loss_is_told(home: Path, kind: NoteKind) -> None:
    for name in BOTH:
        spoil(home / name, kind)
    assert found(home).state is None
    assert found(home).kinds == dict.fromkeys(BOTH, kind.value)


@ways
@pytest.mark.parametrize("name", BOTH)
def test_the_next_commit_makes_both_files_sound_again(
    home: Path, name: str, kind: NoteKind
) -> None:
    spoil(home / name, kind)
    prepared(home, house(3))
    for other in BOTH:
        assert found(home).state == house(3)
        assert found(home).notes == ()
        shutil.copy(home / other, home / "kept")
        (home / other).unlink()
        assert found(home).state == house(3)
        (home / "kept").replace(home / other)


@pytest.mark.parametrize("kind", [NoteKind.DAMAGED, NoteKind.FOREIGN])
@pytest.mark.parametrize("name", BOTH)
def test_what_was_damaged_is_set_aside_for_a_person(home: Path, name: str, kind: NoteKind) -> None:
    spoil(home / name, kind)
    found(home)
    assert f"{name}.damaged" not in names(home), "loading alone changes nothing"
    prepared(home, house(3), house(4))
    assert (home / f"{name}.damaged").read_bytes() == SPOILED[kind]


@pytest.mark.parametrize("kind", [NoteKind.EMPTY, NoteKind.MISSING])
def test_nothing_is_set_aside_where_there_is_nothing_to_look_at(home: Path, kind: NoteKind) -> None:
    spoil(home / STATE_NAME, kind)
    prepared(home, house(3))
    assert not [name for name in names(home) if name.endswith(".damaged")]


def test_a_file_cut_anywhere_falls_back_to_the_copy(uneven: Path) -> None:
    whole = (uneven / STATE_NAME).read_bytes()
    for cut in range(len(whole) - 1):
        (uneven / STATE_NAME).write_bytes(whole[:cut])
        kind = "damaged" if cut else "empty"
        after = found(uneven)
        assert (after.state, after.kinds) == (OLD, {STATE_NAME: kind}), f"cut at {cut}"


def test_a_copy_cut_anywhere_is_told_and_not_needed(home: Path) -> None:
    whole = (home / COPY_NAME).read_bytes()
    for cut in range(len(whole) - 1):
        (home / COPY_NAME).write_bytes(whole[:cut])
        kind = "damaged" if cut else "empty"
        after = found(home)
        assert (after.state, after.kinds) == (NEW, {COPY_NAME: kind}), f"cut at {cut}"


def test_both_files_cut_anywhere_are_a_loss_that_is_told(home: Path) -> None:
    whole = (home / STATE_NAME).read_bytes()
    for cut in range(len(whole) - 1):
        for name in BOTH:
            (home / name).write_bytes(whole[:cut])
        after = found(home)
        assert after.state is None, f"cut at {cut}"
        assert set(after.kinds) == set(BOTH), f"cut at {cut}"


def test_no_flipped_bit_ever_brings_up_another_state(uneven: Path) -> None:
    whole = (uneven / STATE_NAME).read_bytes()
    chosen = random.Random(2)
    for position in range(len(whole)):
        flipped = bytearray(whole)
        flipped[position] ^= 1 << chosen.randrange(8)
        (uneven / STATE_NAME).write_bytes(flipped)
        after = found(uneven)
        assert (after.state == OLD and STATE_NAME in after.kinds) or after.state == NEW, position


def _valid_but_strange(generation: int) -> bytes:
    return Envelope(FORMAT, 1, generation, {"number": {"1": {"value": "many"}}}).to_bytes()


def test_a_sound_file_that_makes_no_sense_falls_back_to_the_copy(uneven: Path) -> None:
    (uneven / STATE_NAME).write_bytes(_valid_but_strange(9))
    after = found(uneven)
    assert after.state == OLD
    assert after.notes == (
        LoadNote(
            NoteKind.DAMAGED,
            STATE_NAME,
            "Cannot be understood: expected int, found str @ number",
        ),
    )
    prepared(uneven, house(3))
    assert (uneven / f"{STATE_NAME}.damaged").read_bytes() == _valid_but_strange(9)
    assert found(uneven).state == house(3)
    assert found(uneven).notes == ()


@pytest.mark.parametrize(
    "content",
    [
        {"rooms": {"1": {"value": {"name": "x"}}}},
        {"rooms": {"1": "x"}},
        {"rooms": {"1": {"key": "1", "value": {}}}},
        {"number": {"1": {"value": 1}, "2": {"value": 2}}},
        {"number": {"1": {}}},
        {"number": {"1": None}},
    ],
    ids=repr,
)
def test_tables_that_make_no_sense_are_damage_not_a_crash(
    tmp_path: Path, content: dict[str, object]
) -> None:
    for name in BOTH:
        (tmp_path / name).write_bytes(Envelope(FORMAT, 1, 1, content).to_bytes())
    assert found(tmp_path).state is None
    assert found(tmp_path).kinds == dict.fromkeys(BOTH, "damaged")


def test_files_that_cannot_be_read_for_once_are_kept_for_later(home: Path) -> None:
    before = {name: (home / name).read_bytes() for name in BOTH}
    disk = Disk()
    disk.plan = refusing(errno.EIO, "read")
    started = store(home, disk.fs)
    loaded = started.load()
    assert loaded.state is None
    assert {note.kind for note in loaded.notes} == {NoteKind.UNREADABLE}
    started.commit(House())
    for name in BOTH:
        assert (home / f"{name}.damaged").read_bytes() == before[name]


def test_a_damaged_file_that_cannot_be_set_aside_is_not_overwritten(home: Path) -> None:
    spoil(home / STATE_NAME, NoteKind.DAMAGED)
    disk = Disk()
    started = store(home, disk.fs)
    started.load()
    disk.plan = refusing(errno.EIO, "replace")
    with pytest.raises(StorageError):
        started.commit(house(3))
    assert (home / STATE_NAME).read_bytes() == SPOILED[NoteKind.DAMAGED]
    disk.plan = lambda *_: None
    started.flush()
    assert found(home).state == house(3)


def test_a_state_that_its_own_type_refuses_is_damage(tmp_path: Path) -> None:
    @dataclass(frozen=True, slots=True)
    class Picky:
        number: int = 0

        def __post_init__(self) -> None:
            if self.number < 0:
                raise BadInput("The number must not be negative.")

    content = {"number": {"1": {"value": -1}}}
    (tmp_path / STATE_NAME).write_bytes(Envelope(FORMAT, 1, 1, content).to_bytes())
    loaded = StateStore(tmp_path, Picky).load()
    assert loaded.state is None
    assert "must not be negative" in loaded.notes[-1].detail


def test_rows_that_ride_in_the_state_survive_the_loss_of_either_file(home: Path) -> None:
    (home / STATE_NAME).unlink()
    started = opened(home)
    started.commit(house(3), [row(3)])
    (home / COPY_NAME).unlink()
    started.close()
    again = opened(home)
    assert again.move_history() == 3
    assert ids_in_files(home) == [1, 2, 3]
    again.close()
