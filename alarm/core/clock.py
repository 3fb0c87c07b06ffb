"""The host's clock was set: move every delay with it, so that none runs out or starts anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from alarm.core import spans
from alarm.core.draft import Draft
from alarm.core.incident import Wave
from alarm.core.inputs import ClockJumped


def jumped(draft: Draft, jump: ClockJumped) -> None:
    """Shift delays and retries by the jump. What is kept in Blink's clock stays as it is."""
    delta = jump.delta

    def moved(at: datetime | None) -> datetime | None:
        return None if at is None else at + delta

    state = draft.state
    if state.clock.skew is None:
        areas = {key: spans.shifted(area, delta) for key, area in state.areas.items()}
    else:
        areas = dict(state.areas)
    for key, area in areas.items():
        wish = area.wish
        if wish is not None:
            wish = replace(wish, since=wish.since + delta)
        areas[key] = replace(area, deadline=moved(area.deadline), wish=wish)
    skew = None if state.clock.skew is None else state.clock.skew - delta
    draft.set(
        areas=areas,
        incidents={
            key: replace(
                incident,
                opened_at=incident.opened_at + delta,
                wave=shifted_wave(incident.wave, delta),
                shown_at={camera: at + delta for camera, at in incident.shown_at.items()},
            )
            for key, incident in state.incidents.items()
        },
        outbox={
            key: replace(
                delivery,
                created_at=delivery.created_at + delta,
                next_try=delivery.next_try + delta,
                expires_at=moved(delivery.expires_at),
                claimed_at=moved(delivery.claimed_at),
            )
            for key, delivery in state.outbox.items()
        },
        calls_at=tuple(at + delta for at in state.calls_at),
        health=replace(state.health, blind_since=moved(state.health.blind_since)),
        clock=replace(state.clock, skew=skew, alive_at=moved(state.clock.alive_at)),
    )
    draft.note("journal", what="clock jumped", seconds=delta.total_seconds())


def shifted_wave(wave: Wave | None, delta: timedelta) -> Wave | None:
    if wave is None:
        return None
    exhausted, next_round = wave.exhausted_at, wave.next_round
    return replace(
        wave,
        started_at=wave.started_at + delta,
        deadline=wave.deadline + delta,
        exhausted_at=None if exhausted is None else exhausted + delta,
        next_round=None if next_round is None else next_round + delta,
    )
