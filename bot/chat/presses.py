"""What each button does."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import Application, CallbackQueryHandler, ContextTypes

from alarm.core.commands import (
    Acknowledge,
    Actor,
    Arm,
    Disarm,
    ExtendExit,
    FalseAlarm,
    MorePictures,
)
from alarm.core.deliveries import say
from alarm.core.notices import Notice
from bot.chat.ages import ARM_LIFE
from bot.chat.codes import Codes
from bot.chat.replies import Replies
from bot.controller import Controller
from bot.pages import Press, read_press
from bot.vitals import Vitals

Context = ContextTypes.DEFAULT_TYPE
App = Application[Any, Any, Any, Any, Any, Any]


class Presses:
    """Run what people press. Who may press what is decided before, in `access`."""

    def __init__(
        self, controller: Controller, replies: Replies, codes: Codes, vitals: Vitals
    ) -> None:
        self._controller = controller
        self._replies = replies
        self._codes = codes
        self._vitals = vitals

    def register(self, application: App) -> None:
        application.add_handler(CallbackQueryHandler(self.pressed))

    async def pressed(self, update: Update, _context: Context) -> None:
        query = update.callback_query
        if query is None:
            return
        read = read_press(query.data or "")
        if read is not None:
            actor = Actor(
                query.from_user.id, query.from_user.first_name, query.from_user.id, update.update_id
            )
            self._run(read[0], read[1], actor)
        self._replies.end_press(query.id)

    def _run(self, press: Press, about: str, actor: Actor) -> None:
        apply = self._controller.apply
        match press:
            case Press.ACKNOWLEDGE:
                apply(Acknowledge(actor, about or None))
            case Press.FALSE_ALARM:
                apply(FalseAlarm(actor, about))
            case Press.DISARM:
                apply(Disarm(actor, about or None))
            case Press.CANCEL:
                apply(Disarm(actor))
            case Press.MORE:
                apply(MorePictures(actor, about))
            case Press.EXTEND:
                apply(ExtendExit(actor))
            case Press.ARM if self._vitals.silence > ARM_LIFE.total_seconds():
                # A press carries no date: it may be as old as the silence before it.
                self._replies.say(actor.chat_id, say(Notice.OLD_ARM))
            case Press.ARM:
                apply(Arm(actor))
            case Press.NEW_CODE:
                self._codes.send_new(actor.chat_id)
