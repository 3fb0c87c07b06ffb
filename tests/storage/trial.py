"""One commit on a disk that breaks as planned."""

from __future__ import annotations

import shutil
from pathlib import Path

from storage.errors import StorageError
from storage.store import StateStore
from tests.storage.faults import Disk, Plan, never
from tests.storage.house import House, found, house, opened, prepared, row

OLD, NEW, NEXT = house(1), house(2), house(3)


class Trial:
    """One commit of `NEW` and a row over `OLD`, on a disk that breaks as planned."""

    def __init__(self, directory: Path) -> None:
        self._template = directory / "template"
        self._template.mkdir(mode=0o700)
        prepared(self._template, OLD, history=[row(1)])
        self.directory = directory / "home"
        self.disk = Disk()

    def fresh(self) -> StateStore[House]:
        shutil.rmtree(self.directory, ignore_errors=True)
        shutil.copytree(self._template, self.directory)
        self.disk.restart()
        store = opened(self.directory, self.disk.fs)
        self.disk.restart()
        return store

    def steps(self) -> list[str]:
        """Return the steps of the commit where nothing goes wrong."""
        store, _ = self.commit(never)
        steps = list(self.disk.steps)
        store.close()
        return steps

    def commit(self, plan: Plan) -> tuple[StateStore[House], StorageError | None]:
        store = self.fresh()
        self.disk.restart(plan)
        try:
            store.commit(NEW, [row(2)])
        except StorageError as error:
            return store, error
        return store, None

    def left(self, store: StateStore[House]) -> tuple[House | None, tuple[int, ...]]:
        """Let the disk be well, stop the program, and return what the next start finds."""
        self.disk.restart()
        store.close()
        after = found(self.directory)
        assert after.notes == ()
        return after.state, after.row_ids
