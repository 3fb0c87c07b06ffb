from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from storage import history
from storage.store import StateStore
from tests.storage.faults import Death, Disk, Plan, dying, never
from tests.storage.house import House, found, house, ids_in_files, names, opened, store
from tests.storage.scenes import FULL, SCENES, Scene, disk_full_at, lived_in

every_scene = pytest.mark.parametrize("scene", SCENES, ids=str)


@pytest.fixture(autouse=True)
def _small_history_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "MAX_ROWS", FULL)


class Stage:
    """Act one scene again and again, each time on a fresh copy of the same directory."""

    def __init__(self, scene: Scene, directory: Path) -> None:
        self._scene = scene
        self._template = directory / "template"
        self.directory = directory / "home"
        self._template.mkdir(mode=0o700)
        scene.prepare(self._template)

    def act(self, plan: Plan) -> tuple[list[str], bool]:
        """Return the steps that were taken and whether the process died of the plan."""
        shutil.rmtree(self.directory, ignore_errors=True)
        shutil.copytree(self._template, self.directory)
        disk = Disk()
        disk.plan = plan
        started = store(self.directory, disk.fs)
        died = self._dies(started)
        steps = list(disk.steps)
        disk.restart()
        started.close()
        return steps, died

    def _dies(self, started: StateStore[House]) -> bool:
        try:
            started.open()
            started.load()
            self._scene.act(started)
        except Death:
            return True
        return False


@every_scene
def test_undisturbed_each_scene_ends_as_it_should(scene: Scene, tmp_path: Path) -> None:
    stage = Stage(scene, tmp_path)
    _, died = stage.act(never)
    after = scene.check(stage.directory, "the end")
    assert not died
    assert (after.state, after.row_ids) == scene.outcomes[-1]


@every_scene
def test_killed_at_any_step_the_files_hold_the_old_or_the_new_state(
    scene: Scene, tmp_path: Path
) -> None:
    stage = Stage(scene, tmp_path)
    steps, _ = stage.act(never)
    reached = 0
    for at, name in enumerate(steps):
        taken, died = stage.act(dying(at))
        assert died
        assert taken[: at + 1] == steps[: at + 1]
        after = scene.check(stage.directory, f"step {at}, {name}")
        outcome = scene.outcomes.index((after.state, after.row_ids))
        assert outcome >= reached, f"step {at}, {name} went back"
        reached = outcome
    assert reached == len(scene.outcomes) - 1


def _after_failure(failed: int, dies: int) -> Plan:
    full = disk_full_at(failed)
    return lambda number, name: Death() if number >= dies else full(number, name)


@pytest.mark.parametrize("failing", ["create", "write", "fsync", "replace"])
def test_killed_while_it_gives_up_the_reserve_it_has_the_old_or_the_new_state(
    failing: str, tmp_path: Path
) -> None:
    scene = next(each for each in SCENES if each.prepare is lived_in)
    stage = Stage(scene, tmp_path)
    steps, _ = stage.act(never)
    for failed in (at for at, name in enumerate(steps) if name == failing):
        longer, _ = stage.act(disk_full_at(failed))
        assert "unlink" in longer
        assert "free" in longer
        scene.check(stage.directory, "the end")
        for dies in range(failed + 1, len(longer)):
            _, died = stage.act(_after_failure(failed, dies))
            assert died
            scene.check(stage.directory, f"step {dies} after a full disk at {failed}")


_CHILD = """
import sys
from pathlib import Path

from storage.files import REAL
from tests.storage.house import house, opened, row

home = opened(Path(sys.argv[1]), REAL)
number = int(sys.argv[2])
while True:
    number += 1
    home.commit(house(number), [row(number)])
    if number % 7 == 0:
        home.move_history(limit=5)
    print(number, flush=True)
"""


def test_a_real_kill_in_a_loop_of_commits_loses_nothing_that_was_promised(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    on_disk = tmp_path_factory.mktemp("home")
    known = 0
    for life in range(4):
        with subprocess.Popen(
            [sys.executable, "-c", _CHILD, str(on_disk), str(known)], stdout=subprocess.PIPE
        ) as child:
            assert child.stdout is not None
            for _ in range(15 + 10 * life):
                known = int(child.stdout.readline())
            child.kill()
            known = max(known, *map(int, child.stdout.read().split()), 0)
            assert child.wait() == -signal.SIGKILL
        after = found(on_disk)
        assert after.state in (house(known), house(known + 1))
        assert after.state is not None
        assert after.notes == ()
        known = after.state.number
        assert after.row_ids == tuple(range(1, known + 1))
    last = opened(on_disk)
    while last.move_history():
        pass
    last.close()
    assert ids_in_files(on_disk) == list(range(1, known + 1))
    assert not [name for name in names(on_disk) if name.endswith(".tmp")]
