"""All parts of the running alarm, wired once; each knows only what it needs."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Coroutine
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

from alarm.blink.cloud import BlinkCloud
from alarm.core.deliveries import Lane
from alarm.core.inputs import (
    Input,
    NumbersConfigured,
    OwnerConfigured,
    Started,
    StorageChanged,
    StorageStatus,
    ZoneConfigured,
)
from alarm.core.state import State
from alarm.phone.client import Phone
from bot.chat.budget import Budget
from bot.chat.codes import Codes
from bot.chat.commands import Commands
from bot.chat.connection import Connection, build_application
from bot.chat.last_clip import LastClip
from bot.chat.live import Live
from bot.chat.menus import Menus
from bot.chat.presses import Presses
from bot.chat.replies import Replies
from bot.chat.requests import sending_bot, update_bot
from bot.chat.sender import Sender
from bot.chat.topics.desk import Desk
from bot.chat.topics.every import every_topic
from bot.clips import Clips, remove_leftovers, scratch_prefix
from bot.clock import HostClock
from bot.config import Config
from bot.controller import Controller
from bot.delivery.blink import BlinkCarrier
from bot.delivery.chat import ChatCarrier
from bot.delivery.lanes import LaneWorker
from bot.delivery.media import MediaCarrier
from bot.delivery.phone import PhoneCarrier
from bot.duties import Duties
from bot.first_state import first_state
from bot.guard import Guard
from bot.housekeeping import Housekeeping
from bot.jobs import Jobs
from bot.past import Past
from bot.vitals import Vitals
from bot.watch.login import BlinkLogin
from bot.watch.poller import Poller
from bot.watch.tokens import TokenFile
from bot.words.view import View
from storage.store import Loaded, StateStore

logger = logging.getLogger(__name__)

# Seconds that a stopping house gives its parts.
STOP_STEP = 2.0


class House:
    """The running alarm. Built inside the event loop; nothing leaves before `run`."""

    def __init__(
        self,
        config: Config,
        state_dir: Path,
        store: StateStore[State],
        loaded: Loaded[State],
        clock: HostClock | None = None,
    ) -> None:
        self._config = config
        self._loaded = loaded
        self._version = version("blink-alarm")
        self._clock = clock = HostClock() if clock is None else clock
        self.vitals = vitals = Vitals(clock.monotonic)
        self.controller = controller = Controller(store, first_state(loaded.state, config), clock)
        alive_at = controller.state.clock.alive_at
        if alive_at is not None:
            vitals.off = max((clock.now() - alive_at).total_seconds(), 0.0)
        token_file = TokenFile(state_dir, config.blink_email, store.reserve)
        self._cloud = cloud = BlinkCloud(
            email=config.blink_email,
            password=config.blink_password,
            hardware_id=config.blink_hardware_id,
            tokens=token_file.load(),
            save_tokens=token_file.save,
            api_url=config.blink_api_url,
            clock=lambda: clock.now().timestamp(),
        )
        self._login = BlinkLogin(
            cloud,
            controller,
            config.blink_email,
            config.blink_password,
            # A person waits to see the cameras.
            lambda: self._jobs.run_now("devices", "poll"),
        )
        self._poller = Poller(
            cloud,
            self._login,
            controller,
            vitals,
            armed_interval=config.poll_armed,
            disarmed_interval=config.poll_disarmed,
        )
        self._phone = phone = _phone(config)
        self._phone_carrier = PhoneCarrier(phone, controller, self.view)
        self._alarm_bot = sending_bot(config, connections=16)
        self._chat_bot = sending_bot(config, connections=8)
        budget, alarm_budget = Budget(), Budget()
        chat_sender = Sender(self._chat_bot, self._thread_of)
        scratch = scratch_prefix(state_dir)
        remove_leftovers(scratch)
        clips = Clips(cloud, chat_sender, scratch)
        self._replies = replies = Replies(chat_sender, controller, self.view, budget)
        alarms = ChatCarrier(
            Sender(self._alarm_bot, self._thread_of), controller, self.view, alarm_budget
        )
        chatter = ChatCarrier(chat_sender, controller, self.view, budget)
        media = MediaCarrier(clips, controller, self.view, budget, alarm_budget)
        arming = BlinkCarrier(cloud, controller)
        self._lanes = [
            LaneWorker(Lane.ALARM, controller, alarms.carry),
            LaneWorker(Lane.CHAT, controller, chatter.carry),
            LaneWorker(Lane.MEDIA, controller, media.carry, media.ready),
            LaneWorker(
                Lane.PHONE, controller, self._phone_carrier.carry, self._phone_carrier.ready
            ),
            LaneWorker(Lane.BLINK, controller, arming.carry, arming.ready),
        ]
        hearing_bot = update_bot(config)
        self._bots = (self._alarm_bot, self._chat_bot, hearing_bot)
        application = build_application(hearing_bot)
        if application.job_queue is None:
            raise TypeError("python-telegram-bot comes without its job queue")
        codes = Codes(self._login, controller, replies)
        last_clip = LastClip(cloud, clips, controller, replies, self.view)
        menus = Menus(self._chat_bot)
        live = Live(chat_sender, controller, self.view, budget)
        desk = Desk(controller, replies, self.view)
        topics = every_topic(desk, vitals, codes, last_clip, Past(store))
        self._connection = Connection(
            application,
            Commands(topics, controller, replies),
            Presses(topics, replies, vitals),
            menus,
            replies,
            controller,
            vitals,
            self._announce,
        )
        poller, door = self._poller, self._connection.door
        housekeeping = Housekeeping(store, controller, vitals, phone, lambda: poller.skew)
        door, true_time = self._connection.door, self._connection.true_time
        duties = Duties(
            config,
            controller,
            vitals,
            self._login,
            poller,
            housekeeping,
            menus,
            door,
            true_time,
            live,
        )
        self._jobs = Jobs(application.job_queue, duties.recurring())
        self._guard = Guard(controller, self._jobs, vitals, duties.look_limit)
        controller.watch(self._jobs.adjust)

    def view(self) -> View:
        """Return what texts need to know beside the state, as of now."""
        now, vitals = self.controller.now(), self.vitals

        def moment(stamp: float) -> datetime:
            return now - timedelta(seconds=vitals.age(stamp))

        return View(
            now=now,
            zone=self._config.time_zone,
            phone_ready=self._phone is not None,
            phone_trouble=vitals.phone_trouble,
            poll_seconds=self._poller.pace,
            polled_at=None if vitals.poll_stamp is None else moment(vitals.poll_stamp),
            started_at=moment(vitals.started),
            bot_username=vitals.bot_username,
            version=self._version,
        )

    def _thread_of(self, chat: int) -> int:
        """Return the topic to speak in, 0 where there is none."""
        group = self.controller.state.group
        return group.thread_id if group is not None and group.chat_id == chat else 0

    async def run(self, stop: asyncio.Event) -> None:
        """Run until `stop` is set, then end every part within a few seconds."""
        await self._cloud.open()
        self._take_up()
        self._announce()
        await self._jobs.start()
        parts: list[tuple[str, Coroutine[Any, Any, None]]] = [
            ("guard", self._guard.run()),
            ("update loop", self._connection.run()),
            ("watch over calls", self._phone_carrier.watch_calls()),
            *((f"{lane.name} lane", lane.run()) for lane in self._lanes),
        ]
        tasks = [asyncio.create_task(work, name=name) for name, work in parts]
        stopping = asyncio.create_task(stop.wait(), name="stop")
        try:
            await asyncio.wait([stopping, *tasks], return_when=asyncio.FIRST_COMPLETED)
            for task in tasks:
                if task.done():
                    # A part that ends would leave the alarm half dead: better start anew.
                    cause = None if task.cancelled() else task.exception()
                    raise RuntimeError(f"the {task.get_name()} ended") from cause
        finally:
            stopping.cancel()
            await self._end(tasks)

    async def _end(self, tasks: list[asyncio.Task[None]]) -> None:
        # Begun first and beside all else: a rotated token that nobody saves costs a new login.
        settling = asyncio.create_task(self._cloud.settle(), name="token exchange")
        await self._jobs.stop(STOP_STEP / 2)
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks, timeout=2 * STOP_STEP)
        await self._replies.settle(STOP_STEP / 2)
        await asyncio.wait([settling], timeout=STOP_STEP / 2)
        try:
            async with asyncio.timeout(STOP_STEP):
                await self._cloud.close()
                for bot in self._bots:
                    await bot.request.shutdown()
        except TimeoutError:
            logger.warning("Some connections did not close in time.")
        except Exception:
            logger.exception("Some connections did not close.")
        if self._phone is not None:
            self._phone.close()
        self.controller.retry()

    def _take_up(self) -> None:
        """Begin where the kept state ended; what of it cannot be borne must not keep us from it."""
        # A clock set while we start is no jump for a state that was noted before: time off.
        self._clock.jump()
        for input_ in self._first_inputs():
            try:
                self.controller.apply(input_)
            except Exception:
                logger.exception("%s cannot be taken in.", type(input_).__name__)

    def _first_inputs(self) -> list[Input]:
        inputs: list[Input] = []
        if self._loaded.notes:
            lost = self._loaded.state is None
            status = StorageStatus.LOST if lost else StorageStatus.RECOVERED
            detail = ", ".join(f"{note.file} is {note.kind.value}" for note in self._loaded.notes)
            logger.error("The state files: %s.", detail)
            inputs.append(StorageChanged(status, detail))
        if self._config.telegram_owner_id is not None:
            inputs.append(OwnerConfigured(self._config.telegram_owner_id))
        inputs.append(ZoneConfigured(self._config.time_zone.key))
        inputs.append(NumbersConfigured(self._config.to_numbers if self._config.twilio else ()))
        inputs.append(Started())
        return inputs

    def _announce(self) -> None:
        """Print the one-time code where only the owner of this machine sees it."""
        code = self.controller.state.claim_code
        if not code:
            return
        name = self.vitals.bot_username
        link = f" or open https://t.me/{name}?start={code}" if name else ""
        print(
            f"This bot has no owner yet. Send it /start {code}{link}",
            file=sys.stderr,
            flush=True,
        )


def _phone(config: Config) -> Phone | None:
    if config.twilio is None:
        return None
    return Phone(
        account_sid=config.twilio.account_sid,
        auth_token=config.twilio.auth_token,
        from_number=config.twilio.from_number,
        api_url=config.twilio_api_url,
    )
