"""Whoever takes the last camera away is told at once that nobody watches, and so are the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from alarm.core.commands import LeaveOut, SetCameraRule, SetModeCameras, SetOption
from alarm.core.deliveries import WordsBody, say
from alarm.core.draft import Decision
from alarm.core.events import Camera
from alarm.core.notices import Notice
from alarm.core.options import Group
from alarm.core.settings import CameraRule, Mode
from alarm.core.state import Person, Role
from bot.words.notices import sentence
from bot.words.settings import group_page
from tests.bot.words.looks import look, seen
from tests.bot.words.scenes import armed
from tests.core.home import ANN, BEN, HOUSE, Home

BLIND = "⛔ NOT WATCHING."


def house(*names: str) -> Home:
    home = armed()
    cameras = {name: Camera(name, HOUSE, name.title()) for name in names}
    owner = Person(BEN, "Ben", Role.OWNER)
    people = {**home.state.people, str(BEN): owner}
    home.state = replace(home.state, cameras=cameras, people=people)
    return home


def told(home: Home, decision: Decision, chat: int, notice: Notice) -> str:
    (words,) = [
        d.body.words
        for d in decision.effects
        if isinstance(d.body, WordsBody) and d.target == str(chat) and d.body.words.notice is notice
    ]
    return seen(sentence(words, home.state, look(home.now)))


def leave_out(home: Home) -> Decision:
    return home.do(LeaveOut(home.actor(), "hall"))


def never(home: Home) -> Decision:
    return home.do(SetCameraRule(home.actor(), "hall", CameraRule()))


def want_five(home: Home) -> Decision:
    return home.do(SetOption(home.actor(), "away-distinct", "5"))


def choose(home: Home) -> Decision:
    return home.do(SetModeCameras(home.actor(), Mode.AWAY, frozenset({"gone"})))


WAYS = [
    (leave_out, Notice.LEFT_OUT, Notice.LEFT_OUT, "No camera counts in away now."),
    (never, Notice.CAMERA_RULE, Notice.CAMERA_RULE, "No camera counts in away now."),
    (want_five, Notice.SETTING_SET, Notice.SETTING_CHANGED, "5 different cameras must see motion"),
]


@pytest.mark.parametrize(("do", "answer", "news", "why"), WAYS)
def test_who_blinds_an_armed_house_is_told_and_the_others_too(
    do: Callable[[Home], Decision], answer: Notice, news: Notice, why: str
) -> None:
    home = house("hall")
    decision = do(home)
    for chat, notice in ((ANN, answer), (BEN, news)):
        text = told(home, decision, chat, notice)
        assert f"{BLIND} {why}" in text


@pytest.mark.parametrize(("do", "answer", "news"), [way[:3] for way in WAYS])
def test_a_house_that_can_still_ring_or_is_disarmed_is_not_said_to_be_blind(
    do: Callable[[Home], Decision], answer: Notice, news: Notice
) -> None:
    watched, disarmed = house(*"abcd", "hall"), house("hall")
    disarmed.disarm()
    for home in (watched, disarmed):
        decision = do(home)
        for chat, notice in ((ANN, answer), (BEN, news)):
            assert "NOT WATCHING" not in told(home, decision, chat, notice)


@pytest.mark.parametrize(("wanted", "warned"), [(2, False), (3, True), (9, True)])
def test_more_cameras_than_there_are_is_warned_of_before_it_is_armed(
    wanted: int, warned: bool
) -> None:
    home = house("hall", "yard")
    home.disarm()
    decision = home.do(SetOption(home.actor(), "away-distinct", str(wanted)))
    line = f"⚠️ Too many: away has 2 cameras, so {wanted} different ones can never see motion."
    answer = told(home, decision, ANN, Notice.SETTING_SET).splitlines()
    assert (line in answer) is warned
    assert (line in told(home, decision, BEN, Notice.SETTING_CHANGED).splitlines()) is warned
    page = seen(group_page(Group.AWAY, home.state, "✅ x")).splitlines()
    assert (line in page) is warned


def test_cameras_that_do_not_count_make_none_of_them() -> None:
    home = house("hall", "yard")
    home.disarm()
    never(home)
    decision = home.do(SetOption(home.actor(), "away-distinct", "2"))
    answer = told(home, decision, ANN, Notice.SETTING_SET)
    assert "away has 1 camera, so 2 different ones" in answer


def test_the_cameras_of_a_mode_say_it_too() -> None:
    home = house("hall")
    assert BLIND in told(home, choose(home), ANN, Notice.MODE_CAMERAS)


def test_a_step_by_button_shows_it_on_the_page() -> None:
    home = house("hall", "yard")
    home.do(SetOption(home.actor(), "away-distinct", "3", by_button=True))
    assert f"{BLIND} 3 different cameras" in seen(group_page(Group.AWAY, home.state, "✅"))
    home.do(SetOption(home.actor(), "away-distinct", "2", by_button=True))
    assert "NOT WATCHING" not in seen(group_page(Group.AWAY, home.state, "✅"))


def test_the_notice_of_a_camera_that_the_alarm_left_out_says_it() -> None:
    home = house("hall")
    words = say(Notice.SWINGER, camera="Hall", camera_id="hall", count=2, area="House")
    assert "NOT WATCHING" not in seen(sentence(words, home.state, look(home.now)))
    leave_out(home)
    assert BLIND in seen(sentence(words, home.state, look(home.now)))


def test_one_that_cannot_ring_for_want_of_others_says_so_when_one_is_left_out() -> None:
    home = house("hall", "yard")
    home.do(SetOption(home.actor(), "away-distinct", "2"))
    text = told(home, leave_out(home), ANN, Notice.LEFT_OUT)
    assert f"{BLIND} 2 different cameras must see motion, and only 1 can" in text
