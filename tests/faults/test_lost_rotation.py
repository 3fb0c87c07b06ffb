"""The one thing that a kill may cost: Blink rotated the refresh token and nobody wrote it down."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.watch.tokens import TokenFile
from simulator.faults import Fault, FaultKind
from tests.e2e.town import Town
from tests.faults.mortal_home import MortalHome


async def test_a_rotation_lost_in_a_kill_asks_at_once_and_never_logs_in(tmp_path: Path) -> None:
    town = Town(tmp_path)
    town.blink.two_factor = "202"
    # Past half of its life the token is refreshed first thing: the first request with a body.
    home = MortalHome(town, fatal="after blink POST", tokens_left=timedelta(hours=1))
    await home.open()
    try:
        await home.until(lambda: home.kills == 1, "the kill after the rotation")
        asked = await town.said(lambda m: "Blink" in m.text and bool(m.buttons))
        assert [button.text for row in asked.buttons for button in row] == ["Log in again"]
        assert (town.blink.signins, town.blink.codes_sent) == (0, 0)
        # It goes on with the access token that still works.
        seen = town.blink.count("media/changed")
        await home.until(lambda: town.blink.count("media/changed") > seen + 3, "more polls")
        town.ann.press("Log in again")
        await home.until(lambda: town.blink.codes_sent == 1, "the code")
        town.ann.write(town.blink.code)
        await town.said("Logged in")
        assert town.blink.signins == 1
        await home.stop()
    finally:
        await home.close()


async def test_a_stop_waits_for_a_rotation_under_way(tmp_path: Path) -> None:
    home = MortalHome(Town(tmp_path), tokens_left=timedelta(hours=1))
    blink = home.town.blink
    blink.faults.add("/oauth/token", Fault(FaultKind.SLOW, seconds=3.5, times=1))
    await home.open()
    try:
        await home.until(lambda: blink.count("/oauth/token") == 1, "the rotation")
        before = TokenFile(home.town.state_dir).load()
        await home.stop()
        after = TokenFile(home.town.state_dir).load()
        assert before is not None
        assert after is not None
        assert after.refresh_token != before.refresh_token
        assert blink.tokens.rotate(after.refresh_token) is not None
    finally:
        await home.close()
