"""Commands that are not heard: why, what to do, and the two notices about it."""

from __future__ import annotations

from alarm.core.state import State
from bot.pages import Page
from bot.words import times
from bot.words.markup import bold, cause, code, page
from bot.words.said import Said
from bot.words.view import View

ANOTHER_PROGRAM = "another program uses the same bot token"
TOKEN_REFUSED = "Telegram refuses the bot token; check TELEGRAM_BOT_TOKEN"  # noqa: S105 - no token
STOP_THE_OTHER = (
    "Stop the other program. If it is not yours, get a new token from @BotFather (/revoke), put it "
    f"into {code('TELEGRAM_BOT_TOKEN')} in the settings file, and restart this program."
)
NEW_TOKEN = f"Correct {code('TELEGRAM_BOT_TOKEN')} in the settings file, then restart the program."
ADVICE = {ANOTHER_PROGRAM: STOP_THE_OTHER, TOKEN_REFUSED: NEW_TOKEN}
LATE_PRESS = "That press came late, while I was away. Press again."
WAIT = "It is tried again by itself."
STILL_WATCHING = (
    "It goes on watching, alarms still come and phones still ring. But what you write or press "
    "here may do nothing. You are told when it is heard again."
)


def trouble(state: State, view: View) -> list[str]:
    """Say that what people write may go unheard, and what to do."""
    health = state.health
    if health.deaf_since is None:
        return []
    since = times.moment(health.deaf_since, view)
    return [f"Commands are not heard since {since}: {_why(health.deaf_reason)}"]


def deaf(said: Said) -> Page:
    since = said.moment("since")
    when = f" since {since}" if since else ""
    return page(
        [
            f"🙉 {bold('Commands are not heard')}{when}: {_why(said.raw('reason'))}",
            STILL_WATCHING,
        ]
    )


def heard(said: Said) -> Page:
    since = said.instant("since")
    gone = ""
    if since is not None:
        gone = f" They were not for {times.rough(said.view.now - since)}, since "
        gone += f"{said.moment('since')}."
    return page(
        [
            f"✅ {bold('Commands are heard again.')}{gone}",
            "Look at /status: what you sent meanwhile may have been done late or not at all.",
        ]
    )


def _why(reason: str) -> str:
    why = cause(reason.partition(";")[0]) or "Telegram does not hand them out"
    return f"{why}. {ADVICE.get(reason, WAIT)}"
