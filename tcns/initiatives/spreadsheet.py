"""The columns of the file of digital models."""

from tcns.i18n import lazy_gettext as _l
from tcns.initiatives.vocabulary import InitiativeKind, Stage
from tcns.spreadsheets.writing import CellKind, Column, words_of
from tcns.teams.spreadsheet import area_columns


def initiative_columns(*, has_districts: bool) -> list[Column]:
    """What it is, where, since when and until when, and how it stands."""
    kinds, stages = words_of(InitiativeKind), words_of(Stage)
    return [
        Column(_l("Digital model"), 40, CellKind.TEXT, lambda row: row.initiative.name),
        Column(_l("Kind"), 24, CellKind.TEXT, lambda row: kinds[row.initiative.kind]),
        Column(_l("Status"), 16, CellKind.TEXT, lambda row: stages[row.initiative.stage]),
        Column(_l("Started on"), 13, CellKind.DAY, lambda row: row.initiative.valid_from),
        Column(_l("Last day"), 13, CellKind.DAY, lambda row: row.initiative.last_day),
        *area_columns(lambda row: row.trail, has_districts=has_districts),
    ]
