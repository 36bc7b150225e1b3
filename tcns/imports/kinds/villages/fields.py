"""The file of villages: which villages a commune has."""

from collections.abc import Mapping
from typing import Any

from tcns.areas.vocabulary import VILLAGE_KINDS, AreaKind, Level
from tcns.i18n import lazy_gettext as _l
from tcns.imports.kinds.villages.matching import VillageRegister
from tcns.imports.rows.area_fields import CODE, COMMUNE, DISTRICT, VILLAGE
from tcns.imports.rows.cells import WordReader, read_line, read_name
from tcns.imports.rows.day_cells import read_day
from tcns.imports.rows.fields import (
    FileKind,
    ImportField,
    ShownColumn,
    day_in_words,
    text_of,
    word_of,
    words_by_spelling,
)
from tcns.imports.vocabulary import ImportKind
from tcns.permissions.vocabulary import Permission
from tcns.vietnamese import fold

FURTHER_KINDS = {"tdp": "tổ dân phố", "to": "tổ dân phố"}
# As the levels were called in files exported before.
FURTHER_LEVELS = {Level.COMMUNE: ("xa",), Level.VILLAGE: ("thon",)}


def kinds_by_spelling() -> dict[str, str]:
    """The kinds of villages by how they are written."""
    return FURTHER_KINDS | {fold(kind): kind.value for kind in VILLAGE_KINDS}


FIELDS = (
    ImportField(
        "code",
        CODE.label,
        read_line,
        _l("The code of a village on file. Empty for a new one: it gets its own."),
        headings=CODE.headings,
        width=14,
    ),
    ImportField(
        "village",
        VILLAGE.label,
        read_name,
        _l("Its name, with its kind before it or in a column of its own."),
        headings=VILLAGE.headings,
        required=True,
        width=28,
        may_say_nothing=False,
    ),
    ImportField(
        "kind",
        _l("Kind"),
        WordReader(kinds_by_spelling),
        _l("Thôn, Bản or Tổ dân phố, where the name does not begin with it."),
        headings=("loai", "loai hinh", "loai thon"),
        words=lambda: [kind.value for kind in VILLAGE_KINDS],
        width=14,
    ),
    COMMUNE,
    DISTRICT,
    ImportField(
        "since",
        _l("First day"),
        read_day,
        _l("The day it exists from. Empty for a new one: since its commune does."),
        headings=("tu ngay", "ngay thanh lap", "since"),
        width=14,
    ),
    ImportField(
        "level",
        _l("Level"),
        WordReader(lambda: words_by_spelling(Level, FURTHER_LEVELS)),
        _l("In files of areas: other levels than villages are left aside."),
        headings=("cap",),
        width=12,
    ),
)


def village_in_words(understood: Mapping[str, Any]) -> str:
    """The village with its kind before its name."""
    return f"{word_of(AreaKind, 'kind')(understood)} {text_of(understood, 'name')}".strip()


SHOWN = (
    ShownColumn(_l("Village"), ("code", "village", "kind", "level"), village_in_words),
    ShownColumn(_l("Commune"), ("commune", "district"), lambda said: text_of(said, "commune")),
    ShownColumn(_l("First day"), ("since",), lambda said: day_in_words(said, "valid_from")),
)

VILLAGES = FileKind(
    ImportKind.VILLAGES, Permission.AREA_WRITE, FIELDS, VillageRegister, shown=SHOWN
)
