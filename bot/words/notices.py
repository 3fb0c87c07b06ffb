"""Every sentence that the alarm can say, as a page."""

from __future__ import annotations

from alarm.core.deliveries import Words
from alarm.core.notices import Notice
from alarm.core.state import State
from bot.pages import Page
from bot.words import (
    doorbell,
    duress,
    left_out,
    notices_ahead,
    notices_alarm,
    notices_blink,
    notices_clock,
    notices_contacts,
    notices_modes,
    notices_panel,
    notices_people,
    notices_self,
    panic,
    pins,
    plan,
    privacy,
    screen,
    settings,
)
from bot.words.said import Said, Wording
from bot.words.view import View

TABLE: dict[Notice, Wording] = {
    **notices_panel.TABLE,
    **notices_modes.TABLE,
    **left_out.TABLE,
    **panic.TABLE,
    **notices_alarm.TABLE,
    **notices_blink.TABLE,
    **notices_self.TABLE,
    **screen.TABLE,
    **settings.TABLE,
    **notices_clock.TABLE,
    **notices_ahead.TABLE,
    **pins.TABLE,
    **duress.TABLE,
    **privacy.TABLE,
    **notices_people.TABLE,
    **doorbell.TABLE,
    **notices_contacts.TABLE,
    **plan.TABLE,
}


def sentence(words: Words, state: State, view: View) -> Page:
    """Word a notice; what it lacks is left out."""
    return TABLE[words.notice](Said(words, state, view))
