"""What is said while one half of a cloud works: clips without cameras, words without ears."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alarm.core.deliveries import Words
from alarm.core.notices import Notice
from alarm.core.state import BlinkWish
from bot.words.notices import sentence
from tests.bot.words import scenes
from tests.bot.words.given import GIVEN
from tests.bot.words.looks import NIGHT, look, seen
from tests.core.home import HOUSE, Home


@pytest.mark.parametrize(("confirmed", "watching"), [(True, True), (False, False)])
def test_unchecked_cameras_are_not_watching_where_blink_was_not_seen_armed(
    confirmed: bool, watching: bool
) -> None:
    home = Home(state=scenes.armed().state, now=NIGHT)
    wish = BlinkWish(True, NIGHT, confirmed=confirmed)
    home.state = replace(home.state, areas={HOUSE: replace(home.area, wish=wish)})
    words = Words(Notice.DEVICES_BLIND, GIVEN[Notice.DEVICES_BLIND])
    text = seen(sentence(words, home.state, look()))
    assert ("NOT WATCHING since 21:03" in text) is not watching
    assert ("The cameras cannot be checked since 21:03: Blink has trouble" in text) is watching
    assert "Look into the Blink app" in text


def test_a_rival_is_told_with_what_to_do_about_it() -> None:
    words = Words(Notice.DEAF, GIVEN[Notice.DEAF])
    assert seen(sentence(words, scenes.armed().state, look())).startswith(
        "🙉 Commands are not heard since 21:03: another program uses the same bot token. "
        "Stop the other program."
    )
