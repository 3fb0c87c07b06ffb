"""Privacy at home: cameras that do not count are switched off at Blink meanwhile.

What should be is reckoned anew after everything that happens, so that neither a restart nor a new
way to arm, disarm or change a setting can forget a camera. Only a camera that a fresh look showed
to be on is switched off, and only such a camera is switched on again.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from alarm.core.camera_names import called
from alarm.core.camera_wish import CameraWish, Step
from alarm.core.commands import SetPrivacy
from alarm.core.deliveries import BlinkLookBody, BlinkMotionBody, DeliveryStatus, Lane, Words, say
from alarm.core.draft import Draft
from alarm.core.events import Camera
from alarm.core.messages import refresh_panel_messages
from alarm.core.notices import Notice
from alarm.core.settings import PanelState
from alarm.core.state import State

# Not confirmed by Blink after this long: it is told.
CONFIRM_WITHIN = timedelta(seconds=60)
# Blink switches one after the other: so much longer for each other camera that waits.
FOR_EACH_OTHER, MOST_FOR_OTHERS = timedelta(seconds=10), timedelta(seconds=60)
# A homescreen may lag behind the reading back that confirmed an order.
SETTLED_AFTER = timedelta(seconds=10)
# Blink may leave a camera out by mistake, but not for a day: it was taken out or replaced.
GONE_AFTER = timedelta(days=1)
LOOK = "look"
# What is told of cameras that Blink did not switch, and in which step they are then.
CAMERA_NOTICES = {
    Notice.CAMERA_STILL_OFF: (Step.ON,),
    Notice.CAMERA_STILL_ON: (Step.LOOK, Step.OFF),
}


def private_cameras(state: State) -> frozenset[str]:
    """Return the cameras that are to be off now; none that counts for any reason."""
    private: set[str] = set()
    for area in state.areas.values():
        mode = state.settings.mode(area.mode)
        if area.panel is PanelState.DISARMED or not mode.privacy:
            continue
        running = [span.cameras for span in area.spans if span.until is None]
        counting = [mode.cameras, *running]
        if None not in counting:
            counted = frozenset().union(*(cameras for cameras in counting if cameras is not None))
            own = (c.id for c in state.cameras.values() if c.network_id == area.network_id)
            private.update(camera for camera in own if camera not in counted)
    return frozenset(private)


def set_privacy(draft: Draft, command: SetPrivacy) -> None:
    """Switch the privacy of one mode; while armed in it, it takes effect at once."""
    settings = draft.state.settings
    before = settings.mode(command.mode)
    if before.privacy is not command.on:
        changed = settings.with_mode(command.mode, replace(before, privacy=command.on))
        draft.set(settings=changed)
        draft.note(
            "journal",
            what="privacy",
            mode=command.mode.value,
            on=command.on,
            by=command.actor.name,
        )
    words = say(Notice.PRIVACY_SET, mode=command.mode.value, on=command.on, before=before.privacy)
    draft.tell(command.actor.chat_id, words, lane=Lane.ALARM)


# -- what should be --------------------------------------------------------------------------------


def settle(draft: Draft) -> None:
    """Bring the wishes in line with what should be, and see to it that each has its order."""
    private = private_cameras(draft.state)
    known = draft.state.camera_wishes
    if not private and not known:
        return
    wishes = {key: wish for key in known if (wish := turned(draft, key, key in private))}
    for camera in sorted(private - known.keys()):
        wishes[camera] = CameraWish(Step.LOOK, draft.now)
    put(draft, wishes)
    give_orders(draft)


def turned(draft: Draft, camera: str, private: bool) -> CameraWish | None:
    """Return the wish for a camera as it is to be from now on; None where there is none any more.

    Whatever is known to be off by us is switched on again, an order under way included.
    """
    wish = draft.state.camera_wishes[camera]
    if wish.step is Step.ON and private:
        return CameraWish(Step.OFF, draft.now, missing_since=wish.missing_since)
    if private or wish.step is Step.ON:
        return wish
    if wish.step is Step.OFF:
        return CameraWish(Step.ON, draft.now, missing_since=wish.missing_since)
    return None


def put(draft: Draft, wishes: dict[str, CameraWish]) -> None:
    if wishes != draft.state.camera_wishes:
        draft.set(camera_wishes=wishes)
        refresh_panel_messages(draft)


def put_wish(draft: Draft, camera: str, wish: CameraWish | None) -> None:
    wishes = {key: w for key, w in draft.state.camera_wishes.items() if key != camera}
    put(draft, wishes if wish is None else {**wishes, camera: wish})


def give_orders(draft: Draft) -> None:
    """Send each order that is not on its way, and take back those that the wish has overtaken."""
    given = {d.body for d in draft.state.outbox.values() if d.lane is Lane.BLINK}
    wishes = draft.state.camera_wishes
    if any(w.step is Step.LOOK for w in wishes.values()) and BlinkLookBody() not in given:
        draft.send(Lane.BLINK, LOOK, BlinkLookBody())
    draft.drop(
        d.id
        for d in draft.state.outbox.values()
        if isinstance(d.body, BlinkMotionBody)
        and d.status is DeliveryStatus.PENDING
        and not order_wanted(draft.state, d.body)
    )
    for key, wish in wishes.items():
        body = BlinkMotionBody(key, enabled=wish.step is Step.ON)
        if order_wanted(draft.state, body) and body not in given:
            # One at a time for each network, which does one thing at a time.
            network_id = draft.state.cameras[key].network_id
            draft.send(Lane.BLINK, f"{network_id} motion", body)


def order_wanted(state: State, body: BlinkMotionBody) -> bool:
    wish = state.camera_wishes.get(body.camera_id)
    listed = body.camera_id in state.cameras
    return listed and wish is not None and wish.orders(enabled=body.enabled)


def still_true(state: State, words: Words) -> bool:
    """Tell whether cameras are still not as they should be; said late it may be over."""
    steps = CAMERA_NOTICES[words.notice]
    return any(wish.told and wish.step in steps for wish in state.camera_wishes.values())


def look_wanted(state: State) -> bool:
    return any(wish.step is Step.LOOK for wish in state.camera_wishes.values())


# -- what Blink shows ------------------------------------------------------------------------------


def seen(draft: Draft, asked_at: datetime) -> None:
    """Learn from a homescreen that was asked for at this moment."""
    private = private_cameras(draft.state)
    for key, wish in draft.state.camera_wishes.items():
        camera = draft.state.cameras.get(key)
        if camera is None:
            missing(draft, key, wish)
            continue
        if wish.missing_since is not None:
            wish = replace(wish, missing_since=None)
            put_wish(draft, key, wish)
        if wish.step is Step.LOOK and asked_at >= wish.since and key in private:
            # What is off already was switched off by somebody in the app, and stays so.
            step = Step.OFF if camera.enabled else Step.LEFT
            put_wish(draft, key, replace(wish, step=step))
        elif wish.private and camera.enabled and settled(wish, asked_at):
            put_wish(draft, key, CameraWish(Step.LEFT, draft.now))
            what = "switched on in the Blink app"
            draft.note("journal", what=what, camera=called(camera, draft.state))


def settled(wish: CameraWish, asked_at: datetime) -> bool:
    at = wish.confirmed_at
    return wish.confirmed and at is not None and asked_at - at >= SETTLED_AFTER


def missing(draft: Draft, camera: str, wish: CameraWish) -> None:
    """Forget a camera that Blink has not shown for long."""
    if wish.missing_since is None:
        put_wish(draft, camera, replace(wish, missing_since=draft.now))
    elif draft.now - wish.missing_since >= GONE_AFTER:
        put_wish(draft, camera, None)
        draft.note("journal", what="private camera is gone", camera=camera)


def read_back(draft: Draft, camera_id: str, *, enabled: bool) -> None:
    """Take in that Blink shows what a command asked for; the wish may have changed meanwhile."""
    camera = draft.state.cameras.get(camera_id)
    if camera is not None and camera.enabled is not enabled:
        shown = replace(camera, enabled=enabled)
        draft.set(cameras={**draft.state.cameras, camera_id: shown})
    wish = draft.state.camera_wishes.get(camera_id)
    if wish is None or not wish.orders(enabled=enabled):
        return
    if enabled:
        put_wish(draft, camera_id, None)
    else:
        done = replace(wish, confirmed=True, confirmed_at=draft.now, told=False)
        put_wish(draft, camera_id, done)
    if wish.told and camera is not None:
        notice = Notice.CAMERA_ON_AGAIN if enabled else Notice.CAMERA_PRIVATE
        tell(draft, notice, [camera])


# -- what is told ----------------------------------------------------------------------------------


def tick(draft: Draft) -> None:
    """Tell of cameras that Blink did not switch in time."""
    wishes = draft.state.camera_wishes
    waiting = {k: w for k, w in wishes.items() if w.step is not Step.LEFT and not w.confirmed}
    others = min(FOR_EACH_OTHER * (len(waiting) - 1), MOST_FOR_OTHERS)
    late = {
        key: wish
        for key, wish in waiting.items()
        if not wish.told and draft.now - wish.since >= CONFIRM_WITHIN + others
    }
    if not late:
        return
    for notice, steps in CAMERA_NOTICES.items():
        cameras = [
            camera
            for key, wish in late.items()
            if (camera := draft.state.cameras.get(key)) is not None
            and wish.step in steps
            and wrong(wish, camera)
        ]
        for camera in cameras:
            told = replace(draft.state.camera_wishes[camera.id], told=True)
            put_wish(draft, camera.id, told)
        if cameras:
            tell(draft, notice, cameras)
            names = ", ".join(called(camera, draft.state) for camera in cameras)
            draft.note("journal", what=notice.value, cameras=names)


def wrong(wish: CameraWish, camera: Camera) -> bool:
    """Tell whether a camera is, as last seen, the opposite of what it should be."""
    if wish.step is Step.ON:
        return not camera.enabled
    # One that is offline records nothing, whatever it is switched to.
    return camera.enabled and camera.online


def tell(draft: Draft, notice: Notice, cameras: list[Camera]) -> None:
    names = ", ".join(called(camera, draft.state) for camera in cameras)
    ids = " ".join(camera.id for camera in cameras)
    draft.tell_household(say(notice, cameras=names, ids=ids), lane=Lane.ALARM)
