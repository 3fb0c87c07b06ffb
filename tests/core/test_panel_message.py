"""The message with the countdown stays true in every chat."""

from __future__ import annotations

from dataclasses import replace

from alarm.core.commands import Disarm, ExtendExit
from alarm.core.deliveries import (
    PanelBody,
    PanelEditBody,
)
from tests.core.home import (
    ANN,
    MINUTE,
    NOON,
    Home,
    of_kind,
    seconds,
    sentences,
)


def extend(home: Home) -> None:
    home.do(ExtendExit(home.actor()))


def panel_edits(home: Home) -> list[PanelEditBody]:
    edits = of_kind(home.waiting(), PanelEditBody)
    return [d.body for d in edits if isinstance(d.body, PanelEditBody)]


def test_the_panel_message_is_edited_when_the_exit_delay_ends() -> None:
    home = Home()
    home.arm()
    home.deliver_chat()
    home.wait(MINUTE)
    assert len(panel_edits(home)) == 1


def test_the_panel_message_is_left_alone_after_disarming() -> None:
    home = Home()
    home.arm()
    home.deliver_chat()
    home.disarm()
    assert len(panel_edits(home)) == 1
    home.deliver_chat()
    assert home.state.panel_messages == {}


def test_a_panel_message_that_was_leaving_while_things_changed_is_put_right() -> None:
    home = Home()
    home.arm()
    (answer,) = of_kind(home.waiting(), PanelBody)
    home.claim(answer)
    home.wait(MINUTE)
    assert panel_edits(home) == []
    home.deliver(answer, 77)
    assert panel_edits(home) == [PanelEditBody(77)]


def test_a_panel_message_that_arrives_after_the_disarming_is_put_right_and_forgotten() -> None:
    home = Home()
    home.arm()
    (answer,) = of_kind(home.waiting(), PanelBody)
    home.claim(answer)
    home.disarm()
    home.deliver(answer, 77)
    assert PanelEditBody(77) in panel_edits(home)
    assert home.state.panel_messages == {}


def test_an_edit_that_was_leaving_while_things_changed_is_done_again() -> None:
    home = Home()
    home.arm()
    home.deliver_chat()
    extend(home)
    (edit,) = of_kind(home.waiting(), PanelEditBody)
    home.claim(edit)
    home.wait(2 * MINUTE)
    assert panel_edits(home) == []
    home.deliver(edit)
    assert len(panel_edits(home)) == 1


def test_changes_while_an_edit_waits_need_no_second_one() -> None:
    home = Home()
    home.arm()
    home.deliver_chat()
    extend(home)
    extend(home)
    assert len(panel_edits(home)) == 1


def test_the_sentence_of_a_command_sent_long_ago_says_when() -> None:
    home = Home()
    actor = replace(home.actor(), sent_at=NOON - MINUTE)
    home.do(Disarm(actor))
    (words,) = sentences(home.effects, ANN)
    assert words.args["sent_at"] == (NOON - seconds(60)).isoformat()
