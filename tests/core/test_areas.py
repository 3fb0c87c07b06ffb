"""A home of several Blink networks: one panel for each, by name or all together."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from alarm.core.commands import Arm, Disarm
from alarm.core.deliveries import BlinkArmBody
from alarm.core.incident import IncidentStatus
from alarm.core.notices import Notice
from alarm.core.settings import Mode, ModeSettings, PanelState
from alarm.core.state import Area
from tests.core.home import (
    ANN,
    BEN,
    GARDEN,
    HOUSE,
    MINUTE,
    PHONE_1,
    PHONE_2,
    Home,
    clip,
    household,
    of_kind,
    said,
    sentences,
    settings,
)

ARMED, DISARMED = PanelState.ARMED, PanelState.DISARMED


def two_areas() -> Home:
    areas = {HOUSE: Area(HOUSE, "House"), GARDEN: Area(GARDEN, "Garden")}
    return Home(replace(household(), areas=areas))


def panels(home: Home) -> tuple[PanelState, PanelState]:
    return home.state.areas[HOUSE].panel, home.state.areas[GARDEN].panel


def test_one_area_is_armed_and_disarmed_by_itself() -> None:
    home = two_areas()
    decision = home.do(Arm(home.actor(), area=GARDEN))
    assert panels(home) == (DISARMED, PanelState.ARMING)
    assert [d.target for d in of_kind(decision.effects, BlinkArmBody)] == [GARDEN]
    (told,) = sentences(decision.effects, BEN)
    assert (told.notice, told.args["area"]) == (Notice.ARMED_BY, "Garden")
    home.wait(MINUTE)
    home.arm()
    home.wait(MINUTE)
    assert panels(home) == (ARMED, ARMED)
    decision = home.do(Disarm(home.actor(), area=GARDEN))
    assert panels(home) == (ARMED, DISARMED)
    assert {words.args["area"] for words in sentences(decision.effects)} == {"Garden"}
    assert said(decision.effects, BEN) == [Notice.DISARMED_BY]


def test_without_a_name_all_areas_are_meant() -> None:
    home = two_areas()
    home.do(Arm(home.actor(), area=GARDEN))
    home.wait(MINUTE)
    decision = home.arm()
    assert panels(home) == (PanelState.ARMING, ARMED)
    (told,) = sentences(decision.effects, BEN)
    assert "area" not in told.args
    home.disarm()
    assert panels(home) == (DISARMED, DISARMED)


def test_an_area_that_is_no_more_means_all() -> None:
    home = two_areas()
    home.do(Arm(home.actor(), area="gone"))
    home.wait(MINUTE)
    assert panels(home) == (ARMED, ARMED)


def test_areas_may_be_armed_in_different_modes() -> None:
    home = two_areas().arm_now()
    night = ModeSettings(cameras=frozenset({"shed"}))
    home.state = replace(home.state, settings=settings().with_mode(Mode.NIGHT, night))
    home.do(Arm(home.actor(), Mode.NIGHT, GARDEN))
    modes = {area.name: area.mode for area in home.state.areas.values()}
    assert modes == {"House": Mode.AWAY, "Garden": Mode.NIGHT}
    assert panels(home) == (ARMED, ARMED)


def test_disarm_under_an_alert_ends_its_area_alone() -> None:
    home = two_areas().arm_now()
    home.see(clip(home.now, 1, network=GARDEN), clip(home.now, 2, network=GARDEN))
    assert panels(home) == (ARMED, PanelState.TRIGGERED)
    home.disarm(incident=home.incident.id)
    assert panels(home) == (ARMED, DISARMED)
    assert home.status() is IncidentStatus.CLOSED


def test_disarming_all_says_who_is_told_of_the_end_of_each_alarm() -> None:
    home = two_areas()
    home.arm()
    home.wait(MINUTE)
    reached = {}
    for network, number in ((HOUSE, PHONE_1), (GARDEN, PHONE_2)):
        home.see(*(clip(home.now, n, network=network) for n in (1, 2)))
        reached[home.state.areas[network].incident_id] = {number: home.now}
    home.state = replace(
        home.state,
        incidents={
            id_: replace(incident, reached_at=reached[id_])
            for id_, incident in home.state.incidents.items()
        },
    )
    (words,) = sentences(home.disarm().effects, ANN)
    assert words.args["called_off"] == "Phone 1, Phone 2"


def test_the_journal_names_the_area_that_was_disarmed_alone() -> None:
    home = two_areas().arm_now()
    decision = home.do(Disarm(home.actor(), area=GARDEN))
    rows = [row.data for row in decision.rows if row.data["what"] == "disarm"]
    assert rows == [{"what": "disarm", "by": "Ann", "area": "Garden"}]


def test_areas_of_one_name_are_told_of_each() -> None:
    home = two_areas()
    twins = {key: replace(area, name="Home") for key, area in home.state.areas.items()}
    home.state = replace(home.state, areas=twins)
    home.arm()
    home.wait(MINUTE)
    watched = [w.args["network"] for w in sentences(home.waiting(), ANN) if "network" in w.args]
    assert watched == [HOUSE, GARDEN]


def test_the_warning_of_one_area_stays_where_another_of_that_name_is_disarmed() -> None:
    home = two_areas()
    chosen = settings(exit_delay=timedelta(0), entry_delay=MINUTE)
    twins = {key: replace(area, name="Home") for key, area in home.state.areas.items()}
    home.state = replace(home.state, areas=twins, settings=chosen)
    home.arm()
    for network in (HOUSE, GARDEN):
        home.see(*(clip(home.now, n, network=network) for n in (1, 2)))
    home.do(Disarm(home.actor(), area=HOUSE))
    warned = [w for w in sentences(home.waiting(), BEN) if w.notice is Notice.ENTRY_DELAY]
    assert [w.args["network"] for w in warned] == [GARDEN]
