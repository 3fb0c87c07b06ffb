"""What every topic works with: what was asked, and where its answer goes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from alarm.core.actor import Actor
from alarm.core.commands import Command
from alarm.core.deliveries import Words
from alarm.core.secrecy import seen_from
from alarm.core.state import State
from bot.chat.replies import Replies, Shown
from bot.controller import Controller
from bot.pages import Press
from bot.words.view import View


@dataclass(frozen=True, slots=True)
class Asked:
    """One command or one press.

    `text`: what stands behind the command, or what the button is about. `message_id`: the message
    that was written, or the one that holds the button. `pin`: the PIN that stood in the text.
    `title` and `thread_id`: of the group and its topic, where it was asked in one.
    """

    actor: Actor
    text: str
    message_id: int
    pin: str = field(default="", repr=False)
    title: str = ""
    thread_id: int = 0

    @property
    def chat(self) -> int:
        return self.actor.chat_id


# What a press returns is shown for a moment to the person who pressed.
Run = Callable[[Asked], str | None]


class Topic(Protocol):
    """Commands by name without the slash ("" takes words that are none), and presses.

    What they run may raise BadInput, whose sentence is the answer.
    """

    @property
    def commands(self) -> Mapping[str, Run]: ...

    @property
    def presses(self) -> Mapping[Press, Run]: ...


class Desk:
    """Change the alarm, or answer with what is."""

    def __init__(self, controller: Controller, replies: Replies, view: Callable[[], View]) -> None:
        self.controller = controller
        self.replies = replies
        self.view = view

    @property
    def state(self) -> State:
        return self.controller.state

    def seen(self, asked: Asked) -> State:
        """Return the state as the chat that asks may know it."""
        return seen_from(self.state, asked.chat)

    def do(self, command: Command) -> None:
        self.controller.apply(command)

    def show(self, asked: Asked, page: Shown) -> None:
        """Answer with a new message."""
        self.replies.show(asked.chat, page)

    def turn(self, asked: Asked, page: Shown) -> None:
        """Let the message that holds the pressed button become this page."""
        self.replies.turn(asked.chat, asked.message_id, page)

    def say(self, asked: Asked, words: Words) -> None:
        self.replies.say(asked.chat, words)
