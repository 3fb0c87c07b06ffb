"""How the program ends: with the status that was promised, in the time that was promised."""

from __future__ import annotations

import signal

import pytest

from simulator.faults import Fault, FaultKind
from simulator.twilio import human
from tests.e2e.town import PHONE, Town

HANG = Fault(FaultKind.HANG, seconds=120.0)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("TELEGRAM_BOT_TOKEN", None),
        ("TELEGRAM_BOT_TOKEN", "not-a-token-0123456789"),
        ("BLINK_PASSWORD", None),
        ("TWILIO_AUTH_TOKEN", None),
        ("TWILIO_TO_NUMBER", "+44112"),
        ("ALARM_THRESHOLD_EVENT_COUNT", "51"),
        ("TIMEZONE", "Europe/Atlantis"),
    ],
)
async def test_a_bad_variable_is_named_and_its_value_is_not(
    town: Town, variable: str, value: str | None
) -> None:
    if value is None:
        del town.env[variable]
    else:
        town.env[variable] = value
    await town.start()
    assert await town.ended() == 2
    assert len(town.console) == 1
    assert variable in town.console[0]
    assert town.console[0].endswith(".")
    assert value is None or value not in town.console[0]
    assert not town.state_dir.exists()


async def test_a_second_instance_is_refused_and_the_first_goes_on(town: Town) -> None:
    await town.paired()
    first, town.process = town.process, None
    await town.start()
    assert await town.ended() == 3
    town.process = first
    await town.status()
    assert first is not None
    first.send_signal(signal.SIGINT)
    assert await town.ended() == 0


async def test_it_stops_in_time_while_everything_hangs(town: Town) -> None:
    town.twilio.number(PHONE, human())
    await town.armed()
    town.blink.faults.add("homescreen", HANG)
    town.telegram.faults.add("sendVideo|sendPhoto|getUpdates", HANG)
    town.twilio.faults.add("Calls", HANG)
    town.burst()
    await town.said("ALARM")
    await town.until(lambda: town.twilio.count("Calls") > 0)
    await town.until(lambda: town.telegram.count("send") > town.telegram.count("sendMessage"))
    town.blink.faults.add("media/changed", HANG)
    await town.polled(1)
    assert await town.stop() == 0
    # Nothing was forgotten by it.
    for stand_in in (town.blink, town.telegram, town.twilio):
        stand_in.faults.clear()
    await town.start()
    await town.rang(1)
    await town.until(lambda: len(town.files()) == 4)


async def test_it_stops_in_time_when_no_cloud_was_ever_reached(town: Town) -> None:
    town.env["TELEGRAM_OWNER_ID"] = str(town.ann.id)
    town.telegram.faults.add("getMe", HANG)
    town.blink.faults.add("oauth", HANG)
    town.twilio.faults.add("Accounts", HANG)
    await town.start()
    await town.until(lambda: town.telegram.count("getMe") > 0 and town.blink.count("oauth") > 0)
    assert await town.stop() == 0
    await town.telegram.stop()
    await town.blink.stop()
    await town.start()
    await town.until(lambda: any("Telegram cannot be reached" in line for line in town.console))
    assert await town.stop() == 0
