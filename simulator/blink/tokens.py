"""Access and refresh tokens: issued, used up, expired, revoked."""

from __future__ import annotations

import secrets
import time


class Tokens:
    """The tokens that the account honours. With `one_time`, a refresh token works once."""

    def __init__(self) -> None:
        self.expires_in: float = 14400
        self.one_time = True
        self._access: dict[str, float] = {}
        self._refresh: set[str] = set()

    def issue(self) -> dict[str, object]:
        """Return a fresh pair in the form of the token endpoint."""
        access, refresh = f"at-{secrets.token_hex(16)}", f"rt-{secrets.token_hex(16)}"
        self._access[access] = time.monotonic() + self.expires_in
        self._refresh.add(refresh)
        return {
            "access_token": access,
            "refresh_token": refresh,
            "expires_in": self.expires_in,
            "token_type": "Bearer",
            "scope": "client",
        }

    def rotate(self, refresh_token: str) -> dict[str, object] | None:
        """Return a fresh pair for a refresh token, None for one that is unknown or used."""
        if refresh_token not in self._refresh:
            return None
        if self.one_time:
            self._refresh.discard(refresh_token)
        return self.issue()

    def known(self, access_token: str) -> bool:
        """Tell whether an access token is honoured now."""
        return self._access.get(access_token, 0.0) > time.monotonic()

    def forget(self) -> None:
        """Let go of the access tokens that expired."""
        self._access = {token: until for token, until in self._access.items() if self.known(token)}

    def revoke_access(self) -> None:
        self._access.clear()

    def revoke_refresh(self) -> None:
        self._refresh.clear()
