"""Understanding days: in every way in which lists and programs write one."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

from tcns.clock import today
from tcns.errors import RuleViolation
from tcns.i18n import gettext as _
from tcns.imports.rows.cells import DASHES, MarkCell
from tcns.imports.vocabulary import Mark
from tcns.teams.members.person_operations import EARLIEST_BIRTH_YEAR, last_birth_year
from tcns.web.days import NOT_A_DAY, YEARS

BEFORE = re.compile(r"(từ|kể từ|ngày|sinh|năm|đến|hết)[:\s]+", re.IGNORECASE)
BEHIND = re.compile(r"(\s*\([^()]*\)|\s*-\s*(đến\s+)?nay|\s+đến\s+nay)$", re.IGNORECASE)
TIME = r"(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?"
SIGN = r"\s*[/.-]\s*"
WRITTEN_DAY = re.compile(rf"(\d{{1,2}}){SIGN}(\d{{1,2}}){SIGN}(\d{{2,4}}){TIME}")
ISO_DAY = re.compile(rf"(\d{{4}}){SIGN}(\d{{1,2}}){SIGN}(\d{{1,2}}){TIME}")
IN_WORDS = re.compile(r"(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})", re.IGNORECASE)
IN_ENGLISH = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3})[a-z]*[ -](\d{4})")
ENGLISH = "jan feb mar apr may jun jul aug sep oct nov dec".split()
SOLID = re.compile(r"\d{8}")
SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")
WITHOUT_DAY = re.compile(r"(tháng\s*)?\d{1,2}(\s*[/.-]\s*|\s*năm\s*)\d{4}", re.IGNORECASE)
WITHOUT_YEAR = re.compile(r"\d{1,2}(\s*[/.-]\s*|\s*tháng\s*)\d{1,2}", re.IGNORECASE)
YEAR_ALONE = re.compile(r"\d{4}(?:[.,]0+)?")
# Spreadsheets count days from here; five digits are a day between 1954 and 2064.
FIRST_SERIAL_DAY, SERIALS = date(1899, 12, 30), range(20_000, 60_001)
OUR_ZONE = 7 * 60


def read_day(text: str, mark: MarkCell) -> date:
    """A day that has come: 30/06/2024, or the number a spreadsheet keeps it as."""
    day = day_in(text, mark)
    if day is None or day.year not in YEARS:
        raise RuleViolation(_what_lacks(_bare(text, _silent)) or NOT_A_DAY)
    if day > today():
        raise RuleViolation(_("The day lies in the future."))
    return day


def read_birth_year(text: str, mark: MarkCell) -> int:
    """A year of birth, from the year or from the whole day."""
    bare = _bare(text, _silent)
    year = int(bare[:4]) if YEAR_ALONE.fullmatch(bare) else _year_of(bare)
    years = range(EARLIEST_BIRTH_YEAR, last_birth_year() + 1)
    if year is None or year not in years:
        raise RuleViolation(
            _("Write a year from %(first)s to %(last)s.", first=years[0], last=years[-1])
        )
    if not YEAR_ALONE.fullmatch(bare):
        mark(Mark.SHORTENED, _("Only the year is kept: %(year)s.", year=year))
    elif text != str(year):
        mark(Mark.REWRITTEN, _read_as(text, str(year)))
    return year


def day_in(text: str, mark: MarkCell) -> date | None:
    """The day a text means, whichever day that is; None for none."""
    bare = _bare(text, mark)
    for form, understand in FORMS:
        found = form.fullmatch(bare)
        if found:
            try:
                return understand(found, text, mark)
            except ValueError:
                return None
    return None


def _year_of(bare: str) -> int | None:
    """The year of a whole day, or of a month; None where there is none."""
    month = WITHOUT_DAY.fullmatch(bare)
    if month:
        return int(bare[-4:])
    try:
        day = day_in(bare, _silent)
    except RuleViolation:
        return None
    return day.year if day else None


def _bare(text: str, mark: MarkCell) -> str:
    """The text without words before it, remarks behind it, and with plain dashes."""
    bare = DASHES.sub("-", text).strip(" .;,'’‘`")
    while word := BEFORE.match(bare):
        bare = bare[word.end() :]
    shortened = BEHIND.sub("", bare)
    if shortened != bare:
        mark(Mark.SHORTENED, _("Left out: %(text)s", text=bare[len(shortened) :].strip()))
    return shortened.strip(" .;,")


def _silent(_how: Mark, _message: str) -> None:
    """Nobody asks how it was understood."""


def _written(found: re.Match[str], text: str, mark: MarkCell) -> date:
    """06/05/2022, and the hour that an export has added."""
    if len(found[3]) != 4:
        raise RuleViolation(_("Write the year with four digits, like 30/06/2024."))
    day = date(int(found[3]), int(found[2]), int(found[1]))
    return _without_time(day, found, text, mark)


def _iso(found: re.Match[str], text: str, mark: MarkCell) -> date:
    """2022-05-06, and the time and zone behind it."""
    day = date(int(found[1]), int(found[2]), int(found[3]))
    return _without_time(day, found, text, mark)


def _without_time(day: date, found: re.Match[str], text: str, mark: MarkCell) -> date:
    """The day of a moment; one that is another day in Vietnam is refused."""
    hour, minute, zone = int(found[4] or 0), int(found[5] or 0), found[7]
    moment = datetime(day.year, day.month, day.day, hour, minute)  # noqa: DTZ001 - a wall clock
    if zone and (moment + timedelta(minutes=OUR_ZONE - _minutes(zone))).date() != day:
        message = _("In Vietnam this moment is on another day. Write the day like 30/06/2024.")
        raise RuleViolation(message)
    if hour or minute:
        mark(Mark.SHORTENED, _read_as(text, f"{day:%d/%m/%Y}"))
    return day


def _minutes(zone: str) -> int:
    """How far a zone is ahead of universal time: +07:00, -0330, Z."""
    digits = re.sub(r"\D", "", zone).ljust(4, "0")
    return (-1 if zone[0] == "-" else 1) * (int(digits[:2]) * 60 + int(digits[2:]))


def _in_words(found: re.Match[str], _text: str, _mark: MarkCell) -> date:
    """06 tháng 5 năm 2022."""
    return date(int(found[3]), int(found[2]), int(found[1]))


def _in_english(found: re.Match[str], text: str, mark: MarkCell) -> date:
    """01-Jun-2022, as programs write it."""
    day = date(int(found[3]), ENGLISH.index(found[2].lower()) + 1, int(found[1]))
    mark(Mark.REWRITTEN, _read_as(text, f"{day:%d/%m/%Y}"))
    return day


def _solid(found: re.Match[str], text: str, mark: MarkCell) -> date | None:
    """20220601 or 01062022, where only one of the two can be a day."""
    days = []
    for form in ("%Y%m%d", "%d%m%Y"):
        try:
            day = datetime.strptime(found[0], form).date()  # noqa: DTZ007 - a day, no moment
        except ValueError:
            continue
        days += [day] if day.year in YEARS else []
    if len(days) != 1:
        return None
    mark(Mark.REWRITTEN, _read_as(text, f"{days[0]:%d/%m/%Y}"))
    return days[0]


def _serial(found: re.Match[str], text: str, mark: MarkCell) -> date | None:
    """44713: the number that a spreadsheet keeps a day as."""
    if int(found[1]) not in SERIALS:
        return None
    day = FIRST_SERIAL_DAY + timedelta(days=int(found[1]))
    mark(Mark.REWRITTEN, _read_as(text, f"{day:%d/%m/%Y}"))
    return day


def _read_as(text: str, value: str) -> str:
    """What a cell was read as."""
    return _("%(text)s was read as %(value)s.", text=text, value=value)


def _what_lacks(bare: str) -> str | None:
    """What a day lacks that is none."""
    if YEAR_ALONE.fullmatch(bare):
        return _("Day and month are missing. Write the day like 30/06/2024.")
    if WITHOUT_DAY.fullmatch(bare):
        return _("The day of the month is missing. Write the day like 30/06/2024.")
    if WITHOUT_YEAR.fullmatch(bare):
        return _("The year is missing. Write the day like 30/06/2024.")
    return None


Understand = Callable[[re.Match[str], str, MarkCell], date | None]
FORMS: tuple[tuple[re.Pattern[str], Understand], ...] = (
    (WRITTEN_DAY, _written),
    (ISO_DAY, _iso),
    (IN_WORDS, _in_words),
    (IN_ENGLISH, _in_english),
    (SOLID, _solid),
    (SERIAL, _serial),
)
