"""The machine once more, in a home that changes modes, leaves cameras out and presses panic."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from alarm.core.commands import (
    Arm,
    CountAgain,
    LeaveOut,
    Panic,
    SetCameraRule,
    SetModeCameras,
    SetOption,
)
from alarm.core.events import Camera
from alarm.core.incident import IncidentKind
from alarm.core.inputs import DevicesSeen
from alarm.core.left_out import BypassKind
from alarm.core.settings import CameraRule, Mode, PanelState, TriggerRule
from tests.core.home import ANN, HOUSE, homescreen, seconds
from tests.core.story import Scene
from tests.core.story_people import people
from tests.core.test_machine import AlarmMachine

NAMES = ("hall", "yard")
CAMERAS = tuple(Camera(name, HOUSE, name.title()) for name in NAMES)
cameras = st.sampled_from(NAMES)
modes = st.sampled_from([Mode.AWAY, Mode.NIGHT, Mode.NIGHT])
BUSY = (PanelState.PENDING, PanelState.TRIGGERED)


class MachineOfModes(AlarmMachine):
    @property
    def pending(self) -> bool:
        """Tell whether a burst waits that is judged by the rules of its time."""
        return self.state.areas[HOUSE].panel is PanelState.PENDING

    @rule(armed=st.booleans())
    def blink_shows_its_cameras(self, armed: bool) -> None:
        shown = replace(homescreen(armed=armed), cameras=CAMERAS)
        self.do(DevicesSeen(shown, self.skew))

    @rule(user=people, chosen=st.frozensets(cameras, min_size=1))
    def somebody_chooses_the_cameras_of_the_night(self, user: int, chosen: frozenset[str]) -> None:
        if not self.pending:
            self.do(SetModeCameras(self.actor(user), Mode.NIGHT, chosen))

    @rule(user=people, mode=modes)
    def somebody_arms_in_a_mode(self, user: int, mode: Mode) -> None:
        before = self.state.areas[HOUSE]
        self.do(Arm(self.actor(user), mode))
        after = self.state.areas[HOUSE]
        known = mode in self.state.settings.modes
        if not known or before.panel in BUSY:
            assert (after.panel, after.mode) == (before.panel, before.mode)
        else:
            assert after.mode is mode
            assert after.panel is not PanelState.DISARMED
        if before.panel is PanelState.ARMED:
            assert after.panel is PanelState.ARMED
            assert after.spans[-1].armed_at == before.spans[-1].armed_at

    @rule(user=people, camera=cameras, minutes=st.sampled_from([None, 1, 30, 600]))
    def somebody_leaves_a_camera_out(self, user: int, camera: str, minutes: int | None) -> None:
        self.blink_shows_its_cameras(self.state.areas[HOUSE].armed_at_blink or False)
        duration = None if minutes is None else seconds(60 * minutes)
        self.do(LeaveOut(self.actor(user), camera, duration))

    @rule(user=people, camera=cameras)
    def somebody_lets_a_camera_count_again(self, user: int, camera: str) -> None:
        self.do(CountAgain(self.actor(user), camera))
        area = self.state.areas[HOUSE]
        assert all(b.until for b in area.bypasses if b.camera_id == camera)

    @rule(user=people, camera=cameras, threshold=st.sampled_from([None, 0, 1, 3]))
    def somebody_gives_a_camera_its_own_rule(
        self, user: int, camera: str, threshold: int | None
    ) -> None:
        if self.pending:
            return
        self.blink_shows_its_cameras(self.state.areas[HOUSE].armed_at_blink or False)
        own = CameraRule(TriggerRule(threshold, seconds(60))) if threshold else CameraRule()
        chosen = None if threshold is None else own
        self.do(SetCameraRule(self.actor(user), camera, chosen))
        assert self.state.settings.cameras.get(camera) == chosen

    @rule(user=people, camera=cameras)
    def a_burglar_passes_where_a_camera_is_left_out(self, user: int, camera: str) -> None:
        known = set(self.state.incidents)
        self.somebody_leaves_a_camera_out(user, camera, None)
        self.now += seconds(1)
        self.a_burglar_comes(camera)
        assert set(self.state.incidents) == known, "it rang for a camera that is left out"

    @rule(user=people, camera=cameras)
    def a_burglar_passes_where_a_camera_never_counts(self, user: int, camera: str) -> None:
        if self.pending:
            return
        known = set(self.state.incidents)
        self.somebody_gives_a_camera_its_own_rule(user, camera, 0)
        self.a_burglar_comes(camera)
        assert set(self.state.incidents) == known, "it rang for a camera that never counts"

    @rule(camera=cameras)
    def a_burglar_passes_at_night(self, camera: str) -> None:
        self.somebody_arms_in_a_mode(11, Mode.NIGHT)
        self.a_burglar_comes(camera)

    @rule(user=people, key=st.sampled_from(["away-distinct", "swinger"]), value=st.integers(1, 2))
    def somebody_wants_fewer_false_alarms(self, user: int, key: str, value: int) -> None:
        if not self.pending:
            self.do(SetOption(self.actor(user), key, str(value)))

    @rule(user=people, ago=st.sampled_from([0, 0, 60, 61]))
    def somebody_presses_panic(self, user: int, ago: int) -> None:
        before = self.state.areas[HOUSE]
        self.do(Panic(self.actor(user), self.now - seconds(ago)))
        assert self.state.areas[HOUSE].panel is before.panel

    @invariant()
    def at_most_one_thing_leaves_a_camera_out(self) -> None:
        running = [b.camera_id for b in self.state.areas[HOUSE].bypasses if b.until is None]
        assert len(running) == len(set(running))

    @invariant()
    def a_disarmed_panel_leaves_none_out_for_crying_wolf(self) -> None:
        area = self.state.areas[HOUSE]
        if area.panel is PanelState.DISARMED:
            kinds = {b.kind for b in area.bypasses if b.until is None}
            assert BypassKind.SWINGER not in kinds

    @invariant()
    def what_counts_is_what_the_mode_says(self) -> None:
        area = self.state.areas[HOUSE]
        for span in area.spans:
            if span.until is None:
                assert span.mode is area.mode
                assert span.cameras == self.state.settings.mode(area.mode).cameras


TestMachineOfModes = MachineOfModes.TestCase
TestMachineOfModes.settings = settings(
    max_examples=80, stateful_step_count=50, deadline=None, database=None
)


def test_panic_pressed_again_at_the_same_moment_needs_no_burst() -> None:
    story = MachineOfModes()
    story.begin(entry=0, exit_delay=0, phones=0, threshold=1, scene=Scene.ALARM)
    story.somebody_presses_panic(ANN, ago=0)
    story.somebody_acknowledges(ANN, pick=0, all_=True)
    story.somebody_presses_panic(ANN, ago=0)


def test_the_disarm_button_of_a_panic_alarm_disarms() -> None:
    story = MachineOfModes()
    story.begin(entry=30, exit_delay=0, phones=0, threshold=1, scene=Scene.ALARM)
    story.somebody_presses_panic(ANN, ago=0)
    story.nobody_reacts(5)
    (raised,) = (i for i in story.state.incidents.values() if i.kind is IncidentKind.PANIC)
    pick = [*story.state.incidents][::-1].index(raised.id) + 1
    story.somebody_presses_disarm(ANN, pick=pick, really=True)
