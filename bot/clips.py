"""Bring pictures and clips from Blink to a chat, through temporary files that go at once."""

from __future__ import annotations

import asyncio
import hashlib
import os
import shutil
import tempfile
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from weakref import WeakValueDictionary

from alarm.blink.cloud import BlinkCloud
from alarm.core.errors import BlinkError
from alarm.core.events import MotionEvent
from bot.chat.sender import Sender

# Bounds disk (a clip has 50 MB at most) and the share of the line that alarms could miss.
AT_ONCE = 2
_KNOWN_FILES = 200

Fetch = Callable[[Path], Awaitable[None]]
Show = Callable[[Path | str], Awaitable[str]]


class Clips:
    """Fetch each file from Blink once; further chats get it by Telegram's own file id.

    Raises BlinkError (ClipGone where Blink has it no more) and ChatError.
    """

    def __init__(self, cloud: BlinkCloud, sender: Sender, prefix: str = "blink-alarm-") -> None:
        self._cloud = cloud
        self._prefix = prefix
        self._sender = sender
        self._places = asyncio.Semaphore(AT_ONCE)
        # A lock goes with the last one who waits for it.
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._file_ids: OrderedDict[str, str] = OrderedDict()

    async def show_picture(
        self, chat: int, event: MotionEvent, caption: str, reply_to: int | None
    ) -> None:
        await self._bring(
            f"picture {event.key}",
            "picture.jpg",
            lambda to: self._cloud.download_picture(event.thumbnail_path, to),
            lambda file: self._sender.photo(chat, file, caption, reply_to=reply_to),
        )

    async def show_clip(
        self,
        chat: int,
        event: MotionEvent,
        caption: str,
        reply_to: int | None = None,
        *,
        silent: bool = True,
    ) -> None:
        await self._bring(
            f"clip {event.key}",
            "clip.mp4",
            lambda to: self._cloud.download_clip(event, to),
            lambda file: self._sender.video(chat, file, caption, reply_to=reply_to, silent=silent),
        )

    async def _bring(self, key: str, name: str, fetch: Fetch, show: Show) -> None:
        # One at a time for each file, so that the second chat finds the id of the first.
        lock = self._locks.setdefault(key, asyncio.Lock())
        async with lock:
            known = self._file_ids.get(key)
            if known is not None:
                await show(known)
                return
            async with self._places:
                with self._private_directory() as directory:
                    path = directory / name
                    await fetch(path)
                    self._remember(key, await show(path))

    def _remember(self, key: str, file_id: str) -> None:
        if file_id:
            self._file_ids[key] = file_id
            while len(self._file_ids) > _KNOWN_FILES:
                self._file_ids.popitem(last=False)

    @contextmanager
    def _private_directory(self) -> Iterator[Path]:
        """Make a directory that goes with its content; raise BlinkError where there is no room."""
        try:
            directory = tempfile.TemporaryDirectory(prefix=self._prefix, ignore_cleanup_errors=True)
        except OSError as error:
            raise BlinkError(f"it could not be stored here: {error.strerror}") from error
        with directory as path:
            yield Path(path)


def scratch_prefix(state_dir: Path) -> str:
    """Name the temporary directories of the one program that holds this state directory."""
    name = hashlib.sha256(os.fsencode(state_dir.absolute())).hexdigest()[:8]
    return f"blink-alarm-{name}-"


def remove_leftovers(prefix: str) -> None:
    """Remove what an earlier program with this prefix left when it was killed."""
    for path in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
        shutil.rmtree(path, ignore_errors=True)
