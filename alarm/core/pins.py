"""The PIN of the house and its duress PIN: how they are kept, judged, and guarded from guessing.

Both are kept as scrypt hashes with one salt, so that one hash of a guess tells what it is and
takes as long whatever it is. Ten thousand codes are no secret to a fast computer that holds the
file; what protects the PIN is the lockout, and the hash keeps it from whoever reads along.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from alarm.core.errors import BadInput

MIN_DIGITS, MAX_DIGITS = 4, 8
PIN_RANGE = f"A PIN has {MIN_DIGITS} to {MAX_DIGITS} digits."
# 16 MiB and 0.05 s on a desktop, about 0.15 s on a Raspberry Pi 4.
SCRYPT_N, SCRYPT_R, SCRYPT_P = 2**14, 8, 1
# So many wrong PINs lock a user's entry for a minute; each further one doubles it.
FREE_TRIES = 5
FIRST_LOCKOUT, LONGEST_LOCKOUT = timedelta(minutes=1), timedelta(hours=1)


class Judged(StrEnum):
    """What a guess is. The duress PIN does all that the PIN does, and calls for help in secret."""

    RIGHT = "right"
    DURESS = "duress"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Tries:
    """Wrong PINs of one user since the last right one."""

    wrong: int = 0
    locked_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Pins:
    """The codes as hashes, empty where there is none; `tries` by user id."""

    salt: str = ""
    pin: str = ""
    duress: str = ""
    tries: Mapping[str, Tries] = field(default_factory=dict)

    @property
    def required(self) -> bool:
        return bool(self.pin)


def is_pin(text: str) -> bool:
    """Tell whether a text could be a PIN."""
    return text.isascii() and text.isdigit() and MIN_DIGITS <= len(text) <= MAX_DIGITS


def checked(text: str) -> str:
    """Return a PIN, or raise BadInput with the allowed range."""
    if not is_pin(text):
        raise BadInput(PIN_RANGE)
    return text


def hashed(pin: str, salt: str) -> str:
    """Return the hash of a PIN; `salt` is hexadecimal."""
    return hashlib.scrypt(
        pin.encode(), salt=bytes.fromhex(salt), n=SCRYPT_N, r=SCRYPT_R, p=SCRYPT_P, dklen=32
    ).hex()


def judged(pins: Pins, guess: str) -> Judged:
    """Judge a guess, in the same time whatever it is."""
    made = hashed(guess, pins.salt)
    right = hmac.compare_digest(made, pins.pin or "-")
    duress = hmac.compare_digest(made, pins.duress or "-")
    if right:
        return Judged.RIGHT
    return Judged.DURESS if duress else Judged.WRONG


def too_near(pin: str, salt: str, other: str) -> bool:
    """Tell whether a PIN equals the one of hash `other` or is one more or less than it (CP-01).

    A slip of one digit must neither call for help nor keep silent about it.
    """
    if not other:
        return False
    room = 10 ** len(pin)
    near = [f"{(int(pin) + step) % room:0{len(pin)}}" for step in (-1, 0, 1)]
    made = [hashed(one, salt) for one in near]
    return any(hmac.compare_digest(one, other) for one in made)


# -- the lockout -----------------------------------------------------------------------------------


def locked_until(pins: Pins, user_id: int, now: datetime) -> datetime | None:
    """Return when the user may try again; None where that is now."""
    tries = pins.tries.get(str(user_id))
    until = tries.locked_until if tries else None
    return until if until is not None and until > now else None


def tries_left(pins: Pins, user_id: int) -> int:
    """Return how many wrong PINs are free; afterwards each one locks."""
    tries = pins.tries.get(str(user_id), Tries())
    return max(FREE_TRIES - tries.wrong, 0)


def after_wrong(pins: Pins, user_id: int, now: datetime) -> Pins:
    """Count a wrong PIN, and lock this user's entry where it is one too many."""
    wrong = pins.tries.get(str(user_id), Tries()).wrong + 1
    until = None
    if wrong >= FREE_TRIES:
        # Years of guessing must not overflow.
        doublings = min(wrong - FREE_TRIES, 16)
        until = now + min(FIRST_LOCKOUT * 2**doublings, LONGEST_LOCKOUT)
    return replace(pins, tries={**pins.tries, str(user_id): Tries(wrong, until)})


def forgiven(pins: Pins, user_id: int) -> Pins:
    """Forget a user's wrong PINs."""
    if str(user_id) not in pins.tries:
        return pins
    return replace(pins, tries={k: v for k, v in pins.tries.items() if k != str(user_id)})


def moved(pins: Pins, delta: timedelta) -> Pins:
    """Move lockouts with the host's clock, so that setting it opens none."""
    if not pins.tries:
        return pins
    tries = {
        user: replace(t, locked_until=t.locked_until + delta if t.locked_until else None)
        for user, t in pins.tries.items()
    }
    return replace(pins, tries=tries)
