"""The chat side as a whole: connect, listen, judge each update, hand it to its handler."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Bot, Update
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder, ContextTypes

from alarm.core.inputs import CameTooLate
from bot.chat.access import Judgement, Verdict, command_of, judged, person_of
from bot.chat.commands import Commands
from bot.chat.membership import Membership
from bot.chat.menus import Menus
from bot.chat.presses import Presses
from bot.chat.replies import NOT_DONE, Replies
from bot.chat.requests import UpdateRequest
from bot.chat.strangers import Door
from bot.chat.true_time import TrueTime
from bot.chat.updates import UpdateLoop
from bot.controller import Controller
from bot.vitals import Vitals
from bot.words import help as help_words
from bot.words import people as people_words
from bot.words.hearing import TOKEN_REFUSED

logger = logging.getLogger(__name__)

# Seconds between tries to reach Telegram for the first time.
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 15.0
CONNECT_LIMIT = 20.0

App = Application[Any, Any, Any, Any, Any, Any]


def build_application(bot: Bot) -> App:
    """Return the application whose job queue drives the program; it polls nothing by itself."""
    return ApplicationBuilder().bot(bot).updater(None).build()


class Connection:
    """Keep Telegram's side going; everything else works without it."""

    def __init__(
        self,
        application: App,
        commands: Commands,
        presses: Presses,
        menus: Menus,
        replies: Replies,
        controller: Controller,
        vitals: Vitals,
        announce: Callable[[], None],
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._application = application
        self._controller = controller
        self._vitals = vitals
        self._menus = menus
        self._replies = replies
        self._announce = announce
        self._sleep = sleep
        self._error: Exception | None = None
        self.door = Door(controller)
        self._membership = Membership(controller, replies, self.door)
        request = application.bot.request
        skew = (lambda: request.skew) if isinstance(request, UpdateRequest) else (lambda: None)
        self.true_time = TrueTime(controller, skew)
        commands.register(application)
        presses.register(application)
        application.add_error_handler(self._note_error)

    async def run(self) -> None:
        """Connect, then listen until cancelled."""
        await self._connect()
        self._announce()
        self._show_menus()
        loop = UpdateLoop(
            self._application.bot,
            self._handle,
            lambda: self._controller.durable,
            self._vitals,
            self._apologise,
            sleep=self._sleep,
        )
        await loop.run()

    async def _connect(self) -> None:
        pause = FIRST_PAUSE
        while True:
            try:
                async with asyncio.timeout(CONNECT_LIMIT):
                    await self._application.initialize()
            except InvalidToken:
                reason = TOKEN_REFUSED
            except (TelegramError, TimeoutError, OSError) as error:
                reason = f"Telegram cannot be reached ({type(error).__name__})"
            except Exception as error:  # noqa: BLE001 - its text may hold the token
                reason = f"Telegram's answer makes no sense ({type(error).__name__})"
            else:
                self._vitals.bot_username = self._application.bot.username or ""
                self._vitals.reached_telegram()
                await self._without_webhook()
                return
            if self._vitals.telegram_trouble != reason:
                logger.error("%s; watching and calling go on.", reason)
            self._vitals.deaf(reason)
            await self._sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _without_webhook(self) -> None:
        """Give up a webhook that the token had elsewhere: with it no update could be fetched."""
        try:
            async with asyncio.timeout(CONNECT_LIMIT):
                await self._application.bot.delete_webhook(drop_pending_updates=False)
        except (TelegramError, TimeoutError) as error:
            logger.info("No webhook was given up (%s).", type(error).__name__)

    async def _handle(self, update: Update) -> None:
        self.true_time.confirm()
        before = self._shown_to()
        if self._membership.take(update):
            self._show_menus_if_new(before)
            return
        judgement = judged(
            update, self._controller.state, self.true_time.now(), self._vitals.bot_username
        )
        if not judgement.allowed:
            if judgement.verdict is Verdict.STRANGER:
                self.door.knocked(update)
            elif judgement.verdict is Verdict.TOO_LATE:
                self._tell_too_late(update)
            self._turn_away(update, judgement)
            return
        self._error = None
        await self._application.process_update(update)
        if self._error is not None:
            raise self._error
        self._show_menus_if_new(before)

    def _tell_too_late(self, update: Update) -> None:
        """Tell the owners; the author has left, and gets no answer."""
        message, author = update.message, update.effective_user
        if message is not None and author is not None:
            command = f"/{command_of(update)}"
            self._controller.apply(CameTooLate(author.id, command, message.date))

    def _turn_away(self, update: Update, judgement: Judgement) -> None:
        """Say one clear sentence to somebody we know; nothing to anybody else."""
        person, chat = judgement.person, update.effective_chat
        if person is None or chat is None:
            return
        if judgement.verdict is Verdict.ELSEWHERE:
            # Others read along there.
            page = people_words.elsewhere(chat.title or "", person.role)
            self._replies.show(person.user_id, page)
        elif judgement.lowest is not None and update.callback_query is not None:
            sentence = people_words.only(judgement.lowest)
            self._replies.end_press(update.callback_query.id, sentence)
        elif judgement.lowest is not None:
            self._replies.show(chat.id, people_words.refused(judgement.lowest))

    def _shown_to(self) -> tuple[object, object]:
        state = self._controller.state
        return state.people, state.group

    def _show_menus_if_new(self, before: tuple[object, object]) -> None:
        now = self._shown_to()
        if now[0] is not before[0] or now[1] is not before[1]:
            self._show_menus()

    def _show_menus(self) -> None:
        menus = self._menus.bring_up_to_date(self._controller.state)
        self._replies.run(menus, "command menu")

    def _apologise(self, update: Update) -> None:
        """Say that something was not done, to somebody we know."""
        person = person_of(update, self._controller.state)
        if person is not None:
            self._replies.show(person.user_id, help_words.bad_arguments(NOT_DONE))

    async def _note_error(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        if update is not None and context.error is not None:
            self._error = context.error
