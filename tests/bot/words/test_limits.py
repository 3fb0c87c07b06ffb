"""No page, caption or button is longer than Telegram takes, however much there is to show."""

from __future__ import annotations

import html
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import get_type_hints

import pytest

import bot.words
from alarm.core.deliveries import PanelBody, Words, say
from alarm.core.household import Role
from alarm.core.notices import Notice
from alarm.core.options import Group
from alarm.core.schedule.windows import Window
from alarm.core.settings import Mode, PanelState
from alarm.core.state import State
from bot import newer
from bot.chat.fitting import fitted
from bot.chat.topics.past import short
from bot.pages import Page
from bot.past import Mark
from bot.words import (
    alert,
    clips,
    contacts,
    doorbell,
    help_pages,
    journal,
    left_out,
    modes,
    notices,
    panel,
    panic,
    people,
    pins,
    plan,
    privacy,
    schedule,
    screen,
    settings,
    status,
    typed_disarm,
    window_editor,
)
from bot.words import help as help_words
from bot.words.said import Said
from bot.words.view import View
from simulator.telegram.html import parse_html, units
from simulator.telegram.limits import MAX_BUTTONS, MAX_CAPTION
from tests.bot.words import extreme
from tests.bot.words.extreme import HOMES, MANY, WHY, odd
from tests.bot.words.given import GIVEN
from tests.bot.words.looks import NIGHT, look, seen

MOST_IN_A_ROW, LONGEST_LABEL = 8, 64
VIEW = look(phone_trouble=WHY, version=odd(1), bot_username="a_bot_whose_name_is_as_long_as_can")
ROWS = [
    (NIGHT, kind, {"what": what} | dict.fromkeys(("by", "name", "reason", "old", "new"), MANY))
    for kind, what in journal.SENTENCES
]
ANSWER = say(
    Notice.PANEL_ALREADY, by=odd(1), mode="night", busy=True, over=True, sent_at=NIGHT.isoformat()
)


def windows(state: State) -> tuple[Window, ...]:
    return state.calendar.schedule.windows


def journals(view: View) -> Iterator[Page]:
    mark = Mark(round(NIGHT.timestamp() * 1000), 2**40).text
    about = f"{mark} {short(odd(1))}"
    for at in range(0, len(ROWS), 12):
        rows = ROWS[at : at + 12]
        yield journal.journal(
            rows, view, name=odd(1), newer=f"n {about}", older=f"o {about}", areas=True
        )


def notices_of(state: State, view: View) -> Iterator[Page]:
    for notice in Notice:
        for args in extreme.stretched(GIVEN[notice]):
            yield notices.sentence(Words(notice, args), state, view)


Pages = Callable[[State, View], Iterator[Page]]
# Whoever adds a page adds its line here.
PAGES: dict[str, Pages] = {
    "alert.alert": lambda s, v: (
        alert.alert(i, s, v, repeat=True, waited=timedelta(hours=5)) for i in s.incidents.values()
    ),
    "alert.retired": lambda s, v: (alert.retired(i, s, v) for i in s.incidents.values()),
    "clips.none": lambda s, _: (clips.none(c, s) for c in s.cameras.values()),
    "clips.gone": lambda _, v: (clips.gone(e, v) for e in extreme.EVENT),
    "clips.unreachable": lambda _, __: iter([clips.unreachable(WHY)]),
    "clips.on_its_way": lambda _, v: (clips.on_its_way(e, v) for e in extreme.EVENT),
    "clips.not_sent": lambda _, v: (clips.not_sent(e, v) for e in extreme.EVENT),
    "contacts.contacts": lambda s, v: iter([contacts.contacts(s, v)]),
    "contacts.contact": lambda s, v: (contacts.contact(c, s, v) for c in s.contacts),
    "contacts.ask_removal": lambda s, _: (contacts.ask_removal(c, s) for c in s.contacts),
    "contacts.ask_quiet_trial": lambda s, _: (contacts.ask_quiet_trial(c) for c in s.contacts),
    "doorbell.overview": lambda s, _: iter([doorbell.overview(s)]),
    "help.unknown_command": lambda _, __: iter([help_words.unknown_command(f"/{MANY}")]),
    "help.bad_arguments": lambda _, __: (
        help_words.bad_arguments(text) for text in (MANY, WHY, "x" * 9000)
    ),
    "help_pages.help_page": lambda _, __: (
        help_pages.help_page(topic, areas=True) for topic in ("", *help_pages.TOPICS)
    ),
    "journal.journal": lambda _, v: journals(v),
    "left_out.camera_page": lambda s, v: (
        left_out.camera_page(c, s, v) for c in s.cameras.values()
    ),
    "modes.overview": lambda s, v: iter([modes.overview(s, v)]),
    "modes.of_mode": lambda s, v: (modes.of_mode(mode, s, v) for mode in Mode),
    "modes.which_cameras": lambda s, _: (
        modes.which_cameras(Mode.NIGHT, choice, s) for choice in (None, *s.choices.values())
    ),
    "notices.sentence": notices_of,
    "panel.panel": lambda s, v: iter([panel.panel(PanelBody(tuple(s.areas), ANSWER), s, v)]),
    "panel.panel_now": lambda s, v: iter([panel.panel_now(s, v)]),
    "panel.panel_edited": lambda s, v: iter([panel.panel_edited("11", 7, s, v)]),
    "panel.panel_retired": lambda _s, _v: iter([panel.panel_retired()]),
    "panel.entry_now": lambda s, v: iter([panel.entry_now(s, v)]),
    "panel.answer": lambda s, v: iter([panel.answer(ANSWER, s, v, [str(extreme.LONG_ID)])]),
    "panic.raised": lambda _, v: iter([panic.raised(odd(1), v)]),
    "people.refused": lambda _, __: map(people.refused, Role),
    "people.elsewhere": lambda _, __: (people.elsewhere(odd(1, 128), role) for role in Role),
    "people.invite": lambda _, __: iter([people.invite()]),
    "people.users": lambda s, v: iter([people.users(s, v)]),
    "people.person": lambda s, v: (people.person(p, s, v) for p in s.people.values()),
    "people.sure": lambda s, _: (
        people.sure(p, change) for p in s.people.values() for change in people.CHANGES
    ),
    "people.home": lambda s, v: (people.home(g, v.bot_username) for g in (s.group, None)),
    "people.offer": lambda _, __: iter([people.offer(odd(1, 128))]),
    "pins.over_page": lambda _, __: iter([pins.over_page()]),
    "pins.pin_page": lambda s, _: (pins.pin_page(s, owner=owner) for owner in (True, False)),
    "pins.deleted_pin": lambda _, __: iter([pins.deleted_pin()]),
    "plan.plan": lambda s, v: iter([plan.plan(s, v, changed=html.escape(WHY))]),
    "privacy.overview": lambda s, _: iter([privacy.overview(s)]),
    "schedule.schedule_page": lambda s, v: iter([schedule.schedule_page(s, v)]),
    "screen.status": lambda s, v: (screen.status(s, v, at) for at in (None, NIGHT)),
    "screen.screen": lambda s, v: iter([screen.screen(s, v, NIGHT)]),
    "screen.screen_ended": lambda _, v: iter([screen.screen_ended(v)]),
    "settings.first_page": lambda s, _: iter([settings.first_page(s)]),
    "settings.group_page": lambda s, _: (
        settings.group_page(g, s, html.escape(WHY)) for g in Group
    ),
    "status.cameras": lambda s, v: iter([status.cameras(s, v)]),
    "status.threshold": lambda s, v: (status.threshold(s, v, mode) for mode in Mode),
    "window_editor.editor": lambda s, _: (window_editor.editor(w, s) for w in windows(s)),
    "newer.words": lambda _, __: iter([newer.words()]),
    "typed_disarm.refused": lambda s, _: (typed_disarm.refused(text, s) for text in (MANY, WHY)),
}
# They make pages of what others give them.
MAKERS = {"markup.page", "newer.words"}


def test_every_page_is_judged() -> None:
    found = set()
    for module_info in pkgutil.iter_modules(bot.words.__path__):
        module = importlib.import_module(f"bot.words.{module_info.name}")
        for name, function in vars(module).items():
            if inspect.isfunction(function) and function.__module__ == module.__name__:
                hints = get_type_hints(function)
                is_page = hints.get("return") is Page and Said not in hints.values()
                if is_page and not name.startswith("_"):
                    found.add(f"{module_info.name}.{name}")
    assert set(PAGES) - MAKERS == found - MAKERS


@pytest.mark.parametrize("which", PAGES)
@pytest.mark.parametrize("panel_state", PanelState)
def test_no_page_is_more_than_telegram_takes(which: str, panel_state: PanelState) -> None:
    for page in PAGES[which](HOMES[panel_state], VIEW):
        seen(page)
        assert sum(map(len, page.buttons)) <= MAX_BUTTONS
        for row in page.buttons:
            assert len(row) <= MOST_IN_A_ROW
            for button in row:
                assert len(button.text) <= LONGEST_LABEL
                assert not button.text.startswith(" ")
        # The last look before it leaves finds nothing to do.
        assert fitted(page) is page


def test_no_caption_is_longer_than_telegram_takes() -> None:
    for event in extreme.EVENT:
        captions = [doorbell.ring_caption(event, VIEW), clips.clip_caption(event, VIEW)]
        captions += [alert.caption(event, i, VIEW) for i in extreme.incidents()]
        for caption in captions:
            assert units(parse_html(caption)[0]) <= MAX_CAPTION


def test_with_more_cameras_than_buttons_the_way_on_is_still_there() -> None:
    cameras = {c.id: c for c in map(extreme.camera, range(120))}
    state = replace(HOMES[PanelState.DISARMED], cameras=cameras)
    asked = fitted(modes.which_cameras(Mode.NIGHT, None, state))
    assert sum(map(len, asked.buttons)) == MAX_BUTTONS
    assert [b.text for b in asked.buttons[-1]] == ["Done"]
    for page in (asked, fitted(status.cameras(state, VIEW))):
        seen(page)
        assert sum(map(len, page.buttons)) <= MAX_BUTTONS
