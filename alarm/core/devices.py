"""Networks and cameras as Blink shows them, and what is said when it does not show them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from alarm.core import clock, privacy
from alarm.core.deliveries import Lane, say
from alarm.core.draft import Draft
from alarm.core.inputs import DevicesFailed, DevicesSeen
from alarm.core.networks import networks_seen
from alarm.core.notices import Notice

# Armed, and unable to tell whether Blink is armed and the cameras are online: told after this long.
DEVICES_BLIND_TOLD = timedelta(minutes=3)


def seen(draft: Draft, devices: DevicesSeen) -> None:
    clock.measure_skew(draft, devices.skew)
    answered(draft)
    networks_seen(draft, devices.homescreen.networks)
    cameras = {camera.id: camera for camera in devices.homescreen.cameras}
    if cameras != draft.state.cameras:
        draft.set(cameras=cameras)
    privacy.seen(draft, devices.asked_at or draft.now)


def failed(draft: Draft, failure: DevicesFailed) -> None:
    """Take in a look that failed; by such a look alone is it told, never by the mere time.

    After an outage of the whole of Blink, or a restart, the next look may well succeed.
    """
    health = draft.state.health
    if health.devices_blind_since is None:
        health = replace(health, devices_blind_since=failure.since)
    if health.devices_blind_reason != failure.reason:
        health = replace(health, devices_blind_reason=failure.reason)
    if health is not draft.state.health:
        draft.set(health=health)
    tell(draft)


def tell(draft: Draft) -> None:
    health = draft.state.health
    since = health.devices_blind_since
    # A house that is blind altogether is told of that.
    if since is None or health.devices_blind_told or health.blind_since is not None:
        return
    if draft.state.armed and draft.now - since >= DEVICES_BLIND_TOLD:
        draft.set(health=replace(health, devices_blind_told=True))
        draft.forget_words(Notice.DEVICES_BLIND, Notice.DEVICES_SEEN)
        reason = health.devices_blind_reason
        words = say(Notice.DEVICES_BLIND, since=since.isoformat(), reason=reason)
        draft.tell_household(words, lane=Lane.ALARM)
        draft.note("journal", what="devices blind", reason=reason)


def answered(draft: Draft) -> None:
    health = draft.state.health
    since = health.devices_blind_since
    if since is None:
        return
    draft.set(
        health=replace(
            health, devices_blind_since=None, devices_blind_reason="", devices_blind_told=False
        )
    )
    if health.devices_blind_told:
        draft.forget_words(Notice.DEVICES_BLIND, Notice.DEVICES_SEEN)
        draft.tell_household(say(Notice.DEVICES_SEEN, since=since.isoformat()), lane=Lane.ALARM)
        draft.note("journal", what="devices seen again", since=since.isoformat())
