"""Every sentence of the alarm becomes a page that a sleepy person understands."""

from __future__ import annotations

import ast
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import alarm.core
import bot
from alarm.core.deliveries import Scalar, Words, say
from alarm.core.notices import Notice
from alarm.core.state import Login, LoginStatus
from bot.pages import Press
from bot.words.notices import TABLE, sentence
from tests.bot.words import scenes
from tests.bot.words.given import GIVEN
from tests.bot.words.looks import NIGHT, look, pressable, seen, without_icon
from tests.core.home import Home

SCENES = dict(scenes.all_scenes())


def said_in(*, notice: Notice, scene: str = "armed", **changes: Scalar) -> str:
    home = SCENES[scene]
    words = Words(notice, {**GIVEN[notice], **changes})
    return seen(sentence(words, home.state, look(home.now)))


def buttons(notice: Notice, scene: str = "armed") -> list[str]:
    home = SCENES[scene]
    return pressable(sentence(Words(notice, GIVEN[notice]), home.state, look(home.now)))


def test_every_notice_has_its_words() -> None:
    assert set(TABLE) == set(Notice) == set(GIVEN)


@pytest.mark.parametrize("notice", Notice)
@pytest.mark.parametrize("scene", SCENES)
def test_every_notice_reads_well_in_every_situation(notice: Notice, scene: str) -> None:
    text = said_in(notice=notice, scene=scene)
    assert "None" not in text
    assert "()" not in text
    assert "  " not in text
    assert " ." not in text
    assert " ," not in text
    assert not without_icon(text).startswith(("ALARM", "TEST"))


@pytest.mark.parametrize("notice", Notice)
def test_a_notice_that_an_older_program_stored_with_less_is_still_said(notice: Notice) -> None:
    home = SCENES["armed"]
    text = seen(sentence(say(notice), home.state, look(home.now)))
    assert "None" not in text
    assert "()" not in text


def test_the_arguments_are_those_that_the_alarm_really_gives() -> None:
    roots = [Path(module.__path__[0]) for module in (alarm.core, bot)]
    found: dict[Notice, set[str]] = {}
    for file in (file for root in roots for file in root.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Name(id="say"),
                    args=[ast.Attribute(value=ast.Name(id="Notice"), attr=attr)],
                ):
                    keys = {keyword.arg for keyword in node.keywords if keyword.arg}
                    found.setdefault(Notice[attr], set()).update(keys)
    assert len(found) > 20
    for notice, keys in found.items():
        assert keys <= set(GIVEN[notice]), notice


@given(st.sampled_from(list(Notice)), st.data())
def test_whatever_stands_in_the_arguments_a_notice_is_accepted_by_telegram(
    notice: Notice, data: st.DataObject
) -> None:
    nasty = st.text(st.characters(exclude_categories=()), max_size=400)
    values = st.one_of(nasty, st.none(), st.booleans(), st.integers(-(10**9), 10**9))
    args = {key: data.draw(values, label=key) for key in GIVEN[notice]}
    home = SCENES["ringing"]
    text = seen(sentence(Words(notice, args), home.state, look(home.now)))
    assert not without_icon(text).startswith(("ALARM", "TEST"))


# -- the panel -------------------------------------------------------------------------------------


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


def test_a_late_disarm_says_when_it_was_sent() -> None:
    text = said_in(notice=Notice.DISARMED, scene="disarmed")
    assert "You sent this at 21:03, it is done now." in text


def test_others_hear_who_armed_and_until_when_they_can_leave() -> None:
    assert said_in(notice=Notice.ARMED_BY, scene="arming") == (
        "⏳ Now arming by Ann: armed at 22:04:10 (in 40 s)."
    )
    assert said_in(notice=Notice.ARMED_BY, scene="armed") == "🔒 Now armed by Ann."


def test_the_area_is_named_only_in_a_home_with_several() -> None:
    home = SCENES["armed"]
    words = say(Notice.NOT_WATCHING, area="House")
    one = seen(sentence(words, home.state, look(home.now)))
    two = seen(sentence(words, scenes.two_areas(home.state), look(home.now)))
    assert one.startswith("⛔ NOT WATCHING.")
    assert two.startswith("⛔ NOT WATCHING in House.")


def test_blink_disarmed_elsewhere_offers_both_ways_out() -> None:
    assert buttons(Notice.NETWORK_DISARMED) == ["Arm", "Disarm"]


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


# -- incidents -------------------------------------------------------------------------------------


@pytest.mark.parametrize("notice", [Notice.EXHAUSTED, Notice.STILL_OPEN, Notice.CALLS_USED_UP])
def test_a_word_about_an_open_alarm_names_it_and_can_end_it(notice: Notice) -> None:
    home = SCENES["exhausted"]
    page = sentence(Words(notice, GIVEN[notice]), home.state, look(home.now))
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


def test_a_changed_setting_is_told_with_the_old_value() -> None:
    text = "✅ Exit delay (away): 45 s (before: 1 min)."
    assert said_in(notice=Notice.SETTING_SET) == text
    assert said_in(notice=Notice.SETTING_CHANGED) == f"{text} Changed by Ann."


def test_a_setting_that_this_version_does_not_know_is_told_all_the_same() -> None:
    assert said_in(notice=Notice.SETTING_SET, setting="gone").startswith("✅ Setting changed: 45 s")


# -- Blink, the program ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("notice", "button"),
    [
        (Notice.CODE_NEEDED, None),
        (Notice.CODE_LOST, "Send a new code"),
        (Notice.LOGIN_NEEDED, "Log in again"),
        (Notice.LOGIN_FAILED, "Log in again"),
        (Notice.LOGIN_REFUSED, "Log in again"),
        (Notice.LOGIN_DONE, None),
    ],
)
def test_a_new_login_is_offered_where_it_can_help(notice: Notice, button: str | None) -> None:
    home = SCENES["armed"]
    page = sentence(Words(notice, GIVEN[notice]), home.state, look(home.now))
    assert pressable(page) == ([button] if button else [])
    assert all(b.press is Press.NEW_CODE for row in page.buttons for b in row)


def test_a_refused_password_says_where_to_correct_it_and_how_to_try_again() -> None:
    text = said_in(notice=Notice.LOGIN_REFUSED)
    assert "Correct BLINK_EMAIL and BLINK_PASSWORD in the settings file" in text
    assert "If both are right, press Log in again" in text


def test_a_login_that_healed_by_itself_needs_nobody() -> None:
    home = SCENES["armed"]
    page = sentence(Words(Notice.LOGIN_DONE, {"again": True}), home.state, look(home.now))
    assert seen(page) == "✅ Blink takes the saved login again. Nothing is to be done."


def test_a_needed_code_says_how_to_send_it() -> None:
    text = said_in(notice=Notice.CODE_NEEDED)
    assert "Reply with its digits, or send /code 123456." in text


def test_blindness_is_told_first_with_its_start_and_cause() -> None:
    text = said_in(notice=Notice.BLIND)
    assert text.startswith("⛔ NOT WATCHING since 21:03. Blink has trouble of its own.\n")


def test_blindness_for_want_of_a_login_offers_the_login() -> None:
    home = Home(state=SCENES["armed"].state, now=NIGHT)
    home.state = replace(home.state, login=Login(LoginStatus.NEEDED))
    page = sentence(Words(Notice.BLIND, GIVEN[Notice.BLIND]), home.state, look())
    assert "Blink wants a new login" in seen(page)
    assert pressable(page) == ["Log in again"]


def test_after_a_restart_the_state_comes_first() -> None:
    assert said_in(notice=Notice.STARTED, scene="disarmed") == (
        "🔓 Now disarmed since 22:07 by Ann\n"
        "The program was off for 3 min and runs again.\n"
        "2 messages may come twice."
    )


@pytest.mark.parametrize("lost", [True, False])
def test_a_doubtful_state_asks_how_it_shall_be(lost: bool) -> None:
    home = SCENES["armed"]
    page = sentence(say(Notice.STATE_DOUBT, detail="", lost=lost), home.state, look(home.now))
    assert pressable(page) == ["Arm", "Disarm"]
    assert ("I do not know" in seen(page)) is lost


@pytest.mark.parametrize(
    ("seconds", "way"), [(180, "3 min slow"), (-180, "3 min fast"), (-3600, "1 h fast")]
)
def test_a_wrong_clock_is_told_with_its_direction(seconds: int, way: str) -> None:
    assert way in said_in(notice=Notice.CLOCK_OFF, seconds=seconds)


def test_a_viewer_is_not_invited_to_arm() -> None:
    assert "/arm" not in said_in(notice=Notice.WELCOME, role="viewer")
    assert "/arm" in said_in(notice=Notice.WELCOME, role="owner")


@pytest.mark.parametrize(("command", "named"), [("/clip", "/clip"), ("message", "a message")])
def test_what_came_too_late_is_named(command: str, named: str) -> None:
    assert f"You sent {named} 1 h" in said_in(notice=Notice.TOO_OLD, command=command)
