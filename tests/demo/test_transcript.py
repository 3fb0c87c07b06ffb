"""What each happening looks like, with messages and calls of the real stand-ins."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from io import StringIO

import pytest

from bot.demo.paper import Paper
from bot.demo.transcript import Transcript
from simulator.telegram import Deed, Happening, MediaFile, SentMessage, TelegramStandIn
from simulator.telegram.files import MediaKind
from simulator.telegram.limits import Formatted
from simulator.twilio import BUSY, FAILED, NO_ANSWER, Behaviour, Call, human
from simulator.twilio.call import Pace
from simulator.twilio.twiml import read
from tests.demo.bench import Screen

NIGHT = datetime(2026, 3, 1, 22, 3, 7, tzinfo=UTC)
NUMBER = "+442079460123"
TWIML = '<Response><Say loop="3">Motion in the Hall.</Say></Response>'


class Page:
    """A chat of Ann with the bot, and the transcript of it."""

    def __init__(self, *, width: int = 70, screen: StringIO | None = None) -> None:
        self.stream = screen or StringIO()
        paper = Paper(self.stream, {}, width=width)
        self.now = NIGHT
        self.tell = Transcript(
            paper,
            cameras=["Hall", "Front Door"],
            phones={NUMBER: "Bob's phone"},
            zone=timezone(timedelta(hours=1)),
            clock=lambda: self.now,
        )
        self.telegram = TelegramStandIn(now=lambda: self.now)
        self.telegram.on_message = self.tell.chat
        self.ann = self.telegram.person(1001, "Ann")

    @property
    def lines(self) -> list[str]:
        """Return the lines since the last look."""
        text = self.stream.getvalue()
        self.stream.seek(0)
        self.stream.truncate()
        return text.splitlines()

    def sends(self, text: str, *rows: list[str], media: MediaFile | None = None) -> SentMessage:
        message = self.telegram.world.add_message(
            self.ann.chat,
            self.telegram.world.bot,
            Formatted(text, [], text),
            markup=keyboard(*rows),
            media=media,
        )
        self._happens(Deed.SENT, message)
        return message

    def edits(self, message: SentMessage, text: str, *rows: list[str]) -> None:
        message.change(Formatted(text, [], text), keyboard(*rows), self.now, 0.0)
        self._happens(Deed.EDITED, message)

    def deletes(self, message: SentMessage) -> None:
        self._happens(Deed.DELETED, message)

    def notices(self, text: str) -> None:
        self._happens(Deed.ANSWERED, None, text)

    def _happens(self, deed: Deed, message: SentMessage | None, text: str = "") -> None:
        words = message.text if message else text
        self.telegram.world.tell(Happening(deed, self.ann.chat, "Home alarm", words, message))

    def calls(self, behaviour: Behaviour, *, until: float, twiml: str = TWIML) -> Call:
        """Let a phone ring, and tell of it up to this second."""
        call = Call("CA1", NUMBER, "+15005550006", twiml, created=0.0, behaviour=behaviour)
        call.live(read(twiml), Pace(queued=1, answer=2, ring=20, detect=0))
        self.tell.call(call)
        call.advance(until, self.tell.call)
        return call


def keyboard(*rows: list[str]) -> dict[str, object] | None:
    if not rows:
        return None
    buttons = [[{"text": text, "callback_data": text} for text in row] for row in rows]
    return {"inline_keyboard": buttons}


def picture(kind: MediaKind) -> MediaFile:
    return MediaFile(kind, "PHOTO_1", "picture.jpg", "image/jpeg", b"\xff\xd8\xff")


def test_a_person_writes_at_the_time_of_the_home() -> None:
    page = Page()
    page.ann.write("/arm")
    assert page.lines == ["23:03:07  chat     Ann: /arm"]


def test_a_message_stays_right_of_its_lane_with_its_buttons_under_it() -> None:
    page = Page()
    page.sends("🚨 ALARM: Hall\n2 events", ["Acknowledge"], ["False alarm", "Disarm"])
    assert page.lines == [
        "23:03:07  chat     Bot: 🚨 ALARM: Hall",
        "                        2 events",
        "                        [Acknowledge]",
        "                        [False alarm] [Disarm]",
    ]


def test_a_long_line_breaks_within_the_lane() -> None:
    page = Page(width=50)
    page.sends("Nothing is missing: 5 cameras, phone")
    assert page.lines == [
        "23:03:07  chat     Bot: Nothing is missing: 5",
        "                        cameras, phone",
    ]


def test_an_edit_shows_only_the_lines_that_changed_and_which_message_it_was() -> None:
    page = Page()
    message = page.sends("ALARM: Hall\n2 events\nCalling Bob in 30 s", ["Acknowledge"])
    assert len(page.lines) == 4
    page.now += timedelta(seconds=30)
    page.edits(message, "ALARM: Hall\n2 events\nBob: no answer", ["Acknowledge"])
    assert page.lines == ["23:03:37  chat     Bot: (edits 23:03:07) Bob: no answer"]


def test_an_edit_shows_buttons_that_changed_or_went() -> None:
    page = Page()
    message = page.sends("ALARM: Hall", ["Acknowledge"], ["Disarm"])
    page.edits(message, "ALARM: Hall", ["Disarm"])
    page.edits(message, "ALARM over")
    assert page.lines[3:] == [
        "23:03:07  chat     Bot: (edits 23:03:07) [Disarm]",
        "23:03:07  chat     Bot: (edits 23:03:07) ALARM over",
        "                        (no buttons any more)",
    ]


def test_an_edit_that_only_takes_away_says_what() -> None:
    page = Page()
    message = page.sends("Armed\nBlink not confirmed yet")
    page.edits(message, "Armed")
    assert page.lines[2:] == [
        "23:03:07  chat     Bot: (edits 23:03:07) (no longer: Blink not",
        "                        confirmed yet)",
    ]


def test_a_deleted_message_is_named_by_its_time() -> None:
    page = Page()
    page.deletes(page.sends("Hello"))
    assert page.lines[1:] == ["23:03:07  chat     Bot: (deletes 23:03:07)"]


@pytest.mark.parametrize(
    ("kind", "caption", "line"),
    [
        (MediaKind.PHOTO, "22:03:07 Front Door", "(picture: Front Door) 22:03:07"),
        (MediaKind.VIDEO, "Hall, 22:03 (30 s ago)", "(clip: Hall) 22:03 (30 s ago)"),
        (MediaKind.PHOTO, "Cellar", "(picture) Cellar"),
        (MediaKind.DOCUMENT, "", "(file)"),
    ],
)
def test_a_picture_is_shown_as_its_camera(kind: MediaKind, caption: str, line: str) -> None:
    page = Page()
    page.sends(caption, media=picture(kind))
    assert page.lines == [f"23:03:07  chat     Bot: {line}"]


def test_a_press_is_told_and_an_empty_notice_is_not() -> None:
    page = Page()
    page.sends("ALARM", ["Acknowledge"])
    page.ann.press("Acknowledge")
    page.notices("")
    page.notices("Already over.")
    assert page.lines[2:] == [
        "23:03:07  chat     Ann: presses [Acknowledge]",
        "23:03:07  chat     Bot: (for a moment) Already over.",
    ]


def test_a_phone_that_is_picked_up_says_its_words_once() -> None:
    page = Page()
    page.calls(human(listens=4), until=100)
    assert page.lines == [
        "23:03:07  phone    Bob's phone rings ...",
        '23:03:07  phone    picked up; a voice says, again and again: "Motion',
        '                   in the Hall."',
        "23:03:07  phone    hung up after 4 s",
    ]


@pytest.mark.parametrize(
    ("behaviour", "words"),
    [(NO_ANSWER, "nobody answers"), (BUSY, "engaged"), (FAILED, "the call fails")],
    ids=lambda value: value if isinstance(value, str) else value.answer.value,
)
def test_a_call_that_reaches_nobody_says_why(behaviour: Behaviour, words: str) -> None:
    page = Page()
    page.calls(behaviour, until=100)
    assert page.lines[-1] == f"23:03:07  phone    {words}"


def test_a_call_that_the_alarm_ends_is_told_as_that() -> None:
    page = Page()
    ringing, talking = page.calls(human(), until=2), page.calls(human(), until=4)
    page.lines  # noqa: B018 - what came before is not looked at
    for call in (ringing, talking):
        call.hang_up(5.0)
        page.tell.call(call)
    assert page.lines == [
        "23:03:07  phone    stops ringing: the alarm ends the call",
        "23:03:07  phone    the alarm ends the call after 2 s",
    ]


def test_cameras_have_a_lane_and_say_whether_they_record() -> None:
    page = Page()
    page.tell.motion("Hall", True)
    page.tell.motion("Hall", False)
    page.tell.armed(True)
    page.tell.armed(False)
    assert page.lines == [
        "23:03:07  camera   Hall: motion, a clip is recorded",
        "23:03:07  camera   Hall: motion, nothing is recorded, Blink is",
        "                   disarmed",
        "23:03:07  camera   Blink is armed: motion is recorded",
        "23:03:07  camera   Blink is disarmed: nothing is recorded any more",
    ]


def test_a_part_has_a_rule_as_wide_as_the_page() -> None:
    page = Page(width=40)
    page.tell.part("A burst", "Two events are an alarm.")
    assert page.lines == ["", "== A burst " + "=" * 29, "Two events are an alarm."]


def test_usage_stands_in_two_columns() -> None:
    page = Page(width=40)
    page.tell.table([("!quit", "end"), ("/status", "see how things stand with the alarm")])
    assert page.lines == [
        "  !quit    end",
        "  /status  see how things stand with the",
        "           alarm",
    ]


def test_on_a_terminal_the_alarm_is_red_and_every_colour_ends_in_its_line() -> None:
    page = Page(screen=Screen())
    message = page.sends("🚨 ALARM: Hall", ["Acknowledge"])
    page.edits(message, "☑️ ALARM over: Hall")
    alarm, buttons, over, _ = page.lines
    assert "\033[1;31m🚨 ALARM: Hall\033[0m" in alarm
    assert "\033[36m[Acknowledge]\033[0m" in buttons
    assert "\033[1;31m" not in over
    for line in (alarm, buttons, over):
        assert line.count("\033[") == 2 * line.count("\033[0m")
