"""The columns of the files of courses and of those who took part."""

from tcns.i18n import lazy_gettext as _l
from tcns.spreadsheets.writing import CellKind, Column
from tcns.teams.spreadsheet import area_columns


def course_columns(*, has_districts: bool) -> list[Column]:
    """A course, whose it is, and how many enrolled and completed."""
    return [
        Column(_l("Course"), 44, CellKind.TEXT, lambda row: row.course.name),
        Column(_l("Organiser"), 30, CellKind.TEXT, lambda row: row.course.organiser),
        Column(_l("Platform or place"), 24, CellKind.TEXT, lambda row: row.course.platform),
        Column(_l("First day"), 13, CellKind.DAY, lambda row: row.course.started_on),
        Column(_l("Last day"), 13, CellKind.DAY, lambda row: row.course.ended_on),
        Column(_l("Enrolled"), 12, CellKind.NUMBER, lambda row: row.enrolled),
        Column(_l("Completed"), 12, CellKind.NUMBER, lambda row: row.completed),
        *area_columns(lambda row: row.trail, has_districts=has_districts),
    ]


def participant_columns() -> list[Column]:
    """Who took part, of which team, and when they completed it."""
    return [
        Column(
            _l("Full name"), 28, CellKind.TEXT, lambda row: row.person.full_name, is_personal=True
        ),
        Column(_l("Team"), 44, CellKind.TEXT, lambda row: row.teams),
        Column(_l("Completed on"), 13, CellKind.DAY, lambda row: row.training.finished_on),
    ]
