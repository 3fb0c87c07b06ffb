"""A wrong host clock changes no decision: the same story told on two clocks ends the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from alarm.core.deliveries import Delivery, PanelEditBody, PanelRetireBody, WordsBody
from alarm.core.inputs import ClockJumped, DevicesSeen, EventsListed, ListingFinished
from alarm.core.notices import Notice
from tests.core.home import Home, clip, homescreen, seconds

CHECKED = settings(max_examples=80, deadline=None, database=None)
HOUR = 3600


@dataclass
class Story:
    """A home on a host whose clock differs from Blink's by `skew`."""

    home: Home
    skew: timedelta
    clips: int = 0

    def measure(self) -> None:
        self.home.do(EventsListed((), self.skew))

    def set_clock(self, delta: timedelta) -> None:
        self.home.now += delta
        self.home.do(ClockJumped(delta))
        self.skew -= delta
        self.measure()

    def list_clips(self, age: int, count: int, camera: str, finish: bool) -> None:
        at = (self.home.now + self.skew).replace(microsecond=0) - seconds(age)
        clips = tuple(clip(at, self.clips + n, camera=camera) for n in range(count))
        self.clips += count
        self.home.do(EventsListed(clips, self.skew))
        if finish:
            self.home.do(ListingFinished(self.home.now))

    def told(self) -> object:
        """Return everything that a household would see of this story."""
        home = self.home
        return (
            [a.panel for a in home.state.areas.values()],
            [
                (i.status, i.verdict, i.event_count, i.late, i.waves, i.calls_made)
                for i in home.state.incidents.values()
            ],
            [seen(d) for d in home.effects if not about_clock(d)],
        )


def seen(delivery: Delivery) -> object:
    body = delivery.body
    if isinstance(body, WordsBody):
        return (delivery.target, body.words.notice)
    # Messages are numbered as they arrive, those about the clock among them.
    numbered = isinstance(body, PanelEditBody | PanelRetireBody)
    return (delivery.target, type(body) if numbered else body)


def about_clock(delivery: Delivery) -> bool:
    body = delivery.body
    clock = (Notice.CLOCK_OFF, Notice.CLOCK_FINE)
    return isinstance(body, WordsBody) and body.words.notice in clock


Step = Callable[[Story], object]


def steps() -> st.SearchStrategy[Step]:
    wait = st.sampled_from([1, 5, 20, 60, 90, 400, 2 * HOUR, 13 * HOUR])
    return st.one_of(
        wait.map(lambda s: lambda story: story.home.wait(seconds(s))),
        st.sampled_from(
            [
                lambda story: story.home.arm(),
                lambda story: story.home.disarm(),
                lambda story: story.home.acknowledge(),
                lambda story: story.home.deliver_chat(),
                lambda story: story.home.do(DevicesSeen(homescreen(armed=True), story.skew)),
            ]
        ),
        st.builds(
            lambda age, count, camera, finish: (
                lambda story: story.list_clips(age, count, camera, finish)
            ),
            st.sampled_from([0, 30, 100, 600, 3000, 5 * HOUR, 13 * HOUR]),
            st.integers(0, 3),
            st.sampled_from(["hall", "yard"]),
            st.booleans(),
        ),
    )


@CHECKED
@given(plot=st.lists(steps(), max_size=25), skew=st.integers(-HOUR, HOUR))
def test_a_skew_of_up_to_an_hour_changes_no_decision(plot: list[Step], skew: int) -> None:
    right = Story(Home(), timedelta(0))
    wrong = Story(Home(now=Home().now - seconds(skew)), seconds(skew))
    for story in (right, wrong):
        story.measure()
        for step in plot:
            step(story)
    assert right.told() == wrong.told()


@CHECKED
@given(
    plot=st.lists(steps(), max_size=25),
    when=st.integers(0, 25),
    delta=st.integers(-HOUR, HOUR),
)
def test_a_clock_that_is_set_in_the_middle_changes_no_decision(
    plot: list[Step], when: int, delta: int
) -> None:
    still, jumping = Story(Home(), timedelta(0)), Story(Home(), timedelta(0))
    for story in (still, jumping):
        story.measure()
    for number, step in enumerate(plot):
        if number == when:
            jumping.set_clock(seconds(delta))
        step(still)
        step(jumping)
    assert still.told() == jumping.told()
