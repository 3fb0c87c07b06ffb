"""`/clip`: the newest clip of a camera, or of any, brought as a video."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import timedelta

from alarm.blink.cloud import BlinkCloud
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


class LastClip:
    """Find and send a clip beside everything else; says so plainly when there is none."""

    def __init__(
        self,
        cloud: BlinkCloud,
        clips: Clips,
        controller: Controller,
        replies: Replies,
        view: Callable[[], View],
    ) -> None:
        self._cloud = cloud
        self._clips = clips
        self._controller = controller
        self._replies = replies
        self._view = view

    def show(self, chat: int, argument: str, *, reply_to: int) -> None:
        """Begin; raise BadInput for a camera that is not known."""
        camera = None
        if argument:
            cameras = self._controller.state.cameras.values()
            if not cameras:
                raise BadInput("No camera is known yet; write /clip alone.")
            camera = find_camera(argument, cameras)
        self._replies.run(self._show(chat, camera, reply_to), "last clip")

    async def _show(self, chat: int, camera: Camera | None, reply_to: int) -> None:
        try:
            async with asyncio.timeout(LIST_LIMIT):
                event = await self._newest(camera)
        except TimeoutError:
            self._replies.show(chat, words.unreachable("Blink does not answer in time"))
            return
        except BlinkError as error:
            self._replies.show(chat, words.unreachable(str(error)))
            return
        view = self._view()
        if event is None:
            self._replies.show(chat, words.none(camera))
            return
        try:
            await self._clips.show_clip(
                chat, event, words.clip_caption(event, view), reply_to, silent=False
            )
        except BlinkError as error:
            page = words.gone(event, view) if error.permanent else words.unreachable(str(error))
            self._replies.show(chat, page)
        except ChatError as error:
            logger.warning("A clip did not arrive: %s.", error)
            self._replies.show(chat, words.not_sent(event, view))

    async def _newest(self, camera: Camera | None) -> MotionEvent | None:
        now = self._controller.now()
        for reach in REACHES:
            newest: MotionEvent | None = None
            async for page in self._cloud.clip_pages(now - reach):
                for event in page.events:
                    wanted = event.clip_path and (camera is None or event.camera_id == camera.id)
                    if wanted and (newest is None or event.created_at > newest.created_at):
                        newest = event
            if newest is not None:
                return newest
        return None
