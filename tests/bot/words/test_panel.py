"""The answer to /arm and what the same message says later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from alarm.core.commands import SetOption
from alarm.core.deliveries import PanelBody, say
from alarm.core.inputs import DevicesSeen
from alarm.core.notices import Notice
from alarm.core.settings import Mode, ModeSettings, PanelState
from alarm.core.state import State
from bot.pages import Press
from bot.words.panel import entry_now, panel, panel_edited, panel_now
from tests.bot.words import scenes
from tests.bot.words.looks import NIGHT, camera, look, pressable, seen, without_icon
from tests.core.home import GARDEN, HOUSE, MINUTE, SECOND, Home, homescreen


def answer(home: Home, notice: Notice = Notice.PANEL_ARMED, sent_at: str | None = None) -> str:
    body = PanelBody((HOUSE,), say(notice, by="Ann", sent_at=sent_at))
    return seen(panel(body, home.state, look(home.now)))


def now(home: Home) -> str:
    return seen(panel_now(home.state, look(home.now)))


def test_arming_says_when_it_will_be_armed_and_that_blink_has_not_confirmed() -> None:
    assert answer(scenes.arming()) == (
        "⏳ Now arming by Ann, armed at 22:04:10 (in 40 s)\n"
        "⚠️ Blink not confirmed yet: that can take a minute."
    )


def test_where_nothing_counts_down_the_end_of_the_delay_is_told_alone() -> None:
    home = scenes.arming()
    home.do(SetOption(home.actor(), "exit-progress", "off"))
    first = "Now arming by Ann, armed at 22:04:10"
    assert [without_icon(text).splitlines()[0] for text in (answer(home), now(home))] == [first] * 2
    home = scenes.pending()
    home.do(SetOption(home.actor(), "exit-progress", "off"))
    warning = seen(entry_now(home.state, look(home.now)))
    assert "The alarm starts at 22:" in warning
    assert "(" not in warning.splitlines()[-1]
    assert pressable(entry_now(home.state, look(home.now))) == ["Disarm"]


def test_arming_offers_to_cancel_and_to_wait_longer() -> None:
    page = panel_now(scenes.arming().state, look())
    assert [(b.text, b.press) for row in page.buttons for b in row] == [
        ("Cancel", Press.CANCEL),
        ("+60 s", Press.EXTEND),
    ]
    assert page.buttons[0][0].data == f"cancel::{int(NIGHT.timestamp())}"


def test_a_panel_that_was_armed_before_says_since_when_and_by_whom() -> None:
    text = answer(scenes.armed(), Notice.PANEL_ALREADY)
    assert text.splitlines()[0] == "🔒 Already armed since 22:03 by Ann"


@pytest.mark.parametrize(
    ("make", "first"),
    [
        (scenes.arming, "Already arming by Ann, armed at 22:04:10 (in 40 s)"),
        (scenes.pending, "Already armed, pending: motion, Hall (2)."),
        (scenes.alarmed, "Already armed, triggered since 22:07: Garage, Hall (2)."),
    ],
)
def test_arming_once_more_names_the_state_it_is_in(make: Callable[[], Home], first: str) -> None:
    assert without_icon(answer(make(), Notice.PANEL_ALREADY)).startswith(first)


@pytest.mark.parametrize("make", scenes.SCENES.values())
@pytest.mark.parametrize("notice", [Notice.PANEL_ARMED, Notice.PANEL_ALREADY])
def test_the_answer_always_holds_arming_or_armed(make: Callable[[], Home], notice: Notice) -> None:
    words = set(answer(make(), notice).casefold().replace(",", " ").split())
    assert words & {"arming", "armed"}


def test_the_first_arming_of_a_home_that_blink_did_not_show_yet_is_answered() -> None:
    home = Home(state=replace(State(), people=scenes.at_home().state.people))
    home.arm()
    assert answer(home).startswith("⏳ Now arming by Ann, armed at 13:01:00 (in 60 s)")


def test_a_command_that_came_late_says_when_it_was_sent() -> None:
    home = scenes.arming()
    text = answer(home, sent_at=(home.now - timedelta(minutes=40)).isoformat())
    assert "You sent this at 21:23, it is done now." in text


def test_an_arming_until_a_time_that_is_over_says_so() -> None:
    home = scenes.armed()
    words = say(Notice.PANEL_ARMED, by="Ann", mode="away", busy=False, over=True)
    page = panel(PanelBody((HOUSE,), words), home.state, look(home.now))
    assert "is over already, so it has no end now." in seen(page)


def test_a_switch_without_exit_delay_says_how_to_get_one() -> None:
    words = say(Notice.PANEL_ARMED, by="Ann", mode="away", busy=False, no_delay=True)
    page = panel(PanelBody((HOUSE,), words), scenes.armed().state, look())
    assert seen(page).splitlines()[1] == (
        "⚠️ No exit delay: it was armed already. Still inside? Disarm, then arm again."
    )


def test_the_message_follows_the_panel_to_armed_triggered_and_disarmed() -> None:
    home = scenes.armed()
    assert now(home) == (
        "🔒 Now armed since 22:03 by Ann\n✅ Nothing is missing: 2 cameras, phone, Blink."
    )
    home.burglary()
    assert now(home) == "🚨 Now triggered since 22:07: Hall (2). Nobody has acknowledged yet"
    home.acknowledge()
    assert now(home) == "🚨 Now triggered since 22:07: Hall (2). Acknowledged by Ann"
    home.disarm()
    assert now(home) == "🔓 Now disarmed since 22:07 by Ann"
    assert pressable(panel_now(home.state, look(home.now))) == []


def test_only_cameras_of_the_mode_and_of_what_is_armed_are_counted() -> None:
    home = scenes.armed()
    areas = scenes.two_areas(home.state).areas
    cameras = {
        **home.state.cameras,
        **{f"g{n}": replace(camera(f"Shed {n}"), id=f"g{n}", network_id=GARDEN) for n in range(3)},
    }
    garden = replace(areas[GARDEN], panel=PanelState.DISARMED)
    home.state = replace(home.state, cameras=cameras, areas={**areas, GARDEN: garden})
    assert "Nothing is missing: 2 cameras, phone, Blink." in now(home)
    night = ModeSettings(cameras=frozenset({"hall"}))
    settings = home.state.settings.with_mode(Mode.NIGHT, night)
    house = replace(home.state.areas[HOUSE], mode=Mode.NIGHT)
    home.state = replace(home.state, settings=settings, areas={HOUSE: house, GARDEN: garden})
    assert "Nothing is missing: 1 camera, phone, Blink." in now(home)


def test_blink_that_does_not_confirm_in_time_is_not_watching() -> None:
    home = scenes.at_home()
    home.arm()
    home.wait(59 * SECOND)
    assert "NOT WATCHING" not in now(home)
    home.wait(SECOND)
    assert now(home).startswith("🔒 Now armed since 22:03 by Ann\n⛔ NOT WATCHING. Blink did not")


def test_blink_disarmed_in_its_app_is_not_watching() -> None:
    home = scenes.armed()
    home.wait(5 * MINUTE)
    home.do(DevicesSeen(replace(homescreen(armed=False), cameras=(camera("Garage"),))))
    assert "⛔ NOT WATCHING. Blink itself is disarmed: send /arm to arm it again." in now(home)


def test_areas_are_listed_with_the_most_serious_first() -> None:
    home = scenes.alarmed()
    state = scenes.two_areas(home.state)
    lines = seen(panel_now(state, look(home.now))).splitlines()
    assert lines[0].startswith("🚨 Now triggered in House since")
    assert lines[1] == "🔓 Now disarmed in Garden"


def test_a_warning_that_became_an_alarm_points_to_it_and_says_nothing_that_may_change() -> None:
    home = scenes.alarmed()
    page = panel_edited("22", 71, home.state, look())
    assert seen(page) == "⏳ The motion became an alarm: its message says how it stands."
    assert page.buttons == ()
    state = replace(home.state, panel_messages={"22": 71})
    assert seen(panel_edited("22", 71, state, look())).startswith("🚨 Now triggered")
