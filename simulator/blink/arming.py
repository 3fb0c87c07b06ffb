"""Arm and disarm over HTTP, and the question how far a command is."""

from __future__ import annotations

from typing import Any, cast

from aiohttp import web

from simulator.blink.answers import refuse, stamp
from simulator.blink.commands import Command, Kind
from simulator.blink.world import Unknown, World

BUSY = 307


class Arming:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        state = rf"/api/v1/accounts/{self._world.account_id}/networks/{{network:\d+}}/state"
        return [
            web.post(state + "/{kind:arm|disarm}", self._give),
            web.get(r"/network/{network:\d+}/command/{command:\d+}", self._poll),
        ]

    async def _give(self, request: web.Request) -> web.Response:
        network = self._world.network(int(request.match_info["network"]))
        kind = cast("Kind", request.match_info["kind"])
        command = self._world.commands.give(kind, network)
        if command is None:
            return refuse(409, "System is busy, please wait", BUSY)
        step = {
            "id": command.id + 1_000_000,
            "network_id": network.id,
            "command": "config_lfr",
            "state": "running",
        }
        body = {
            "id": command.id,
            "network_id": network.id,
            "command": kind,
            "state": "new",
            "commands": [step],
        }
        return web.json_response(body)

    async def _poll(self, request: web.Request) -> web.Response:
        network = self._world.network(int(request.match_info["network"]))
        command = self._world.commands.poll(network, int(request.match_info["command"]))
        if command is None:
            raise Unknown("command")
        body = {
            "complete": command.complete,
            "status": 0,
            "status_code": command.status_code,
            "status_msg": "Command succeeded" if command.succeeded else "Command not finished",
            "commands": [self._describe(command)],
            "media_id": None,
        }
        return web.json_response(body)

    def _describe(self, command: Command) -> dict[str, Any]:
        return {
            "id": command.id,
            "network_id": command.network.id,
            "account_id": self._world.account_id,
            "camera_id": command.camera.id if command.camera else None,
            "command": command.kind,
            "updated_at": stamp(self._world.clock()),
            "state_condition": "done" if command.complete else "running",
            "state_stage": "dev" if command.complete else "sm",
        }
