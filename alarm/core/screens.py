"""Home screens: one message in a chat that is pinned and keeps itself true."""

from __future__ import annotations

from datetime import timedelta

from alarm.core.commands import PinScreen, UnpinScreen
from alarm.core.deliveries import Delivery, Lane, PinScreenBody, ScreenBody, ScreenEndBody, say
from alarm.core.draft import NEWS_LIFE, Draft
from alarm.core.inputs import ScreenGone
from alarm.core.notices import Notice

ANSWER_LIFE = timedelta(minutes=2)


def pin(draft: Draft, command: PinScreen) -> None:
    """Send a new screen into the chat; when it arrived it is pinned and replaces the older one."""
    chat = str(command.actor.chat_id)
    waits = any(
        isinstance(d.body, ScreenBody) and d.target == chat for d in draft.state.outbox.values()
    )
    if not waits:
        draft.send(Lane.CHAT, chat, ScreenBody(), expires=ANSWER_LIFE)
        draft.note("journal", what="home screen pinned", by=command.actor.name)


def arrived(draft: Draft, delivery: Delivery, message_id: int) -> None:
    """Keep the screen that arrived, and end the one it replaces."""
    chat = delivery.target
    older = draft.state.pinned.get(chat)
    draft.set(pinned={**draft.state.pinned, chat: message_id})
    draft.send(Lane.CHAT, chat, PinScreenBody(message_id), expires=NEWS_LIFE)
    if older is not None and older != message_id:
        draft.send(Lane.CHAT, chat, ScreenEndBody(older), expires=NEWS_LIFE)


def unpin(draft: Draft, command: UnpinScreen) -> None:
    chat = str(command.actor.chat_id)
    waiting = [
        d.id
        for d in draft.state.outbox.values()
        if isinstance(d.body, ScreenBody) and d.target == chat
    ]
    draft.drop(waiting)
    ended = end(draft, chat)
    notice = Notice.SCREEN_ENDED if ended or waiting else Notice.NO_SCREEN
    draft.tell(command.actor.chat_id, say(notice), lane=Lane.ALARM)
    if ended:
        draft.note("journal", what="home screen unpinned", by=command.actor.name)


def end(draft: Draft, chat: str) -> bool:
    """Keep the screen of a chat true no more; tell whether there was one."""
    message_id = draft.state.pinned.get(chat)
    if message_id is None:
        return False
    forget(draft, chat)
    draft.send(Lane.CHAT, chat, ScreenEndBody(message_id), expires=NEWS_LIFE)
    return True


def forget(draft: Draft, chat: str) -> None:
    if chat in draft.state.pinned:
        draft.set(pinned={k: v for k, v in draft.state.pinned.items() if k != chat})


def gone(draft: Draft, gone: ScreenGone) -> None:
    """Forget a screen that somebody deleted, and say so once."""
    if draft.state.pinned.get(gone.chat) == gone.message_id:
        forget(draft, gone.chat)
        draft.tell(int(gone.chat), say(Notice.SCREEN_GONE), silent=True)


def not_pinned(draft: Draft, delivery: Delivery, reason: str) -> None:
    """Say that Telegram does not let us pin; the screen keeps itself true all the same."""
    draft.tell(int(delivery.target), say(Notice.SCREEN_NOT_PINNED, reason=reason), silent=True)
