"""Who can be called: by command and by buttons."""

from __future__ import annotations

from alarm.core import contacts as kept
from alarm.core import rounds
from alarm.core.contact import Contact
from alarm.core.contact_commands import (
    AddContact,
    KeepContact,
    MoveContact,
    OwnPhone,
    RemoveContact,
    RenameContact,
    SetQuietHours,
    TryPhone,
)
from alarm.core.errors import BadInput
from bot.chat.topics.desk import Asked, Desk, Run
from bot.pages import Page, Press
from bot.words import contacts as words
from bot.words.contact_arguments import find_contact, read_contact, read_quiet, read_rename

HOW = (
    "Write /contacts alone, or behind it: add, remove, first, quiet, test, rename or me, like "
    "/contacts test Ann"
)
NO_ACCOUNT = "No Twilio account is configured, so no phone can be called. /status says more."


class Contacts:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.commands: dict[str, Run] = {"contacts": self.contacts}
        self.presses: dict[Press, Run] = {Press.CONTACT: self.pressed}
        self._runs: dict[str, Run] = {
            "add": self.add,
            "remove": self.remove,
            "delete": self.remove,
            "first": self.first,
            "quiet": self.quiet,
            "test": self.test,
            "rename": self.rename,
            "me": self.own,
        }

    def contacts(self, asked: Asked) -> None:
        word, _, rest = asked.text.partition(" ")
        if not word:
            self._desk.show(asked, self._list)
            return
        run = self._runs.get(word.casefold())
        if run is None:
            raise BadInput(HOW)
        run(Asked(asked.actor, rest.strip(), asked.message_id))

    def add(self, asked: Asked) -> None:
        name, number = read_contact(asked.text)
        self._desk.do(AddContact(asked.actor, name, number))

    def remove(self, asked: Asked) -> None:
        # Written out with its name it needs no second word.
        self._desk.do(RemoveContact(asked.actor, self._named(asked.text).id))

    def first(self, asked: Asked) -> None:
        self._desk.do(MoveContact(asked.actor, self._named(asked.text).id, first=True))

    def quiet(self, asked: Asked) -> None:
        who, hours = read_quiet(asked.text)
        contact = self._named(who, asked)
        self._desk.do(SetQuietHours(asked.actor, contact.id, hours))

    def test(self, asked: Asked) -> None:
        contact = self._named(asked.text, asked)
        if self._sleeps(contact):
            self._desk.show(asked, words.ask_quiet_trial(contact))
        else:
            self._call(asked, contact)

    def rename(self, asked: Asked) -> None:
        contact, name = read_rename(asked.text, self._desk.state.contacts)
        self._desk.do(RenameContact(asked.actor, contact.id, name))

    def own(self, asked: Asked) -> None:
        self._desk.do(OwnPhone(asked.actor, self._named(asked.text).id))

    # -- buttons -----------------------------------------------------------------------------------

    def pressed(self, asked: Asked) -> None:
        """Show the list, one contact, a question, or do what the button says."""
        contact_id, _, action = asked.text.partition(":")
        contact = kept.find(self._desk.state, contact_id)
        if contact is None:
            # The list, or a button of one who is gone.
            self._desk.turn(asked, self._list())
            return
        match action:
            case words.REMOVE:
                self._desk.turn(asked, words.ask_removal(contact, self._desk.state))
                return
            case words.TRY if self._sleeps(contact):
                self._desk.turn(asked, words.ask_quiet_trial(contact))
                return
            case words.TRY | words.TRY_NOW:
                self._call(asked, contact)
            case words.REMOVE_NOW:
                self._desk.do(RemoveContact(asked.actor, contact.id))
            case words.KEEP:
                self._desk.do(KeepContact(asked.actor, contact.id))
            case words.UP:
                self._desk.do(MoveContact(asked.actor, contact.id))
            case words.OWN:
                self._desk.do(OwnPhone(asked.actor, contact.id))
            case _ if action.startswith(f"{words.QUIET}:"):
                hours = words.read_hours(action.removeprefix(f"{words.QUIET}:"))
                self._desk.do(SetQuietHours(asked.actor, contact.id, hours))
        self._desk.turn(asked, self._page_of(asked, contact))

    def _call(self, asked: Asked, contact: Contact) -> None:
        if not self._desk.view().phone_ready:
            raise BadInput(NO_ACCOUNT)
        self._desk.do(TryPhone(asked.actor, contact.id))

    def _sleeps(self, contact: Contact) -> bool:
        return rounds.quiet(self._desk.state, contact, self._desk.view().now)

    def _named(self, text: str, asked: Asked | None = None) -> Contact:
        user_id = asked.actor.user_id if asked else None
        return find_contact(text, self._desk.state.contacts, user_id=user_id)

    def _list(self) -> Page:
        return words.contacts(self._desk.state, self._desk.view())

    def _page_of(self, asked: Asked, contact: Contact) -> Page:
        """Return the contact as it is now; the list where it is gone."""
        now = kept.find(self._desk.state, contact.id)
        if now is None:
            return self._list()
        free = kept.whose(self._desk.state, now, asked.actor) is None
        return words.contact(now, self._desk.state, self._desk.view(), free=free)
