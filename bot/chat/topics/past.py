"""Look back: who did what when."""

from __future__ import annotations

import logging

from bot.chat.topics.desk import Asked, Desk, Run
from bot.pages import Page, Press
from bot.past import Leaf, Mark, Past
from bot.words.areas import has_many
from bot.words.help import bad_arguments
from bot.words.journal import journal
from bot.words.markup import plain
from storage.errors import StorageError

logger = logging.getLogger(__name__)

UNREADABLE = "The journal cannot be read now; the log on the alarm's computer says why."
# Bytes. Room in a button's data for the name that was looked for.
LONGEST_NAME = 30


class LookingBack:
    def __init__(self, desk: Desk, past: Past) -> None:
        self._desk = desk
        self._past = past
        self.commands: dict[str, Run] = {"journal": self.journal}
        self.presses: dict[Press, Run] = {Press.JOURNAL: self.turn}

    def journal(self, asked: Asked) -> None:
        async def look() -> None:
            self._desk.show(asked, await self._newest(short(asked.text)))

        self._desk.replies.run(look(), "look into the journal")

    def turn(self, asked: Asked) -> None:
        async def look() -> None:
            self._desk.turn(asked, await self._page(asked.text))

        self._desk.replies.run(look(), "look into the journal")

    async def _newest(self, name: str) -> Page:
        try:
            return self._shown(await self._past.newest(name), name)
        except StorageError as error:
            logger.warning("The journal cannot be read: %s", error)
            return bad_arguments(UNREADABLE)

    async def _page(self, about: str) -> Page:
        """Read what a button is about: which way, from where, and for whose name."""
        way, _, rest = about.partition(" ")
        text, _, name = rest.partition(" ")
        try:
            mark = Mark.parsed(text)
        except ValueError:
            return await self._newest(name)
        try:
            look = self._past.after if way == "n" else self._past.before
            leaf = await look(mark, name)
        except StorageError as error:
            logger.warning("The journal cannot be read: %s", error)
            return bad_arguments(UNREADABLE)
        return self._shown(leaf, name) if leaf.rows else await self._newest(name)

    def _shown(self, leaf: Leaf, name: str) -> Page:
        rows = [(row.at, row.kind, row.data) for row in leaf.rows]
        newer = f"n {Mark.of(leaf.rows[0]).text} {name}" if leaf.rows and leaf.newer else ""
        older = f"o {Mark.of(leaf.rows[-1]).text} {name}" if leaf.rows and leaf.older else ""
        areas = has_many(self._desk.state)
        return journal(rows, self._desk.view(), name=name, newer=newer, older=older, areas=areas)


def short(name: str) -> str:
    """Return as much of a name as fits into a button."""
    return plain(name).encode()[:LONGEST_NAME].decode(errors="ignore")
