"""How an alarm, its calls and its end are told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alarm.core.notices import Notice
from tests.bot.words.looks import pressable, seen
from tests.bot.words.told import SCENES, page_of, said_in


@pytest.mark.parametrize("notice", [Notice.EXHAUSTED, Notice.STILL_OPEN, Notice.CALLS_USED_UP])
def test_a_word_about_an_open_alarm_names_it_and_can_end_it(notice: Notice) -> None:
    page = page_of(notice, "exhausted")
    assert "The alarm of 22:07: Garage, Hall (2)" in seen(page)
    assert pressable(page)[:3] == ["Acknowledge", "False alarm", "Disarm"]
    assert {b.about for row in page.buttons for b in row} == {"i1"}


def test_without_phones_exhausted_promises_no_calls() -> None:
    text = said_in(notice=Notice.EXHAUSTED, scene="exhausted", phones=0)
    assert "no phone to call" in text
    assert "calls every" not in text


@pytest.mark.parametrize(("calls", "limit"), [(19, "60 calls a day"), (20, "20 calls for one")])
def test_the_limit_that_was_reached_is_named(calls: int, limit: str) -> None:
    assert limit in said_in(notice=Notice.CALLS_USED_UP, scene="exhausted", calls=calls)


@pytest.mark.parametrize(
    ("notice", "no_call", "told"),
    [
        (Notice.ACKNOWLEDGED, True, "✅ Acknowledged by Ann. No phone will ring.\n"),
        (Notice.ACKNOWLEDGED, False, "✅ Acknowledged by Ann.\n"),
        (Notice.FALSE_ALARM, True, "✅ False alarm, says Ann. No phone rang.\n"),
        (Notice.FALSE_ALARM, False, "✅ False alarm, says Ann.\n"),
    ],
)
def test_whoever_stops_an_alarm_before_its_first_call_may_read_that_no_phone_rang(
    notice: Notice, no_call: bool, told: str
) -> None:
    text = said_in(notice=notice, calls=0, no_call=no_call, called_off="")
    assert text.startswith(told)


def test_after_an_acknowledgement_nobody_thinks_that_it_is_off() -> None:
    assert said_in(notice=Notice.ACKNOWLEDGED, scene="acknowledged") == (
        "✅ Acknowledged by Ann. The alarm's calls have stopped.\n"
        "It stays armed: new motion can ring again."
    )


def test_a_false_alarm_says_who_judged_it_and_who_is_called_off() -> None:
    assert said_in(notice=Notice.FALSE_ALARM, scene="judged") == (
        "✅ False alarm, says Ann. The alarm's calls have stopped.\n"
        "A short call tells that it is over: Phone 1.\nIt stays armed."
    )


def test_the_end_of_a_test_says_that_the_panel_is_as_before() -> None:
    text = said_in(notice=Notice.DRILL_ENDED)
    assert text == "✅ Test ended by Ann. It changed nothing:\n🔒 Now armed since 22:03 by Ann"


def test_nothing_to_do_tells_missing_alarms_from_missing_pictures() -> None:
    assert "no alarm is open" in said_in(notice=Notice.NOTHING_TO_DO)
    assert "pictures" in said_in(notice=Notice.NOTHING_TO_DO, scene="ringing")


def test_an_old_burst_says_how_late_it_is_told() -> None:
    home = SCENES["armed"]
    at = home.now - timedelta(hours=13)
    text = said_in(notice=Notice.OLD_BURST, at=at.isoformat())
    assert "late: 13 h" in text
