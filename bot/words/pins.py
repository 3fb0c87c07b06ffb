"""The keypad, what comes of typing at it, and the page of the PIN."""

from __future__ import annotations

from datetime import timedelta

from alarm.core.notices import Notice
from alarm.core.pin_change import DIFFERS, TOO_NEAR
from alarm.core.pins import PIN_RANGE
from alarm.core.prompt import PROMPT_LIFE, Step
from alarm.core.state import State
from bot.pages import Button, Page, Press
from bot.words import times
from bot.words.areas import headlines
from bot.words.markup import bold, code, counted, page
from bot.words.said import Said, Wording

BACK, OK, CANCEL = "back", "ok", "cancel"
_ROWS = ("123", "456", "789")
_WHICH = {
    "disarm": "it to disarm",
    "false alarm": "it for False alarm",
    "set": "the one that holds now",
    "off": "the one that holds now, to remove it",
    "duress": "the one that holds now",
    "duress off": "the one that holds now",
}
_NOT_DONE = {
    "disarm": "Not disarmed",
    "false alarm": "The alarm goes on",
}
NOT_CHANGED = "Nothing was changed"
NOT_YOURS = "This keypad is somebody else's: press the button yourself."
OVER = "This keypad is over."
HAND_DELETE = (
    "I could not delete your message with the PIN. Delete it yourself: press long on it, "
    "then Delete. Then change the PIN: /pin"
)
UNGUARDED = (
    "The PIN guards Disarm, Cancel and False alarm, not settings, schedule or left-out cameras; "
    "owners see those changes in /journal."
)
SPACE = "Put a space before the PIN: /disarm 1234"


def keypad(prompt: str) -> tuple[tuple[Button, ...], ...]:
    """Return the buttons of a keypad."""

    def key(text: str, does: str) -> Button:
        return Button(text, Press.KEY, f"{prompt}.{does}")

    return (
        *(tuple(key(digit, digit) for digit in row) for row in _ROWS),
        (key("⌫", BACK), key("0", "0"), key("OK", OK)),
        (key("Cancel", CANCEL),),
    )


def asked(said: Said) -> Page:
    step, purpose = said.raw("step"), said.raw("purpose")
    which = "duress PIN" if purpose == "duress" else "PIN"
    match step:
        case Step.NEW:
            head = f"🔢 {bold(f'Type the new {which}')}: 4 to 8 digits, then OK."
        case Step.REPEAT:
            head = f"🔢 {bold(f'Type the new {which} once more')}, then OK."
        case _:
            head = f"🔢 {bold('PIN?')} Type {_WHICH.get(purpose, 'it')}, then OK."
    lines = [_trouble(said), head]
    if said.flag("private"):
        lines.append("On the buttons, or as a message, which I delete at once.")
    return page([line for line in lines if line], *keypad(said.raw("prompt")))


def _trouble(said: Said) -> str:
    if said.raw("trouble") == TOO_NEAR:
        return (
            "✋ Too near the other PIN: a slip of one would do the wrong thing. Choose another one."
        )
    if said.raw("trouble") == DIFFERS:
        return "✋ The two were not the same."
    if said.number("left") is not None:
        left = said.whole("left")
        return f"✋ {bold('Wrong PIN.')} {counted(left, 'more try')}."
    return ""


def locked(said: Said) -> Page:
    return page(
        [
            f"⛔ {bold('Too many wrong PINs.')} Try again {_until(said)}.",
            "Everything goes on meanwhile. Acknowledge stops the calls without a PIN.",
        ]
    )


def _until(said: Said) -> str:
    at = said.instant("until")
    if at is None or at <= said.view.now:
        return "now"
    return f"at {times.moment(at, said.view, seconds=True)} ({times.left(at, said.view)})"


def guessed(said: Said) -> Page:
    who = said.name("name") or "Somebody"
    number = said.whole("tries")
    unlock = Button("Let try again now", Press.UNLOCK_PIN, said.raw("user"))
    return page(
        [
            f"⚠️ {bold(f'{who} typed {number} wrong PINs.')}",
            f"No PIN is taken from {who} now; the next try is {_until(said)}.",
            "Is the phone in the right hands?",
        ],
        [unlock],
    )


def unlocked(said: Said) -> Page:
    return page([f"✅ {said.name('name') or 'That person'} can type the PIN again."])


def over(said: Said) -> Page:
    return page(["This keypad is over. Press the button again that asked for the PIN."])


def over_page() -> Page:
    return page([OVER])


def cancelled(said: Said) -> Page:
    return page([f"{_undone(said)}.", *_now(said)])


def expired(said: Said) -> Page:
    return page([f"{_undone(said)}: no PIN within {times.exact(PROMPT_LIFE)}.", *_now(said)])


def _undone(said: Said) -> str:
    return _NOT_DONE.get(said.raw("purpose"), NOT_CHANGED)


def _now(said: Said) -> list[str]:
    return headlines(said.state, said.view) if said.raw("purpose") in _NOT_DONE else []


def pin_set(said: Said) -> Page:
    return page([f"🔢 {bold('PIN set')}{said.by()}.", _needed(said)])


def pin_changed(said: Said) -> Page:
    return page([f"🔢 {bold('PIN changed')}{said.by()}.", _needed(said)])


def _needed(said: Said) -> str:
    ask = f" Ask {said.name('by')} for it." if said.name("by") else " Tell it to everybody at home."
    return f"It is needed to disarm and for False alarm, never for Acknowledge.{ask}"


def pin_removed(said: Said) -> Page:
    return page([f"🔢 {bold('PIN removed')}{said.by()}. Nothing asks for one any more."])


def saved(said: Said) -> Page:
    return page(["✅ Saved."])


def not_deleted(said: Said) -> Page:
    return page([f"⚠️ {HAND_DELETE}"])


# -- pages -----------------------------------------------------------------------------------------


def pin_page(state: State, *, owner: bool) -> Page:
    """Answer /pin. Whether there is a duress PIN is not said: somebody may be made to ask."""
    what = "Everybody types the same PIN to disarm and for False alarm; never for Acknowledge."
    if not state.pins.required:
        if not owner:
            return page([f"🔢 {bold('No PIN is set.')}", "An owner can set one with /pin."])
        return page(
            [
                f"🔢 {bold('No PIN is set.')} {what}",
                "It keeps whoever finds your phone unlocked from ending the alarm.",
                UNGUARDED,
                f"Or write it: {code('/pin 1234')}. I delete that message at once.",
            ],
            [Button("Set a PIN", Press.PIN, "set")],
        )
    if not owner:
        return page(
            [f"🔢 {bold('A PIN is set.')} {what}", UNGUARDED, "Only an owner can change it."]
        )
    return page(
        [
            f"🔢 {bold('A PIN is set.')} {what}",
            (
                "A duress PIN disarms in appearance, and calls all others for help in secret. "
                "Use it when somebody forces you."
            ),
            UNGUARDED,
        ],
        [Button("Change PIN", Press.PIN, "set"), Button("Remove PIN", Press.PIN, "off")],
        [
            Button("Duress PIN", Press.PIN, "duress"),
            Button("No duress PIN", Press.PIN, "duress off"),
        ],
    )


def typed(digits: str) -> str:
    """Return what a pressed key answers: how many digits are there, never which."""
    if not digits:
        return "Empty"
    return f"{'●' * len(digits)}  then OK"


def too_short() -> str:
    return PIN_RANGE


def deleted_pin(minutes: timedelta = PROMPT_LIFE) -> Page:
    """Answer digits that no keypad waited for."""
    return page(
        [
            "No keypad is open, so nothing was done. I deleted your message.",
            f"Press Disarm first, and type the PIN within {times.exact(minutes)}; or /disarm 1234.",
        ]
    )


TABLE: dict[Notice, Wording] = {
    Notice.PIN_ASKED: asked,
    Notice.PIN_LOCKED: locked,
    Notice.PIN_GUESSED: guessed,
    Notice.PIN_UNLOCKED: unlocked,
    Notice.PIN_OVER: over,
    Notice.PIN_CANCELLED: cancelled,
    Notice.PIN_EXPIRED: expired,
    Notice.PIN_SET: pin_set,
    Notice.PIN_CHANGED: pin_changed,
    Notice.PIN_REMOVED: pin_removed,
    Notice.PIN_SAVED: saved,
    Notice.PIN_NOT_DELETED: not_deleted,
}
