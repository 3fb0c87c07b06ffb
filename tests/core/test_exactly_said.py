"""Who, what, where and when: what the sentences about the panel and the calls are made of."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from alarm.core.calls import CallStatus
from alarm.core.commands import Arm, Disarm
from alarm.core.deliveries import (
    Delivery,
    HangUpBody,
    Lane,
    PanelBody,
    Words,
    WordsBody,
)
from alarm.core.escalation import CALL_LIFE, HANG_UP_LIFE, MAX_CALLS_PER_INCIDENT
from alarm.core.notices import Notice
from alarm.core.settings import Mode, ModeSettings, PanelState
from alarm.core.state import Area, Role
from tests.core.home import (
    ANN,
    BEN,
    GARDEN,
    HOUR,
    HOUSE,
    MINUTE,
    SECOND,
    Home,
    clip,
    household,
    of_kind,
    sentences,
    settings,
)
from tests.core.waves import alarmed, exhausted, wave


def of(deliveries: list[Delivery], notice: Notice) -> list[tuple[str, Lane, Words]]:
    """Return chat, lane and words of every sentence of one kind."""
    return [
        (d.target, d.lane, d.body.words)
        for d in deliveries
        if isinstance(d.body, WordsBody) and d.body.words.notice is notice
    ]


def answer(home: Home) -> Words:
    (delivery,) = of_kind(home.effects, PanelBody)
    assert isinstance(delivery.body, PanelBody)
    return delivery.body.words


def test_the_answer_to_arming_says_who_armed_and_how() -> None:
    night = settings().with_mode(Mode.NIGHT, ModeSettings(cameras=frozenset({"hall"})))
    home = Home(replace(household(), settings=night))
    home.do(Arm(home.actor(BEN), Mode.NIGHT))
    words = answer(home)
    assert words.notice is Notice.PANEL_ARMED
    assert words.args["by"] == "Ben"
    assert words.args["mode"] == "night"
    assert words.args["sent_at"] is None
    (body,) = (d.body for d in of_kind(home.effects, PanelBody))
    assert isinstance(body, PanelBody)
    assert body.area_ids == (HOUSE,)


def test_the_answer_to_arming_once_more_is_another() -> None:
    home = Home()
    home.arm()
    home.effects.clear()
    home.arm()
    assert answer(home).notice is Notice.PANEL_ALREADY


def test_an_order_that_came_late_says_when_it_was_sent() -> None:
    home = Home()
    sent = home.now - 5 * MINUTE
    home.do(Arm(replace(home.actor(), sent_at=sent)))
    assert answer(home).args["sent_at"] == sent.isoformat()
    home.do(Disarm(replace(home.actor(), sent_at=sent)))
    (words,) = (w for w in sentences(home.effects, ANN) if w.notice is Notice.DISARMED)
    assert words.args["sent_at"] == sent.isoformat()


def test_the_others_hear_who_armed_and_who_disarmed() -> None:
    home = Home()
    home.arm(BEN)
    home.disarm(BEN)
    (armed,) = of(home.effects, Notice.ARMED_BY)
    (disarmed,) = of(home.effects, Notice.DISARMED_BY)
    at = home.now.isoformat()
    assert (armed[0], armed[2].args) == (str(ANN), {"by": "Ben", "mode": "away", "at": at})
    assert (disarmed[0], disarmed[2].args) == (str(ANN), {"by": "Ben", "at": at})


def test_the_answer_to_disarming_says_who_did_it() -> None:
    home = Home().arm_now()
    (words,) = sentences(home.disarm(BEN).effects, BEN)
    assert words.args["by"] == "Ben"


def test_the_panel_knows_since_when_it_is_as_it_is() -> None:
    home = Home()
    home.wait(HOUR)
    home.arm(BEN)
    assert (home.area.changed_at, home.area.changed_by) == (home.now, "Ben")
    home.wait(HOUR)
    home.disarm()
    assert (home.area.changed_at, home.area.changed_by) == (home.now, "Ann")


def test_a_home_whose_networks_nobody_saw_yet_is_called_home() -> None:
    home = Home(replace(household(), areas={}, in_doubt=True))
    home.arm()
    assert [area.name for area in home.state.areas.values()] == ["Home"]
    assert home.state.in_doubt is False


def test_an_area_whose_exit_delay_runs_holds_up_no_other() -> None:
    first = Home(replace(household(), settings=settings(entry_delay=30 * SECOND)))
    garden = Area(GARDEN, "Garden", armed_at_blink=False)
    home = Home(replace(first.state, areas={HOUSE: first.area, GARDEN: garden}))
    home.do(Arm(home.actor(), area=HOUSE))
    home.wait(30 * SECOND)
    home.do(Arm(home.actor(), area=GARDEN))
    home.wait(30 * SECOND)
    panels = {name: area.panel for name, area in home.state.areas.items()}
    assert panels == {HOUSE: PanelState.ARMED, GARDEN: PanelState.ARMING}
    home.wait(30 * SECOND)
    assert home.state.areas[GARDEN].panel is PanelState.ARMED


def test_what_began_the_entry_delay_is_told_loudly_with_each_camera_once() -> None:
    home = Home(replace(household(), settings=settings(entry_delay=30 * SECOND, threshold=3)))
    home.arm_now()
    at = home.now
    home.see(clip(at, 1, camera="hall"), clip(at, 2, camera="hall"), clip(at, 3, camera="garage"))
    warnings = of(home.effects, Notice.ENTRY_DELAY)
    assert [lane for _, lane, _ in warnings] == [Lane.ALARM] * 2
    assert set(str(warnings[0][2].args["cameras"]).split(", ")) == {"Hall", "Garage"}


def test_disarming_one_area_in_its_entry_delay_leaves_the_warning_of_the_other() -> None:
    first = Home(replace(household(), settings=settings(entry_delay=60 * SECOND)))
    garden = Area(GARDEN, "Garden", armed_at_blink=False)
    home = Home(replace(first.state, areas={HOUSE: first.area, GARDEN: garden})).arm_now()
    for network in (HOUSE, GARDEN):
        home.see(clip(home.now, 1, network=network), clip(home.now, 2, network=network))
    home.do(Disarm(home.actor(), area=HOUSE))
    waiting = of(list(home.state.outbox.values()), Notice.ENTRY_DELAY)
    assert {words.args["area"] for _, _, words in waiting} == {"Garden"}
    assert home.area.unspent == ()


def test_names_of_those_called_off_are_parted_by_commas() -> None:
    home = alarmed()
    home.wait(30 * SECOND)
    home.call(CallStatus.COMPLETED, duration=20)
    home.wait(MINUTE)
    home.call(CallStatus.COMPLETED, duration=20)
    home.effects.clear()
    home.disarm()
    (words,) = (w for w in sentences(home.effects, ANN) if w.notice is Notice.DISARMED)
    assert words.args["called_off"] == "Phone 1, Phone 2"


# -- calls -----------------------------------------------------------------------------------------


def test_a_call_waits_no_longer_to_leave_than_its_step_lasts() -> None:
    home = alarmed()
    home.wait(30 * SECOND)
    (call,) = home.calls()
    assert call.expires_at == home.now + CALL_LIFE


def test_a_call_without_result_is_hung_up_at_its_number() -> None:
    home = alarmed()
    home.wait(30 * SECOND)
    home.call(CallStatus.RINGING)
    (call,) = home.calls()
    home.effects.clear()
    home.wait(CALL_LIFE)
    (hanging_up,) = of_kind(home.effects, HangUpBody)
    assert hanging_up.body == HangUpBody(f"CA-{call.id}")
    assert (hanging_up.lane, hanging_up.target) == (Lane.PHONE, call.target)
    assert hanging_up.expires_at == home.now + HANG_UP_LIFE


def test_a_call_without_result_is_followed_by_the_next_contact() -> None:
    home = alarmed()
    home.wait(30 * SECOND)
    home.call(CallStatus.RINGING)
    home.effects.clear()
    home.wait(CALL_LIFE)
    assert home.called() == [home.state.contacts[1].number]
    assert [note.outcome for note in home.incident.calls] == ["no result", "calling"]


def test_an_excluded_number_is_passed_over_and_the_others_are_called() -> None:
    home = alarmed()
    first = home.state.contacts[0].number
    excluded = replace(wave(home), excluded=frozenset({first}))
    home.state = replace(
        home.state,
        incidents={home.incident.id: replace(home.incident, wave=excluded)},
    )
    home.wait(30 * SECOND)
    assert home.called() == [home.state.contacts[1].number]


def test_calls_of_two_days_ago_are_forgotten() -> None:
    home = alarmed()
    long_ago = (home.now - 2 * timedelta(days=1), home.now - timedelta(days=1, seconds=1))
    home.state = replace(home.state, calls_at=long_ago)
    home.wait(30 * SECOND)
    assert home.state.calls_at == (home.now,)


def test_the_limit_of_an_incident_is_told_loudly_with_its_number() -> None:
    home = alarmed(phones=1)
    home.state = replace(
        home.state,
        incidents={home.incident.id: replace(home.incident, calls_made=MAX_CALLS_PER_INCIDENT)},
    )
    home.wait(30 * SECOND)
    told = of(home.effects, Notice.CALLS_USED_UP)
    assert {chat for chat, _, _ in told} == {str(ANN), str(BEN)}
    for _, lane, words in told:
        assert lane is Lane.ALARM
        assert words.args == {"incident": home.incident.id, "calls": MAX_CALLS_PER_INCIDENT}


def test_a_refused_order_takes_one_call_off_the_count() -> None:
    home = alarmed()
    home.wait(30 * SECOND)
    home.call(CallStatus.NO_ANSWER)
    assert home.incident.calls_made == 2
    (call,) = home.calls()
    home.fail(call, permanent=True)
    assert home.incident.calls_made == 1


def test_that_nobody_reacted_is_told_loudly_with_the_number_of_phones() -> None:
    home = alarmed()
    home.wait(30 * SECOND)
    told: list[tuple[str, Lane, Words]] = []
    while not told:
        if home.calls():
            home.call(CallStatus.NO_ANSWER)
        else:
            home.wait(SECOND)
        told = of(home.effects, Notice.EXHAUSTED)
    for _, lane, words in told:
        assert lane is Lane.ALARM
        assert words.args == {"incident": home.incident.id, "phones": 2}


def test_the_reminder_goes_with_the_alarms_and_comes_ten_minutes_after_a_round() -> None:
    home = exhausted()
    home.wait(10 * MINUTE)
    reminders = of(home.effects, Notice.STILL_OPEN)
    assert [lane for _, lane, _ in reminders] == [Lane.ALARM] * 2
    home.wait(20 * MINUTE)
    assert home.calls()
    while home.calls():
        home.call(CallStatus.NO_ANSWER)
    assert wave(home).deadline == home.now + 10 * MINUTE


def test_a_wave_without_calls_rings_nobody() -> None:
    home = Home().arm_now()
    home.drill(with_calls=False)
    home.wait(HOUR)
    assert home.called() == []


def test_the_latest_note_changes_and_the_earlier_ones_stay() -> None:
    home = alarmed()
    home.wait(30 * SECOND)
    home.call(CallStatus.BUSY)
    home.call(CallStatus.BUSY)
    home.wait(90 * SECOND)
    home.call(CallStatus.NO_ANSWER)
    outcomes = [note.outcome for note in home.incident.calls]
    assert outcomes == ["busy", "busy", "no answer", "calling"]


def test_viewers_hear_nothing_of_it() -> None:
    home = exhausted()
    viewers = {str(p.user_id) for p in home.state.people.values() if p.role is Role.VIEWER}
    assert viewers
    assert not viewers & {d.target for d in home.state.outbox.values()}
