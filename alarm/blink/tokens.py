"""What a login leaves behind, and what a restart needs so that no new login is made."""

from __future__ import annotations

import math
import re
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from alarm.core.errors import BadInput

# Seconds; what blinkpy assumes when Blink names no life time.
DEFAULT_LIFE = 3600.0
# The tier becomes part of a host name.
_REGION = re.compile(r"[a-z0-9]{1,32}")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Blink's tokens and the names that go with them. `region` is Blink's tier, "" until known."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    expires_at: float
    expires_in: float
    hardware_id: str
    region: str = ""
    account_id: int | None = None
    client_id: int | None = None
    user_id: int | None = None

    @property
    def half_life(self) -> float:
        """Return the epoch second at which a refresh is due."""
        return self.expires_at - self.expires_in / 2

    def to_document(self) -> dict[str, object]:
        """Return plain JSON values; they include the secrets."""
        return asdict(self)

    @classmethod
    def from_document(cls, document: object) -> Tokens:
        """Read what `to_document` wrote; anything else is BadInput that quotes no value."""
        if not isinstance(document, Mapping):
            raise BadInput("the saved Blink tokens are not an object")
        return cls(
            access_token=_text(document, "access_token", required=True),
            refresh_token=_text(document, "refresh_token"),
            expires_at=_seconds(document, "expires_at"),
            expires_in=_seconds(document, "expires_in"),
            hardware_id=checked_hardware_id(_text(document, "hardware_id", required=True)),
            region=checked_region(_text(document, "region")),
            account_id=_number(document, "account_id"),
            client_id=_number(document, "client_id"),
            user_id=_number(document, "user_id"),
        )


def checked_region(value: object) -> str:
    """Return a tier that is safe in a host name, or ""; anything else is BadInput."""
    if value == "" or (isinstance(value, str) and _REGION.fullmatch(value)):
        return str(value)
    raise BadInput("the Blink region is not a plain name")


def checked_hardware_id(value: str) -> str:
    """Return the id as it is; Blink refuses one that is no UUID, and so do we."""
    try:
        uuid.UUID(value)
    except ValueError as error:
        raise BadInput("the hardware id for Blink must be a UUID") from error
    return value


def life_time(value: object) -> float:
    """Return a sane `expires_in`, the default for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return DEFAULT_LIFE
    return float(value) if math.isfinite(value) and value > 0 else DEFAULT_LIFE


def _text(document: Mapping[str, object], name: str, *, required: bool = False) -> str:
    value = document.get(name, "")
    if not isinstance(value, str) or (required and not value):
        raise BadInput(f"the saved Blink tokens have no usable {name}")
    return value


def _seconds(document: Mapping[str, object], name: str) -> float:
    value = document.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise BadInput(f"the saved Blink tokens have no usable {name}")
    return float(value)


def _number(document: Mapping[str, object], name: str) -> int | None:
    value = document.get(name)
    if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
        raise BadInput(f"the saved Blink tokens have no usable {name}")
    return value
