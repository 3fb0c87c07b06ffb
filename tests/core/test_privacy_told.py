"""What is told of privacy at home: once, and only what is still true."""

from __future__ import annotations

from dataclasses import replace

from alarm.core.inputs import ClockJumped
from alarm.core.notices import Notice
from tests.core.home import ANN, HOUR, SECOND, said, sentences
from tests.core.private import GARAGE, KITCHEN, PrivateHome


def test_cameras_that_stay_off_are_told_once_in_one_message() -> None:
    """A minute for one, ten seconds more for the other, which has to wait for it."""
    home = PrivateHome().be_private()
    home.disarm()
    assert Notice.CAMERA_STILL_OFF not in said(home.wait(69 * SECOND).effects)
    (words,) = [
        w for w in sentences(home.wait(SECOND).effects, ANN) if w.notice is Notice.CAMERA_STILL_OFF
    ]
    assert words.args == {"cameras": "Garage, Kitchen", "ids": f"{GARAGE} {KITCHEN}"}
    assert Notice.CAMERA_STILL_OFF not in said(home.wait(HOUR).effects)
    home.deliver_chat()
    assert said(home.carry(GARAGE).effects, ANN) == [Notice.CAMERA_ON_AGAIN]


def test_the_last_one_that_stays_off_is_told_after_a_minute() -> None:
    home = PrivateHome().be_private()
    home.disarm()
    home.carry(KITCHEN)
    assert Notice.CAMERA_STILL_OFF not in said(home.wait(59 * SECOND).effects)
    assert Notice.CAMERA_STILL_OFF in said(home.wait(SECOND).effects)


def test_cameras_that_are_not_private_in_a_minute_are_told() -> None:
    home = PrivateHome()
    home.arm_in()
    home.wait(30 * SECOND)
    home.look_ordered()
    home.carry(KITCHEN)
    assert Notice.CAMERA_STILL_ON not in said(home.wait(29 * SECOND).effects)
    (words,) = [
        w for w in sentences(home.wait(SECOND).effects, ANN) if w.notice is Notice.CAMERA_STILL_ON
    ]
    assert words.args == {"cameras": "Garage", "ids": GARAGE}
    assert said(home.carry(GARAGE).effects, ANN) == [Notice.CAMERA_PRIVATE]


def test_a_camera_that_was_switched_in_time_is_not_told() -> None:
    home = PrivateHome().be_private()
    home.wait(HOUR)
    home.disarm()
    home.carry_all()
    home.wait(HOUR)
    told = {Notice.CAMERA_STILL_OFF, Notice.CAMERA_STILL_ON}
    assert not told & set(said(home.effects))


def test_an_offline_camera_records_nothing_and_is_not_told_to_be_recording() -> None:
    home = PrivateHome()
    home.arm_in()
    known = {k: replace(c, online=False) for k, c in home.state.cameras.items()}
    home.state = replace(home.state, cameras=known)
    assert Notice.CAMERA_STILL_ON not in said(home.wait(HOUR).effects)


def test_a_message_that_is_no_longer_true_does_not_leave() -> None:
    home = PrivateHome().be_private()
    home.disarm()
    home.wait(70 * SECOND)
    late = [d for d in home.waiting() if said([d]) == [Notice.CAMERA_STILL_OFF]]
    home.carry_all()
    for delivery in late:
        home.claim(delivery)
        assert delivery.id not in home.state.outbox


def test_a_clock_set_forward_does_not_make_it_late() -> None:
    home = PrivateHome().be_private()
    home.disarm()
    home.now += HOUR
    home.do(ClockJumped(HOUR))
    assert Notice.CAMERA_STILL_OFF not in said(home.wait(69 * SECOND).effects)
    assert Notice.CAMERA_STILL_OFF in said(home.wait(SECOND).effects)
