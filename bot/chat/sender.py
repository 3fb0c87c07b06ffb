"""Send pages, pictures and clips to chats; every failure comes out as a ChatError."""

from __future__ import annotations

import asyncio
import html
import logging
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.constants import MessageLimit, ParseMode

from bot.chat.errors import ChatError, as_chat_error
from bot.chat.fitting import MOST_CAPTION, MOST_HINT, cut, fitted, shortened
from bot.chat.requests import VIDEO_ANSWER_TIMEOUT
from bot.pages import Page

logger = logging.getLogger(__name__)

T = TypeVar("T")
Markup = InlineKeyboardMarkup | None

# Seconds for one text, connecting included; a file on its way up may take minutes.
TEXT_LIMIT = 15.0
FILE_LIMIT = 900.0
# Telegram counts UTF-16 units, of which a character takes two at most.
SURELY_SHORT = MessageLimit.MAX_TEXT_LENGTH // 2
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_TAGS = re.compile(r"<[^>]*>")


class Sender:
    """Speak to chats through one bot and its connections."""

    def __init__(self, bot: Bot, thread_of: Callable[[int], int] = lambda _chat: 0) -> None:
        """`thread_of`: the topic to speak in, by chat; 0 where there is none."""
        self._bot = bot
        self._thread_of = thread_of

    async def send(self, chat_id: int, page: Page, *, silent: bool = False) -> int:
        """Send a page and return the id of its message."""

        async def send(thread: int | None) -> int:
            async def say(text: str, parse_mode: str | None, markup: Markup) -> int:
                message = await self._bot.send_message(
                    chat_id,
                    text,
                    parse_mode=parse_mode,
                    disable_notification=silent,
                    reply_markup=markup,
                    link_preview_options=_NO_PREVIEW,
                    message_thread_id=thread,
                )
                return message.message_id

            return await _as_plainly_as_needed(page, say)

        return await self._in_thread(chat_id, send)

    async def edit(self, chat_id: int, message_id: int, page: Page) -> bool:
        """Change a message and tell whether it is still there; neither answer is an error."""

        async def change(text: str, parse_mode: str | None, markup: Markup) -> None:
            await self._bot.edit_message_text(
                text,
                chat_id,
                message_id,
                parse_mode=parse_mode,
                reply_markup=markup,
                link_preview_options=_NO_PREVIEW,
            )

        try:
            await _as_plainly_as_needed(page, change)
        except ChatError as error:
            if not error.unchanged:
                raise
            return not error.gone
        return True

    async def pin(self, chat_id: int, message_id: int) -> None:
        """Pin a message without a sound."""
        await _asked(
            self._bot.pin_chat_message(chat_id, message_id, disable_notification=True), TEXT_LIMIT
        )

    async def unpin(self, chat_id: int, message_id: int) -> None:
        """Unpin a message; one that is not pinned, or is gone, is no error."""
        try:
            await _asked(self._bot.unpin_chat_message(chat_id, message_id), TEXT_LIMIT)
        except ChatError as error:
            if not error.permanent:
                raise

    async def delete(self, chat_id: int, message_id: int) -> None:
        """Take a message off the chat; one that is gone is no error."""
        try:
            await _asked(self._bot.delete_message(chat_id, message_id), TEXT_LIMIT)
        except ChatError as error:
            if not error.gone:
                raise

    async def photo(
        self, chat_id: int, picture: Path | str, caption: str, *, reply_to: int | None
    ) -> str:
        """Send a picture silently and return its file id; a text is such an id of before."""
        message = await self._in_thread(
            chat_id,
            lambda thread: self._file(
                reply_to,
                lambda file, reply: self._bot.send_photo(
                    chat_id,
                    file,
                    caption=cut(caption, MOST_CAPTION),
                    parse_mode=ParseMode.HTML,
                    disable_notification=True,
                    reply_parameters=reply,
                    read_timeout=VIDEO_ANSWER_TIMEOUT,
                    message_thread_id=thread,
                ),
                picture,
            ),
        )
        return message.photo[-1].file_id if message.photo else ""

    async def video(
        self,
        chat_id: int,
        clip: Path | str,
        caption: str,
        *,
        reply_to: int | None = None,
        silent: bool = True,
    ) -> str:
        """Send a clip and return its file id; a text is such an id of before."""
        message = await self._in_thread(
            chat_id,
            lambda thread: self._file(
                reply_to,
                lambda file, reply: self._bot.send_video(
                    chat_id,
                    file,
                    caption=cut(caption, MOST_CAPTION),
                    parse_mode=ParseMode.HTML,
                    disable_notification=silent,
                    reply_parameters=reply,
                    supports_streaming=True,
                    read_timeout=VIDEO_ANSWER_TIMEOUT,
                    message_thread_id=thread,
                ),
                clip,
            ),
        )
        return message.video.file_id if message.video else ""

    async def answer_press(self, query_id: str, text: str = "") -> bool:
        """End the waiting sign on a pressed button, and tell whether that was in time."""
        try:
            await _asked(
                self._bot.answer_callback_query(query_id, shortened(text, MOST_HINT) or None),
                TEXT_LIMIT,
            )
        except ChatError as error:
            logger.info("A press was not answered: %s", error)
            return False
        return True

    async def _in_thread(self, chat_id: int, send: Callable[[int | None], Awaitable[T]]) -> T:
        """Send into the chat's topic; where that is gone or closed, into the group at large."""
        thread = self._thread_of(chat_id) or None
        try:
            return await send(thread)
        except ChatError as error:
            if thread is None or not error.topic_gone:
                raise
        logger.warning("The topic of the home's group is gone; the group is told at large.")
        return await send(None)

    async def _file(
        self,
        reply_to: int | None,
        act: Callable[[InputFile | str, ReplyParameters | None], Awaitable[Message]],
        file: Path | str,
    ) -> Message:
        reply = (
            None
            if reply_to is None
            else ReplyParameters(reply_to, allow_sending_without_reply=True)
        )
        if isinstance(file, str):
            return await _asked(act(file, reply), FILE_LIMIT)
        # Read in pieces: otherwise the whole file is in memory and one time limit bounds it all.
        with file.open("rb") as opened:
            upload = InputFile(opened, filename=file.name, read_file_handle=False)
            return await _asked(act(upload, reply), FILE_LIMIT)


async def _as_plainly_as_needed(
    page: Page, act: Callable[[str, str | None, Markup], Awaitable[T]]
) -> T:
    """Send as much of a page as fits; what Telegram refuses goes without markup, then buttons.

    An alarm in plain words beats a well-formed one that never arrives.
    """
    page = fitted(page)
    text = html.unescape(_TAGS.sub("", page.html))[:SURELY_SHORT]
    buttons = keyboard(page)
    forms = [(page.html, ParseMode.HTML, buttons), (text, None, buttons), (text, None, None)]
    for words, parse_mode, markup in forms[: 3 if buttons else 2]:
        try:
            return await _asked(act(words, parse_mode, markup), TEXT_LIMIT)
        except ChatError as error:
            if not error.bad_message:
                raise
            refused = error
        logger.error("Telegram refused the form of a message; it is sent more plainly.")
    raise refused


def keyboard(page: Page) -> Markup:
    if not page.buttons:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(button.text, callback_data=button.data) for button in row]
            for row in page.buttons
        ]
    )


async def _asked(request: Awaitable[T], limit: float) -> T:
    try:
        async with asyncio.timeout(limit):
            return await request
    except Exception as error:  # noqa: BLE001 - an odd answer ends in any kind of error
        failure = as_chat_error(error)
    # Raised outside the handler: the library's error may name the token, and a traceback shows
    # the whole chain.
    raise failure
