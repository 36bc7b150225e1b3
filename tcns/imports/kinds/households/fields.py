"""The file of households: how many each village has, from which day."""

from tcns.i18n import lazy_gettext as _l
from tcns.imports.kinds.households.matching import HouseholdRegister
from tcns.imports.kinds.households.queries import villages_to_count
from tcns.imports.rows.area_fields import PLACE_FIELDS
from tcns.imports.rows.cells import read_count
from tcns.imports.rows.day_cells import read_day
from tcns.imports.rows.fields import FileKind, ImportField, ShownColumn, day_in_words, text_of
from tcns.imports.vocabulary import ImportKind
from tcns.permissions.vocabulary import Permission

FIELDS = (
    *PLACE_FIELDS,
    ImportField(
        "count",
        _l("Households"),
        read_count,
        _l("How many households the village has."),
        headings=("so ho", "ho", "tong so ho", "so ho gia dinh", "so ho dan", "tong ho"),
        required=True,
        width=14,
    ),
    ImportField(
        "since",
        _l("Counted on"),
        read_day,
        _l("From which day the number holds. Empty: today."),
        headings=(
            "tu ngay",
            "ngay",
            "ngay thong ke",
            "thoi diem",
            "thoi diem thong ke",
            "tinh den",
        ),
        width=14,
    ),
)

SHOWN = (
    ShownColumn(_l("Village"), ("code", "village"), lambda said: text_of(said, "village")),
    ShownColumn(_l("Commune"), ("commune", "district"), lambda said: text_of(said, "commune")),
    ShownColumn(_l("Households"), ("count",), lambda said: text_of(said, "household_count")),
    ShownColumn(_l("Counted on"), ("since",), lambda said: day_in_words(said, "on")),
)

HOUSEHOLDS = FileKind(
    ImportKind.HOUSEHOLDS,
    Permission.AREA_WRITE,
    FIELDS,
    HouseholdRegister,
    villages_to_count,
    answers=("count",),
    shown=SHOWN,
)
