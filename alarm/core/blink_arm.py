"""Blink's own arm state: wished by the panel, confirmed by reading back, watched ever after."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from alarm.core.deliveries import BlinkArmBody, Delivery, DeliveryStatus, Lane, say
from alarm.core.draft import Draft
from alarm.core.messages import refresh_panel_messages
from alarm.core.notices import Notice
from alarm.core.state import UNKNOWN_AREA, Area, BlinkWish

# Not confirmed by Blink after this long: the household is told that nobody watches.
CONFIRM_WITHIN = timedelta(seconds=60)
# A homescreen that was asked for before the reading back may arrive after it.
SETTLED_AFTER = timedelta(seconds=10)

WATCH_NOTICES = (Notice.NOT_WATCHING, Notice.NETWORK_DISARMED, Notice.WATCHING_AGAIN)


def wish(draft: Draft, network_id: str, *, armed: bool, again: bool = False) -> None:
    """Want Blink armed or disarmed; an order that did not leave yet is forgotten.

    `again`: people know that it is not armed.
    """
    drop_waiting(draft, network_id)
    area = draft.state.areas[network_id]
    draft.put_area(replace(area, wish=BlinkWish(armed, draft.now, again=again)))
    if network_id != UNKNOWN_AREA:
        send(draft, network_id, armed=armed)


def send(draft: Draft, network_id: str, *, armed: bool) -> None:
    draft.send(Lane.BLINK, network_id, BlinkArmBody(network_id, armed))


def orders(draft: Draft, network_id: str, status: DeliveryStatus) -> list[Delivery]:
    return [
        d
        for d in draft.state.outbox.values()
        if isinstance(d.body, BlinkArmBody) and d.target == network_id and d.status is status
    ]


def drop_waiting(draft: Draft, network_id: str) -> None:
    draft.drop(d.id for d in orders(draft, network_id, DeliveryStatus.PENDING))


def confirm(draft: Draft, network_id: str) -> None:
    """Take in that Blink is as wished."""
    area = draft.state.areas[network_id]
    if area.wish is None or area.wish.confirmed:
        return
    if area.wish.told or area.wish.again:
        tell_watch(draft, area, Notice.WATCHING_AGAIN)
    confirmed = replace(area.wish, confirmed=True, told=False, again=False, confirmed_at=draft.now)
    draft.put_area(replace(area, wish=confirmed, armed_at_blink=area.wish.armed))
    refresh_panel_messages(draft)


def read_back(draft: Draft, network_id: str, *, armed: bool) -> None:
    """Take in that Blink shows what a command asked for; the wish may have changed meanwhile."""
    area = draft.state.areas.get(network_id)
    if area is not None and area.wish is not None and area.wish.armed == armed:
        confirm(draft, network_id)


def tick(draft: Draft) -> None:
    """Say loudly when Blink did not follow an arming in time."""
    for area in draft.state.areas.values():
        wished = area.wish
        if wished is None or not wished.armed or wished.confirmed or wished.told:
            continue
        if draft.now - wished.since >= CONFIRM_WITHIN:
            draft.put_area(replace(area, wish=replace(wished, told=True)))
            tell_watch(draft, area, Notice.NOT_WATCHING)
            draft.note("journal", what="not confirmed by Blink", area=area.name)
            refresh_panel_messages(draft)


def network_seen(draft: Draft, area: Area, armed_now: bool) -> None:
    """Compare what the homescreen shows with what was wished."""
    wished = area.wish
    if wished is not None and not wished.confirmed and wished.armed == armed_now:
        leaving = orders(draft, area.network_id, DeliveryStatus.SENDING)
        if all(d.body == BlinkArmBody(area.network_id, armed_now) for d in leaving):
            drop_waiting(draft, area.network_id)
            confirm(draft, area.network_id)
        # Else an older order is still under way and may undo what is seen here.
        return
    if wished is not None and wished.armed != armed_now and just_confirmed(draft, wished):
        return
    before = area.armed_at_blink
    if before == armed_now:
        return
    draft.put_area(replace(area, armed_at_blink=armed_now))
    refresh_panel_messages(draft)
    if before is not None and (wished is None or wished.confirmed):
        changed_elsewhere(draft, area, armed_now)


def network_missing(draft: Draft, area: Area) -> None:
    """Doubt that Blink still watches a network that it does not show: have it confirmed anew."""
    if area.wish is not None and area.wish.armed and area.wish.confirmed:
        wish(draft, area.network_id, armed=True)
        refresh_panel_messages(draft)


def just_confirmed(draft: Draft, wished: BlinkWish) -> bool:
    at = wished.confirmed_at
    return wished.confirmed and at is not None and draft.now - at < SETTLED_AFTER


def changed_elsewhere(draft: Draft, area: Area, armed_now: bool) -> None:
    """Tell what somebody did in the Blink app; it is never followed."""
    wanted = area.wish is not None and area.wish.armed
    if wanted and not armed_now:
        tell_watch(draft, area, Notice.NETWORK_DISARMED)
        draft.note("journal", what="disarmed behind our back", area=area.name)
    elif wanted:
        tell_watch(draft, area, Notice.WATCHING_AGAIN)
        draft.note("journal", what="armed again elsewhere", area=area.name)
    elif armed_now:
        words = say(Notice.NETWORK_ARMED, area=area.name, network=area.network_id)
        draft.tell_household(words)
        draft.note("journal", what="armed in the Blink app", area=area.name)


def tell_watch(draft: Draft, area: Area, notice: Notice) -> None:
    """Tell whether Blink watches the area, instead of what it was before and nobody heard."""
    draft.forget_words(*WATCH_NOTICES, network=area.network_id)
    words = say(notice, area=area.name, network=area.network_id)
    draft.tell_household(words, lane=Lane.ALARM)
