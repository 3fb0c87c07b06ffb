"""No request leaves for another host than Blink's, and no token for another than its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from yarl import URL

from alarm.blink.errors import ForeignHost
from alarm.blink.session import MAX_REDIRECTS, BlinkSession, is_blink
from alarm.core.errors import BlinkError
from simulator.faults import Fault, FaultKind
from simulator.server import StandIn
from tests.blink.bench import (
    HOMESCREEN,
    LISTING,
    SIGNIN,
    TOKEN,
    Bench,
    events,
    left,
    pages,
    status,
)

REST = "https://rest-e777.immedia-semi.com"
TIER = "https://rest-prod.immedia-semi.com/api/v1/users/tier_info"


class Elsewhere(StandIn):
    """A server that is none of Blink's business; it keeps the headers that it gets."""

    def __init__(self) -> None:
        super().__init__()
        self.headers: list[dict[str, str]] = []

    def routes(self) -> list[web.RouteDef]:
        return [web.route("*", "/{path:.*}", self._take)]

    async def _take(self, request: web.Request) -> web.Response:
        self.headers.append(dict(request.headers))
        return web.json_response({"networks": [], "cameras": [], "media": [], "limit": 25})


@pytest.fixture
async def elsewhere() -> AsyncIterator[Elsewhere]:
    server = Elsewhere()
    await server.start()
    yield server
    await server.stop()


def moved(location: str, code: int = 302) -> Fault:
    return status(code, headers={"Location": location})


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
async def test_a_redirect_to_another_host_is_not_followed(
    bench: Bench, elsewhere: Elsewhere, code: int
) -> None:
    cloud = await bench.logged_in()
    bench.blink.faults.add("/(homescreen|changed)", moved(f"{elsewhere.url}/homescreen", code))
    for ask in (cloud.homescreen, lambda: pages(cloud)):
        with pytest.raises(ForeignHost) as failed:
            await ask()
        assert not failed.value.permanent
    assert elsewhere.seen == []
    bench.blink.faults.clear()
    assert (await cloud.homescreen()).networks


@pytest.mark.parametrize(
    "location",
    [
        "https://evil.example/x.mp4",
        "http://evil.example/x.mp4",
        "//evil.example/x.mp4",
        f"http://{REST.removeprefix('https://')}/x.mp4",
        f"{REST}:8443/x.mp4",
        f"https://user@{REST.removeprefix('https://')}/x.mp4",
        f"{REST}.evil.example/x.mp4",
        "https://evilimmedia-semi.com/x.mp4",
    ],
)
async def test_a_download_is_not_fetched_from_another_host(
    bench: Bench, tmp_path: Path, location: str
) -> None:
    cloud = await bench.logged_in()
    bench.blink.motion("Hall")
    (event,) = events(await pages(cloud))
    before = len(bench.blink.seen)
    bench.blink.faults.add(r"\.mp4", moved(location))
    with pytest.raises(ForeignHost):
        await cloud.download_clip(event, tmp_path / "clip.mp4")
    assert len(bench.blink.seen) == before + 1
    assert left(tmp_path) == []


@pytest.mark.parametrize("where", [r"/authorize\?", SIGNIN])
async def test_a_login_page_on_another_host_is_not_opened(
    bench: Bench, elsewhere: Elsewhere, where: str
) -> None:
    bench.blink.faults.add(where, moved(f"{elsewhere.url}/oauth/v2/signin"), method="GET")
    with pytest.raises(BlinkError):
        await (await bench.cloud()).login()
    assert elsewhere.seen == []
    assert bench.blink.signins == 0


@pytest.mark.parametrize("where", [SIGNIN, TOKEN, "/state/arm"])
@pytest.mark.parametrize("code", [307, 308])
async def test_what_holds_a_secret_or_a_command_is_never_sent_on(
    bench: Bench, elsewhere: Elsewhere, where: str, code: int
) -> None:
    cloud = await bench.logged_in()
    bench.blink.faults.add(where, moved(f"{elsewhere.url}{where}", code), method="POST")
    with pytest.raises(BlinkError):
        await (cloud.set_armed("51001", True) if where == "/state/arm" else cloud.login())
    assert elsewhere.seen == []


async def test_a_command_is_not_sent_on_within_blink_either(bench: Bench) -> None:
    cloud = await bench.logged_in()
    bench.blink.arm()
    to = "/api/v1/accounts/900100/networks/51001/state/disarm"
    bench.blink.faults.add("/state/arm", moved(to, 307))
    await cloud.set_armed("51001", True)  # it shows armed, whatever became of the command
    assert bench.blink.count("/state/disarm") == 0


async def test_a_redirect_within_blink_is_followed(bench: Bench) -> None:
    cloud = await bench.logged_in()
    home = "/api/v3/accounts/900100/homescreen"
    for location in (f"{home}?moved", f"{REST}{home}?moved", f"{bench.blink.url}{home}?moved"):
        bench.blink.faults.add("homescreen$", moved(location, 301))
        assert (await cloud.homescreen()).networks
        bench.blink.faults.clear()


async def test_a_redirect_to_another_host_of_blink_is_followed_without_the_token(
    bench: Bench,
) -> None:
    cloud = await bench.logged_in()
    bench.blink.faults.add(HOMESCREEN, moved(TIER))
    before = bench.blink.count("tier_info")
    with pytest.raises(BlinkError, match="refuses even a new access token"):
        await cloud.homescreen()
    assert bench.blink.count("tier_info") == before + 2  # refused: the token was not there


@pytest.mark.parametrize(
    ("location", "text"),
    [
        ("https://[/", "nowhere"),
        ("http://rest.immedia-semi.com:99999/", "nowhere"),
        ("ftp://rest.immedia-semi.com/", "makes no sense"),
        ("immedia-blink://applinks.blink.com/signin/callback", "makes no sense"),
    ],
)
async def test_a_redirect_to_nowhere_is_an_error(bench: Bench, location: str, text: str) -> None:
    cloud = await bench.logged_in()
    bench.blink.faults.add(HOMESCREEN, moved(location))
    with pytest.raises(BlinkError, match=text) as failed:
        await cloud.homescreen()
    assert not failed.value.permanent


async def test_a_redirect_without_a_place_is_an_error(bench: Bench) -> None:
    cloud = await bench.logged_in()
    bench.blink.faults.add(HOMESCREEN, status(302))
    with pytest.raises(BlinkError, match="makes no sense"):
        await cloud.homescreen()


async def test_redirects_without_end_are_an_error(bench: Bench) -> None:
    cloud = await bench.logged_in()
    bench.blink.faults.add(LISTING, moved("changed?since=1"))
    before = bench.blink.count(LISTING)
    with pytest.raises(BlinkError, match="without end"):
        await pages(cloud)
    assert bench.blink.count(LISTING) == before + 1 + MAX_REDIRECTS


@pytest.mark.parametrize("api_url", [None, "stand-in"])
async def test_a_request_for_another_host_is_stopped_before_it_leaves(
    elsewhere: Elsewhere, api_url: str | None
) -> None:
    session = BlinkSession(api_url=api_url and elsewhere.url)
    await session.open()
    try:
        for ask in (session.get, session.post):
            with pytest.raises(ForeignHost):
                await ask(f"{elsewhere.url}/homescreen", headers={"Authorization": "Bearer at"})
    finally:
        await session.close()
    assert session.requests == 0
    assert elsewhere.seen == []


async def test_with_a_base_url_every_request_goes_there_with_its_real_host(
    elsewhere: Elsewhere,
) -> None:
    session = BlinkSession(api_url=f"{elsewhere.url}/blink/")
    await session.open()
    try:
        await session.get(f"{REST}/networks?a=1+2&b=%2B", headers={"Authorization": "Bearer at"})
    finally:
        await session.close()
    (seen,) = elsewhere.seen
    assert (seen.path, seen.host) == (
        "/blink/networks?a=1+2&b=%2B",
        "rest-e777.immedia-semi.com",
    )


async def test_a_redirect_stays_under_the_base_url(elsewhere: Elsewhere) -> None:
    session = BlinkSession(api_url=f"{elsewhere.url}/blink")
    await session.open()
    elsewhere.faults.add("/one", moved(f"{elsewhere.url}/blink/two"))
    elsewhere.faults.add("/two", moved("/three"))
    try:
        answer = await session.get(f"{REST}/one")
    finally:
        await session.close()
    assert answer.status == 200
    assert [one.path for one in elsewhere.seen] == ["/blink/one", "/blink/two", "/blink/three"]


@pytest.mark.parametrize(
    ("url", "ours"),
    [
        (f"{REST}/networks", True),
        ("https://rest-prod.immedia-semi.com/", True),
        ("https://api.oauth.blink.com/oauth/token", True),
        ("https://REST-E777.IMMEDIA-SEMI.COM/", True),
        ("http://rest-e777.immedia-semi.com/", False),
        ("http://rest-e777.immedia-semi.com:443/", False),
        ("https://rest-e777.immedia-semi.com:444/", False),
        ("https://me:pw@rest-e777.immedia-semi.com/", False),
        ("https://immedia-semi.com.evil.example/", False),
        ("https://evil.example/.immedia-semi.com", False),
        ("https://evil.example/?.blink.com", False),
        ("https://evilblink.com/", False),
        ("https://127.0.0.1/", False),
        ("/networks", False),
        ("immedia-blink://applinks.blink.com/", False),
    ],
)
def test_the_hosts_of_blink_are_known_by_their_names(url: str, ours: bool) -> None:
    assert is_blink(URL(url)) is ours


async def test_an_odd_region_never_becomes_a_host(bench: Bench) -> None:
    body = '{"tier": "evil.example/", "account_id": 900100}'
    bench.blink.faults.add("tier_info", status(200, body))
    cloud = await bench.logged_in()
    with pytest.raises(BlinkError):
        await cloud.homescreen()
    assert {one.host for one in bench.blink.seen} == {
        "api.oauth.blink.com",
        "rest-prod.immedia-semi.com",
    }


async def test_a_dropped_connection_does_not_make_it_ask_elsewhere(bench: Bench) -> None:
    cloud = await bench.logged_in()
    bench.blink.faults.add(HOMESCREEN, Fault(FaultKind.DROP))
    with pytest.raises(BlinkError):
        await cloud.homescreen()
    assert {one.host for one in bench.blink.seen[-2:]} == {"rest-e777.immedia-semi.com"}
