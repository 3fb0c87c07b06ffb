"""What the alarm really says stands among what every wording is tried with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from alarm.core.commands import Disarm
from alarm.core.deliveries import Delivery, PanelBody, Words, WordsBody
from alarm.core.notices import Notice
from bot.pages import Press
from bot.words.notices import sentence
from tests.bot.words import scenes
from tests.bot.words.given import AN_HOUR_AGO, GIVEN
from tests.bot.words.looks import look, pressable, seen
from tests.core.home import GARDEN, HOUSE, MINUTE
from tests.core.schedule.timed import DAYS_OUT, TimedHome, berlin, home_with

SCENES = dict(scenes.all_scenes())


def unknown(deliveries: Iterable[Delivery]) -> set[tuple[Notice, str]]:
    """Return the arguments with which no wording is tried."""
    said = [d.body.words for d in deliveries if isinstance(d.body, WordsBody | PanelBody)]
    return {(w.notice, key) for w in said for key in w.args if key not in GIVEN[w.notice]}


@pytest.mark.parametrize("scene", SCENES)
def test_every_scene_says_what_is_given(scene: str) -> None:
    assert unknown(SCENES[scene].effects) == set()


def late(home: TimedHome, *, garden: bool = False) -> Iterable[Delivery]:
    """Let a disarm of before come when the schedule has armed the house."""
    home.at("08:00")
    home.wait(10 * MINUTE)
    actor = replace(home.actor(), sent_at=berlin("07:10"))
    return home.do(Disarm(actor, area=HOUSE if garden else None)).effects


@pytest.mark.parametrize("garden", [False, True])
def test_a_late_disarm_says_what_is_given(garden: bool) -> None:
    home = home_with(DAYS_OUT, at="07:00")
    if garden:
        home.state = scenes.two_areas(home.state)
        assert GARDEN in home.state.areas
    effects = late(home, garden=garden)
    assert unknown(effects) == set()
    said = [d.body.words for d in effects if isinstance(d.body, WordsBody)]
    assert {w.args["overtaken"] for w in said if "overtaken" in w.args} == {"away"}


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("notice", [Notice.DISARMED, Notice.DISARMED_BY])
@pytest.mark.parametrize("network", [HOUSE, None])
def test_a_disarm_that_overtook_the_schedule_offers_the_arming_that_it_ended(
    notice: Notice, scene: str, network: str | None
) -> None:
    home = SCENES[scene]
    about = {"overtaken": "night", "sent": AN_HOUR_AGO, "network": network}
    shown = sentence(Words(notice, {**GIVEN[notice], **about}), home.state, look(home.now))
    assert "⚠️ Sent at 21:03, done late. The schedule had armed (night) since then" in seen(shown)
    assert pressable(shown) == ["Arm"]
    assert shown.buttons[0][0].data == f"{Press.ARM.value}:night{f':{HOUSE}' if network else ''}"
