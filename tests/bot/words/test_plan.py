"""What /plan says of the night to come."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from alarm.core.contact import Contact
from alarm.core.deliveries import say
from alarm.core.household import HomeGroup
from alarm.core.notices import Notice
from alarm.core.quiet_hours import QuietHours
from alarm.core.settings import Mode, ModeSettings, Plan
from alarm.core.state import State
from bot.words import plan as words
from bot.words.notices import sentence
from tests.bot.words import scenes
from tests.bot.words.looks import NIGHT, look, seen
from tests.core.home import BEN, HOUR, seconds, settings

NAMES = ("Ann", "Ben", "Cleo", "Dan")


def home(phones: int = 2, plan: Plan | None = None, entry: timedelta = timedelta(0)) -> State:
    """Return an armed home at 22:07:10 whose contacts have names."""
    state = scenes.armed().state
    contacts = tuple(
        Contact(f"c{n}", name, f"+4915100000{n}3") for n, name in enumerate(NAMES[:phones], 1)
    )
    chosen = replace(settings(plan=plan, entry_delay=entry), zone="Europe/Berlin")
    return replace(state, contacts=contacts, settings=chosen)


def lines(state: State, **changes: object) -> list[str]:
    view = look(NIGHT + timedelta(minutes=4), **changes)
    return seen(words.plan(state, view)).splitlines()


def test_it_tells_step_by_step_what_would_happen() -> None:
    assert lines(home())[:13] == [
        "If it rang now, at 22:07",
        "",
        "22:07:10 written to Ann, Ben",
        "22:07:40 Ann's phone (+49 ... 13) rings up to 25 s",
        "22:08:05 Ben's phone (+49 ... 23) rings up to 25 s",
        "22:10:00 round 2: Ann, then Ben",
        "22:10:50 nobody reacted: told here, then a reminder every 10 min",
        "22:40:50 calls again, then every 30 min for 3 h, every 6 h for a day",
        "After 20 calls for one alarm, about Thu 19:10, the chat alone goes on.",
        "",
        "Acknowledge, False alarm or Disarm stops it at any time.",
        "Whoever picks up has 1 min for that; then the next phone rings.",
        "Calls left today: 60 of 60.",
    ]


def test_who_sleeps_comes_last_with_a_moon() -> None:
    state = home()
    sleeping = replace(state.contacts[0], quiet=QuietHours(1320, 420))
    text = lines(replace(state, contacts=(sleeping, state.contacts[1])))
    assert text[3] == "22:07:40 Ben's phone (+49 ... 23) rings up to 25 s"
    assert text[4] == "22:09:35 round 2: Ben, then Ann 🌙 22:00-7:00"


def test_many_rounds_are_cut_short() -> None:
    text = lines(home(phones=1, plan=Plan(cycles=10)))
    assert sum(" round " in line for line in text) == 3
    assert "… and so on, 10 rounds in all" in text


def test_the_limit_of_an_alarm_is_told() -> None:
    text = lines(home(phones=4, plan=Plan(cycles=10)))
    (line,) = [line for line in text if "for one alarm" in line]
    assert line.startswith("After 20 calls for one alarm, about 22:2")
    assert not any("for one alarm" in line for line in lines(home(phones=1)))


def test_the_limit_of_a_day_is_told() -> None:
    used = (NIGHT - HOUR,) * 57
    text = lines(replace(home(), calls_at=used))
    assert "Calls left today: 3 of 60." in text
    assert "About 22:10 the calls of a day are used up." in text
    text = lines(replace(home(), calls_at=used + used))
    assert "📵 No call is left today (60 a day): only the chat tells." in text
    assert not any("rings up to" in line for line in text)


def test_without_a_phone_it_says_so_and_foretells_none() -> None:
    for text in (lines(home(phones=0)), lines(home(), phone_ready=False)):
        assert not any("rings up to" in line or "picks up" in line for line in text)
        assert any(line.startswith("⚠️ No phone configured") for line in text)


def test_trouble_with_the_account_is_said() -> None:
    text = lines(home(), phone_trouble="Twilio refuses the credentials")
    assert "⚠️ Calls may fail: Twilio refuses the credentials." in text


def test_a_chat_that_cannot_be_reached_is_named() -> None:
    state = home()
    lost = {key: replace(p, reachable=p.user_id != BEN) for key, p in state.people.items()}
    assert lines(replace(state, people=lost))[2] == (
        "22:07:10 written to Ann (Ben cannot be reached)"
    )
    nobody = {key: replace(p, reachable=False) for key, p in state.people.items()}
    text = lines(replace(state, people=nobody))
    assert text[2] == "22:07:10 nobody reads it in chat (Ann, Ben cannot be reached)"
    assert text[3].startswith("22:07:20 Ann's phone")


@pytest.mark.parametrize(
    ("reachable", "line"),
    [
        (True, "22:07:10 written to Ann, Ben, the group Family"),
        (False, "22:07:10 written to Ann, Ben (the group Family cannot be reached)"),
    ],
)
def test_the_homes_group_reads_it_too(reachable: bool, line: str) -> None:
    group = HomeGroup(-77, "Family", reachable=reachable)
    assert lines(replace(home(), group=group))[2] == line


def test_a_group_alone_is_somebody_who_reads_it() -> None:
    state = replace(home(entry=seconds(45)), people={}, group=HomeGroup(-77, "Family"))
    text = lines(state)
    assert text[2].endswith("motion: the group Family warned at once, 45 s to press Disarm")
    assert text[3] == "22:07:10 written to the group Family"
    assert text[4].startswith("22:07:25 Ann's phone")


def test_a_warning_that_nobody_reads_is_said_to_be_one() -> None:
    text = lines(replace(home(entry=seconds(45)), people={}))
    assert text[2] == "22:06:25 motion: nobody reads the warning, 45 s to press Disarm"


def test_a_disarmed_home_is_said_to_be() -> None:
    state = scenes.disarmed().state
    assert lines(state)[0] == "If it rang now in away, at 22:07 (it is disarmed)"


def test_an_entry_delay_is_told_and_shortens_the_abort_window() -> None:
    state = home(entry=seconds(45))
    text = lines(state)
    assert text[2] == "22:06:25 motion: Ann, Ben warned at once, 45 s to press Disarm"
    assert text[3] == "22:07:10 written to Ann, Ben"
    assert text[4].startswith("22:07:25 Ann's phone")
    assert (
        "With the entry delay of 45 s in away the first call comes 15 s after the alarm: both "
        "together may last 60 s."
    ) in text
    assert not any("first call comes" in line for line in lines(home(entry=seconds(30))))
    said = say(Notice.SETTING_SET, setting="abort-window", old="30 s", new="45 s")
    assert "15 s after the alarm" in seen(sentence(said, state, look()))


def test_the_mode_that_is_on_is_the_one_foretold() -> None:
    state = home()
    night = ModeSettings(entry_delay=seconds(50))
    area = replace(next(iter(state.areas.values())), mode=Mode.NIGHT)
    state = replace(
        state,
        areas={area.network_id: area},
        settings=state.settings.with_mode(Mode.NIGHT, night),
    )
    assert lines(state)[4].startswith("22:07:20 Ann's phone")


def test_a_second_call_too_late_for_do_not_disturb_is_told() -> None:
    (hint,) = [line for line in lines(home(plan=Plan(pause=seconds(150)))) if "💡" in line]
    assert hint.startswith("💡 Ann's second call comes after 3 min. An iPhone's")
    assert not any("💡" in line for line in lines(home(plan=Plan(pause=seconds(130)))))


def test_in_a_group_no_number_is_shown() -> None:
    text = seen(words.plan(home(), look(), numbers=False))
    assert "+49" not in text
    assert "Ann's phone rings" in text


@pytest.mark.parametrize("title", ["arming", "pending", "alarmed", "exhausted", "drilled"])
def test_every_moment_has_a_plan(title: str) -> None:
    now = scenes.SCENES[title]()
    assert "rang now" in seen(words.plan(now.state, look(now.now)))


def test_whoever_was_called_reads_that_it_is_over() -> None:
    texts = [
        seen(
            sentence(
                say(Notice.ALARM_OVER, by="Ann", verdict=verdict, opened=NIGHT.isoformat()),
                home(),
                look(),
            )
        )
        for verdict in ("false alarm", "")
    ]
    assert texts == [
        "☑️ The alarm of 22:03 is over. It was a false alarm, says Ann. You need not do anything.",
        "☑️ The alarm of 22:03 is over. It was ended by Ann. You need not do anything.",
    ]
