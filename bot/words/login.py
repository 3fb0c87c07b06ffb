"""The login at Blink: what is wrong with it, and what a person can do."""

from __future__ import annotations

from alarm.core.state import Login, LoginStatus
from bot.pages import Button, Press
from bot.words.markup import cause, code

NEW_CODE = Button("Send a new code", Press.NEW_CODE)
LOG_IN_AGAIN = Button("Log in again", Press.NEW_CODE)
BUTTONS = {
    LoginStatus.CODE_LOST: NEW_CODE,
    LoginStatus.REFUSED: LOG_IN_AGAIN,
    LoginStatus.NEEDED: LOG_IN_AGAIN,
    LoginStatus.FAILED: LOG_IN_AGAIN,
}
SEND_CODE = f"Reply with its digits, or send {code('/code 123456')}."


def trouble(login: Login) -> str:
    """Return what keeps us out of Blink and what to do, as HTML; empty when we are in."""
    because = f" ({cause(login.reason)})" if login.reason else ""
    match login.status:
        case LoginStatus.DONE:
            return ""
        case LoginStatus.NEVER:
            return "Not logged in to Blink yet: it is tried by itself; wait a minute."
        case LoginStatus.TRYING:
            return "Logging in to Blink right now: wait a minute."
        case LoginStatus.CODE_PENDING:
            return f"Blink sent a code by SMS or e-mail and waits for it. {SEND_CODE}"
        case LoginStatus.CODE_LOST:
            return f"Blink's code cannot be used any more: press {NEW_CODE.text}."
        case LoginStatus.REFUSED:
            return (
                "Blink refuses the e-mail or the password: correct BLINK_EMAIL and "
                "BLINK_PASSWORD in the settings file, then restart the program. "
                f"If both are right, press {LOG_IN_AGAIN.text}."
            )
        case LoginStatus.NEEDED:
            return f"Blink wants a new login{because}: press {LOG_IN_AGAIN.text}."
        case LoginStatus.FAILED:
            return f"Login at Blink failed{because}: press {LOG_IN_AGAIN.text}."
