"""The whole alarm on a disk that is full, read-only, or gave back less than it was given."""

from __future__ import annotations

import asyncio
import errno
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from alarm.core.settings import PanelState
from alarm.core.state import State
from simulator.twilio import human
from storage.store import COPY_NAME, STATE_NAME
from tests.bot.running.bench import kept
from tests.bot.running.inside import Inside, living
from tests.e2e.town import PHONE
from tests.storage.faults import CHANGES, refusing


@pytest.fixture
async def inside(tmp_path: Path) -> AsyncIterator[Inside]:
    async with living(tmp_path, with_bob=False) as home:
        home.town.twilio.number(PHONE, human(listens=0.2))
        yield home


def panels(state: State) -> list[PanelState]:
    return [area.panel for area in state.areas.values()]


async def idle(inside: Inside) -> None:
    await inside.town.said("runs again")
    await inside.town.until(lambda: not inside.state.outbox)


async def written(inside: Inside) -> None:
    """Wait until everything is on the disk and nothing more is to be done."""
    await inside.town.until(lambda: not inside.store.dirty and not inside.state.outbox)


# -- a disk that refuses -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "refused", "words"),
    [
        (errno.ENOSPC, ("create", "write"), "The disk is full"),
        (errno.EROFS, CHANGES, "read-only"),
    ],
    ids=["full", "read-only"],
)
async def test_a_disk_that_refuses_while_armed_stops_no_alarm_and_loses_nothing(
    inside: Inside, code: int, refused: tuple[str, ...], words: str
) -> None:
    town = inside.town
    await inside.start()
    await idle(inside)
    inside.disk.restart(refusing(code, *refused))
    await inside.triggered()
    await town.said("ALARM")
    told = await town.said("Nothing can be saved")
    assert words in told.text
    inside.forward(0)
    await town.rang(1)
    confirmed = town.telegram.confirmed_offset
    await town.press("Acknowledge", "Acknowledged by Ann")
    await town.ask("/disarm", "disarmed")
    await town.until(lambda: not town.blink.armed())
    assert town.telegram.confirmed_offset == confirmed
    assert panels(kept(town.state_dir)) == [PanelState.ARMED]

    inside.disk.restart()
    await town.said("Saving works again")
    await town.until(lambda: not town.telegram.pending_updates)
    await written(inside)
    assert panels(kept(town.state_dir)) == [PanelState.DISARMED]
    events = {row.data["camera"] for row in inside.store.rows(kind="event")}
    assert events == {"Front Door", "Hall"}
    assert len(town.alerts()) == 1
    assert len([m for m in town.ann.chat.messages if "Acknowledged by Ann" in m.text]) == 1


async def test_the_alarm_starts_on_a_disk_that_is_read_only(inside: Inside) -> None:
    inside.disk.restart(refusing(errno.EROFS, *CHANGES))
    await inside.start()
    await inside.town.said("Nothing can be saved")
    await inside.triggered()
    await inside.town.said("ALARM")
    inside.forward(0)
    await inside.town.rang(1)


async def test_a_command_that_could_not_be_saved_comes_again_after_a_crash(
    inside: Inside, tmp_path: Path
) -> None:
    town = inside.town
    await inside.start()
    await idle(inside)
    inside.disk.restart(refusing(errno.ENOSPC, "create", "write"))
    await town.ask("/disarm", "disarmed")
    await inside.stop()
    assert panels(kept(town.state_dir)) == [PanelState.ARMED]
    inside.disk.restart()
    await inside.start()
    await town.until(lambda: not town.telegram.pending_updates)
    await written(inside)
    assert panels(kept(town.state_dir)) == [PanelState.DISARMED]


# -- files that were damaged ---------------------------------------------------------------------


def damage(inside: Inside, *names: str) -> None:
    for name in names:
        path = inside.town.state_dir / name
        path.write_bytes(path.read_bytes()[:-40])


@pytest.mark.parametrize("name", [STATE_NAME, COPY_NAME])
async def test_one_damaged_file_loses_nothing_and_is_told(inside: Inside, name: str) -> None:
    damage(inside, name)
    await inside.start()
    told = await inside.town.said("A saved file was damaged")
    assert name in told.text
    assert "nothing is lost" in told.text
    assert panels(inside.state) == [PanelState.ARMED]
    await inside.triggered()
    await inside.town.said("ALARM")


@pytest.mark.parametrize("armed", [True, False])
async def test_with_both_damaged_blinks_flag_holds_and_a_person_is_asked(
    inside: Inside, armed: bool
) -> None:
    town = inside.town
    town.blink.arm(armed=armed)
    damage(inside, STATE_NAME, COPY_NAME)
    town.env["TELEGRAM_OWNER_ID"] = str(town.ann.id)
    await inside.start()
    await town.said("I do not know whether I am armed")
    taken = await town.said("Taken from Blink")
    assert ("disarmed" in taken.text) is not armed
    assert panels(inside.state) == [PanelState.ARMED if armed else PanelState.DISARMED]
    assert (town.state_dir / f"{STATE_NAME}.damaged").exists()
    await town.polled()
    answer = await town.ask("/status")
    assert "Blink: not logged in" not in answer.text
    if armed:
        await inside.triggered()
        await town.said("ALARM")
        inside.forward(0)
        await town.rang(1)
        await town.press("Disarm", "disarmed", message=taken)
    else:
        await town.press("Arm", "armed", message=taken)
    assert not inside.state.in_doubt


async def test_with_both_damaged_and_nobody_known_a_fresh_code_lets_somebody_act(
    inside: Inside, capfd: pytest.CaptureFixture[str]
) -> None:
    town = inside.town
    damage(inside, STATE_NAME, COPY_NAME)
    await inside.start()
    await town.until(lambda: panels(inside.state) == [PanelState.ARMED])
    await inside.triggered()
    inside.forward(0)
    await town.rang(1)
    code = inside.state.claim_code
    assert f"/start {code}" in capfd.readouterr().err
    town.ann.start(code)
    await town.said("I do not know whether I am armed")
    await town.ask("/disarm", "disarmed")
    await town.until(lambda: not town.blink.armed())


async def test_a_damaged_token_file_asks_for_a_login_and_sends_no_code_by_itself(
    inside: Inside,
) -> None:
    path = inside.town.state_dir / "blink-tokens.json"
    path.write_bytes(path.read_bytes()[:100])
    await inside.start()
    told = await inside.town.said("Blink wants a new login")
    assert "cannot be read" in told.text
    await asyncio.sleep(0.5)
    assert inside.town.blink.signins == 0
    await inside.town.press("Log in again", "Logged in to Blink")
    await inside.triggered()
    await inside.town.said("ALARM")
