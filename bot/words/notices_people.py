"""Notices about people: who comes, who is what, who goes; the home's group; strangers."""

from __future__ import annotations

from alarm.core.notices import Notice
from alarm.core.state import Role
from bot.pages import Button, Page, Press
from bot.words import login, still_called
from bot.words.markup import bold, code, counted, page, reason
from bot.words.people import A_ROLE, MAY, title_of
from bot.words.said import Said, Wording

USERS = Button("Users", Press.USERS)


def role_of(said: Said) -> str:
    """Return "a member", "a guest until Sat 18:00" as HTML."""
    until = said.moment("until")
    if until:
        viewer = " who may only look" if said.raw("role") == Role.VIEWER.value else ""
        return f"a guest{viewer} until {bold(until)}"
    return A_ROLE.get(_role(said), reason(said.raw("role")))


def _role(said: Said) -> Role:
    value = said.raw("role")
    return Role(value) if value in set(Role) else Role.VIEWER


def welcome(said: Said) -> Page:
    who = said.name("name")
    role = _role(said)
    mine = "This alarm is yours." if role is Role.OWNER else f"You are {role_of(said)} here."
    lines = [f"👋 {bold(f'Hello {who}' if who else 'Hello')}. {mine}"]
    trouble = login.trouble(said.state.login)
    if trouble and role is Role.OWNER:
        lines.append(trouble)
    if role is Role.VIEWER:
        return page([*lines, "/status shows how things are."])
    lines.append("/status shows how things are, /arm starts guarding, /help explains the rest.")
    return page(lines)


def invited(said: Said) -> Page:
    bot, shown = said.view.bot_username, said.raw("code")
    link = f"https://t.me/{bot}?start={shown}" if bot else ""
    how = reason(link) if link else code(f"/start {shown}")
    role = _role(said)
    return page(
        [
            f"🔗 {bold('Pass this on')} to one person, who then is {role_of(said)} here:",
            how,
            f"It works once, until {said.moment('expires')}. {MAY[role]}",
        ],
        [Button("Withdraw", Press.WITHDRAW, shown), USERS],
    )


def invite_own(said: Said) -> Page:
    return page(
        [
            f"This invitation gives you nothing: you are {A_ROLE[_role(said)]} here already.",
            "It still works. Pass it on to the person it is meant for.",
        ]
    )


def invite_over(said: Said) -> Page:
    return page(
        [
            f"🔗 {said.name('name') or 'Somebody'} opened an invitation that had ended.",
            "They got no answer.",
            "If that is right, make a new one with /invite.",
        ]
    )


def joined(said: Said) -> Page:
    by = said.name("invited_by")
    invited_by = f", invited by {by}" if by else ""
    return page(
        [
            f"👋 {bold(said.name('name') or 'Somebody')} is {role_of(said)} here now{invited_by}.",
            "Not who you meant? /users sends people away.",
        ],
        [USERS],
    )


def role_changed(said: Said) -> Page:
    return page(
        [
            f"👤 {bold(said.name('name') or 'Somebody')} is {role_of(said)} now{said.aside()}.",
            *still_called.question(said),
        ],
        *still_called.answers(said),
    )


def role_yours(said: Said) -> Page:
    return page([f"👤 You are {role_of(said)} here now{said.aside()}. {MAY[_role(said)]}"])


def revoked(said: Said) -> Page:
    who = said.name("name") or "this person"
    return page(
        [
            f"🚪 {bold(who)} was sent away{said.by()}.",
            f"From now on {who} hears of no alarm, and nothing that {who} writes is done.",
            *still_called.question(said),
        ],
        *still_called.answers(said),
    )


def guest_over(said: Said) -> Page:
    who = said.name("name") or "A guest"
    return page(
        [
            f"🚪 {bold(who)} is no guest any more: the time is over.",
            "/invite lets them in again.",
            *still_called.question(said),
        ],
        *still_called.answers(said),
    )


def guest_bye(_said: Said) -> Page:
    return page(
        [
            f"🚪 {bold('Your time as a guest here is over.')}",
            "You hear of no alarm from now on, and I answer no more.",
        ]
    )


def group_set(said: Said) -> Page:
    people = said.names("people")
    return page(
        [
            f"🏠 {bold(title_of(said.raw('title')))} is the home's group now{said.aside()}.",
            "Alarms, arming and disarming are told here too. Everybody in the group can read them.",
            (
                f"Commands and buttons work here for {people}, for each as in private. "
                "To others I do not answer."
            ),
            "/home off ends it.",
        ]
    )


def group_off(said: Said) -> Page:
    where = title_of(said.raw("title"))
    return page(
        [f"🏠 {bold(where)} is not the home's group any more{said.aside()}. Nothing is told there."]
    )


def group_none(_said: Said) -> Page:
    return page(["There is no home's group. /home tells how to make one."])


def group_lost(said: Said) -> Page:
    where = title_of(said.raw("title"))
    return page(
        [
            f"📵 {bold('I cannot write')} in {where} any more{said.because()}.",
            ("Alarms still come in private. Add me to the group again, or press Forget it."),
        ],
        [Button("Forget it", Press.HOME_OFF)],
    )


def strangers(said: Said) -> Page:
    number, tries, names = said.whole("count"), said.whole("tries"), said.names("names")
    since = said.moment("since")
    return page(
        [
            (
                f"🚪 {bold(counted(number, 'stranger'))} wrote to this bot"
                f"{f' since {since}' if since else ''}: {names}."
            ),
            f"{counted(tries, 'try')}, and no answer to any.",
            "Somebody you know? /invite makes a link that lets one person in.",
        ]
    )


def came_too_late(said: Said) -> Page:
    who, command = said.name("name") or "somebody", said.name("command") or "A command"
    sent = said.moment("sent_at")
    why = "they were sent away" if said.flag("sent_away") else "their stay had ended"
    panel = reason(said.raw("panel"))
    return page(
        [
            f"✋ {bold(f'{command} by {who} was not done.')}",
            f"{f'Sent {sent}, it' if sent else 'It'} came after {why}.",
            f"The panel is {panel}." if panel else "",
        ]
    )


TABLE: dict[Notice, Wording] = {
    Notice.WELCOME: welcome,
    Notice.INVITED: invited,
    Notice.INVITE_OWN: invite_own,
    Notice.INVITE_OVER: invite_over,
    Notice.JOINED: joined,
    Notice.ROLE_CHANGED: role_changed,
    Notice.ROLE_YOURS: role_yours,
    Notice.REVOKED: revoked,
    Notice.GUEST_OVER: guest_over,
    Notice.GUEST_BYE: guest_bye,
    Notice.GROUP_SET: group_set,
    Notice.GROUP_OFF: group_off,
    Notice.GROUP_NONE: group_none,
    Notice.GROUP_LOST: group_lost,
    Notice.CAME_TOO_LATE: came_too_late,
    Notice.STRANGERS: strangers,
}
