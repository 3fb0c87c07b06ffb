"""A PIN that nobody remembers, removed at the alarm's own computer."""

from __future__ import annotations

from pathlib import Path

import pytest

from alarm.core import pins
from alarm.core.pins import Pins
from alarm.core.state import State
from bot.forgotten_pin import forget_pin
from storage.states import state_store
from tests.bot.chat.bench import ANN, BEN, household
from tests.bot.cli.bench import blink_alarm

SALT = "00112233445566778899aabbccddeeff"


def kept(directory: Path, known: Pins) -> None:
    with_pins(directory, household(pins=known))


def with_pins(directory: Path, state: State) -> None:
    store = state_store(directory)
    store.open()
    store.load()
    store.commit(state)
    store.close()


def found(directory: Path) -> State:
    store = state_store(directory)
    store.open()
    try:
        state = store.load().state
        assert state is not None
        return state
    finally:
        store.close()


def test_it_removes_both_pins_and_the_household_is_told_at_the_next_start(tmp_path: Path) -> None:
    kept(tmp_path, Pins(SALT, pins.hashed("1234", SALT), pins.hashed("9876", SALT)))
    assert forget_pin(tmp_path) == 0
    state = found(tmp_path)
    assert state.pins == Pins()
    assert {d.target for d in state.outbox.values()} == {str(ANN), str(BEN)}


def test_without_a_pin_nothing_changes(tmp_path: Path) -> None:
    kept(tmp_path, Pins())
    before = found(tmp_path)
    assert forget_pin(tmp_path) == 0
    assert found(tmp_path) == before


def test_what_cannot_be_read_is_an_error_and_not_a_house_without_a_pin(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept(tmp_path, Pins(SALT, pins.hashed("1234", SALT)))
    for name in ("state.json", "state.copy.json"):
        (tmp_path / name).write_text("{")
    assert forget_pin(tmp_path) == 1
    told = capsys.readouterr()
    assert "cannot be read" in told.err
    assert told.out == ""


def test_one_damaged_file_of_the_two_is_no_error(tmp_path: Path) -> None:
    kept(tmp_path, Pins(SALT, pins.hashed("1234", SALT)))
    (tmp_path / "state.json").write_text("{")
    assert forget_pin(tmp_path) == 0
    assert not found(tmp_path).pins.required


def test_an_empty_directory_is_an_error_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert forget_pin(tmp_path) == 1
    assert "nothing is kept" in capsys.readouterr().err


def test_not_while_the_alarm_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept(tmp_path, Pins(SALT, pins.hashed("1234", SALT)))
    running = state_store(tmp_path)
    running.open()
    assert forget_pin(tmp_path) == 3
    running.close()
    assert "Stop it first" in capsys.readouterr().err
    assert found(tmp_path).pins.required


def test_the_command_line_knows_it(tmp_path: Path) -> None:
    missing = blink_alarm("forget-pin", "--state-dir", tmp_path / "nowhere")
    assert missing.returncode == 1
    assert "nothing is kept" in missing.stderr
    kept(tmp_path, Pins(SALT, pins.hashed("1234", SALT)))
    done = blink_alarm("forget-pin", "--state-dir", tmp_path)
    assert done.returncode == 0
    assert "removed" in done.stdout
    assert not found(tmp_path).pins.required
