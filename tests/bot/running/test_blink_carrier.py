"""Orders to arm that Blink cannot follow."""

from __future__ import annotations

from datetime import timedelta

from alarm.core.actor import Actor
from alarm.core.commands import Arm
from alarm.core.deliveries import BlinkArmBody, Delivery
from alarm.core.inputs import Claimed, DeliveryFailed
from alarm.core.notices import Notice
from bot.delivery.blink import REFUSED_PAUSE, BlinkCarrier
from simulator.blink.world import home
from simulator.faults import Fault, FaultKind
from tests.bot.running.bench import ANN, Watch, told, waiting


def wish(watch: Watch) -> None:
    """Arm in chat; Blink knows nothing of it yet."""
    watch.controller.apply(Arm(Actor(ANN, "Ann", ANN, 1)))


def order(watch: Watch) -> Delivery:
    (delivery,) = waiting(watch.state, BlinkArmBody)
    return delivery


async def tried(watch: Watch) -> DeliveryFailed:
    """Have the order carried once, in vain."""
    watch.controller.apply(Claimed((order(watch).id,)))
    failure = await BlinkCarrier(watch.cloud, watch.controller).carry(order(watch))
    assert isinstance(failure, DeliveryFailed)
    watch.controller.apply(failure)
    return failure


def pause(watch: Watch) -> timedelta:
    return order(watch).next_try - watch.hand.now()


async def test_a_network_that_left_the_account_is_asked_for_slowly_and_told_once(
    watch: Watch,
) -> None:
    wish(watch)
    other = home()
    other.id += 1
    watch.blink.networks = [other]
    for _ in range(20):
        failure = await tried(watch)
        assert failure.retry_after == REFUSED_PAUSE
        assert pause(watch) == timedelta(seconds=REFUSED_PAUSE)
        watch.forward(REFUSED_PAUSE)
    assert told(watch.state).count(Notice.NOT_WATCHING) == 1


async def test_a_network_with_a_passing_trouble_is_asked_for_soon(watch: Watch) -> None:
    wish(watch)
    watch.blink.faults.add("/state/arm", Fault(FaultKind.STATUS, 500, "{}"))
    watch.blink.faults.add("homescreen", Fault(FaultKind.STATUS, 429, "{}"))
    await tried(watch)
    assert pause(watch) < timedelta(seconds=38)
