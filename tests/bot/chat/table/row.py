"""A row of the table: what is asked, what it is answered with, and what it may change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from alarm.core.settings import PanelState
from tests.bot.chat.table.stage import Outcome

DISARMED, ARMING, ARMED, PENDING, TRIGGERED = PanelState
ALL_DISARMED = {panel: DISARMED for panel in PanelState if panel is not DISARMED}
# How the first line of /status begins, where it is armed in any way.
NOW = {
    ARMING: "⏳ Now arming",
    ARMED: "🔒 Now armed",
    PENDING: "⏳ Now pending",
    TRIGGERED: "🚨 Now triggered",
}


@dataclass(frozen=True)
class Row:
    """`asks`: a command as it is written, or a button's data in brackets.

    `answer`: how the answer begins, in the states of the panel that `but` does not name. An answer
    is the kind of a sentence, or the first line of a page. `after`: the panel afterwards, where it
    is another. `changes`: sections of the state that change in one of the states at least.
    `owners_alone`: members may ask for other things by this command, but not for this.
    """

    asks: str
    answer: str
    but: Mapping[PanelState, str] = field(default_factory=dict)
    after: Mapping[PanelState, PanelState] = field(default_factory=dict)
    changes: str = ""
    bad: bool = False
    owners_alone: bool = False

    @property
    def name(self) -> str:
        """Return the command without its slash, or the button."""
        words = self.asks.split()
        if self.asks.startswith("["):
            return self.asks.strip("[]").partition(":")[0]
        return words[0].removeprefix("/") if self.asks.startswith("/") else ""

    @property
    def is_press(self) -> bool:
        return self.asks.startswith("[")

    def answer_in(self, panel: PanelState) -> str:
        return self.but.get(panel, self.answer)

    def fits(self, outcomes: Mapping[PanelState, Outcome]) -> bool:
        sections = frozenset(self.changes.split())
        return frozenset().union(*(o.changed for o in outcomes.values())) == sections and all(
            fits(outcome.answer, self.answer_in(panel))
            and outcome.panel is self.after.get(panel, panel)
            for panel, outcome in outcomes.items()
        )


def fits(answer: str, begins: str) -> bool:
    return answer.startswith(begins) if begins else not answer


def proposed(asks: str, outcomes: Mapping[PanelState, Outcome], *, bad: bool) -> str:
    """Write the row that would fit, for whoever adds a command and looks whether it is right."""
    answers = {panel: outcome.answer for panel, outcome in outcomes.items()}
    usual = Counter(answers.values()).most_common(1)[0][0]
    but = {panel: answer for panel, answer in answers.items() if answer != usual}
    after = {panel: o.panel for panel, o in outcomes.items() if o.panel is not panel}
    sections = sorted(frozenset().union(*(o.changed for o in outcomes.values())))
    parts = [repr(asks), repr(usual)]
    if but:
        parts.append("but={" + ", ".join(f"{p.name}: {a!r}" for p, a in but.items()) + "}")
    if after:
        parts.append("after={" + ", ".join(f"{p.name}: {a.name}" for p, a in after.items()) + "}")
    if sections:
        parts.append(f"changes={' '.join(sections)!r}")
    if bad:
        parts.append("bad=True")
    return f"Row({', '.join(parts)}),"
