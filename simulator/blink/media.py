"""The list of changed clips, page by page, and the downloads of clips and pictures."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from simulator.blink.answers import refuse, stamp
from simulator.blink.world import Clip, Unknown, World

PURGED_UP_TO = 6900000
BAD_REQUEST = 400
MEDIA_NOT_FOUND = 700


def read_since(text: str) -> datetime:
    """Read the `since` of a query, or raise ValueError.

    Clients put a bare plus sign before the offset, and decoding a query turns it into a space.
    """
    moment = datetime.fromisoformat(text.replace(" ", "+"))
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


class Media:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        account = str(self._world.account_id)
        device = r"/networks/{network:\d+}/{kind}/{camera:\d+}"
        files = f"/api/v3/media/accounts/{account}{device}"
        return [
            web.get(f"/api/v1/accounts/{account}/media/changed", self._changed),
            web.get(files + "/thumbnail/thumbnail.jpg", self._camera_picture),
            web.get(files + r"/{source}/{media:\d+}.jpg", self._clip_picture),
            web.get(files + r"/{source}/{media:\d+}.mp4", self._clip),
        ]

    async def _changed(self, request: web.Request) -> web.Response:
        """List what changed since a time, newest motion first; pages count from 1."""
        world = self._world
        try:
            since = read_since(request.query["since"])
            page = int(request.query.get("page", "1"))
        except (KeyError, ValueError):
            return refuse(400, "Invalid since or page", BAD_REQUEST)
        if page < 1:
            return refuse(400, "Pages count from 1", BAD_REQUEST)
        found = [
            clip
            for clip in world.clips.values()
            if clip.listed and clip.updated_at.replace(microsecond=0) >= since
        ]
        found.sort(key=lambda clip: (clip.created_at.replace(microsecond=0), clip.id), reverse=True)
        shown = found[(page - 1) * world.limit : page * world.limit]
        body = {
            "limit": world.limit,
            "purge_id": PURGED_UP_TO,
            "refresh_count": 0,
            "media": [self._describe(clip) for clip in shown],
        }
        return web.json_response(body)

    def _describe(self, clip: Clip) -> dict[str, Any]:
        network, camera = clip.network, clip.camera
        path = (
            f"/api/v3/media/accounts/{self._world.account_id}/networks/{network.id}"
            f"/{camera.kind}/{camera.id}/{clip.source}/{clip.id}"
        )
        return {
            "id": clip.id,
            "created_at": stamp(clip.created_at),
            "updated_at": stamp(clip.updated_at),
            "deleted": clip.deleted,
            "device": camera.kind,
            "device_id": camera.id,
            "device_name": camera.name,
            "network_id": network.id,
            "network_name": network.name,
            "type": "video",
            "source": clip.source,
            "partial": False,
            "watched": clip.watched,
            "thumbnail": f"{path}.jpg?ext=",
            "media": f"{path}.mp4",
            "metadata": None,
            "additional_devices": [],
            "time_zone": "Europe/London",
        }

    async def _camera_picture(self, request: web.Request) -> web.Response:
        where = request.match_info
        camera = self._world.camera(int(where["camera"]), network=int(where["network"]))
        return web.Response(body=camera.thumbnail, content_type="image/jpeg")

    async def _clip_picture(self, request: web.Request) -> web.Response:
        clip = self._clip_of(request)
        return web.Response(body=clip.camera.thumbnail, content_type="image/jpeg")

    async def _clip(self, request: web.Request) -> web.Response:
        """Hand out a recording; by that it counts as watched, and is listed as changed."""
        clip = self._clip_of(request)
        if not clip.watched:
            self._world.relist(clip.id)
        return web.Response(body=self._world.clip_bytes, content_type="video/mp4")

    def _clip_of(self, request: web.Request) -> Clip:
        where = request.match_info
        clip = self._world.clips.get(int(where["media"]))
        if (
            clip is None
            or clip.deleted
            or not clip.listed
            or clip.camera.id != int(where["camera"])
        ):
            raise Unknown("media", code=MEDIA_NOT_FOUND)
        return clip
