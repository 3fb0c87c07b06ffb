"""The two files of the original program and one line with a bot token are enough."""

from __future__ import annotations

from pathlib import Path

from simulator.twilio import human
from tests.e2e.town import PHONE, Town

VARS = """\
# What to ask, and how often
LOGIN_API=https://rest-prod.immedia-semi.com/api/v5/account/login
MEDIA_EVENTS_API=https://rest-{tier}.immedia-semi.com/api/v1/accounts/{account}/media/changed
ACCOUNT_NUMBER=900100
SLEEP_TIME_SECONDS=1
ERROR_RETRY_LIMIT=5
REAUTH_TIME_MINUTES=720

# When to ring
ALARM_LOOKBACK_MINUTES=2
ALARM_THRESHOLD_EVENT_COUNT=3
ALARM_CYCLES_TOTAL=3
ALARM_CYCLE_TIME_SECONDS=30
ALARM_BETWEEN_CYCLES_PAUSE_SECONDS=60
ALARM_CALL_DELAY_SECONDS=0

LOG_PATH=/proc/blink/alarm.log
MAX_LOG_SIZE_MB=5
"""
# The addresses of the stand-ins and the pace of a test; all else comes from the files.
KEPT = (
    "TELEGRAM_API_URL",
    "BLINK_API_URL",
    "TWILIO_API_URL",
    "HOME",
    "PYTHONPATH",
    "WITNESS",
    "POLL_DISARMED_SECONDS",
    "ALARM_EXIT_DELAY_SECONDS",
)


def credentials(town: Town) -> str:
    return "\n".join(
        [
            f"EMAIL={town.blink.email}",
            f'PASSWORD="{town.blink.password}"',
            "UNIQUE_LOGIN_ID=BlinkCamera_4208",
            "",
            f"TWILLO_ACCOUNT={town.twilio.account_sid}",
            f"TWILLO_SECRET={town.twilio.auth_token}",
            f"TWILLO_FROM_NUMBER={next(iter(town.twilio.owned))}",
            f"TWILLO_TO_NUMBER={PHONE}",
        ]
    )


def write(path: Path, text: str) -> Path:
    path.write_text(text)
    return path


async def test_the_originals_files_and_a_bot_token_guard_the_house(town: Town) -> None:
    town.twilio.number(PHONE, human())
    with_token = f"{credentials(town)}\nTELEGRAM_BOT_TOKEN={town.telegram.token}\n"
    town.env = {name: value for name, value in town.env.items() if name in KEPT}
    town.env_files = [
        write(town.directory / "credentials.env", with_token),
        write(town.directory / "vars.env", VARS),
    ]
    await town.armed()
    for name in ("LOGIN_API", "UNIQUE_LOGIN_ID", "LOG_PATH", "ALARM_CYCLE_TIME_SECONDS"):
        assert sum(name in line for line in town.console) == 1
    assert "3 events" in (await town.ask("/threshold")).text
    town.burst("Front Door", "Hall")
    await town.polled(2)
    assert town.alerts() == []
    town.burst("Hall")
    alert = await town.said("ALARM")
    call = await town.rang(1)
    assert call.to == PHONE
    await town.press("Acknowledge", "Acknowledged by Ann", message=alert)
    assert await town.stop() == 0


async def test_without_the_token_the_missing_line_is_named(town: Town) -> None:
    town.env = {name: value for name, value in town.env.items() if name in KEPT}
    town.env_files = [
        write(town.directory / "credentials.env", credentials(town)),
        write(town.directory / "vars.env", VARS),
    ]
    await town.start()
    assert await town.ended() == 2
    assert "TELEGRAM_BOT_TOKEN" in town.console[-1]
