"""Every command and every button, by every role, in every state of the panel: the answer, the
panel afterwards, and that nothing else changed.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from alarm.core.settings import PanelState
from alarm.core.state import Role
from bot.chat.allowed import (
    COMMANDS,
    PRESSES,
)
from bot.pages import Press
from bot.words.people import only
from simulator.blink import BlinkStandIn
from simulator.telegram import TelegramStandIn
from tests.bot.chat.table.pressed import PRESSED
from tests.bot.chat.table.row import Row, fits, proposed
from tests.bot.chat.table.stage import Outcome, Stage, stage
from tests.bot.chat.table.written import WRITTEN

ROWS = (*WRITTEN, *PRESSED)
# What a stranger does is written down, and nothing else of it is left.
TRIED = frozenset({"strangers"})


@pytest.fixture
async def home(
    tmp_path: Path, telegram: TelegramStandIn, blink: BlinkStandIn
) -> AsyncIterator[Stage]:
    async with stage(tmp_path, telegram, blink) as set_up:
        yield set_up


def lowest(row: Row) -> Role:
    return PRESSES[Press(row.name)] if row.is_press else COMMANDS[row.name]


async def outcomes(home: Stage, who: str, row: Row) -> dict[PanelState, Outcome]:
    return {panel: await home.ask(who, row.asks, panel) for panel in PanelState}


def test_every_command_and_every_button_stands_in_the_table() -> None:
    """Whoever adds one adds its rows, with good and with bad arguments."""
    assert {row.name for row in WRITTEN} == set(COMMANDS)
    assert {row.name for row in PRESSED} == {press.value for press in Press}
    bad = {(row.is_press, row.name) for row in ROWS if row.bad}
    assert bad == {(row.is_press, row.name) for row in ROWS}
    assert len({row.asks for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("role", Role)
async def test_everybody_gets_the_answer_of_the_table_or_a_refusal(home: Stage, role: Role) -> None:
    wrong = []
    for row in ROWS:
        found = await outcomes(home, role.value, row)
        if role.covers(Role.OWNER if row.owners_alone else lowest(row)):
            if not row.fits(found):
                wrong.append(proposed(row.asks, found, bad=row.bad))
            continue
        refusal = f"hint: {only(lowest(row))}" if row.is_press else "✋"
        for panel, outcome in found.items():
            if outcome != Outcome(refusal, panel, frozenset()):
                wrong.append(f"{role} {row.asks} {panel}: {outcome}")
    assert not wrong, "\n".join(["This is what happens:", *wrong])


async def test_a_stranger_gets_nothing_and_changes_nothing(home: Stage) -> None:
    for row in ROWS:
        for panel, outcome in (await outcomes(home, "stranger", row)).items():
            assert fits(outcome.answer, ""), row
            assert outcome.panel is panel, row
            assert outcome.changed <= TRIED, row


async def test_a_row_that_does_not_fit_is_found(home: Stage) -> None:
    found = await outcomes(home, "owner", Row("/disarm", ""))
    right = next(row for row in WRITTEN if row.asks == "/disarm")
    assert right.fits(found)
    assert not Row("/disarm", "disarmed", changes=right.changes).fits(found)
    assert not Row("/disarm", "disarmed", after=right.after).fits(found)
    assert not Row("/disarm", "armed", after=right.after, changes=right.changes).fits(found)
