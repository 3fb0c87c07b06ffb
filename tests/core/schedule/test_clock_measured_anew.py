"""After a restart the clock is measured anew: what was noted moves, the calendar does not."""

from __future__ import annotations

import pytest

from alarm.core.inputs import DevicesSeen
from tests.core.home import HOUR, MINUTE, seconds
from tests.core.schedule.timed import DAYS_OUT, berlin, home_with, networks_seen

SKEWS = pytest.mark.parametrize("skew", [-90, -2, -1, 0, 1, 90])


@SKEWS
@pytest.mark.parametrize("confirmed", ["2026-03-05 07:55:10", "2026-03-05 08:00:30"])
def test_an_arming_that_was_called_off_stays_so(skew: int, confirmed: str) -> None:
    home = home_with(DAYS_OUT, at="20:00")
    home.at("2026-03-05 07:51")
    home.skip("2026-03-05 08:00")
    home.now = berlin("2026-03-05 07:55")
    home.restart()
    home.now = berlin(confirmed)
    home.confirm(seconds(skew))
    home.at("2026-03-05 08:05")
    assert home.is_now() == "disarmed"
    home.at("2026-03-06 08:05")
    home.wait(MINUTE)
    assert home.is_now() == "armed away"


@SKEWS
def test_an_arming_that_was_put_off_comes_at_its_new_time(skew: int) -> None:
    home = home_with(DAYS_OUT, at="20:00")
    home.at("2026-03-05 07:51")
    home.skip("2026-03-05 08:00", HOUR)
    home.now = berlin("2026-03-05 07:55")
    home.restart()
    home.confirm(seconds(skew))
    home.at("2026-03-05 08:30")
    assert home.is_now() == "disarmed"
    home.at("2026-03-05 09:05")
    home.wait(MINUTE)
    assert home.is_now() == "armed away"


@SKEWS
def test_a_command_before_the_clock_is_confirmed_moves_to_its_true_moment(skew: int) -> None:
    home = home_with(DAYS_OUT, at="20:00")
    home.restart()
    home.now += MINUTE
    home.disarm()
    noted = home.timing.settled_at
    assert noted == home.now
    home.confirm(seconds(skew))
    assert home.timing.settled_at == noted + seconds(skew)


@SKEWS
def test_since_when_an_area_is_missing_moves_to_its_true_moment(skew: int) -> None:
    home = home_with(at="20:00")
    home.restart()
    home.do(DevicesSeen(networks_seen([])))
    assert home.area.missing_since == home.now
    home.confirm(seconds(skew))
    assert home.area.missing_since == home.now + seconds(skew)
