"""Orders to arm and disarm: tried at once, tried on for ever, and never without a hope."""

from __future__ import annotations

import pytest

from alarm.core.actor import Actor
from alarm.core.commands import Arm
from alarm.core.deliveries import BlinkArmBody, Delivery
from alarm.core.inputs import Claimed, Delivered, DeliveryFailed, LoginChanged
from alarm.core.state import LoginStatus
from bot.delivery.blink import HOPELESS_PAUSE, REFUSED_PAUSE, BlinkCarrier
from simulator.faults import Fault, FaultKind
from tests.bot.running.bench import ANN, Watch, waiting

DOWN = Fault(FaultKind.STATUS, status=500, body="oh no", content_type="text/plain")


@pytest.fixture
def carrier(watch: Watch) -> BlinkCarrier:
    return BlinkCarrier(watch.cloud, watch.controller)


def ordered(watch: Watch) -> Delivery:
    """Arm, and return the order that goes to Blink."""
    watch.updates += 1
    watch.controller.apply(Arm(Actor(ANN, "Ann", ANN, watch.updates)))
    (order,) = waiting(watch.state, BlinkArmBody)
    return order


async def tried(watch: Watch, carrier: BlinkCarrier, order: Delivery) -> Delivered | DeliveryFailed:
    """Carry it as a lane does, and return what came of it."""
    watch.controller.apply(Claimed((order.id,)))
    result = await carrier.carry(watch.state.outbox[order.id])
    assert isinstance(result, Delivered | DeliveryFailed)
    watch.controller.apply(result)
    return result


async def test_an_order_is_delivered_when_blink_shows_it(
    watch: Watch, carrier: BlinkCarrier
) -> None:
    order = ordered(watch)
    assert carrier.ready(order)
    assert await tried(watch, carrier, order) == Delivered(order.id)
    assert watch.blink.armed()
    assert waiting(watch.state, BlinkArmBody) == []


async def test_what_fails_is_never_given_up(watch: Watch, carrier: BlinkCarrier) -> None:
    order = ordered(watch)
    watch.blink.faults.add("", DOWN)
    result = await tried(watch, carrier, order)
    assert isinstance(result, DeliveryFailed)
    assert not result.permanent
    assert len(waiting(watch.state, BlinkArmBody)) == 1


async def test_a_retry_waits_while_blink_is_away_altogether_and_comes_with_it(
    watch: Watch, carrier: BlinkCarrier
) -> None:
    order = ordered(watch)
    watch.blink.faults.add("", DOWN)
    await watch.poller.poll()
    assert carrier.ready(order)
    await tried(watch, carrier, order)
    (again,) = waiting(watch.state, BlinkArmBody)
    watch.hand.forward(HOPELESS_PAUSE - 0.1)
    assert not carrier.ready(again)
    watch.blink.faults.clear()
    await watch.poller.poll()
    assert carrier.ready(again)


async def test_a_retry_does_not_wait_for_ever_for_a_list_that_fails_alone(
    watch: Watch, carrier: BlinkCarrier
) -> None:
    order = ordered(watch)
    watch.blink.faults.add("", DOWN)
    await watch.poller.poll()
    await tried(watch, carrier, order)
    (again,) = waiting(watch.state, BlinkArmBody)
    watch.hand.forward(HOPELESS_PAUSE)
    assert carrier.ready(again)


async def test_a_retry_waits_for_nothing_while_clips_are_listed(
    watch: Watch, carrier: BlinkCarrier
) -> None:
    order = ordered(watch)
    watch.blink.faults.add("state/arm", DOWN)
    await tried(watch, carrier, order)
    (again,) = waiting(watch.state, BlinkArmBody)
    assert carrier.ready(again)


async def test_refused_tokens_are_tried_again_after_a_login_or_a_long_time(
    watch: Watch, carrier: BlinkCarrier
) -> None:
    order = ordered(watch)
    watch.blink.revoke_access_tokens()
    watch.blink.revoke_refresh_tokens()
    await tried(watch, carrier, order)
    (again,) = waiting(watch.state, BlinkArmBody)
    watch.hand.forward(REFUSED_PAUSE - 0.1)
    assert not carrier.ready(again)
    watch.hand.forward(0.1)
    assert carrier.ready(again)
    await tried(watch, carrier, again)
    assert not carrier.ready(again)
    watch.controller.apply(LoginChanged(LoginStatus.DONE, "account"))
    assert carrier.ready(again)
