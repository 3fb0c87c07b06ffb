"""What the alarm sees of its own eyes: Blink's reachability, the login, the disk."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from alarm.core import clock, outbox
from alarm.core.deliveries import DeliveryStatus, Lane, WordsBody, say
from alarm.core.draft import Draft
from alarm.core.inputs import (
    BlinkFailed,
    ClockJumped,
    LoginChanged,
    StorageChanged,
    StorageStatus,
)
from alarm.core.notices import Notice
from alarm.core.state import CatchUp, Login, LoginStatus

# Armed and blind is told in chat after this long.
BLIND_TOLD = timedelta(seconds=90)
ALIVE_EVERY = timedelta(minutes=5)

LOGIN_NOTICES = {
    LoginStatus.CODE_PENDING: Notice.CODE_NEEDED,
    LoginStatus.CODE_LOST: Notice.CODE_LOST,
    LoginStatus.REFUSED: Notice.LOGIN_REFUSED,
    LoginStatus.NEEDED: Notice.LOGIN_NEEDED,
    LoginStatus.FAILED: Notice.LOGIN_FAILED,
    LoginStatus.DONE: Notice.LOGIN_DONE,
}
STORAGE_NOTICES = {
    StorageStatus.FAILING: Notice.DISK_TROUBLE,
    StorageStatus.FINE: Notice.DISK_FINE,
    StorageStatus.RECOVERED: Notice.STATE_DOUBT,
    StorageStatus.LOST: Notice.STATE_DOUBT,
}


def blink_failed(draft: Draft, failure: BlinkFailed) -> None:
    health = draft.state.health
    if health.blind_since is None:
        blind = replace(health, blind_since=failure.since, blind_reason=failure.reason)
        draft.set(health=blind)
    elif health.blind_reason != failure.reason:
        draft.set(health=replace(health, blind_reason=failure.reason))


def blink_answered(draft: Draft) -> None:
    health = draft.state.health
    if health.blind_since is None:
        return
    draft.set(health=replace(health, blind_since=None, blind_reason="", blind_told=False))
    if health.blind_told:
        draft.forget_words(Notice.BLIND, Notice.SIGHTED)
        words = say(Notice.SIGHTED, since=health.blind_since.isoformat())
        draft.tell_household(words, lane=Lane.ALARM)
        draft.note("journal", what="blink back", since=health.blind_since.isoformat())


def login_changed(draft: Draft, change: LoginChanged) -> None:
    before = draft.state.login
    draft.set(login=Login(change.status, draft.now, change.account, change.reason))
    notice = LOGIN_NOTICES.get(change.status)
    same = before.status is change.status and before.reason == change.reason
    if notice is None or same:
        return
    draft.note("journal", what="blink login", status=change.status.value)
    # A login that a person makes is under way in between.
    healed = before.status is LoginStatus.NEEDED and change.status is LoginStatus.DONE
    unheard = never_asked(draft) if healed else frozenset()
    draft.forget_words(*LOGIN_NOTICES.values())
    words = say(notice, reason=change.reason)
    if healed:
        words = say(notice, reason=change.reason, again=True)
    draft.tell_owners(words, but=unheard)


def never_asked(draft: Draft) -> frozenset[str]:
    """Return the chats to which the question for a login has certainly not gone out yet."""
    return frozenset(
        d.target
        for d in draft.state.outbox.values()
        if d.status is DeliveryStatus.PENDING
        and d.attempts == 0
        and isinstance(d.body, WordsBody)
        and d.body.words.notice is Notice.LOGIN_NEEDED
    )


def storage_changed(draft: Draft, change: StorageChanged) -> None:
    if change.status is StorageStatus.LOST:
        draft.set(in_doubt=True)
    if change.status in (StorageStatus.FAILING, StorageStatus.FINE):
        draft.forget_words(Notice.DISK_TROUBLE, Notice.DISK_FINE)
    words = say(
        STORAGE_NOTICES[change.status],
        detail=change.detail,
        lost=change.status is StorageStatus.LOST,
    )
    draft.tell_household(words, lane=Lane.ALARM)
    draft.note("journal", what="storage", status=change.status.value, detail=change.detail)


def started(draft: Draft) -> None:
    """Continue after a restart and say so: state, downtime, what is tried again."""
    alive = draft.state.clock.alive_at
    if alive is not None and alive > draft.now:
        # A host that boots with an old clock: no deadline may wait until it is right again.
        clock.jumped(draft, ClockJumped(draft.now - alive))
        alive = draft.now
    # One that was never measured since an earlier start is as doubtful as ever.
    doubtful = filter(None, (draft.state.clock.unsure_from, draft.blink_now))
    draft.set(clock=replace(draft.state.clock, unsure_from=min(doubtful)))
    again = outbox.interrupted(draft)
    down = (draft.now - alive).total_seconds() if alive else None
    # A login cut short may have made Blink send a code; only a person starts another.
    if draft.state.login.status in (LoginStatus.CODE_PENDING, LoginStatus.TRYING):
        login_changed(draft, LoginChanged(LoginStatus.CODE_LOST, draft.state.login.account))
    if down is not None:
        draft.forget_words(Notice.STARTED)
        draft.set(catch_up=CatchUp())
        words = say(Notice.STARTED, down=down, again=again)
        draft.tell_household(words, silent=not draft.state.armed)
        draft.note("journal", what="started", down=down, again=again)
    stamp(draft)


def tick(draft: Draft) -> None:
    tell_blindness(draft)
    clock.tick(draft)
    alive = draft.state.clock.alive_at
    if alive is None or draft.now - alive >= ALIVE_EVERY:
        stamp(draft)


def tell_blindness(draft: Draft) -> None:
    health = draft.state.health
    if (
        draft.state.armed
        and health.blind_since is not None
        and not health.blind_told
        and draft.now - health.blind_since >= BLIND_TOLD
    ):
        draft.set(health=replace(health, blind_told=True))
        draft.forget_words(Notice.BLIND, Notice.SIGHTED)
        words = say(Notice.BLIND, since=health.blind_since.isoformat(), reason=health.blind_reason)
        draft.tell_household(words, lane=Lane.ALARM)
        draft.note("journal", what="blind", reason=health.blind_reason)


def stamp(draft: Draft) -> None:
    draft.set(clock=replace(draft.state.clock, alive_at=draft.now))
