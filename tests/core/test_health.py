"""What the alarm knows about its own eyes and its own past."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alarm.core.deliveries import WordsBody, say
from alarm.core.inputs import (
    BlinkFailed,
    Claimed,
    DevicesSeen,
    LoginChanged,
    NumbersConfigured,
    OwnerConfigured,
    Started,
    StorageChanged,
    StorageStatus,
)
from alarm.core.notices import Notice
from alarm.core.settings import PanelState
from alarm.core.state import LoginStatus
from tests.core.home import (
    ANN,
    BEN,
    HOUR,
    HOUSE,
    MINUTE,
    SECOND,
    Home,
    homescreen,
    said,
    sentences,
)


@pytest.mark.parametrize("status", [LoginStatus.TRYING, LoginStatus.CODE_PENDING])
def test_a_login_cut_short_by_a_crash_asks_for_a_new_code(status: LoginStatus) -> None:
    home = Home()
    home.do(LoginChanged(status, "account"))
    home.effects.clear()
    home.do(Started())
    assert home.state.login.status is LoginStatus.CODE_LOST
    assert said(home.effects, ANN).count(Notice.CODE_LOST) == 1
    home.effects.clear()
    home.do(Started())
    assert Notice.CODE_LOST not in said(home.effects)


@pytest.mark.parametrize(
    "status", [s for s in LoginStatus if s not in (LoginStatus.TRYING, LoginStatus.CODE_PENDING)]
)
def test_any_other_login_status_outlives_a_restart(status: LoginStatus) -> None:
    home = Home()
    home.state = replace(home.state, login=replace(home.state.login, status=status))
    home.do(Started())
    assert home.state.login.status is status


# -- blind -----------------------------------------------------------------------------------------


def blind(home: Home) -> None:
    home.do(BlinkFailed("Blink is silent", home.now))


def test_armed_and_blind_is_told_after_ninety_seconds_and_not_before() -> None:
    home = Home().arm_now()
    blind(home)
    since = home.now
    home.wait(89 * SECOND)
    assert Notice.BLIND not in said(home.effects)
    home.wait(SECOND)
    (words,) = [w for w in sentences(home.effects, ANN) if w.notice is Notice.BLIND]
    assert words.args == {"since": since.isoformat(), "reason": "Blink is silent"}
    home.wait(SECOND)
    assert said(home.effects, ANN).count(Notice.BLIND) == 1


def test_disarmed_and_blind_is_not_told() -> None:
    home = Home()
    blind(home)
    home.wait(HOUR)
    assert Notice.BLIND not in said(home.effects)


def test_arming_while_blind_is_told_at_the_next_tick() -> None:
    home = Home()
    blind(home)
    home.wait(HOUR)
    home.arm()
    home.wait(SECOND)
    assert Notice.BLIND in said(home.effects)


def test_sight_that_comes_back_is_told_where_its_loss_was() -> None:
    home = Home().arm_now()
    blind(home)
    home.wait(90 * SECOND)
    assert said(home.list_all().effects, BEN) == [Notice.SIGHTED]
    assert home.state.health.blind_since is None


def test_a_short_blindness_is_not_told_at_all() -> None:
    home = Home().arm_now()
    blind(home)
    home.wait(80 * SECOND)
    assert said(home.list_all().effects) == []
    home.wait(MINUTE)
    assert Notice.BLIND not in said(home.effects)


def test_pages_of_a_list_that_never_ends_are_no_sight() -> None:
    home = Home().arm_now()
    for _ in range(20):
        blind(home)
        home.wait(10 * SECOND)
        home.see()
    assert said(home.effects, ANN).count(Notice.BLIND) == 1
    assert Notice.SIGHTED not in said(home.effects)


def test_blindness_counts_from_the_first_failure() -> None:
    home = Home().arm_now()
    since = home.now
    home.do(BlinkFailed("one", since))
    home.now += 80 * SECOND
    home.do(BlinkFailed("two", since))
    home.wait(10 * SECOND)
    words = sentences(home.effects, ANN)[-1]
    assert words.args == {"since": since.isoformat(), "reason": "two"}


def test_devices_seen_are_no_sight_of_clips() -> None:
    home = Home().arm_now()
    blind(home)
    home.do(DevicesSeen(homescreen(armed=True)))
    home.wait(90 * SECOND)
    assert Notice.BLIND in said(home.effects)


def test_of_a_loss_of_sight_that_nobody_heard_only_the_end_is_told() -> None:
    home = Home().arm_now()
    for _ in range(5):
        blind(home)
        home.wait(90 * SECOND)
        home.list_all()
        home.now += MINUTE
    assert [n for n in said(home.waiting(), ANN) if n in (Notice.BLIND, Notice.SIGHTED)] == [
        Notice.SIGHTED
    ]


def test_of_many_restarts_that_nobody_heard_the_last_is_told() -> None:
    home = Home().arm_now()
    for _ in range(5):
        home.now += MINUTE
        home.do(Started())
    assert said(home.waiting(), ANN).count(Notice.STARTED) == 1


# -- login and disk --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "notice"),
    [
        (LoginStatus.CODE_PENDING, Notice.CODE_NEEDED),
        (LoginStatus.REFUSED, Notice.LOGIN_REFUSED),
        (LoginStatus.NEEDED, Notice.LOGIN_NEEDED),
        (LoginStatus.FAILED, Notice.LOGIN_FAILED),
        (LoginStatus.DONE, Notice.LOGIN_DONE),
    ],
)
def test_a_login_is_told_to_the_owners_once(status: LoginStatus, notice: Notice) -> None:
    home = Home()
    decision = home.do(LoginChanged(status, "account", "why"))
    assert said(decision.effects, ANN) == [notice]
    assert said(decision.effects, BEN) == []
    assert home.state.login.at == home.now
    assert said(home.do(LoginChanged(status, "account", "why")).effects) == []


def test_of_a_login_that_nobody_heard_the_last_word_is_told() -> None:
    home = Home()
    home.do(LoginChanged(LoginStatus.CODE_PENDING, "account"))
    home.do(LoginChanged(LoginStatus.DONE, "account"))
    assert said(home.waiting(), ANN) == [Notice.LOGIN_DONE]


def test_a_login_that_heals_before_anybody_heard_of_it_is_not_told() -> None:
    home = Home()
    home.do(LoginChanged(LoginStatus.NEEDED, "account"))
    assert home.do(LoginChanged(LoginStatus.DONE, "account")).effects == ()
    assert said(home.waiting(), ANN) == []
    assert home.state.login.status is LoginStatus.DONE


def test_a_login_that_heals_after_it_was_asked_for_is_told_shortly() -> None:
    home = Home()
    (asked,) = home.do(LoginChanged(LoginStatus.NEEDED, "account")).effects
    home.deliver(asked)
    (word,) = home.do(LoginChanged(LoginStatus.DONE, "account")).effects
    assert isinstance(word.body, WordsBody)
    assert word.body.words == say(Notice.LOGIN_DONE, reason="", again=True)


def test_a_login_that_may_have_been_asked_for_is_told_when_it_heals() -> None:
    home = Home()
    (word,) = home.do(LoginChanged(LoginStatus.NEEDED, "account")).effects
    home.do(Claimed((word.id,)))
    assert said(home.do(LoginChanged(LoginStatus.DONE, "account")).effects) == [Notice.LOGIN_DONE]


def test_of_a_disk_that_comes_and_goes_the_last_word_is_told() -> None:
    home = Home()
    for _ in range(3):
        home.do(StorageChanged(StorageStatus.FAILING))
        home.do(StorageChanged(StorageStatus.FINE))
    assert said(home.waiting(), ANN) == [Notice.DISK_FINE]


def test_a_login_that_starts_is_remembered_and_not_told() -> None:
    home = Home()
    decision = home.do(LoginChanged(LoginStatus.TRYING, "account"))
    assert decision.effects == ()
    assert home.state.login.status is LoginStatus.TRYING


@pytest.mark.parametrize(
    ("status", "notice"),
    [
        (StorageStatus.FAILING, Notice.DISK_TROUBLE),
        (StorageStatus.FINE, Notice.DISK_FINE),
        (StorageStatus.RECOVERED, Notice.STATE_DOUBT),
        (StorageStatus.LOST, Notice.STATE_DOUBT),
    ],
)
def test_trouble_with_the_disk_is_told_to_the_household(
    status: StorageStatus, notice: Notice
) -> None:
    home = Home()
    decision = home.do(StorageChanged(status, "state.json"))
    (words,) = sentences(decision.effects, BEN)
    assert words.notice is notice
    assert words.args == {"detail": "state.json", "lost": status is StorageStatus.LOST}


# -- starting and living ---------------------------------------------------------------------------


def test_a_first_start_says_nothing() -> None:
    home = Home()
    assert home.do(Started()).effects == ()


def test_a_restart_says_how_long_the_program_was_down() -> None:
    home = Home().arm_now()
    home.wait(SECOND)
    home.now += 2 * HOUR
    decision = home.do(Started())
    (words,) = sentences(decision.effects, ANN)
    assert words.notice is Notice.STARTED
    assert words.args["down"] == pytest.approx(7200, abs=2)


def test_numbers_read_from_the_settings_do_not_hide_the_downtime() -> None:
    home = Home().arm_now()
    home.now += 2 * HOUR
    home.do(NumbersConfigured(("+491510000007",)))
    home.do(OwnerConfigured(44))
    home.do(Started())
    words = [w for w in sentences(home.effects, ANN) if w.notice is Notice.STARTED]
    assert words[0].args["down"] == 7200.0


@pytest.mark.parametrize("panel", list(PanelState))
def test_a_restart_leaves_the_panel_as_it_was(panel: PanelState) -> None:
    home = Home().arm_now()
    home.state = replace(home.state, areas={HOUSE: replace(home.area, panel=panel)})
    home.now += HOUR
    home.do(Started())
    assert home.area.panel is panel


def test_a_sign_of_life_is_noted_every_five_minutes_and_with_every_change() -> None:
    home = Home()
    home.wait(SECOND)
    assert home.state.clock.alive_at == home.now
    stamped = home.state
    home.wait(5 * MINUTE - SECOND)
    assert home.state is stamped
    home.wait(SECOND)
    assert home.state.clock.alive_at == home.now
    home.now += 10 * SECOND
    home.arm()
    assert home.state.clock.alive_at == home.now
