"""Who may do what with whose training: asked by operations and by pages.

Members declare their own courses and change them until they are verified. Officials do all of it
where the person is kept, but nobody verifies their own.
"""

from collections.abc import Iterator
from datetime import date

from tcns.accounts.models import User
from tcns.errors import RuleViolation
from tcns.i18n import gettext as _
from tcns.permissions.vocabulary import Permission
from tcns.teams.members.person_operations import is_kept_by
from tcns.teams.models import Person, Training
from tcns.teams.training.models import Course


def may_declare(person: Person, user: User) -> bool:
    """Whether a user may put training of a person on file."""
    return _is_own(person, user) or is_kept_by(person, user)


def may_change(training: Training, user: User) -> bool:
    """Whether a user may put training right or take it back."""
    return may_vouch(training.person, user) or (
        training.verified_at is None and may_declare(training.person, user)
    )


def may_verify(training: Training, user: User) -> bool:
    """Whether a user may verify training that is only declared yet."""
    is_open = training.verified_at is None and training.finished_on is not None
    return is_open and may_vouch(training.person, user)


def may_vouch(person: Person, user: User) -> bool:
    """Whether a user's word makes a person's training verified."""
    return is_kept_by(person, user) and not _is_own(person, user)


def may_change_course(course: Course, user: User) -> bool:
    """Whether a user may change what is said of a course: where its area is in their charge."""
    return user.scope_for(Permission.TEAM_WRITE).covers(course.area)


def course_violations(started_on: date, ended_on: date | None) -> Iterator[RuleViolation]:
    """Why a course cannot be on those days."""
    if ended_on and ended_on < started_on:
        yield RuleViolation(_("The last day lies before the first day."), "ended_on")


def _is_own(person: Person, user: User) -> bool:
    return person.user_id == user.id
