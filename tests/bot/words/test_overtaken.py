"""What a command sets for a time, and what it overtakes: in the answer, and to the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from alarm.core.commands import Arm, Disarm
from alarm.core.deliveries import PanelBody, WordsBody
from alarm.core.draft import Decision
from alarm.core.inputs import ZoneConfigured
from alarm.core.notices import Notice
from alarm.core.schedule.windows import EVERY_DAY, Window
from alarm.core.settings import CameraRule
from bot.words.notices import sentence
from bot.words.panel import panel
from bot.words.schedule import schedule_page
from bot.words.screen import status
from tests.bot.words.looks import camera, look, seen
from tests.bot.words.told import said_in
from tests.core.home import ANN, BEN, GARDEN, HOUR, HOUSE, settings
from tests.core.schedule.timed import AWAY, HOME, TimedHome, home_with, two_areas

EVENING = Window(EVERY_DAY, 18 * 60, 23 * 60, AWAY, 1)


def read(home: TimedHome, decision: Decision, chat: int) -> str:
    """Return what a chat reads of the panel or in words, one after the other."""
    pages = []
    for body in (d.body for d in decision.effects if d.target == str(chat)):
        if isinstance(body, PanelBody):
            pages.append(panel(body, home.state, look(home.now)))
        elif isinstance(body, WordsBody):
            pages.append(sentence(body.words, home.state, look(home.now)))
    return "\n---\n".join(seen(page) for page in pages)


def test_a_plan_that_is_overtaken_is_told_to_both() -> None:
    home = home_with()
    home.later("12:10")
    decision = home.do(Disarm(home.actor(BEN)))
    off = "The arming (away) planned for 12:10 is off."
    assert read(home, decision, BEN) == f"🔓 Now disarmed.\n{off}"
    assert read(home, decision, ANN).startswith(f"👍 Stays as it is, said Ben.\n{off}\n")


def test_an_arming_without_an_end_tells_that_the_end_is_off() -> None:
    home = home_with()
    home.hold("15:00", armed=True, mode=HOME)
    decision = home.do(Arm(home.actor(BEN), HOME))
    assert "The disarming planned for 15:00 is off." in read(home, decision, BEN)
    assert "Until" not in read(home, decision, BEN)
    assert "The disarming planned for 15:00 is off." in read(home, decision, ANN)


def test_the_others_hear_until_when_and_what_comes_then() -> None:
    home = home_with()
    home.arm_now()
    decision = home.hold("15:00", armed=False)
    assert read(home, decision, BEN) == "🔓 Now disarmed by Ann.\nUntil 15:00, then armed (away)."
    home = home_with()
    decision = home.hold("15:00", armed=True)
    lines = read(home, decision, BEN).splitlines()
    assert lines[0].startswith("⏳ Now arming away by Ann: armed at 12:01:00")
    assert lines[1] == "Until 15:00, then disarmed."


@pytest.mark.parametrize(
    ("world", "then"),
    [
        ("nothing", "it stays armed, as it was before"),
        ("schedule", "it stays armed, as the schedule says"),
        ("vacation", "it stays armed, for the vacation"),
    ],
)
def test_an_end_that_changes_nothing_says_why(world: str, then: str) -> None:
    home = home_with(*([EVENING] if world == "schedule" else []))
    if world == "vacation":
        home.leave("2026-03-08 00:00")
        home.wait(timedelta(minutes=1))
    else:
        home.arm_now()
    decision = home.hold("20:00", armed=True)
    assert f"Until 20:00, then {then}." in read(home, decision, ANN)
    assert f"Until 20:00, then {then}." in read(home, decision, BEN)


def test_the_end_of_a_day_is_called_so() -> None:
    home = home_with()
    decision = home.hold("2026-03-06 00:00", armed=True)
    assert "Until the end of Thu 5 Mar, then disarmed." in read(home, decision, ANN)
    home.wait(timedelta(minutes=1))
    decision = home.keep("2026-03-06 00:00", timedelta(days=1))
    assert "Stays until the end of Fri 6 Mar" in read(home, decision, ANN)


def test_while_an_alarm_is_on_the_end_waits_for_it() -> None:
    home = home_with()
    home.hold("15:00", armed=True)
    home.at("13:00")
    home.burglary()
    home.wait(timedelta(seconds=1))
    text = seen(status(home.state, look(home.now)))
    assert "Until 15:00, then disarmed, once the alarm is over." in text
    assert "Next: disarmed at 15:00 (in 2 h), once the alarm is over." in text
    home.at("14:59:59")
    assert "Next: disarmed at 15:00 (in 1 s), once" in seen(status(home.state, look(home.now)))
    home.at("15:00")
    text = seen(status(home.state, look(home.now)))
    assert "Next: disarmed, once the alarm is over." in text
    home.false_alarm()
    assert "once the alarm" not in seen(status(home.state, look(home.now)))


def test_each_area_is_named_where_they_differ() -> None:
    home = two_areas()
    home.do(Arm(home.actor(ANN), HOME, HOUSE))
    text = read(home, home.hold("15:00", armed=True, area=GARDEN), ANN)
    assert "Until 15:00 in Garden, then disarmed." in text
    text = read(home, home.hold("16:00", armed=True, mode=HOME, area=HOUSE), ANN)
    assert "Until 15:00 in Garden, then disarmed." in text
    assert "Until 16:00 in House, then it stays armed, as it was before." in text


def test_the_others_hear_that_nothing_watches() -> None:
    home = home_with()
    settings = replace(home.state.settings, cameras={"hall": CameraRule()})
    cameras = {"hall": camera("Hall")}
    home.state = replace(home.state, cameras=cameras, settings=settings)
    decision = home.do(Arm(home.actor(ANN)))
    assert "⛔ NOT WATCHING" in read(home, decision, ANN)
    assert "⛔ NOT WATCHING" in read(home, decision, BEN)


def test_a_disarm_that_leaves_what_was_put_off_says_when_it_comes() -> None:
    home = home_with(EVENING, at="17:55")
    home.skip("18:00", timedelta(hours=1))
    decision = home.do(Disarm(home.actor(BEN)))
    assert read(home, decision, BEN) == (
        "🔓 Now disarmed.\nTo be armed (away) at 19:00 (in 1 h 5 min)."
    )


@pytest.mark.parametrize("page", [status, schedule_page])
def test_a_planned_arming_is_told_once(page: object) -> None:
    home = home_with(EVENING)
    home.later("12:10")
    text = seen((status if page is status else schedule_page)(home.state, look(home.now)))
    assert text.count("12:10") == 1
    assert "To be armed (away) at 12:10 (in 10 min)." in text
    assert "Next" not in text


def test_an_edge_before_a_planned_arming_is_next() -> None:
    home = home_with(replace(EVENING, start=12 * 60 + 5))
    home.later("12:10")
    text = seen(status(home.state, look(home.now)))
    assert "Next: armed (away) at 12:05" in text
    assert "To be armed (away) at 12:10" in text


def test_a_plan_tells_which_end_is_off_when_it_comes_and_when_it_has_come() -> None:
    home = home_with()
    home.hold("15:00", armed=True, mode=HOME)
    off = "The disarming planned for 15:00 is off"
    for chat, text in ((chat, read(home, home.later("13:00"), chat)) for chat in (ANN, BEN)):
        first = "🕘 To be armed (away) at 13:00 (in 1 h), set by Ann."
        assert text.startswith(f"{first}\n{off} from then on.\n"), chat
    decision = home.at("13:00")
    for chat in (ANN, BEN):
        assert f"as Ann planned.\n{off}.\n" in read(home, decision, chat)


def test_a_plan_that_changes_an_end_alone_says_so() -> None:
    home = home_with()
    home.hold("15:00", armed=True, mode=HOME)
    home.later("13:00", HOME)
    stays = "👍 Stays as it is, said Ann.\nThe disarming planned for 15:00 is off.\n🔒 Now armed"
    assert read(home, home.at("13:00"), ANN).startswith(stays)


def test_what_another_time_zone_calls_off_is_said() -> None:
    home = home_with(EVENING, at="17:52")
    home.skip("18:00", HOUR)
    text = read(home, home.do(ZoneConfigured("Asia/Tokyo")), ANN)
    assert "The arming (away) planned for 19:00 is off." in text
    assert "To be armed" not in text


def test_what_nobody_can_read_is_left_out() -> None:
    text = said_in(notice=Notice.HOLD_KEPT, off="x=y,,=away", until=None)
    assert "planned for" not in text
    many = ",".join(f"2026-03-04T21:{n}:00+00:00=away" for n in range(10, 20))
    assert said_in(notice=Notice.HOLD_KEPT, off=many).count("planned for") == 5


def test_a_planned_arming_that_could_not_be_done_promises_no_schedule() -> None:
    home = home_with()
    home.state = replace(home.state, settings=replace(settings(), zone="Europe/Berlin"))
    home.later("12:10", HOME)
    assert "if its cameras are chosen by then: /arm home asks." in seen(
        status(home.state, look(home.now))
    )
    assert read(home, home.at("12:10"), BEN) == (
        "⚠️ Not armed (home): nobody chose yet which cameras count.\n"
        "Send /arm home and choose them; then it is armed. Ann's command is not tried again."
    )


def test_a_scheduled_arming_that_could_not_be_done_is_tried_by_the_next_edge() -> None:
    assert "from then on the schedule does it by itself." in said_in(notice=Notice.MODE_NOT_CHOSEN)


def test_news_that_left_late_says_what_is_off_and_what_is_true_now() -> None:
    off = "The arming (away) planned for 12:10 is off."
    home = home_with()
    home.later("12:10")
    armed = home.do(Arm(home.actor(BEN)))
    home.wait(timedelta(seconds=1))
    home.do(Disarm(home.actor(BEN)))
    assert read(home, armed, ANN) == f"{off}\n🔓 Now disarmed since 12:00 by Ben"
    home.later("12:10")
    home.do(Arm(home.actor(BEN)))
    home.later("12:10")
    disarmed = home.do(Disarm(home.actor(BEN)))
    home.do(Arm(home.actor(BEN), HOME))
    assert read(home, disarmed, ANN) == f"{off}\n🔒 Now armed in home since 12:00 by Ben"
