"""What a chat shows: a text in Telegram's HTML with rows of buttons under it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Press(StrEnum):
    """What a button does. Stands in the callback data, before the thing it is about."""

    ACKNOWLEDGE = "ack"
    FALSE_ALARM = "false"
    DISARM = "disarm"
    MORE = "more"
    CANCEL = "cancel"
    EXTEND = "extend"
    ARM = "arm"
    REARM = "rearm"
    DISARM_AREA = "off"
    NEW_CODE = "code"
    SETTINGS = "settings"
    SET = "set"
    MODE = "mode"
    MODE_CAMERAS = "which"
    CAMERA = "tick"
    CAMERAS_DONE = "took"
    SKIP_ARMING = "skip"
    ARM_LATER = "later"
    DROP_PLAN = "unplan"
    KEEP = "keep"
    PROLONG = "longer"
    END_VACATION = "home"
    WEEK = "week"
    WINDOW = "window"
    SAVE_WINDOW = "save"
    PAUSE_WINDOW = "pause"
    REMOVE_WINDOW = "remove"
    SWITCH_SCHEDULE = "clock"
    PIN = "pin"
    KEY = "key"
    UNLOCK_PIN = "unlockpin"
    PRIVACY = "privacy"
    INVITE = "invite"
    WITHDRAW = "withdraw"
    USERS = "users"
    USER = "user"
    USER_ASK = "uask"
    USER_DO = "udo"
    HOME_HERE = "homehere"
    HOME_OFF = "homeoff"
    JOURNAL = "journal"
    PANIC = "panic"
    CAMERA_PAGE = "camera"
    CAMERAS = "cameras"
    LEAVE_OUT = "out"
    COUNT_AGAIN = "again"
    CAMERA_RULE = "rule"
    STATUS = "status"
    HELP = "help"
    CONTACT = "contact"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class Button:
    """`about`: the incident the button belongs to, where it belongs to one."""

    text: str
    press: Press
    about: str = ""

    @property
    def data(self) -> str:
        """Return the callback data; Telegram allows 64 bytes."""
        return f"{self.press.value}:{self.about}"


def read_press(data: str) -> tuple[Press, str] | None:
    """Read callback data; None for anything that is not ours."""
    name, colon, about = data.partition(":")
    if not colon or name not in set(Press):
        return None
    return Press(name), about


@dataclass(frozen=True, slots=True)
class Page:
    html: str
    buttons: tuple[tuple[Button, ...], ...] = ()
