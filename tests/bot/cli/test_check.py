"""`blink-alarm check` against the stand-ins: what it finds, what it says, what it never does."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

import bot.check
from bot.check import check
from simulator.faults import Fault, FaultKind
from storage.lock import DirectoryLock
from tests.bot.cli.bench import Clouds
from tests.bot.settings.bench import TWILIO

Check = Callable[..., tuple[int, dict[str, str]]]


@pytest.fixture
def checked(clouds: Clouds, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Check:
    """Check with these variables; the result is the exit status and a line per item."""

    def run(state_dir: Path = tmp_path / "state", **environ: str) -> tuple[int, dict[str, str]]:
        config = clouds.config(**environ)
        status = check(config, state_dir)
        shown = capsys.readouterr()
        assert shown.err == ""
        assert not any(secret in shown.out for secret in config.secrets if len(secret) > 3)
        lines = shown.out.splitlines()
        verdicts, items = zip(*(line.split(maxsplit=1) for line in lines), strict=True)
        by_item: dict[str, str] = {}
        for verdict, item in zip(verdicts, items, strict=True):
            name, _, text = item.partition(": ")
            by_item[name] = f"{verdict} {text}"
        assert len(by_item) == len(lines)
        return status, by_item

    return run


def test_where_all_is_well_every_line_is_ok_and_nobody_is_bothered(
    clouds: Clouds, checked: Check, tmp_path: Path
) -> None:
    status, lines = checked()
    assert status == 0
    assert lines == {
        "configuration": "ok complete; times are those of Europe/Berlin",
        "state directory": f"ok {tmp_path}/state will be made at the first start",
        "Telegram": "ok the bot is @home_alarm_bot",
        "Twilio": "ok can call from +15005550006",
        "Blink": "ok can be reached; e-mail and password are tried by run, which may send an SMS",
        "clock": "ok agrees with Blink's",
    }
    assert clouds.blink.signins == clouds.blink.codes_sent == 0
    assert clouds.blink.misdirected == []
    assert {seen.host for seen in clouds.blink.seen} == {"api.oauth.blink.com"}
    assert clouds.twilio.calls == []
    assert [seen.path.rpartition("/")[2] for seen in clouds.telegram.seen] == ["getMe"]
    assert not (tmp_path / "state").exists()


def test_what_the_configuration_warns_of_is_shown_and_does_not_fail(checked: Check) -> None:
    status, lines = checked(POLL_DISARMED_SECONDS="1")
    assert status == 0
    assert lines["configuration"].startswith("warning POLL_DISARMED_SECONDS is below 5")


def test_no_log_file_is_made(checked: Check, tmp_path: Path) -> None:
    path = tmp_path / "log" / "alarm.log"
    status, _ = checked(LOG_PATH=str(path), LOG_LEVEL="DEBUG")
    assert status == 0
    assert not path.parent.exists()


@pytest.mark.parametrize("token", ["110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaX", "1:A"])
def test_a_bot_token_that_telegram_refuses_fails(checked: Check, token: str) -> None:
    status, lines = checked(TELEGRAM_BOT_TOKEN=token)
    assert status == 1
    assert lines["Telegram"].startswith("fail TELEGRAM_BOT_TOKEN is refused")
    assert lines["Twilio"].startswith("ok")


FAULTS = {
    "dropped": Fault(FaultKind.DROP),
    "503": Fault(FaultKind.STATUS, status=503, body="<html>"),
    "garbage": Fault(FaultKind.GARBAGE),
    "an empty answer": Fault(FaultKind.STATUS, status=200, body="{}"),
    "a list": Fault(FaultKind.STATUS, status=200, body='{"ok": true, "result": []}'),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_telegram_that_cannot_be_asked_fails_without_the_address(
    clouds: Clouds, checked: Check, fault: Fault
) -> None:
    clouds.telegram.faults.add("getMe", fault)
    status, lines = checked()
    assert status == 1
    assert lines["Telegram"].startswith(("fail cannot be asked (", "fail the answer was not"))


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_twilio_that_cannot_be_asked_fails(clouds: Clouds, checked: Check, fault: Fault) -> None:
    clouds.twilio.faults.add(r"Accounts/[^/]+\.json", fault)
    status, lines = checked()
    if fault.body in ("{}", '{"ok": true, "result": []}'):
        # An account that tells nothing about itself may still call.
        assert lines["Twilio"].startswith("ok")
    else:
        assert status == 1
        assert lines["Twilio"].startswith("fail ")


def test_wrong_twilio_credentials_fail_by_name(checked: Check) -> None:
    for wrong in ({"TWILIO_AUTH_TOKEN": "f" * 32}, {"TWILIO_ACCOUNT_SID": "AC" + "6" * 32}):
        status, lines = checked(**wrong)
        assert status == 1
        assert "TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN" in lines["Twilio"]
        assert lines["Twilio"].startswith("fail")


@pytest.mark.parametrize(
    ("attribute", "value", "hint"),
    [
        ("account_type", "Trial", "trial account"),
        ("account_status", "suspended", "is suspended"),
        ("balance", "1.99", "balance is 1.99 USD"),
        ("balance", "-3.00", "balance is -3.00 USD"),
    ],
)
def test_an_account_that_will_not_call_fails_with_the_reason(
    clouds: Clouds, checked: Check, attribute: str, value: str, hint: str
) -> None:
    setattr(clouds.twilio, attribute, value)
    status, lines = checked()
    assert status == 1
    assert lines["Twilio"].startswith("fail")
    assert hint in lines["Twilio"]


def test_a_balance_of_two_is_enough(clouds: Clouds, checked: Check) -> None:
    clouds.twilio.balance = "2.00"
    assert checked()[0] == 0


def test_without_twilio_it_says_chat_only_and_passes(checked: Check) -> None:
    status, lines = checked(**dict.fromkeys(TWILIO, ""))
    assert status == 0
    assert lines["Twilio"] == "warning no account is set: chat only, no phone will ring"


@pytest.mark.parametrize(
    ("fault", "hint"),
    [
        (Fault(FaultKind.DROP), "fail cannot be reached ("),
        (Fault(FaultKind.STATUS, status=503), "fail answers with HTTP 503"),
    ],
    ids=["dropped", "503"],
)
def test_a_blink_that_does_not_answer_fails(
    clouds: Clouds, checked: Check, fault: Fault, hint: str
) -> None:
    clouds.blink.faults.add("signin", fault)
    status, lines = checked()
    assert status == 1
    assert lines["Blink"].startswith(hint)


def test_an_answer_that_takes_too_long_fails(
    clouds: Clouds, checked: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.check, "LIMIT_SECONDS", 2.0)
    clouds.blink.faults.add("signin", Fault(FaultKind.HANG, seconds=4))
    status, lines = checked()
    assert status == 1
    assert lines["Blink"].startswith("fail no answer within")
    assert lines["Telegram"].startswith("ok")


@pytest.mark.parametrize("side", [1, -1], ids=["behind", "ahead"])
def test_a_clock_that_is_off_by_more_than_a_minute_fails(
    clouds: Clouds, checked: Check, side: int
) -> None:
    clouds.blink.skew = side * timedelta(seconds=57)
    assert checked()[0] == 0
    clouds.blink.skew = side * timedelta(seconds=63)
    status, lines = checked()
    assert status == 1
    assert lines["clock"].startswith("fail off by 6")


@pytest.mark.parametrize(
    "date", ["", "Date: yesterday\r\n", "Date: Tue, 99 Nov 2026 99:99:99 GMT\r\n"]
)
def test_an_answer_without_a_usable_time_only_warns(
    clouds: Clouds, checked: Check, date: str
) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(f"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n{date}\r\n".encode())
        writer.close()

    server = clouds.run(asyncio.start_server(answer, "127.0.0.1", 0))
    host, port = server.sockets[0].getsockname()
    try:
        status, lines = checked(BLINK_API_URL=f"http://{host}:{port}")
    finally:
        clouds.run(asyncio.sleep(0))
        server.get_loop().call_soon_threadsafe(server.close)
    assert status == 0
    assert lines["clock"] == "warning not compared: Blink's answer names no time"


# The state directory


def test_a_state_directory_that_is_free_is_ok_and_left_as_it_was(
    checked: Check, tmp_path: Path
) -> None:
    (tmp_path / "own").mkdir(mode=0o700)
    for _ in range(2):
        status, lines = checked(tmp_path / "own")
        assert status == 0
        assert lines["state directory"].endswith("is writable and free")
    assert [file.name for file in (tmp_path / "own").iterdir()] == ["lock"]
    DirectoryLock(tmp_path / "own").acquire()


def test_a_running_alarm_is_told_and_does_not_fail(checked: Check, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir(mode=0o700)
    lock = DirectoryLock(tmp_path / "own")
    lock.acquire()
    status, lines = checked(tmp_path / "own")
    lock.release()
    assert status == 0
    assert lines["state directory"].startswith("warning a running blink-alarm holds")


def test_a_state_directory_that_cannot_be_used_fails_with_what_to_do(
    checked: Check, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o777)
    for path, hint in (
        (tmp_path / "file", "is not a directory"),
        (tmp_path / "file" / "below", "--state-dir"),
        (tmp_path / "open", "chmod 700"),
        (tmp_path / ("a" * 300), "--state-dir"),
        (Path("/dev/null/state"), "--state-dir"),
    ):
        status, lines = checked(path)
        assert status == 1
        assert lines["state directory"].startswith("fail ")
        assert hint in lines["state directory"]
        assert lines["Telegram"].startswith("ok")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a directory away")
def test_a_state_directory_of_another_user_fails_and_is_not_touched(
    checked: Check, tmp_path: Path
) -> None:
    (tmp_path / "own").mkdir(mode=0o700)
    os.chown(tmp_path / "own", 4711, 4711)
    status, lines = checked(tmp_path / "own")
    assert status == 1
    assert "belongs to another user" in lines["state directory"]
    assert [*(tmp_path / "own").iterdir()] == []
