"""The columns of the file of days that members served."""

from tcns.i18n import lazy_gettext as _l
from tcns.spreadsheets.writing import CellKind, Column

SERVED_COLUMNS = [
    Column(_l("Full name"), 26, CellKind.TEXT, lambda row: row.person.full_name, is_personal=True),
    Column(_l("Team"), 40, CellKind.TEXT, lambda row: row.team.name),
    Column(_l("Days"), 8, CellKind.NUMBER, lambda row: row.days),
    Column(_l("Sessions"), 8, CellKind.NUMBER, lambda row: row.sessions),
]
