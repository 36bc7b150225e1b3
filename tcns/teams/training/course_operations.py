"""What changes courses: recorded, corrected, removed; who enrols, and who completes them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from tcns.accounts.models import User
from tcns.areas.models import Area
from tcns.audit.operations import add_row, change_row, record
from tcns.audit.vocabulary import Event
from tcns.clock import now
from tcns.database import db
from tcns.database.locking import lock
from tcns.errors import RuleViolation, raise_violations
from tcns.i18n import gettext as _
from tcns.teams.members.person_operations import keeping_area
from tcns.teams.models import Person, Training
from tcns.teams.rules import in_future
from tcns.teams.training.models import Course
from tcns.teams.training.rows import Completion, completion_written, enrolment_written
from tcns.teams.training.rules import course_violations, may_change_course, may_vouch


@dataclass(frozen=True)
class CourseText:
    """What is said of a course."""

    name: str
    organiser: str
    platform: str
    started_on: date
    ended_on: date | None = None


def record_course(area: Area, text: CourseText, *, by: User) -> Course:
    """Put a course of an area's authority on file."""
    lock(area)
    raise_violations(list(course_violations(text.started_on, text.ended_on)))
    course = Course(area_id=area.id, **vars(text))
    db.session.add(course)
    db.session.flush()
    changes = {name: (None, value) for name, value in vars(text).items()}
    record(Event.COURSE_RECORDED, by=by, on=course, area_id=area.id, changes=changes)
    return course


def correct_course(
    course: Course, text: CourseText, *, by: User, version: int | None = None
) -> None:
    """Correct what is said of a course, also with those who took part."""
    lock(course, version)
    _refuse_unless(may_change_course(course, by))
    raise_violations(list(course_violations(text.started_on, text.ended_on)))
    changes = {name: (getattr(course, name), value) for name, value in vars(text).items()}
    for name, value in vars(text).items():
        setattr(course, name, value)
    for training in _trainings(course):
        training.course, training.platform = text.name, text.platform
    record(Event.COURSE_CORRECTED, by=by, on=course, area_id=course.area_id, changes=changes)


def withdraw_course(course: Course, *, by: User, version: int | None = None) -> None:
    """Remove a course that was entered by mistake, while nobody has enrolled."""
    lock(course, version)
    _refuse_unless(may_change_course(course, by))
    if _trainings(course):
        raise RuleViolation(_("Members have enrolled in this course: it stays on file."))
    changes = {"name": (course.name, None), "started_on": (course.started_on, None)}
    record(Event.COURSE_WITHDRAWN, by=by, on=course, area_id=course.area_id, changes=changes)
    db.session.delete(course)


def enrol(
    course: Course, members: Sequence[Person], chosen: Collection[int], *, by: User
) -> list[Training]:
    """Let those chosen of a team's members, by id, take part in a course; those who do already stay
    as they are."""
    lock(course)
    known = {training.person_id for training in _trainings(course)}
    persons = [person for person in members if person.id in chosen]
    if len(persons) != len(set(chosen)):
        raise RuleViolation(_("Choose members of this team."), "persons")
    if not all(may_vouch(person, by) or by.id == person.user_id for person in persons):
        raise RuleViolation(_("Only the official in charge may enrol these members."), "persons")
    return [
        add_row(Training, enrolment_written(course, person.id, keeping_area(person)), by=by)
        for person in persons
        if person.id not in known
    ]


def complete(
    course: Course, training_ids: Collection[int], finished_on: date, *, by: User
) -> list[Training]:
    """Say which of those enrolled completed the course, and when: verified by who says so."""
    lock(course)
    chosen = [each for each in _trainings(course) if each.id in training_ids]
    open_ones = [each for each in chosen if each.finished_on is None]
    if not open_ones:
        raise RuleViolation(_("Choose at least one member who has not completed it."), "chosen")
    raise_violations(list(in_future(finished_on, "finished_on")))
    if finished_on < course.started_on:
        raise RuleViolation(_("This day lies before the course began."), "finished_on")
    if not all(may_vouch(each.person, by) for each in open_ones):
        raise RuleViolation(_("Only the official in charge may say so of these members."), "chosen")
    for each in open_ones:
        said = Completion(finished_on, each.certificate_number)
        area_id = keeping_area(each.person)
        verified = by.id, now()
        change_row(each, completion_written(each, course, said, verified, area_id), by=by)
    return open_ones


def _trainings(course: Course) -> Sequence[Training]:
    """All who take or took part."""
    query = select(Training).where(Training.course_id == course.id)
    return db.session.scalars(query.order_by(Training.id)).all()


def _refuse_unless(is_allowed: bool) -> None:
    """Refuse whom the rule of courses does not let."""
    if not is_allowed:
        raise RuleViolation(_("Only the authority that keeps this course may change it."))
