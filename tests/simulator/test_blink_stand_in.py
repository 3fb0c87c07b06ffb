"""The real blinkpy against the stand-in of Blink's cloud."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest
from blinkpy import api
from blinkpy.auth import Auth, BlinkTwoFARequiredError, UnauthorizedError
from blinkpy.blinkpy import Blink
from blinkpy.helpers.pkce import generate_pkce_pair

from simulator.blink import BlinkStandIn, Camera, Network, Outcome, TwoFactor
from simulator.blink.pictures import draw_scene
from simulator.faults import Fault, FaultKind

PASSWORD = "correct horse"
FIVE_CAMERAS = {"Front Door", "Garden", "Garage", "Kitchen", "Hall"}
HOME = 51001
NOON = datetime(2026, 3, 4, 12, 0, 0, tzinfo=UTC)
UUID = "7A1B5E0C-0D35-4B53-9C39-0A2C5C2E2A11"


class Redirected:
    """A session as blinkpy wants it; every request goes to the stand-in, with its real host."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session = session
        self._url = url
        self.posted: list[tuple[str, int]] = []

    async def get(self, url: str, **options: Any) -> aiohttp.ClientResponse:
        return await self._ask("GET", url, **options)

    async def post(self, url: str, **options: Any) -> aiohttp.ClientResponse:
        answer = await self._ask("POST", url, **options)
        self.posted.append((answer.url.path, answer.status))
        return answer

    async def _ask(
        self, method: str, url: str, headers: dict[str, str] | None = None, **options: Any
    ) -> aiohttp.ClientResponse:
        host = urlsplit(url).netloc
        named = {**(headers or {}), "X-Forwarded-Host": host}
        here = self._url + url.removeprefix(f"https://{host}")
        return await self._session.request(method, here, headers=named, **options)


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take out the pauses that blinkpy makes for the sake of the real servers."""
    monkeypatch.setattr(api, "COMMAND_POLL_TIME", 0.01)
    for paused in (api.request_homescreen, Blink.refresh, api.request_system_arm):
        _throttle_off(paused, monkeypatch)
    _throttle_off(api.request_system_disarm, monkeypatch)


def _throttle_off(paused: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for cell in paused.__closure__:
        if hasattr(cell.cell_contents, "throttle_time"):
            monkeypatch.setattr(cell.cell_contents, "throttle_time", 0)


@asynccontextmanager
async def client(
    cloud: BlinkStandIn, password: str = PASSWORD, **data: Any
) -> AsyncIterator[Blink]:
    """Open blinkpy on a session of its own; `data` is what an earlier run had saved."""
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar) as session:
        redirected = Redirected(session, cloud.url)
        blink = Blink(session=redirected)
        login = {"username": "owner@example.org", "password": password, **data}
        blink.auth = Auth(login, no_prompt=True, session=redirected)
        yield blink


@asynccontextmanager
async def running(cloud: BlinkStandIn) -> AsyncIterator[BlinkStandIn]:
    await cloud.start()
    try:
        yield cloud
    finally:
        await cloud.stop()


@pytest.fixture
async def cloud() -> AsyncIterator[BlinkStandIn]:
    async with running(BlinkStandIn()) as cloud:
        yield cloud
        assert not cloud.misdirected


@pytest.fixture
async def blink(cloud: BlinkStandIn) -> AsyncIterator[Blink]:
    async with client(cloud) as blink:
        assert await blink.start()
        yield blink


async def listed(blink: Blink, since: datetime, page: int = 1) -> list[dict[str, Any]]:
    answer = await api.request_videos(blink, time=since.timestamp(), page=page)
    assert answer["refresh_count"] == 0
    media: list[dict[str, Any]] = answer["media"]
    return media


async def homescreen(blink: Blink) -> dict[str, Any]:
    answer = await api.request_homescreen(blink, force=True)
    screen: dict[str, Any] = await answer.json()
    return screen


# Login


async def test_it_logs_in_without_a_code_and_shows_five_cameras(cloud: BlinkStandIn) -> None:
    async with client(cloud) as blink:
        assert await blink.start()
        assert set(blink.cameras) == FIVE_CAMERAS
        assert (blink.client_id, blink.user_id) == ("880022", "770033")
        assert blink.auth.region_id == "e777"
        assert all(camera.online for camera in blink.cameras.values())
        assert blink.cameras["Kitchen"].camera_type == "mini"
        assert blink.cameras["Hall"].image_from_cache == draw_scene("Hall")
    assert (cloud.signins, cloud.codes_sent) == (1, 0)
    assert {seen.host for seen in cloud.seen} == {
        "api.oauth.blink.com",
        "rest-prod.immedia-semi.com",
        "rest-e777.immedia-semi.com",
    }


@pytest.mark.parametrize("form", ["412", "202"])
async def test_a_wrong_code_can_be_followed_by_the_right_one(form: TwoFactor) -> None:
    async with running(BlinkStandIn(two_factor=form, code="246810")) as cloud:
        async with client(cloud) as blink:
            with pytest.raises(BlinkTwoFARequiredError):
                await blink.start()
            assert blink.auth.session.posted == [("/oauth/v2/signin", int(form))]
            assert not await blink.send_2fa_code("123456")
            assert await blink.send_2fa_code("246810")
            assert set(blink.cameras) == FIVE_CAMERAS
        assert (cloud.signins, cloud.codes_sent) == (1, 1)


async def test_every_password_login_sends_another_code() -> None:
    async with running(BlinkStandIn(two_factor="202")) as cloud:
        for _ in range(2):
            async with client(cloud) as blink:
                with pytest.raises(BlinkTwoFARequiredError):
                    await blink.start()
        assert cloud.codes_sent == 2


async def test_a_wrong_password_is_refused_and_sends_no_code() -> None:
    async with running(BlinkStandIn(two_factor="202")) as cloud:
        async with client(cloud, password="battery staple") as blink:
            assert not await blink.start()
        assert (cloud.signins, cloud.codes_sent) == (1, 0)


async def test_a_login_that_keeps_no_cookies_is_refused(cloud: BlinkStandIn) -> None:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        login = {"username": "owner@example.org", "password": PASSWORD}
        blink = Blink(session=session)
        blink.auth = Auth(login, no_prompt=True, session=Redirected(session, cloud.url))
        assert not await blink.start()
    assert cloud.signins == 0


async def test_a_session_that_is_signed_in_already_is_sent_to_the_app(blink: Blink) -> None:
    with pytest.raises(aiohttp.NonHttpUrlRedirectClientError):
        await api.oauth_authorize_request(blink.auth, UUID, "challenge")


async def test_a_code_works_once_and_only_for_who_began_the_login(cloud: BlinkStandIn) -> None:
    async with client(cloud) as blink:
        auth, (verifier, challenge) = blink.auth, generate_pkce_pair()
        assert await api.oauth_authorize_request(auth, UUID, challenge)
        csrf = await api.oauth_get_signin_page(auth)
        assert await api.oauth_get_authorization_code(auth) is None
        assert await api.oauth_signin(auth, "owner@example.org", PASSWORD, "other") is None
        assert await api.oauth_signin(auth, "owner@example.org", PASSWORD, csrf) == "SUCCESS"
        for wrong in (("other", UUID), (verifier, UUID.replace("7", "8"))):
            code = await api.oauth_get_authorization_code(auth)
            assert code
            assert await api.oauth_exchange_code_for_token(auth, code, *wrong) is None
        code = await api.oauth_get_authorization_code(auth)
        assert await api.oauth_exchange_code_for_token(auth, code, verifier, UUID)
        assert await api.oauth_exchange_code_for_token(auth, code, verifier, UUID) is None


async def test_a_hardware_id_that_is_no_uuid_is_not_acceptable(cloud: BlinkStandIn) -> None:
    async with client(cloud) as blink:
        blink.auth.hardware_id = "Blinkpy"
        assert not await blink.start()
    assert cloud.signins == 0


# Tokens


async def test_a_saved_refresh_token_needs_no_login(cloud: BlinkStandIn) -> None:
    async with client(cloud) as blink:
        assert await blink.start()
        saved = dict(blink.auth.login_attributes)
    async with client(cloud, **saved) as blink:
        assert await blink.start()
        assert set(blink.cameras) == FIVE_CAMERAS
    assert cloud.signins == 1


async def test_a_used_refresh_token_is_refused_in_both_forms(blink: Blink) -> None:
    auth, used = blink.auth, blink.auth.refresh_token
    assert await auth.refresh_tokens(refresh=True)
    assert auth.refresh_token != used
    assert await api.oauth_refresh_token(auth, used, auth.hardware_id) is None
    fresh = await api.oauth_refresh_token(auth, auth.refresh_token, auth.hardware_id)
    assert fresh["access_token"]
    auth.refresh_token = used
    with pytest.raises(UnauthorizedError):
        await auth.refresh_tokens(refresh=True)


async def test_refresh_tokens_can_be_made_reusable(cloud: BlinkStandIn, blink: Blink) -> None:
    cloud.tokens.one_time = False
    used = blink.auth.refresh_token
    for _ in range(2):
        assert await api.oauth_refresh_token(blink.auth, used, UUID)


async def test_a_revoked_access_token_is_refused_until_it_is_refreshed(
    cloud: BlinkStandIn, blink: Blink
) -> None:
    cloud.revoke_access_tokens()
    with pytest.raises(UnauthorizedError):
        await api.request_networks(blink)
    blink.auth.expiration_date = 0
    assert await api.request_networks(blink)


async def test_revoked_refresh_tokens_are_refused(cloud: BlinkStandIn, blink: Blink) -> None:
    cloud.revoke_refresh_tokens()
    with pytest.raises(UnauthorizedError):
        await blink.auth.refresh_tokens(refresh=True)


async def test_an_access_token_ends_after_its_time(cloud: BlinkStandIn, blink: Blink) -> None:
    cloud.expires_in = 0
    assert await blink.auth.refresh_tokens(refresh=True)
    blink.auth.expiration_date = datetime.now(UTC).timestamp() + 3600
    with pytest.raises(UnauthorizedError):
        await api.request_networks(blink)


# Devices


async def test_an_idle_refresh_of_five_cameras_takes_eleven_requests(
    cloud: BlinkStandIn, blink: Blink
) -> None:
    before = cloud.count()
    blink.last_refresh = 0
    assert await blink.refresh()
    assert set(blink.cameras) == FIVE_CAMERAS
    assert cloud.count() - before == 11


async def test_a_refresh_sees_motion_while_armed(cloud: BlinkStandIn, blink: Blink) -> None:
    cloud.arm()
    cloud.motion("Garden")
    blink.last_refresh = int((datetime.now(UTC) - timedelta(seconds=30)).timestamp())
    assert await blink.refresh(force=True)
    moved = {name for name, camera in blink.cameras.items() if camera.motion_detected}
    assert moved == {"Garden"}
    assert blink.cameras["Garden"].video_from_cache == cloud.clip_bytes


async def test_a_mini_is_in_the_homescreen_only(blink: Blink) -> None:
    (usage,) = (await api.request_camera_usage(blink))["networks"]
    assert {camera["name"] for camera in usage["cameras"]} == FIVE_CAMERAS - {"Kitchen"}
    assert [owl["name"] for owl in blink.homescreen["owls"]] == ["Kitchen"]
    assert (await api.request_camera_sensors(blink, HOME, 71001))["battery"] == 3


async def test_the_homescreen_tells_what_is_offline_or_low(
    cloud: BlinkStandIn, blink: Blink
) -> None:
    for name in ("Hall", "Kitchen", "Garage"):
        cloud.camera_offline(name)
    cloud.camera_online("Garage")
    cloud.battery_low("Garden")
    cloud.module_offline(HOME)
    screen = await homescreen(blink)
    devices = screen["cameras"] + screen["owls"]
    assert {device["name"]: device["status"] for device in devices} == {
        "Front Door": "done",
        "Garden": "done",
        "Garage": "done",
        "Hall": "offline",
        "Kitchen": "offline",
    }
    low = {device["name"] for device in screen["cameras"] if device["battery"] == "low"}
    assert low == {"Garden"}
    assert "battery" not in screen["owls"][0]
    assert [module["status"] for module in screen["sync_modules"]] == ["offline"]
    cloud.module_online(HOME)
    assert (await homescreen(blink))["sync_modules"][0]["status"] == "online"


async def test_blinkpy_sets_up_a_doorbell_and_a_mini_that_stands_alone() -> None:
    house = Network(51001, "House", [Camera(91001, "Door", kind="lotus")], module_id=61001)
    flat = Network(51002, "Flat", [Camera(81002, "Desk", kind="owl")])
    async with running(BlinkStandIn(networks=[house, flat])) as cloud, client(cloud) as blink:
        assert await blink.start()
        assert set(blink.cameras) == {"Door", "Desk"}


# Arming


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


# The clip list


async def test_clips_come_page_by_page_newest_first(cloud: BlinkStandIn, blink: Blink) -> None:
    ids = [cloud.motion("Hall", at=NOON + timedelta(seconds=n)) for n in range(60)]
    pages = [await listed(blink, NOON, page) for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [25, 25, 10, 0]
    assert [item["id"] for page in pages for item in page] == ids[::-1]
    cloud.limit = 60
    assert len(await listed(blink, NOON)) == 60


async def test_since_looks_at_the_time_of_the_last_change(
    cloud: BlinkStandIn, blink: Blink
) -> None:
    cloud.clock = lambda: NOON
    old = cloud.motion("Hall", at=NOON - timedelta(days=11))
    for since, found in ((-1, [old]), (0, [old]), (1, [])):
        media = await listed(blink, NOON + timedelta(seconds=since))
        assert [item["id"] for item in media] == found
    assert (await listed(blink, NOON))[0]["created_at"] == "2026-02-21T12:00:00+00:00"


@pytest.mark.parametrize(
    "since",
    ["2026-03-04T12:00:00+0000", "2026-03-04T12:00:00%2B00:00", "2026-03-04T13:00:00.000+01:00"],
)
async def test_since_is_understood_in_the_forms_that_clients_send(
    cloud: BlinkStandIn, blink: Blink, since: str
) -> None:
    cloud.clock = lambda: NOON
    cloud.motion("Hall")
    url = f"{blink.urls.base_url}/api/v1/accounts/900100/media/changed?since={since}&page=1"
    assert len((await api.http_get(blink, url))["media"]) == 1


async def test_a_clip_is_listed_only_after_its_upload(cloud: BlinkStandIn, blink: Blink) -> None:
    cloud.clock = lambda: NOON + timedelta(seconds=0.9)
    late = cloud.motion("Hall", listed_after=timedelta(seconds=0.2))
    cloud.motion("Hall", listed_after=3600)
    assert await listed(blink, NOON) == []
    await asyncio.sleep(0.25)
    (item,) = await listed(blink, NOON)
    assert item["id"] == late
    assert item["created_at"] == "2026-03-04T12:00:00+00:00"
    assert item["updated_at"] == "2026-03-04T12:00:01+00:00"


async def test_a_watched_and_a_deleted_clip_are_listed_again(
    cloud: BlinkStandIn, blink: Blink
) -> None:
    cloud.clock = lambda: NOON
    watched, deleted, untouched = (cloud.motion("Hall") for _ in range(3))
    cloud.clock = lambda: NOON + timedelta(hours=1)
    cloud.relist(watched)
    cloud.delete_clip(deleted)
    media = {item["id"]: item for item in await listed(blink, NOON + timedelta(minutes=30))}
    assert set(media) == {watched, deleted}
    assert (media[watched]["watched"], media[watched]["deleted"]) == (True, False)
    assert media[deleted]["deleted"] is True
    assert untouched in {item["id"] for item in await listed(blink, NOON)}
    gone = await blink.do_http_get(media[deleted]["media"])
    assert (gone.status, (await gone.json())["code"]) == (404, 700)


async def test_a_clip_and_its_picture_can_be_fetched_and_count_as_watched(
    cloud: BlinkStandIn, blink: Blink
) -> None:
    cloud.motion("Kitchen", source="cv_motion")
    (item,) = await listed(blink, NOON)
    assert (item["device"], item["source"], item["watched"]) == ("owl", "cv_motion", False)
    picture = await blink.do_http_get(item["thumbnail"])
    assert picture.content_type == "image/jpeg"
    assert await picture.read() == draw_scene("Kitchen")
    clip = await blink.do_http_get(item["media"])
    assert clip.content_type == "video/mp4"
    body = await clip.read()
    assert body[4:8] == b"ftyp"
    assert clip.content_length == len(body) == len(cloud.clip_bytes) == 200 * 1024
    assert (await listed(blink, NOON))[0]["watched"] is True


async def test_cameras_of_one_name_are_told_apart_by_their_network() -> None:
    networks = [
        Network(1, "House", [Camera(11, "Hall")], module_id=111),
        Network(2, "Shed", [Camera(22, "Hall")], module_id=222),
    ]
    cloud = BlinkStandIn(networks=networks)
    assert cloud.clips[cloud.motion("Hall", network=2)].camera.id == 22
    with pytest.raises(LookupError):
        cloud.motion("Hall")


@pytest.mark.parametrize("query", ["since=yesterday&page=1", "page=1", "since=2026-03-04&page=0"])
async def test_a_question_that_makes_no_sense_is_refused(blink: Blink, query: str) -> None:
    url = f"{blink.urls.base_url}/api/v1/accounts/900100/media/changed?{query}"
    assert (await api.http_get(blink, url, json=False)).status == 400


# The door


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
