"""Every notice with arguments as the alarm gives them."""

from __future__ import annotations

from datetime import timedelta

from alarm.core.deliveries import Scalar
from alarm.core.notices import Notice
from tests.bot.words.looks import NIGHT

AN_HOUR_AGO = (NIGHT - timedelta(hours=1)).isoformat()
IN_TEN_MINUTES = (NIGHT + timedelta(minutes=10)).isoformat()
IN_AN_HOUR = (NIGHT + timedelta(hours=1)).isoformat()
WHY = "Blink has trouble of its own (homescreen, status 503)"

GIVEN: dict[Notice, dict[str, Scalar]] = {
    Notice.WELCOME: {"name": "Ann", "role": "owner"},
    Notice.PANEL_ARMED: {"by": "Ann", "mode": "away", "busy": False, "sent_at": None},
    Notice.PANEL_ALREADY: {"by": "Ann", "mode": "night", "busy": True, "sent_at": AN_HOUR_AGO},
    Notice.DISARMED: {"by": "Ann", "sent_at": AN_HOUR_AGO, "calls": 2, "called_off": "Phone 1"},
    Notice.ARMED_BY: {"by": "Ann", "mode": "away"},
    Notice.DISARMED_BY: {"by": "Ann"},
    Notice.NOT_WATCHING: {"area": "House"},
    Notice.WATCHING_AGAIN: {"area": "House"},
    Notice.NETWORK_DISARMED: {"area": "House"},
    Notice.NETWORK_ARMED: {"area": "House"},
    Notice.ENTRY_DELAY: {"area": "House", "cameras": "Hall, Garage", "seconds": 30},
    Notice.MISSED_BURST: {"area": "House", "cameras": "Hall", "count": 3, "at": AN_HOUR_AGO},
    Notice.OLD_BURST: {"area": "House", "cameras": "Hall", "count": 3, "at": AN_HOUR_AGO},
    Notice.ACKNOWLEDGED: {"by": "Ann", "calls": 2},
    Notice.FALSE_ALARM: {"by": "Ann", "calls": 2, "called_off": "Phone 1"},
    Notice.DRILL_ENDED: {"by": "Ann", "panel": "armed"},
    Notice.NOTHING_TO_DO: {"panel": "armed"},
    Notice.INCIDENT_OVER: {"panel": "armed"},
    Notice.AUTO_CLOSED: {"area": "House"},
    Notice.EXHAUSTED: {"incident": "i1", "phones": 2},
    Notice.STILL_OPEN: {"incident": "i1"},
    Notice.CALLS_USED_UP: {"incident": "i1", "calls": 20},
    Notice.SETTING_SET: {"setting": "away-exit-delay", "old": "1 min", "new": "45 s"},
    Notice.SETTING_CHANGED: {
        "setting": "away-exit-delay",
        "old": "1 min",
        "new": "45 s",
        "by": "Ann",
    },
    Notice.WHICH_CAMERAS: {"chat": 11, "mode": "night"},
    Notice.MODE_CAMERAS: {"mode": "night", "old": "Hall", "new": "Hall, Garage"},
    Notice.DRILL_RUNNING: {},
    Notice.DRILL_REFUSED: {},
    Notice.DOORBELL: {"camera": "Front door", "at": AN_HOUR_AGO},
    Notice.CLOCK_OFF: {"seconds": 180},
    Notice.CLOCK_FINE: {"seconds": 0},
    Notice.BLIND: {"since": AN_HOUR_AGO, "reason": WHY},
    Notice.SIGHTED: {"since": AN_HOUR_AGO},
    Notice.DEVICES_BLIND: {"since": AN_HOUR_AGO, "reason": WHY},
    Notice.DEVICES_SEEN: {"since": AN_HOUR_AGO},
    Notice.DEAF: {"since": AN_HOUR_AGO, "reason": "another program uses the same bot token"},
    Notice.HEARD: {"since": AN_HOUR_AGO},
    Notice.CODE_NEEDED: {"reason": ""},
    Notice.CODE_WRONG: {},
    Notice.CODE_LOST: {"reason": ""},
    Notice.LOGIN_DONE: {"reason": ""},
    Notice.LOGIN_REFUSED: {"reason": ""},
    Notice.LOGIN_NEEDED: {"reason": ""},
    Notice.LOGIN_FAILED: {"reason": WHY},
    Notice.CHAT_LOST: {"name": "Ben", "reason": "bot was blocked by the user"},
    Notice.CAUGHT_UP: {"clips": 3, "counted": 2},
    Notice.STARTED: {"down": 180.0, "again": 2},
    Notice.STATE_DOUBT: {"detail": "state.json is cut", "lost": True},
    Notice.STATE_TAKEN: {"armed": "House", "disarmed": "Garden"},
    Notice.DISK_TROUBLE: {"detail": "No space left on device", "lost": False},
    Notice.DISK_FINE: {"detail": "", "lost": False},
    Notice.OLD_ARM: {"sent_at": AN_HOUR_AGO},
    Notice.SCHEDULE_ARMED: {
        "at": AN_HOUR_AGO,
        "areas": "House",
        "by": "schedule",
        "why": "schedule",
        "mode": "night",
    },
    Notice.SCHEDULE_DISARMED: {
        "at": AN_HOUR_AGO,
        "areas": "House",
        "by": "Ann",
        "why": "hold",
    },
    Notice.MODE_NOT_CHOSEN: {
        "at": AN_HOUR_AGO,
        "areas": "House",
        "by": "schedule",
        "why": "schedule",
        "mode": "night",
    },
    Notice.AWAY_SOON: {"at": IN_TEN_MINUTES},
    Notice.ARMING_SKIPPED: {
        "at": IN_TEN_MINUTES,
        "later": IN_AN_HOUR,
        "over": False,
        "by": "Ann",
    },
    Notice.NOTHING_TO_SKIP: {"panel": "armed"},
    Notice.HOLD_ENDS: {"until": IN_TEN_MINUTES, "then": "away", "by": "Ann"},
    Notice.HOLD_KEPT: {"until": IN_AN_HOUR, "by": "Ann"},
    Notice.NOTHING_TO_KEEP: {"panel": "armed"},
    Notice.ARM_PLANNED: {
        "at": IN_TEN_MINUTES,
        "mode": "away",
        "until": IN_AN_HOUR,
        "by": "Ann",
    },
    Notice.PLAN_DROPPED: {"by": "Ann"},
    Notice.VACATION_SET: {"until": IN_AN_HOUR, "old": IN_TEN_MINUTES, "by": "Ann"},
    Notice.VACATION_OVER: {"by": "Ann"},
    Notice.NO_VACATION: {},
    Notice.SCHEDULE_CHANGED: {
        "window": 2,
        "old": "mon-fri 22:00-6:30 night",
        "new": "daily 23:00-6:30 night",
        "by": "Ann",
    },
    Notice.ZONE_CHANGED: {"old": "UTC", "new": "Europe/Berlin"},
    Notice.TOO_OLD: {"command": "/clip", "sent_at": AN_HOUR_AGO},
}
