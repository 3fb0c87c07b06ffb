"""How contacts, changes of them and test calls read."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import settings as test_settings
from hypothesis import strategies as st

from alarm.core.contact import Contact, Trial, Tried
from alarm.core.deliveries import Scalar, say
from alarm.core.errors import BadInput
from alarm.core.notices import Notice
from alarm.core.quiet_hours import QuietHours
from alarm.core.state import State
from bot.words import contacts as words
from bot.words import screen
from bot.words.contact_arguments import find_contact, read_contact, read_quiet, read_rename
from bot.words.notices import sentence
from bot.words.speech import spoken_trial
from tests.bot.words.looks import NIGHT, look, pressable, seen, well
from tests.core.home import ANN, household

LATE = QuietHours(22 * 60, 7 * 60)
THREE_DAYS_AGO = NIGHT - timedelta(days=3)


def home(*contacts: Contact) -> State:
    state = well()
    berlin = replace(state.settings, zone="Europe/Berlin")
    return replace(state, contacts=contacts or state.contacts, settings=berlin)


def ann(**changes: object) -> Contact:
    return replace(Contact("c1", "Ann", "+491510000023"), **changes)  # type: ignore[arg-type]


def listed(contact: Contact, state: State | None = None) -> str:
    """Return the line on the contact in the list."""
    text = seen(words.contacts(state or home(contact), look()))
    return next(line for line in text.splitlines() if line.startswith("1. "))


def said(notice: Notice, **args: Scalar) -> str:
    return seen(sentence(say(notice, **args), home(), look()))


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


# -- what came of it -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outcome", "rang", "words_of_it"),
    [
        ("answered", 12.0, "✅ Test call to Ann: answered after 12 s."),
        ("answered", None, "✅ Test call to Ann: answered."),
        ("busy", None, "📵 Test call to Ann: busy."),
        ("no answer", None, "📵 Test call to Ann: nobody answered."),
        ("answering machine", None, "📵 Test call to Ann: an answering machine took it."),
        ("failed", None, "📵 Test call to Ann: the call failed."),
        ("failed: no money", None, "📵 Test call to Ann: the call failed: no money."),
        ("failed: expired", None, "📵 Test call to Ann: could not be called."),
        ("no result", None, "📵 Test call to Ann: could not be called."),
        ("cancelled", None, "📵 Test call to Ann: could not be called."),
        (
            "stopped for an alarm",
            None,
            "📵 Test call to Ann: stopped, an alarm needed the phones.",
        ),
    ],
)
def test_each_result_of_a_test_call_is_one_sentence(
    outcome: str, rang: float | None, words_of_it: str
) -> None:
    text = said(Notice.TRIAL_OVER, name="Ann", outcome=outcome, rang=rang)
    assert text.splitlines()[0] == words_of_it


@pytest.mark.parametrize("why", ["alarm", "drill", "running", "limit"])
def test_each_refusal_of_a_test_call_says_why(why: str) -> None:
    text = said(Notice.TRIAL_REFUSED, name="Ann", why=why)
    assert text.startswith("✋ No test call to Ann now: ")
    others = {"alarm", "drill", "running", "limit"} - {why}
    assert text not in {said(Notice.TRIAL_REFUSED, name="Ann", why=w) for w in others}


@pytest.mark.parametrize(
    ("notice", "args", "words_of_it"),
    [
        (
            Notice.CONTACT_ADDED,
            {"name": "Cleo", "by": "Ann", "place": 3, "own": False},
            "✅ Cleo is called from now on, added by Ann, as number 3.",
        ),
        (
            Notice.CONTACT_REMOVED,
            {"name": "Cleo", "by": "Ann", "left": 1},
            "✅ Cleo is called no more, removed by Ann.",
        ),
        (
            Notice.CONTACT_MOVED,
            {"name": "Cleo", "place": 1, "old": 3},
            "✅ Cleo is called as number 1 (before: 3).",
        ),
        (
            Notice.CONTACT_MOVED,
            {"name": "Cleo", "place": 1, "old": 1},
            "Cleo is called first already.",
        ),
        (
            Notice.CONTACT_RENAMED,
            {"name": "Ann", "old": "Phone 1"},
            "✅ Ann is the new name (before: Phone 1).",
        ),
        (
            Notice.CONTACT_QUIET,
            {"name": "Ann", "start": 1380, "end": 425, "old_start": None, "old_end": None},
            "✅ Ann: quiet hours 23:00-7:05 (before: none).",
        ),
        (
            Notice.CONTACT_QUIET,
            {"name": "Ann", "start": None, "end": None, "old_start": 0, "old_end": 60},
            "✅ Ann: quiet hours none (before: 0:00-1:00).",
        ),
    ],
)
def test_each_change_is_confirmed_with_old_and_new(
    notice: Notice, args: dict[str, Scalar], words_of_it: str
) -> None:
    assert said(notice, **args).splitlines()[0] == words_of_it


def test_the_last_phone_removed_is_a_warning() -> None:
    text = said(Notice.CONTACT_REMOVED, name="Cleo", by="Ann", left=0)
    assert "No phone is left" in text
    assert "No phone is left" not in said(Notice.CONTACT_REMOVED, name="Cleo", left=1)


@pytest.mark.parametrize(
    ("why", "part"),
    [
        ("known", "on the list already: Ann"),
        ("taken", "a contact called Ann already"),
        ("full", "No more than 10 contacts"),
        ("gone", "not on the list any more"),
    ],
)
def test_each_refusal_says_why(why: str, part: str) -> None:
    assert part in said(Notice.CONTACT_REFUSED, name="Ann", why=why, most=10)


# -- what people write -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name", "number"),
    [
        ("Ann +49 151 23456789", "Ann", "+4915123456789"),
        ("Aunt Mary  +44 (20) 7946-0123", "Aunt Mary", "+442079460123"),
        ("Phone 2 +4915123456789", "Phone 2", "+4915123456789"),
        ('"Ann" +4915123456789', "Ann", "+4915123456789"),
        ("A+B +4915123456789", "A+B", "+4915123456789"),
    ],
)
def test_a_contact_is_read_as_people_write_it(text: str, name: str, number: str) -> None:
    assert read_contact(text) == (name, number)


@pytest.mark.parametrize(
    ("text", "who", "hours"),
    [
        ("Ann 23:00-7:00", "ann", QuietHours(1380, 420)),
        ("Ann 23-7", "ann", QuietHours(1380, 420)),
        ("Phone 2 9.30 to 17", "phone 2", QuietHours(570, 1020)),
        ("22:00 – 24:00", "", QuietHours(1320, 0)),
        ("Ann off", "ann", None),
        ("off", "", None),
        ("Anno none", "anno", None),
    ],
)
def test_quiet_hours_are_read_as_people_write_them(
    text: str, who: str, hours: QuietHours | None
) -> None:
    assert read_quiet(text) == (who, hours)


def test_a_contact_is_found_by_place_name_and_part() -> None:
    contacts = home(ann(), ann(id="c2", name="Annika"), ann(id="c3", name="Uncle Ben")).contacts
    for text, found in (("2", "c2"), ("ann", "c1"), ("anni", "c2"), ("BEN", "c3")):
        assert find_contact(text, contacts).id == found


def test_without_a_name_the_own_phone_is_meant() -> None:
    contacts = household().contacts
    own = (contacts[0], replace(contacts[1], user_id=ANN))
    assert find_contact("", own, user_id=ANN) == own[1]
    assert find_contact("", contacts[:1]) == contacts[0]


def test_the_longest_name_is_the_one_that_is_renamed() -> None:
    contacts = (ann(name="Phone"), ann(id="c2", name="Phone 1"))
    assert read_rename("phone 1 Ben", contacts) == (contacts[1], "Ben")
    assert read_rename("Phone = Ben", contacts) == (contacts[0], "Ben")


@given(text=st.text(max_size=60))
@test_settings(max_examples=200, deadline=None)
def test_whatever_is_written_is_read_or_refused(text: str) -> None:
    contacts = household().contacts
    for read in (
        read_contact,
        read_quiet,
        lambda typed: read_rename(typed, contacts),
        lambda typed: find_contact(typed, contacts),
    ):
        with suppress(BadInput):
            read(text)
