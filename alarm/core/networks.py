"""Networks that Blink shows: which area each becomes, and what is armed at the first look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from alarm.core import blink_arm, spans
from alarm.core.deliveries import Lane, say
from alarm.core.draft import Draft
from alarm.core.events import Network
from alarm.core.notices import Notice
from alarm.core.state import UNKNOWN_AREA, Area, BlinkWish


def networks_seen(draft: Draft, networks: Sequence[Network]) -> None:
    """Take in the networks of one homescreen."""
    first_look = draft.state.in_doubt and not draft.state.areas
    for network in networks:
        if network.id not in draft.state.areas:
            adopt(draft, network.id, network.name)
            if first_look and network.armed:
                take_over(draft, network.id)
        network_seen(draft, network)
    shown = {network.id for network in networks}
    for area in draft.state.areas.values():
        if area.network_id not in shown:
            network_missing(draft, area)
    if networks and UNKNOWN_AREA in draft.state.areas:
        # Every network of the account has its area now.
        draft.set(areas={k: a for k, a in draft.state.areas.items() if k != UNKNOWN_AREA})
    if networks and first_look:
        say_what_was_taken(draft, networks)


def network_seen(draft: Draft, network: Network) -> None:
    area = draft.state.areas[network.id]
    seen = replace(area, name=network.name, online=network.online, missing_since=None)
    if seen != area:
        draft.put_area(seen)
    blink_arm.network_seen(draft, seen, network.armed)


def network_missing(draft: Draft, area: Area) -> None:
    """Take in that Blink does not show a network; its area stays as it is."""
    if area.missing_since is None and area.network_id != UNKNOWN_AREA:
        area = replace(area, missing_since=draft.blink_now)
        draft.put_area(area)
    blink_arm.network_missing(draft, area)


def adopt(draft: Draft, network_id: str, name: str) -> None:
    """Make the area of a new network; what was armed before any was known is handed on."""
    unknown = draft.state.areas.get(UNKNOWN_AREA)
    if unknown is None:
        draft.put_area(Area(network_id, name))
        return
    draft.put_area(replace(unknown, network_id=network_id, name=name))
    if unknown.wish is not None:
        blink_arm.send(draft, network_id, armed=unknown.wish.armed)


def take_over(draft: Draft, network_id: str) -> None:
    """Be armed because Blink is: the state that would know better was lost."""
    area = spans.armed(draft, draft.state.areas[network_id], draft.now)
    wish = BlinkWish(True, draft.now, confirmed=True)
    draft.put_area(replace(area, changed_at=draft.now, wish=wish, armed_at_blink=True))


def say_what_was_taken(draft: Draft, networks: Sequence[Network]) -> None:
    armed = ", ".join(network.name for network in networks if network.armed)
    disarmed = ", ".join(network.name for network in networks if not network.armed)
    draft.tell_household(say(Notice.STATE_TAKEN, armed=armed, disarmed=disarmed), lane=Lane.ALARM)
    draft.note("journal", what="state taken from Blink", armed=armed, disarmed=disarmed)
