"""Give Blink an order, believed only when the homescreen shows that it was carried out."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from blinkpy import api as blinkpy_api

from alarm.blink.api import BlinkApi
from alarm.blink.errors import BlinkAnswerError
from alarm.blink.parse import id_text
from alarm.core.errors import BlinkError
from alarm.core.events import Homescreen

# Blink's "OK" for a command; any other status code means that it failed.
COMMAND_OK = 908
BUSY = 409
# Blink's own number for "no camera is enabled". It arms all the same.
NO_CAMERA_ENABLED = 304
SLOW_DOWN = (406, 429)
# How often the homescreen is read, at least, after a command that failed or got no answer.
LOOKS = 3
# The share of the deadline that waits for the command; the rest is for reading back.
COMMAND_SHARE = 2 / 3


@dataclass(frozen=True, slots=True)
class Pauses:
    """Seconds between tries: while the module is busy, of a command's state, of the homescreen."""

    busy: float = 5.0
    command: float = 1.0
    read_back: float = 2.0


@dataclass(frozen=True, slots=True)
class Order:
    """Something to change at Blink.

    `path` is asked with POST. `shows` reads from a homescreen whether it is so, and raises a
    permanent BlinkError where what is to be changed is not listed any more.
    """

    what: str
    network_id: str
    path: str
    shows: Callable[[Homescreen], bool]
    wanted: str
    body: Mapping[str, object] | None = None

    def not_confirmed(self) -> BlinkError:
        return BlinkError(f"Blink did not confirm that {self.wanted}")


class Orders:
    """Have orders carried out, each within a deadline.

    blinkpy's own calls for that are not used: they may wait 22 minutes and then say nothing.
    """

    def __init__(
        self, api: BlinkApi, homescreen: Callable[[], Awaitable[Homescreen]], pauses: Pauses
    ) -> None:
        self._api = api
        self._homescreen = homescreen
        self._pauses = pauses

    async def carry_out(self, order: Order, *, deadline: float) -> None:
        """Return once Blink shows what was ordered; raise BlinkError when it is not confirmed."""
        try:
            async with asyncio.timeout(deadline):
                await self._carry_out(order, time.monotonic() + deadline * COMMAND_SHARE)
        except TimeoutError as error:
            raise order.not_confirmed() from error

    async def _carry_out(self, order: Order, command_until: float) -> None:
        try:
            command = await self._command(order)
        except BlinkAnswerError as error:
            # A lost answer hides a deed that was done, and so may a complaint. Asked to slow
            # down we do not ask on.
            if error.status in SLOW_DOWN or not await self._shows_soon(order):
                raise
            return
        if await self._completed(order.network_id, command, command_until):
            await self._wait_until_shown(order)
        elif not await self._shows_soon(order):
            raise order.not_confirmed()

    async def _command(self, order: Order) -> dict[str, Any]:
        data = None if order.body is None else json.dumps(order.body)
        while True:
            try:
                answer = await self._api.ask(
                    order.what,
                    lambda blink: blinkpy_api.http_post(
                        blink,
                        f"{blink.urls.base_url}{order.path.format(account=blink.account_id)}",
                        data=data,
                    ),
                )
            except BlinkAnswerError as error:
                if error.status != BUSY or error.code == NO_CAMERA_ENABLED:
                    raise
                await asyncio.sleep(error.retry_after or self._pauses.busy)
            else:
                return answer.payload

    async def _completed(self, network_id: str, command: dict[str, Any], until: float) -> bool:
        """Wait for the command's end; False when it failed or `until` has passed."""
        command_id = id_text(command.get("id"))
        if command_id is None:
            return True
        while time.monotonic() < until:
            try:
                answer = await self._api.ask(
                    "command",
                    lambda blink: blinkpy_api.request_command_status(blink, network_id, command_id),
                )
            except BlinkError as error:
                if error.permanent:
                    raise
                await asyncio.sleep(error.retry_after or self._pauses.command)
                continue
            if answer.payload.get("status_code", COMMAND_OK) != COMMAND_OK:
                return False
            if answer.payload.get("complete") is True:
                return True
            await asyncio.sleep(self._pauses.command)
        return False

    async def _wait_until_shown(self, order: Order) -> None:
        while True:
            pause = self._pauses.read_back
            try:
                if order.shows(await self._homescreen()):
                    return
            except BlinkError as error:
                if error.permanent:
                    raise
                pause = error.retry_after or pause
            await asyncio.sleep(pause)

    async def _shows_soon(self, order: Order) -> bool:
        """Tell whether one of the next looks shows the deed; a look may fail but for good."""
        for _ in range(LOOKS):
            try:
                if order.shows(await self._homescreen()):
                    return True
            except BlinkError as error:
                if error.permanent or error.retry_after is not None:
                    raise
            await asyncio.sleep(self._pauses.read_back)
        return False
