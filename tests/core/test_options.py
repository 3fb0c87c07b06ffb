"""Every setting can be read, written and stepped through; what is refused changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alarm.core.commands import SetOption
from alarm.core.errors import BadInput
from alarm.core.option_list import ALIASES, BY_KEY, OPTIONS, find_option
from alarm.core.options import Group, Option, number, switch
from alarm.core.settings import AT_HOME, Mode, Settings
from tests.core.home import Home

SET_UP = Settings().with_mode(Mode.NIGHT, AT_HOME).with_mode(Mode.HOME, AT_HOME)
every_option = pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.key)
values = st.one_of(
    st.text(max_size=12),
    st.integers(-5, 400).map(str),
    st.integers(0, 4000).map(lambda n: f"{n}s"),
    st.tuples(st.integers(0, 60), st.integers(0, 70)).map(lambda t: f"{t[0]} in {t[1]}m"),
    st.sampled_from(["on", "off", "yes", "no", "1 h", "90", "0"]),
)


def home_with_all_modes() -> Home:
    home = Home()
    home.state = replace(home.state, settings=SET_UP)
    return home


@every_option
def test_what_an_option_shows_it_also_reads(option: Option[Any]) -> None:
    for step in option.steps:
        changed = option.changed(SET_UP, option.word(step))
        assert option.read(changed) == step
        assert option.shown(changed) == option.word(step)
    assert option.changed(SET_UP, option.shown(SET_UP)) == SET_UP


@every_option
def test_a_step_changes_nothing_else(option: Option[Any]) -> None:
    for step in option.steps:
        changed = option.changed(SET_UP, option.word(step))
        assert option.changed(changed, option.shown(SET_UP)) == SET_UP


@every_option
def test_steps_go_up_and_take_in_both_limits(option: Option[Any]) -> None:
    assert list(option.steps) == sorted(set(option.steps))
    if option.steps and not option.is_switch:
        words = [option.word(step) for step in option.steps]
        limits = option.limits.removesuffix(", or off")
        assert (words[0] == "off") is (limits != option.limits)
        at_the_ends = [word for word in words if word != "off"]
        assert [at_the_ends[0].split()[0], at_the_ends[-1].split()[0]] == [
            part.split()[0] for part in limits.split(" to ")
        ] or timedelta(minutes=60) in option.steps


@pytest.mark.parametrize(
    ("key", "least", "most", "below", "above", "limits"),
    [
        ("away-threshold", "1", "50", "0", "51", "1 to 50"),
        ("away-lookback", "10s", "60m", "9s", "3601s", "10 seconds to 60 minutes"),
        ("away-distinct", "1", "10", "0", "11", "1 to 10"),
        ("away-exit-delay", "0s", "300s", "soon", "301s", "0 s to 5 min"),
        ("away-entry-delay", "0s", "4m", "-1s", "241s", "0 s to 4 min"),
        ("abort-window", "0s", "5m", "x", "301s", "0 s to 5 min"),
        ("pause", "0s", "60m", "", "3601s", "0 s to 60 min"),
        ("cycles", "1", "10", "0", "11", "1 to 10"),
        ("recent-closing", "1m", "10m", "59s", "601s", "1 min to 10 min, or off"),
        ("cancel-window", "5m", "30m", "299s", "1801s", "5 min to 30 min, or off"),
        ("away-rule", "1 in 10s", "50 in 60m", "0 in 10s", "50 in 61m", "1 to 50 events"),
    ],
)
def test_a_value_at_its_limit_is_taken_and_beyond_it_refused_with_the_range(
    key: str, least: str, most: str, below: str, above: str, limits: str
) -> None:
    option = BY_KEY[key]
    for value in (least, most):
        option.changed(SET_UP, value)
    for value in (below, above):
        with pytest.raises(BadInput, match=limits):
            option.changed(SET_UP, value)


@given(changes=st.lists(st.tuples(st.sampled_from(sorted(BY_KEY)), values), max_size=8))
def test_whatever_is_set_the_settings_stay_valid_and_a_refusal_changes_nothing(
    changes: list[tuple[str, str]],
) -> None:
    home = home_with_all_modes()
    for key, value in changes:
        before = home.state
        try:
            home.do(SetOption(home.actor(), key, value))
        except BadInput:
            assert home.state is before
        else:
            shown = BY_KEY[key].shown(home.state.settings)
            assert BY_KEY[key].changed(home.state.settings, shown) == home.state.settings
    modes = home.state.settings.modes
    assert set(modes) == set(Mode)
    for chosen in modes.values():
        assert replace(chosen) == chosen


@pytest.mark.parametrize(
    ("text", "key", "rest"),
    [
        ("exit-delay 45s", "away-exit-delay", "45s"),
        ("exit delay 1 min 30 s", "away-exit-delay", "1 min 30 s"),
        ("Exit_Delay=45s", "away-exit-delay", "45s"),
        ("night exit delay: 10s", "night-exit-delay", "10s"),
        ("away-rule 3 in 2m", "away-rule", "3 in 2m"),
        ("rule", "away-rule", ""),
        ("cycles 3", "cycles", "3"),
        ("Rounds 3", "cycles", "3"),
        ("events 2", "away-threshold", "2"),
        ("away events 2", "away-threshold", "2"),
        ("night alarm after 3 in 2m", "night-rule", "3 in 2m"),
        ("first call after 30s", "abort-window", "30s"),
        ("home private on", "home-privacy", "on"),
        ("different cameras 2", "away-distinct", "2"),
        ("away-cameras 2", "away-distinct", "2"),
        ("night cameras 2", "night-distinct", "2"),
    ],
)
def test_an_option_is_found_as_people_write_it(text: str, key: str, rest: str) -> None:
    option, value = find_option(text)
    assert (option.key, value) == (key, rest)


@pytest.mark.parametrize(
    ("text", "hint"),
    [("exit dleay 45s", "exit-delay"), ("xyzzy 3", "/settings shows"), ("3", "/settings shows")],
)
def test_what_is_no_setting_gets_a_hint(text: str, hint: str) -> None:
    with pytest.raises(BadInput, match=hint):
        find_option(text)


def test_a_delay_of_0_needs_no_unit_and_one_camera_may_be_called_off() -> None:
    entry = BY_KEY["away-entry-delay"]
    assert entry.read(entry.changed(SET_UP, "0")) == timedelta(0)
    distinct = BY_KEY["away-distinct"]
    two = distinct.changed(SET_UP, "2")
    assert distinct.read(distinct.changed(two, "off")) == 1
    with pytest.raises(BadInput, match="10 seconds to 60 minutes"):
        BY_KEY["away-lookback"].changed(SET_UP, "0")


def test_a_range_is_said_once() -> None:
    with pytest.raises(BadInput) as refusal:
        BY_KEY["away-rule"].changed(SET_UP, "0")
    assert str(refusal.value) == (
        "Not possible. Allowed: 1 to 50 events within 10 s to 60 min, like /threshold 3 in 2m"
    )


@every_option
def test_an_option_is_found_by_its_title_too(option: Option[Any]) -> None:
    mode = f"{option.group} " if option.group.value in set(Mode) else ""
    assert find_option(f"{mode}{option.title} 7") == (option, "7")


def test_aliases_lead_to_options_and_hide_none() -> None:
    assert set(ALIASES.values()) <= set(BY_KEY)
    assert not set(ALIASES) & set(BY_KEY)
    assert {option.group for option in OPTIONS} <= set(Group)


def test_a_mode_that_is_not_set_up_is_not_set_up_by_a_setting() -> None:
    home = Home()
    with pytest.raises(BadInput, match="/arm night"):
        home.do(SetOption(home.actor(), "night-exit-delay", "10s"))
    assert Mode.NIGHT not in home.state.settings.modes


# -- a switch and a number that may be off ---------------------------------------------------------


def test_a_switch_is_written_in_several_ways() -> None:
    option = switch(
        "x",
        "X",
        Group.CAMERAS,
        read=lambda s: s.modes[Mode.AWAY].privacy,
        write=lambda s, on: s.with_mode(Mode.AWAY, replace(s.mode(Mode.AWAY), privacy=on)),
    )
    assert option.is_switch
    assert option.read(option.changed(Settings(), "Yes"))
    assert not option.read(option.changed(Settings(), "off"))
    with pytest.raises(BadInput, match="on or off"):
        option.changed(Settings(), "maybe")


def test_a_number_may_have_a_word_for_zero() -> None:
    plan = Settings().plan
    option = number(
        "x",
        "X",
        Group.FALSE_ALARMS,
        limits="off, or 1 to 6",
        read=lambda s: s.plan.cycles,
        write=lambda s, n: replace(s, plan=replace(plan, cycles=n + 1)),
        steps=(0, 1),
        zero="off",
    )
    assert option.word(0) == "off"
    assert option.changed(Settings(), "off").plan.cycles == 1
    assert option.changed(Settings(), "1 incident").plan.cycles == 2


@pytest.mark.parametrize("text", ["off", "Off", "0", "0 s", "0m"])
def test_a_duration_may_have_a_word_for_zero(text: str) -> None:
    option = BY_KEY["cancel-window"]
    changed = option.changed(SET_UP, text)
    assert changed.cancel_window == timedelta(0)
    assert option.shown(changed) == "off"
    assert option.shown(SET_UP) == "5 min"


@pytest.mark.parametrize("text", ["10", "soon", "-5m", "on"])
def test_what_is_no_duration_is_refused_with_the_range_and_off(text: str) -> None:
    with pytest.raises(BadInput, match="Cancel window: 5 min to 30 min, or off"):
        BY_KEY["cancel-window"].changed(SET_UP, text)


def test_a_duration_without_such_a_word_knows_none() -> None:
    with pytest.raises(BadInput):
        BY_KEY["pause"].changed(SET_UP, "off")
