"""The alert, from the first ring to its verdict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from alarm.core.incident import NORMAL_DELAY, CallNote, Incident, IncidentStatus
from alarm.core.inputs import DeliveryFailed
from bot.words.alert import alert
from tests.bot.words import scenes
from tests.bot.words.looks import look, pressable, seen, without_icon
from tests.core.home import HOUR, MINUTE, SECOND, Home, clip

REFUSED = "Twilio refuses the credentials; check TWILIO_ACCOUNT_SID"


def alert_in(home: Home, incident: Incident | None = None, *, repeat: bool = False) -> str:
    page = alert(incident or home.incident, home.state, look(home.now), repeat=repeat)
    return seen(page)


@pytest.mark.parametrize("make", [m for t, m in scenes.SCENES.items() if m().state.incidents])
def test_an_alert_starts_with_alarm_and_a_drill_with_test(make: Callable[[], Home]) -> None:
    home = make()
    for incident in home.state.incidents.values():
        word = "TEST" if incident.kind.value == "drill" else "ALARM"
        assert without_icon(alert_in(home, incident)).startswith(word)


def test_a_fresh_alert_says_where_what_when_why_and_what_comes() -> None:
    assert alert_in(scenes.alarmed()) == (
        "🚨 ALARM: Garage, Hall (2)\n"
        "3 events, 22:06 (rule: 2 events within 2 min).\n"
        "📞 Calling Phone 1 in 30 s (22:07:40)"
    )


def test_the_area_is_named_only_in_a_home_with_several() -> None:
    home = scenes.alarmed()
    assert "House" not in alert_in(home)
    two = scenes.two_areas(home.state)
    assert seen(alert(home.incident, two, look(home.now))).startswith(
        "🚨 ALARM: House: Garage, Hall (2)"
    )


def test_motion_soon_after_arming_is_named_as_a_likely_mistake() -> None:
    home = scenes.alarmed()
    soon = replace(home.incident, recent_closing=True)
    assert "Soon after arming: was it one of you?" in alert_in(home, soon)
    assert "Soon after arming" not in alert_in(home)


def test_joined_events_change_count_and_span() -> None:
    home = scenes.alarmed()
    home.wait(2 * MINUTE)
    home.see(*(clip(home.now, n) for n in range(8)))
    assert "11 events, 22:06 to 22:09" in alert_in(home)
    assert alert_in(home).startswith("🚨 ALARM: Garage, Hall (10)")


@pytest.mark.parametrize(
    ("late", "told"),
    [
        (NORMAL_DELAY, ""),
        (NORMAL_DELAY + SECOND, "⏰ late: 91 s after the motion"),
        (7 * MINUTE, "⏰ late: 7 min after the motion"),
    ],
)
def test_a_late_alert_says_how_late_from_the_limit_on(late: timedelta, told: str) -> None:
    home = scenes.alarmed()
    text = alert_in(home, replace(home.incident, late=late))
    assert ("late" in text) is bool(told)
    assert told in text.splitlines() or not told


def test_an_alert_that_could_not_be_sent_for_a_while_is_late_too() -> None:
    home = scenes.armed()
    home.burglary()
    waited = seen(alert(home.incident, home.state, look(home.now), waited=10 * MINUTE))
    assert "late: 10 min" in waited
    home.now += 10 * MINUTE
    home.deliver_chat()
    home.now += HOUR
    assert "late: 10 min" in alert_in(home)


def test_an_alert_that_came_in_time_is_never_late_afterwards() -> None:
    home = scenes.alarmed()
    home.deliver_chat()
    home.now += HOUR
    assert "late" not in alert_in(home)


def test_a_repeated_alert_says_that_it_comes_again() -> None:
    home = scenes.alarmed()
    assert alert_in(home, repeat=True).endswith("\nSent again: it may have come before.")


# -- calling ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "lines"),
    [
        (scenes.ringing, ["📞 Ringing Phone 1"]),
        (
            scenes.talking,
            ["📵 Phone 1: no answer", "📞 Phone 2: answered, nobody acknowledged yet"],
        ),
        (
            scenes.listening,
            ["📵 Phone 1: no answer", "📞 Phone 2: answered, nobody acknowledged yet"],
        ),
        (
            scenes.pausing,
            [
                "📵 Phone 1: no answer",
                "☎️ Phone 2: answered",
                "📞 Calling Phone 1 in 90 s (22:10:10)",
            ],
        ),
        (
            scenes.exhausted,
            [
                "📵 Phone 1: no answer",
                "☎️ Phone 2: answered",
                "📵 Phone 1: busy",
                "📵 Phone 2: busy",
                "Nobody reacted. Next calls: 22:40.",
            ],
        ),
        (
            scenes.acknowledged,
            [
                "✅ Acknowledged by Ann, 22:07. The alarm's calls have stopped.",
                "📵 Phone 1: call stopped",
            ],
        ),
        (
            scenes.rung_again,
            [
                "❗ New motion after Ann acknowledged.",
                "📵 Phone 1: call stopped",
                "📞 Calling Phone 1 in 30 s (22:09:10)",
            ],
        ),
        (scenes.judged, ["False alarm, says Ann, 22:07.", "📵 Phone 1: call stopped"]),
    ],
)
def test_what_calling_does_and_who_acted_stands_in_the_alert(
    make: Callable[[], Home], lines: list[str]
) -> None:
    home = make()
    assert alert_in(home).splitlines()[2:] == lines


def test_the_abort_window_ends_at_the_second_that_is_named() -> None:
    home = scenes.alarmed()
    home.now += 29 * SECOND
    assert "📞 Calling Phone 1 in 1 s (22:07:40)" in alert_in(home)
    home.now += SECOND
    assert "📞 Calling Phone 1 now" in alert_in(home)


def test_a_refusal_of_twilio_stands_in_its_own_words() -> None:
    home = scenes.alarmed()
    home.wait(30 * SECOND)
    (call,) = home.calls()
    home.do(DeliveryFailed(call.id, "Twilio did not answer in time"))
    assert "📞 Phone 1: Twilio did not answer in time. Trying again" in alert_in(home)
    home.do(DeliveryFailed(call.id, REFUSED, permanent=True))
    assert f"📵 Phone 1: {REFUSED}" in alert_in(home)
    assert "📞 Calling Phone 2" in alert_in(home)


def test_a_known_trouble_of_twilio_is_told_before_any_call() -> None:
    home = scenes.alarmed()
    page = alert(home.incident, home.state, look(home.now, phone_trouble=REFUSED))
    assert seen(page).endswith(f"📵 {REFUSED}.")


@pytest.mark.parametrize(("phones", "ready"), [(0, True), (2, False), (0, False)])
def test_without_a_phone_the_alert_says_so_and_promises_no_call(phones: int, ready: bool) -> None:
    home = scenes.alarmed(phones=phones)
    text = seen(alert(home.incident, home.state, look(home.now, phone_ready=ready)))
    assert text.endswith("📵 No phone configured: nobody is called.")
    assert "Calling" not in text


def test_at_the_limit_of_calls_no_further_one_is_promised() -> None:
    home = scenes.alarmed()
    assert home.incident.wave is not None
    silent = replace(home.incident, wave=replace(home.incident.wave, with_calls=False))
    assert alert_in(home, silent).endswith("📵 No more calls: the limit is reached. Chat only.")


def test_equal_outcomes_in_a_row_are_counted_and_old_ones_dropped() -> None:
    home = scenes.acknowledged()
    notes = (*(CallNote("Old", "busy"),) * 3, *(CallNote("Phone 1", "busy"),) * 5)
    text = alert_in(home, replace(home.incident, calls=notes))
    assert "📵 Phone 1: busy (5 times)" in text
    assert "Old" not in text


@pytest.mark.parametrize(
    ("outcome", "shown"),
    [
        ("failed: expired", "could not be called"),
        ("no result", "could not be called"),
        ("failed", "the call failed"),
        ("cancelled", "call stopped"),
        ("answering machine", "answering machine"),
        ("calling", "call stopped"),
    ],
)
def test_outcomes_are_told_in_plain_words(outcome: str, shown: str) -> None:
    home = scenes.acknowledged()
    text = alert_in(home, replace(home.incident, calls=(CallNote("Phone 1", outcome),)))
    assert text.endswith(f"📵 Phone 1: {shown}")


# -- what people did -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "buttons"),
    [
        (scenes.alarmed, ["Acknowledge", "False alarm", "Disarm"]),
        (scenes.exhausted, ["Acknowledge", "False alarm", "Disarm"]),
        (scenes.acknowledged, ["False alarm", "Disarm"]),
        (scenes.judged, []),
    ],
)
def test_the_buttons_are_what_can_still_be_done(
    make: Callable[[], Home], buttons: list[str]
) -> None:
    home = make()
    page = alert(home.incident, home.state, look(home.now))
    assert pressable(page) == buttons
    assert all(b.about == home.incident.id for row in page.buttons for b in row)


def test_pictures_that_were_held_back_get_a_button_until_the_end() -> None:
    home = scenes.alarmed()
    home.see(*(clip(home.now, n) for n in range(6)))
    page = alert(home.incident, home.state, look(home.now))
    assert pressable(page)[-1] == "More pictures (3)"
    home.disarm()
    assert pressable(alert(home.incident, home.state, look(home.now))) == []


def test_a_closed_alert_says_who_ended_it_and_how() -> None:
    home = scenes.alarmed()
    home.disarm()
    assert "Disarmed by Ann, 22:07." in alert_in(home)
    assert alert_in(home).startswith("☑️ ALARM over: Garage, Hall (2)")


def test_an_alert_that_closed_by_itself_says_why() -> None:
    home = scenes.acknowledged()
    home.wait(31 * MINUTE)
    assert home.incident.status is IncidentStatus.CLOSED
    assert "Closed by itself, 22:38: no motion for 30 min" in alert_in(home)
