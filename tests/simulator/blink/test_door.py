"""Who may ask what where at the stand-in, and what time it is there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import aiohttp
import pytest
from blinkpy.blinkpy import Blink

from simulator.blink import BlinkStandIn
from simulator.faults import Fault, FaultKind
from tests.simulator.blink.bench import (
    HOME,
    listed,
    running,
)


@pytest.mark.parametrize(
    ("path", "host"),
    [
        ("/oauth/v2/authorize", "rest-e777.immedia-semi.com"),
        ("/api/v1/users/tier_info", "rest-e777.immedia-semi.com"),
        ("/networks", "rest-prod.immedia-semi.com"),
        ("/networks", "rest-u001.immedia-semi.com"),
    ],
)
async def test_a_path_at_the_wrong_host_is_refused_and_kept(path: str, host: str) -> None:
    async with running(BlinkStandIn()) as cloud, aiohttp.ClientSession() as session:
        headers = {"X-Forwarded-Host": host, "Authorization": "Bearer none"}
        async with session.get(cloud.url + path, headers=headers) as answer:
            assert answer.status == 500
            assert host in (await answer.json())["message"]
        assert [(wrong.path, wrong.host) for wrong in cloud.misdirected] == [(path, host)]


@pytest.mark.parametrize("path", ["/networks", "/api/v1/users/tier_info", "/nowhere"])
async def test_a_stranger_is_refused_everywhere(cloud: BlinkStandIn, path: str) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.get(cloud.url + path, headers={"Authorization": "Bearer guessed"}) as answer,
    ):
        assert answer.status == 401
        assert await answer.json() == {
            "message": "Unauthorized Access",
            "error": None,
            "code": 101,
        }


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere",
        "/network/1/syncmodules",
        f"/network/{HOME}/camera/5/config",
        f"/network/{HOME}/camera/81001/config",
        f"/network/{HOME}/command/5",
        "/api/v3/accounts/1/homescreen",
    ],
)
async def test_what_the_account_does_not_have_is_not_found(blink: Blink, path: str) -> None:
    answer = await blink.do_http_get(path)
    assert (answer.status, answer.content_type) == (404, "application/json")


@pytest.mark.parametrize("skew", [timedelta(hours=-1), timedelta(0), timedelta(minutes=7)])
async def test_the_date_of_every_answer_follows_the_skew(
    cloud: BlinkStandIn, blink: Blink, skew: timedelta
) -> None:
    cloud.skew = skew
    cloud.faults.add("/networks", Fault(FaultKind.STATUS, status=503))
    for path in ("/api/v3/accounts/900100/homescreen", "/networks", "/nowhere"):
        before = datetime.now(UTC).replace(microsecond=0)
        answer = await blink.do_http_get(path)
        shown = parsedate_to_datetime(answer.headers["Date"]) - skew
        assert before <= shown <= datetime.now(UTC)


async def test_motion_happens_by_the_clock_of_the_cloud(cloud: BlinkStandIn, blink: Blink) -> None:
    cloud.skew = timedelta(days=1)
    cloud.motion("Hall")
    (item,) = await listed(blink, datetime.now(UTC) + timedelta(hours=23))
    ahead = datetime.fromisoformat(item["created_at"]) - datetime.now(UTC)
    assert ahead > timedelta(hours=23)
