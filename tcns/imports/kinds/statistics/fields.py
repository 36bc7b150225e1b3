"""The file of statistics: what was counted of each village, from which day."""

from collections.abc import Iterator, Mapping
from typing import Any

from tcns.areas.statistics.vocabulary import WHOLES, Counted, Statistic
from tcns.i18n import gettext as _
from tcns.i18n import lazy_gettext as _l
from tcns.imports.kinds.statistics.matching import WHOLE, StatisticsRegister
from tcns.imports.kinds.statistics.queries import villages_with_statistics
from tcns.imports.rows.area_fields import PLACE_FIELDS
from tcns.imports.rows.cells import WordReader, read_count
from tcns.imports.rows.day_cells import read_day
from tcns.imports.rows.fields import (
    FileKind,
    ImportField,
    ShownColumn,
    day_in_words,
    text_of,
)
from tcns.imports.vocabulary import ImportKind
from tcns.permissions.vocabulary import Permission

YES_WORDS = ("co", "x", "v", "yes", "da co", "roi", "1", "true")
NO_WORDS = ("khong", "ko", "k", "no", "chua", "chua co", "khong co", "0", "false")
HEADINGS = {
    Statistic.MOBILE_SIGNAL: ("song di dong", "phu song di dong", "co song", "song dien thoai"),
    Statistic.FIXED_BROADBAND: (
        *("internet", "bang rong", "cap quang", "internet cap quang", "bang rong co dinh"),
        "co internet bang rong",
    ),
    Statistic.BROADBAND_HOUSEHOLDS: ("so ho co internet", "ho co internet", "ho co cap quang"),
    Statistic.SMARTPHONE_HOUSEHOLDS: (
        *("so ho co dien thoai thong minh", "ho co smartphone", "so ho co smartphone"),
    ),
    Statistic.SMARTPHONE_ADULTS: (
        *("so nguoi co dien thoai thong minh", "nguoi co dien thoai thong minh"),
        "nguoi truong thanh co smartphone",
    ),
}


def yes_or_no() -> list[str]:
    """The words to choose from."""
    return [_("yes"), _("no")]


def fields_of(statistic: Statistic) -> Iterator[ImportField]:
    """The columns of a statistic: one of yes or no, or how many and of how many."""
    if not statistic.is_share:
        yield ImportField(
            statistic.value,
            statistic.label,
            WordReader(
                lambda: dict.fromkeys(YES_WORDS, 1) | dict.fromkeys(NO_WORDS, 0),
                label=lambda value: yes_or_no()[1 - value],
            ),
            _l("Yes or no. Empty: what is on record stays."),
            headings=HEADINGS[statistic],
            words=yes_or_no,
            width=16,
            may_say_nothing=False,
        )
        return
    yield ImportField(
        statistic.value,
        statistic.label,
        read_count,
        _l("How many of those asked. Empty: what is on record stays."),
        headings=HEADINGS[statistic],
        width=16,
    )
    yield ImportField(
        statistic.value + WHOLE,
        WHOLES[statistic],
        read_count,
        _l("How many were asked; needed beside the column before."),
        width=16,
    )


FIELDS = (
    *PLACE_FIELDS,
    *(field for statistic in Statistic for field in fields_of(statistic)),
    ImportField(
        "since",
        _l("Counted on"),
        read_day,
        _l("From which day the figures hold. Empty: today."),
        headings=("tu ngay", "ngay", "ngay thong ke", "thoi diem", "thoi diem thong ke"),
        width=14,
    ),
)


def in_words(statistic: Statistic, understood: Mapping[str, Any]) -> str:
    """A figure that will be stored, as people read it."""
    kept = understood.get(statistic.value)
    return Counted(*kept).in_words if kept else ""


def shown_of(statistic: Statistic) -> ShownColumn:
    """The column of a statistic on the page that shows what was understood."""
    fields = (statistic.value, statistic.value + WHOLE)[: 1 + statistic.is_share]
    return ShownColumn(statistic.label, fields, lambda said: in_words(statistic, said))


SHOWN = (
    ShownColumn(_l("Village"), ("code", "village"), lambda said: text_of(said, "village")),
    ShownColumn(_l("Commune"), ("commune", "district"), lambda said: text_of(said, "commune")),
    *map(shown_of, Statistic),
    ShownColumn(_l("Counted on"), ("since",), lambda said: day_in_words(said, "on")),
)

STATISTICS = FileKind(
    ImportKind.STATISTICS,
    Permission.AREA_WRITE,
    FIELDS,
    StatisticsRegister,
    villages_with_statistics,
    answers=tuple(field.name for field in FIELDS[len(PLACE_FIELDS) : -1]),
    shown=SHOWN,
)
