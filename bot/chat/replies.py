"""Answers that change nothing: sent at once, at most once, in order within a chat."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from alarm.core.deliveries import Words
from alarm.core.secrecy import seen_from
from bot.chat.budget import Budget
from bot.chat.errors import ChatError
from bot.chat.offered import offered
from bot.chat.sender import Sender
from bot.controller import Controller
from bot.pages import Page
from bot.words.help import bad_arguments
from bot.words.notices import sentence
from bot.words.view import View

logger = logging.getLogger(__name__)

NOT_DONE = "This was not done: an error in the program, its log says more. /status shows how it is."
# What tells how things are is worded at the moment it leaves: it may wait for the pace of its chat.
Shown = Page | Callable[[], Page]


class Replies:
    """Speak without waiting, so that no answer stands in front of the next command."""

    def __init__(
        self,
        sender: Sender,
        controller: Controller,
        view: Callable[[], View],
        budget: Budget,
    ) -> None:
        self._sender = sender
        self._controller = controller
        self._view = view
        self._budget = budget
        self._locks: dict[int, asyncio.Lock] = {}
        # With the chat that each is for, where it was one that we know when it began.
        self._tasks: dict[asyncio.Task[Any], int | None] = {}
        controller.watch(self._call_back)

    def say(self, chat: int, words: Words) -> None:
        """Say one of the alarm's sentences."""
        self.show(
            chat,
            lambda: sentence(words, seen_from(self._controller.state, chat), self._view()),
        )

    def show(self, chat: int, page: Shown) -> None:
        self.run(self._show(chat, page), "reply", chat)

    def turn(self, chat: int, message_id: int, page: Shown) -> None:
        """Let one of the bot's messages become this page."""
        self.run(self._turn(chat, message_id, page), "edit", chat)

    def end_press(self, query_id: str, text: str = "") -> None:
        """End the waiting sign on a pressed button; a text is shown for a moment to who pressed."""
        self.run(self._sender.answer_press(query_id, text), "answer to a press")

    def refuse_press(self, query_id: str, chat: int, text: str) -> None:
        """Say why nothing was done, for a moment, or as a message where it is too late for that."""
        self.run(self._refuse_press(query_id, chat, text), "refusal of a press", chat)

    def run(self, work: Coroutine[Any, Any, object], name: str, chat: int | None = None) -> None:
        """Let work go on beside the commands; what it raises is logged.

        `chat`: whom it is for; it is cut where that is somebody who is sent away, and does not
        begin where that is over already.
        """
        known = self._is_known(chat)
        if chat is not None and chat > 0 and not known:
            work.close()
            return
        task = asyncio.create_task(work, name=name)
        self._tasks[task] = chat if known else None
        task.add_done_callback(self._done)

    async def settle(self, seconds: float) -> None:
        """Let running work end within so many seconds, then cancel it."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=seconds)
            for task in late:
                task.cancel()

    def _is_known(self, chat: int | None) -> bool:
        state = self._controller.state
        in_group = state.group is not None and state.group.chat_id == chat
        return in_group or str(chat) in state.people

    def _call_back(self) -> None:
        """Cut what is for somebody who was sent away, or for a group that was given up."""
        for task, chat in self._tasks.items():
            if chat is not None and not self._is_known(chat):
                task.cancel()

    async def _refuse_press(self, query_id: str, chat: int, text: str) -> None:
        if not await self._sender.answer_press(query_id, text):
            await self._show(chat, bad_arguments(text))

    async def _show(self, chat: int, page: Shown) -> None:
        async with self._locks.setdefault(chat, asyncio.Lock()):
            await self._budget.take(str(chat))
            try:
                await self._sender.send(chat, self._offered(page, chat))
            except ChatError as error:
                logger.warning("A reply did not arrive: %s.", error)

    async def _turn(self, chat: int, message_id: int, page: Shown) -> None:
        async with self._locks.setdefault(chat, asyncio.Lock()):
            await self._budget.take(str(chat))
            try:
                await self._sender.edit(chat, message_id, self._offered(page, chat))
            except ChatError as error:
                logger.warning("A page could not be turned: %s.", error)

    def _offered(self, page: Shown, chat: int) -> Page:
        if not isinstance(page, Page):
            try:
                page = page()
            except Exception:
                logger.exception("A page could not be worded.")
                page = bad_arguments(NOT_DONE)
        return offered(page, self._controller.state, chat)

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.pop(task, None)
        if not task.cancelled() and (error := task.exception()) is not None:
            logger.error("The %s failed.", task.get_name(), exc_info=error)
