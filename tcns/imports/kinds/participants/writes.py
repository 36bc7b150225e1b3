"""What rows of a file of participants write: who enrols in a course, and who completes it."""

from datetime import date
from typing import NamedTuple

from tcns.clock import now
from tcns.imports.rows.results import RowWrite
from tcns.imports.rows.write_plan import WRITER, Changed, UnlessWriter, WritePlan
from tcns.teams.models import Training
from tcns.teams.training.models import Course
from tcns.teams.training.rows import Completion, completion_written, enrolment_written


class Part(NamedTuple):
    """Somebody's part in a course on file."""

    id: int
    version: int
    finished_on: date | None
    certificate_number: str | None


class Participant(NamedTuple):
    """A person on file who took part: where they are kept, and their own account if any."""

    person_id: int
    area_id: int | None
    user_id: int | None


def nothing(_plan: WritePlan) -> None:
    """A row about what is on file already writes nothing."""


def taking_part(course: Course, who: Participant, known: Part | None, said: Completion) -> RowWrite:
    """Somebody is enrolled, unless they are, and completed the course where it is said.

    Verified by whoever imports it; what they say of themselves stays declared.
    """

    def write(plan: WritePlan) -> None:
        plan.lock(Course, course.id)
        verified = UnlessWriter(who.user_id, WRITER), UnlessWriter(who.user_id, now())
        completed = completion_written(known or Completion(), course, said, verified, who.area_id)
        if known:
            changed = Changed(known.id, known.version, completed.values)
            plan.change(Training, changed, completed.event)
            return
        values, event = enrolment_written(course, who.person_id, who.area_id)
        is_completed = said.finished_on is not None
        row = plan.create(Training, values | completed.values if is_completed else values, event)
        if is_completed:
            plan.add_event(Training, row, completed.event)

    return write
