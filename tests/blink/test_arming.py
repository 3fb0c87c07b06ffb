"""Arm and disarm: what becomes of the command, and when it is believed."""

from __future__ import annotations

import json

import pytest

from alarm.blink.orders import LOOKS, Pauses
from simulator.blink import Outcome
from simulator.faults import Fault, FaultKind
from tests.blink.arm_bench import (
    ARM,
    BUSY,
    COMMAND,
    DISARM,
    NO_CAMERA_ON,
    SLOW_DOWN,
    STATE,
    TIGHT,
    arm,
    refused,
    shown,
)
from tests.blink.bench import HOMESCREEN, PASSING, Bench, status


@pytest.mark.parametrize("armed", [True, False])
async def test_a_state_is_set_and_read_back_after_the_command_has_ended(
    bench: Bench, armed: bool
) -> None:
    cloud = await bench.logged_in()
    bench.blink.arm(armed=not armed)
    before = len(bench.blink.seen)
    await arm(cloud, armed)
    assert bench.blink.armed() is armed
    asked = [one.path.rsplit("/", 2)[-2:] for one in bench.blink.seen[before:]]
    command = str(bench.blink.commands.given[-1].id)
    assert asked == [
        ["state", "arm" if armed else "disarm"],
        ["command", command],
        ["command", command],
        ["900100", "homescreen"],
    ]


async def test_a_state_that_is_set_already_is_confirmed_all_the_same(bench: Bench) -> None:
    cloud = await bench.logged_in()
    bench.blink.arm()
    await arm(cloud)
    assert bench.blink.count(ARM) == 1
    assert bench.blink.armed()


async def test_a_homescreen_that_lags_is_read_until_it_shows_the_state(bench: Bench) -> None:
    cloud = await bench.logged_in()
    shown(bench.blink, False, times=LOOKS + 2)
    await arm(cloud)
    assert bench.blink.count(HOMESCREEN) == LOOKS + 3
    assert bench.blink.count(ARM) == 1


@pytest.mark.parametrize("what", [False, None, "yes", 1])
async def test_a_homescreen_that_never_shows_armed_is_not_believed_to_be(
    bench: Bench, what: object
) -> None:
    cloud = await bench.logged_in()
    shown(bench.blink, what)
    error = await refused(cloud, deadline=TIGHT)
    assert str(error) == "Blink did not confirm that it is armed"


async def test_a_homescreen_that_never_shows_disarmed_is_not_believed_to_be(bench: Bench) -> None:
    cloud = await bench.logged_in()
    bench.blink.arm()
    shown(bench.blink, True)
    error = await refused(cloud, armed=False, deadline=TIGHT)
    assert str(error) == "Blink did not confirm that it is disarmed"


# Commands that go wrong


async def test_a_command_that_never_ends_is_not_confirmed(bench: Bench) -> None:
    cloud = await bench.logged_in()
    bench.blink.commands.outcome = Outcome.STUCK
    await refused(cloud, deadline=TIGHT)
    assert bench.blink.count(COMMAND) > 1
    bench.blink.commands.outcome = Outcome.DONE
    await arm(cloud)


async def test_a_command_that_never_ends_but_took_effect_is_confirmed(bench: Bench) -> None:
    cloud = await bench.logged_in()
    bench.blink.commands.outcome = Outcome.STUCK
    bench.blink.arm()
    await arm(cloud, deadline=1.0)


async def test_a_failed_command_is_an_error_long_before_the_deadline(bench: Bench) -> None:
    cloud = await bench.logged_in()
    bench.blink.commands.outcome = Outcome.FAILED
    await refused(cloud)
    assert bench.blink.count(HOMESCREEN) == LOOKS
    assert not bench.blink.armed()


@pytest.mark.parametrize("code", [307, 907, 909, None, "908"])
async def test_any_status_code_but_908_is_a_failure(bench: Bench, code: object) -> None:
    cloud = await bench.logged_in()
    bench.blink.commands.seconds = 60
    body = {"complete": True, "status_code": code}
    bench.blink.faults.add(COMMAND, status(200, json.dumps(body)))
    await refused(cloud)


async def test_a_failed_command_that_took_effect_is_confirmed(bench: Bench) -> None:
    cloud = await bench.logged_in()
    bench.blink.commands.outcome = Outcome.FAILED
    shown(bench.blink, False, times=LOOKS - 1)
    bench.blink.arm()
    await arm(cloud)


@pytest.mark.parametrize("name", PASSING)
async def test_a_command_whose_state_cannot_be_asked_for_a_while_is_confirmed_later(
    bench: Bench, name: str
) -> None:
    cloud = await bench.logged_in()
    fault = bench.blink.faults.add(COMMAND, PASSING[name]())
    fault.times = 2
    await arm(cloud)
    assert bench.blink.armed()


async def test_an_answer_without_a_command_is_believed_when_the_state_shows(bench: Bench) -> None:
    cloud = await bench.logged_in()
    bench.blink.commands.seconds = 0.05
    bench.blink.faults.add(ARM, Fault(FaultKind.INSTEAD, status=200, body="{}"))
    await arm(cloud)
    assert bench.blink.count(COMMAND) == 0


# Commands that are not accepted


async def test_a_busy_module_is_asked_again_until_it_accepts(bench: Bench) -> None:
    cloud = await bench.logged_in()
    bench.blink.faults.add(ARM, status(409, BUSY, times=3))
    await arm(cloud)
    assert bench.blink.count(ARM) == 4
    assert bench.blink.armed()


async def test_a_module_that_still_disarms_is_armed_afterwards(bench: Bench) -> None:
    cloud = await bench.logged_in()
    bench.blink.arm()
    bench.blink.commands.seconds = 0.1
    bench.blink.commands.polls = 1000
    bench.blink.commands.give("disarm", bench.blink.networks[0])
    await arm(cloud)
    assert bench.blink.armed()
    assert bench.blink.count(ARM) > 1


async def test_a_module_that_stays_busy_is_not_confirmed(bench: Bench) -> None:
    cloud = await bench.logged_in(pauses=Pauses(busy=0.05, command=0.02, read_back=0.02))
    bench.blink.commands.busy = True
    await refused(cloud, deadline=TIGHT)
    assert 1 < bench.blink.count(ARM) < 10
    bench.blink.commands.busy = False
    await arm(cloud)


async def test_a_busy_module_that_shows_the_state_is_not_believed_yet(bench: Bench) -> None:
    """What keeps it busy may be the very command that changes the state."""
    cloud = await bench.logged_in()
    bench.blink.arm()
    bench.blink.commands.busy = True
    await refused(cloud, deadline=TIGHT)


@pytest.mark.parametrize("code", [200, 400, 409, 500])
async def test_the_complaint_that_no_camera_is_enabled_is_no_failure_where_it_took_effect(
    bench: Bench, code: int
) -> None:
    cloud = await bench.logged_in()
    bench.blink.commands.seconds = 0.03
    fault = Fault(FaultKind.INSTEAD, status=code, body=NO_CAMERA_ON)
    bench.blink.faults.add(ARM, fault)
    await arm(cloud)
    assert bench.blink.armed()
    assert bench.blink.count(ARM) == 1


@pytest.mark.parametrize("code", [400, 409, 500])
async def test_the_complaint_that_no_camera_is_enabled_is_a_failure_without_effect(
    bench: Bench, code: int
) -> None:
    cloud = await bench.logged_in()
    bench.blink.faults.add(ARM, status(code, NO_CAMERA_ON))
    await refused(cloud)
    assert (bench.blink.count(ARM), bench.blink.count(HOMESCREEN)) == (1, LOOKS)


async def test_a_lost_answer_is_no_failure_where_the_command_took_effect(bench: Bench) -> None:
    cloud = await bench.logged_in()
    bench.blink.commands.seconds = 0.03
    bench.blink.faults.add(ARM, Fault(FaultKind.LATE))
    await arm(cloud)
    assert bench.blink.armed()
    assert bench.blink.count(ARM) == 1


@pytest.mark.parametrize("code", [406, 429])
@pytest.mark.parametrize("where", [ARM, DISARM])
async def test_asked_to_slow_down_nothing_more_is_asked(
    bench: Bench, code: int, where: str
) -> None:
    cloud = await bench.logged_in()
    bench.blink.arm(armed=where == DISARM)
    before = len(bench.blink.seen)
    headers = {"Retry-After": "77"}
    bench.blink.faults.add(where, status(code, "no", content_type="text/plain", headers=headers))
    error = await refused(cloud, armed=where == ARM)
    assert error.retry_after == 77
    assert len(bench.blink.seen) == before + 1


@pytest.mark.parametrize("name", PASSING)
async def test_a_command_that_cannot_be_given_fails_and_can_be_given_later(
    bench: Bench, name: str
) -> None:
    cloud = await bench.logged_in()
    bench.blink.faults.add(STATE, PASSING[name]())
    await refused(cloud)
    assert bench.blink.count(HOMESCREEN) == (0 if name in SLOW_DOWN else LOOKS)
    bench.blink.faults.clear()
    await arm(cloud)
    assert bench.blink.armed()


async def test_a_revoked_token_is_renewed_in_the_middle(bench: Bench) -> None:
    cloud = await bench.logged_in()
    bench.blink.revoke_access_tokens()
    await arm(cloud)
    assert bench.blink.armed()
    assert bench.blink.signins == 1
