"""Look at Blink: the clip list at the pace of the moment, the devices, the tokens."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from alarm.blink.cloud import BlinkCloud
from alarm.core.errors import BlinkError, BlinkLoginNeeded
from alarm.core.feed import listing_start
from alarm.core.inputs import BlinkFailed, DevicesSeen, EventsListed, ListingFinished
from alarm.core.rule import burst_building
from alarm.core.settings import Mode
from bot.controller import Controller
from bot.vitals import Vitals
from bot.watch.login import BlinkLogin

logger = logging.getLogger(__name__)

# Seconds. While a burst is building up every second counts.
BURST_INTERVAL = 5.0
LONGEST_BACKOFF = 60.0
NOT_LOGGED_IN = "not logged in to Blink"


class Poller:
    """Ask Blink and hand over what it said. Every failure is told to the controller."""

    def __init__(
        self,
        cloud: BlinkCloud,
        login: BlinkLogin,
        controller: Controller,
        vitals: Vitals,
        *,
        armed_interval: float,
        disarmed_interval: float,
    ) -> None:
        self._cloud = cloud
        self._login = login
        self._controller = controller
        self._vitals = vitals
        self._armed_interval = armed_interval
        self._disarmed_interval = disarmed_interval
        self._failures = 0
        self._failing_since: datetime | None = None
        self._retry_after = 0.0

    @property
    def interval(self) -> float:
        """Return the seconds until the next look at the clip list is due."""
        state = self._controller.state
        normal = self._armed_interval if state.armed else self._disarmed_interval
        if self._failures:
            # From the armed pace on, so that a short outage is over soon in either state.
            start = min(normal, self._armed_interval)
            wait = min(start * 2.0 ** min(self._failures, 16), max(LONGEST_BACKOFF, start))
            return max(wait, self._retry_after)
        if state.armed and self._burst_building():
            return min(BURST_INTERVAL, normal)
        return normal

    @property
    def overdue_after(self) -> float:
        """Return the seconds without a good poll from which on the alarm is blind."""
        return 2 * max(self.interval, 15.0) + 60.0

    async def poll(self) -> None:
        """Read the clip list to its end once; pages count as they come."""
        if not self._cloud.has_tokens:
            self._blind(NOT_LOGGED_IN)
            return
        controller = self._controller
        started = controller.now()
        skew = self._skew()
        blink_now = started + (skew or controller.state.clock.skew or timedelta(0))
        try:
            async for page in self._cloud.clip_pages(
                listing_start(controller.state.feed, blink_now)
            ):
                if page.skipped:
                    logger.warning("%d clips on the list cannot be understood.", page.skipped)
                listed = EventsListed(page.events, self._skew())
                if page.last:
                    controller.apply(listed, ListingFinished(started))
                else:
                    controller.apply(listed)
        except BlinkLoginNeeded as error:
            self._login.refused(str(error))
            self._failed(str(error))
        except BlinkError as error:
            self._failed(str(error), error.retry_after or 0.0)
        else:
            self._worked()

    async def look_at_devices(self) -> None:
        """Read networks and cameras once."""
        if not self._cloud.has_tokens:
            return
        try:
            homescreen = await self._cloud.homescreen()
        except BlinkLoginNeeded as error:
            self._login.refused(str(error))
        except BlinkError as error:
            logger.info("The devices cannot be read: %s", error)
        else:
            self._controller.apply(DevicesSeen(homescreen, self._skew()))

    async def keep_tokens_fresh(self) -> None:
        """Refresh the tokens ahead of time; ask for a login as soon as one will be needed."""
        if not self._cloud.has_tokens:
            return
        try:
            await self._cloud.keep_tokens_fresh()
        except BlinkLoginNeeded as error:
            self._login.refused(str(error))
        except BlinkError as error:
            logger.info("Blink's tokens cannot be refreshed now: %s", error)
        if self._cloud.login_needed_soon:
            self._login.refused("Blink refused the refresh token")

    def _skew(self) -> timedelta | None:
        return None if self._cloud.skew is None else self._cloud.skew.best

    def _burst_building(self) -> bool:
        state = self._controller.state
        rule = state.settings.modes[Mode.AWAY].rule
        blink_now = self._controller.now() + (state.clock.skew or timedelta(0))
        return any(burst_building(area.unspent, rule, blink_now) for area in state.areas.values())

    def _worked(self) -> None:
        if self._failing_since is not None:
            logger.warning("Blink can be watched again.")
        self._failures, self._failing_since, self._retry_after = 0, None, 0.0
        self._vitals.polled(self._controller.now())

    def _failed(self, reason: str, retry_after: float = 0.0) -> None:
        self._failures += 1
        self._retry_after = retry_after
        self._blind(reason)

    def _blind(self, reason: str) -> None:
        if self._failing_since is None:
            self._failing_since = self._controller.now()
            logger.warning("Blink cannot be watched: %s", reason)
        self._controller.apply(BlinkFailed(reason, self._failing_since))
