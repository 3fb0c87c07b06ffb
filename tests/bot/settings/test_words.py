"""Every variable that is a text: what it may look like, and what is malformed."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.config import TwilioConfig
from tests.bot.settings.bench import TWILIO, config, refused

UUID = "6E1C1D0A-0B46-4B43-9E30-5B5C3C2B1A00"

# (variable, attribute, accepted texts with their values, refused texts)
WORDS: list[tuple[str, str, dict[str, Any], list[str]]] = [
    (
        "TELEGRAM_BOT_TOKEN",
        "telegram_bot_token",
        {"1:A": "1:A", " 123456789:AAE_x-y9 ": "123456789:AAE_x-y9"},
        ["abc", "12341234", ":AAE1", "43214321:", "bot123:AAE", "123:AA/E", "123:A E", "1:AAé"],
    ),
    (
        "TELEGRAM_OWNER_ID",
        "telegram_owner_id",
        {"1": 1, " 5000000000 ": 5000000000, "9" * 16: int("9" * 16)},
        ["0", "-100", "+1", "01", "@ann", "1.0", "9" * 17, "٣"],
    ),
    (
        "BLINK_EMAIL",
        "blink_email",
        {"a@b": "a@b", " ann@example.org ": "ann@example.org"},
        ["ann", "@example.org", "ann@", "ann lee@example.org"],
    ),
    (
        "BLINK_PASSWORD",
        "blink_password",
        {" two blanks ": " two blanks ", "x": "x", "pä$$'\"#=\\": "pä$$'\"#=\\", "**a**": "**a**"},
        ["***", "*", "line\nbreak", "bell\x07", "del\x7f", "\udcff"],
    ),
    (
        "UNIQUE_LOGIN_ID",
        "blink_hardware_id",
        {
            UUID: UUID,
            f" {UUID.lower()} ": UUID.lower(),
            "BlinkCamera_4208": None,
            "***": None,
            "tab\there": None,
            UUID.replace("-", ""): None,
            "{6E1C1D0A0B46-4B439E305B5C3C2B1A00-}": None,
            UUID.replace("1C1D", "1_1D"): None,
            f"{UUID}0": None,
        },
        [],
    ),
    (
        "TIMEZONE",
        "time_zone",
        {"UTC": ZoneInfo("UTC"), " America/New_York ": ZoneInfo("America/New_York")},
        [
            "Mars/Base",
            "America",
            "../etc/passwd",
            "/etc/passwd",
            "zone.tab",
            "CEST",
            ".",
            "a" * 5000,
            "Zürich",
        ],
    ),
    (
        "HEARTBEAT_URL",
        "heartbeat_url",
        {
            "https://hc-ping.com/5a0c": "https://hc-ping.com/5a0c",
            " http://[::1]:8000/p?a=b ": "http://[::1]:8000/p?a=b",
        },
        [
            "hc-ping.com/5a0c",
            "ftp://x",
            "https://",
            "https://x:99999",
            "http://x:0",
            "http://[",
            "http://a b",
            "http://a/ b",
            "javascript:x",
            "http://snow☃man",
            "http://a|b",
        ],
    ),
    (
        "LOG_LEVEL",
        "log_level",
        {
            "DEBUG": "DEBUG",
            " warning ": "WARNING",
            "Error": "ERROR",
            "critical": "CRITICAL",
            "info": "INFO",
        },
        ["LOUD", "10", "NOTSET", "WARN "],
    ),
    *(
        (
            name,
            name.lower(),
            {
                "http://127.0.0.1:8081": "http://127.0.0.1:8081",
                "https://stand-in.example/base/": "https://stand-in.example/base",
            },
            ["127.0.0.1:8081", "http://", "http://x?y=1", "http://x#y", "ws://x", "http://x y"],
        )
        for name in ("TELEGRAM_API_URL", "BLINK_API_URL", "TWILIO_API_URL")
    ),
]


@pytest.mark.parametrize(
    ("name", "attribute", "text", "value"),
    [(n, a, text, v) for n, a, texts, _ in WORDS for text, v in texts.items()],
)
def test_a_text_of_the_right_form_is_taken(
    name: str, attribute: str, text: str, value: object
) -> None:
    assert getattr(config(**{name: text}), attribute) == value


@pytest.mark.parametrize(
    ("name", "text"), [(n, text) for n, _, _, texts in WORDS for text in texts]
)
def test_a_text_of_another_form_is_refused_without_repeating_it(name: str, text: str) -> None:
    error = refused(**{name: text})
    assert error.variable == name
    assert str(error).startswith(f"{name} ")
    assert len(text) < 4 or text not in str(error)


TWILIO_WORDS: list[tuple[str, dict[str, str], list[str]]] = [
    ("TWILIO_ACCOUNT_SID", {" AC12 ": "AC12"}, ["AC/12", "AC 12", "ACé", "***"]),
    ("TWILIO_AUTH_TOKEN", {" 0a1b ": "0a1b"}, ["0a 1b", "***"]),
    (
        "TWILIO_FROM_NUMBER",
        {"+1 (500) 555-0006": "+15005550006"},
        ["5005550006", "0044", "911", "+1", "five five five", "+15005550006,+15005550007"],
    ),
]


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [(n, text, v) for n, texts, _ in TWILIO_WORDS for text, v in texts.items()],
)
def test_a_twilio_value_is_taken_without_its_blanks(name: str, text: str, value: str) -> None:
    given = TWILIO | {name: text}
    assert config(**given).twilio == TwilioConfig(
        account_sid=value if name == "TWILIO_ACCOUNT_SID" else TWILIO["TWILIO_ACCOUNT_SID"],
        auth_token=value if name == "TWILIO_AUTH_TOKEN" else TWILIO["TWILIO_AUTH_TOKEN"],
        from_number=value if name == "TWILIO_FROM_NUMBER" else TWILIO["TWILIO_FROM_NUMBER"],
    )


@pytest.mark.parametrize(
    ("name", "text"), [(n, text) for n, _, texts in TWILIO_WORDS for text in texts]
)
def test_a_malformed_twilio_value_is_refused(name: str, text: str) -> None:
    error = refused(**TWILIO | {name: text})
    assert error.variable == name
    assert text not in str(error)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("+447700900123", ("+447700900123",)),
        ("+44 7700 900123 , +1 500 555 0006,", ("+447700900123", "+15005550006")),
        ("+447700900123,+44-7700-900123", ("+447700900123",)),
    ],
    ids=["one", "two", "the same twice"],
)
def test_numbers_that_ring_are_separated_by_commas(text: str, numbers: tuple[str, ...]) -> None:
    assert config(**TWILIO | {"TWILIO_TO_NUMBER": text}).to_numbers == numbers


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (",", "names no phone number"),
        ("07700900123", "country code"),
        ("+447700900123,112", "number 2"),
        ("+447700900123;+15005550006", "not a phone number"),
        ("911", "Emergency numbers"),
    ],
)
def test_a_number_that_cannot_ring_is_refused_with_the_reason(text: str, hint: str) -> None:
    error = refused(**TWILIO | {"TWILIO_TO_NUMBER": text})
    assert error.variable == "TWILIO_TO_NUMBER"
    assert hint in str(error)
    assert len(text) < 2 or text not in str(error)
