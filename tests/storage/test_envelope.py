from __future__ import annotations

import errno
import json
import os
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alarm.core.state import State
from storage.envelope import Envelope, LoadNote, NoteKind, read_envelope
from storage.errors import StorageError
from storage.files import REAL, FileSystem
from storage.store import STATE_NAME, StateStore
from tests.storage.faults import Disk, refusing
from tests.storage.values import values_of

FORMAT = "blink-alarm state"
SMALL = Envelope(FORMAT, 1, 7, {"rooms": {"1": {"value": 'Küche "x"\n\ud83d'}}, "empty": {}})


def holding(data: bytes) -> FileSystem:
    """Return a file system on which every file has this content."""
    return replace(REAL, read=lambda _: data)


def opened(data: bytes, *, schema: int = 1) -> Envelope | LoadNote:
    return read_envelope(Path(STATE_NAME), FORMAT, schema, holding(data))


def kind(data: bytes, *, schema: int = 1) -> NoteKind | None:
    found = opened(data, schema=schema)
    return found.kind if isinstance(found, LoadNote) else None


@pytest.fixture(scope="module")
def state_file(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the file of a state with something in each of its parts."""
    directory = tmp_path_factory.mktemp("state")
    store = StateStore(directory, State)
    store.load()
    store.commit(_rich_state())
    return (directory / STATE_NAME).read_bytes()


def _rich_state() -> State:
    found: list[State] = []

    @given(values_of(State))
    @settings(max_examples=40, deadline=None, database=None, derandomize=True)
    def collect(state: State) -> None:
        found.append(state)

    collect()
    return max(found, key=lambda state: len(repr(state)))


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(
    content=st.dictionaries(st.text(), json_values, max_size=3),
    generation=st.integers(0, 2**63),
    version=st.integers(0, 5),
)
@settings(max_examples=200, deadline=None)
def test_what_was_put_in_comes_out(content: dict[str, Any], generation: int, version: int) -> None:
    envelope = Envelope(FORMAT, version, generation, content)
    assert opened(envelope.to_bytes(), schema=5) == envelope


def test_the_file_can_be_read_by_people_line_by_line() -> None:
    text = Envelope(FORMAT, 1, 2, {"rooms": {"1": {"name": "Küche"}}, "motto": {}}).to_bytes()
    lines = text.decode().splitlines()
    assert lines[:4] == ["{", f' "format": "{FORMAT}",', ' "schema": 1,', ' "generation": 2,']
    assert '   "1": {"name": "Küche"}' in lines
    assert text.endswith(b"}\n")


def test_half_a_character_is_kept() -> None:
    assert opened(SMALL.to_bytes()) == SMALL


@pytest.mark.parametrize(
    "content",
    [
        {"a": object()},
        {"a": {1, 2}},
        {"a": b"x"},
        {"a": float("nan")},
        {"a": float("inf")},
        {"a": {1: "x", "1": "y"}},
        {("a", "b"): 1},
    ],
    ids=["object", "set", "bytes", "nan", "inf", "number key", "tuple key"],
)
def test_what_could_not_be_read_again_is_refused(content: dict[str, Any]) -> None:
    with pytest.raises(StorageError, match="cannot be stored") as caught:
        Envelope(FORMAT, 1, 1, content).to_bytes()
    assert caught.value.permanent


def test_content_that_contains_itself_is_refused() -> None:
    content: dict[str, Any] = {}
    content["again"] = content
    with pytest.raises(StorageError, match="cannot be stored"):
        Envelope(FORMAT, 1, 1, content).to_bytes()


@pytest.mark.parametrize("data", [SMALL.to_bytes(), None], ids=["small", "real"])
def test_a_file_cut_anywhere_is_not_taken(data: bytes | None, state_file: bytes) -> None:
    whole = state_file if data is None else data
    # Without its last character, a line's end, the file still says all.
    assert kind(whole[:-1]) is None
    for cut in range(len(whole) - 1):
        expected = NoteKind.EMPTY if cut == 0 else NoteKind.DAMAGED
        assert kind(whole[:cut]) is expected, f"cut at {cut}"


def test_a_file_whose_start_is_lost_is_not_taken() -> None:
    whole = SMALL.to_bytes()
    for cut in range(1, len(whole)):
        assert kind(whole[cut:]) is not None, f"cut at {cut}"


def test_no_flipped_bit_of_a_small_file_goes_unnoticed() -> None:
    whole = SMALL.to_bytes()
    for position in range(len(whole)):
        for bit in range(8):
            assert _unchanged_or_noted(whole, position, bit), f"bit {bit} of byte {position}"


def test_no_flipped_byte_of_a_real_file_goes_unnoticed(state_file: bytes) -> None:
    chosen = random.Random(1)
    for position in chosen.sample(range(len(state_file)), min(2000, len(state_file))):
        bit = chosen.randrange(8)
        assert _unchanged_or_noted(state_file, position, bit), f"bit {bit} of byte {position}"


def _unchanged_or_noted(whole: bytes, position: int, bit: int) -> bool:
    """Tell whether the flip was seen, or changed nothing but how the same thing is spelled."""
    flipped = bytearray(whole)
    flipped[position] ^= 1 << bit
    found = opened(bytes(flipped))
    return isinstance(found, LoadNote) or found == opened(whole)


@pytest.mark.parametrize("size", [1, 512, 4096])
def test_a_block_of_zeros_is_damage(size: int) -> None:
    whole = SMALL.to_bytes()
    assert kind(whole[:100] + bytes(size) + whole[100 + size :]) is NoteKind.DAMAGED
    assert kind(bytes(size)) is NoteKind.DAMAGED


@pytest.mark.parametrize("data", [b"", b"\n", b" \t\r\n"], ids=repr)
def test_an_empty_file_is_called_empty(data: bytes) -> None:
    assert kind(data) is NoteKind.EMPTY


def test_two_files_in_one_are_damage() -> None:
    assert kind(SMALL.to_bytes() * 2) is NoteKind.DAMAGED


@pytest.mark.parametrize(
    "data",
    [
        b"[]",
        b'"text"',
        b"null",
        b"{}",
        b'{"_default": {"1": {"armed": true}}}',
        Envelope("blink-alarm history", 1, 1, {}).to_bytes(),
    ],
    ids=repr,
)
def test_a_file_of_something_else_is_called_foreign(data: bytes) -> None:
    assert kind(data) is NoteKind.FOREIGN


@pytest.mark.parametrize(
    "data",
    [
        b"hello",
        b"\xff\xfe{}",
        b"[" * 100_000,
        b'{"format": "blink-alarm state", "generation": NaN}',
        b'{"format": "blink-alarm state", "generation": ' + b"9" * 5000 + b"}",
    ],
    ids=["words", "no text", "too deep", "NaN", "endless number"],
)
def test_a_file_that_is_not_json_is_damage(data: bytes) -> None:
    assert kind(data) is NoteKind.DAMAGED


def _with(**changes: object) -> bytes:
    whole = json.loads(SMALL.to_bytes())
    return json.dumps({**whole, **changes}).encode()


@pytest.mark.parametrize(
    "changes",
    [
        {"schema": "1"},
        {"schema": True},
        {"schema": None},
        {"generation": 7.0},
        {"generation": None},
        {"generation": 8},
        {"content": []},
        {"content": None},
        {"content": {}},
        {"checksum": None},
        {"checksum": "0" * 64},
        {"schema": 2},
    ],
    ids=repr,
)
def test_an_envelope_that_was_edited_is_damage(changes: dict[str, object]) -> None:
    assert kind(_with(**changes)) is NoteKind.DAMAGED


def test_the_same_json_in_another_layout_is_taken() -> None:
    assert opened(_with()) == SMALL


def test_a_newer_version_is_known_by_its_true_checksum_alone() -> None:
    newer = Envelope(FORMAT, 2, 1, {"rooms": {}}).to_bytes()
    assert kind(newer, schema=1) is NoteKind.NEWER
    assert kind(newer, schema=2) is None
    assert kind(newer.replace(b"rooms", b"doors"), schema=1) is NoteKind.DAMAGED


def test_a_missing_file_is_called_missing(tmp_path: Path) -> None:
    note = read_envelope(tmp_path / STATE_NAME, FORMAT, 1)
    assert note == LoadNote(NoteKind.MISSING, STATE_NAME)


@pytest.mark.parametrize("code", [errno.EIO, errno.EACCES])
def test_a_file_that_the_system_does_not_hand_out_is_called_unreadable(code: int) -> None:
    disk = Disk()
    disk.plan = refusing(code, "read")
    note = read_envelope(Path(STATE_NAME), FORMAT, 1, disk.fs)
    assert note == LoadNote(NoteKind.UNREADABLE, STATE_NAME, os.strerror(code))


def test_a_directory_in_place_of_the_file_is_called_unreadable(tmp_path: Path) -> None:
    (tmp_path / STATE_NAME).mkdir()
    assert read_envelope(tmp_path / STATE_NAME, FORMAT, 1) == LoadNote(
        NoteKind.UNREADABLE, STATE_NAME, "Is a directory"
    )
