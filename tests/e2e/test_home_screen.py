"""The pinned home screen stays true through a night, and settings are a few presses away."""

from __future__ import annotations

from tests.e2e.town import Town


async def test_a_pinned_screen_keeps_itself_true_through_arming_alarm_and_disarming(
    town: Town,
) -> None:
    await town.paired()
    screen = await town.ask("/status pin", "As of")
    await town.until(lambda: town.ann.chat.pinned == [screen.id])
    assert screen.text.startswith("🔓 Now disarmed")
    assert screen.silent
    await town.ask("/arm", "armed")
    await town.until(lambda: screen.text.startswith("🔒 Now armed"))
    await town.until(town.blink.armed)
    town.burst()
    await town.said("ALARM")
    await town.until(lambda: screen.text.startswith("🚨 Now triggered"))
    assert "Acknowledge" in [button.text for row in screen.buttons for button in row]
    await town.until(lambda: "motion" in screen.text.partition("Cameras")[2])
    await town.press("Disarm", "disarmed", message=screen)
    await town.until(lambda: screen.text.startswith("🔓 Now disarmed"))
    assert await town.stop() == 0
    await town.start()
    await town.ask("/arm", "armed")
    await town.until(lambda: screen.text.startswith("🔒 Now armed"))
    await town.ask("/status unpin", "Unpinned")
    await town.until(lambda: "No longer kept up to date" in screen.text)
    assert town.ann.chat.pinned == []


async def test_delays_count_down_in_one_message(town: Town) -> None:
    town.env["ALARM_EXIT_DELAY_SECONDS"] = "14"
    town.env["ALARM_ENTRY_DELAY_SECONDS"] = "14"
    await town.paired()
    message = await town.ask("/arm", "arming")
    await town.until(lambda: message.text.startswith("🔒 Now armed"), seconds=40.0)
    assert len([version for version in message.edits if "Now arming" in version.text]) >= 3
    await town.until(town.blink.armed)
    town.burst()
    warning = await town.said("Is it you?")
    await town.until(lambda: len(warning.edits) >= 2)
    assert "Is it you?" in warning.text
    await town.press("Disarm", "disarmed", message=warning)
    await town.until(lambda: "Now disarmed" in warning.text)
    assert town.alerts() == []


async def test_settings_by_buttons_and_by_name(town: Town) -> None:
    await town.paired()
    page = await town.ask("/settings", "Settings")
    town.ann.press("Calls", message=page)
    await town.until(lambda: "Rounds of calls" in page.text)
    town.ann.press("▲ 3 · Rounds of calls", message=page)
    await town.until(lambda: "Rounds of calls: 3 (before: 2)" in page.text)
    town.ann.press("Back", message=page)
    await town.until(lambda: "3 rounds" in page.text)
    told = await town.ask("/settings exit delay 45s")
    assert "Exit delay (away): 45 s (before: 0 s)" in told.text
    refused = await town.ask("/settings exit delay 6m")
    assert "0 s to 5 min" in refused.text
    assert "exit 45 s" in (await town.ask("/settings")).text
