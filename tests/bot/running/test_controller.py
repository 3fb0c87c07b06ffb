"""The one that changes the state: one commit, then the effects; and a clock that is set."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from alarm.core.commands import Arm, Disarm, SetOption
from alarm.core.events import MotionEvent
from alarm.core.inputs import EventsListed, ListingFinished
from alarm.core.settings import PanelState, TriggerRule
from alarm.core.state import Area
from tests.bot.running.bench import NETWORK, household, kept
from tests.bot.running.desk import Desk
from tests.core.home import NOON, clip, settings

MINUTE = timedelta(minutes=1)
JUMPS = pytest.mark.parametrize(
    "jump", [timedelta(hours=-1), timedelta(hours=1), timedelta(days=365)], ids=str
)


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
