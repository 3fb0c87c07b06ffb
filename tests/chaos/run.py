"""The long story and its judge: what each episode must come to, whatever the weather does."""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from storage.history import HistoryRow
from storage.states import state_store
from tests.chaos.fast_clock import FastClock
from tests.chaos.home import Home
from tests.chaos.weather import Weather

# Seconds of the fast clock. Longer than any spell of bad weather and the way back from it.
PATIENCE = 900.0
# A plan that was used up while Twilio was away begins its next round half an hour later.
CALL_PATIENCE = 1800.0 + PATIENCE
# Minutes. A home may place 60 calls a day, and here there are fifty times the bursts of real life:
# after this long the story goes on in a new home.
HOME_LIFE = 240.0
CAMERAS = ("Front Door", "Garden", "Garage", "Hall")


@dataclass
class Report:
    bursts: int = 0
    quiet: int = 0
    worst: float = 0.0
    wrong: list[str] = field(default_factory=list)
    ends: Counter[str] = field(default_factory=Counter)


def run_chaos(clock: FastClock, chance: random.Random, minutes: float) -> int:
    """Live through so many minutes and return the exit status."""
    bursts, left = 0, minutes
    while left > 0:
        with tempfile.TemporaryDirectory() as directory:
            seconds = min(left, HOME_LIFE) * 60.0
            report = asyncio.run(_live(clock, chance, seconds, Path(directory)))
        if report.wrong:
            return 1
        bursts += report.bursts
        left -= HOME_LIFE
    print(f"all in all {minutes:g} minutes, {bursts} bursts, each one incident, alert and call")
    return 0


async def _live(clock: FastClock, chance: random.Random, seconds: float, directory: Path) -> Report:
    home, report = Home(clock, directory), Report()
    weather = Weather(home, chance)
    await home.open()
    try:
        await home.pair()
        blowing = asyncio.create_task(weather.blow())
        end = clock.passed() + seconds
        while clock.passed() < end and not report.wrong:
            await _episode(home, chance, report, clock)
        blowing.cancel()
        for cloud in (home.blink, home.telegram, home.twilio):
            cloud.faults.clear()
        home.wrong_by.value = 0.0
        await _judge_end(home, report, directory)
    finally:
        await home.close()
    print(
        f"{report.bursts} bursts, {report.quiet} episodes without one, {home.starts} starts, "
        f"{len(home.twilio.calls)} calls"
    )
    print(f"the slowest alert came {report.worst:.0f} s after its burst")
    print("weather: " + ", ".join(f"{n} x {what}" for what, n in sorted(weather.seen.items())))
    print("ended by: " + ", ".join(f"{n} x {what}" for what, n in sorted(report.ends.items())))
    for wrong in report.wrong:
        print(f"WRONG: {wrong}")
    if report.wrong:
        print(home.ann.chat.transcript()[-6000:])
        print(home.console()[-6000:])
    return report


async def _episode(home: Home, chance: random.Random, report: Report, clock: FastClock) -> None:
    """Arm, let something happen or not, react, disarm."""
    mark = home.newest_message()
    home.ann.write("/arm")
    await home.until(lambda: home.blink.armed() or home.says("Arm now?", mark), PATIENCE)
    if not home.blink.armed() and home.says("Arm now?", mark):
        # By a clock that was set a moment ago the command looked old: it asks, she insists.
        home.ann.press("Arm")
    if not await home.until(home.blink.armed, PATIENCE):
        report.wrong.append("Blink was not armed")
        return
    # The answer in chat is tried for two minutes and may be lost to a longer outage; the panel is
    # armed all the same, some seconds after Blink.
    await asyncio.sleep(chance.uniform(10.0, 40.0))
    mark, calls = home.newest_message(), len(home.twilio.calls)
    if chance.random() < 0.25:
        report.quiet += 1
        home.blink.motion(chance.choice(CAMERAS), listed_after=chance.uniform(0.0, 40.0))
        home.blink.motion(chance.choice(CAMERAS), source="liveview")
        await asyncio.sleep(chance.uniform(30.0, 200.0))
        if home.alerts(mark):
            report.wrong.append("one event made an alarm")
    else:
        report.bursts += 1
        burst_at = clock.passed()
        for _ in range(chance.randint(2, 4)):
            home.blink.motion(chance.choice(CAMERAS), listed_after=chance.uniform(5.0, 60.0))
            await asyncio.sleep(chance.uniform(0.0, 20.0))
        if not await home.until(lambda: home.alerts(mark), PATIENCE):
            report.wrong.append(f"no alert for burst {report.bursts}")
            return
        report.worst = max(report.worst, clock.passed() - burst_at)
        if not await home.until(lambda: len(home.twilio.calls) > calls, CALL_PATIENCE):
            report.wrong.append(f"no call for burst {report.bursts}")
            return
        end = chance.choice(("Acknowledge", "False alarm", "Disarm"))
        report.ends[end] += 1
        alert = home.alerts(mark)[-1]
        home.ann.press(end, message=alert, stale=True)
        if not await home.until(lambda: not home.telegram.pending_updates, PATIENCE):
            report.wrong.append(f"{end} was not taken")
            return
        # What is still listed of this burst belongs to its incident.
        await asyncio.sleep(70.0)
    home.ann.write("/disarm")
    if not await home.until(lambda: not home.blink.armed(), PATIENCE):
        report.wrong.append("Blink was not disarmed")


async def _judge_end(home: Home, report: Report, directory: Path) -> None:
    """When the sky is clear again everything comes to rest, and the books agree."""
    if not await home.until(lambda: not home.telegram.pending_updates, PATIENCE):
        report.wrong.append("updates were left unconfirmed")
    # Whatever failed last has its next try within five minutes.
    await asyncio.sleep(330.0)
    status = await home.stop()
    if status != 0:
        report.wrong.append(f"exit status {status}")
    if home.blink.misdirected:
        report.wrong.append(f"requests went to the wrong host: {home.blink.misdirected}")
    store = state_store(directory / "state")
    store.open()
    loaded = store.load()
    if loaded.state is None or loaded.notes:
        report.wrong.append(f"the files were not whole: {loaded.notes}")
        return
    opened = [row for row in store.rows(kind="incident") if _is_burglary(row)]
    if len(opened) != report.bursts:
        report.wrong.append(f"{len(opened)} incidents for {report.bursts} bursts")
    if loaded.state.outbox:
        report.wrong.append(f"still in the outbox: {list(loaded.state.outbox.values())}")
    store.close()


def _is_burglary(row: HistoryRow) -> bool:
    return row.data.get("what") == "opened" and row.data.get("sort") == "burglary"
