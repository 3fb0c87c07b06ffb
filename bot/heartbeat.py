"""Ask the address of a dead man's switch while all is well, so that silence tells."""

from __future__ import annotations

import logging
from collections.abc import Callable

import httpx

logger = logging.getLogger(__name__)

EVERY = 60.0
LIMIT = 10.0


class Heartbeat:
    """Beat only while `is_well`; whoever listens raises the alarm when the beats stop."""

    def __init__(self, url: str, is_well: Callable[[], bool]) -> None:
        self._url = url
        self._is_well = is_well
        self._trouble = ""

    async def beat(self) -> None:
        """Send one beat, or none while something is not well."""
        trouble = "something is not working" if not self._is_well() else await self._send()
        if trouble and trouble != self._trouble:
            logger.warning("No heartbeat: %s.", trouble)
        self._trouble = trouble

    async def _send(self) -> str:
        """Return why it did not arrive, empty where it did; the address itself is a secret."""
        try:
            async with httpx.AsyncClient(timeout=LIMIT) as client:
                answer = await client.get(self._url)
            answer.raise_for_status()
        except httpx.HTTPError as error:
            return f"it did not arrive ({type(error).__name__})"
        return ""
