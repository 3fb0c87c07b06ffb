"""`blink-alarm check`: try configuration, state directory and accounts. It rings nobody.

Nothing here logs in to Blink, because every login can send an SMS.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Awaitable
from dataclasses import dataclass, replace
from datetime import timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from pathlib import Path

import httpx
from telegram import Bot
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from alarm.core.skew import Skew
from alarm.phone.client import Phone
from bot.config import Config
from bot.logs import set_up_logging
from bot.places import can_be_written
from storage.errors import AlreadyRunning, StorageError
from storage.files import private_directory
from storage.lock import DirectoryLock

BLINK_LOGIN_HOST = "api.oauth.blink.com"
TELEGRAM = "https://api.telegram.org"
LIMIT_SECONDS = 15.0
LARGEST_SKEW = timedelta(seconds=60)


class Verdict(StrEnum):
    OK = "ok"
    WARNING = "warning"
    FAIL = "fail"


@dataclass(frozen=True)
class Finding:
    item: str
    verdict: Verdict
    text: str

    def __str__(self) -> str:
        return f"{self.verdict:<8} {self.item}: {self.text}"


def check(config: Config, state_dir: Path) -> int:
    """Print one line per item; return 0 unless one of them fails."""
    # No log file: made by the wrong user, it would lock the service out of it.
    set_up_logging(replace(config, log_path=None, log_level="CRITICAL"))
    findings = [*_configuration(config), _state_directory(state_dir)]
    findings += asyncio.run(_clouds(config))
    for finding in findings:
        print(finding)
    return int(any(finding.verdict is Verdict.FAIL for finding in findings))


def _configuration(config: Config) -> list[Finding]:
    item = "configuration"
    return [Finding(item, Verdict.WARNING, text) for text in config.warnings] or [
        Finding(item, Verdict.OK, f"complete; times are those of {config.time_zone}")
    ]


def _state_directory(path: Path) -> Finding:
    item = "state directory"
    try:
        missing = not path.exists()
    except OSError as error:
        text = f"{path} cannot be used: {error.strerror}; name another with --state-dir"
        return Finding(item, Verdict.FAIL, text)
    if missing:
        if can_be_written(path / "state.json"):
            return Finding(item, Verdict.OK, f"{path} will be made at the first start")
        return Finding(item, Verdict.FAIL, f"{path} cannot be made; name one with --state-dir")
    lock = DirectoryLock(path)
    try:
        private_directory(path)
        with tempfile.TemporaryFile(dir=path) as file:
            file.write(b"0")
        lock.acquire()
    except AlreadyRunning:
        return Finding(item, Verdict.WARNING, f"a running blink-alarm holds {path}; only one may")
    except StorageError as error:
        return Finding(item, Verdict.FAIL, str(error))
    except OSError as error:
        return Finding(item, Verdict.FAIL, f"{path} cannot be written: {error.strerror}")
    lock.release()
    return Finding(item, Verdict.OK, f"{path} is writable and free")


async def _clouds(config: Config) -> list[Finding]:
    telegram, twilio, blink = await asyncio.gather(
        _in_time("Telegram", _telegram(config)),
        _in_time("Twilio", _twilio(config)),
        _in_time("Blink", _blink(config)),
    )
    return [*telegram, *twilio, *blink]


async def _in_time(item: str, findings: Awaitable[list[Finding]]) -> list[Finding]:
    try:
        async with asyncio.timeout(LIMIT_SECONDS):
            return await findings
    except TimeoutError:
        text = f"no answer within {LIMIT_SECONDS:.0f} s; look at the network"
    except Exception as error:  # noqa: BLE001 - libraries fail in any way at an answer they do not know
        text = f"the answer was not understood ({type(error).__name__}); try again later"
    return [Finding(item, Verdict.FAIL, text)]


async def _telegram(config: Config) -> list[Finding]:
    item = "Telegram"
    base = config.telegram_api_url or TELEGRAM
    # A proxy would be another host than the stand-in that was asked for.
    request = HTTPXRequest(httpx_kwargs={"trust_env": config.telegram_api_url is None})
    bot = Bot(
        config.telegram_bot_token,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=request,
    )
    await request.initialize()
    try:
        me = await bot.get_me()
    except InvalidToken:
        text = "TELEGRAM_BOT_TOKEN is refused; take the token from @BotFather again"
        return [Finding(item, Verdict.FAIL, text)]
    except TelegramError as error:
        # Its own text may hold the address, and with it the token.
        cause = type(error.__cause__ or error).__name__
        return [Finding(item, Verdict.FAIL, f"cannot be asked ({cause}); look at the network")]
    finally:
        await request.shutdown()
    return [Finding(item, Verdict.OK, f"the bot is @{me.username}")]


async def _twilio(config: Config) -> list[Finding]:
    item = "Twilio"
    if config.twilio is None:
        text = "no account is set: chat only, no phone will ring"
        return [Finding(item, Verdict.WARNING, text)]
    phone = Phone(
        account_sid=config.twilio.account_sid,
        auth_token=config.twilio.auth_token,
        from_number=config.twilio.from_number,
        api_url=config.twilio_api_url,
    )
    try:
        trouble = await phone.account_trouble()
    finally:
        phone.close()
    if trouble is not None:
        return [Finding(item, Verdict.FAIL, trouble)]
    return [Finding(item, Verdict.OK, f"can call from {config.twilio.from_number}")]


async def _blink(config: Config) -> list[Finding]:
    """Ask for the sign-in page, without signing in; its answer also tells Blink's time."""
    item = "Blink"
    base = config.blink_api_url or f"https://{BLINK_LOGIN_HOST}"
    headers = {"X-Forwarded-Host": BLINK_LOGIN_HOST} if config.blink_api_url else {}
    sent = time.time()
    try:
        async with httpx.AsyncClient(trust_env=config.blink_api_url is None) as client:
            answer = await client.get(f"{base}/oauth/v2/signin", headers=headers)
    except httpx.HTTPError as error:
        text = f"cannot be reached ({type(error).__name__}); look at the network"
        return [Finding(item, Verdict.FAIL, text)]
    clock = _clock(answer.headers.get("Date"), sent, time.time())
    if answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
        text = f"answers with HTTP {answer.status_code}; try again later"
        return [Finding(item, Verdict.FAIL, text), clock]
    text = "can be reached; e-mail and password are tried by run, which may send an SMS"
    return [Finding(item, Verdict.OK, text), clock]


def _clock(date: str | None, sent: float, received: float) -> Finding:
    item = "clock"
    try:
        told = parsedate_to_datetime(date or "").timestamp()
    except ValueError:
        return Finding(item, Verdict.WARNING, "not compared: Blink's answer names no time")
    skew = abs(Skew.from_answer(told, sent, received).best)
    if skew > LARGEST_SKEW:
        text = f"off by {skew.total_seconds():.0f} s from Blink's; turn on time synchronisation"
        return Finding(item, Verdict.FAIL, text)
    return Finding(item, Verdict.OK, "agrees with Blink's")
