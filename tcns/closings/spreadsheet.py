"""The columns of the file of closings."""

from collections.abc import Mapping

from tcns.areas.queries import Label
from tcns.closings.models import Closing
from tcns.i18n import format_moment
from tcns.i18n import lazy_gettext as _l
from tcns.periods import PeriodKind, period_holding
from tcns.spreadsheets.writing import CellKind, Column

TEXT, DAY = CellKind.TEXT, CellKind.DAY


def closing_columns(labels: Mapping[int, Label]) -> list[Column]:
    """The columns; `labels` are what the areas are called."""
    return [
        Column(_l("Area"), 26, TEXT, lambda one: labels[one.area_id].full_name),
        Column(_l("Month"), 10, TEXT, _month),
        Column(_l("Closed at"), 18, TEXT, lambda one: format_moment(one.closed_at)),
        Column(_l("Closed by"), 24, TEXT, lambda one: one.closed_by.full_name),
        Column(_l("Opened again at"), 18, TEXT, lambda one: format_moment(one.reopened_at)),
        Column(_l("Opened by"), 24, TEXT, _opened_by),
        Column(_l("Reason"), 40, TEXT, lambda one: one.reopen_reason or ""),
        Column(_l("Open until the end of"), 14, DAY, lambda one: one.open_until),
    ]


def _month(closing: Closing) -> str:
    """The name of the month."""
    return period_holding(PeriodKind.MONTH, closing.first_day).name


def _opened_by(closing: Closing) -> str:
    """Who opened it again, if somebody did."""
    return closing.reopened_by.full_name if closing.reopened_by else ""
