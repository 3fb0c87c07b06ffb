"""Night mode, a camera left out, a panic alarm: as the household lives them."""

from __future__ import annotations

from tests.e2e.town import Town


async def test_the_first_night_asks_which_cameras_count_over_a_restart(town: Town) -> None:
    await town.paired()
    asked = await town.ask("/arm night", "Which cameras count")
    town.ann.press("⬜ Hall", message=asked)
    await town.until(lambda: any("✅ Hall" in b.text for row in asked.buttons for b in row))
    assert await town.stop() == 0
    await town.start()
    assert "in night" in (await town.press("Done, arm now", "Now armed", message=asked)).text
    await town.until(town.blink.armed)
    town.burst("Garden", "Kitchen", "Garden")
    await town.polled()
    assert town.alerts() == []
    town.burst("Hall", "Hall")
    alert = await town.said("ALARM")
    assert "Hall (2)" in alert.text
    assert "Garden" not in alert.text


async def test_a_camera_left_out_does_not_ring_until_the_next_disarm(town: Town) -> None:
    await town.armed()
    await town.ask("/bypass garage", "Left out: Garage")
    assert "Left out: Garage" in (await town.status()).text
    town.burst("Garage", "Garage", "Garage")
    await town.polled()
    assert town.alerts() == []
    assert "Counts again: Garage" in (await town.ask("/disarm", "disarmed")).text


async def test_one_event_is_enough_at_the_front_door(town: Town) -> None:
    await town.armed()
    await town.ask("/camera front door rule 1", "Front Door: 1 event")
    town.burst("Hall")
    await town.polled()
    assert town.alerts() == []
    town.burst("Front Door")
    assert "1 event at Front Door" in (await town.said("ALARM")).text


async def test_panic_takes_two_taps_and_rings_at_once_though_disarmed(town: Town) -> None:
    town.env["ALARM_CALL_DELAY_SECONDS"] = "300"
    await town.paired()
    await town.ask("/panic", "Raise the alarm now?")
    assert town.alerts() == []
    alert = await town.press("Yes, alarm now", "ALARM")
    assert "pressed the panic button" in alert.text
    await town.rang(1)
    assert "disarmed" in (await town.status()).text.splitlines()[0]
    over = await town.press("False alarm", "False alarm", message=alert)
    assert "says Ann" in over.text
    assert "disarmed" in (await town.status()).text.splitlines()[0]
