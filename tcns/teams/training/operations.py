"""What changes training: declaring a course, putting it right, verifying it, taking it back."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from tcns.accounts.models import User
from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.clock import now
from tcns.database import db
from tcns.database.locking import lock
from tcns.errors import RuleViolation, raise_violations
from tcns.i18n import gettext as _
from tcns.teams.locking import lock_person
from tcns.teams.members.person_operations import keeping_area
from tcns.teams.models import Person, Training
from tcns.teams.rules import in_future
from tcns.teams.training.rules import may_change, may_declare, may_verify, may_vouch
from tcns.vietnamese import fold


@dataclass(frozen=True)
class TrainingText:
    """The details of a course somebody took."""

    platform: str
    course: str
    finished_on: date
    certificate_number: str | None = None


def declare_training(person: Person, text: TrainingText, *, by: User) -> Training:
    """Put a course a person took on file: declared by themselves, or verified by their official."""
    lock_person(person)
    _refuse_unless(may_declare(person, by))
    raise_violations(
        [*in_future(text.finished_on, "finished_on"), *_known_already(person, text, None)]
    )
    training = Training(person_id=person.id, **vars(text))
    if may_vouch(person, by):
        training.verified_by_id, training.verified_at = by.id, now()
    db.session.add(training)
    db.session.flush()  # the record of it needs the id
    changes = {field: (None, value) for field, value in _said_of(training).items()}
    _record(Event.TRAINING_DECLARED, training, changes, by=by)
    return training


def correct_training(
    training: Training, text: TrainingText, *, by: User, version: int | None = None
) -> None:
    """Correct the details of a course; it stays verified where it was."""
    lock(training, version)
    _refuse_unless(may_change(training, by))
    broken = _known_already(training.person, text, training)
    raise_violations([*in_future(text.finished_on, "finished_on"), *broken])
    changes = {field: (getattr(training, field), value) for field, value in vars(text).items()}
    for field, value in vars(text).items():
        setattr(training, field, value)
    _record(Event.TRAINING_CORRECTED, training, changes, by=by)


def verify_training(training: Training, *, by: User, version: int | None = None) -> None:
    """Say that a course was taken as its member declared it."""
    lock(training, version)
    _refuse_unless(may_verify(training, by))
    training.verified_by_id, training.verified_at = by.id, now()
    _record(Event.TRAINING_VERIFIED, training, {"verified_by": (None, by.full_name)}, by=by)


def withdraw_training(training: Training, *, by: User, version: int | None = None) -> None:
    """Take back training that was declared by mistake, as if it had never been."""
    lock(training, version)
    _refuse_unless(may_change(training, by))
    changes = {field: (value, None) for field, value in _said_of(training).items()}
    _record(Event.TRAINING_WITHDRAWN, training, changes, by=by)
    db.session.delete(training)


def hand_over_training(former: Person, successor: Person) -> None:
    """Let the person into whom another is merged have the courses that one took."""
    for training in db.session.scalars(select(Training).where(Training.person_id == former.id)):
        training.person_id = successor.id


def _refuse_unless(is_allowed: bool) -> None:
    """Refuse whom the rules of training do not let."""
    if not is_allowed:
        raise RuleViolation(
            _("Only the member, or the official in charge, may change this training.")
        )


def _known_already(person: Person, text: TrainingText, own: Training | None) -> list[RuleViolation]:
    """The same course finished on the same day, on file already."""
    same_day = select(Training).where(
        Training.person_id == person.id, Training.finished_on == text.finished_on
    )
    others = [each for each in db.session.scalars(same_day) if each is not own]
    if any(_named(each) == _named(text) for each in others):
        return [RuleViolation(_("This course is on file already."), "course")]
    return []


def _named(course: TrainingText | Training) -> tuple[str, str]:
    """Platform and course without marks, to be compared."""
    return fold(course.platform), fold(course.course)


def _said_of(training: Training) -> dict[str, Any]:
    """Whose training it is, and its details."""
    value = {field: getattr(training, field) for field in TrainingText.__dataclass_fields__}
    return {"person": training.person_id, **value}


def _record(event: Event, training: Training, changes: dict[str, Any], *, by: User) -> None:
    """Put an event of training on record, where the person is kept."""
    area_id = keeping_area(db.session.get_one(Person, training.person_id))
    record(event, by=by, on=training, area_id=area_id, changes=changes)
