"""The columns of the file of decisions."""

from tcns.i18n import join_words
from tcns.i18n import lazy_gettext as _l
from tcns.spreadsheets.writing import CellKind, Column, words_of
from tcns.teams.spreadsheet import area_columns
from tcns.teams.vocabulary import Purpose


def decision_columns(*, has_districts: bool) -> list[Column]:
    """The columns of the file of decisions."""
    purposes = words_of(Purpose)
    return [
        Column(_l("Number (số)"), 18, CellKind.TEXT, lambda row: row.decision.number),
        Column(_l("Issued on"), 13, CellKind.DAY, lambda row: row.decision.issued_on),
        Column(_l("Issuer"), 30, CellKind.TEXT, lambda row: row.decision.issuer),
        Column(_l("Summary"), 50, CellKind.TEXT, lambda row: row.decision.summary),
        Column(
            _l("Purpose"),
            20,
            CellKind.TEXT,
            lambda row: join_words([purposes[p] for p in row.purposes]),
        ),
        Column(_l("Teams"), 10, CellKind.NUMBER, lambda row: row.team_count),
        *area_columns(lambda row: row.trail, has_districts=has_districts),
    ]
