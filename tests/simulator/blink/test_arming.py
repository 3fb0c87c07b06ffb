"""Arm and disarm at the stand-in through the real blinkpy."""

from __future__ import annotations

import asyncio

import pytest
from blinkpy import api
from blinkpy.blinkpy import Blink

from simulator.blink import BlinkStandIn, Network, Outcome
from tests.simulator.blink.bench import (
    HOME,
    homescreen,
)


async def test_arming_takes_effect_when_its_command_ends(cloud: BlinkStandIn, blink: Blink) -> None:
    cloud.commands.seconds = 60
    cloud.commands.polls = 3
    url = f"{blink.urls.base_url}/api/v1/accounts/900100/networks/{HOME}/state/arm"
    command = await api.http_post(blink, url)
    for complete in (False, False, True):
        assert not cloud.armed(HOME)
        status = await api.request_command_status(blink, HOME, command["id"])
        assert (status["complete"], status["status_code"]) == (complete, 908)
    assert cloud.armed(HOME)


async def test_arm_and_disarm_are_read_back_from_the_homescreen(
    cloud: BlinkStandIn, blink: Blink
) -> None:
    assert (await api.request_system_arm(blink, HOME, force=True))["command"] == "arm"
    assert [network["armed"] for network in (await homescreen(blink))["networks"]] == [True]
    assert (await api.request_system_disarm(blink, HOME, force=True))["command"] == "disarm"
    assert [network["armed"] for network in (await homescreen(blink))["networks"]] == [False]
    assert not cloud.armed()


async def test_a_command_that_nobody_asks_about_ends_by_itself(
    cloud: BlinkStandIn, blink: Blink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "MAX_RETRY", 0)
    cloud.commands.seconds = 0.05
    await api.request_system_arm(blink, HOME, force=True)
    await asyncio.sleep(0.1)
    assert (await homescreen(blink))["networks"][0]["armed"] is True


async def test_a_second_command_finds_the_network_busy(cloud: BlinkStandIn, blink: Blink) -> None:
    cloud.commands.seconds = 60
    url = f"{blink.urls.base_url}/api/v1/accounts/900100/networks/{HOME}/state/arm"
    assert (await api.http_post(blink, url, json=False)).status == 200
    refused = await api.http_post(blink, url, json=False)
    assert refused.status == 409
    assert "busy" in (await refused.json())["message"]


async def test_a_network_can_be_busy_for_no_reason_of_ours(
    cloud: BlinkStandIn, blink: Blink
) -> None:
    cloud.commands.busy = True
    assert (await api.request_system_arm(blink, HOME, force=True))["code"] == 307
    assert not cloud.armed()
    cloud.commands.busy = False
    await api.request_system_arm(blink, HOME, force=True)
    assert cloud.armed()


@pytest.mark.parametrize(("outcome", "complete"), [(Outcome.FAILED, True), (Outcome.STUCK, False)])
async def test_a_command_that_goes_wrong_changes_nothing(
    cloud: BlinkStandIn,
    blink: Blink,
    monkeypatch: pytest.MonkeyPatch,
    outcome: Outcome,
    complete: bool,
) -> None:
    monkeypatch.setattr(api, "MAX_RETRY", 5)
    cloud.commands.outcome = outcome
    command = await api.request_system_arm(blink, HOME, force=True)
    status = await api.request_command_status(blink, HOME, command["id"])
    assert status["complete"] is complete
    assert (status["status_code"] == 908) is not complete
    assert not cloud.armed()


async def test_the_app_arms_one_network_at_once() -> None:
    networks = [Network(1, "House", [], module_id=11), Network(2, "Shed", [], module_id=12)]
    cloud = BlinkStandIn(networks=networks)
    cloud.arm(2, True)
    assert (cloud.armed(1), cloud.armed(2), cloud.armed()) == (False, True, False)
