"""A state while it is being changed, and what comes of the change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from alarm.core import secrecy
from alarm.core.deliveries import (
    Body,
    Delivery,
    DeliveryStatus,
    Lane,
    Scalar,
    Words,
    WordsBody,
)
from alarm.core.incident import Incident
from alarm.core.notices import Notice
from alarm.core.settings import PanelState
from alarm.core.state import Area, Role, State

# What happened to the house is worth telling a day later; the text carries its own time.
NEWS_LIFE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of history: `kind` is event, incident or journal, or secret: shown in no chat."""

    id: int
    at: datetime
    kind: str
    data: Mapping[str, Scalar]


@dataclass(frozen=True, slots=True)
class Decision:
    """The next state, the deliveries that are new in its outbox, the lines for the history."""

    state: State
    effects: tuple[Delivery, ...] = ()
    rows: tuple[Row, ...] = ()


class Draft:
    """Collect one decision. Lives only inside one call of `decide`."""

    def __init__(self, state: State, now: datetime) -> None:
        self.state = state
        self.now = now
        self.author: int | None = None
        self._effects: list[str] = []
        self._rows: list[Row] = []

    @property
    def skew(self) -> timedelta:
        return self.state.clock.skew or timedelta(0)

    @property
    def blink_now(self) -> datetime:
        """Return this moment in Blink's clock."""
        return self.now + self.skew

    def set(self, **changes: Any) -> None:
        self.state = replace(self.state, **changes)

    def put_area(self, area: Area) -> None:
        self.set(areas={**self.state.areas, area.network_id: area})

    def put_incident(self, incident: Incident) -> None:
        self.set(incidents={**self.state.incidents, incident.id: incident})

    def next_incident_id(self) -> str:
        counters = self.state.counters
        self.set(counters=replace(counters, incident=counters.incident + 1))
        return f"i{counters.incident + 1}"

    # -- outbox --------------------------------------------------------------------------------

    def send(
        self, lane: Lane, target: str, body: Body, *, expires: timedelta | None = None
    ) -> Delivery:
        counters = self.state.counters
        self.set(counters=replace(counters, delivery=counters.delivery + 1))
        delivery = Delivery(
            id=f"d{counters.delivery + 1}",
            lane=lane,
            target=target,
            body=body,
            created_at=self.now,
            next_try=self.now,
            expires_at=None if expires is None else self.now + expires,
        )
        self.put_delivery(delivery)
        self._effects.append(delivery.id)
        return delivery

    def put_delivery(self, delivery: Delivery) -> None:
        self.set(outbox={**self.state.outbox, delivery.id: delivery})

    def drop(self, ids: Iterable[str]) -> None:
        gone = set(ids)
        if gone:
            kept = {k: d for k, d in self.state.outbox.items() if k not in gone}
            self.set(outbox=kept)

    def tell(
        self,
        chat_id: int,
        words: Words,
        *,
        lane: Lane = Lane.CHAT,
        expires: timedelta = timedelta(minutes=2),
        silent: bool = False,
    ) -> Delivery:
        """Say one sentence to one chat; by default an answer, worth two minutes of trying."""
        return self.send(lane, str(chat_id), WordsBody(words, silent=silent), expires=expires)

    def tell_household(
        self,
        words: Words,
        *,
        but: int | None = None,
        lane: Lane = Lane.CHAT,
        silent: bool = False,
        at: datetime | None = None,
    ) -> None:
        """Say one sentence to every owner and member and in the home's group, except to chat `but`.

        `at`: not before this moment.
        """
        about = self.state.incidents.get(str(words.args.get("incident")))
        # Who acted in the group saw the answer there, and needs no news of it in private.
        spared = {but, self.author} if but is not None else set()
        for chat_id in self.household():
            if chat_id not in spared and (about is None or secrecy.shown(about, chat_id)):
                delivery = self.tell(chat_id, words, lane=lane, expires=NEWS_LIFE, silent=silent)
                if at is not None:
                    self.put_delivery(replace(delivery, next_try=at))

    def tell_owners(self, words: Words, *, but: frozenset[str] = frozenset()) -> None:
        """Say one sentence to every owner in private, except to the chats of `but`."""
        for person in self.state.owners:
            if str(person.user_id) not in but:
                self.tell(person.user_id, words, lane=Lane.ALARM, expires=NEWS_LIFE)

    def forget_words(self, *notices: Notice, **args: Scalar) -> None:
        """Drop sentences of these kinds that did not leave yet: a newer one says more."""
        self.drop(
            d.id
            for d in self.state.outbox.values()
            if d.status is DeliveryStatus.PENDING
            and isinstance(d.body, WordsBody)
            and d.body.words.notice in notices
            and all(d.body.words.args.get(key) == value for key, value in args.items())
        )

    def panels(self) -> str:
        """Return the states of all panels in words, the same ones once."""
        states = dict.fromkeys(a.panel.value for a in self.state.areas.values())
        return ", ".join(states) or PanelState.DISARMED.value

    def household(self) -> tuple[int, ...]:
        """Return every chat that is told what happens: owners, members, and the home's group."""
        now = self.blink_now
        private = tuple(
            p.user_id
            for p in self.state.people.values()
            # A guest is told nothing after the stay, also while the clock is not confirmed.
            if p.role in (Role.OWNER, Role.MEMBER) and not p.is_over(now)
        )
        group = self.state.group
        return private if group is None else (*private, group.chat_id)

    # -- history -------------------------------------------------------------------------------

    def note(self, kind: str, **data: Scalar) -> None:
        if kind == "incident" and secrecy.is_secret(self.state, data.get("id")):
            kind = "secret"
        counters = self.state.counters
        self.set(counters=replace(counters, row=counters.row + 1))
        self._rows.append(Row(counters.row + 1, self.now, kind, data))

    def decision(self) -> Decision:
        outbox = self.state.outbox
        effects = tuple(outbox[i] for i in self._effects if i in outbox)
        return Decision(self.state, effects, tuple(self._rows))
