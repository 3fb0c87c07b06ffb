"""Judge who wrote or pressed, before any handler and by the one table of `allowed`."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from telegram import Message, Update
from telegram.constants import ChatType

from alarm.core.invitations import same_code
from alarm.core.state import Person, Role, State
from bot.chat.allowed import (
    ANYWHERE_COMMANDS,
    ANYWHERE_PRESSES,
    BELIEVED_DONE,
    BY_LINK,
    COMMANDS,
    PRESSES,
    PRIVATE_PRESSES,
    allows,
)
from bot.chat.keypads import digits_of, glued
from bot.pages import read_press

logger = logging.getLogger(__name__)


class Verdict(StrEnum):
    """`refused`: somebody we know may not do that. `elsewhere`: not in that group.

    `stranger`: somebody whom nobody knows tried something. `ignored`: nothing that is for us.
    `too late`: somebody who left meanwhile wrote it before that, and has to know it was not done.
    """

    ALLOWED = "allowed"
    REFUSED = "refused"
    ELSEWHERE = "elsewhere"
    STRANGER = "stranger"
    TOO_LATE = "too late"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Judgement:
    """`lowest`: the role that it takes, where somebody we know was refused."""

    verdict: Verdict
    person: Person | None = None
    lowest: Role | None = None

    @property
    def allowed(self) -> bool:
        return self.verdict is Verdict.ALLOWED


IGNORED = Judgement(Verdict.IGNORED)
STRANGER = Judgement(Verdict.STRANGER)


def judged(update: Update, state: State, now: datetime, username: str = "") -> Judgement:
    """Judge an update before any handler sees it. An error in here means no.

    `now`: the best known true time. `username`: the bot's own, to tell a command in a group that
    is for another bot.
    """
    try:
        return _judged(update, state, now, username)
    except Exception:
        logger.exception("Update %d could not be judged and is refused.", update.update_id)
        return IGNORED


def permitted(update: Update, state: State, now: datetime, username: str = "") -> bool:
    """Tell whether a handler may see this update."""
    return judged(update, state, now, username).allowed


def person_of(update: Update, state: State) -> Person | None:
    """Return who wrote or pressed, if it is somebody we know, in private or in a group."""
    user_id = _author(update)
    return None if user_id is None else state.people.get(str(user_id))


def command_of(update: Update) -> str | None:
    """Return the command's name, "" for other words, None for what is no fresh own message."""
    message = update.message
    if message is None or message.text is None or not _own(message):
        return None
    if not message.text.startswith("/"):
        return ""
    name, chat = _named(message.text)[0], update.effective_chat
    if chat is not None and chat.type != ChatType.PRIVATE and message.text.split()[1:] == [BY_LINK]:
        # Telegram writes this where somebody chose a group by our link.
        return "home" if name == "start" else name
    return name


def is_one_thing(update: Update) -> bool:
    """Tell whether an update is of one kind: of two at once nobody can say whose it is."""
    return sum(getattr(update, kind, None) is not None for kind in Update.ALL_TYPES) == 1


def claims(update: Update, state: State) -> bool:
    """Tell whether somebody shows a code that opens the door, by `/start CODE` in private."""
    message = update.message
    if message is None or message.text is None or message.chat.type != ChatType.PRIVATE:
        return False
    words = message.text.split()
    if len(words) != 2 or command_of(update) != "start" or _author(update) is None:
        return False
    # One that has ended counts too: the owners are told of it.
    codes = [state.claim_code, *state.invitations]
    return any(same_code(code, words[1]) for code in codes if code)


def _judged(update: Update, state: State, now: datetime, username: str) -> Judgement:
    if not is_one_thing(update) or _author(update) is None:
        return IGNORED
    if update.callback_query is not None:
        return _judged_press(update, state, now)
    return _judged_message(update, state, now, username)


def _judged_press(update: Update, state: State, now: datetime) -> Judgement:
    query, chat = update.callback_query, update.effective_chat
    read = read_press(query.data or "") if query is not None else None
    person = _present(person_of(update, state), now)
    if person is None:
        return STRANGER
    if read is None or chat is None or read[0] not in PRESSES:
        return IGNORED
    press = read[0]
    if chat.type != ChatType.PRIVATE:
        at_home = _is_home(chat.id, state) or press in ANYWHERE_PRESSES
        if press in PRIVATE_PRESSES or not at_home:
            return IGNORED
    return _by_role(person, PRESSES[press])


def _judged_message(update: Update, state: State, now: datetime, username: str) -> Judgement:
    command, chat, message = command_of(update), update.effective_chat, update.message
    if command is None or chat is None or message is None or message.text is None:
        return IGNORED
    private = chat.type == ChatType.PRIVATE
    if not private and not (_for_us(message.text, username) or _for_keypad(message, state)):
        return IGNORED
    # Telegram dates what is written, whatever the host's clock says; and who wrote it during a stay
    # that is over by now decides nothing any more.
    person = _present(person_of(update, state), max(message.date, now))
    if person is None:
        if claims(update, state):
            return Judgement(Verdict.ALLOWED)
        return _of_who_left(update, state, command, message.date)
    if not private and not _is_home(chat.id, state):
        may = command in ANYWHERE_COMMANDS and allows(person, command)
        return Judgement(Verdict.ALLOWED if may else Verdict.ELSEWHERE, person)
    # What is no command of ours is answered by the help.
    return _by_role(person, COMMANDS.get(command, Role.VIEWER))


def _of_who_left(update: Update, state: State, command: str, written: datetime) -> Judgement:
    """Judge what may have been written when its author was still here."""
    guest, author = person_of(update, state), str(_author(update))
    if guest is not None and guest.until is not None:
        role, until = guest.role, guest.until
    elif author in state.departed:
        role, until = state.departed[author].role, state.departed[author].at
    else:
        return STRANGER
    if written >= until:
        return STRANGER
    chat = update.effective_chat
    here = chat is not None and (chat.type == ChatType.PRIVATE or _is_home(chat.id, state))
    meant = here and command in BELIEVED_DONE and role.covers(COMMANDS[command])
    return Judgement(Verdict.TOO_LATE) if meant else IGNORED


def _present(person: Person | None, at: datetime) -> Person | None:
    """Return the person, None where it is a guest whose stay was over then."""
    return None if person is None or person.is_over(at) else person


def _by_role(person: Person, lowest: Role) -> Judgement:
    if person.role.covers(lowest):
        return Judgement(Verdict.ALLOWED, person)
    return Judgement(Verdict.REFUSED, person, lowest)


def _is_home(chat_id: int, state: State) -> bool:
    return state.group is not None and state.group.chat_id == chat_id


def _own(message: Message) -> bool:
    """Tell whether a person wrote it as herself: not forwarded, nor for a channel or a bot."""
    return (
        message.forward_origin is None and message.sender_chat is None and message.via_bot is None
    )


def _for_us(text: str, username: str) -> bool:
    """Tell whether words in a group are a command for this bot.

    Others talk there, to each other and to other bots: without our name only what we know counts,
    and a PIN that was written without its space: it must not stay there.
    """
    if not text.startswith("/"):
        return False
    name, addressed = _named(text)
    if addressed:
        return bool(username) and addressed == username.lower()
    return (name in COMMANDS and name != "") or glued(text)


def _for_keypad(message: Message, state: State) -> bool:
    """Tell whether digits in a group are for the keypad that was shown there to their author."""
    author = message.from_user
    prompt = None if author is None else state.prompts.get(str(author.id))
    shown = prompt is not None and prompt.chat_id == message.chat.id
    return shown and bool(digits_of(message.text or ""))


def _named(text: str) -> tuple[str, str]:
    """Return the command and the bot it is addressed to, both in lower case."""
    name, _, addressed = text.split(maxsplit=1)[0][1:].lower().partition("@")
    return name, addressed


def _author(update: Update) -> int | None:
    """Return the user who wrote or pressed: in the own private chat with the bot, or in a group."""
    user, chat = update.effective_user, update.effective_chat
    if user is None or chat is None or user.is_bot:
        return None
    if chat.type in (ChatType.GROUP, ChatType.SUPERGROUP):
        # Only a group has such an id: what it is asked for must not go to somebody's private chat.
        return user.id if chat.id < 0 else None
    return user.id if chat.type == ChatType.PRIVATE and chat.id == user.id else None
