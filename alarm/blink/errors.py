"""What can go wrong with Blink, and how its answers and blinkpy's exceptions become that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import aiohttp

from alarm.core.errors import AlarmError, BlinkError
from alarm.core.retry_after import retry_after

# How the reason begins where nothing came from Blink at all; else Blink answered.
NO_ANSWER = "Blink did not answer in time"
UNREACHABLE = "Blink cannot be reached"


class BlinkAnswerError(BlinkError):
    """Say that a request failed.

    `status`: the HTTP status, 0 when no answer was understood. `code`: Blink's own number for the
    reason, 0 when it gave none.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int = 0,
        code: int = 0,
        permanent: bool = False,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message, permanent=permanent, retry_after=retry_after)
        self.status = status
        self.code = code


class ForeignHost(BlinkError):
    """Say that a request was about to leave for a host that is not Blink's; it was not sent."""


class ClipGone(BlinkError):
    """Say that Blink no longer has the clip or picture, or never had one."""

    def __init__(self, message: str = "Blink no longer has it") -> None:
        super().__init__(message, permanent=True)


class BlinkLoginFailed(BlinkError):
    """Say that a login broke off.

    `after_signin`: the password had been submitted, so Blink may have sent a code already and
    the next try by itself could send another one.
    """

    def __init__(
        self,
        message: str,
        *,
        after_signin: bool,
        permanent: bool = False,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message, permanent=permanent, retry_after=retry_after)
        self.after_signin = after_signin


class BlinkPasswordRefused(BlinkLoginFailed):
    """Say that Blink does not accept this e-mail with this password."""

    def __init__(self, message: str = "Blink refused the e-mail or the password") -> None:
        super().__init__(message, after_signin=True, permanent=True)


@contextmanager
def as_blink_error(what: str) -> Iterator[None]:
    """Turn whatever blinkpy or aiohttp raises into a BlinkAnswerError with that cause."""
    try:
        yield
    except AlarmError:
        raise
    except TimeoutError as error:
        raise BlinkAnswerError(f"{NO_ANSWER} ({what})") from error
    except (aiohttp.ClientConnectionError, aiohttp.ClientPayloadError, OSError) as error:
        raise BlinkAnswerError(f"{UNREACHABLE} ({what})") from error
    except Exception as error:
        raise BlinkAnswerError(f"Blink's answer makes no sense ({what})") from error


def refusal(
    what: str, status: int, headers: Mapping[str, str], now: float, *, body: object = None
) -> BlinkAnswerError:
    """Describe an answer that is not what was asked for; `now` is epoch seconds."""
    code = body.get("code") if isinstance(body, dict) else None
    if status in (406, 429):
        text = f"Blink asks us to slow down ({what}, status {status})"
    elif status >= 500:
        text = f"Blink has trouble of its own ({what}, status {status})"
    elif status < 400:
        text = f"Blink's answer makes no sense ({what})"
    else:
        text = f"Blink refused ({what}, status {status})"
    return BlinkAnswerError(
        text,
        status=status,
        code=code if isinstance(code, int) else 0,
        retry_after=retry_after(headers, now),
    )
