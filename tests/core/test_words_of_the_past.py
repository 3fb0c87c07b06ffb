"""What an open incident made the alarm say is not said when somebody acted meanwhile."""

from __future__ import annotations

import pytest

from alarm.core.deliveries import Delivery, WordsBody
from alarm.core.inputs import DeliveryFailed
from alarm.core.notices import Notice
from tests.core.home import HOUR, Home, household


def exhausted(home: Home) -> Delivery:
    return next(
        d
        for d in home.waiting()
        if isinstance(d.body, WordsBody) and d.body.words.notice is Notice.EXHAUSTED
    )


@pytest.mark.parametrize("act", ["acknowledge", "disarm"])
def test_that_nobody_reacted_is_not_tried_again_after_somebody_did(act: str) -> None:
    home = Home(household(phones=0)).arm_now()
    home.burglary()
    home.deliver_chat()
    home.wait(HOUR / 30)
    leaving = exhausted(home)
    home.claim(leaving)
    getattr(home, act)()
    home.do(DeliveryFailed(leaving.id, "no answer"))
    assert leaving.id not in home.state.outbox


def test_while_nobody_reacts_it_is_tried_again() -> None:
    home = Home(household(phones=0)).arm_now()
    home.burglary()
    home.deliver_chat()
    home.wait(HOUR / 30)
    leaving = exhausted(home)
    home.claim(leaving)
    home.do(DeliveryFailed(leaving.id, "no answer"))
    assert leaving.id in home.state.outbox
