"""The PIN and the duress PIN in the real program, from the keypad to the phones."""

from __future__ import annotations

from simulator.faults import Fault, FaultKind
from simulator.telegram import Person, SentMessage
from simulator.twilio import human
from tests.e2e.test_commands import panel
from tests.e2e.town import PHONE, Town

# Long enough that no other number is one of these by chance.
PIN, DURESS, WRONG = "73914682", "50286317", "11223344"
KEYPAD = "PIN?"


def left(person: Person, digits: str) -> bool:
    """Tell whether the digits still stand anywhere in the chat."""
    return any(digits in m.text for m in person.chat.everything if not m.deleted)


async def gone(town: Town, digits: str, person: Person | None = None) -> None:
    await town.until(lambda: not left(person or town.ann, digits))


def type_on(person: Person, keypad: SentMessage, digits: str) -> None:
    for digit in digits:
        person.press(digit, message=keypad)


async def guarded(town: Town, *, duress: bool = False) -> None:
    """Pair, set the PIN, and arm."""
    town.env["ALARM_CALL_DELAY_SECONDS"] = "300"
    await town.paired()
    await town.ask(f"/pin {PIN}", "PIN set")
    if duress:
        await town.ask(f"/pin duress {PIN} {DURESS}", "Saved")
    await gone(town, PIN)
    await town.ask("/arm", "armed")
    await town.until(town.blink.armed)


async def test_disarm_asks_on_a_keypad_and_the_keypad_goes(town: Town) -> None:
    await guarded(town)
    keypad = await town.ask("/disarm", KEYPAD)
    type_on(town.ann, keypad, PIN[:4])
    town.ann.press("⌫", message=keypad)
    await town.until(lambda: any("●●●  " in a.text for a in town.telegram.callback_answers))
    type_on(town.ann, keypad, PIN[3:])
    assert panel(await town.press("OK", "disarmed", message=keypad)) == "disarmed"
    await town.until(lambda: keypad.deleted)
    await town.until(lambda: not town.blink.armed())


async def test_a_pin_typed_as_a_message_is_deleted_right_or_wrong(town: Town) -> None:
    await guarded(town)
    await town.ask("/disarm", KEYPAD)
    again = await town.ask(WRONG, "Wrong PIN")
    assert "4 more tries" in again.text
    await gone(town, WRONG)
    assert panel(await town.status()) == "armed"
    # The first try to delete it is lost, and everything else goes on.
    town.telegram.faults.add("deleteMessage", Fault(FaultKind.STATUS, 502, "{}", times=2))
    assert panel(await town.ask(PIN, "disarmed")) == "disarmed"
    await gone(town, PIN)


async def test_digits_without_a_keypad_do_nothing_and_are_deleted(town: Town) -> None:
    await guarded(town)
    await town.ask(PIN, "No keypad is open")
    await gone(town, PIN)
    await town.ask(f"/disarm{PIN}", "space")
    await gone(town, PIN)
    assert panel(await town.status()) == "armed"
    assert panel(await town.ask(f"/disarm {PIN}", "disarmed")) == "disarmed"
    await gone(town, PIN)


async def test_a_pin_of_another_length_is_told_how_many_digits_it_has(town: Town) -> None:
    await guarded(town)
    for digits in ("12", "123456789"):
        await town.ask(f"/pin {digits}", "A PIN has 4 to 8 digits. Write /pin 1234")


async def test_a_time_behind_disarm_waits_for_the_pin_too(town: Town) -> None:
    await guarded(town)
    await town.ask("/disarm until 25:00", "Nothing was changed")
    await town.ask("/disarm xyz", "will be disarmed, with no end")
    assert panel(await town.status()) == "armed"
    await town.ask("/disarm 2h", KEYPAD)
    disarmed = await town.ask(PIN, "disarmed")
    assert "Until" in disarmed.text
    await gone(town, PIN)
    await town.ask("/arm", "armed")
    assert "Until" in (await town.ask(f"/disarm {PIN} 2h", "disarmed")).text


async def test_false_alarm_takes_the_pin_and_acknowledge_none(town: Town) -> None:
    await guarded(town)
    town.burst()
    alert = await town.said("ALARM")
    await town.press("Acknowledge", "Acknowledged by Ann", message=alert)
    keypad = await town.press("False alarm", KEYPAD, message=alert)
    assert "Acknowledged by Ann" in alert.text
    await town.press("Cancel", "goes on", message=keypad)
    await town.until(lambda: keypad.deleted)
    await town.press("False alarm", KEYPAD, message=alert)
    assert panel(await town.ask(PIN, "False alarm")) == "armed"


async def test_five_wrong_pins_lock_one_person_and_tell_the_owner(town: Town) -> None:
    await guarded(town)
    await town.own(town.bob)
    for _ in range(4):
        await town.ask(f"/disarm {WRONG}", "Wrong PIN", town.bob)
    await town.ask(f"/disarm {WRONG}", "Too many wrong PINs", town.bob)
    told = await town.said("Bob typed 5 wrong PINs")
    await town.ask(f"/disarm {PIN}", "Too many wrong PINs", town.bob)
    await town.press("Let try again now", "can type the PIN again", message=told)
    assert panel(await town.ask(f"/disarm {PIN}", "disarmed", town.bob)) == "disarmed"


async def test_a_lockout_and_a_keypad_outlive_a_restart(town: Town) -> None:
    await guarded(town)
    keypad = await town.ask("/disarm", KEYPAD)
    await town.kill()
    await town.start()
    await town.said("was off", after=keypad.id)
    type_on(town.ann, keypad, PIN)
    assert panel(await town.press("OK", "disarmed", message=keypad)) == "disarmed"
    for _ in range(4):
        await town.ask(f"/disarm {WRONG}", "Wrong PIN")
    await town.kill()
    await town.start()
    await town.ask(f"/disarm {WRONG}", "Too many wrong PINs")


async def test_a_pin_is_set_changed_and_removed_by_buttons(town: Town) -> None:
    await town.paired()
    page = await town.ask("/pin", "No PIN is set")
    first = await town.press("Set a PIN", "Type the new PIN", message=page)
    type_on(town.ann, first, WRONG)
    second = await town.press("OK", "once more", message=first)
    type_on(town.ann, second, WRONG)
    await town.press("OK", "PIN set", message=second)
    await town.ask(f"/pin {PIN}", "Write it first")
    await town.ask(f"/pin {WRONG} {PIN}", "PIN changed")
    page = await town.ask("/pin", "A PIN is set")
    await town.press("Remove PIN", KEYPAD, message=page)
    await town.ask(PIN, "PIN removed")
    await town.ask("/disarm", "disarmed")
    await gone(town, PIN)
    await gone(town, WRONG)


async def test_the_duress_pin_is_heard_by_others_alone(town: Town) -> None:
    await guarded(town, duress=True)
    await town.own(town.bob)
    await gone(town, "duress")
    town.twilio.number(PHONE, human())
    await town.ask("/disarm", KEYPAD)
    assert panel(await town.ask(DURESS, "disarmed")) == "disarmed"
    alert = await town.said("ALARM", town.bob)
    assert "Ann" in alert.text
    assert "Call the police" in alert.text
    call = await town.rang(1)
    assert "duress" not in call.spoken
    await gone(town, DURESS)
    await town.until(lambda: not town.blink.armed())
    status = await town.status()
    assert panel(status) == "disarmed"
    await town.ask("/ack", "Nothing to do")
    await town.press("Acknowledge", "Acknowledged by Bob", town.bob, message=alert)
    await town.until(lambda: "Acknowledged by Bob" in alert.text)
    assert town.alerts() == []
    assert not left(town.ann, "duress")


async def test_no_digits_of_a_pin_are_kept_anywhere(town: Town) -> None:
    log = town.directory / "logs" / "alarm.log"
    town.env |= {"LOG_LEVEL": "DEBUG", "LOG_PATH": str(log)}
    await guarded(town, duress=True)
    keypad = await town.ask("/disarm", KEYPAD)
    type_on(town.ann, keypad, WRONG)
    await town.press("OK", "Wrong PIN", message=keypad)
    await town.ask(PIN, "disarmed")
    await town.ask("/arm", "armed")
    await town.ask(f"/disarm {DURESS}", "disarmed")
    assert await town.stop() == 0
    kept = [path for path in town.directory.rglob("*") if path.is_file()]
    assert log in kept
    for path in kept:
        text = path.read_bytes().decode(errors="replace")
        for digits in (PIN, DURESS, WRONG):
            assert digits not in text, path
    assert not any(digits in line for line in town.console for digits in (PIN, DURESS, WRONG))
