"""Notices about Blink: reachable or not, and its login."""

from __future__ import annotations

from alarm.blink.errors import UNREACHABLE
from alarm.core.notices import Notice
from bot.pages import Page
from bot.words import login, times
from bot.words.counting import NOT_WATCHING
from bot.words.login import LOG_IN_AGAIN, NEW_CODE, SEND_CODE
from bot.words.markup import bold, cause, code, page
from bot.words.readiness import CHECK_THE_APP, advice, unconfirmed
from bot.words.said import Said, Wording


def blind(said: Said) -> Page:
    since = said.moment("since")
    why = cause(said.raw("reason")) or UNREACHABLE
    lines = [f"⛔ {NOT_WATCHING}{f' since {since}' if since else ''}. {why}."]
    trouble = login.trouble(said.state.login)
    if trouble:
        retry = login.BUTTONS.get(said.state.login.status)
        return page([*lines, trouble], [retry] if retry else [])
    return page([*lines, f"{advice(why)} You are told when it is back."])


def sighted(said: Said) -> Page:
    since = said.instant("since")
    gone = ""
    if since is not None:
        away = times.rough(said.view.now - since)
        gone = f" It was away for {away}, since {said.moment('since')}."
    return page(
        [
            f"✅ {bold('Blink is back.')}{gone}",
            "What the cameras saw meanwhile is read now, and rings if it must.",
        ]
    )


def devices_blind(said: Said) -> Page:
    since = said.moment("since")
    when = f" since {since}" if since else ""
    why = cause(said.raw("reason")) or "Blink does not show them"
    if unconfirmed(said.state):
        first = f"⛔ {NOT_WATCHING}{when}, as far as can be told: {why}."
        rest = "Blink did not confirm that it is armed, and the cameras cannot be checked."
    else:
        first = f"⚠️ {bold('The cameras cannot be checked')}{when}: {why}."
        rest = "Clips are still read, but a camera that fails now goes unnoticed."
    return page([first, f"{rest} {CHECK_THE_APP} You are told when it is back."])


def devices_seen(said: Said) -> Page:
    since = said.instant("since")
    gone = ""
    if since is not None:
        away = times.rough(said.view.now - since)
        gone = f" They could not be for {away}, since {said.moment('since')}."
    return page(
        [f"✅ {bold('The cameras can be checked again.')}{gone}", "/status tells how they are."]
    )


def code_needed(said: Said) -> Page:
    return page(
        [f"🔑 {bold('Blink sent you a code')} by SMS or e-mail, and waits for it.", SEND_CODE]
    )


def code_wrong(said: Said) -> Page:
    return page(
        [
            f"✋ {bold('Blink did not accept this code')}{said.because()}.",
            f"Look at the newest message of Blink. {SEND_CODE}",
        ],
        [NEW_CODE],
    )


def code_lost(said: Said) -> Page:
    return page(
        [
            f"🔑 {bold('Not logged in to Blink')}{said.because()}.",
            (
                "The code that Blink sent cannot be used any more. "
                f"Press {NEW_CODE.text}, then send me the new one."
            ),
        ],
        [NEW_CODE],
    )


def login_done(said: Said) -> Page:
    if said.flag("again"):
        return page([f"✅ {bold('Blink takes the saved login again.')} Nothing is to be done."])
    if said.state.armed:
        then = "The cameras are watched again; /status tells more."
    else:
        then = "/cameras shows what it sees, /arm starts guarding."
    return page([f"✅ {bold('Logged in to Blink.')}", then])


def login_refused(said: Said) -> Page:
    return page(
        [
            f"⛔ {bold('Blink refuses the e-mail or the password.')}",
            (
                f"Correct {code('BLINK_EMAIL')} and {code('BLINK_PASSWORD')} in the settings file, "
                f"then restart the program. If both are right, press {LOG_IN_AGAIN.text}; by "
                "itself it is not tried again, since Blink would lock you out."
            ),
        ],
        [LOG_IN_AGAIN],
    )


def login_needed(said: Said) -> Page:
    return page(
        [
            f"⛔ {bold('Blink wants a new login')}{said.because()}.",
            f"Press {LOG_IN_AGAIN.text}. Blink may then send you a code.",
        ],
        [LOG_IN_AGAIN],
    )


def login_failed(said: Said) -> Page:
    return page(
        [
            f"⛔ {bold('Login at Blink failed')}{said.because()}.",
            f"Press {LOG_IN_AGAIN.text} to try once more.",
        ],
        [LOG_IN_AGAIN],
    )


TABLE: dict[Notice, Wording] = {
    Notice.BLIND: blind,
    Notice.SIGHTED: sighted,
    Notice.DEVICES_BLIND: devices_blind,
    Notice.DEVICES_SEEN: devices_seen,
    Notice.CODE_NEEDED: code_needed,
    Notice.CODE_WRONG: code_wrong,
    Notice.CODE_LOST: code_lost,
    Notice.LOGIN_DONE: login_done,
    Notice.LOGIN_REFUSED: login_refused,
    Notice.LOGIN_NEEDED: login_needed,
    Notice.LOGIN_FAILED: login_failed,
}
