"""Errors that carry the decision: whether trying again can help, and when."""

from __future__ import annotations


class AlarmError(Exception):
    """Base of the product's own errors; its text is fit for a person and holds no secret.

    `permanent`: trying again without a change by a person is useless.
    `retry_after`: seconds to wait before the next try, where the other side named them.
    """

    def __init__(
        self, message: str, *, permanent: bool = False, retry_after: float | None = None
    ) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.retry_after = retry_after


class BadInput(AlarmError):
    """Say that what a person or a file gave cannot be used; the text tells what would do."""

    def __init__(self, message: str) -> None:
        super().__init__(message, permanent=True)


class BlinkError(AlarmError):
    """Say that Blink could not be asked or did not answer as it should."""


class BlinkLoginNeeded(BlinkError):
    """Say that only a login by a person can help: the refresh token is gone or refused."""

    def __init__(self, message: str = "Blink wants a new login") -> None:
        super().__init__(message, permanent=True)


class PhoneError(AlarmError):
    """Say that Twilio refused a request or could not be reached.

    `code`: Twilio's own error number, or the HTTP status; 0 when nothing answered.
    `uncertain`: the request may have reached Twilio all the same.
    """

    def __init__(
        self,
        message: str,
        *,
        code: int = 0,
        permanent: bool = False,
        retry_after: float | None = None,
        uncertain: bool = False,
    ) -> None:
        super().__init__(message, permanent=permanent, retry_after=retry_after)
        self.code = code
        self.uncertain = uncertain
