"""Blink's tokens in their file: they belong to one e-mail, and serve no other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from alarm.blink.tokens import Tokens
from bot.watch.tokens import TOKENS_NAME, TokenFile

ANN, BEN = "ann@example.org", "ben@example.org"
TOKENS = Tokens(
    access_token="an access token",
    refresh_token="a refresh token",
    expires_at=2e9,
    expires_in=14400.0,
    hardware_id="6F9619FF-8B86-D011-B42D-00CF4FC964FF",
    region="e777",
    account_id=900100,
)


@pytest.mark.parametrize("email", [ANN, f" {ANN}", "Ann@Example.org"])
def test_tokens_come_back_for_the_e_mail_that_got_them(tmp_path: Path, email: str) -> None:
    TokenFile(tmp_path, ANN).save(TOKENS)
    assert TokenFile(tmp_path, email).load() == TOKENS


def test_tokens_of_another_e_mail_are_not_used_and_that_is_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    TokenFile(tmp_path, ANN).save(TOKENS)
    assert TokenFile(tmp_path, BEN).load() is None
    assert "another BLINK_EMAIL" in caplog.text
    assert "@" not in caplog.text


def test_tokens_of_another_e_mail_stay_until_a_login_replaces_them(tmp_path: Path) -> None:
    TokenFile(tmp_path, ANN).save(TOKENS)
    TokenFile(tmp_path, BEN).load()
    assert TokenFile(tmp_path, ANN).load() == TOKENS
    TokenFile(tmp_path, BEN).save(TOKENS)
    assert TokenFile(tmp_path, ANN).load() is None


def test_tokens_that_name_no_e_mail_are_taken(tmp_path: Path) -> None:
    TokenFile(tmp_path).save(TOKENS)
    assert TokenFile(tmp_path, ANN).load() == TOKENS


def test_the_file_names_no_e_mail(tmp_path: Path) -> None:
    TokenFile(tmp_path, ANN).save(TOKENS)
    text = (tmp_path / TOKENS_NAME).read_text()
    assert json.loads(text)
    assert "example" not in text
