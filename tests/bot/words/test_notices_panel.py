"""How arming, disarming and what the panel waits for are told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alarm.core.deliveries import say
from alarm.core.notices import Notice
from alarm.core.settings import PanelState
from bot.words.notices import sentence
from tests.bot.words import scenes
from tests.bot.words.looks import look, seen
from tests.bot.words.told import SCENES, buttons, said_in
from tests.core.home import GARDEN, HOUR, HOUSE


def test_the_answer_to_disarm_starts_with_the_word() -> None:
    text = said_in(notice=Notice.DISARMED, sent_at=None, calls=None, called_off="")
    assert text == "🔓 Now disarmed."


def test_a_disarm_until_a_time_that_is_over_says_so() -> None:
    text = said_in(notice=Notice.DISARMED, sent_at=None, calls=None, called_off="", over=True)
    assert "is over already, so it has no end now." in text


@pytest.mark.parametrize(
    ("calls", "no_call", "told"),
    [
        (0, True, "The alarm is over. No phone rang."),
        (0, False, "The alarm is over."),
        (1, False, "The alarm is over. The alarm's calls have stopped."),
    ],
)
def test_a_disarm_that_ended_an_alarm_says_so(calls: int, no_call: bool, told: str) -> None:
    text = said_in(
        notice=Notice.DISARMED, sent_at=None, calls=calls, no_call=no_call, called_off=""
    )
    assert text == f"🔓 Now disarmed.\n{told}"


def test_a_late_disarm_says_when_it_was_sent() -> None:
    text = said_in(notice=Notice.DISARMED, scene="disarmed")
    assert "You sent this at 21:03, it is done now." in text


def test_others_hear_who_armed_and_until_when_they_can_leave() -> None:
    assert said_in(notice=Notice.ARMED_BY, scene="arming") == (
        "⏳ Now arming by Ann: armed at 22:04:10 (in 40 s)."
    )
    assert said_in(notice=Notice.ARMED_BY, scene="armed") == "🔒 Now armed by Ann."


def test_an_arming_that_is_told_late_says_first_what_came_of_it() -> None:
    text = said_in(notice=Notice.ARMED_BY, scene="pending", mode="home")
    assert text.startswith("⏳ Now pending: motion, Hall (2).")
    assert text.endswith("\n🔒 It was armed in home by Ann before.")
    text = said_in(notice=Notice.SCHEDULE_ARMED, scene="alarmed", mode="away")
    assert text.startswith("🚨 Now triggered since")
    assert text.endswith("\n🔒 It was armed (away) by the schedule before.")


def test_an_arming_of_one_area_has_not_the_exit_delay_of_another() -> None:
    home = SCENES["arming"]
    state = scenes.two_areas(home.state)
    garden = replace(state.areas[GARDEN], panel=PanelState.ARMED, changed_by="Ann")
    state = replace(state, areas={**state.areas, GARDEN: garden})
    words = say(Notice.ARMED_BY, by="Ann", mode="away", area="Garden", ids=GARDEN)
    assert seen(sentence(words, state, look(home.now))) == "🔒 Now armed in Garden by Ann."


def test_what_a_person_did_is_told_late_as_past_with_how_it_is_now() -> None:
    home = SCENES["armed"]
    at = home.now.isoformat()
    words = say(Notice.ARMED_BY, by="Ben", mode="away", at=at)
    assert seen(sentence(words, home.state, look(home.now))).splitlines() == [
        "🕘 Was armed by Ben at 22:07.",
        "🔒 Now armed since 22:03 by Ann",
    ]
    words = say(Notice.DISARMED_BY, by="Ben", at=at)
    assert seen(sentence(words, home.state, look(home.now))).splitlines() == [
        "🕘 Was disarmed by Ben at 22:07.",
        "🔒 Now armed since 22:03 by Ann",
    ]


def test_what_the_same_person_did_once_more_is_told_as_it_is_now() -> None:
    home = SCENES["armed"]
    words = say(Notice.ARMED_BY, by="Ann", mode="away", at=(home.now - HOUR).isoformat())
    assert seen(sentence(words, home.state, look(home.now))).startswith("🔒 Now armed")


def test_the_area_is_named_only_in_a_home_with_several() -> None:
    home = SCENES["armed"]
    words = say(Notice.NOT_WATCHING, area="House")
    one = seen(sentence(words, home.state, look(home.now)))
    two = seen(sentence(words, scenes.two_areas(home.state), look(home.now)))
    assert one.startswith("⛔ NOT WATCHING.")
    assert two.startswith("⛔ NOT WATCHING in House.")


def test_blink_disarmed_elsewhere_offers_both_ways_out() -> None:
    assert buttons(Notice.NETWORK_DISARMED) == ["Arm", "Disarm"]


@pytest.mark.parametrize(
    ("notice", "data"),
    [
        (Notice.NETWORK_DISARMED, [f"rearm:{HOUSE}", f"off:{HOUSE}"]),
        (Notice.NETWORK_ARMED, [f"arm::{HOUSE}"]),
        (Notice.NOT_WATCHING, [f"off:{HOUSE}"]),
    ],
)
def test_the_buttons_about_one_network_leave_the_others_alone(
    notice: Notice, data: list[str]
) -> None:
    home = SCENES["armed"]
    words = say(notice, area="House", network=HOUSE)
    shown = sentence(words, scenes.two_areas(home.state), look(home.now))
    assert [button.data for row in shown.buttons for button in row] == data
    alone = sentence(words, home.state, look(home.now))
    assert not any(button.about for row in alone.buttons for button in row)


def test_the_entry_delay_names_cause_moment_and_way_out() -> None:
    text = said_in(notice=Notice.ENTRY_DELAY, scene="pending")
    assert text.startswith("⏳ Motion: Hall (2)\nThe alarm starts in 30 s (at 22:07:40).")
    assert buttons(Notice.ENTRY_DELAY, "pending") == ["Disarm"]


def test_an_old_arm_is_asked_about_with_a_button() -> None:
    text = said_in(notice=Notice.OLD_ARM, scene="disarmed")
    assert "You sent /arm 1 h 4 min ago (21:03), while I was away. Arm now?" in text
    assert buttons(Notice.OLD_ARM, "disarmed") == ["Arm"]


def test_an_old_arm_of_a_house_that_is_armed_offers_nothing() -> None:
    assert said_in(notice=Notice.OLD_ARM).startswith("🔒 Already armed since 22:03 by Ann")
    assert buttons(Notice.OLD_ARM) == []
