"""A home with cameras of which only the hall counts at home; the others are to be private."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from alarm.core.camera_wish import Step
from alarm.core.commands import Arm, SetPrivacy
from alarm.core.deliveries import BlinkLookBody, BlinkMotionBody, Delivery
from alarm.core.draft import Decision
from alarm.core.events import Camera, Homescreen, Network
from alarm.core.inputs import Delivered, DevicesSeen
from alarm.core.settings import Mode, ModeSettings, Settings
from tests.core.home import HOUSE, Home, of_kind

HALL, GARAGE, KITCHEN = "hall", "garage", "kitchen"
CAMERAS = (HALL, GARAGE, KITCHEN)


def cameras(**enabled: bool) -> dict[str, Camera]:
    return {c: Camera(c, HOUSE, c.title(), enabled=enabled.get(c, True)) for c in CAMERAS}


def household_settings(*, home: bool = True, night: bool = False) -> Settings:
    """Return settings in which the hall counts at home, and the garage as well at night."""
    at_home = ModeSettings(exit_delay=HOUSE_DELAY, cameras=frozenset({HALL}), privacy=home)
    at_night = replace(at_home, cameras=frozenset({HALL, GARAGE}), privacy=night)
    return Settings({Mode.AWAY: ModeSettings(), Mode.HOME: at_home, Mode.NIGHT: at_night})


HOUSE_DELAY = ModeSettings().exit_delay * 0


@dataclass
class PrivateHome(Home):
    """Blink is played by hand: `at_blink` holds which cameras are on there."""

    at_blink: dict[str, bool] = field(default_factory=lambda: dict.fromkeys(CAMERAS, True))

    def __post_init__(self) -> None:
        self.state = replace(self.state, cameras=cameras(), settings=household_settings())

    def arm_in(self, mode: Mode = Mode.HOME) -> Decision:
        return self.do(Arm(self.actor(), mode))

    def switch_mode(self, mode: Mode) -> None:
        """Let the panel be in another mode, armed as it is; then something happens."""
        area = replace(self.area, mode=mode, spans=())
        self.state = replace(self.state, areas={HOUSE: area})
        self.look()

    def set_privacy(self, on: bool, mode: Mode = Mode.HOME) -> Decision:
        return self.do(SetPrivacy(self.actor(), mode, on))

    def look(
        self, asked_at: datetime | None = None, shown: dict[str, bool] | None = None
    ) -> Decision:
        """Read a homescreen that shows the cameras as they are at Blink, or were."""
        shown = shown or self.at_blink
        armed = self.area.wish is not None and self.area.wish.armed
        known = tuple(Camera(c, HOUSE, c.title(), enabled=on) for c, on in sorted(shown.items()))
        screen = Homescreen((Network(HOUSE, "House", armed),), known)
        return self.do(DevicesSeen(screen, asked_at=asked_at))

    def look_ordered(self) -> Decision:
        """Carry out the order to look."""
        (order,) = of_kind(self.state.outbox.values(), BlinkLookBody)
        self.claim(order)
        decision = self.look(self.now)
        self.do(Delivered(order.id))
        return decision

    def orders(self) -> dict[str, bool]:
        """Return which cameras are to be switched how."""
        bodies = [d.body for d in self.state.outbox.values()]
        return {b.camera_id: b.enabled for b in bodies if isinstance(b, BlinkMotionBody)}

    def order(self, camera: str) -> Delivery:
        orders = of_kind(self.state.outbox.values(), BlinkMotionBody)
        (found,) = (d for d in orders if getattr(d.body, "camera_id", "") == camera)
        return found

    def carry(self, camera: str) -> Decision:
        """Let Blink carry out the order about a camera."""
        order = self.order(camera)
        assert isinstance(order.body, BlinkMotionBody)
        self.claim(order)
        self.at_blink[camera] = order.body.enabled
        return self.do(Delivered(order.id))

    def carry_all(self) -> None:
        for camera in self.orders():
            self.carry(camera)

    def steps(self) -> dict[str, Step]:
        return {key: wish.step for key, wish in self.state.camera_wishes.items()}

    def be_private(self) -> PrivateHome:
        """Arm at home, with Blink following at once."""
        self.arm_in()
        self.look_ordered()
        self.carry_all()
        self.deliver_chat()
        return self
