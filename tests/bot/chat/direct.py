"""A bot whose requests reach the stand-in without a wire, for tests that say very much."""

from __future__ import annotations

import json
from collections import deque
from typing import Any

from telegram import Bot
from telegram.request import BaseRequest, RequestData

from simulator.telegram import TelegramStandIn, api
from simulator.telegram.parameters import Parameters, Upload
from simulator.telegram.refusal import Refusal


class DirectRequest(BaseRequest):
    """Hand each call to the stand-in's own API.

    `chats` counts what was sent to each chat, `asked` holds method and parameters of the last
    calls.
    """

    def __init__(self, telegram: TelegramStandIn) -> None:
        self._telegram = telegram
        self.chats: dict[str, int] = {}
        self.asked: deque[tuple[str, Parameters]] = deque(maxlen=50)

    async def initialize(self) -> None:
        """There is nothing to open."""

    async def shutdown(self) -> None:
        """There is nothing to close."""

    @property
    def read_timeout(self) -> float:
        return 5.0

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *_timeouts: Any,
        **_options: Any,
    ) -> tuple[int, bytes]:
        data = RequestData() if request_data is None else request_data
        uploads = {
            name: Upload(part[0], part[1] if isinstance(part[1], bytes) else part[1].read(), "")
            for name, part in data.multipart_data.items()
        }
        parameters = Parameters(data.json_parameters, uploads)
        name = url.rpartition("/")[2]
        self.asked.append((name, parameters))
        chat = parameters.text("chat_id")
        if chat:
            self.chats[chat] = self.chats.get(chat, 0) + 1
        try:
            result = await api.call(self._telegram.world, name, parameters)
        except Refusal as refusal:
            return refusal.code, json.dumps(refusal.body()).encode()
        return 200, json.dumps({"ok": True, "result": result}).encode()


def direct_bot(telegram: TelegramStandIn) -> tuple[Bot, DirectRequest]:
    request = DirectRequest(telegram)
    return Bot(telegram.token, request=request, get_updates_request=request), request
