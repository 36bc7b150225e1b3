"""The courses that a file of participants may be about, read at once."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select

from tcns.database import db
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.imports.rows.questions import Answers, Default, Option, option_to_refuse
from tcns.imports.rows.results import Finding
from tcns.imports.vocabulary import ProblemKind
from tcns.permissions.scope import Scope
from tcns.teams.training.models import Course
from tcns.vietnamese import fold

COURSE = "course"  # the key of the question
MOST_OFFERED = 30  # the latest; the name of any other may be written


class CoursesOnFile:
    """Every course to which somebody may send members, the latest first."""

    def __init__(self, scope: Scope) -> None:
        query = select(Course).where(scope.clause(Course))
        found = db.session.scalars(query.order_by(Course.started_on.desc(), Course.id.desc()))
        self.by_id = {course.id: course for course in found}
        self._by_name: defaultdict[str, list[Course]] = defaultdict(list)
        for course in self.by_id.values():
            self._by_name[fold(course.name)].append(course)

    def question(self, answers: Answers) -> Default:
        """Which course a file is about that does not say so; one that was chosen is offered
        however old it is."""
        chosen = answers.get(COURSE)
        offered = [
            course
            for place, course in enumerate(self.by_id.values())
            if place < MOST_OFFERED or str(course.id) == chosen
        ]
        return Default(
            "course",
            COURSE,
            lambda: _("Which course did these people take part in?"),
            lambda: (
                *(Option(str(course.id), in_words(course)) for course in offered),
                option_to_refuse(),
            ),
            values={str(course.id): course.id for course in offered},
            takes_text=True,
        )

    def find(self, finding: Finding) -> Course | None:
        """The course a row is about: as it says, or as was answered for the file."""
        said = finding.value("course")
        if said is None and (answered := finding.fallback("course")):
            said = answered.value
        elif said is None and not finding.waits:
            message = _("Say which course.")
            finding.note("course", ProblemKind.MISSING, message)
        if isinstance(said, int):
            return self.by_id.get(said)
        return self._named(finding, said) if said else None

    def _named(self, finding: Finding, name: str) -> Course | None:
        """The only course of a name, of the first day that the row gives if it does."""
        day, found = finding.value("course_started_on"), self._by_name.get(fold(name), [])
        fitting: Sequence[Course] = [c for c in found if day in (None, c.started_on)]
        if len(fitting) == 1:
            return fitting[0]
        message = (
            _("%(name)s: there are several courses. Give the first day of the course.", name=name)
            if fitting
            else _("%(name)s: there is no such course. Record it first.", name=name)
        )
        finding.note("course", ProblemKind.UNKNOWN, message)
        return None


def in_words(course: Course) -> str:
    """A course with its first day, as people tell it from others."""
    return _("%(course)s, from %(day)s", course=course.name, day=format_day(course.started_on))
