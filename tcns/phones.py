"""Phone numbers: accepted as people write them, stored as E.164."""

import re

import phonenumbers

from tcns.errors import RuleViolation
from tcns.i18n import format_phone
from tcns.i18n import gettext as _

MASK = "•"
# Enough to tell two numbers apart and to ask "the one that ends in 678?", not to ring it up.
SHOWN_DIGITS = 3
COUNTRY, COUNTRY_CODE = "VN", 84
# Nine digits after the 0; which ranges are handed out changes sooner than the library learns it,
# and who is on file with a number must stay correctable.
MOBILE = re.compile(r"[35789]\d{8}")
# On 15 September 2018 the numbers of eleven digits got ten: each old beginning has one new.
OLD_AND_NEW = (
    "0120 070 0121 079 0122 077 0123 083 0124 084 0125 085 0126 076 0127 081 0128 078 0129 082 "
    "0162 032 0163 033 0164 034 0165 035 0166 036 0167 037 0168 038 0169 039 "
    "0186 056 0188 058 0199 059"
).split()
SINCE_2018 = dict(zip(OLD_AND_NEW[::2], OLD_AND_NEW[1::2], strict=True))
OLD_LENGTH = 11


def parse_phone(text: str | None) -> str | None:
    """The number as E.164 (+84912345678); None for no number.

    Spaces, dots, dashes, a leading 0, 84 or +84 are all understood. Raises RuleViolation for what
    is neither a mobile number by its form nor any other valid one, and for a masked one.
    """
    if not text or not text.strip():
        return None
    refuse_masked(text)
    number = _parsed(text.strip())
    if number is None or not _is_number(number):
        raise RuleViolation(_why_none(text), "phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def number_since_2018(national: str) -> str | None:
    """What a number of eleven digits, as it was before 2018, is now; None for any other."""
    beginning = SINCE_2018.get(national[:4])
    if beginning is None or len(national) != OLD_LENGTH or not national.isdecimal():
        return None
    return beginning + national[4:]


def not_a_phone() -> str:
    """How a phone is written."""
    return _("A phone number has 10 digits, like 0912 345 678.")


def _why_none(text: str) -> str:
    """Why a text is no phone: what an old number is now, else how one is written."""
    national = re.sub(r"^(?:00|\+)?84", "0", "".join(re.findall(r"[\d+]", text)))
    if since := number_since_2018(national):
        phone = format_phone(f"+84{since[1:]}")
        return _("A number of before 2018: it is now %(phone)s.", phone=phone)
    return not_a_phone()


def refuse_masked(text: str) -> None:
    """Raise RuleViolation for a text that holds a masked number."""
    if MASK in text:
        raise RuleViolation(_("This number is masked. Write all its digits, or none."), "phone")


def mask_phone(phone: str) -> str:
    """The number for those who may not see it: •••• ••• 678. It is never read as a number."""
    written = format_phone(phone)
    return re.sub(r"\d", MASK, written[:-SHOWN_DIGITS]) + written[-SHOWN_DIGITS:]


def _parsed(text: str) -> phonenumbers.PhoneNumber | None:
    """The number, if it begins with 0, 84 or +; of nine digits nobody knows which is missing."""
    digits = [int(sign) for sign in text if sign.isdecimal()]  # full-width ones as well
    if text.startswith("84") and len(digits) > 10:
        text = f"+{text}"
    elif text.startswith("0084"):
        text = f"+{text[2:]}"
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
