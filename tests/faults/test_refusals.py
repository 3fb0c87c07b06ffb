"""The real program where it cannot go on: a sentence, exit status 1, and nothing touched."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from alarm.core.state import State
from simulator.faults import Fault, FaultKind
from storage.states import VERSION
from storage.store import StateStore
from tests.bot.running.bench import household
from tests.bot.running.inside import living
from tests.bot.running.test_house_ends import beyond_reckoning
from tests.e2e.town import CHECKOUT, Town

FAILED = 1


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    place = Town(tmp_path)
    await place.open()
    yield place
    await place.close()
    assert place.elsewhere == ""


def content(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.iterdir()}


async def refused(town: Town) -> str:
    """Start the program, which is to end by itself; return what it printed."""
    town.console.clear()
    await town.start()
    assert await town.ended() == FAILED
    return "\n".join(town.console)


async def test_files_of_a_newer_version_are_told_once_and_never_touched(town: Town) -> None:
    store = StateStore(town.state_dir, State, schema_version=VERSION + 1)
    store.open()
    store.load()
    store.commit(household())
    store.close()
    for path in town.state_dir.iterdir():
        os.utime(path, (1_000_000_000, 1_000_000_000))
    town.ann.chat.started = town.bob.chat.started = True
    before = content(town.state_dir)
    for _ in range(2):
        printed = await refused(town)
        assert "state.json was written by a newer version of blink-alarm" in printed
        assert "Traceback" not in printed
    for person in (town.ann, town.bob):
        (told,) = person.chat.messages
        assert "NOT WATCHING" in told.text
    assert content(town.state_dir) == before
    assert town.blink.seen == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a directory away")
async def test_a_directory_of_another_user_is_refused(town: Town) -> None:
    town.state_dir.mkdir(mode=0o700)
    os.chown(town.state_dir, 12345, 12345)
    printed = await refused(town)
    assert "belongs to another user (uid 12345)" in printed
    assert "Traceback" not in printed
    assert content(town.state_dir) == {}


async def test_a_directory_that_others_may_write_to_is_refused(town: Town) -> None:
    town.state_dir.mkdir()
    town.state_dir.chmod(0o777)
    printed = await refused(town)
    assert f"run: chmod 700 {town.state_dir}" in printed
    assert content(town.state_dir) == {}


async def test_a_file_in_place_of_the_directory_is_refused(town: Town) -> None:
    town.state_dir.write_text("mine")
    printed = await refused(town)
    assert "is not a directory; name another state directory" in printed
    assert town.state_dir.read_text() == "mine"


async def test_a_part_that_dies_ends_the_program_with_a_word_in_the_log(tmp_path: Path) -> None:
    async with living(tmp_path, with_bob=False) as inside:
        inside.rewrite(beyond_reckoning)
        inside.town.blink.faults.add("", Fault(FaultKind.DROP))
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.faults.hasty",
            "run",
            "--state-dir",
            str(inside.town.state_dir),
            env=inside.town.env,
            cwd=CHECKOUT,
            stderr=asyncio.subprocess.PIPE,
        )
        async with asyncio.timeout(20):
            _, printed = await process.communicate()
        assert process.returncode == FAILED
        log = printed.decode()
        assert "The alarm cannot go on and ends, to be started anew." in log
        assert "the tick does not come back" in log
