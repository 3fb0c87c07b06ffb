"""Two clocks: the host's, which may be set, and Blink's, which decides about events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from alarm.core import invitations, pins, prompt, spans, strangers
from alarm.core.camera_wish import CameraWish
from alarm.core.contact import Trial
from alarm.core.deliveries import Lane, say
from alarm.core.draft import Draft
from alarm.core.incident import Incident, Wave
from alarm.core.inputs import ClockJumped
from alarm.core.listing import (
    Feed,
)
from alarm.core.notices import Notice
from alarm.core.state import (
    State,
)

# Differences below this are noise and cost no write.
NOISE = timedelta(seconds=1)
# A host clock this far off is a trouble; it is over when well below.
OFF, FINE = timedelta(seconds=60), timedelta(seconds=30)
# A host without a battery boots with an old clock and sets it within minutes: no trouble.
OFF_TOLD = timedelta(minutes=5)


_EVER = datetime.min.replace(tzinfo=UTC)


def moved(at: datetime | None, delta: timedelta) -> datetime | None:
    return None if at is None else at + delta


def all_moved(times: Mapping[str, datetime], delta: timedelta) -> dict[str, datetime]:
    return {key: at + delta for key, at in times.items()}


# -- Blink's clock ---------------------------------------------------------------------------------


def measure_skew(draft: Draft, skew: timedelta | None) -> None:
    """Take over a measured skew, and note since when the host's clock is far off."""
    known = draft.state.clock.skew
    if skew is None:
        return
    unsure_from = draft.state.clock.unsure_from
    if known is None:
        # Until Blink was first heard its times were noted in the host's clock.
        shift_blink_times(draft, skew)
    elif unsure_from is not None and abs(skew - known) >= NOISE:
        shift_blink_times(draft, skew - known, since=unsure_from)
    if unsure_from is not None:
        draft.set(clock=replace(draft.state.clock, unsure_from=None))
    if known is None or abs(skew - known) >= NOISE:
        draft.set(clock=replace(draft.state.clock, skew=skew))
    note_how_far_off(draft, skew)


def note_how_far_off(draft: Draft, skew: timedelta) -> None:
    health = draft.state.health
    if health.clock_off_since is None and abs(skew) > OFF:
        draft.set(health=replace(health, clock_off_since=draft.now))
    elif health.clock_off_since is not None and abs(skew) < FINE:
        draft.set(health=replace(health, clock_off_since=None, clock_told=False))
        if health.clock_told:
            tell_clock(draft, Notice.CLOCK_FINE, skew)


def tick(draft: Draft) -> None:
    """Tell of a host clock that stays far off."""
    health, skew = draft.state.health, draft.state.clock.skew
    if health.clock_off_since is None or health.clock_told or skew is None:
        return
    if draft.now - health.clock_off_since >= OFF_TOLD:
        draft.set(health=replace(health, clock_told=True))
        tell_clock(draft, Notice.CLOCK_OFF, skew)


def tell_clock(draft: Draft, notice: Notice, skew: timedelta) -> None:
    seconds = round(skew.total_seconds())
    draft.forget_words(Notice.CLOCK_OFF, Notice.CLOCK_FINE)
    draft.tell_household(say(notice, seconds=seconds), lane=Lane.ALARM)
    draft.note("journal", what=notice.value, seconds=seconds)


def shift_blink_times(draft: Draft, delta: timedelta, since: datetime = _EVER) -> None:
    """Move what was noted in Blink's clock since then, except the times of events themselves."""
    if not delta:
        return

    def moved(at: datetime | None, delta: timedelta) -> datetime | None:
        return at if at is None or at < since else at + delta

    state = draft.state
    feed = state.feed
    outages = tuple(
        replace(o, start=o.start + delta, end=o.end + delta) if o.end >= since else o
        for o in feed.outages
    )
    draft.set(
        areas={key: spans.shifted(area, delta, since) for key, area in state.areas.items()},
        incidents={
            key: replace(
                incident,
                acknowledged_at=moved(incident.acknowledged_at, delta),
                closed_at=moved(incident.closed_at, delta),
            )
            for key, incident in state.incidents.items()
        },
        feed=Feed(moved(feed.listed_at, delta), outages),
    )


# -- the host's clock ------------------------------------------------------------------------------


def jumped(draft: Draft, jump: ClockJumped) -> None:
    """Move delays, retries and remembered moments with the host's clock, so that no delay runs out.

    What is kept in Blink's clock stays as it is.
    """
    delta = jump.delta
    if draft.state.clock.skew is None:
        shift_blink_times(draft, delta)
    shift_host_times(draft, draft.state, delta)
    draft.note("journal", what="clock jumped", seconds=delta.total_seconds())


def shift_host_times(draft: Draft, state: State, delta: timedelta) -> None:
    clock, areas = state.clock, {}
    for key, area in state.areas.items():
        wish = area.wish
        if wish is not None:
            confirmed_at = moved(wish.confirmed_at, delta)
            wish = replace(wish, since=wish.since + delta, confirmed_at=confirmed_at)
        areas[key] = replace(
            area,
            changed_at=moved(area.changed_at, delta),
            deadline=moved(area.deadline, delta),
            wish=wish,
            bypasses=tuple(replace(b, deadline=moved(b.deadline, delta)) for b in area.bypasses),
        )
    draft.set(
        areas=areas,
        camera_wishes={key: shifted_wish(w, delta) for key, w in state.camera_wishes.items()},
        rings={key: replace(r, told_at=r.told_at + delta) for key, r in state.rings.items()},
        incidents={key: shifted_incident(i, delta) for key, i in state.incidents.items()},
        outbox={
            key: replace(
                delivery,
                created_at=delivery.created_at + delta,
                next_try=delivery.next_try + delta,
                expires_at=moved(delivery.expires_at, delta),
                claimed_at=moved(delivery.claimed_at, delta),
            )
            for key, delivery in state.outbox.items()
        },
        invitations={k: invitations.shifted(i, delta) for k, i in state.invitations.items()},
        strangers=strangers.shifted(state.strangers, delta),
        calls_at=tuple(at + delta for at in state.calls_at),
        pins=pins.moved(state.pins, delta),
        prompts=prompt.moved(state.prompts, delta),
        choices={
            k: replace(c, asked_at=moved(c.asked_at, delta)) for k, c in state.choices.items()
        },
        contacts=tuple(
            replace(c, tried=replace(c.tried, at=c.tried.at + delta)) if c.tried else c
            for c in state.contacts
        ),
        trial=shifted_trial(state.trial, delta),
        login=replace(state.login, at=moved(state.login.at, delta)),
        health=replace(
            state.health,
            blind_since=moved(state.health.blind_since, delta),
            devices_blind_since=moved(state.health.devices_blind_since, delta),
            deaf_since=moved(state.health.deaf_since, delta),
            clock_off_since=moved(state.health.clock_off_since, delta),
        ),
        clock=replace(
            clock,
            skew=None if clock.skew is None else clock.skew - delta,
            alive_at=moved(clock.alive_at, delta),
        ),
    )


def shifted_wish(wish: CameraWish, delta: timedelta) -> CameraWish:
    return replace(
        wish,
        since=wish.since + delta,
        confirmed_at=moved(wish.confirmed_at, delta),
        missing_since=moved(wish.missing_since, delta),
    )


def shifted_trial(trial: Trial | None, delta: timedelta) -> Trial | None:
    if trial is None:
        return None
    placed_at = moved(trial.placed_at, delta)
    return replace(trial, deadline=trial.deadline + delta, placed_at=placed_at)


def shifted_incident(incident: Incident, delta: timedelta) -> Incident:
    return replace(
        incident,
        opened_at=incident.opened_at + delta,
        acted_at=moved(incident.acted_at, delta),
        panic_at=moved(incident.panic_at, delta),
        wave=shifted_wave(incident.wave, delta),
        reached_at=all_moved(incident.reached_at, delta),
        shown_at=all_moved(incident.shown_at, delta),
    )


def shifted_wave(wave: Wave | None, delta: timedelta) -> Wave | None:
    if wave is None:
        return None
    return replace(
        wave,
        started_at=wave.started_at + delta,
        deadline=wave.deadline + delta,
        exhausted_at=moved(wave.exhausted_at, delta),
        next_round=moved(wave.next_round, delta),
    )
