"""Keep Blink's tokens in a private file of their own, so that a restart needs no login."""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path

from alarm.blink.tokens import Tokens
from alarm.core.errors import BadInput
from bot.logs import redact
from storage.documents import PrivateDocument
from storage.reserve import Reserve

logger = logging.getLogger(__name__)

TOKENS_NAME = "blink-tokens.json"
_ACCOUNT = "account"


def account_of(email: str) -> str:
    """Return a name for the account of this e-mail that tells nothing of it; "" for none."""
    plain = email.strip().casefold()
    return hashlib.sha256(plain.encode()).hexdigest()[:16] if plain else ""


class TokenFile:
    """Load and save the tokens of one e-mail; from then on no log shows them."""

    def __init__(self, directory: Path, email: str = "", reserve: Reserve | None = None) -> None:
        self._document = PrivateDocument(directory / TOKENS_NAME, reserve=reserve)
        self._account = account_of(email)

    def load(self) -> Tokens | None:
        """Return the saved tokens, or None where there are none that can be used."""
        document, note = self._document.load()
        if note is not None:
            logger.error("The file with Blink's tokens is %s: a new login is needed.", note.kind)
        if document is None:
            return None
        # Files of older programs name no account.
        if self._account and document.get(_ACCOUNT, self._account) != self._account:
            logger.warning("The saved Blink tokens are of another BLINK_EMAIL: a login is due.")
            return None
        try:
            tokens = Tokens.from_document(document)
        except BadInput as error:
            logger.error("The file with Blink's tokens cannot be used: %s.", error)
            return None
        self._hide(tokens)
        return tokens

    def save(self, tokens: Tokens) -> None:
        """Replace the saved tokens, or raise StorageError; the caller tries again."""
        self._hide(tokens)
        account = {_ACCOUNT: self._account} if self._account else {}
        self._document.save(tokens.to_document() | account)

    def _hide(self, tokens: Tokens) -> None:
        redact(tokens.access_token)
        if tokens.refresh_token:
            redact(tokens.refresh_token)
