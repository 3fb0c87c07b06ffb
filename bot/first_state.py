"""The state that the program starts from: what was kept, or the defaults of the configuration."""

from __future__ import annotations

import logging
import secrets
from dataclasses import replace

from alarm.core.settings import Mode, ModeSettings, Plan, Settings, TriggerRule
from alarm.core.state import State
from bot.config import Config

logger = logging.getLogger(__name__)

# Bytes of the one-time code; nobody guesses these through a chat.
CODE_BYTES = 9


def settings_of(config: Config) -> Settings:
    """Return the settings that the variables name."""
    away = ModeSettings(
        rule=TriggerRule(config.threshold, config.lookback),
        exit_delay=config.exit_delay,
        entry_delay=config.entry_delay,
    )
    plan = Plan(
        abort_window=config.abort_window,
        pause=config.pause_between_cycles,
        cycles=config.cycles,
    )
    return Settings({Mode.AWAY: away}, plan)


def first_state(kept: State | None, config: Config) -> State:
    """Return the kept state, or a new one with the settings of the configuration.

    Without an owner it holds a one-time code, by which somebody becomes the owner.
    """
    state = State(settings=settings_of(config)) if kept is None else kept
    if kept is not None:
        _log_differences(kept.settings, config)
    if config.telegram_owner_id is None and any(p.from_env for p in state.people.values()):
        people = {k: replace(p, from_env=False) for k, p in state.people.items()}
        state = replace(state, people=people)
    if state.owners or config.telegram_owner_id is not None or state.claim_code:
        return state
    return replace(state, claim_code=secrets.token_urlsafe(CODE_BYTES))


def _log_differences(kept: Settings, config: Config) -> None:
    away, plan = kept.mode(Mode.AWAY), kept.plan
    holds = {
        "ALARM_THRESHOLD_EVENT_COUNT": (away.rule.threshold, config.threshold),
        "ALARM_LOOKBACK_MINUTES": (away.rule.lookback, config.lookback),
        "ALARM_EXIT_DELAY_SECONDS": (away.exit_delay, config.exit_delay),
        "ALARM_ENTRY_DELAY_SECONDS": (away.entry_delay, config.entry_delay),
        "ALARM_CALL_DELAY_SECONDS": (plan.abort_window, config.abort_window),
        "ALARM_BETWEEN_CYCLES_PAUSE_SECONDS": (plan.pause, config.pause_between_cycles),
        "ALARM_CYCLES_TOTAL": (plan.cycles, config.cycles),
    }
    for name, (ours, theirs) in holds.items():
        if name in config.given and ours != theirs:
            logger.warning("%s is %s; the alarm keeps its own setting, %s.", name, theirs, ours)
