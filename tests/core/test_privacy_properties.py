"""Whatever happens, and in whatever order: no camera stays off because of us, none is taken over.

Blink is a model beside the alarm: it knows which cameras are on, and orders that were accepted
may come to their end although the program that gave them is gone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from alarm.core.deliveries import BlinkLookBody, BlinkMotionBody, Delivery, DeliveryStatus
from alarm.core.inputs import Delivered, DeliveryFailed, Started
from alarm.core.settings import Mode
from tests.core.home import HOUR, MINUTE, SECOND, of_kind
from tests.core.private import CAMERAS, PrivateHome


@dataclass
class World:
    """`owner`: which cameras the owner wants on; he changes only what we do not hold.

    `photo`: a homescreen that was asked for and did not arrive yet.
    """

    home: PrivateHome = field(default_factory=PrivateHome)
    owner: dict[str, bool] = field(default_factory=lambda: dict.fromkeys(CAMERAS, True))

    photo: tuple[datetime, dict[str, bool]] | None = None

    def due(self) -> list[Delivery]:
        kinds = (BlinkLookBody, BlinkMotionBody)
        outbox = self.home.state.outbox.values()
        return [d for kind in kinds for d in of_kind(outbox, kind)]

    def carry(self, number: int, end: str) -> None:
        """Let an order leave: it works, fails before or after it took effect, or is cut off."""
        due = self.due()
        if not due:
            return
        delivery = due[number % len(due)]
        if delivery.status is DeliveryStatus.PENDING:
            self.home.claim(delivery)
        if delivery.id not in self.home.state.outbox:
            return
        if end in ("done", "lost answer", "cut after"):
            self.take_effect(delivery)
        if end == "done":
            self.home.do(Delivered(delivery.id))
        elif end.startswith("cut"):
            self.home.do(Started())
        else:
            self.home.do(DeliveryFailed(delivery.id, "no luck", permanent=end == "refused"))

    def take_effect(self, delivery: Delivery) -> None:
        if isinstance(delivery.body, BlinkMotionBody):
            before = self.home.at_blink[delivery.body.camera_id]
            self.home.at_blink[delivery.body.camera_id] = delivery.body.enabled
            if before is not delivery.body.enabled and delivery.body.enabled:
                assert self.owner[delivery.body.camera_id], "switched on against the owner's will"
        else:
            self.home.look(self.home.now)

    def toggle(self, camera: str) -> None:
        """Let the owner switch a camera in the app, where we have no hand on it."""
        wish = self.home.state.camera_wishes.get(camera)
        if wish is None or not wish.ours:
            self.owner[camera] = not self.owner[camera]
            self.home.at_blink[camera] = self.owner[camera]
            # What he changes while a look is on its way, nobody can see.
            self.photo = None

    def succeed(self) -> None:
        """Let everything that is ordered work from now on."""
        for _ in range(20):
            due = self.due()
            if not due:
                return
            self.carry(0, "done")
        raise AssertionError("orders without an end")


ENDS = ["done", "lost answer", "failed", "refused", "cut before", "cut after"]
steps = st.one_of(
    st.tuples(st.just("arm"), st.sampled_from(list(Mode))),
    st.tuples(st.just("mode"), st.sampled_from(list(Mode))),
    st.tuples(st.just("disarm")),
    st.tuples(st.just("privacy"), st.sampled_from([Mode.HOME, Mode.NIGHT]), st.booleans()),
    st.tuples(st.just("toggle"), st.sampled_from(CAMERAS)),
    st.tuples(st.just("look")),
    st.tuples(st.just("ask")),
    st.tuples(st.just("answer")),
    st.tuples(st.just("restart")),
    st.tuples(st.just("wait"), st.sampled_from([SECOND, 20 * SECOND, 2 * MINUTE, HOUR])),
    st.tuples(st.just("carry"), st.integers(0, 4), st.sampled_from(ENDS)),
    st.tuples(st.just("carry"), st.integers(0, 4), st.just("done")),
)


def do(world: World, step: tuple[object, ...]) -> None:
    home = world.home
    match step:
        case ("arm", Mode() as mode):
            home.arm_in(mode)
        case ("mode", Mode() as mode):
            if home.state.armed:
                home.switch_mode(mode)
        case ("disarm",):
            home.disarm()
        case ("privacy", Mode() as mode, bool(on)):
            home.set_privacy(on, mode)
        case ("toggle", str(camera)):
            world.toggle(camera)
        case ("look",):
            home.look(home.now)
        case ("ask",):
            world.photo = (home.now, dict(home.at_blink))
        case ("answer",):
            if world.photo is not None:
                home.look(*world.photo)
        case ("restart",):
            home.do(Started())
        case ("wait", duration):
            home.wait(duration)  # type: ignore[arg-type]
        case ("carry", int(number), str(end)):
            world.carry(number, end)


@settings(max_examples=400, deadline=None)
@given(st.lists(steps, max_size=40))
def test_after_success_and_a_disarm_every_camera_is_as_its_owner_left_it(
    story: list[tuple[object, ...]],
) -> None:
    world = World()
    for step in story:
        do(world, step)
    world.home.disarm()
    world.home.wait(MINUTE)
    world.succeed()
    assert world.home.at_blink == world.owner
    assert world.home.state.camera_wishes == {}


@settings(max_examples=200, deadline=None)
@given(st.lists(steps, max_size=40))
def test_a_camera_that_counts_is_never_ordered_off(story: list[tuple[object, ...]]) -> None:
    world = World()
    for step in story:
        do(world, step)
        off = {camera for camera, on in world.home.orders().items() if not on}
        area = world.home.area
        counts = world.home.state.settings.mode(area.mode).cameras
        pending = {
            d.body.camera_id
            for d in world.home.waiting()
            if isinstance(d.body, BlinkMotionBody) and not d.body.enabled
        }
        if counts is None or not world.home.state.armed:
            assert pending == set()
        else:
            assert not pending & counts
        assert off <= set(CAMERAS)
