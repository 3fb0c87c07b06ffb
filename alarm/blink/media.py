"""Fetch clips and pictures in pieces, into a file that appears only when it is whole."""

from __future__ import annotations

import asyncio
import contextlib
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from alarm.blink.api import BlinkApi
from alarm.blink.errors import ClipGone, as_blink_error, refusal
from alarm.core.errors import BlinkError

CHUNK = 64 * 1024
# Seconds. A slow line may take minutes for a clip, but it must not fall silent; the time to
# connect includes the question for the host's address.
CONNECT_TIMEOUT = 10.0
SILENCE_TIMEOUT = 15.0
# Seconds for the whole file: one that drips this slowly is of no use any more.
WHOLE_TIMEOUT = 600.0
_BINARY = ("application/octet-stream", "binary/octet-stream")


@dataclass(frozen=True, slots=True)
class MediaKind:
    """What a file may be: its name for people, the start of its content type, its most bytes."""

    name: str
    type_start: str
    max_bytes: int


# 50 MB is what Telegram takes as a video from a bot, 10 MB as a picture; in decimal megabytes.
CLIP = MediaKind("clip", "video/", 50_000_000)
PICTURE = MediaKind("picture", "image/", 10_000_000)


class Downloads:
    """Download checked files. `silence` is the longest wait for the next piece, in seconds."""

    def __init__(
        self,
        api: BlinkApi,
        *,
        silence: float = SILENCE_TIMEOUT,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._api = api
        self._clock = clock
        self._timeout = aiohttp.ClientTimeout(
            total=None, connect=CONNECT_TIMEOUT, sock_read=silence
        )

    async def fetch(self, path: str, to: Path, kind: MediaKind) -> None:
        """Put the whole file at `to`, or raise and leave nothing behind."""
        if not path.startswith("/"):
            raise ClipGone(f"Blink has no {kind.name} of this")
        with as_blink_error(kind.name):
            async with asyncio.timeout(WHOLE_TIMEOUT):
                response = await self._api.download(path, self._timeout)
                try:
                    self._check(response, kind)
                    await self._store(response, to, kind)
                finally:
                    # Closed, not released: what is unread of a broken file is not worth reading.
                    response.close()

    def _check(self, response: aiohttp.ClientResponse, kind: MediaKind) -> None:
        if response.status in (404, 410):
            raise ClipGone(f"Blink no longer has this {kind.name}")
        if response.status != 200:
            raise refusal(kind.name, response.status, response.headers, self._clock())
        content_type = response.content_type
        if not content_type.startswith(kind.type_start) and content_type not in _BINARY:
            raise BlinkError(f"Blink sent something else than a {kind.name}")
        if (response.content_length or 0) > kind.max_bytes:
            raise _too_big(kind)

    async def _store(self, response: aiohttp.ClientResponse, to: Path, kind: MediaKind) -> None:
        part = _PartFile(to, kind.name)
        try:
            async for chunk in response.content.iter_chunked(CHUNK):
                if part.size + len(chunk) > kind.max_bytes:
                    raise _too_big(kind)
                part.write(chunk)
            promised = response.content_length
            plain = "Content-Encoding" not in response.headers
            if part.size == 0 or (plain and promised not in (None, part.size)):
                raise BlinkError(f"Blink sent only a part of the {kind.name}")
            part.keep()
        finally:
            part.discard()


class _PartFile:
    """A file in the making, beside the place where it will be."""

    def __init__(self, to: Path, name: str) -> None:
        self._to = to
        self._name = name
        self.size = 0
        try:
            descriptor, path = tempfile.mkstemp(
                prefix=f".{to.name}.", suffix=".part", dir=to.parent
            )
        except OSError as error:
            raise self._not_stored(error) from error
        self._path: Path | None = Path(path)
        self._file = os.fdopen(descriptor, "wb")

    def write(self, chunk: bytes) -> None:
        try:
            self._file.write(chunk)
        except OSError as error:
            raise self._not_stored(error) from error
        self.size += len(chunk)

    def keep(self) -> None:
        """Give the file its name; afterwards there is nothing to discard."""
        try:
            self._file.close()
            if self._path is not None:
                self._path.replace(self._to)
        except OSError as error:
            raise self._not_stored(error) from error
        self._path = None

    def discard(self) -> None:
        if self._path is None:
            return
        # What could not be flushed is thrown away anyway.
        with contextlib.suppress(OSError):
            self._file.close()
        self._path.unlink(missing_ok=True)
        self._path = None

    def _not_stored(self, error: OSError) -> BlinkError:
        return BlinkError(f"the {self._name} could not be stored: {error.strerror}")


def _too_big(kind: MediaKind) -> BlinkError:
    limit = kind.max_bytes // 1_000_000
    return BlinkError(f"the {kind.name} is larger than {limit} MB", permanent=True)
