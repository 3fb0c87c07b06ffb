"""How the list of contacts reads, and what /status says of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import settings as test_settings
from hypothesis import strategies as st

from alarm.core.contact import Contact, Trial, Tried
from alarm.core.quiet_hours import QuietHours
from alarm.core.state import State
from bot.words import contacts as words
from bot.words import screen
from bot.words.speech import spoken_trial
from tests.bot.words.looks import NIGHT, look, pressable, seen
from tests.bot.words.phones import LATE, THREE_DAYS_AGO, ann, home
from tests.core.home import ANN


def listed(contact: Contact, state: State | None = None) -> str:
    """Return the line on the contact in the list."""
    text = seen(words.contacts(state or home(contact), look()))
    return next(line for line in text.splitlines() if line.startswith("1. "))


# -- the list --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("contact", "line"),
    [
        (ann(), "1. Ann (+49 ... 23), never tested"),
        (ann(quiet=QuietHours(540, 1020)), "1. Ann (+49 ... 23), quiet 9:00-17:00, never tested"),
        (ann(quiet=LATE), "1. Ann (+49 ... 23), 🌙 now quiet 22:00-7:00, never tested"),
        (
            ann(tried=Tried(THREE_DAYS_AGO, "answered", timedelta(seconds=12))),
            "1. Ann (+49 ... 23), tested 3 days ago: answered after 12 s",
        ),
        (
            ann(tried=Tried(THREE_DAYS_AGO, "no answer")),
            "1. Ann (+49 ... 23), tested 3 days ago: nobody answered",
        ),
    ],
)
def test_each_contact_is_one_line(contact: Contact, line: str) -> None:
    assert listed(contact) == line


def test_a_test_call_under_way_is_said() -> None:
    state = replace(home(ann()), trial=Trial("d1", "c1", ANN, NIGHT))
    assert listed(ann(), state).endswith(", test call under way")


def test_trouble_with_the_account_is_said_in_the_list() -> None:
    view = look(phone_ready=False)
    assert "no phone will ring" in seen(words.contacts(home(ann()), view))


def test_a_contact_offers_what_makes_sense() -> None:
    state = home(ann(user_id=ANN, quiet=LATE), ann(id="c2", name="Ben"))
    first = words.contact(state.contacts[0], state, look())
    assert pressable(first) == [
        "📞 Test call",
        "Quiet 23:00-7:00",
        "Never quiet",
        "Remove",
        "Back",
    ]
    assert "Reads in chat: Ann" in seen(first)
    second = words.contact(state.contacts[1], state, look())
    assert pressable(second) == [
        "📞 Test call",
        "⬆️ Earlier",
        "Quiet 22:00-7:00",
        "Quiet 23:00-7:00",
        "This is my phone",
        "Remove",
        "Back",
    ]


def test_the_last_one_is_not_removed_without_a_warning() -> None:
    state = home(ann())
    assert "nobody is called in an alarm" in seen(words.ask_removal(ann(), state))
    state = home(ann(), ann(id="c2", name="Ben"))
    assert "nobody" not in seen(words.ask_removal(ann(), state))


@given(name=st.text(max_size=40), who=st.text(max_size=40))
@test_settings(max_examples=60, deadline=None)
def test_any_name_can_be_shown(name: str, who: str) -> None:
    state = home(ann(name=name, quiet=LATE), ann(id="c2", name=who))
    for page in (
        words.contacts(state, look()),
        words.contact(state.contacts[0], state, look()),
        words.ask_removal(state.contacts[0], state),
        words.ask_quiet_trial(state.contacts[0]),
    ):
        seen(page)
    assert spoken_trial(state.contacts[0]).startswith("This is only a test call")


def test_the_phone_says_that_it_is_only_a_test() -> None:
    text = spoken_trial(ann(name="Ann 📱"))
    assert text.startswith("This is only a test call of your Blink alarm for Ann. Nothing happened")


# -- /status ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("contacts", "line"),
    [
        ((ann(),), "Last test call: none yet. /contacts makes one."),
        (
            (
                ann(tried=Tried(NIGHT - timedelta(days=9), "busy")),
                ann(id="c2", name="Ben", tried=Tried(THREE_DAYS_AGO, "answered")),
            ),
            "Last test call: Ben 3 days ago, answered",
        ),
    ],
)
def test_status_tells_the_last_test_call(contacts: tuple[Contact, ...], line: str) -> None:
    assert line in seen(screen.status(home(*contacts), look())).splitlines()


def test_status_without_a_phone_is_silent_about_test_calls() -> None:
    view = look(phone_ready=False)
    assert "test call" not in seen(screen.status(home(ann()), view))
