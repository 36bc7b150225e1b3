"""The columns of the files of courses and of those who took part."""

from collections.abc import Callable
from typing import Any

from tcns.i18n import lazy_gettext as _l
from tcns.spreadsheets.writing import CellKind, Column
from tcns.teams.models import Training
from tcns.teams.spreadsheet import area_columns
from tcns.teams.training.course_queries import Participant
from tcns.teams.training.models import Course
from tcns.teams.vocabulary import Participation


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


def participant_columns(
    course: Course, phone: Callable[[int, str | None], str], *, has_districts: bool
) -> list[Column]:
    """Who took part in a course, of which team, and when they completed it: what the file of
    participants takes in as well."""
    words = {each: str(each.label) for each in Participation}

    def participation(row: Participant) -> str:
        return words[participation_of(row.training)]

    def personal(title: Any, width: float, value: Callable[[Participant], Any]) -> Column:
        return Column(title, width, CellKind.TEXT, value, is_personal=True)

    return [
        personal(_l("Full name"), 28, lambda row: row.person.full_name),
        personal(_l("Phone"), 14, lambda row: phone(row.person.id, row.person.phone)),
        personal(_l("Year of birth"), 10, lambda row: row.person.birth_year),
        Column(_l("Team"), 44, CellKind.TEXT, lambda row: row.team),
        *area_columns(lambda row: row.trail, has_districts=has_districts),
        Column(_l("Participation"), 16, CellKind.TEXT, participation),
        Column(_l("Completed on"), 13, CellKind.DAY, lambda row: row.training.finished_on),
        personal(_l("Certificate number"), 18, lambda row: row.training.certificate_number),
        Column(_l("Course"), 44, CellKind.TEXT, lambda _row: course.name),
        Column(_l("First day of the course"), 13, CellKind.DAY, lambda _row: course.started_on),
    ]


def participation_of(training: Training) -> Participation:
    """How far somebody took part."""
    return Participation.COMPLETED if training.finished_on else Participation.ENROLLED
