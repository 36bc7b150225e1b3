"""The coverage table as a file."""

from collections.abc import Sequence

from tcns.coverage.measures import MEASURES
from tcns.i18n import lazy_gettext as _l
from tcns.spreadsheets.writing import Column, Kind


def _figure(key: str) -> Column:
    """The column of one measure."""
    label = next(measure.label for measure in MEASURES if measure.key == key)
    return Column(label, 12, Kind.NUMBER, lambda row: row.figures[key])


COLUMNS: Sequence[Column] = (
    Column(_l("Code"), 10, Kind.TEXT, lambda row: row.code),
    Column(_l("Area"), 28, Kind.TEXT, lambda row: row.name),
    *(_figure(measure.key) for measure in MEASURES),
)
