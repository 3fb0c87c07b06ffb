"""Tokens of the stand-in: rotated, used up, revoked."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from blinkpy import api
from blinkpy.auth import UnauthorizedError
from blinkpy.blinkpy import Blink

from simulator.blink import BlinkStandIn
from tests.simulator.blink.bench import (
    FIVE_CAMERAS,
    UUID,
    client,
)


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
