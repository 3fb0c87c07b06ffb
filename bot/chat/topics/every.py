"""All topics of the chat, put together once."""

from __future__ import annotations

from bot.chat.codes import Codes
from bot.chat.keypads import Keypads
from bot.chat.last_clip import LastClip
from bot.chat.topics.at_the_door import AtTheDoor
from bot.chat.topics.by_the_clock import ByTheClock
from bot.chat.topics.contacts import Contacts
from bot.chat.topics.desk import Desk, Topic
from bot.chat.topics.guarding import Guarding
from bot.chat.topics.looking import Looking
from bot.chat.topics.modes import Modes
from bot.chat.topics.panicking import Panicking
from bot.chat.topics.past import LookingBack
from bot.chat.topics.people import People
from bot.chat.topics.pins import PinTopic
from bot.chat.topics.planning import Planning
from bot.chat.topics.private import Private
from bot.chat.topics.scheduling import Scheduling
from bot.chat.topics.screen import Screen
from bot.chat.topics.signing_in import SigningIn
from bot.chat.topics.single_cameras import SingleCameras
from bot.chat.topics.tuning import Tuning
from bot.past import Past
from bot.vitals import Vitals


def every_topic(
    desk: Desk, vitals: Vitals, codes: Codes, last_clip: LastClip, past: Past
) -> tuple[Topic, ...]:
    """Return every topic; each command and each press belongs to one of them."""
    keypads = Keypads(desk)
    return (
        Looking(desk, last_clip),
        Screen(desk),
        Guarding(desk, vitals),
        Tuning(desk),
        Modes(desk),
        SingleCameras(desk),
        Panicking(desk),
        Scheduling(desk),
        ByTheClock(desk),
        Contacts(desk),
        Planning(desk),
        SigningIn(desk, codes, keypads),
        PinTopic(desk, keypads),
        Private(desk),
        People(desk),
        LookingBack(desk, past),
        AtTheDoor(desk),
    )
