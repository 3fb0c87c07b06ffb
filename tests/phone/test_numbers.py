"""Numbers as people type them, and those that an alarm must never call."""

from __future__ import annotations

import re

import phonenumbers
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from alarm.core.errors import BadInput
from alarm.phone.numbers import doubtful, masked, parse_number
from tests.phone.bench import refused_number

LONDON = "+442079460123"
WASHINGTON = "+12025550123"


# -- what people type ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "+442079460123",
        "+44 20 7946 0123",
        "+44 (0)20 7946 0123",
        "  +44 20 7946 0123\n",
        "+44-20-7946-0123",
        "+44.20.7946.0123",
        "+44/20/7946/0123",
        "+44 (20) 7946-0123",
        "+44\u00a020\u202f7946\u20090123",
        "+44\u201320\u20147946\u22120123",
        "\u202a+44 20 7946 0123\u202c",
        "\u2066+44\u200b2079460123\u2069",
        "＋４４ ２０ ７９４６ ０１２３",
        "+٤٤ ٢٠ ٧٩٤٦ ٠١٢٣",
    ],
)
@pytest.mark.parametrize("region", [None, "GB", "gb", "US"])
def test_a_number_with_its_country_code_is_understood_however_it_is_parted(
    text: str, region: str | None
) -> None:
    assert parse_number(text, region) == LONDON


@pytest.mark.parametrize(
    ("text", "region", "number"),
    [
        ("020 7946 0123", "GB", LONDON),
        ("020 7946 0123", "gb", LONDON),
        ("0044 20 7946 0123", "GB", LONDON),
        ("011 44 20 7946 0123", "US", LONDON),
        ("(202) 555-0123", "US", WASHINGTON),
        ("1 202 555 0123", "US", WASHINGTON),
        ("06 698 99999", "IT", "+390669899999"),
        ("030 901820", "DE", "+4930901820"),
    ],
)
def test_a_number_without_its_country_code_is_understood_in_a_known_country(
    text: str, region: str, number: str
) -> None:
    assert parse_number(text, region) == number


@pytest.mark.parametrize("text", ["020 7946 0123", "2079460123", "0044 20 7946 0123"])
def test_a_number_without_its_country_code_is_refused_where_no_country_is_known(
    text: str,
) -> None:
    assert refused_number(text) == (
        f"The number ending in 23 must start with + and the country code, like {LONDON}"
    )


@pytest.mark.parametrize("region", ["XX", "", "GBR", "44", "United Kingdom"])
def test_a_country_that_does_not_exist_is_refused(region: str) -> None:
    assert "two letters" in refused_number(LONDON, region)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "+", "++442079460123", "44+2079460123", "Bob", "+1-800-FLOWERS", "½"),
        *("+44 20 7946 O123", "+442079460123;ext=5", "+442079460123 x5", "*21*+44#"),
        *("+442079460123, +12025550123", "tel:+442079460123"),
    ],
)
def test_what_is_no_number_is_refused_with_an_example(text: str) -> None:
    assert "write it like" in refused_number(text)


def test_a_country_code_that_nobody_has_is_refused() -> None:
    assert "no known country code" in refused_number("+9992079460123")
    assert "no known country code" in refused_number("+0442079460123")


@pytest.mark.parametrize("text", ["+442", "+44207", "+4420794601234", "+44" + "2" * 50])
def test_a_number_of_an_impossible_length_is_refused(text: str) -> None:
    assert "too few or too many digits" in refused_number(text)


@pytest.mark.parametrize("text", ["+44 118 118", "+44 116000", "+49 11833", "+33 3008"])
def test_a_short_number_behind_a_country_code_is_refused_as_such(text: str) -> None:
    assert "short number" in refused_number(text)


# The plans that come with a program grow old; new ranges are opened every year.
@pytest.mark.parametrize(
    "number", ["+442979460123", "+44207946012", "+11234567890", "+491234567890", "+12223334444"]
)
def test_a_number_that_no_plan_knows_is_taken_and_doubted(number: str) -> None:
    assert parse_number(number) == number
    assert doubtful(number)


@pytest.mark.parametrize("text", ["+12025540", "+15550123", "+4923", "+4912345"])
def test_a_number_without_its_area_is_refused(text: str) -> None:
    assert "too few or too many digits" in refused_number(text)


@pytest.mark.parametrize("text", ["+19115551234", "+12115550123", "+49 1121234567"])
def test_a_number_of_no_plan_that_begins_like_a_call_for_help_is_refused(text: str) -> None:
    assert "Emergency numbers" in refused_number(text)


@pytest.mark.parametrize(
    "number",
    ["+15005550006", "+15551234567", "+15550001111", "+12125550100", "+447700900000"],
)
def test_numbers_for_trials_and_films_are_allowed(number: str) -> None:
    assert parse_number(number) == number
    assert not doubtful(number)


@pytest.mark.parametrize("number", ["+447700901000", "+10005551234"])
def test_what_only_looks_like_a_number_for_films_is_doubted(number: str) -> None:
    assert doubtful(parse_number(number))


@pytest.mark.parametrize("number", ["+155512345678", "+1555123456"])
def test_a_number_for_films_has_as_many_digits_as_any_other(number: str) -> None:
    assert "too few or too many digits" in refused_number(number)


# -- all countries ---------------------------------------------------------------------------------

ORDINARY = [
    PhoneNumberType.FIXED_LINE,
    PhoneNumberType.MOBILE,
    PhoneNumberType.FIXED_LINE_OR_MOBILE,
    PhoneNumberType.VOIP,
]


@pytest.mark.parametrize("kind", ORDINARY)
def test_the_ordinary_numbers_of_every_country_are_taken_as_they_are_written(kind: int) -> None:
    seen = 0
    for region in phonenumbers.SUPPORTED_REGIONS:
        number = phonenumbers.example_number_for_type(region, kind)
        if number is None:
            continue
        seen += 1
        e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
        international = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
        national = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
        assert parse_number(international) == e164
        assert not doubtful(e164)
        assert parse_number(national, region) == e164
    assert seen


def test_the_premium_numbers_of_every_country_are_refused() -> None:
    seen = 0
    for region in phonenumbers.SUPPORTED_REGIONS:
        number = phonenumbers.example_number_for_type(region, PhoneNumberType.PREMIUM_RATE)
        if number is not None:
            seen += 1
            e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
            assert "premium-rate" in refused_number(e164)
    assert seen > 100


# -- rules -----------------------------------------------------------------------------------------

DIGITS = st.text("0123456789", max_size=20)
TYPED = st.text() | DIGITS.map("+".__add__) | st.text("+0123456789 ()-./", max_size=25)
REGIONS = st.none() | st.sampled_from(["GB", "US", "DE", "AU", "ZA"]) | st.text(max_size=3)


@settings(deadline=None)
@given(TYPED, REGIONS)
@example("+44 20 7946 0123", None)
@example("9" * 5000, "GB")
def test_whatever_is_typed_is_refused_politely_or_becomes_one_fixed_number(
    text: str, region: str | None
) -> None:
    try:
        number = parse_number(text, region)
    except BadInput:
        refused_number(text, region)
        return
    assert re.fullmatch(r"\+[1-9][0-9]{6,14}", number)
    assert parse_number(number) == number


# -- for the log -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (LONDON, "+44 ... 23"),
        (WASHINGTON, "+1 ... 23"),
        ("+4930901820", "+49 ... 20"),
        ("02079460123", "... 23"),
        ("nonsense", "... "),
        ("", "... "),
    ],
)
def test_a_number_in_a_log_shows_its_country_and_two_digits(number: str, shown: str) -> None:
    assert masked(number) == shown


@settings(deadline=None)
@given(st.text() | DIGITS.map("+".__add__))
def test_no_masked_number_can_be_called(number: str) -> None:
    shown = masked(number)
    assert re.fullmatch(r"(\+[0-9]{1,3} )?\.\.\. [0-9]{0,2}", shown)
