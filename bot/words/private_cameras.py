"""Cameras that are private at home, and those that Blink does not switch as it should."""

from __future__ import annotations

from collections.abc import Callable

from alarm.core.camera_names import called
from alarm.core.camera_wish import CameraWish, Step
from alarm.core.events import Camera
from alarm.core.settings import PanelState
from alarm.core.state import State
from bot.words.markup import listed, name

AGAIN = "It is tried again by itself."


def wish_of(camera: Camera, state: State) -> CameraWish | None:
    return state.camera_wishes.get(camera.id)


def is_private(camera: Camera, state: State) -> bool:
    """Tell whether we switched the camera off, so that it is no trouble."""
    wish = wish_of(camera, state)
    return wish is not None and wish.private and not camera.enabled


def stays_off(camera: Camera, state: State) -> bool:
    """Tell whether the camera is off because of us, and should not be any more."""
    wish = wish_of(camera, state)
    return wish is not None and wish.step is Step.ON and not camera.enabled


def stays_on(camera: Camera, state: State) -> bool:
    """Tell whether people were told that the camera is not private although it should be."""
    wish = wish_of(camera, state)
    late = wish is not None and wish.told and wish.step in (Step.LOOK, Step.OFF)
    return late and camera.enabled


def guarded(camera: Camera, state: State) -> bool:
    area = state.areas.get(camera.network_id)
    return area is not None and area.panel is not PanelState.DISARMED


def trouble(state: State, blind: str) -> list[str]:
    """Return a line for what Blink did not switch; `blind` heads those that leave a gap."""

    def those(fits: Callable[[Camera], bool]) -> str:
        return listed([name(called(c, state)) for c in state.cameras.values() if fits(c)])

    def told(camera: Camera) -> bool:
        wish = wish_of(camera, state)
        return wish is not None and wish.told

    off = [c for c in state.cameras.values() if stays_off(c, state)]
    gap = those(lambda c: c in off and told(c) and guarded(c, state))
    idle = those(lambda c: c in off and told(c) and not guarded(c, state))
    soon = those(lambda c: c in off and not told(c))
    on = those(lambda c: stays_on(c, state))
    still_off = "motion detection is still off at Blink"
    return [
        line
        for names, line in (
            (gap, f"{blind}: {gap}: {still_off}. {AGAIN} Or switch it on in the Blink app."),
            (soon, f"Motion detection is being switched on: {soon}. That can take a minute."),
            (idle, f"{idle}: {still_off}. {AGAIN} Or switch it on in the Blink app."),
            (on, f"Not private: {on}. Blink did not switch motion detection off. {AGAIN}"),
        )
        if names
    ]
