"""A keypad that waits for a PIN: what it is for, and how long it may take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from alarm.core.commands import Disarm, FalseAlarm
from alarm.core.pin_commands import ChangePin

PROMPT_LIFE = timedelta(minutes=2)

Guarded = Disarm | FalseAlarm | ChangePin


class Step(StrEnum):
    """Which PIN is asked for: the one that holds, a new one, or the new one once more."""

    PIN = "pin"
    NEW = "new"
    REPEAT = "repeat"


@dataclass(frozen=True, slots=True)
class Prompt:
    """`command` is what it is for, without any digits; `new`: the hash of the new PIN.

    `message_id`: Telegram's, once the keypad arrived.
    """

    id: str
    at: datetime
    chat_id: int
    command: Guarded
    step: Step = Step.PIN
    new: str = ""
    message_id: int = 0

    @property
    def until(self) -> datetime:
        return self.at + PROMPT_LIFE


def open_prompt(
    prompts: Mapping[str, Prompt], user_id: int, chat_id: int, now: datetime, id_: str = ""
) -> Prompt | None:
    """Return the user's keypad in this chat, if it is still open; `id_` names a certain one."""
    prompt = prompts.get(str(user_id))
    if prompt is None or prompt.chat_id != chat_id or prompt.until <= now:
        return None
    return prompt if id_ in ("", prompt.id) else None


def moved(prompts: Mapping[str, Prompt], delta: timedelta) -> dict[str, Prompt]:
    """Move the keypads' times with the host's clock."""
    return {user: replace(prompt, at=prompt.at + delta) for user, prompt in prompts.items()}
