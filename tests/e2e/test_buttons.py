"""Every button, pressed once, twice, and when there is nothing left to press it for."""

from __future__ import annotations

from simulator.faults import Fault, FaultKind
from simulator.telegram import SentMessage
from tests.e2e.test_commands import panel
from tests.e2e.town import Town


def names(message: SentMessage) -> list[str]:
    return [button.text for row in message.buttons for button in row]


async def test_the_buttons_of_an_arming(town: Town) -> None:
    town.env["ALARM_EXIT_DELAY_SECONDS"] = "60"
    await town.paired()
    arming = await town.ask("/arm", "arming")
    assert names(arming) == ["Cancel", "+60 s"]
    await town.until(town.blink.armed)
    # Blink is armed from the start; what it sees on the way out does not count.
    town.burst()
    for _ in range(2):
        before = arming.text
        town.ann.press("+60 s")
        await town.until(lambda before=before: arming.text != before)  # type: ignore[misc]
        assert panel(arming) == "arming"
    assert panel(await town.press("Cancel", "disarmed")) == "disarmed"
    await town.until(lambda: not town.blink.armed())
    await town.until(lambda: arming.buttons == [])
    again = await town.press("Cancel", message=arming, stale=True)
    assert panel(again) == "disarmed"
    await town.press("+60 s", "No exit delay runs", message=arming, stale=True)
    status = await town.status()
    assert panel(status) == "disarmed"
    assert panel(await town.press("Arm", "arming", message=status)) == "arming"
    await town.press("Arm", "arming", message=status, stale=True)
    await town.ask("/disarm", "disarmed")
    assert len(town.telegram.callback_answers) == 7
    assert town.alerts() == []


async def test_the_buttons_of_an_alert(town: Town) -> None:
    town.env["ALARM_CALL_DELAY_SECONDS"] = "300"
    await town.armed()
    for _ in range(9):
        town.blink.motion("Hall")
    alert = await town.said("ALARM")
    await town.until(lambda: "More pictures (3)" in names(alert))
    assert {"Acknowledge", "False alarm", "Disarm"} <= set(names(alert))
    await town.press("Acknowledge", "Acknowledged by Ann")
    await town.until(lambda: "Acknowledged by Ann" in alert.text)
    await town.until(lambda: "Acknowledge" not in names(alert))
    await town.press("Acknowledge", "Acknowledged by Ann", message=alert, stale=True)
    town.ann.press("More pictures", message=alert)
    await town.until(lambda: "More pictures" not in str(names(alert)))
    await town.press("More pictures", "Nothing", message=alert, stale=True)
    assert panel(await town.press("False alarm", "False alarm", message=alert)) == "armed"
    await town.until(lambda: names(alert) == [])
    for button in ("Acknowledge", "False alarm", "Disarm"):
        over = await town.press(button, "over", message=alert, stale=True)
        assert panel(over) == "armed"
    assert panel(await town.status()) == "armed"
    assert town.blink.armed()
    assert town.twilio.calls == []


async def test_disarm_below_an_alert_ends_everything(town: Town) -> None:
    town.twilio.ring_seconds = 60.0
    await town.armed()
    town.burst()
    alert = await town.said("ALARM")
    await town.rang(1)
    # The press counts although Telegram loses every answer to it.
    town.telegram.faults.add("answerCallbackQuery", Fault(FaultKind.LATE))
    assert panel(await town.press("Disarm", "disarmed", message=alert)) == "disarmed"
    await town.until(lambda: not town.blink.armed())
    await town.until(lambda: town.twilio.calls[0].status == "canceled")
    await town.until(lambda: names(alert) == [])
    assert "Ann" in alert.text
    await town.press("Disarm", "over", message=alert, stale=True)
    assert len(town.alerts()) == 1
    assert len(town.twilio.calls) == 1


async def test_the_buttons_of_a_drill_touch_no_real_alarm(town: Town) -> None:
    await town.armed()
    drill = await town.ask("/test", "TEST")
    assert panel(await town.press("Disarm", "Test ended", message=drill)) == "armed"
    await town.press("Disarm", "over", message=drill, stale=True)
    assert panel(await town.status()) == "armed"
    drill = await town.ask("/test", "TEST")
    town.burst()
    alert = await town.said("ALARM")
    await town.until(lambda: names(drill) == [])
    await town.press("False alarm", "over", message=drill, stale=True)
    assert "Acknowledge" in names(alert)
    assert panel(await town.status()) == "triggered"
    await town.ask("/test", "No test now")
