"""Words about who is who: roles, invitations, the list of people, the home's group."""

from __future__ import annotations

import html

from alarm.core.household import HomeGroup
from alarm.core.roles import why_kept
from alarm.core.state import Invitation, Person, Role, State
from bot.pages import Button, Page, Press
from bot.words import times
from bot.words.markup import bold, code, name, page, plain
from bot.words.view import View

A_ROLE = {Role.OWNER: "an owner", Role.MEMBER: "a member", Role.VIEWER: "a viewer"}
ICON = {Role.OWNER: "👑", Role.MEMBER: "👤", Role.VIEWER: "👁"}
MAY = {
    Role.OWNER: "Owners decide everything, and who is here.",
    Role.MEMBER: "Members arm and disarm, and are told of alarms.",
    Role.VIEWER: "Viewers only look: /status, /cameras, /clip.",
}
BACK = Button("‹ People", Press.USERS)
# What a button of a person's page does, behind the id of the person.
REMOVE, STAY, LONGER = "away", "stay", "longer"
CHANGES = frozenset({REMOVE, STAY, LONGER, *(role.value for role in Role)})
STAYS = (("1 day", "1d"), ("3 days", "3d"), ("1 week", "7d"))
MOST_SHOWN = 20


def only(lowest: Role) -> str:
    """Say who may do what somebody was just refused; plain text."""
    who = "an owner" if lowest is Role.OWNER else "an owner or a member"
    return f"Only {who} can do that."


def refused(lowest: Role) -> Page:
    return page([f"✋ {only(lowest)}"])


def elsewhere(title: str, role: Role) -> Page:
    """Say in private why nothing was answered in a group that is not the home's."""
    who = "Write" if role is Role.OWNER else "An owner can write"
    return page(
        [
            f"✋ I do not answer in {title_of(title)}: it is not the home's group.",
            f"{who} /home there to make it that, or write to me here.",
        ]
    )


def title_of(title: str) -> str:
    """Return the name of a group as HTML."""
    return html.escape(plain(title)) or "that group"


# -- inviting --------------------------------------------------------------------------------------


def invite() -> Page:
    """Ask whom the invitation is for."""
    guest = [Button(f"Guest, {words}", Press.INVITE, f"member:{stay}") for words, stay in STAYS]
    return page(
        [
            bold("Whom do you want to let in?"),
            MAY[Role.MEMBER],
            MAY[Role.VIEWER],
            "A guest is a member who leaves by themselves.",
            "Or write /invite member for 10 days.",
        ],
        [Button("Member", Press.INVITE, "member"), Button("Viewer", Press.INVITE, "viewer")],
        guest,
    )


# -- the list of people ----------------------------------------------------------------------------


def users(state: State, view: View) -> Page:
    """Show who is here, with a button for each."""
    people = sorted(state.people.values(), key=lambda p: (list(Role).index(p.role), p.name))
    opened = [i for i in state.invitations.values() if i.expires_at > view.now]
    lines = [bold("People"), *(_line(person, view) for person in people)]
    if opened:
        lines += ["", bold("Open invitations")]
        lines += [_invitation(place, i, view) for place, i in enumerate(opened, start=1)]
    if state.group is not None:
        lines += ["", f"🏠 Group: {title_of(state.group.title)}{_lost(state.group.reachable)}"]
    buttons = [
        [Button(plain(p.name) or "(no name)", Press.USER, str(p.user_id))]
        for p in people[:MOST_SHOWN]
    ]
    rows = [
        [button for row in buttons[n : n + 2] for button in row] for n in range(0, len(buttons), 2)
    ]
    withdraw = [
        [Button(f"Withdraw {place}: {_invited(i, view)}", Press.WITHDRAW, i.code)]
        for place, i in enumerate(opened, start=1)
    ]
    return page(lines, *rows, *withdraw, [Button("Invite somebody", Press.INVITE)])


def _line(person: Person, view: View) -> str:
    end = f", guest until {times.moment(person.until, view)}" if person.until else ""
    lost = _lost(person.reachable)
    return f"{ICON[person.role]} {name(person.name)}: {person.role.value}{end}{lost}"


def _lost(reachable: bool) -> str:
    return "" if reachable else ", 📵 not reached"


def _invitation(place: int, invitation: Invitation, view: View) -> str:
    left = times.left(invitation.expires_at, view)
    who = _invited(invitation, view)
    return f"🔗 {place}: {who}, by {name(invitation.by)}; the link ends {left}"


def _invited(invitation: Invitation, view: View) -> str:
    """Return "member", "guest until Sun 20:27", "viewer, guest until Sun 20:27"."""
    if invitation.until is None:
        return invitation.role.value
    viewer = "viewer, " if invitation.role is Role.VIEWER else ""
    return f"{viewer}guest until {times.moment(invitation.until, view)}"


def person(who: Person, state: State, view: View) -> Page:
    """Show one person, with buttons for what can be changed."""
    about = str(who.user_id)

    def ask(text: str, change: str) -> Button:
        return Button(text, Press.USER_ASK, f"{about}:{change}")

    roles = [ask(f"Make {role.value}", role.value) for role in Role if role is not who.role]
    guest = [ask("Stay a week longer", LONGER), ask("Stay for good", STAY)] if who.until else []
    lines = [_line(who, view), MAY[who.role]]
    if not who.reachable:
        lines.append("Telegram does not reach this person: they must press Start here again.")
    kept = why_kept(state, who)
    if kept:
        return page([*lines, kept], [BACK])
    return page(lines, roles, guest, [ask("Send away", REMOVE)], [BACK])


def sure(who: Person, change: str) -> Page:
    """Ask for the second tap."""
    called = bold(name(who.name))
    if change == REMOVE:
        question, yes = f"Send {called} away?", "Yes, send away"
        effect = "From then on they hear of no alarm and can do nothing here."
    elif change == STAY:
        question, yes = f"Let {called} stay for good?", "Yes, for good"
        effect = MAY[who.role]
    elif change == LONGER:
        question, yes = f"Let {called} stay a week longer?", "Yes, a week longer"
        effect = MAY[who.role]
    else:
        role = Role(change)
        question, yes = f"Make {called} {A_ROLE[role]}?", f"Yes, {A_ROLE[role]}"
        effect = MAY[role]
    about = str(who.user_id)
    return page(
        [question, effect],
        [
            Button(yes, Press.USER_DO, f"{about}:{change}"),
            Button("No", Press.USER, about),
        ],
    )


# -- the home's group ------------------------------------------------------------------------------


def home(group: HomeGroup | None, username: str) -> Page:
    """Say in private which group is the home's, and how to make one."""
    add = f"https://t.me/{username}?startgroup=home" if username else ""
    how = (
        [f'<a href="{html.escape(add)}">Choose a group</a> and I come there,']
        if add
        else ["Add me to a group,"]
    )
    how = [f"{how[0]} or write {code('/home')} in a group, or a topic, where I am."]
    if group is None:
        return page(
            [
                f"🏠 {bold('There is no home’s group.')}",
                "In it everybody reads alarms, arming and disarming.",
                *how,
            ]
        )
    topic = ", in one topic" if group.thread_id else ""
    return page(
        [
            f"🏠 {bold(title_of(group.title))} is the home's group{topic}{_lost(group.reachable)}.",
            "Another one?",
            *how,
        ],
        [Button("Forget the group", Press.HOME_OFF)],
    )


def offer(title: str) -> Page:
    """Offer an owner, in the group, to make it the home's."""
    return page(
        [
            f"👋 Shall {title_of(title)} be the home's group?",
            "Then everybody here reads alarms, arming and disarming.",
        ],
        [Button("Yes, the home's group", Press.HOME_HERE)],
    )
