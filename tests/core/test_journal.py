"""Who did what when, and what the alarm decided."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from alarm.core.calls import CallStatus
from alarm.core.commands import Drill, ExtendExit
from alarm.core.inputs import (
    BlinkFailed,
    ClockJumped,
    DevicesSeen,
    LoginChanged,
    NumbersConfigured,
    OwnerConfigured,
    Started,
    StorageChanged,
    StorageStatus,
)
from alarm.core.notices import Notice
from alarm.core.state import LoginStatus
from tests.core.home import (
    ANN,
    BEN,
    HOUR,
    MINUTE,
    NOON,
    PHONE_1,
    SECOND,
    Home,
    clip,
    homescreen,
    household,
    said,
    settings,
)


def journal(home: Home) -> list[dict[str, Any]]:
    return [dict(row.data) for row in home.rows if row.kind == "journal"]


def of_incident(home: Home) -> list[dict[str, Any]]:
    """Return what was written of the incident, without what was opened."""
    rows = [dict(row.data) for row in home.rows if row.kind == "incident"]
    return [row for row in rows if row["what"] != "alert arrived"]


def test_arming_and_disarming_are_written_with_the_name() -> None:
    home = Home()
    home.arm(ANN)
    home.deliver_chat()
    home.do(ExtendExit(home.actor(BEN)))
    home.wait(2 * MINUTE)
    home.disarm(BEN)
    home.disarm(BEN)
    rows = [row for row in journal(home) if "Blink" not in str(row["what"])]
    assert rows == [
        {"what": "arm", "by": "Ann", "mode": "away"},
        {"what": "extend exit delay", "by": "Ben"},
        {"what": "armed", "area": "House", "mode": "away"},
        {"what": "disarm", "by": "Ben"},
    ]


def test_each_row_has_its_own_number_and_its_time() -> None:
    home = Home()
    home.arm(ANN)
    home.wait(MINUTE)
    home.disarm(BEN)
    assert [row.id for row in home.rows] == list(range(1, len(home.rows) + 1))
    assert home.rows[0].at == NOON
    assert home.rows[-1].at == NOON + MINUTE


def test_the_life_of_an_incident_is_written() -> None:
    home = Home().arm_now()
    home.wait(HOUR)
    at = home.now
    home.now += 40 * SECOND
    home.see(clip(at, 1), clip(at, 2))
    home.deliver_chat()
    home.wait(30 * SECOND)
    home.call(CallStatus.BUSY)
    home.acknowledge(BEN)
    home.false_alarm(ANN)
    opened, *rest = of_incident(home)
    assert opened == {
        "id": "i1",
        "what": "opened",
        "sort": "burglary",
        "area": "House",
        "count": 2,
        "late": 40.0,
    }
    assert rest == [
        {"id": "i1", "what": "call", "contact": "Phone 1"},
        {"id": "i1", "what": "call", "contact": "Phone 2"},
        {"id": "i1", "what": "acknowledged", "by": "Ben"},
        {"id": "i1", "what": "closed", "by": "Ann", "verdict": "false alarm"},
    ]


def test_a_new_wave_and_a_plan_that_is_used_up_are_written() -> None:
    home = Home(household(phones=0)).arm_now()
    home.burglary()
    home.wait(30 * SECOND)
    home.acknowledge()
    home.now += 10 * MINUTE
    home.see(clip(home.now, 1), clip(home.now, 2))
    rows = of_incident(home)
    assert {"id": "i1", "what": "nobody reacted"} in rows
    assert {"id": "i1", "what": "new wave", "count": 4} in rows


def test_an_entry_delay_is_written() -> None:
    home = Home(replace(household(), settings=settings(entry_delay=30 * SECOND))).arm_now()
    home.see(clip(home.now, 1), clip(home.now, 2))
    assert {"what": "entry delay", "area": "House", "cameras": "Hall"} in journal(home)


def test_a_drill_is_written() -> None:
    home = Home()
    home.do(Drill(home.actor(BEN), with_calls=True))
    assert journal(home) == [{"what": "drill", "by": "Ben", "with_calls": True}]
    assert of_incident(home)[0]["sort"] == "drill"


def test_what_the_configuration_changes_is_written() -> None:
    home = Home()
    home.do(OwnerConfigured(BEN))
    home.do(NumbersConfigured((PHONE_1,)))
    home.do(ClockJumped(HOUR))
    assert journal(home) == [
        {"what": "owner set by configuration", "user": BEN},
        {"what": "phone numbers set by configuration", "count": 1},
        {"what": "clock jumped", "seconds": 3600.0},
    ]


def test_what_the_alarm_sees_of_itself_is_written() -> None:
    home = Home()
    home.arm()
    home.deliver_chat()
    home.wait(MINUTE)
    home.do(DevicesSeen(homescreen(armed=True)))
    home.now += MINUTE
    home.do(DevicesSeen(homescreen(armed=False)))
    home.do(DevicesSeen(homescreen(armed=True)))
    since = home.now
    home.do(BlinkFailed("silent", since))
    home.wait(90 * SECOND)
    home.list_all()
    home.do(LoginChanged(LoginStatus.NEEDED, "account"))
    home.do(StorageChanged(StorageStatus.FAILING, "disk full"))
    rows = [row for row in journal(home) if row["what"] not in ("arm", "armed")]
    assert rows == [
        {"what": "not confirmed by Blink", "area": "House"},
        {"what": "disarmed behind our back", "area": "House"},
        {"what": "armed again elsewhere", "area": "House"},
        {"what": "blind", "reason": "silent"},
        {"what": "blink back", "since": since.isoformat()},
        {"what": "blink login", "status": "needed"},
        {"what": "storage", "status": "failing", "detail": "disk full"},
    ]


def test_arming_in_the_blink_app_and_what_was_taken_over_are_written() -> None:
    home = Home()
    home.do(DevicesSeen(homescreen(armed=True)))
    assert journal(home) == [{"what": "armed in the Blink app", "area": "House"}]
    home = Home(replace(household(), areas={}, in_doubt=True))
    home.do(DevicesSeen(homescreen(armed=True)))
    assert journal(home) == [{"what": "state taken from Blink", "armed": "House", "disarmed": ""}]


def test_a_restart_and_what_was_given_up_are_written() -> None:
    home = Home()
    home.arm()
    news = next(d for d in home.waiting() if said([d]) == [Notice.ARMED_BY])
    home.claim(news)
    home.rows.clear()
    home.now += HOUR
    home.do(Started())
    assert journal(home) == [
        {"what": "delivery given up", "delivery": "Words", "reason": "interrupted"},
        {"what": "started", "down": 3600.0, "again": 0},
    ]
