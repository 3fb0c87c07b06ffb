"""`/clip`: the newest clip of a camera, or of any, brought as a video."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from alarm.blink.cloud import BlinkCloud
from alarm.core.camera_names import called
from alarm.core.errors import BadInput, BlinkError
from alarm.core.events import Camera, MotionEvent
from bot.chat.errors import ChatError
from bot.chat.replies import Replies
from bot.clips import Clips
from bot.controller import Controller
from bot.words import clips as words
from bot.words.arguments import find_camera
from bot.words.view import View

logger = logging.getLogger(__name__)

# Looked through one after the other: most homes have a clip of today, and a month of clips is long.
REACHES = (timedelta(days=1), timedelta(days=7), timedelta(days=60))
# Seconds until a person hears that Blink does not answer.
LIST_LIMIT = 10.0
# Seconds until a person hears that a clip was found and is still on its way.
PATIENCE = 5.0


class LastClip:
    """Find and send a clip beside everything else; says so plainly when there is none."""

    def __init__(
        self,
        cloud: BlinkCloud,
        clips: Clips,
        controller: Controller,
        replies: Replies,
        view: Callable[[], View],
        *,
        list_limit: float = LIST_LIMIT,
        patience: float = PATIENCE,
    ) -> None:
        self._cloud = cloud
        self._clips = clips
        self._controller = controller
        self._replies = replies
        self._view = view
        self._list_limit = list_limit
        self._patience = patience

    def show(self, chat: int, argument: str, *, reply_to: int) -> None:
        """Begin; raise BadInput for a camera that is not known."""
        camera = None
        if argument:
            state = self._controller.state
            cameras = state.cameras.values()
            if not cameras:
                raise BadInput("No camera is known yet; write /clip alone.")
            camera = find_camera(argument, cameras, state.areas)
        self._replies.run(self._show(chat, camera, reply_to), "last clip", chat)

    async def _show(self, chat: int, camera: Camera | None, reply_to: int) -> None:
        try:
            event = await self._newest(camera)
        except TimeoutError:
            self._replies.show(chat, words.unreachable("Blink does not answer in time"))
            return
        except BlinkError as error:
            self._replies.show(chat, words.unreachable(str(error)))
            return
        if event is None:
            self._replies.show(chat, words.none(camera, self._controller.state))
            return
        state = self._controller.state
        if event.camera_id in state.cameras:
            event = replace(event, camera_name=called(state.cameras[event.camera_id], state))
        sending = asyncio.create_task(self._send(chat, event, reply_to))
        try:
            if not (await asyncio.wait({sending}, timeout=self._patience))[0]:
                self._replies.show(chat, words.on_its_way(event, self._view()))
            await sending
        finally:
            sending.cancel()

    async def _send(self, chat: int, event: MotionEvent, reply_to: int) -> None:
        view = self._view()
        caption = words.clip_caption(event, view)
        try:
            await self._clips.show_clip(chat, event, caption, reply_to, silent=False)
        except BlinkError as error:
            page = words.gone(event, view) if error.permanent else words.unreachable(str(error))
            self._replies.show(chat, page)
        except ChatError as error:
            logger.warning("A clip did not arrive: %s.", error)
            self._replies.show(chat, words.not_sent(event, view))

    async def _newest(self, camera: Camera | None) -> MotionEvent | None:
        """Return the newest clip there is; the newest that was read where time runs out."""
        found: list[MotionEvent] = []
        try:
            async with asyncio.timeout(self._list_limit):
                await self._read(camera, found)
        except TimeoutError:
            if not found:
                raise
        return max(found, key=lambda event: event.created_at, default=None)

    async def _read(self, camera: Camera | None, found: list[MotionEvent]) -> None:
        state = self._controller.state
        now = self._controller.now() + (state.clock.skew or timedelta(0))
        for reach in REACHES:
            async for page in self._cloud.clip_pages(now - reach):
                for event in page.events:
                    shown = event.clip_path and not event.deleted
                    if shown and (camera is None or event.camera_id == camera.id):
                        found.append(event)
            # The list is by the last change: an old clip that was watched today is on it, while a
            # newer one of yesterday is not.
            if any(event.created_at >= now - reach for event in found):
                return
