"""Read a Bot API request: query, form, multipart or JSON, nested values as JSON text."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from aiohttp.multipart import BodyPartReader

from simulator.telegram.refusal import bad_request, too_large

MAX_UPLOAD_BYTES = 50 * 1024**2
_PIECE = 64 * 1024
_ATTACHED = "attach://"
_NUMBER = re.compile(r"-?\d+")


@dataclass(frozen=True)
class Upload:
    name: str
    content: bytes
    mime_type: str


class Parameters:
    """The arguments of one method call. What is absent reads as empty, as at Telegram."""

    def __init__(self, values: dict[str, str], uploads: dict[str, Upload]) -> None:
        self._values = values
        self._uploads = uploads

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def text(self, name: str) -> str:
        return self._values.get(name, "")

    def number(self, name: str, default: int = 0) -> int:
        found = _NUMBER.match(self.text(name))
        return int(found.group()) if found else default

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in {"true", "yes", "1"}

    def parsed(self, name: str, complaint: str) -> Any:
        """Return the JSON value under `name`, None when absent; refuse what is no JSON."""
        if not self.text(name):
            return None
        try:
            return json.loads(self.text(name))
        except ValueError:
            raise bad_request(complaint) from None

    def upload(self, name: str) -> Upload | None:
        """Return the file sent as the field itself, or attached elsewhere in the request."""
        reference = self.text(name)
        if reference.startswith(_ATTACHED):
            return self._uploads.get(reference.removeprefix(_ATTACHED))
        return self._uploads.get(name)


async def read_parameters(request: web.Request, uplink: float | None = None) -> Parameters:
    """Read the arguments of a request; files come in at `uplink` bytes a second, if it is given."""
    values = dict(request.query)
    uploads: dict[str, Upload] = {}
    if request.content_type == "application/json":
        values.update(_from_json(await request.text()))
    elif request.content_type == "multipart/form-data":
        await _from_multipart(request, values, uploads, uplink)
    elif request.content_type == "application/x-www-form-urlencoded":
        form = await request.post()
        values.update({name: value for name, value in form.items() if isinstance(value, str)})
    return Parameters(values, uploads)


def _from_json(body: str) -> dict[str, str]:
    try:
        members = json.loads(body or "{}")
    except ValueError:
        raise bad_request("can't parse request JSON object") from None
    if not isinstance(members, dict):
        raise bad_request("request JSON object expected")
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in members.items()
        if value is not None
    }


async def _from_multipart(
    request: web.Request,
    values: dict[str, str],
    uploads: dict[str, Upload],
    uplink: float | None,
) -> None:
    size = 0
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        content = bytes(await part.read() if uplink is None else await _slowly(part, uplink))
        size += len(content)
        if size > MAX_UPLOAD_BYTES:
            raise too_large()
        if part.filename is None:
            values[part.name] = content.decode(errors="replace")
        else:
            mime_type = part.headers.get("Content-Type", "application/octet-stream")
            uploads[part.name] = Upload(part.filename, content, mime_type)


async def _slowly(part: BodyPartReader, uplink: float) -> bytearray:
    content = bytearray()
    while piece := await part.read_chunk(_PIECE):
        content += piece
        await asyncio.sleep(len(piece) / uplink)
    return content
