"""The real blinkpy logs in at the stand-in."""

from __future__ import annotations

import aiohttp
import pytest
from blinkpy import api
from blinkpy.auth import Auth, BlinkTwoFARequiredError
from blinkpy.blinkpy import Blink
from blinkpy.helpers.pkce import generate_pkce_pair

from simulator.blink import BlinkStandIn, TwoFactor
from simulator.blink.pictures import draw_scene
from tests.simulator.blink.bench import (
    FIVE_CAMERAS,
    PASSWORD,
    UUID,
    Redirected,
    client,
    running,
)


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
