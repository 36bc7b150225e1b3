"""Phone numbers: accepted as people write them, stored as E.164."""

import phonenumbers

from tcns.i18n import gettext as _
from tcns.rules import RuleBroken

COUNTRY = "VN"


def parse_phone(text: str | None) -> str | None:
    """The number as E.164 (+84912345678); None for no number.

    Spaces, dots, dashes, a leading 0, 84 or +84 are all understood. Raises RuleBroken for what
    is no possible number.
    """
    if not text or not text.strip():
        return None
    digits = text.strip()
    if digits.startswith("84") and len("".join(filter(str.isdigit, digits))) > 10:
        digits = f"+{digits}"
    try:
        number = phonenumbers.parse(digits, COUNTRY)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise RuleBroken(_("A phone number has 10 digits, like 0912 345 678."), "phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
