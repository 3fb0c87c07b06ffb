"""A disarm that arrives late may end what the schedule armed since it was sent: told loudly."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alarm.core.commands import Disarm
from alarm.core.deliveries import WordsBody
from alarm.core.draft import Decision
from alarm.core.notices import Notice
from bot.pages import Press
from bot.words.notices import sentence
from tests.bot.words.looks import look, seen
from tests.core.home import ANN, BEN, GARDEN, HOUSE, MINUTE
from tests.core.pinned import PIN, both, enter
from tests.core.schedule.timed import DAYS_OUT, TimedHome, berlin, home_with


def late_disarm(home: TimedHome, sent: str) -> Decision:
    return home.do(Disarm(replace(home.actor(ANN), sent_at=berlin(sent))))


def armed_at_eight() -> TimedHome:
    home = home_with(DAYS_OUT, at="07:00")
    home.at("08:00")
    home.wait(MINUTE)
    home.wait(9 * MINUTE)
    assert home.is_now() == "armed away"
    return home


def told(decision: Decision, chat: int, notice: Notice) -> WordsBody:
    (body,) = [
        d.body
        for d in decision.effects
        if d.target == str(chat) and isinstance(d.body, WordsBody) and d.body.words.notice is notice
    ]
    return body


@pytest.mark.parametrize(
    ("sent", "loud"), [("07:10", True), ("07:59:59", True), ("08:00", False), ("08:05", False)]
)
def test_only_a_disarm_sent_before_the_scheduled_arming_is_told_loudly(
    sent: str, loud: bool
) -> None:
    home = armed_at_eight()
    decision = late_disarm(home, sent)
    assert home.is_now() == "disarmed"
    assert told(decision, BEN, Notice.DISARMED_BY).silent is not loud


def test_everyone_reads_what_was_ended_and_can_arm_it_again() -> None:
    home = armed_at_eight()
    decision = late_disarm(home, "07:10")
    for chat, notice in ((ANN, Notice.DISARMED), (BEN, Notice.DISARMED_BY)):
        body = told(decision, chat, notice)
        page = sentence(body.words, home.state, look(home.now))
        assert "The schedule had armed (away) since then" in seen(page)
        (button,) = [b for row in page.buttons for b in row]
        assert (button.press, button.about) == (Press.ARM, f"away:{home.area.network_id}")


def test_what_was_ended_is_named_with_its_area_where_it_is_one() -> None:
    home = armed_at_eight()
    args = told(late_disarm(home, "07:10"), ANN, Notice.DISARMED).words.args
    about = {"overtaken": "away", "sent": berlin("07:10").isoformat(), "network": HOUSE}
    assert about.items() <= args.items()
    home = armed_at_eight()
    other = replace(home.area, network_id=GARDEN, name="Garden")
    home.state = replace(home.state, areas={**home.state.areas, GARDEN: other})
    args = told(late_disarm(home, "07:10"), ANN, Notice.DISARMED).words.args
    assert args["overtaken"] == "away"
    assert "network" not in args


@pytest.mark.parametrize(("sent", "newer"), [("08:01:59", True), ("08:02", False)])
def test_what_is_newer_is_told_by_blinks_clock(sent: str, newer: bool) -> None:
    home = home_with(DAYS_OUT, at="07:00")
    home.confirm(2 * MINUTE)
    home.at("08:00")
    assert home.area.changed_at == berlin("08:00")
    args = told(late_disarm(home, sent), ANN, Notice.DISARMED).words.args
    assert ("overtaken" in args) is newer


def test_an_arming_of_a_person_is_not_taken_for_the_schedule() -> None:
    home = home_with(at="12:00")
    home.arm_now()
    decision = late_disarm(home, "11:00")
    assert told(decision, BEN, Notice.DISARMED_BY).silent


@pytest.mark.parametrize(
    ("sent", "loud"), [("07:10", True), ("07:59:59", True), ("08:00", False), ("08:05", False)]
)
def test_a_disarm_stays_as_old_as_it_is_where_its_pin_is_typed_later(sent: str, loud: bool) -> None:
    home = armed_at_eight()
    home.state = replace(home.state, pins=both())
    decision = late_disarm(home, sent)
    assert home.is_now() == "armed away"
    home.restart()
    decision = enter(home, PIN)
    assert home.is_now() == "disarmed"
    answer = told(decision, ANN, Notice.DISARMED)
    assert answer.words.args["sent_at"] == berlin(sent).isoformat()
    assert ("overtaken" in answer.words.args) is loud
    assert told(decision, BEN, Notice.DISARMED_BY).silent is not loud


def test_a_fresh_disarm_is_fresh_when_its_pin_is_typed_too() -> None:
    home = armed_at_eight()
    home.state = replace(home.state, pins=both())
    home.do(Disarm(home.actor(ANN)))
    answer = told(enter(home, PIN), ANN, Notice.DISARMED)
    assert answer.words.args["sent_at"] is None


def test_an_edge_between_the_disarm_and_its_pin_is_newer_than_the_disarm() -> None:
    home = home_with(DAYS_OUT, at="07:00")
    home.arm_now()
    home.state = replace(home.state, pins=both())
    home.at("07:59")
    late_disarm(home, "07:10")
    enter(home, PIN)
    assert home.is_now() == "disarmed"
    home.at("08:00")
    home.wait(MINUTE)
    assert home.is_now() == "armed away"
