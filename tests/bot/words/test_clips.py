"""What `/clip` says."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alarm.core.state import State
from bot.pages import Page
from bot.words import clips
from tests.bot.words.looks import NIGHT, camera, look, seen, without_icon
from tests.core.home import clip

GARAGE = replace(clip(NIGHT - timedelta(minutes=3)), camera_name="Garage")


def test_a_clip_is_captioned_with_its_time_and_camera() -> None:
    assert seen(Page(clips.clip_caption(GARAGE, look()))) == "22:00 (3 min ago), Garage"


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (clips.none(camera("Garage"), State()), "No clip of Garage:"),
        (clips.none(None, State()), "No clip:"),
        (clips.gone(GARAGE, look()), "is gone at Blink"),
        (clips.unreachable("Blink did not answer in time"), "Try /clip again"),
        (clips.not_sent(GARAGE, look()), "look in the Blink app"),
    ],
)
def test_a_missing_clip_is_explained(page: Page, words: str) -> None:
    assert words in seen(page)


@given(st.text(st.characters(exclude_categories=()), max_size=80) | st.just("ALARM"))
def test_any_camera_name_makes_a_caption_that_is_no_alert(name: str) -> None:
    event = replace(GARAGE, camera_name=name)
    assert not without_icon(seen(Page(clips.clip_caption(event, look())))).startswith("ALARM")
    seen(clips.gone(event, look()))
    seen(clips.none(camera(name), State()))
