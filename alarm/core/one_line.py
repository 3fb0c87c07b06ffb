"""One call at a time to one number: the second would find the line busy and go past the person.

Whatever alarm, test or good news a call belongs to, it waits in the outbox until the line is
free; its own end of life bounds the wait. What everybody may know of never waits for what is
hidden from somebody: a pause in a phone list would tell of it. What is hidden waits for both.
"""

from __future__ import annotations

from alarm.core.deliveries import (
    CallBody,
    Delivery,
    DeliveryStatus,
    HangUpBody,
    OverCallBody,
    TrialBody,
)
from alarm.core.secrecy import is_about_secret
from alarm.core.state import State

CALLS = CallBody | OverCallBody | TrialBody


def line_is_free(state: State, delivery: Delivery) -> bool:
    """Tell whether nothing that may be ringing at its number holds this delivery back."""
    if not isinstance(delivery.body, CALLS):
        return True
    hidden = is_about_secret(state, delivery.body)
    return not any(
        other.id != delivery.id
        and other.target == delivery.target
        and may_ring(other, delivery)
        and (hidden or not is_about_secret(state, other.body))
        for other in state.outbox.values()
    )


def may_ring(other: Delivery, delivery: Delivery) -> bool:
    """Tell whether the other may have, or is about to end, a call at the number."""
    under_way = other.status is not DeliveryStatus.PENDING
    match other.body:
        case CallBody() | OverCallBody() | TrialBody():
            # Of two that are in doubt neither waits for the other.
            return under_way or (other.repeat and not delivery.repeat)
        case HangUpBody():
            # One that failed once must not keep an alarm waiting.
            return under_way or not other.attempts
    return False
