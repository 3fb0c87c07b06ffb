"""Files that an older program wrote know nothing of newer settings: these take their defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from alarm.core.settings import CameraRule, Mode, ModeSettings, Plan, Settings
from alarm.core.state import State
from storage.states import state_store
from storage.store import StateStore


@dataclass(frozen=True, slots=True)
class OlderSettings:
    """The settings before those against false alarms could be switched one by one."""

    modes: Mapping[Mode, ModeSettings] = field(default_factory=lambda: {Mode.AWAY: ModeSettings()})
    plan: Plan = field(default_factory=Plan)
    zone: str = "UTC"
    cameras: Mapping[str, CameraRule] = field(default_factory=dict)
    swinger: int = 2
    doorbell_always: bool = False


@dataclass(frozen=True, slots=True)
class OlderState:
    settings: OlderSettings = OlderSettings()


def written(directory: Path, state: State) -> State | None:
    store = state_store(directory)
    store.open()
    store.load()
    store.commit(state)
    store.close()
    return state_store(directory).load().state


def test_an_older_file_is_loaded_with_the_defaults_of_what_is_new(tmp_path: Path) -> None:
    store = StateStore(tmp_path, OlderState)
    store.open()
    store.load()
    store.commit(OlderState(OlderSettings(zone="Europe/Berlin", swinger=3)))
    store.close()
    loaded = state_store(tmp_path).load()
    assert loaded.notes == ()
    assert loaded.state == State(settings=Settings(zone="Europe/Berlin", swinger=3))


def test_what_was_chosen_is_loaded_again(tmp_path: Path) -> None:
    chosen = replace(
        Settings(),
        abort_notice=False,
        cancel_window=timedelta(minutes=30),
        cancel_notice=False,
        recent_closing=timedelta(minutes=10),
        exit_progress=False,
    )
    assert written(tmp_path, State(settings=chosen)) == State(settings=chosen)
    off = replace(chosen, cancel_window=timedelta(0), recent_closing=timedelta(0))
    assert written(tmp_path, State(settings=off)) == State(settings=off)
