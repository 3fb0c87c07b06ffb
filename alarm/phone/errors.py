"""What Twilio's refusals and a broken line mean, in one table."""

from __future__ import annotations

import json
import re
import ssl
from collections.abc import Mapping
from typing import NamedTuple

import requests
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

from alarm.core.errors import PhoneError
from alarm.core.retry_after import retry_after


class Meaning(NamedTuple):
    permanent: bool
    sentence: str


_CREDENTIALS = Meaning(
    True, "Twilio refuses the credentials; check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN"
)
_SUSPENDED = Meaning(True, "The Twilio account is not active; add money or ask Twilio's support")
_FROM = Meaning(
    True, "Twilio does not let this account call from TWILIO_FROM_NUMBER; use a number it owns"
)
_TO = Meaning(True, "Twilio says that this phone number cannot be called; check its digits")
_COUNTRY = Meaning(
    True, "Calls to this country are off; allow it in Twilio's console under Geo permissions"
)
_TRIAL = Meaning(
    True, "A Twilio trial account calls only verified numbers; verify this one or upgrade"
)
_BUSY = Meaning(False, "Twilio has too many requests from this account; it is tried again shortly")
_SPEECH = Meaning(True, "Twilio refuses the spoken text; please report this")
_SERVER = Meaning(False, "Twilio has a fault of its own; see status.twilio.com")

# Twilio's error numbers, then the HTTP statuses that come without one.
MEANINGS: dict[int, Meaning] = {
    10001: _SUSPENDED,
    10002: Meaning(True, "A Twilio trial account cannot do this; upgrade it"),
    10004: Meaning(False, "Twilio's limit of calls at once is reached; it is tried again shortly"),
    10005: Meaning(True, "Voice calls are switched off for this Twilio account; ask its support"),
    13223: _TO,
    13224: _TO,
    13227: _COUNTRY,
    20003: _CREDENTIALS,
    20005: _SUSPENDED,
    20006: Meaning(True, "Twilio denies access to this account; check TWILIO_ACCOUNT_SID"),
    20008: Meaning(True, "These are Twilio's test credentials: no phone rings; use the live ones"),
    20403: Meaning(True, "Twilio forbids this; check the rights of the account"),
    20404: Meaning(True, "Twilio does not know this account or call; check TWILIO_ACCOUNT_SID"),
    20429: _BUSY,
    21201: _TO,
    21202: Meaning(True, "Twilio does not call premium-rate numbers; give another number"),
    21203: _COUNTRY,
    21205: _SPEECH,
    21210: _FROM,
    21211: _TO,
    21212: Meaning(True, "TWILIO_FROM_NUMBER is no valid number; write it like +442079460123"),
    21213: _FROM,
    21214: Meaning(True, "Twilio cannot reach this phone number; check its digits"),
    21215: _COUNTRY,
    21216: Meaning(True, "Twilio blocks calls to this number; ask Twilio's support to allow them"),
    21217: _TO,
    21219: _TRIAL,
    21220: Meaning(True, "The call is already over"),
    32018: _SPEECH,
    573002: Meaning(True, "This trial account must call this number from another trial number"),
    573005: _TRIAL,
    400: Meaning(True, "Twilio refuses the request; please report this"),
    401: _CREDENTIALS,
    403: Meaning(True, "Twilio forbids this; check the rights of the account"),
    404: Meaning(True, "Twilio's address was not found; check TWILIO_ACCOUNT_SID"),
    408: Meaning(False, "Twilio did not get the whole request; it is tried again shortly"),
    409: Meaning(False, "Twilio is still busy with this call; it is tried again shortly"),
    429: _BUSY,
}

UNREACHABLE = "Twilio cannot be reached; check the internet connection"
SILENT = "Twilio did not answer in time"
BROKEN = "The connection to Twilio broke before its answer came"
UNREADABLE = "Twilio's answer could not be understood"
CERTIFICATE = "Twilio's certificate was not accepted; check the clock of this machine"
UNSENDABLE = "Twilio could not be asked; check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN"


_NEVER_SENT = (NewConnectionError, NameResolutionError, ConnectTimeoutError)


def as_phone_error(exc: BaseException) -> PhoneError:
    """Return what went wrong, without any word of the original: it may hold numbers."""
    match exc:
        case PhoneError():
            return exc
        case requests.exceptions.SSLError() if _has_cause(exc, ssl.SSLCertVerificationError):
            return PhoneError(CERTIFICATE)
        case requests.ConnectTimeout() | requests.exceptions.ProxyError():
            return PhoneError(UNREACHABLE)
        case requests.ConnectionError() if _has_cause(exc, *_NEVER_SENT):
            return PhoneError(UNREACHABLE)
        case requests.Timeout() | TimeoutError():
            return PhoneError(SILENT, uncertain=True)
        case UnicodeEncodeError() | requests.exceptions.InvalidURL():
            return PhoneError(UNSENDABLE, permanent=True)
        case requests.JSONDecodeError():
            return PhoneError(UNREADABLE, uncertain=True)
        case OSError():
            return PhoneError(BROKEN, uncertain=True)
        case _:
            return PhoneError(UNREADABLE, uncertain=True)


def refusal(
    method: str, status: int, body: str, headers: Mapping[str, str], now: float
) -> PhoneError:
    """Describe an answer that is no success; `now` is epoch seconds."""
    number = _number_in(body) or status
    meaning = MEANINGS.get(number)
    if status >= 500:
        meaning = _SERVER
    elif status < 400:
        meaning = Meaning(False, f"Twilio answered with an unexpected status {status}")
    elif meaning is None:
        meaning = Meaning(
            MEANINGS[status].permanent if status in MEANINGS else True,
            f"Twilio refuses with error {number}; see twilio.com/docs/errors/{number}",
        )
    # Only a refusal proper says that nothing was done.
    unclear = not 400 <= status < 500
    return PhoneError(
        meaning.sentence,
        code=number,
        permanent=meaning.permanent,
        retry_after=retry_after(headers, now),
        uncertain=unclear and method.upper() == "POST",
    )


def _number_in(body: str) -> int:
    """Return Twilio's error number, 0 without one; its older and its newer bodies have `code`."""
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError):
        return 0
    code = fields.get("code") if isinstance(fields, dict) else None
    text = str(code)
    # Longer ones are none of Twilio's, and could be anything, a phone number included.
    return int(text) if re.fullmatch(r"[1-9][0-9]{2,5}", text) else 0


def _has_cause(exc: BaseException, *kinds: type[BaseException]) -> bool:
    """Look for a kind of error in what requests and urllib3 wrap around it."""
    waiting: list[object] = [exc]
    seen: set[int] = set()
    while waiting:
        found = waiting.pop()
        if not isinstance(found, BaseException) or id(found) in seen:
            continue
        if isinstance(found, kinds):
            return True
        seen.add(id(found))
        waiting += [*found.args, getattr(found, "reason", None), found.__cause__]
    return False
