"""Phone numbers: accepted as people write them, stored as E.164."""

import re

import phonenumbers

from tcns.errors import RuleViolation
from tcns.i18n import gettext as _

COUNTRY, COUNTRY_CODE = "VN", 84
# Nine digits after the 0; which ranges are handed out changes sooner than the library learns it,
# and who is on file with a number must stay correctable.
MOBILE = re.compile(r"[35789]\d{8}")


def parse_phone(text: str | None) -> str | None:
    """The number as E.164 (+84912345678); None for no number.

    Spaces, dots, dashes, a leading 0, 84 or +84 are all understood. Raises RuleViolation for what
    is neither a mobile number by its form nor any other valid one.
    """
    if not text or not text.strip():
        return None
    number = _parsed(text.strip())
    if number is None or not _is_number(number):
        raise RuleViolation(_("A phone number has 10 digits, like 0912 345 678."), "phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _parsed(text: str) -> phonenumbers.PhoneNumber | None:
    """The number, if it begins with 0, 84 or +; of nine digits nobody knows which is missing."""
    digits = [int(sign) for sign in text if sign.isdecimal()]  # full-width ones as well
    if text.startswith("84") and len(digits) > 10:
        text = f"+{text}"
    elif not text.startswith("+") and digits[:1] != [0]:
        return None
    try:
        return phonenumbers.parse(text, COUNTRY)
    except phonenumbers.NumberParseException:
        return None


def _is_number(number: phonenumbers.PhoneNumber) -> bool:
    """Whether somebody can have this number."""
    is_ours = number.country_code == COUNTRY_CODE and not number.italian_leading_zero
    if is_ours and MOBILE.fullmatch(str(number.national_number)):
        return True
    return bool(phonenumbers.is_valid_number(number))
