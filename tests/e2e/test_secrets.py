"""Nothing that opens a door stands in the log or in the state, however much goes wrong."""

from __future__ import annotations

import json
from base64 import b64encode
from pathlib import Path
from urllib.parse import quote, quote_plus

from simulator.faults import Fault, FaultKind
from simulator.twilio import human
from tests.e2e.town import PHONE, Town

PASSWORD = 'c0rrect "horse" & báttery'


def in_all_forms(secret: str) -> set[str]:
    """Return the secret as it may be written somewhere."""
    return {
        secret,
        quote(secret),
        quote_plus(secret),
        json.dumps(secret)[1:-1],
        repr(secret)[1:-1],
        b64encode(secret.encode()).decode(),
    }


def found(secrets: list[str], text: str) -> set[str]:
    return {form for secret in secrets for form in in_all_forms(secret) if form in text}


def files(directory: Path) -> list[Path]:
    return [path for path in directory.rglob("*") if path.is_file()]


async def test_no_secret_is_shown_in_a_night_full_of_errors(town: Town) -> None:
    town.blink.password = PASSWORD
    log = town.directory / "logs" / "alarm.log"
    town.env |= {"LOG_LEVEL": "DEBUG", "LOG_PATH": str(log), "BLINK_PASSWORD": PASSWORD}
    town.twilio.number(PHONE, human())
    town.blink.two_factor = "202"
    town.blink.faults.add("signin", Fault(FaultKind.STATUS, 503, "{}", times=1), method="GET")
    refused = json.dumps({"ok": False, "error_code": 401, "description": "Unauthorized"})
    town.telegram.faults.add("getMe", Fault(FaultKind.STATUS, 401, refused, times=1))
    await town.start()
    town.ann.start(await town.claim_code())
    await town.said("Hello")
    # A minute would pass before the next try.
    town.blink.faults.clear()
    assert await town.stop() == 0
    town.env["BLINK_PASSWORD"] = PASSWORD + "!"
    await town.start()
    await town.said("BLINK_PASSWORD")
    assert await town.stop() == 0
    town.env["BLINK_PASSWORD"] = PASSWORD
    await town.start()
    await town.said("sent you a code")
    await town.ask("/code 123456", "Logged in")
    await town.ask("/arm", "armed")
    await town.until(town.blink.armed)

    # Everything fails in some way, while it has to alarm.
    for kind, path in (
        (FaultKind.STATUS, "media/changed"),
        (FaultKind.GARBAGE, "media/changed"),
        (FaultKind.CUT, "oauth/token"),
        (FaultKind.DROP, "homescreen"),
        (FaultKind.GARBAGE, r"\.mp4"),
    ):
        town.blink.faults.add(path, Fault(kind, 500, "<html>no</html>", times=1))
    town.twilio.faults.add("Calls", Fault(FaultKind.CUT, times=1))
    town.twilio.faults.add("Calls", Fault(FaultKind.STATUS, 401, "{}", times=1))
    odd = Fault(FaultKind.STATUS, 200, '{"ok":true,"result":{}}', times=1)
    town.telegram.faults.add("sendMessage", odd)
    town.telegram.faults.add("editMessage", Fault(FaultKind.CUT, times=1))
    town.telegram.faults.add("sendPhoto", Fault(FaultKind.STATUS, 404, refused, times=1))
    town.telegram.faults.add("sendVideo", Fault(FaultKind.GARBAGE, times=1))
    town.telegram.faults.add("getUpdates", Fault(FaultKind.STATUS, 401, refused, times=1))
    town.telegram.faults.add("getUpdates", Fault(FaultKind.DROP, times=1))
    town.blink.revoke_access_tokens()
    town.burst()
    alert = await town.said("ALARM", seconds=20.0)
    await town.rang(1)
    await town.press("Acknowledge", "Acknowledged by Ann", message=alert)
    assert await town.stop() == 0

    fixed = [town.telegram.token, PASSWORD, town.twilio.auth_token]
    basic = f"{town.twilio.account_sid}:{town.twilio.auth_token}"
    issued = [*town.blink.tokens._access, *town.blink.tokens._refresh]
    kept = "".join(path.read_text(errors="replace") for path in files(town.state_dir))
    assert any(token in kept for token in issued)
    shown = "\n".join([*town.console, log.read_text()])
    assert len(town.console) > 10
    assert found([*fixed, basic, *issued], shown) == set()
    assert "123456" not in shown
    assert found([*fixed, basic], kept) == set()
    for file in files(town.state_dir):
        assert file.stat().st_mode & 0o077 == 0
    assert town.state_dir.stat().st_mode & 0o077 == 0
    assert log.stat().st_mode & 0o077 == 0
