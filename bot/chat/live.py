"""Messages that keep themselves true by edits: home screens, and delays that count down."""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

from alarm.core.inputs import ScreenGone
from alarm.core.secrecy import seen_from
from alarm.core.settings import PanelState
from alarm.core.state import State
from bot.chat.budget import LEFT_FOR_ANSWERS, Budget
from bot.chat.errors import ChatError
from bot.chat.offered import offered
from bot.chat.sender import Sender
from bot.controller import Controller
from bot.pages import Page
from bot.words.panel import entry_now, panel_now, panel_retired
from bot.words.screen import FRESH_EVERY, screen, screen_ended
from bot.words.view import View

logger = logging.getLogger(__name__)

# Seconds between two looks at what has to be edited: while a delay runs, for home screens, else.
COUNTING_EVERY, SCREENS_EVERY, IDLE_EVERY = 1.0, 3.0, 60.0
# Seconds between two edits in one chat. A group takes 20 messages a minute, alarms come first.
GAP, GROUP_GAP = 3.0, 6.0
# Seconds between two numbers of a countdown; near its end it goes faster.
STEP, LAST_STEP, LAST = 10, 5, 10.0
# Seconds to the next try after a failure, doubled up to the longest.
FIRST_WAIT, LONGEST_WAIT = 5.0, 300.0


class Kind(Enum):
    SCREEN = auto()
    PANEL = auto()
    ENTRY = auto()


@dataclass(frozen=True, slots=True)
class Target:
    """A message that is to be kept true."""

    chat: str
    message_id: int
    kind: Kind


@dataclass(slots=True)
class Shown:
    """What a message shows as far as we know, and when it may be tried again."""

    what: object = None
    at: float = -math.inf
    not_before: float = -math.inf
    failures: int = field(default=0)


class Live:
    """Edit what is not true any more, always with the newest, and seldom enough for Telegram."""

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
        self._shown: dict[Target, Shown] = {}
        self._edited_at: dict[str, float] = {}

    def pace(self) -> float:
        """Return the seconds to the next look."""
        kinds = {target.kind for target in targets(self._controller.state)}
        if kinds - {Kind.SCREEN}:
            return COUNTING_EVERY
        return SCREENS_EVERY if kinds else IDLE_EVERY

    async def refresh(self) -> None:
        """Edit every message that needs it now."""
        wanted = list(targets(self._controller.state))
        self._shown = {target: self._shown.get(target, Shown()) for target in wanted}
        await asyncio.gather(*(self._bring_up_to_date(target) for target in wanted))

    async def _bring_up_to_date(self, target: Target) -> None:
        shown, now = self._shown[target], self._controller.monotonic()
        what = self._what(target)
        if target.kind is not Kind.SCREEN and shown.what is None:
            # It left a moment ago with the time that was left then.
            shown.what = what
        old = target.kind is Kind.SCREEN and now - shown.at >= FRESH_EVERY.total_seconds()
        if (what == shown.what and not old) or not self._may_edit(target, shown, now):
            return
        self._edited_at[target.chat] = now
        self._budget.spend(target.chat)
        try:
            there = await self._edit(target)
            if not self._still(target):
                # The alarm's own edit may have been faster than this one, which is outdated.
                await self._edit(target)
        except ChatError as error:
            self._failed(target, shown, error)
            return
        shown.what, shown.at, shown.failures = what, now, 0
        if not there:
            self._gone(target, shown)

    def _what(self, target: Target) -> object:
        """Return what the message should show, without what changes by the mere time."""
        state, view = self._seen(target), self._view()
        if target.kind is Kind.SCREEN:
            return offered(screen(state, view, None), state, int(target.chat))
        return [(deadline, step(left)) for deadline, left in delays(state, view)]

    def _page(self, target: Target) -> Page:
        state = self._seen(target)
        return offered(self._worded(target, state), state, int(target.chat))

    def _worded(self, target: Target, state: State) -> Page:
        view = self._view()
        match target.kind:
            case Kind.SCREEN:
                still = self._still(target)
                return screen(state, view, view.now) if still else screen_ended(view)
            case Kind.ENTRY:
                return entry_now(state, view)
        if state.panel_messages.get(target.chat, target.message_id) != target.message_id:
            return panel_retired()
        return panel_now(state, view)

    def _seen(self, target: Target) -> State:
        return seen_from(self._controller.state, int(target.chat))

    def _still(self, target: Target) -> bool:
        return target in targets(self._controller.state)

    def _may_edit(self, target: Target, shown: Shown, now: float) -> bool:
        gap = GROUP_GAP if target.chat.startswith("-") else GAP
        last = self._edited_at.get(target.chat, -math.inf)
        free = self._budget.left(target.chat) > LEFT_FOR_ANSWERS
        return now >= shown.not_before and now - last >= gap and free

    async def _edit(self, target: Target) -> bool:
        return await self._sender.edit(int(target.chat), target.message_id, self._page(target))

    def _failed(self, target: Target, shown: Shown, error: ChatError) -> None:
        if error.new_chat is not None:
            # The messages of a group that moved have other numbers there.
            self._gone(target, shown)
            return
        if not shown.failures:
            logger.info("A message cannot be kept true: %s.", error)
        wait = LONGEST_WAIT if error.permanent else FIRST_WAIT * 2.0 ** min(shown.failures, 16)
        shown.failures += 1
        shown.not_before = self._controller.monotonic() + max(
            min(wait, LONGEST_WAIT), error.retry_after or 0.0
        )

    def _gone(self, target: Target, shown: Shown) -> None:
        shown.not_before = math.inf
        if target.kind is Kind.SCREEN:
            self._controller.apply(ScreenGone(target.chat, target.message_id))


def targets(state: State) -> Iterator[Target]:
    """Yield the messages that are to be kept true now."""
    panels = {area.panel for area in state.areas.values()}
    home = "" if state.group is None else str(state.group.chat_id)
    for chat, message_id in state.pinned.items():
        if chat == home or chat in state.people:
            yield Target(chat, message_id, Kind.SCREEN)
    if not state.settings.exit_progress:
        return
    if PanelState.ARMING in panels:
        for chat, message_id in state.panel_messages.items():
            yield Target(chat, message_id, Kind.PANEL)
    if PanelState.PENDING in panels:
        for chat, message_id in state.entry_messages.items():
            yield Target(chat, message_id, Kind.ENTRY)


def delays(state: State, view: View) -> Iterator[tuple[object, float]]:
    """Yield the end of each delay that runs, and the seconds to it."""
    for area in state.areas.values():
        if area.deadline is not None:
            yield area.deadline, (area.deadline - view.now).total_seconds()


def step(left: float) -> int:
    """Number the steps of a countdown: an edit is due when the number changes."""
    if left <= LAST:
        return math.ceil(left / LAST_STEP)
    return LAST_STEP + math.ceil(left / STEP)
