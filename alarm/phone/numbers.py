"""Read phone numbers that people type; refuse those that an alarm must never call."""

from __future__ import annotations

import re
import unicodedata

import phonenumbers
from phonenumbers import (
    NumberParseException,
    PhoneNumber,
    PhoneNumberType,
    ValidationResult,
    shortnumberinfo,
)

from alarm.core.errors import BadInput

EXAMPLE = "+442079460123"
# No region has an emergency number of more digits; checked by a test.
LONGEST_EMERGENCY = 6

# The last one is the minus sign of typeset text.
_SEPARATORS = re.compile(r"[\s().\-/\u2212]")
_TYPED = re.compile(r"\+?[0-9]+")
# Of E.164 at most; no country has complete numbers of less.
_LENGTHS = re.compile(r"\+[0-9]{8,15}")
_WRONG_LENGTH = "has too few or too many digits for its country"
# Set aside for films and trials, so no plan lists them; a trial set-up may still name them.
_FICTION = re.compile(r"\+1555[0-9]{7}|\+1(?![2-9]11)[2-9][0-9]{2}555[0-9]{4}|\+447700900[0-9]{3}")


def parse_number(text: str, region: str | None = None) -> str:
    """Return the number in E.164; raise BadInput, which never names more than two digits.

    Without `region` (a country as "GB") the number must start with + and the country code.
    """
    typed = _cleaned(text)
    digits = typed.lstrip("+")
    if region is not None and region.upper() not in phonenumbers.SUPPORTED_REGIONS:
        raise BadInput("This country is not known; use its two letters, for example GB")
    if not _TYPED.fullmatch(typed):
        raise BadInput(f"This is not a phone number; write it like {EXAMPLE}")
    if _is_emergency(digits):
        raise BadInput("Emergency numbers cannot be called by an alarm; give a person's number")
    if not typed.startswith("+") and region is None:
        raise BadInput(
            f"The number{_ending(digits)} must start with + and the country code, like {EXAMPLE}"
        )
    try:
        number = phonenumbers.parse(typed, region and region.upper())
    except NumberParseException as exc:
        raise BadInput(f"The number{_ending(digits)} {_complaint(exc.error_type)}") from None
    _refuse_unfit(number, _ending(digits))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def doubtful(number: str) -> bool:
    """Tell whether no numbering plan that this program knows has this number, in E.164."""
    known = phonenumbers.is_valid_number(phonenumbers.parse(number))
    return not known and not _FICTION.fullmatch(number)


def masked(number: str) -> str:
    """Return a number fit for a log: the country code and the last two digits."""
    digits = re.sub(r"[^0-9]", "", number)
    last = digits[-2:]
    try:
        code = phonenumbers.parse(number).country_code
    except NumberParseException:
        return f"... {last}"
    return f"+{code} ... {last}"


def _refuse_unfit(number: PhoneNumber, ending: str) -> None:
    if _is_emergency(phonenumbers.national_significant_number(number)):
        raise BadInput("Emergency numbers cannot be called by an alarm; give a person's number")
    if shortnumberinfo.is_valid_short_number(number):
        raise BadInput(f"The short number{ending} cannot be called from abroad; give a full one")
    if not phonenumbers.is_possible_number(number):
        raise BadInput(f"The number{ending} {_WRONG_LENGTH}")
    if phonenumbers.number_type(number) == PhoneNumberType.PREMIUM_RATE:
        raise BadInput(f"The number{ending} is a premium-rate number; each call would cost extra")
    if not phonenumbers.is_valid_number(number):
        _refuse_unfit_unknown(number, ending)


def _refuse_unfit_unknown(number: PhoneNumber, ending: str) -> None:
    """Refuse what no later plan could know either; a number of a new range has to ring."""
    national = phonenumbers.national_significant_number(number)
    if any(
        shortnumberinfo.connects_to_emergency_number(national, region)
        for region in phonenumbers.region_codes_for_country_code(number.country_code or 0)
    ):
        raise BadInput("Emergency numbers cannot be called by an alarm; give a person's number")
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    reason = phonenumbers.is_possible_number_with_reason(number)
    # Possible within one area alone, or cut off at a digit that opens a line inside a country.
    if reason != ValidationResult.IS_POSSIBLE or not _LENGTHS.fullmatch(e164):
        raise BadInput(f"The number{ending} {_WRONG_LENGTH}")
    if phonenumbers.parse(e164) != number:
        raise BadInput(f"The number{ending} does not exist in its country; check its digits")


def _complaint(error_type: int) -> str:
    if error_type == NumberParseException.INVALID_COUNTRY_CODE:
        return "has no known country code"
    return _WRONG_LENGTH


def _cleaned(text: str) -> str:
    """Drop what people and address books put between digits, invisible marks included.

    Digits of other scripts become our own.
    """
    visible = (
        str(unicodedata.decimal(character, character))
        for character in unicodedata.normalize("NFKC", text)
        if unicodedata.category(character) not in ("Cf", "Pd")
    )
    return _SEPARATORS.sub("", "".join(visible))


def _is_emergency(digits: str) -> bool:
    """Say whether these digits call for help in any country: travellers and typos are global."""
    return len(digits) <= LONGEST_EMERGENCY and any(
        shortnumberinfo.is_emergency_number(digits, region)
        for region in shortnumberinfo.SUPPORTED_SHORT_REGIONS
    )


def _ending(digits: str) -> str:
    return f" ending in {digits[-2:]}" if len(digits) > 2 else ""
