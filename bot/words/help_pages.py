"""The answer to /help: a short first page, and one page for each topic."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.pages import Button, Page, Press
from bot.words.markup import bold, page

BACK = Button("‹ Back", Press.HELP)
PER_ROW = 2


@dataclass(frozen=True, slots=True)
class Topic:
    """`of_areas`: lines for homes with several areas; in others nobody reads the word."""

    title: str
    lines: tuple[str, ...]
    of_areas: tuple[str, ...] = ()


# By the word in the button's data; whoever adds a command adds its line to one of these.
TOPICS: dict[str, Topic] = {
    "guarding": Topic(
        "Guarding",
        (
            "/arm when you leave, /disarm when you are back",
            "/arm home while you are there, /arm night when you sleep",
            "/arm until 7:00, /arm in 10m, /disarm 2h: for a time, or later",
            "/mode shows and changes away, home and night",
            "/panic raises the alarm by hand, armed or not",
            "/ack stops the calls, like the button",
            "/threshold 3 in 2m: alarm after 3 motions within 2 minutes",
            "/threshold night 1: another rule at night",
            "/pin: ask for a PIN before the alarm is ended",
            "/status pin keeps the state on top of this chat",
        ),
        of_areas=("/arm cabin, /disarm cabin: one area alone",),
    ),
    "cameras": Topic(
        "Cameras",
        (
            "/cameras shows every camera",
            "/clip Garage sends its latest video",
            "/camera Front door rule 1: one motion there is enough",
            "/bypass Garage leaves a camera out until the next disarm",
            "/snooze Garage 30m leaves it out for a time, /unbypass ends that",
            "/privacy home on: cameras that do not count are off meanwhile",
            "/doorbell on: rings at the door are told while disarmed too",
            "/distinct 2: alarm only if 2 different cameras see motion",
            "/swinger 2: leave out a camera that was alone behind 2 false alarms",
        ),
    ),
    "schedule": Topic(
        "Schedule",
        (
            "/schedule arms and disarms by the clock: the week, with buttons",
            "/vacation until 12 dec: armed until then, whatever the schedule says",
        ),
        of_areas=(
            "/schedule add fri 18:00-20:00 away in cabin: for one area alone",
            "/schedule change 2 in all areas: window 2 is for all of them",
        ),
    ),
    "people": Topic(
        "People",
        (
            "/invite lets somebody in (owners)",
            "/users shows who is here, changes roles, sends away (owners)",
            "/home in a group makes it the home's: alarms are told there too (owners)",
            "/journal shows who did what when (owners)",
        ),
    ),
    "calls": Topic(
        "Calls",
        (
            "When nobody reacts here, phones ring in order until somebody does.",
            "/contacts tells who is called: order, quiet hours, test calls",
            "/plan tells what would happen now, step by step",
            "/test shows here how an alarm looks, /test call rings the phones too",
            "/settings calls changes how long it waits and how often it calls",
        ),
    ),
    "settings": Topic(
        "Settings",
        (
            "/settings changes delays, rules and calls by buttons",
            "/settings exit delay 45s changes one by name",
            "/settings false alarms: countdown, cancel window and the like",
            "/code 123456 passes on a login code of Blink",
        ),
    ),
}


# As it stands in a line: /arm, not the dates of "until 12/24".
_COMMAND = re.compile(r"(?<!\S)/([a-z]+)")
WHEN_AN_ALARM_COMES = (
    bold("When an alarm comes"),
    "It is written here, and then your phones ring. Press:",
    "• <b>Acknowledge</b>: I know of it, stop the calls. It stays armed.",
    "• <b>False alarm</b>: it was nothing. It stays armed.",
    "• <b>Disarm</b>: stop everything.",
)
LOOKING_ON = "You may look. Arming, and ending an alarm, is for members."
POLICE = "Is somebody in the house? Call the police. This bot never does."


def help_page(
    about: str = "", *, areas: bool = False, may: Callable[[str], bool] = lambda _: True
) -> Page:
    """Answer /help: the page of a topic, or the first page.

    `areas`: there are several. `may`: tells whether the reader may use a command; lines with
    others are left out, and topics with nothing else.
    """
    shown = {key: lines for key, topic in TOPICS.items() if (lines := _lines(topic, areas, may))}
    key = about.strip().casefold()
    if key in shown:
        return page([bold(TOPICS[key].title), "", *shown[key]], [BACK])
    buttons = [Button(TOPICS[key].title, Press.HELP, key) for key in shown]
    return page(
        [
            bold("Your cameras watch, this bot raises the alarm."),
            "",
            *(_fit(("/arm when you leave, /disarm when you are back.",), may)),
            "/status tells whether all is well.",
            "",
            *(WHEN_AN_ALARM_COMES if may("disarm") else (LOOKING_ON,)),
            POLICE,
            "",
            "More about:",
        ],
        *(buttons[at : at + PER_ROW] for at in range(0, len(buttons), PER_ROW)),
    )


def _lines(topic: Topic, areas: bool, may: Callable[[str], bool]) -> list[str]:
    """Return what a topic tells a reader; nothing where it names no command for him."""
    lines = _fit((*topic.lines, *(topic.of_areas if areas else ())), may)
    return lines if any(_COMMAND.search(line) for line in lines) else []


def _fit(lines: Iterable[str], may: Callable[[str], bool]) -> list[str]:
    return [line for line in lines if all(map(may, _COMMAND.findall(line)))]
