"""The one that changes the state: a disk that refuses, a clock that is set, and who watches."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from alarm.core.actor import Actor
from alarm.core.commands import Arm, Disarm, SetOption
from alarm.core.events import MotionEvent
from alarm.core.inputs import EventsListed, ListingFinished, Tick
from alarm.core.notices import Notice
from alarm.core.settings import PanelState, TriggerRule
from alarm.core.state import Area, State
from bot.controller import UNSTEADY, Controller
from storage.store import StateStore
from tests.bot.running.bench import ANN, BOB, NETWORK, household, kept, opened, quick, told
from tests.bot.running.hand import Hand
from tests.core.home import NOON, clip, settings
from tests.storage.faults import Disk, os_error, refusing

MINUTE = timedelta(minutes=1)
JUMPS = pytest.mark.parametrize(
    "jump", [timedelta(hours=-1), timedelta(hours=1), timedelta(days=365)], ids=str
)


class Desk:
    """A controller with its disk and its clock."""

    def __init__(self, directory: Path, state: State) -> None:
        self.directory = directory
        self.disk = Disk()
        self.hand = Hand()
        self.store: StateStore[State] = opened(directory, self.disk.fs)
        self.controller = Controller(self.store, state, self.hand.clock)
        self.updates = 0

    @property
    def state(self) -> State:
        return self.controller.state

    def shows(self, panel: PanelState) -> bool:
        return self.state.areas[NETWORK].panel is panel

    def actor(self) -> Actor:
        self.updates += 1
        return Actor(ANN, "Ann", ANN, self.updates)

    def arm(self) -> None:
        self.controller.apply(Arm(self.actor()))

    def disarm(self) -> None:
        self.controller.apply(Disarm(self.actor()))

    def tick(self) -> None:
        self.controller.apply(Tick())


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    state = household(settings=quick(), areas={NETWORK: Area(NETWORK, "Home")})
    place = Desk(tmp_path / "state", state)
    yield place
    place.store.close()


# -- one commit, then the effects ----------------------------------------------------------------


def test_what_was_decided_is_on_the_disk_before_anybody_hears_of_it(desk: Desk) -> None:
    found: list[PanelState] = []
    desk.controller.watch(lambda: found.append(kept(desk.directory).areas[NETWORK].panel))
    desk.arm()
    assert found == [PanelState.ARMED]
    assert desk.controller.durable


def test_several_inputs_are_one_commit(desk: Desk) -> None:
    heard: list[None] = []
    desk.controller.watch(lambda: heard.append(None))
    desk.controller.apply(Arm(desk.actor()), Disarm(desk.actor()))
    assert len(heard) == 1
    assert desk.shows(PanelState.DISARMED)


def test_how_far_the_list_was_read_is_no_write_and_rides_in_the_next_one(desk: Desk) -> None:
    desk.tick()
    written = desk.store.bytes_written
    desk.controller.apply(ListingFinished(desk.hand.now()))
    assert desk.store.bytes_written == written
    assert kept(desk.directory).feed.listed_at is None
    desk.arm()
    assert kept(desk.directory).feed.listed_at == desk.hand.now()


def test_nothing_new_is_no_write_and_nobody_hears_of_it(desk: Desk) -> None:
    desk.tick()
    written, heard = desk.store.bytes_written, list[None]()
    desk.controller.watch(lambda: heard.append(None))
    for _ in range(100):
        desk.hand.forward(1)
        desk.tick()
    assert desk.store.bytes_written == written
    assert heard == []


def test_one_sign_of_life_is_written_every_five_minutes(desk: Desk) -> None:
    desk.tick()
    heard = list[None]()
    desk.controller.watch(lambda: heard.append(None))
    for _ in range(3600):
        desk.hand.forward(1)
        desk.tick()
    assert len(heard) == 12
    assert kept(desk.directory).clock.alive_at == desk.hand.now()


def test_a_watcher_that_fails_keeps_it_from_no_other(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    def failing() -> None:
        raise RuntimeError("a bug")

    heard = list[None]()
    desk.controller.watch(failing)
    desk.controller.watch(lambda: heard.append(None))
    desk.arm()
    assert heard == [None]
    assert "a bug" in caplog.text


def beyond_reckoning() -> EventsListed:
    """Return a page that the core cannot bear while another event waits for its burst."""
    far = replace(clip(NOON, 9), created_at=NOON.max.replace(tzinfo=NOON.tzinfo))
    events: tuple[MotionEvent, ...] = (clip(NOON, 1, network=NETWORK), far)
    return EventsListed(tuple(replace(e, network_id=NETWORK) for e in events))


def test_an_input_that_the_core_cannot_bear_changes_nothing(desk: Desk) -> None:
    desk.arm()
    before = desk.state
    with pytest.raises(OverflowError):
        desk.controller.apply(beyond_reckoning())
    assert desk.state is before


def test_what_was_decided_before_such_an_input_is_kept(desk: Desk) -> None:
    desk.arm()
    heard = list[None]()
    desk.controller.watch(lambda: heard.append(None))
    rule = SetOption(desk.actor(), "away-rule", "2 in 1m")
    with pytest.raises(OverflowError):
        desk.controller.apply(rule, beyond_reckoning())
    assert heard == [None]
    assert kept(desk.directory).settings.modes == desk.state.settings.modes
    assert next(iter(desk.state.settings.modes.values())).rule == TriggerRule(2, MINUTE)


# -- a disk that refuses -------------------------------------------------------------------------


def break_disk(desk: Desk, code: int = errno.ENOSPC) -> None:
    desk.disk.restart(refusing(code, "create", "write"))


def mend(desk: Desk) -> None:
    desk.disk.restart()


@pytest.mark.parametrize(
    ("code", "words"),
    [(errno.ENOSPC, "disk is full"), (errno.EROFS, "read-only"), (errno.EIO, "Input/output")],
)
def test_what_the_disk_refuses_holds_in_memory_and_is_told(
    desk: Desk, code: int, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    break_disk(desk, code)
    heard = list[None]()
    desk.controller.watch(lambda: heard.append(None))
    desk.arm()
    assert desk.shows(PanelState.ARMED)
    assert not desk.controller.durable
    assert heard
    assert told(desk.state, ANN).count(Notice.DISK_TROUBLE) == 1
    assert told(desk.state, BOB).count(Notice.DISK_TROUBLE) == 1
    assert words in caplog.text


def test_a_failure_is_told_once_and_every_retry_is_silent(desk: Desk) -> None:
    break_disk(desk)
    desk.arm()
    heard = list[None]()
    desk.controller.watch(lambda: heard.append(None))
    for _ in range(20):
        desk.hand.forward(3)
        desk.controller.retry()
    assert heard == []
    assert told(desk.state).count(Notice.DISK_TROUBLE) == 1


def test_all_is_written_and_told_when_there_is_room_again(desk: Desk) -> None:
    break_disk(desk)
    desk.arm()
    desk.disarm()
    mend(desk)
    desk.controller.retry()
    assert desk.controller.durable
    assert kept(desk.directory) == desk.state
    assert told(desk.state).count(Notice.DISK_FINE) == 1
    rows = [row for row in desk.store.rows() if row.kind == "journal"]
    assert {"arm", "disarm", "storage"} <= {row.data["what"] for row in rows}


def test_a_disk_that_comes_and_goes_is_no_flood(desk: Desk) -> None:
    for _ in range(20):
        break_disk(desk)
        desk.arm()
        mend(desk)
        desk.controller.retry()
        desk.disarm()
        desk.hand.forward(5)
    assert storage_news(desk) == ["failing", "fine", "failing"]
    desk.hand.forward(UNSTEADY - 5.1)
    desk.controller.retry()
    assert storage_news(desk) == ["failing", "fine", "failing"]
    desk.hand.forward(0.1)
    desk.controller.retry()
    assert storage_news(desk) == ["failing", "fine", "failing", "fine"]


def storage_news(desk: Desk) -> list[object]:
    """Return what was said of the disk, oldest first."""
    rows = [row.data for row in desk.store.rows() if row.data.get("what") == "storage"]
    return [data["status"] for data in reversed(rows)]


def test_an_error_of_our_own_in_writing_stops_no_alarm(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.disk.restart(lambda _, name: RuntimeError("a bug") if name == "create" else None)
    desk.arm()
    assert desk.shows(PanelState.ARMED)
    assert Notice.DISK_TROUBLE in told(desk.state)
    assert "a bug" in caplog.text


def test_a_single_write_that_fails_is_no_news(desk: Desk) -> None:
    desk.disk.restart(lambda number, _: os_error(errno.EIO) if number == 0 else None)
    desk.arm()
    assert desk.controller.durable
    assert kept(desk.directory) == desk.state
    assert Notice.DISK_TROUBLE not in told(desk.state)


# -- a clock that is set -------------------------------------------------------------------------


@JUMPS
def test_no_deadline_runs_out_because_the_clock_was_set(tmp_path: Path, jump: timedelta) -> None:
    state = household(settings=settings(exit_delay=MINUTE), areas={NETWORK: Area(NETWORK, "Home")})
    desk = Desk(tmp_path / "state", state)
    desk.arm()
    desk.hand.forward(30)
    desk.hand.set(jump)
    desk.tick()
    assert desk.shows(PanelState.ARMING)
    desk.hand.forward(29.9)
    desk.tick()
    assert desk.shows(PanelState.ARMING)
    desk.hand.forward(0.1)
    desk.tick()
    assert desk.shows(PanelState.ARMED)
    desk.store.close()


@JUMPS
def test_asking_for_the_time_takes_in_a_jump(desk: Desk, jump: timedelta) -> None:
    desk.arm()
    (delivery, *_) = desk.state.outbox.values()
    heard = list[None]()
    desk.controller.watch_jumps(lambda: heard.append(None))
    desk.hand.set(jump)
    assert desk.controller.now() == desk.hand.now()
    assert desk.state.outbox[delivery.id].next_try == delivery.next_try + jump
    desk.controller.now()
    desk.tick()
    assert heard == [None]


def test_a_small_correction_moves_nothing(desk: Desk) -> None:
    desk.arm()
    desk.tick()
    before = desk.state
    for step in (5, -5, 4, 3):
        desk.hand.set(timedelta(seconds=step))
        desk.tick()
    assert desk.state is before
    desk.hand.set(timedelta(seconds=5.1))
    desk.tick()
    assert desk.state is not before
