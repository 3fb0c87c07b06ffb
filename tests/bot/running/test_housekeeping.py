"""Housekeeping: history leaves the state in batches, and goes by a clock that is right alone."""

from __future__ import annotations

import errno
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from alarm.core.inputs import EventsListed
from alarm.core.state import Area, State
from alarm.phone.client import Phone
from bot.controller import Controller
from bot.housekeeping import MOST_RIDING, TRUSTED_SKEW, Housekeeping
from bot.vitals import Vitals
from simulator.twilio import TwilioStandIn
from storage.history import RETENTION
from storage.store import StateStore
from tests.bot.running.bench import NETWORK, household, kept, opened, quick
from tests.bot.running.hand import Hand
from tests.core.home import clip
from tests.phone.bench import a_phone
from tests.storage.faults import Disk, refusing

OLD = "history-2025-11.json"


class Home:
    """A controller with its files, which the housekeeper looks after."""

    def __init__(self, directory: Path, phone: Phone | None = None) -> None:
        self.directory = directory
        self.disk = Disk()
        self.hand = Hand()
        self.store: StateStore[State] = opened(directory, self.disk.fs)
        state = household(settings=quick(), areas={NETWORK: Area(NETWORK, "Home")})
        self.controller = Controller(self.store, state, self.hand.clock)
        self.vitals = Vitals(self.hand.monotonic)
        self.measured: timedelta | None = None
        self.keeper = Housekeeping(
            self.store, self.controller, self.vitals, phone, lambda: self.measured
        )
        self.clips = 0

    def live(self, events: int) -> None:
        """Let so many clips be listed; each leaves a row of history."""
        for _ in range(events):
            self.clips += 1
            event = clip(self.hand.now(), self.clips, network=NETWORK)
            self.controller.apply(EventsListed((event,), timedelta(0)))

    def files(self) -> list[str]:
        return sorted(path.name for path in self.directory.iterdir() if "history" in path.name)

    def cost(self) -> int:
        """Return the bytes that one more event costs to write."""
        before = self.store.bytes_written
        self.live(1)
        return self.store.bytes_written - before


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Home]:
    place = Home(tmp_path / "state")
    yield place
    place.store.close()


async def test_rows_ride_until_there_is_a_batch_of_them(home: Home) -> None:
    home.live(MOST_RIDING - 1)
    await home.keeper.tidy()
    assert home.store.riding == MOST_RIDING - 1
    assert home.files() == []
    home.live(1)
    await home.keeper.tidy()
    assert home.store.riding == 0
    assert home.files() == ["history-2026-03.json"]
    assert len(list(home.store.rows(kind="event"))) == MOST_RIDING


async def test_a_commit_costs_the_same_however_much_history_there_is(home: Home) -> None:
    home.live(MOST_RIDING)
    await home.keeper.tidy()
    first = home.cost()
    for _ in range(10):
        home.live(MOST_RIDING)
        await home.keeper.tidy()
        # Ids of clips are kept for a week, which is a bound of its own.
        home.hand.forward(timedelta(days=8).total_seconds())
    home.live(1)
    await home.keeper.tidy()
    assert len(list(home.store.rows(kind="event"))) == 11 * MOST_RIDING + 2
    assert home.cost() < first


async def test_a_disk_that_refuses_a_move_loses_no_row(home: Home) -> None:
    home.live(MOST_RIDING)
    home.disk.restart(refusing(errno.ENOSPC, "create", "write"))
    await home.keeper.tidy()
    home.disk.restart()
    home.controller.retry()
    await home.keeper.tidy()
    assert home.store.riding == 0
    assert len(list(home.store.rows(kind="event"))) == MOST_RIDING
    assert kept(home.directory) == home.controller.state


async def test_a_damaged_history_file_is_logged_and_stands_in_no_way(
    home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    home.live(MOST_RIDING)
    await home.keeper.tidy()
    (home.directory / "history-2026-03.json").write_text("{")
    home.live(MOST_RIDING)
    await home.keeper.tidy()
    assert home.store.riding == 0
    assert "history-2026-03.json is damaged" in caplog.text


# -- retention -----------------------------------------------------------------------------------


def leave_old_history(home: Home) -> None:
    (home.directory / OLD).write_text("{}")


async def expired(home: Home) -> bool:
    await home.keeper.tidy()
    return OLD not in home.files()


def measured(home: Home, skew: timedelta) -> None:
    """Let a cloud tell what time it is."""
    home.measured = skew
    home.controller.apply(EventsListed((), skew))


async def test_old_history_goes_when_the_clock_is_confirmed(home: Home) -> None:
    leave_old_history(home)
    assert not await expired(home)
    measured(home, timedelta(0))
    assert await expired(home)


async def test_a_skew_of_an_earlier_run_confirms_nothing(home: Home) -> None:
    leave_old_history(home)
    home.controller.apply(EventsListed((), timedelta(0)))
    home.hand.forward(RETENTION.total_seconds() * 10)
    assert home.controller.state.clock.skew == timedelta(0)
    assert not await expired(home)


@pytest.mark.parametrize("jump", [timedelta(days=365), timedelta(days=-365)], ids=str)
async def test_nothing_goes_after_a_jump_until_a_cloud_has_told_the_time(
    home: Home, jump: timedelta
) -> None:
    leave_old_history(home)
    measured(home, timedelta(0))
    home.hand.set(jump)
    assert not await expired(home)
    measured(home, -jump)
    assert not await expired(home)
    home.hand.set(-jump)
    assert not await expired(home)
    measured(home, timedelta(0))
    assert await expired(home)


@pytest.mark.parametrize(
    ("skew", "goes"),
    [
        (TRUSTED_SKEW, True),
        (-TRUSTED_SKEW, True),
        (TRUSTED_SKEW + timedelta(seconds=1), False),
        (-TRUSTED_SKEW - timedelta(seconds=1), False),
    ],
)
async def test_a_clock_that_is_an_hour_off_is_trusted_and_one_beyond_is_not(
    home: Home, skew: timedelta, goes: bool
) -> None:
    leave_old_history(home)
    measured(home, skew)
    assert await expired(home) is goes


# -- the phone account ---------------------------------------------------------------------------


async def test_what_keeps_the_account_from_calling_is_known_and_over_again(
    tmp_path: Path, twilio: TwilioStandIn, caplog: pytest.LogCaptureFixture
) -> None:
    phone = a_phone(twilio)
    home = Home(tmp_path / "state", phone)
    await home.keeper.look_at_phone()
    assert home.vitals.phone_trouble == ""
    twilio.balance = "0.10"
    for _ in range(3):
        await home.keeper.look_at_phone()
    assert "balance is 0.10" in home.vitals.phone_trouble
    assert caplog.text.count("balance") == 1
    twilio.auth_token = "another"
    await home.keeper.look_at_phone()
    assert "credentials" in home.vitals.phone_trouble
    phone.close()
    home.store.close()


async def test_without_an_account_nothing_is_asked(home: Home) -> None:
    await home.keeper.look_at_phone()
    assert home.vitals.phone_trouble == ""
