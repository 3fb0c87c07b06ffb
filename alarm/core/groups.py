"""The home's group: it is told what the household is told, and anybody known may command there."""

from __future__ import annotations

from alarm.core import chats
from alarm.core.deliveries import Lane, say
from alarm.core.draft import Draft
from alarm.core.household import HomeGroup
from alarm.core.household_commands import ForgetGroup, SetGroup
from alarm.core.inputs import ChatLeft, GroupMoved
from alarm.core.notices import Notice


def set_group(draft: Draft, command: SetGroup) -> None:
    """Make a group the home's; another that was it before is told so."""
    actor = command.actor
    before = draft.state.group
    group = HomeGroup(command.chat_id, command.title, command.thread_id)
    if before is not None and before.chat_id != group.chat_id:
        leave(draft, before, actor.name)
    draft.set(group=group)
    people = ", ".join(person.name for person in draft.state.people.values())
    words = say(Notice.GROUP_SET, by=actor.name, title=group.title, people=people)
    draft.tell(group.chat_id, words, lane=Lane.ALARM)
    if before != group:
        draft.tell_owners(words, but=frozenset({str(actor.user_id)}))
        draft.note("journal", what="home's group set", by=actor.name, title=group.title)
        chats.catch_up(draft, str(group.chat_id))


def forget_group(draft: Draft, command: ForgetGroup) -> None:
    group, actor = draft.state.group, command.actor
    if group is None:
        draft.tell(actor.chat_id, say(Notice.GROUP_NONE))
        return
    leave(draft, group, actor.name)
    if actor.chat_id != group.chat_id:
        draft.tell(actor.chat_id, say(Notice.GROUP_OFF, by=actor.name, title=group.title))
    draft.note("journal", what="home's group given up", by=actor.name, title=group.title)


def leave(draft: Draft, group: HomeGroup, by: str) -> None:
    """Forget a group; the last word there is that it is told nothing any more."""
    draft.set(group=None)
    chats.forget(draft, str(group.chat_id))
    if group.reachable:
        words = say(Notice.GROUP_OFF, by=by, title=group.title)
        draft.tell(group.chat_id, words, lane=Lane.ALARM)


def moved(draft: Draft, change: GroupMoved) -> None:
    """A group became a supergroup, as Telegram told there."""
    group = draft.state.group
    if group is not None and group.chat_id == change.old:
        chats.move(draft, str(change.old), str(change.new))


def left(draft: Draft, change: ChatLeft) -> None:
    """The bot was blocked or removed somewhere, or may write there again."""
    if change.gone:
        chats.lost(draft, str(change.chat_id), change.reason)
    else:
        chats.works(draft, str(change.chat_id))
