"""Whoever can be reached again hears of the alarm that is still open."""

from __future__ import annotations

from alarm.core.deliveries import AlertBody
from tests.core.home import ANN, BEN, Home, of_kind


def lost_to_ben() -> Home:
    home = Home().arm_now()
    home.burglary()
    to_ann, to_ben = of_kind(home.waiting(), AlertBody)
    home.deliver(to_ann, 5)
    home.claim(to_ben)
    home.fail(to_ben, permanent=True)
    assert not home.state.people[str(BEN)].reachable
    return home


def alerts(home: Home) -> list[str]:
    return [d.target for d in of_kind(home.waiting(), AlertBody)]


def test_one_who_unblocked_the_bot_and_writes_gets_the_open_alarm() -> None:
    home = lost_to_ben()
    home.acknowledge(BEN)
    assert home.state.people[str(BEN)].reachable
    assert alerts(home) == [str(BEN)]


def test_anything_that_arrives_shows_that_the_chat_works() -> None:
    home = lost_to_ben()
    home.disarm(ANN)
    # That it was armed before is no news any more.
    *_, arrived = (d for d in home.waiting() if d.target == str(BEN))
    home.deliver(arrived, 9)
    assert home.state.people[str(BEN)].reachable


def test_a_closed_alarm_is_not_sent_after_all() -> None:
    home = lost_to_ben()
    home.disarm(ANN)
    home.acknowledge(BEN)
    assert alerts(home) == []


def test_one_who_has_the_alarm_gets_no_second_copy() -> None:
    home = lost_to_ben()
    home.acknowledge(ANN)
    assert alerts(home) == []
