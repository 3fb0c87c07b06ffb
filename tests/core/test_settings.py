"""What a household may choose: what is out of range is refused with the range."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from alarm.core.errors import BadInput
from alarm.core.inputs import ZoneConfigured
from alarm.core.settings import Mode, ModeSettings, Plan, Settings
from tests.core.home import Home

SECOND = timedelta(seconds=1)
LIMITS: list[tuple[ModeSettings | Plan, str, Any, Any, Any]] = [
    (ModeSettings(), "exit_delay", timedelta(0), timedelta(seconds=300), SECOND),
    (ModeSettings(), "entry_delay", timedelta(0), timedelta(seconds=240), SECOND),
    (ModeSettings(), "distinct", 1, 10, 1),
    (Plan(), "abort_window", timedelta(0), timedelta(seconds=300), SECOND),
    (Plan(), "pause", timedelta(0), timedelta(seconds=3600), SECOND),
    (Plan(), "cycles", 1, 10, 1),
]


@pytest.mark.parametrize(("of", "name", "least", "most", "step"), LIMITS)
def test_a_value_at_its_limit_is_taken_and_beyond_it_refused(
    of: ModeSettings | Plan, name: str, least: Any, most: Any, step: Any
) -> None:
    for value in (least, most):
        assert getattr(replace(of, **{name: value}), name) == value
    for value in (least - step, most + step):
        with pytest.raises(BadInput, match=r"must be"):
            replace(of, **{name: value})


def test_a_mode_that_was_never_set_up_has_its_defaults() -> None:
    settings = Settings()
    assert settings.mode(Mode.AWAY).exit_delay == timedelta(seconds=60)
    for mode in (Mode.HOME, Mode.NIGHT):
        assert mode not in settings.modes
        assert settings.mode(mode).exit_delay == timedelta(0)
    night = replace(settings.mode(Mode.NIGHT), cameras=frozenset({"hall"}))
    assert settings.with_mode(Mode.NIGHT, night).mode(Mode.NIGHT) == night


def test_the_homes_zone_is_kept_and_its_change_journaled_once() -> None:
    home = Home()
    home.do(ZoneConfigured("Europe/Berlin"))
    assert home.state.settings.zone == "Europe/Berlin"
    (row,) = home.rows
    assert (row.kind, row.data["old"], row.data["new"]) == ("journal", "UTC", "Europe/Berlin")
    kept = home.state
    home.do(ZoneConfigured("Europe/Berlin"))
    assert home.state is kept
