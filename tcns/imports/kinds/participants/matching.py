"""What is on file of courses and members, and what the rows of a file of participants do to it."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from sqlalchemy import select

from tcns.areas.models import Area, AreaName
from tcns.database import db
from tcns.i18n import format_day, format_phone
from tcns.i18n import gettext as _
from tcns.imports.kinds.members.memberships_on_file import Held
from tcns.imports.kinds.participants.completions import Said, completion_beside, said_of
from tcns.imports.kinds.participants.courses_on_file import CoursesOnFile, in_words
from tcns.imports.kinds.participants.persons_on_file import Meant, PersonsOnFile
from tcns.imports.kinds.participants.writes import Part, Participant, nothing, taking_part
from tcns.imports.rows.fields import Models
from tcns.imports.rows.results import Finding, RowWrite
from tcns.imports.vocabulary import Outcome, ProblemKind
from tcns.permissions.scope import Scope
from tcns.phones import mask_phone
from tcns.teams.models import Membership, Person, Team, Training
from tcns.teams.training.models import Course
from tcns.teams.training.rows import Completion
from tcns.teams.vocabulary import Participation

WRITES_NOTHING: RowWrite = nothing
Words = tuple[str | None, str | None]


class ParticipantRegister:
    """The members of a scope, the courses they may be sent to, and who took part in them."""

    reads: ClassVar[Models] = (Area, AreaName, Team, Membership, Person, Course, Training)

    def __init__(self, scope: Scope) -> None:
        self.persons = PersonsOnFile(scope)
        self.courses = CoursesOnFile(scope)
        self._seen: dict[tuple[int, int], Finding] = {}
        columns = (Training.course_id, Training.person_id, Training.id, Training.version)
        completion = Training.finished_on, Training.certificate_number
        query = select(*columns, *completion).where(scope.clause(Training))
        self._parts = {
            (course_id, person_id): Part(*known)
            for course_id, person_id, *known in db.session.execute(query)
        }
        accounts = select(Person.id, Person.user_id).where(Person.user_id.is_not(None))
        self._accounts = dict(db.session.execute(accounts).tuples().all())

    def match(self, findings: Sequence[Finding]) -> None:
        """Settle every open row: its course, the person on file, and whether they completed it."""
        for finding in findings:
            self.persons.rosters.accept_known(finding)
            if not finding.is_open:
                continue
            course = self.courses.find(finding)
            said = said_of(finding)
            meant = self.persons.find(finding)
            if course and meant and finding.is_open:
                self._compare(finding, course, meant, said)
            else:
                kept = Completion(said.finished_on, said.certificate_number)
                self._understand(finding, course, meant, kept)

    def _compare(self, finding: Finding, course: Course, meant: Meant, said: Said) -> None:
        """Compare with what is on file of a person's part in a course."""
        known = self._parts.get((course.id, meant.held.person_id))
        self._check(finding, course, meant.held)
        kept = completion_beside(finding, course, known or Completion(), said)
        self._understand(finding, course, meant, kept)
        if finding.is_wrong:
            return
        changes = differing(known, kept) if known else {}
        outcome, write = Outcome.SAME, WRITES_NOTHING
        if changes or not known:
            outcome = Outcome.CHANGED if known else Outcome.NEW
            write = taking_part(course, self._who(meant.held.person_id), known, kept)
        finding.changes = changes
        if not meant.is_likely:
            finding.write = write
            finding.settle(outcome, meant.held.person_id)
            return
        finding.write_if_same, finding.outcome_if_same = write, outcome
        self._hold_back(finding, meant.held)

    def _who(self, person_id: int) -> Participant:
        """A person with where they are kept, and their own account."""
        area_id = self.persons.rosters.keeping_area(person_id)
        return Participant(person_id, area_id, self._accounts.get(person_id))

    def _hold_back(self, finding: Finding, held: Held) -> None:
        """Let somebody look at a row first: it is like a person of a team."""
        finding.settle(Outcome.DUPLICATE, held.person_id)
        is_kept_here = self.persons.rosters.is_kept_here(held.person_id)
        phone = format_phone(held.phone) if is_kept_here else mask_phone(held.phone or "")
        words = held.full_name, phone, self.persons.teams.by_id[held.team_id].name
        who = ", ".join(word for word in words if word)
        finding.note("name", ProblemKind.LIKENESS, _("Is it this person? %(who)s", who=who))

    def _check(self, finding: Finding, course: Course, held: Held) -> None:
        """Note who stands in the file twice, or is kept elsewhere."""
        first = self._seen.setdefault((course.id, held.person_id), finding)
        if first is not finding:
            message = _("The same as row %(number)s.", number=first.number)
            finding.note("name", ProblemKind.REPEATED, message)
        if not self.persons.rosters.is_kept_here(held.person_id):
            commune = self.persons.rosters.keeping_commune(held.person_id)
            message = _("%(commune)s keeps this person, and enrols them.", commune=commune)
            finding.note("name", ProblemKind.CONFLICT, message)

    def _understand(
        self, finding: Finding, course: Course | None, meant: Meant | None, kept: Completion
    ) -> None:
        """Say what will be stored, or what is known already of a row that is wrong or waits."""
        team = self.persons.teams.by_id[meant.held.team_id] if meant else None
        done = Participation.COMPLETED if kept.finished_on else Participation.ENROLLED
        finding.understood = {
            "full_name": meant.held.full_name if meant else finding.value("name"),
            "phone": finding.value("phone"),
            "area": self.persons.places.path_of(team.area_id) if team else None,
            "course": in_words(course) if course else None,
            "participation": done.value,
            "finished_on": kept.finished_on.isoformat() if kept.finished_on else None,
            "certificate_number": kept.certificate_number,
        }


def differing(known: Part, kept: Completion) -> dict[str, Words]:
    """What a row says otherwise than what is on file, as people read it."""
    pairs = {
        "finished_on": (in_figures(known.finished_on), in_figures(kept.finished_on)),
        "certificate_number": (known.certificate_number, kept.certificate_number),
    }
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def in_figures(day: date | None) -> str | None:
    """A day as people read it; None where there is none."""
    return format_day(day) if day else None
