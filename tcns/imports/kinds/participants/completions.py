"""What a row of participants says of whether a course was completed, beside what is on file."""

from datetime import date
from typing import NamedTuple

from tcns.clock import today
from tcns.i18n import enter_message, format_day
from tcns.i18n import gettext as _
from tcns.i18n import lazy_gettext as _l
from tcns.imports.rows.results import Finding
from tcns.imports.vocabulary import Mark, ProblemKind
from tcns.teams.training.models import Course
from tcns.teams.training.rows import Completion, KnownCompletion
from tcns.teams.vocabulary import Participation


class Said(NamedTuple):
    """What a row says: whether the course was completed, when, by which certificate."""

    is_completed: bool
    finished_on: date | None
    certificate_number: str | None


def said_of(finding: Finding) -> Said:
    """What a row says by itself, or by the answer for the file; what contradicts is noted."""
    day, number = finding.value("finished_on"), finding.value("certificate_number")
    did = finding.value("participation")
    if did is None and day is None:
        did = _answered(finding)
    if did is Participation.ENROLLED and day:
        message = _("Whoever is only enrolled has no day of completion.")
        finding.note("participation", ProblemKind.CONFLICT, message)
    is_completed = day is not None or did is Participation.COMPLETED
    if number and not is_completed and not finding.waits:
        message = _("Only who completed the course has a certificate.")
        finding.note("certificate_number", ProblemKind.CONFLICT, message)
    return Said(is_completed, day, number)


def _answered(finding: Finding) -> Participation | None:
    """What a row without a word and a day takes: the answer for the file, else enrolled."""
    if answered := finding.fallback("participation"):
        return Participation(answered.value) if answered.value else None
    if "participation" not in finding.offered:
        finding.mark("participation", Mark.GUESSED, _("The cell is empty: enrolled."))
    return None


def completion_beside(
    finding: Finding, course: Course, known: KnownCompletion, said: Said
) -> Completion:
    """What will be on file: an empty cell leaves what is known, and takes the last day of the
    course where nothing is. Days that cannot be are noted."""
    if not said.is_completed:
        if known.finished_on and finding.value("participation") is Participation.ENROLLED:
            day = format_day(known.finished_on)
            message = _("On file as completed on %(day)s.", day=day)
            finding.note("participation", ProblemKind.CONFLICT, message)
        return Completion(known.finished_on, known.certificate_number)
    day_said = said.finished_on or known.finished_on or _last_day(finding, course)
    if day_said and day_said < course.started_on:
        message = _("This day lies before the course began.")
        finding.note("finished_on", ProblemKind.DAY, message)
    return Completion(day_said, said.certificate_number or known.certificate_number)


def _last_day(finding: Finding, course: Course) -> date | None:
    """The last day of a course that is over, which is said; else the row must give the day."""
    if course.ended_on is None or course.ended_on > today():
        message = enter_message(_l("Completed on"))
        finding.note("finished_on", ProblemKind.MISSING, message)
        return None
    day = format_day(course.ended_on)
    message = _("Empty: the last day of the course, %(day)s.", day=day)
    finding.mark("finished_on", Mark.GUESSED, message)
    return course.ended_on
