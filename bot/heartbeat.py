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
        self._failing = False

    async def beat(self) -> None:
        """Send one beat, or none while something is not well."""
        if not self._is_well():
            logger.warning("No heartbeat: something is not working.")
            return
        try:
            async with httpx.AsyncClient(timeout=LIMIT) as client:
                answer = await client.get(self._url)
            answer.raise_for_status()
        except httpx.HTTPError as error:
            if not self._failing:
                logger.warning("The heartbeat did not arrive (%s).", type(error).__name__)
            self._failing = True
        else:
            self._failing = False
