"""Notices about the program itself: its people, its start, its disk, its clock."""

from __future__ import annotations

from datetime import timedelta

from alarm.core.notices import Notice
from bot.pages import Page
from bot.words import hearing, times
from bot.words.areas import headlines
from bot.words.markup import bold, counted, page, reason
from bot.words.panel import ARM, DISARM
from bot.words.readiness import not_watching, warned
from bot.words.said import Said, Wording


def chat_lost(said: Said) -> Page:
    who = said.name("name") or "Somebody"
    bot = said.view.bot_username
    where = f"@{reason(bot)}" if bot else "this bot"
    return page(
        [
            f"📵 {bold('Telegram does not reach')} {who} any more{said.because()}.",
            f"{who} must open {where} and press Start, or will not see an alarm.",
        ]
    )


def started(said: Said) -> Page:
    down = said.duration("down") or timedelta(0)
    again = said.whole("again")
    lines = [
        *headlines(said.state, said.view),
        *warned(not_watching(said.state, said.view)),
        f"The program was off for {times.rough(down)} and runs again.",
    ]
    if said.state.armed:
        lines.append("What the cameras saw meanwhile is read now, and rings if it must.")
    if again:
        lines.append(f"{counted(again, 'message')} may come twice.")
    return page(lines)


def caught_up(said: Said) -> Page:
    """Say what the cameras recorded while the program was off."""
    clips, counts = said.whole("clips"), said.whole("counted")
    line = f"🎞 While the program was off: {counted(clips, 'clip')}"
    return page([f"{line}, {counts} of them while it was armed." if counts else f"{line}."])


def state_doubt(said: Said) -> Page:
    detail = reason(said.raw("detail"))
    if not said.flag("lost"):
        return page(
            [
                (
                    f"⚠️ {bold('A saved file was damaged')}{f' ({detail})' if detail else ''}. "
                    "Its copy was good: nothing is lost. Check the disk of this computer."
                ),
                *headlines(said.state, said.view),
                "Is this right?",
            ],
            [ARM, DISARM],
        )
    lines = [
        (
            f"⛔ {bold('I do not know whether I am armed.')} "
            f"The saved state is lost{f' ({detail})' if detail else ''}."
        ),
        "Until you tell me, I do as Blink does. Which shall it be?",
    ]
    return page(lines, [ARM, DISARM])


def state_taken(said: Said) -> Page:
    armed, disarmed = said.names("armed"), said.names("disarmed")
    if armed and disarmed:
        what = f"armed: {armed}; disarmed: {disarmed}"
    else:
        what = "armed" if armed else "disarmed"
    return page(
        [
            f"⚠️ {bold(f'Taken from Blink: {what}')}.",
            "My own saved state is lost, so this may be wrong. Which shall it be?",
        ],
        [ARM, DISARM],
    )


def disk_trouble(said: Said) -> Page:
    return page(
        [
            f"⛔ {bold('Nothing can be saved')}{said.because('detail')}.",
            (
                "The alarm goes on, but a power cut now would make it forget. "
                "Free space on this computer's disk, or change the disk."
            ),
        ]
    )


def disk_fine(said: Said) -> Page:
    return page([f"✅ {bold('Saving works again.')}"])


def clock_off(said: Said) -> Page:
    skew = said.duration("seconds") or said.state.clock.skew
    how = ""
    if skew:
        way = "slow" if skew > timedelta(0) else "fast"
        how = f": it is {times.rough(abs(skew))} {way}"
    return page(
        [
            f"⚠️ {bold('The clock of this computer is wrong')}{how}.",
            "The alarm goes by Blink's clock meanwhile. Switch on automatic time on this computer.",
        ]
    )


def clock_fine(said: Said) -> Page:
    return page([f"✅ {bold('The clock of this computer is right again.')}"])


def too_old(said: Said) -> Page:
    sent = said.instant("sent_at")
    when = f" {times.ago(sent, said.view)} ({said.moment('sent_at')})" if sent else ""
    command = reason(said.raw("command"))
    what = command if command.startswith("/") else "a message"
    return page(
        [
            f"⌛ {bold('Not done.')} You sent {what}{when}, while I was away.",
            "Send it again if you still want it.",
        ]
    )


TABLE: dict[Notice, Wording] = {
    Notice.CHAT_LOST: chat_lost,
    Notice.DEAF: hearing.deaf,
    Notice.HEARD: hearing.heard,
    Notice.CAUGHT_UP: caught_up,
    Notice.STARTED: started,
    Notice.STATE_DOUBT: state_doubt,
    Notice.STATE_TAKEN: state_taken,
    Notice.DISK_TROUBLE: disk_trouble,
    Notice.DISK_FINE: disk_fine,
    Notice.CLOCK_OFF: clock_off,
    Notice.CLOCK_FINE: clock_fine,
    Notice.TOO_OLD: too_old,
}
