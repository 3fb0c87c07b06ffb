"""What the alarm knows about its own eyes and its own past."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alarm.core.inputs import LoginChanged, Started
from alarm.core.notices import Notice
from alarm.core.state import LoginStatus
from tests.core.home import ANN, Home, said


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
