"""Whatever people call their cameras, areas and themselves, every message is accepted and true."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alarm.core.deliveries import PanelBody, say
from alarm.core.incident import IncidentKind
from alarm.core.notices import Notice
from alarm.core.state import State
from bot.pages import Page
from bot.words import panel, screen, status
from bot.words.alert import alert, caption
from bot.words.readiness import weak_points
from tests.bot.words import scenes
from tests.bot.words.looks import look, seen, without_icon
from tests.bot.words.test_status import STATE_WORD
from tests.core.home import HOUSE, Home

MAX_CAPTION = 1024
SCENES = dict(scenes.all_scenes())
NASTY = [
    "ALARM",
    "TEST",
    "triggered",
    "Armed",
    "<b>",
    "&lt;",
    "</b>",
    "",
    "\u202e",
    "\ud800",
    "a\nb",
]
NAMES = st.text(st.characters(exclude_categories=()), max_size=80) | st.sampled_from(NASTY)


def renamed(state: State, name: str) -> State:
    """Give everything in the state that has a name the same one."""
    return replace(
        state,
        areas={k: replace(a, name=name, changed_by=name) for k, a in state.areas.items()},
        cameras={
            k: replace(c, name=name, online=False, battery_low=True)
            for k, c in state.cameras.items()
        },
        people={k: replace(p, name=name, reachable=False) for k, p in state.people.items()},
        contacts=tuple(replace(c, name=name) for c in state.contacts),
        health=replace(state.health, blind_reason=name),
        incidents={
            k: replace(
                i,
                area_name=name,
                opened_by=name,
                acted_by=name,
                rule_text=name,
                calls=tuple(replace(c, contact=name) for c in i.calls),
                events=tuple(replace(e, camera_name=name) for e in i.events),
            )
            for k, i in state.incidents.items()
        },
    )


def pages(home: Home, state: State, name: str) -> Iterator[Page]:
    """Yield every page but alerts."""
    view = look(home.now, phone_trouble=name, version=name, bot_username=name)
    yield screen.status(state, view)
    yield status.cameras(state, view)
    yield status.threshold(state, view)
    yield panel.panel_now(state, view)
    for notice in (Notice.PANEL_ARMED, Notice.PANEL_ALREADY):
        yield panel.panel(PanelBody((HOUSE,), say(notice, by=name)), state, view)


@pytest.mark.parametrize("scene", SCENES)
@settings(max_examples=25)
@given(name=NAMES, many=st.booleans())
def test_every_message_is_accepted_and_its_first_words_are_ours(
    scene: str, name: str, many: bool
) -> None:
    home = SCENES[scene]
    state = renamed(scenes.two_areas(home.state) if many else home.state, name)
    for page in pages(home, state, name):
        assert not without_icon(seen(page)).startswith(("ALARM", "TEST"))
    view = look(home.now)
    found = STATE_WORD.search(seen(screen.status(state, view)))
    assert found is not None
    assert found[1].casefold() == home.area.panel.value
    for line in weak_points(state, view):
        seen(Page(line))
    for incident in state.incidents.values():
        word = "TEST" if incident.kind is IncidentKind.DRILL else "ALARM"
        assert without_icon(seen(alert(incident, state, view, repeat=True))).startswith(word)
        for event in incident.events:
            text = seen(Page(caption(event, incident, view)))
            assert len(text) <= MAX_CAPTION
            assert not text.startswith("ALARM")
