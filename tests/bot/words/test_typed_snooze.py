"""For how long a camera is left out, as people write it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from alarm.core.errors import BadInput
from bot.words.typed_snooze import HOW_TO_SNOOZE, read_snooze
from bot.words.typed_times import Here

# 14:30 in Berlin.
HERE = Here(datetime(2026, 3, 4, 13, 30, tzinfo=UTC), ZoneInfo("Europe/Berlin"))


@pytest.mark.parametrize(
    ("text", "named", "minutes"),
    [
        ("garage 30m", "garage", 30),
        ("garage for 10m", "garage", 10),
        ("Room For Guests for 1 h 30 min", "Room For Guests", 90),
        ("front door until 20:00", "front door", 330),
        ("front door till tomorrow 14:30", "front door", 24 * 60),
        ("30m", "", 30),
        ("until 20:00", "", 330),
        ("hall until 14:31", "hall", 1),
    ],
)
def test_a_camera_and_a_time_are_read(text: str, named: str, minutes: int) -> None:
    assert read_snooze(text, HERE) == (named, timedelta(minutes=minutes))


@pytest.mark.parametrize(
    "text",
    ["", "hall", "hall for", "hall until", "hall until 25:00", "hall until 12 mar", "hall for 59s"],
)
def test_what_has_no_time_or_a_bad_one_gets_the_range(text: str) -> None:
    with pytest.raises(BadInput) as refusal:
        read_snooze(text, HERE)
    assert str(refusal.value).endswith(HOW_TO_SNOOZE)
