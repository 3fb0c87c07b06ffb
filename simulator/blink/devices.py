"""What Blink tells about an account's systems: homescreen, networks, modules, cameras."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from simulator.blink.answers import stamp
from simulator.blink.world import Camera, Network, Unknown, World

Json = dict[str, Any]
SINCE = {"created_at": "2024-01-02T03:04:05+00:00", "updated_at": "2024-01-02T03:04:05+00:00"}
# Under which key of the homescreen a product stands; battery cameras are all under `cameras`.
SECTIONS = {"owl": "owls", "lotus": "doorbells"}


class Devices:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        network = r"/network/{network:\d+}"
        camera = network + r"/camera/{camera:\d+}"
        home = f"/api/v3/accounts/{self._world.account_id}/homescreen"
        return [
            web.get("/api/v1/users/tier_info", self._tier),
            web.get(home, self._homescreen),
            web.get("/networks", self._networks),
            web.get("/api/v1/camera/usage", self._usage),
            web.get(network + "/syncmodules", self._module),
            web.post(network + "/update", self._update),
            web.get(camera + "/config", self._config),
            web.get(camera + "/signals", self._signals),
        ]

    async def _tier(self, request: web.Request) -> web.Response:
        body = {"tier": self._world.tier, "account_id": self._world.account_id}
        return web.json_response(body)

    async def _homescreen(self, request: web.Request) -> web.Response:
        world = self._world
        world.commands.settle()
        body: Json = {
            "account": {
                "id": world.account_id,
                "email_verified": True,
                "email_verification_required": True,
                "amazon_account_linked": False,
            },
            "networks": [
                {
                    "id": network.id,
                    "name": network.name,
                    "time_zone": "Europe/London",
                    "dst": True,
                    "armed": network.armed,
                    "lv_save": False,
                    **SINCE,
                }
                for network in world.networks
            ],
            "sync_modules": [
                self._describe_module(network)
                for network in world.networks
                if network.module_id is not None
            ],
            "cameras": [],
            "owls": [],
            "doorbells": [],
            "sirens": [],
            "chimes": [],
            "doorbell_buttons": [],
            "accessories": {"storm": [], "rosie": []},
            "video_stats": {
                "storage": 2,
                "auto_delete_days": 30,
                "auto_delete_day_options": [3, 7, 14, 30, 60],
            },
            "app_updates": {
                "message": "OK",
                "code": 103,
                "update_available": False,
                "update_required": False,
            },
            "tiv_lock_enable": True,
            "tiv_lock_status": {"locked": True},
        }
        for network, camera in world.devices():
            body[SECTIONS.get(camera.kind, "cameras")].append(self._describe(network, camera))
        headers = {"Client-Id": str(world.client_id), "User-Id": str(world.user_id)}
        return web.json_response(body, headers=headers)

    def _describe_module(self, network: Network) -> Json:
        return {
            "id": network.module_id,
            "network_id": network.id,
            "name": f"{network.name} module",
            "serial": f"SM{network.module_id}",
            "fw_version": "4.4.8",
            "type": "sm2",
            "subtype": "vinnie",
            "revision": "00",
            "onboarded": True,
            "status": "online" if network.module_online else "offline",
            "last_hb": stamp(self._world.clock()),
            "wifi_strength": 5,
            "enable_temp_alerts": True,
            "local_storage_enabled": False,
            "local_storage_compatible": True,
            "local_storage_status": "unavailable",
            **SINCE,
        }

    def _describe(self, network: Network, camera: Camera) -> Json:
        """Describe a device as the homescreen does; a mini has no battery and no signals."""
        mains = camera.kind == "owl"
        good = "done" if camera.kind not in SECTIONS else "online"
        device: Json = {
            "id": camera.id,
            "network_id": network.id,
            "name": camera.name,
            "type": camera.kind,
            "serial": f"C{camera.id}",
            "fw_version": "9.63" if mains else "10.53",
            "enabled": camera.enabled,
            "onboarded": True,
            "status": good if camera.online else "offline",
            "thumbnail": self._thumbnail(network, camera),
            "local_storage_enabled": False,
            "local_storage_compatible": False,
            **SINCE,
        }
        if not mains:
            device |= {
                "battery": "low" if camera.battery_low else "ok",
                "signals": _signals(camera),
                "usage_rate": False,
                "issues": [],
                "snooze": False,
                "snooze_time_remaining": None,
                "revision": "00",
            }
        return device

    def _thumbnail(self, network: Network, camera: Camera) -> str:
        return (
            f"/api/v3/media/accounts/{self._world.account_id}/networks/{network.id}"
            f"/{camera.kind}/{camera.id}/thumbnail/thumbnail.jpg?ts={camera.thumbnail_at}&ext="
        )

    async def _networks(self, request: web.Request) -> web.Response:
        networks = self._world.networks
        summary = {
            str(network.id): {"name": network.name, "onboarded": network.module_id is not None}
            for network in networks
        }
        everything = [self._describe_network(network) for network in networks]
        return web.json_response({"summary": summary, "networks": everything})

    def _describe_network(self, network: Network) -> Json:
        self._world.commands.settle()
        return {
            "id": network.id,
            "name": network.name,
            "account_id": self._world.account_id,
            "armed": network.armed,
            "arm_string": "Armed" if network.armed else "Disarmed",
            "busy": False,
            "camera_error": False,
            "sync_module_error": False,
            "time_zone": "Europe/London",
            "dst": True,
            **SINCE,
        }

    async def _usage(self, request: web.Request) -> web.Response:
        networks = [
            {
                "network_id": network.id,
                "name": network.name,
                "cameras": [
                    {
                        "id": camera.id,
                        "name": camera.name,
                        "usage": 0,
                        "lv_seconds": 0,
                        "clip_seconds": 0,
                    }
                    for camera in network.cameras
                    if camera.kind not in SECTIONS
                ],
            }
            for network in self._world.networks
            if network.module_id is not None
        ]
        body = {"range_days": 7, "reference": {"usage": 400}, "networks": networks}
        return web.json_response(body)

    async def _module(self, request: web.Request) -> web.Response:
        network = self._network_of(request)
        if network.module_id is None:
            raise Unknown("sync module")
        return web.json_response({"syncmodule": self._describe_module(network)})

    async def _update(self, request: web.Request) -> web.Response:
        return web.json_response({"network": self._describe_network(self._network_of(request))})

    async def _config(self, request: web.Request) -> web.Response:
        network, camera = self._classic_of(request)
        config = self._describe(network, camera) | {
            "network": network.id,
            "sync_module_id": network.module_id,
            "account_id": self._world.account_id,
            "armed": network.armed,
            "battery_state": "low" if camera.battery_low else "ok",
            "battery_voltage": 110 if camera.battery_low else 158,
            "battery_check_time": SINCE["updated_at"],
            "temperature": 66,
            "wifi_strength": -52,
            "lfr_strength": -60,
            "motion_sensitivity": 5,
            "motion_alert": True,
            "alert_interval": 10,
            "video_length": 30,
            "clip_max_length": 60,
        }
        return web.json_response({"camera": [config], "signals": _signals(camera)})

    async def _signals(self, request: web.Request) -> web.Response:
        _, camera = self._classic_of(request)
        return web.json_response({**_signals(camera), "updated_at": SINCE["updated_at"]})

    def _network_of(self, request: web.Request) -> Network:
        return self._world.network(int(request.match_info["network"]))

    def _classic_of(self, request: web.Request) -> tuple[Network, Camera]:
        """Return the battery camera that is asked for; minis have paths of their own."""
        network = self._network_of(request)
        camera = self._world.camera(int(request.match_info["camera"]), network=network.id)
        if camera.kind in SECTIONS:
            raise Unknown(f"camera {camera.id}")
        return network, camera


def _signals(camera: Camera) -> Json:
    return {"lfr": 5, "wifi": 4, "temp": 66, "battery": 0 if camera.battery_low else 3}
