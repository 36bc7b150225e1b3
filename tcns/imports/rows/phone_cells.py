"""Understanding phones: one number, however it is written; never a number that nobody wrote."""

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from tcns.errors import RuleViolation
from tcns.i18n import format_phone
from tcns.i18n import gettext as _
from tcns.imports.rows.cells import DASHES, MarkCell
from tcns.imports.vocabulary import Mark
from tcns.phones import not_a_phone, number_since_2018, parse_phone, refuse_masked

# What people write before a number; folding would cost more than it tells.
BEFORE = re.compile(
    r"\s*(?:(?:s?[đd]t|tel|phone|zalo|di động|dđ|điện thoại|máy|mobile)\s*[:.]?\s*)+", re.IGNORECASE
)
FLOAT = re.compile(r"(\d+)[.,]0+")
EXPONENT = re.compile(r"\d[.,]?\d*E\+?\d{1,2}", re.IGNORECASE)
HEAD = re.compile(r"[+(]*\d[\d\s.,;/|&+()\\_-]*(?<=\d)")
LEAST_DIGITS = 9
NOTHING = "0"


def read_phone(text: str, mark: MarkCell) -> str | None:
    """A phone as E.164; of several in a cell the first, which is said.

    Raises RuleViolation where it is not plain which number is meant: letters never become digits.
    """
    refuse_masked(text)
    bare = as_digits(text)
    if bare == NOTHING:
        mark(Mark.REWRITTEN, _("“%(text)s” was taken as empty.", text=text))
        return None
    head = HEAD.match(bare)
    if head is None or bare[head.end() : head.end() + 1].isalnum():
        raise RuleViolation(not_a_phone(), "phone")
    phone, rest = _first_of(head[0], mark)
    rest = (rest + bare[head.end() :]).strip(" .,;/|&-+_\\")
    if rest:
        kept = format_phone(phone)
        mark(
            Mark.SHORTENED,
            _("Kept: %(phone)s. Left out: %(text)s", phone=kept, text=rest.strip("()")),
        )
    return phone


def as_digits(text: str) -> str:
    """The text as plain signs: full-width digits, unseen marks and the quotes around it gone."""
    plain = " ".join(unicodedata.normalize("NFKC", text).split()).translate(
        {0x3002: ".", 0x3001: ","}
    )
    seen = "".join(c for c in plain if unicodedata.category(c) not in ("Cf", "Mn", "Cc"))
    seen = DASHES.sub("-", seen).strip(" '’‘`´\"“”.,;:-")
    seen = BEFORE.sub("", seen, count=1) if BEFORE.match(seen) else seen
    if whole := FLOAT.fullmatch(seen):
        return whole[1]
    if EXPONENT.fullmatch(seen):
        return _written_out(seen)
    return seen


def _written_out(text: str) -> str:
    """9.12345678E8 as the number it was; one whose last digits were lost stays as it is."""
    number = Decimal(text.replace(",", ".").upper())
    mantissa = text.upper().partition("E")[0]
    has_all = sum(map(str.isdigit, mantissa)) >= LEAST_DIGITS
    return str(int(number)) if has_all and number == int(number) else text


def _first_of(head: str, mark: MarkCell) -> tuple[str, str]:
    """The first phone of a text of digits and signs, and what follows it: phones alone may."""
    for end in _ends(head):
        first, rest = head[:end], head[end:]
        phone = _one_phone(first, mark)
        if phone and _are_phones(rest):
            return phone, rest
    raise RuleViolation(not_a_phone(), "phone")


def _ends(head: str) -> Iterator[int]:
    """Where a number may end in a text: behind a digit that a sign follows, the longest first."""
    for end in range(len(head), 0, -1):
        if head[end - 1].isdigit() and not head[end : end + 1].isdigit():
            yield end


def _are_phones(rest: str) -> bool:
    """Whether a text holds no digit, or phones alone."""
    if not any(map(str.isdigit, rest)):
        return True
    bare = rest.lstrip(" .,;/|&-_()\\")
    return any(_one_phone(bare[:end], _silent) and _are_phones(bare[end:]) for end in _ends(bare))


def _one_phone(text: str, mark: MarkCell) -> str | None:
    """The phone that a text is, whatever signs part its digits; None where it is none."""
    digits = re.sub(r"[^\d+]", "", text)
    if "+" in digits[1:]:
        return None
    digits = re.sub(r"^00(?=84)", "+", digits)
    national = "0" + re.sub(r"^(?:\+?84(?=\d{9,})|0)0?", "", digits)
    if since := number_since_2018(national):
        phone = parse_phone(since)
        message = _("A number of before 2018: it is now %(phone)s.", phone=format_phone(phone))
        mark(Mark.REWRITTEN, message)
        return phone
    if re.fullmatch(r"[1-9]\d{8}", digits):
        phone = parse_phone("0" + digits)
        message = _("The first 0 of the phone was missing: %(phone)s.", phone=format_phone(phone))
        mark(Mark.REWRITTEN, message)
        return phone
    try:
        return parse_phone(digits)
    except RuleViolation:
        return None


def _silent(_how: Mark, _message: str) -> None:
    """Nobody asks how it was understood."""


def national_phone(text: str) -> str:
    """The digits of a phone written with its first 0 as E.164, whether or not there is such one."""
    return "+84" + re.sub(r"\D", "", text).removeprefix("0")
