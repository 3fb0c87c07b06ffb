"""Switch the motion detection of one camera over HTTP; each kind of camera has its own path."""

from __future__ import annotations

import json

from aiohttp import web

from simulator.blink.answers import refuse, stamp
from simulator.blink.arming import BUSY
from simulator.blink.commands import Kind
from simulator.blink.devices import SECTIONS
from simulator.blink.world import Unknown, World

BAD_REQUEST = 400


class Motion:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        account = rf"/api/v1/accounts/{self._world.account_id}/networks/{{network:\d+}}"
        camera = r"/{camera:\d+}"
        switch = "/{kind:enable|disable}"
        return [
            web.post(r"/network/{network:\d+}/camera" + camera + switch, self._battery),
            web.post(account + "/owls" + camera + "/config", self._mini),
            web.post(account + "/doorbells" + camera + switch, self._doorbell),
        ]

    async def _battery(self, request: web.Request) -> web.Response:
        kind: Kind = "enable" if request.match_info["kind"] == "enable" else "disable"
        return self._give(request, "cameras", kind)

    async def _doorbell(self, request: web.Request) -> web.Response:
        kind: Kind = "enable" if request.match_info["kind"] == "enable" else "disable"
        return self._give(request, "doorbells", kind)

    async def _mini(self, request: web.Request) -> web.Response:
        """Take a change of the configuration; only `enabled` is known here."""
        try:
            enabled = json.loads(await request.text())["enabled"]
        except (ValueError, TypeError, KeyError):
            return refuse(400, "Nothing to configure", BAD_REQUEST)
        if not isinstance(enabled, bool):
            return refuse(400, "Enabled must be true or false", BAD_REQUEST)
        return self._give(request, "owls", "enable" if enabled else "disable")

    def _give(self, request: web.Request, section: str, kind: Kind) -> web.Response:
        network = self._world.network(int(request.match_info["network"]))
        camera = self._world.camera(int(request.match_info["camera"]), network=network.id)
        if SECTIONS.get(camera.kind, "cameras") != section:
            raise Unknown(f"camera {camera.id}")
        command = self._world.commands.give(kind, network, camera)
        if command is None:
            return refuse(409, "System is busy, please wait", BUSY)
        body = {
            "id": command.id,
            "network_id": network.id,
            "account_id": self._world.account_id,
            "camera_id": camera.id,
            "command": "config_set" if section == "owls" else f"device_motion_{kind}",
            "created_at": stamp(self._world.clock()),
            "state_condition": "new",
            "state_stage": "rest",
        }
        return web.json_response(body)
