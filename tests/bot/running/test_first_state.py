"""The state that the program starts from."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from alarm.core.settings import Mode, ModeSettings, Plan, Settings, TriggerRule
from bot.config import Config, load_config
from bot.first_state import first_state, settings_of
from tests.bot.running.bench import household


def configured(**more: str) -> Config:
    env = {
        "TELEGRAM_BOT_TOKEN": "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw",
        "BLINK_EMAIL": "owner@example.org",
        "BLINK_PASSWORD": "correct horse",
    }
    return load_config(env | more, ())


CHOSEN = {
    "ALARM_THRESHOLD_EVENT_COUNT": "3",
    "ALARM_LOOKBACK_MINUTES": "5",
    "ALARM_EXIT_DELAY_SECONDS": "40",
    "ALARM_ENTRY_DELAY_SECONDS": "20",
    "ALARM_CALL_DELAY_SECONDS": "15",
    "ALARM_BETWEEN_CYCLES_PAUSE_SECONDS": "30",
    "ALARM_CYCLES_TOTAL": "4",
}


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def test_without_variables_the_defaults_hold() -> None:
    state = first_state(None, configured())
    assert state.settings == Settings()
    assert state.areas == {}


def test_a_first_run_takes_the_settings_of_the_variables() -> None:
    away = ModeSettings(TriggerRule(3, seconds(300)), seconds(40), seconds(20))
    plan = Plan(abort_window=seconds(15), pause=seconds(30), cycles=4)
    assert first_state(None, configured(**CHOSEN)).settings == Settings({Mode.AWAY: away}, plan)


def test_afterwards_the_settings_of_the_chat_hold_and_each_difference_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    kept = household(settings=settings_of(configured()))
    state = first_state(kept, configured(**CHOSEN))
    assert state is kept
    for name in CHOSEN:
        assert caplog.text.count(name) == 1


@pytest.mark.parametrize("given", [{}, {"ALARM_THRESHOLD_EVENT_COUNT": "2"}], ids=["no", "same"])
def test_no_difference_is_no_word(given: dict[str, str], caplog: pytest.LogCaptureFixture) -> None:
    away = ModeSettings(TriggerRule(2, seconds(77)))
    first_state(household(settings=Settings({Mode.AWAY: away})), configured(**given))
    assert caplog.text == ""


@pytest.mark.parametrize("kept", [None, household(people={})], ids=["first run", "nobody left"])
def test_without_an_owner_there_is_a_code_that_nobody_guesses(kept: Any) -> None:
    codes = {first_state(kept, configured()).claim_code for _ in range(20)}
    assert len(codes) == 20
    assert min(map(len, codes)) >= 12


def test_a_code_that_was_printed_outlives_a_restart() -> None:
    state = first_state(None, configured())
    assert first_state(state, configured()) is state


@pytest.mark.parametrize(
    ("state", "given"),
    [(None, {"TELEGRAM_OWNER_ID": "1001"}), (household(), {})],
    ids=["owner configured", "owner known"],
)
def test_with_an_owner_there_is_no_code(state: Any, given: dict[str, str]) -> None:
    assert first_state(state, configured(**given)).claim_code == ""
