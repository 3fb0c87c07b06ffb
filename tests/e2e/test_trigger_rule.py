"""Which clips ring, at the limits of the rule: two within two minutes while it is armed."""

from __future__ import annotations

from datetime import datetime, timedelta

from simulator.faults import Fault, FaultKind
from tests.e2e.town import Town

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def moment(town: Town) -> datetime:
    """Return this second in Blink's eyes."""
    return town.blink.clock().replace(microsecond=0)


async def test_two_clips_120_s_apart_ring_and_121_s_apart_do_not(town: Town) -> None:
    await town.armed(ago=10 * MINUTE)
    start = moment(town) - 6 * MINUTE
    town.blink.motion("Hall", at=start)
    town.blink.motion("Hall", at=start + 121 * SECOND)
    await town.polled()
    assert town.alerts() == []
    town.blink.motion("Garage", at=start + 241 * SECOND)
    alert = await town.said("ALARM")
    assert "2 events" in alert.text
    assert "late" in alert.text
    assert len(town.alerts()) == 1
    await town.rang(1)


async def test_only_motion_since_the_arming_counts_and_each_clip_once(town: Town) -> None:
    await town.armed(ago=10 * MINUTE)
    before = moment(town) - 11 * MINUTE
    for _ in range(3):
        town.blink.motion("Hall", at=before)
        town.blink.motion("Garden", source="liveview")
        town.blink.motion("Garden", source="snapshot")
        town.blink.motion("Garden", deleted=True)
    seen = town.blink.motion("Front Door")
    for _ in range(3):
        await town.polled(2)
        town.blink.relist(seen)
    town.blink.delete_clip(seen)
    await town.polled()
    assert town.alerts() == []
    town.blink.motion("Kitchen", source="cv_motion")
    alert = await town.said("ALARM")
    assert "Front Door, Kitchen" in alert.text
    assert "2 events" in alert.text


async def test_nothing_counts_before_an_arming_and_after_a_disarming(town: Town) -> None:
    await town.paired()
    town.burst()
    await town.polled()
    await town.ask("/arm", "armed")
    await town.ask("/disarm", "disarmed")
    # Blink stamps whole seconds: what is stamped with that of the disarming was before it.
    disarmed = moment(town)
    await town.until(lambda: moment(town) > disarmed)
    town.burst()
    await town.polled()
    assert town.alerts() == []
    assert town.twilio.calls == []


async def test_sixty_clips_on_three_pages_count_while_a_page_fails(town: Town) -> None:
    town.blink.faults.add("page=2", Fault(FaultKind.STATUS, 503, "{}", times=3))
    await town.armed()
    for number in range(60):
        town.blink.motion(("Hall", "Garage", "Garden")[number % 3])
    await town.said("ALARM")
    await town.said("60 events")
    assert town.blink.count("page=3") > 0
    assert len(town.alerts()) == 1


async def test_a_walk_that_was_called_a_false_alarm_rings_no_more(town: Town) -> None:
    await town.armed(ago=10 * MINUTE)
    town.burst()
    alert = await town.said("ALARM")
    walk = moment(town)
    await town.press("False alarm", "False alarm")
    for ago in range(4):
        town.blink.motion("Garden", at=walk - ago * SECOND)
    await town.polled()
    assert len(town.alerts()) == 1
    # What belongs to it is shown in it.
    await town.until(lambda: "Garden (4)" in alert.text)
    await town.until(lambda: moment(town) > walk + SECOND)
    town.burst()
    await town.until(lambda: len(town.alerts()) == 2)
