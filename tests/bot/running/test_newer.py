"""A program that is too old for its state says so in chat, touches nothing, and is no flood."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Any

import pytest

from alarm.core.state import Person, Role, State
from bot import newer
from bot.config import Config, load_config
from bot.newer import TELL_EVERY, LastWord
from simulator.faults import Fault, FaultKind
from simulator.telegram import Person as Somebody
from simulator.telegram import TelegramStandIn
from storage.lock import LOCK_NAME
from storage.states import VERSION
from storage.store import COPY_NAME, STATE_NAME, StateStore
from tests.bot.running.bench import ANN, BOB, household
from tests.storage.house import UNSYNCED

VIC = 1003
WORDS = "NOT WATCHING"


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """Leave the files of a newer version."""
    state = household()
    people = {**state.people, str(VIC): Person(VIC, "Vic", Role.VIEWER)}
    store = StateStore(tmp_path / "state", State, schema_version=VERSION + 1, fs=UNSYNCED)
    store.open()
    store.load()
    store.commit(household(people=people))
    store.close()
    for path in (tmp_path / "state").iterdir():
        os.utime(path, (1_000_000_000, 1_000_000_000))
    return tmp_path / "state"


@pytest.fixture
def people(telegram: TelegramStandIn) -> list[Somebody]:
    found = [telegram.person(ANN, "Ann"), telegram.person(BOB, "Bob"), telegram.person(VIC, "Vic")]
    for person in found:
        person.chat.started = True
    return found


def configured(telegram: TelegramStandIn, **more: str) -> Config:
    env = {
        "TELEGRAM_BOT_TOKEN": telegram.token,
        "TELEGRAM_API_URL": telegram.url,
        "BLINK_EMAIL": "owner@example.org",
        "BLINK_PASSWORD": "correct horse",
    }
    return load_config(env | more, ())


async def say(telegram: TelegramStandIn, directory: Path, **more: str) -> None:
    """Say it as the program does, which has no loop of its own yet."""
    await asyncio.to_thread(LastWord(configured(telegram, **more), directory).say)


def said(person: Somebody) -> int:
    return sum(WORDS in message.text for message in person.chat.messages)


def content(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.iterdir()}


async def test_owners_and_members_are_told_and_nothing_is_touched(
    telegram: TelegramStandIn, directory: Path, people: list[Somebody]
) -> None:
    before = content(directory)
    await say(telegram, directory)
    assert [said(person) for person in people] == [1, 1, 0]
    assert "Install that version again" in people[0].chat.last.text
    assert content(directory) == before


async def test_the_configured_owner_is_told_where_the_people_cannot_be_read(
    telegram: TelegramStandIn, directory: Path, people: list[Somebody]
) -> None:
    for name in (STATE_NAME, COPY_NAME):
        (directory / name).write_text("{}")
    await say(telegram, directory, TELEGRAM_OWNER_ID=str(VIC))
    assert [said(person) for person in people] == [0, 0, 1]


async def test_nobody_known_is_no_error(
    telegram: TelegramStandIn, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await say(telegram, tmp_path)
    assert telegram.count("sendMessage") == 0
    assert caplog.text == ""


async def test_a_restart_within_a_day_says_nothing_and_one_after_it_does(
    telegram: TelegramStandIn, directory: Path, people: list[Somebody]
) -> None:
    await say(telegram, directory)
    await say(telegram, directory)
    assert said(people[0]) == 1
    told_at = (directory / LOCK_NAME).stat().st_mtime - TELL_EVERY
    os.utime(directory / LOCK_NAME, (told_at, told_at))
    await say(telegram, directory)
    assert said(people[0]) == 2


async def test_a_state_that_is_newer_than_what_was_told_is_told_anew(
    telegram: TelegramStandIn, directory: Path, people: list[Somebody]
) -> None:
    await say(telegram, directory)
    os.utime(directory / STATE_NAME)
    await say(telegram, directory)
    assert said(people[0]) == 2


async def test_what_nobody_heard_is_said_again(
    telegram: TelegramStandIn, directory: Path, people: list[Somebody]
) -> None:
    telegram.faults.add("sendMessage", Fault(FaultKind.DROP))
    await say(telegram, directory)
    telegram.faults.clear()
    await say(telegram, directory)
    assert [said(person) for person in people] == [1, 1, 0]


async def test_one_who_cannot_be_reached_holds_up_no_other(
    telegram: TelegramStandIn, directory: Path, people: list[Somebody]
) -> None:
    people[0].chat.blocked = True
    await say(telegram, directory)
    await say(telegram, directory)
    assert [said(person) for person in people] == [0, 1, 0]


@pytest.mark.parametrize(
    "fault",
    [Fault(FaultKind.HANG, seconds=30.0), Fault(FaultKind.STATUS, status=401)],
    ids=["hang", "401"],
)
async def test_a_telegram_that_does_not_take_it_holds_nothing_up(
    telegram: TelegramStandIn,
    directory: Path,
    people: list[Somebody],
    fault: Fault,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(newer, "LIMIT", 0.3)
    telegram.faults.add("", fault)
    await say(telegram, directory)
    assert said(people[0]) == 0


@pytest.mark.parametrize(
    "documents",
    [
        None,
        [],
        {"1": None, "2": {"value": []}, "3": {"value": {"role": "owner", "user_id": "1001"}}},
        {"1": {"value": {"role": ["owner"], "user_id": 1}}, "2": {"value": {"user_id": True}}},
    ],
    ids=["missing", "a list", "other forms", "other types"],
)
async def test_people_of_a_form_that_nobody_knows_yet_are_left_alone(
    telegram: TelegramStandIn, directory: Path, documents: Any
) -> None:
    store = StateStore(directory, State, schema_version=VERSION + 1, fs=UNSYNCED)
    store.load()
    tables = dict(store._storage.read() or {})
    tables.pop("people")
    store._storage.write(tables if documents is None else tables | {"people": documents})
    store._storage.flush()
    await say(telegram, directory)
    assert telegram.count("sendMessage") == 0
