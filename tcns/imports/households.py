"""The file of households: how many each village has, from which day."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from tcns.areas.models import AreaHouseholds
from tcns.areas.vocabulary import Level
from tcns.database import db
from tcns.i18n import lazy_gettext as _l
from tcns.imports.cells import read_count, read_day
from tcns.imports.fields import ImportField, Kind
from tcns.imports.household_register import HouseholdRegister
from tcns.imports.place_fields import PLACE_FIELDS
from tcns.imports.place_names import PlaceNames
from tcns.imports.vocabulary import ImportKind
from tcns.permissions.scope import Scope
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


def villages_to_count(scope: Scope) -> Sequence[dict[str, Any]]:
    """The villages of a scope, each with its last count, to be filled in."""
    places = PlaceNames(scope)
    query = select(AreaHouseholds).order_by(AreaHouseholds.valid_from)
    counts = {each.area_id: each.household_count for each in db.session.scalars(query)}
    rows = []
    for spot in places.spots.values():
        if spot.area.step is Level.VILLAGE and scope.covers(spot.area):
            commune = places.commune_of(spot).name
            row = {
                "code": spot.name.code,
                "village": spot.name.full_name,
                "commune": commune.full_name,
                "count": counts.get(spot.area.id),
            }
            rows.append((commune.sort_key, spot.name.sort_key, row))
    return [row for *_keys, row in sorted(rows, key=lambda row: row[:2])]


HOUSEHOLDS = Kind(
    ImportKind.HOUSEHOLDS,
    Permission.AREA_WRITE,
    FIELDS,
    HouseholdRegister,
    villages_to_count,
    answer="count",
)
