"""Who hears of a changed setting, when, and what the journal notes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from alarm.core.commands import SetOption
from alarm.core.notices import Notice
from alarm.core.settings import Mode
from alarm.core.settings_change import AT_REST
from alarm.core.state import Person, Role
from tests.core.home import ANN, BEN, SECOND, Home, said, sentences


def two_owners() -> Home:
    home = Home()
    people = {**home.state.people, str(BEN): Person(BEN, "Ben", Role.OWNER)}
    home.state = replace(home.state, people=people)
    return home


def set_exit(home: Home, value: str, user: int = ANN) -> None:
    home.do(SetOption(home.actor(user), "away-exit-delay", value, by_button=True))


def test_a_change_is_journaled_with_who_what_old_and_new() -> None:
    home = Home()
    home.do(SetOption(home.actor(), "away-exit-delay", "45s"))
    (row,) = home.rows
    assert (row.kind, row.data["what"], row.data["by"]) == ("journal", "setting", "Ann")
    told = (row.data["setting"], row.data["old"], row.data["new"])
    assert told == ("away-exit-delay", "1 min", "45 s")


def test_a_value_as_before_is_answered_and_no_news() -> None:
    home = two_owners()
    home.do(SetOption(home.actor(), "away-exit-delay", "60s"))
    assert said(home.effects) == [Notice.SETTING_SET]
    assert home.rows == []


def test_a_press_needs_no_answer_beside_its_page() -> None:
    home = Home()
    set_exit(home, "45s")
    assert home.effects == []


def test_other_owners_hear_once_and_silently_when_it_has_come_to_rest() -> None:
    home = two_owners()
    for value in ("45s", "30s", "15s"):
        set_exit(home, value)
        home.wait(SECOND)
    (news,) = [d for d in home.waiting() if said([d]) == [Notice.SETTING_CHANGED]]
    assert int(news.target) == BEN
    assert news.next_try == home.now - SECOND + AT_REST
    (words,) = sentences([news])
    assert (words.args["old"], words.args["new"]) == ("1 min", "15 s")


def test_a_change_that_was_taken_back_is_no_news() -> None:
    home = two_owners()
    set_exit(home, "45s")
    set_exit(home, "60s")
    assert home.waiting() == []


def test_changes_of_different_settings_are_told_each() -> None:
    home = two_owners()
    set_exit(home, "45s")
    home.do(SetOption(home.actor(), "cycles", "3", by_button=True))
    assert [words.args["setting"] for words in sentences(home.waiting())] == [
        "away-exit-delay",
        "cycles",
    ]


def test_one_update_changes_a_setting_once() -> None:
    home = Home()
    command = SetOption(home.actor(), "away-exit-delay", "45s")
    home.do(command)
    home.do(SetOption(home.actor(), "away-exit-delay", "60s"))
    home.do(command)
    assert home.state.settings.mode(Mode.AWAY).exit_delay == timedelta(seconds=60)
