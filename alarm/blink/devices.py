"""Read the account's devices and arm flags in one request."""

from __future__ import annotations

from blinkpy import api as blinkpy_api

from alarm.blink.api import BlinkApi
from alarm.blink.errors import BlinkAnswerError
from alarm.blink.keeper import TokenKeeper
from alarm.blink.parse import CAMERA_GROUPS, cameras, id_text, networks
from alarm.core.events import Homescreen

_WHAT = "homescreen"


async def homescreen(api: BlinkApi, keeper: TokenKeeper) -> Homescreen:
    """Return all devices; an answer without its lists is an error, not an empty house."""
    # `force` passes blinkpy's throttle, which would sleep for up to ten seconds.
    answer = await api.ask(_WHAT, lambda blink: blinkpy_api.request_homescreen(blink, force=True))
    payload = answer.payload
    if not all(isinstance(payload.get(name), list) for name in ("networks", "cameras")):
        raise BlinkAnswerError(f"Blink's answer makes no sense ({_WHAT})", status=200)
    found = networks(payload)
    devices = cameras(payload, keeper.current().account_id)
    listed = any(payload.get(group) for group in CAMERA_GROUPS)
    if (payload["networks"] and not found) or (listed and not devices):
        raise BlinkAnswerError(f"Blink's answer makes no sense ({_WHAT})", status=200)
    facts = {
        name: int(value)
        for name, header in (("client_id", "Client-Id"), ("user_id", "User-Id"))
        if (value := id_text(answer.exchange.headers.get(header))) is not None
    }
    keeper.learn(**facts)
    return Homescreen(found, devices)
