"""Accounts for the members of a team: opened by the official, activated with a slip."""

from collections.abc import Callable, Iterable

from tcns.accounts.credentials.one_time_codes import (
    code_digest,
    code_expiry,
    derive_code,
    holds_code,
)
from tcns.accounts.models import User
from tcns.accounts.operations import add_account, issue_code
from tcns.areas.models import Area
from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.clock import today
from tcns.errors import RuleViolation, raise_violations
from tcns.i18n import gettext as _
from tcns.permissions.vocabulary import Permission
from tcns.teams.member_accounts.queries import persons_beyond
from tcns.teams.models import Membership, Person

IssueCode = Callable[[User], object]


def prepare_accounts(
    memberships: Iterable[Membership], *, home_area: Area, issue_code: IssueCode, by: User
) -> None:
    """Give each member an account of the area, unless they have one, and a one-time code.

    Accounts that are in use already are left alone: their holders have a password. Whoever holds a
    code may act wherever its person is a member, so all of that must lie where `by` keeps accounts.
    """
    memberships = list(memberships)
    beyond = persons_beyond(by.scope_for(Permission.ACCOUNT_WRITE), memberships, today())
    raise_violations([_beyond(each.person) for each in memberships if each.person_id in beyond])
    for membership in memberships:
        person = membership.person
        user = person.user or _open_account(person, home_area=home_area, by=by)
        if user.password_hash is None:
            issue_code(user)


def issue_code_of_key(user: User, key: str, *, secret: str, by: User) -> None:
    """Issue the one-time code that a form's idempotency key gives, unless it was issued already."""
    if not holds_code(secret, user.id, key, user.code_hash):
        digest = code_digest(secret, user.id, derive_code(secret, user.id, key))
        issue_code(user, digest=digest, expires_at=code_expiry(is_first=True), by=by)


def _beyond(person: Person) -> RuleViolation:
    """Somebody who belongs to another commune as well."""
    message = _(
        "%(name)s belongs to another commune as well: the province prepares the account.",
        name=person.full_name,
    )
    return RuleViolation(message, "members")


def _open_account(person: Person, *, home_area: Area, by: User) -> User:
    """Add an account for a person; its rights follow from their memberships alone."""
    user = add_account(full_name=person.full_name, home_area=home_area, by=by)
    person.user = user
    changes = {"user_name": (None, user.user_name)}
    record(Event.ACCOUNT_LINKED, by=by, on=person, area_id=home_area.id, changes=changes)
    return user
