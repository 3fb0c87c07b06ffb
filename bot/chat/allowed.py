"""The one table of who may do what; whatever has no row here is refused to everybody."""

from __future__ import annotations

from alarm.core.state import Person, Role
from bot.pages import Press

# The lowest role that may write it, by its name without the slash; "" is a message that is no
# command, such as a code's digits.
COMMANDS: dict[str, Role] = {
    "": Role.VIEWER,
    "start": Role.VIEWER,
    "help": Role.VIEWER,
    "status": Role.VIEWER,
    "cameras": Role.VIEWER,
    "clip": Role.VIEWER,
    "arm": Role.MEMBER,
    "disarm": Role.MEMBER,
    "ack": Role.MEMBER,
    "test": Role.MEMBER,
    "threshold": Role.MEMBER,
    "settings": Role.MEMBER,
    "mode": Role.MEMBER,
    "distinct": Role.MEMBER,
    "schedule": Role.MEMBER,
    "vacation": Role.MEMBER,
    "privacy": Role.MEMBER,
    "panic": Role.MEMBER,
    "bypass": Role.MEMBER,
    "snooze": Role.MEMBER,
    "unbypass": Role.MEMBER,
    "camera": Role.MEMBER,
    "swinger": Role.MEMBER,
    "doorbell": Role.MEMBER,
    "contacts": Role.MEMBER,
    "plan": Role.MEMBER,
    "code": Role.OWNER,
    "pin": Role.MEMBER,
    "invite": Role.OWNER,
    "users": Role.OWNER,
    "home": Role.OWNER,
    "journal": Role.OWNER,
}
# The lowest role that may press it.
PRESSES: dict[Press, Role] = {
    Press.ACKNOWLEDGE: Role.MEMBER,
    Press.FALSE_ALARM: Role.MEMBER,
    Press.DISARM: Role.MEMBER,
    Press.MORE: Role.MEMBER,
    Press.CANCEL: Role.MEMBER,
    Press.EXTEND: Role.MEMBER,
    Press.ARM: Role.MEMBER,
    Press.REARM: Role.MEMBER,
    Press.DISARM_AREA: Role.MEMBER,
    Press.SETTINGS: Role.MEMBER,
    Press.SET: Role.MEMBER,
    Press.MODE: Role.MEMBER,
    Press.MODE_CAMERAS: Role.MEMBER,
    Press.CAMERA: Role.MEMBER,
    Press.CAMERAS_DONE: Role.MEMBER,
    Press.SKIP_ARMING: Role.MEMBER,
    Press.ARM_LATER: Role.MEMBER,
    Press.DROP_PLAN: Role.MEMBER,
    Press.KEEP: Role.MEMBER,
    Press.PROLONG: Role.MEMBER,
    Press.END_VACATION: Role.MEMBER,
    Press.WEEK: Role.MEMBER,
    Press.WINDOW: Role.MEMBER,
    Press.SAVE_WINDOW: Role.MEMBER,
    Press.PAUSE_WINDOW: Role.MEMBER,
    Press.REMOVE_WINDOW: Role.MEMBER,
    Press.SWITCH_SCHEDULE: Role.MEMBER,
    Press.PRIVACY: Role.MEMBER,
    Press.PANIC: Role.MEMBER,
    Press.CAMERA_PAGE: Role.MEMBER,
    Press.CAMERAS: Role.VIEWER,
    Press.LEAVE_OUT: Role.MEMBER,
    Press.COUNT_AGAIN: Role.MEMBER,
    Press.CAMERA_RULE: Role.MEMBER,
    Press.STATUS: Role.VIEWER,
    Press.HELP: Role.VIEWER,
    Press.CONTACT: Role.MEMBER,
    Press.PLAN: Role.MEMBER,
    Press.NEW_CODE: Role.OWNER,
    Press.PIN: Role.OWNER,
    Press.KEY: Role.MEMBER,
    Press.UNLOCK_PIN: Role.OWNER,
    Press.INVITE: Role.OWNER,
    Press.WITHDRAW: Role.OWNER,
    Press.USERS: Role.OWNER,
    Press.USER: Role.OWNER,
    Press.USER_ASK: Role.OWNER,
    Press.USER_DO: Role.OWNER,
    Press.HOME_HERE: Role.OWNER,
    Press.HOME_OFF: Role.OWNER,
    Press.JOURNAL: Role.OWNER,
}
# Written in a group, these answer in the private chat: others in the group must not read it.
PRIVATE_COMMANDS = frozenset({"start", "code", "pin", "invite", "users", "journal", "contacts"})
# These stand under private messages only.
PRIVATE_PRESSES = frozenset(
    {
        Press.NEW_CODE,
        Press.PIN,
        Press.UNLOCK_PIN,
        Press.INVITE,
        Press.WITHDRAW,
        Press.USERS,
        Press.USER,
        Press.USER_ASK,
        Press.USER_DO,
        Press.JOURNAL,
        Press.CONTACT,
    }
)
# These work in a group that is not the home's: they make it that.
ANYWHERE_COMMANDS = frozenset({"home"})
ANYWHERE_PRESSES = frozenset({Press.HOME_HERE})
# Whoever wrote these and left believes them done: where they are not, the owners hear of it.
BELIEVED_DONE = frozenset({"arm", "disarm"})
# What stands behind /start in a group that was chosen by a link of ours.
BY_LINK = "home"


def allows(person: Person | None, command: str) -> bool:
    """Tell whether somebody may use a command."""
    return person is not None and command in COMMANDS and person.role.covers(COMMANDS[command])


def allows_press(person: Person | None, press: Press) -> bool:
    """Tell whether somebody may press such a button."""
    return person is not None and press in PRESSES and person.role.covers(PRESSES[press])
