"""Whether a delivery still makes sense; asked once more right before it leaves."""

from __future__ import annotations

from alarm.core import overtaken
from alarm.core.deliveries import (
    AlertBody,
    AlertEditBody,
    AlertRetireBody,
    BlinkArmBody,
    BlinkLookBody,
    BlinkMotionBody,
    CallBody,
    Delivery,
    MediaBody,
    OverCallBody,
    PinScreenBody,
    RingPictureBody,
    ScreenEndBody,
    TrialBody,
    WordsBody,
)
from alarm.core.incident import IncidentKind, IncidentStatus
from alarm.core.notices import Notice
from alarm.core.privacy import CAMERA_NOTICES, look_wanted, order_wanted, still_true
from alarm.core.settings import PanelState
from alarm.core.state import State


def wanted(state: State, delivery: Delivery) -> bool:
    match delivery.body:
        case CallBody(incident_id=i, contact_id=contact):
            incident = state.incidents.get(i)
            wave = incident.wave if incident else None
            there = any(c.id == contact for c in state.contacts)
            return wave is not None and wave.call_id == delivery.id and there
        case AlertBody(incident_id=i):
            incident = state.incidents.get(i)
            return incident is not None and incident.status is not IncidentStatus.CLOSED
        case (
            MediaBody(incident_id=i) | AlertEditBody(incident_id=i) | AlertRetireBody(incident_id=i)
        ):
            return i in state.incidents
        case RingPictureBody(ring=ring):
            return ring in state.rings
        case TrialBody():
            return state.trial is not None and state.trial.delivery_id == delivery.id
        case OverCallBody():
            # "It is over" must not be heard while the next alarm is on.
            return not any(
                i.kind is not IncidentKind.DRILL and i.status is not IncidentStatus.CLOSED
                for i in state.incidents.values()
            )
        case WordsBody(words=words) if words.notice is Notice.ENTRY_DELAY:
            area = state.areas.get(str(words.args.get("network")))
            return area is not None and area.panel is PanelState.PENDING
        case WordsBody(words=words) if "incident" in words.args:
            # That nobody reacted is not true any more once somebody did.
            incident = state.incidents.get(str(words.args["incident"]))
            return incident is not None and incident.status is IncidentStatus.OPEN
        case WordsBody(words=words) if words.notice in CAMERA_NOTICES:
            return still_true(state, words)
        case WordsBody(words=words):
            return overtaken.still_true(state, delivery, words)
        case BlinkLookBody():
            return look_wanted(state)
        case BlinkMotionBody() as body:
            return order_wanted(state, body)
        case PinScreenBody(message_id=message):
            return state.pinned.get(delivery.target) == message
        case ScreenEndBody(message_id=message):
            return state.pinned.get(delivery.target) != message
        case BlinkArmBody(network_id=network, armed=armed):
            area = state.areas.get(network)
            wish = area.wish if area else None
            return wish is not None and wish.armed == armed and not wish.confirmed
    return True
