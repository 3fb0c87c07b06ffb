"""Who may do what: one table, asked before any handler, closed unless it says open."""

from __future__ import annotations

import hmac
import logging

from telegram import Update
from telegram.constants import ChatType

from alarm.core.state import Person, Role, State
from bot.pages import Press, read_press

logger = logging.getLogger(__name__)

_LOOK = frozenset({"start", "help", "status", "cameras", "clip", ""})
_ACT = _LOOK | {"arm", "disarm", "ack", "code", "test", "threshold"}
# Command names, without the slash; "" is a message that is no command, such as a code's digits.
COMMANDS: dict[Role, frozenset[str]] = {
    Role.VIEWER: _LOOK,
    Role.MEMBER: _ACT,
    Role.OWNER: _ACT,
}
PRESSES: dict[Role, frozenset[Press]] = {
    Role.VIEWER: frozenset(),
    Role.MEMBER: frozenset(Press),
    Role.OWNER: frozenset(Press),
}


def permitted(update: Update, state: State) -> bool:
    """Tell whether a handler may see this update. An error in here means no."""
    try:
        return _permitted(update, state)
    except Exception:
        logger.exception("Update %d could not be judged and is refused.", update.update_id)
        return False


def person_of(update: Update, state: State) -> Person | None:
    """Return who wrote or pressed, if that is somebody we know, in the own private chat."""
    user_id = _author(update)
    return None if user_id is None else state.people.get(str(user_id))


def command_of(update: Update) -> str | None:
    """Return the command's name, "" for other words, None for what is no fresh own message."""
    message = update.message
    if message is None or message.forward_origin is not None or message.text is None:
        return None
    if not message.text.startswith("/"):
        return ""
    return message.text.split(maxsplit=1)[0][1:].partition("@")[0].lower()


def claims(update: Update, state: State) -> bool:
    """Tell whether a stranger shows the one-time code, by `/start CODE` in private."""
    message = update.message
    if not state.claim_code or message is None or message.text is None:
        return False
    words = message.text.split()
    if len(words) != 2 or command_of(update) != "start" or _author(update) is None:
        return False
    return hmac.compare_digest(words[1].encode(), state.claim_code.encode())


def _permitted(update: Update, state: State) -> bool:
    if sum(getattr(update, kind, None) is not None for kind in Update.ALL_TYPES) != 1:
        # Of an update that is two things at once nobody can say whose it is.
        return False
    person = person_of(update, state)
    if update.callback_query is not None:
        press = read_press(update.callback_query.data or "")
        return person is not None and press is not None and press[0] in PRESSES[person.role]
    command = command_of(update)
    if command is None:
        return False
    if person is None:
        return claims(update, state)
    known = command in _ACT
    return command in COMMANDS[person.role] or not known


def _author(update: Update) -> int | None:
    """Return the user who wrote or pressed in the own private chat with the bot."""
    user, chat = update.effective_user, update.effective_chat
    if user is None or chat is None or user.is_bot:
        return None
    return user.id if chat.type == ChatType.PRIVATE and chat.id == user.id else None
