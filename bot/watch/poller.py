"""Look at Blink: the clip list at the pace of the moment, the devices, the tokens."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta

from alarm.blink.cloud import BlinkCloud
from alarm.core.errors import BlinkError, BlinkLoginNeeded
from alarm.core.events import ClipPage, MotionEvent
from alarm.core.feed import listing_start
from alarm.core.inputs import (
    BlinkFailed,
    DevicesFailed,
    DevicesSeen,
    EventsListed,
    Input,
    ListingFinished,
)
from alarm.core.rule import burst_building, rules_of
from bot.controller import Controller
from bot.vitals import Vitals
from bot.watch.login import BlinkLogin

logger = logging.getLogger(__name__)

# Seconds. While a burst is building up every second counts.
BURST_INTERVAL = 5.0
LONGEST_BACKOFF = 60.0
# A list that is still not at its end by then is begun anew; its pages counted as they came.
LONGEST_LISTING = 300.0
# Shorter than the job may take, so that a look that hangs is told like one that fails.
LONGEST_DEVICE_LOOK = 50.0
# More than a clock that starts at 1970 is off; beyond, times could not be reckoned with.
MOST_SKEW = timedelta(days=36500)
NOT_LOGGED_IN = "not logged in to Blink"
NEVER_ENDS = "Blink's clip list did not come to its end"
OUR_FAULT = "an error in the program"
NEVER_SHOWN = "Blink did not show its cameras in time"
NO_LOOK = "no look at Blink came to its end"


def believable(skew: timedelta | None) -> timedelta | None:
    """Return the skew, or None for one that no clock can have."""
    return skew if skew is None or abs(skew) < MOST_SKEW else None


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
        longest_device_look: float = LONGEST_DEVICE_LOOK,
    ) -> None:
        self._cloud = cloud
        self._login = login
        self._controller = controller
        self._vitals = vitals
        self._armed_interval = armed_interval
        self._disarmed_interval = disarmed_interval
        self._longest_device_look = longest_device_look
        self._failures = 0
        self._failing = self._devices_failing = False
        self._retry_after = 0.0
        self._left_out: set[str] = set()

    @property
    def pace(self) -> float:
        """Return the seconds between two looks at the clip list while Blink answers."""
        state = self._controller.state
        normal = self._armed_interval if state.armed else self._disarmed_interval
        if state.armed and self._burst_building():
            return min(BURST_INTERVAL, normal)
        return normal

    @property
    def interval(self) -> float:
        """Return the seconds until the next look at the clip list is due."""
        if not self._failures:
            return self.pace
        # From the armed pace on, so that a short outage is over soon in either state.
        start = min(self.pace, self._armed_interval)
        wait = min(start * 2.0 ** min(self._failures, 16), max(LONGEST_BACKOFF, start))
        return max(wait, self._retry_after)

    @property
    def overdue_after(self) -> float:
        """Return the seconds without a good poll from which on the alarm is blind."""
        return 2 * max(self.pace, 15.0) + 60.0

    async def poll(self) -> None:
        """Read the clip list to its end once; pages count as they come."""
        self._vitals.looked()
        if not self._cloud.has_tokens:
            self._blind(NOT_LOGGED_IN)
            return
        try:
            async with asyncio.timeout(LONGEST_LISTING):
                await self._read_list()
        except BlinkLoginNeeded as error:
            self._login.refused(str(error))
            self._failed(str(error))
        except BlinkError as error:
            self._failed(str(error), error.retry_after or 0.0)
        except TimeoutError:
            self._failed(NEVER_ENDS)
        except Exception:
            logger.exception("The look at the clip list failed in the program itself.")
            self._failed(OUR_FAULT)
        else:
            self._worked()

    def notice_silence(self) -> None:
        """Say that nothing is seen, should looks stay away for a reason that no look tells."""
        silent = self._vitals.age(self._vitals.look_stamp)
        if silent > self.overdue_after and self._controller.state.health.blind_since is None:
            since = self._controller.now() - timedelta(seconds=silent)
            self._controller.apply(BlinkFailed(NO_LOOK, since))

    async def look_at_devices(self) -> None:
        """Read networks and cameras once."""
        if not self._cloud.has_tokens:
            self._devices_blind(NOT_LOGGED_IN)
            return
        try:
            asked_at = self._controller.now()
            async with asyncio.timeout(self._longest_device_look):
                homescreen = await self._cloud.homescreen()
            self._controller.apply(DevicesSeen(homescreen, self.skew, asked_at))
        except BlinkLoginNeeded as error:
            self._login.refused(str(error))
            self._devices_blind(str(error))
        except BlinkError as error:
            self._devices_blind(str(error))
        except TimeoutError:
            self._devices_blind(NEVER_SHOWN)
        except Exception:
            logger.exception("The look at the devices failed in the program itself.")
            self._devices_blind(OUR_FAULT)
        else:
            self._vitals.saw_devices()
            if self._devices_failing:
                self._devices_failing = False
                logger.warning("The cameras can be checked again.")

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

    @property
    def skew(self) -> timedelta | None:
        """Return Blink's clock minus ours as this run of the program measured it."""
        return believable(None if self._cloud.skew is None else self._cloud.skew.best)

    @property
    def _known_skew(self) -> timedelta:
        return self.skew or believable(self._controller.state.clock.skew) or timedelta(0)

    async def _read_list(self) -> None:
        controller = self._controller
        started = controller.now()
        start = listing_start(controller.state, started + self._known_skew)
        async for page in self._cloud.clip_pages(start):
            self._vitals.looked()
            self._take(page, started)

    def _take(self, page: ClipPage, started: datetime) -> None:
        if page.skipped:
            logger.warning("%d clips on the list cannot be understood.", page.skipped)
        events = tuple(event for event in page.events if event.key not in self._left_out)
        end: list[Input] = [ListingFinished(started)] if page.last else []
        try:
            self._controller.apply(EventsListed(events, self.skew), *end)
        except Exception:
            logger.exception("A page of the clip list cannot be taken as a whole.")
            for event in events:
                self._take_alone(event)
            self._controller.apply(*end)

    def _take_alone(self, event: MotionEvent) -> None:
        """Take one event; one that the program cannot bear must not hide the others."""
        try:
            self._controller.apply(EventsListed((event,), self.skew))
        except Exception:
            self._left_out.add(event.key)
            logger.exception("The clip %s is left out.", event.key)

    def _burst_building(self) -> bool:
        state = self._controller.state
        blink_now = self._controller.now() + self._known_skew
        return any(
            burst_building(area.unspent, rules_of(state.settings, area.mode), blink_now)
            for area in state.areas.values()
        )

    def _worked(self) -> None:
        if self._failing:
            logger.warning("Blink can be watched again.")
        self._failures, self._failing, self._retry_after = 0, False, 0.0
        self._vitals.polled()
        self._login.proved()

    def _failed(self, reason: str, retry_after: float = 0.0) -> None:
        self._failures += 1
        self._retry_after = retry_after
        self._blind(reason)

    def _devices_blind(self, reason: str) -> None:
        if not self._devices_failing:
            self._devices_failing = True
            logger.warning("The cameras cannot be checked: %s", reason)
        self._controller.apply(DevicesFailed(reason, self._controller.now()))

    def _blind(self, reason: str) -> None:
        if not self._failing:
            self._failing = True
            logger.warning("Blink cannot be watched: %s", reason)
        self._controller.apply(BlinkFailed(reason, self._controller.now()))
