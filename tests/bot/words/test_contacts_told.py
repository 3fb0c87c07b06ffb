"""How changes of the contacts and test calls are told."""

from __future__ import annotations

import pytest

from alarm.core.deliveries import Scalar, say
from alarm.core.notices import Notice
from bot.words.notices import sentence
from tests.bot.words.looks import look, seen
from tests.bot.words.phones import home


def said(notice: Notice, **args: Scalar) -> str:
    return seen(sentence(say(notice, **args), home(), look()))


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
            "✅ Cleo is called from now on, as number 3.",
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


def test_who_added_the_own_phone_reads_of_it_and_the_others_do_not_take_it_for_theirs() -> None:
    told: dict[str, Scalar] = {"name": "Gus", "by": "Gus", "place": 2}
    assert said(Notice.CONTACT_ADDED, **told, own=True) == (
        "✅ Gus is called from now on, as number 2. You also read it in chat.\n"
        "Try it: /contacts test"
    )
    assert said(Notice.CONTACT_ADDED, **told) == (
        "✅ Gus is called from now on, as number 2 (by Gus)."
    )


def test_it_is_said_whose_phone_it_is_and_who_may_change_it() -> None:
    assert said(Notice.CONTACT_REFUSED, why="whose", name="Phone 1", whose="Ann") == (
        "✋ Phone 1 is Ann's phone and stays so. Only an owner can change that, with "
        "/contacts me; Ann is told."
    )


def test_who_lost_a_phone_to_an_owner_reads_who_has_it() -> None:
    assert said(Notice.CONTACT_TAKEN, name="Phone 1", by="Ann").startswith(
        "⚠️ Phone 1 is not your phone any more, says Ann: in the list of contacts it is theirs now."
    )
    owned = said(Notice.CONTACT_OWNED, name="Phone 1", by="Ann", before="Ben")
    assert owned.startswith("✅ Phone 1 is your phone (before: of Ben).")
