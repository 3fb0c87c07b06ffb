"""No number that calls for help, anywhere in the world, is ever called."""

from __future__ import annotations

import re
from functools import cache

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from phonenumbers import shortnumberinfo
from phonenumbers.phonemetadata import PhoneMetadata

from alarm.core.errors import BadInput
from alarm.phone.numbers import LONGEST_EMERGENCY, parse_number
from tests.phone.bench import refused_number


@cache
def emergency_numbers() -> dict[str, tuple[str, ...]]:
    """Return every emergency number of every region, found by trying all that fit its pattern."""
    of_pattern: dict[tuple[str, tuple[int, ...]], tuple[str, ...]] = {}
    found: dict[str, tuple[str, ...]] = {}
    for region in shortnumberinfo.SUPPORTED_SHORT_REGIONS:
        metadata = PhoneMetadata.short_metadata_for_region(region)
        pattern = metadata.emergency if metadata else None
        if pattern is None or pattern.national_number_pattern is None:
            continue
        key = (pattern.national_number_pattern, tuple(pattern.possible_length))
        if key not in of_pattern:
            fits = re.compile(key[0]).fullmatch
            of_pattern[key] = tuple(
                digits
                for length in key[1]
                for digits in (f"{n:0{length}}" for n in range(10**length))
                if fits(digits)
            )
        found[region] = of_pattern[key]
    return found


def test_the_emergency_numbers_of_the_world_are_known() -> None:
    numbers = emergency_numbers()
    assert len(numbers) > 200
    assert all(numbers.values())
    assert {"911", "112", "999", "000", "110", "10111"} <= {n for r in numbers.values() for n in r}
    assert max(len(n) for r in numbers.values() for n in r) <= LONGEST_EMERGENCY


def test_every_emergency_number_is_refused_however_it_is_typed() -> None:
    for digits in {n for numbers in emergency_numbers().values() for n in numbers}:
        for text in (digits, f"+{digits}", " ".join(digits), f"({digits[0]}){digits[1:]}"):
            assert "Emergency numbers" in refused_number(text)


def test_every_emergency_number_is_refused_with_its_country_and_its_code() -> None:
    for region, numbers in emergency_numbers().items():
        if region not in phonenumbers.SUPPORTED_REGIONS:
            continue
        code = phonenumbers.country_code_for_region(region)
        for digits in numbers:
            assert "Emergency numbers" in refused_number(digits, region)
            refused_number(f"+{code}{digits}")
            refused_number(f"+{code} {digits}", region)


@pytest.mark.parametrize(
    ("text", "region"),
    [
        *(("+1911", None), ("+1 911", "US"), ("+44999", None), ("+44 (112)", "GB")),
        *(("0044999", "GB"), ("+49 110", None), ("+61 000", None), ("011 1 911", "US")),
    ],
)
def test_an_emergency_number_behind_a_country_code_is_refused(
    text: str, region: str | None
) -> None:
    assert "Emergency numbers" in refused_number(text, region)


@settings(deadline=None)
@given(st.sampled_from(sorted(phonenumbers.SUPPORTED_REGIONS)))
def test_the_short_numbers_of_every_country_are_refused(region: str) -> None:
    code = phonenumbers.country_code_for_region(region)
    short = shortnumberinfo._example_short_number(region)
    if short:
        refused_number(f"+{code}{short}")
        refused_number(short, region)
        refused_number(short)


@settings(deadline=None)
@given(st.text("0123456789", max_size=20))
def test_no_number_that_is_taken_calls_for_help_anywhere(digits: str) -> None:
    try:
        number = parse_number(f"+{digits}")
    except BadInput:
        return
    national = phonenumbers.national_significant_number(phonenumbers.parse(number))
    for region in shortnumberinfo.SUPPORTED_SHORT_REGIONS:
        assert not shortnumberinfo.is_emergency_number(national, region)
        assert not shortnumberinfo.is_emergency_number(number[1:], region)
