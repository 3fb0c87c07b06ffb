from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from storage import history
from storage.files import FileSystem
from tests.storage.faults import PowerDisk
from tests.storage.house import store
from tests.storage.scenes import FULL, SCENES, Scene


@pytest.fixture(autouse=True)
def _small_history_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "MAX_ROWS", FULL)


class Watch:
    """Act a scene once, and collect every directory that a power cut could leave on the way."""

    def __init__(self, directory: Path, scene: Scene) -> None:
        self.home = directory / "home"
        self.home.mkdir(mode=0o700)
        scene.prepare(self.home)
        self.disk = PowerDisk(self.home, self.look)
        self.left: list[tuple[str, dict[str, bytes]]] = []
        self._seen: set[frozenset[tuple[str, bytes]]] = set()
        self._scene = scene

    def look(self) -> None:
        for number, outcome in enumerate(self.disk.outcomes()):
            entries = frozenset(outcome.items())
            if entries not in self._seen:
                self._seen.add(entries)
                self.left.append((f"step {len(self.disk.steps)}, outcome {number}", outcome))

    def act(self, **broken: object) -> None:
        """Act it all; `broken` replaces steps of the file system."""
        fs: FileSystem = replace(self.disk.fs, **broken)  # type: ignore[arg-type]
        started = store(self.home, fs)
        started.open()
        started.load()
        self._scene.act(started)
        started.close()
        self.disk.close()


def laid_out(directory: Path, content: dict[str, bytes]) -> Path:
    directory.mkdir(mode=0o700)
    for name, data in content.items():
        (directory / name).write_bytes(data)
    return directory


def check(watch: Watch, scene: Scene, directory: Path) -> None:
    """Raise AssertionError where a cut would lose the old state, or at the end the new one."""
    last = watch.disk.outcomes()
    for number, (at, content) in enumerate([*watch.left, *(("the end", each) for each in last)]):
        after = scene.check(laid_out(directory / str(number), content), at)
        if at == "the end":
            assert (after.state, after.row_ids) == scene.outcomes[-1]


@pytest.mark.parametrize("scene", SCENES, ids=str)
def test_a_power_cut_at_any_step_leaves_the_old_or_the_new_state_and_at_the_end_the_new(
    scene: Scene, tmp_path: Path
) -> None:
    watch = Watch(tmp_path, scene)
    watch.act()
    assert len(watch.left) > 5
    check(watch, scene, tmp_path)


@pytest.mark.parametrize("forgotten", ["fsync", "sync_directory"])
def test_this_test_would_notice_a_sync_that_was_forgotten(forgotten: str, tmp_path: Path) -> None:
    scene = next(each for each in SCENES if each.name == "a commit")
    watch = Watch(tmp_path, scene)
    watch.act(**{forgotten: lambda _: None})
    with pytest.raises(AssertionError):
        check(watch, scene, tmp_path)
