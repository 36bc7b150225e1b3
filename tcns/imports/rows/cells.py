"""Understanding cells: what people write, in the ways they write it.

Each reader takes a tidied, non-empty text and gives its value, or raises RuleViolation with what to
write instead. Where the value is not literally the cell it says so through `mark`.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from wtforms import ValidationError

from tcns.clock import today
from tcns.errors import RuleViolation
from tcns.i18n import format_phone
from tcns.i18n import gettext as _
from tcns.imports.vocabulary import Mark
from tcns.phones import parse_phone
from tcns.teams.members.person_operations import EARLIEST_BIRTH_YEAR, last_birth_year
from tcns.vietnamese import clean, fold
from tcns.web.fields import (
    LARGEST_COUNT,
    LONGEST_LINE,
    LONGEST_NAME,
    TOO_LONG,
    written_plainly,
    written_with_letters,
)
from tcns.web.filters import NOT_A_DAY, YEARS

MarkCell = Callable[[Mark, str], None]
Reader = Callable[[str, MarkCell], Any]

WRITTEN_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{2,4})(?: 0?0:00(?::00)?)?")
ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T]00:00:00)?")
WRITTEN_COUNT = re.compile(r"[0-9]+|[0-9]{1,3}(?:[., ][0-9]{3})+")
# Spreadsheets count days from here; five digits are a day between 1954 and 2064.
FIRST_SERIAL_DAY, SERIALS = date(1899, 12, 30), range(20_000, 60_001)


class Written(NamedTuple):
    """A text as the rules of form fields look at it."""

    data: str


def read_line(text: str, _mark: MarkCell) -> str:
    """A line of text."""
    if len(text) > LONGEST_LINE:
        raise RuleViolation(_("Use at most %(count)s characters.", count=LONGEST_LINE))
    return text


def read_person_name(text: str, _mark: MarkCell) -> str:
    """A person's full name: letters alone."""
    return _by_rule(text, written_with_letters)


def read_name(text: str, _mark: MarkCell) -> str:
    """A name of letters and numbers."""
    return _by_rule(text, written_plainly)


def _by_rule(text: str, rule: Callable[[Any, Any], None]) -> str:
    """The text, if it keeps the rule of the page's field."""
    if len(text) > LONGEST_NAME:
        raise RuleViolation(TOO_LONG)
    try:
        rule(None, Written(text))
    except ValidationError as error:
        raise RuleViolation(str(error)) from error
    return text


def read_phone(text: str, mark: MarkCell) -> str | None:
    """A phone as E.164. A spreadsheet that took it for a number has eaten its first 0."""
    digits = re.sub(r"[\s.\-()]", "", text).removesuffix(",0")
    if re.fullmatch(r"[1-9]\d{8}", digits):
        phone = parse_phone("0" + digits)
        mark(
            Mark.REWRITTEN,
            _("The first 0 of the phone was missing: %(phone)s.", phone=format_phone(phone)),
        )
        return phone
    return parse_phone(text)


def national_phone(text: str) -> str:
    """The digits of a phone written with its first 0 as E.164, whether or not there is such one."""
    return "+84" + re.sub(r"\D", "", text).removeprefix("0")


def read_day(text: str, mark: MarkCell) -> date:
    """A day that has come: 30/06/2024, or the number a spreadsheet keeps it as."""
    day = _day_of(text, mark)
    if day is None or day.year not in YEARS:
        raise RuleViolation(NOT_A_DAY)
    if day > today():
        raise RuleViolation(_("The day lies in the future."))
    return day


def _day_of(text: str, mark: MarkCell) -> date | None:
    """The day a text means, whichever day that is; None for none."""
    if text.isdecimal() and text.isascii() and int(text[:9]) in SERIALS:
        day = FIRST_SERIAL_DAY + timedelta(days=int(text))
        mark(
            Mark.REWRITTEN, _("%(number)s was read as %(day)s.", number=text, day=f"{day:%d/%m/%Y}")
        )
        return day
    iso, written = ISO_DAY.fullmatch(text), WRITTEN_DAY.fullmatch(text)
    if written and len(written[3]) != 4:
        raise RuleViolation(_("Write the year with four digits, like 30/06/2024."))
    parts = iso.groups() if iso else written.groups()[::-1] if written else None
    try:
        return date(*map(int, parts)) if parts else None
    except ValueError:
        return None


def read_birth_year(text: str, mark: MarkCell) -> int:
    """A year of birth, from the year or from the whole day."""
    written = WRITTEN_DAY.fullmatch(text)
    year = written[3] if written else text
    years = range(EARLIEST_BIRTH_YEAR, last_birth_year() + 1)
    if not (year.isascii() and year.isdecimal() and len(year) == 4 and int(year) in years):
        raise RuleViolation(
            _("Write a year from %(first)s to %(last)s.", first=years[0], last=years[-1])
        )
    return int(year)


def read_count(text: str, _mark: MarkCell) -> int:
    """A number of households: 1871, 1.871 and 1 871 are the same."""
    if not WRITTEN_COUNT.fullmatch(text):
        raise RuleViolation(_("Write a whole number, like 25."))
    digits = re.sub(r"\D", "", text)
    if len(digits) > 9 or int(digits) > LARGEST_COUNT:
        raise RuleViolation(_("Write a number from 0 to %(most)s.", most=LARGEST_COUNT))
    return int(digits)


def word_reader(words: Callable[[], Mapping[str, Any]]) -> Reader:
    """A reader of one of some words, in whichever way they are spelt; `words` by folded text."""
    known = cache(words)

    def read(text: str, _mark: MarkCell) -> Any:
        found = known().get(folded_word(text))
        if found is None:
            raise RuleViolation(_("%(text)s is none of the words of the list.", text=text))
        return found

    return read


def folded_word(text: str) -> str:
    """A word without marks, dots and spaces at its ends."""
    return clean(re.sub(r"[.,:;()\-–_/*]+", " ", fold(text)))
