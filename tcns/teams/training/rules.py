"""Who may do what with whose training: asked by operations and by pages.

Members declare their own courses and change them until they are verified. Officials do all of it
where the person is kept, but nobody verifies their own.
"""

from tcns.accounts.models import User
from tcns.teams.members.person_operations import is_kept_by
from tcns.teams.models import Person, Training


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
    return training.verified_at is None and may_vouch(training.person, user)


def may_vouch(person: Person, user: User) -> bool:
    """Whether a user's word makes a person's training verified."""
    return is_kept_by(person, user) and not _is_own(person, user)


def _is_own(person: Person, user: User) -> bool:
    return person.user_id == user.id
