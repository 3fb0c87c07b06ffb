"""Telegram's Bot API on loopback: refuses what Telegram refuses, and plays the people in it."""

from __future__ import annotations

from simulator.telegram.chats import Button, Chat, SentMessage, Version
from simulator.telegram.files import MediaFile
from simulator.telegram.people import Person
from simulator.telegram.stand_in import TelegramStandIn
from simulator.telegram.world import CallbackAnswer, Deed, Happening

__all__ = [
    "Button",
    "CallbackAnswer",
    "Chat",
    "Deed",
    "Happening",
    "MediaFile",
    "Person",
    "SentMessage",
    "TelegramStandIn",
    "Version",
]
