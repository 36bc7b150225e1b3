"""What changes accounts: adding, closing, roles, one-time codes, passwords.

`by` is the acting user, None the operator at the command line. Opening and ending sign-ins
stands in device_operations.py.
"""

from datetime import date, datetime

from sqlalchemy.exc import IntegrityError

from tcns.accounts import queries
from tcns.accounts.device_operations import end_sign_ins
from tcns.accounts.models import RoleAssignment, User
from tcns.accounts.rules import (
    check_may_belong,
    check_may_change,
    check_may_grant,
    check_not_last_administrator,
    check_not_own,
    check_reaches,
)
from tcns.accounts.user_names import is_user_name, plain_user_name
from tcns.areas.models import Area
from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.clock import now, today
from tcns.database import db
from tcns.database.locking import lock
from tcns.errors import RuleViolation
from tcns.i18n import gettext as _
from tcns.permissions.vocabulary import Role
from tcns.vietnamese import clean


def add_account(
    *, full_name: str, home_area: Area, by: User | None, user_name: str | None = None
) -> User:
    """Add an account without a password; a user name that is not given is made of the given name.

    Raises RuleViolation for a full name that says nothing, a user name that is taken or malformed,
    and an area out of reach.
    """
    check_may_belong(home_area, by=by)
    full_name = clean(full_name)
    if not full_name:
        raise RuleViolation(_("Enter the full name."), "full_name")
    chosen = plain_user_name(user_name or queries.suggest_user_name(full_name))
    check_user_name(chosen)
    user = User(user_name=chosen, full_name=full_name, home_area_id=home_area.id)
    try:
        with db.session.begin_nested():
            db.session.add(user)
    except IntegrityError as taken_meanwhile:
        raise _taken(chosen) from taken_meanwhile
    changes = {"user_name": (None, chosen), "full_name": (None, full_name)}
    record(Event.ACCOUNT_CREATED, by=by, on=user, area_id=home_area.id, changes=changes)
    return user


def correct_account(
    user: User, *, full_name: str, home_area: Area, by: User | None, version: int | None = None
) -> None:
    """Put an account's full name right, or move the account to another area.

    What its holder may do stays the same: that follows from roles and teams. Raises RuleViolation
    where `by` may not change the account, or does not administer those of the other area.
    """
    lock(user, version)
    check_may_change(user, by=by)
    if home_area.id != user.home_area_id:
        check_may_belong(home_area, by=by)
    changes = {
        "full_name": (user.full_name, full_name),
        "home_area": (user.home_area_id, home_area.id),
    }
    user.full_name, user.home_area_id = full_name, home_area.id
    record(Event.ACCOUNT_CORRECTED, by=by, on=user, area_id=home_area.id, changes=changes)


def switch_shortcuts(user: User, *, is_on: bool, by: User) -> None:
    """Let single keys do something on the pages of a user, or nothing (WCAG 2.1.4)."""
    if user.has_shortcuts == is_on:
        return
    changes = {"has_shortcuts": (user.has_shortcuts, is_on)}
    user.has_shortcuts = is_on
    record(Event.SHORTCUTS_SWITCHED, by=by, on=user, area_id=user.home_area_id, changes=changes)


def rename_account(user: User, full_name: str, *, by: User) -> None:
    """Call an account as the person who holds it is called, whose name `by` has put right."""
    if full_name == user.full_name:
        return
    changes = {"full_name": (user.full_name, full_name)}
    user.full_name = full_name
    record(Event.ACCOUNT_CORRECTED, by=by, on=user, area_id=user.home_area_id, changes=changes)


def close_account(user: User, *, by: User | None) -> None:
    """Close an account: nobody signs in with it, its devices are signed out, its code is void."""
    check_not_own(user, by=by)
    check_may_change(user, by=by)
    if not user.is_active:
        return
    check_not_last_administrator(user)
    user.disabled_at, user.code_hash, user.code_expires_at = now(), None, None
    end_sign_ins(user, by=by)
    record(Event.ACCOUNT_DISABLED, by=by, on=user, area_id=user.home_area_id)


def open_account(user: User, *, by: User | None) -> None:
    """Open a closed account again, with the roles and the password it had."""
    check_may_change(user, by=by)
    if user.is_active:
        return
    user.disabled_at = None
    record(Event.ACCOUNT_ENABLED, by=by, on=user, area_id=user.home_area_id)


def sign_out_everywhere(user: User, *, by: User) -> None:
    """Sign all devices of an account out, for its holder."""
    check_may_change(user, by=by)
    end_sign_ins(user, by=by)


def grant_role(
    user: User, role: Role, area: Area, *, by: User | None, starts: date | None = None
) -> RoleAssignment:
    """Grant a role over an area and everything below it, from today unless another day is given.

    The account's devices are signed out. A password that was chosen by the shorter rule of team
    members no longer serves: with the first role it is dropped, and a one-time code sets another.
    """
    check_not_own(user, by=by)
    check_may_grant(role, area, by=by)
    _check_open(user)
    held = user.roles_on(today())
    if any(other.kind is role and other.area_id == area.id for other in held):
        raise RuleViolation(_("The account has this role over this area already."), "role")
    if not held:
        user.password_hash = None
    assignment = RoleAssignment(
        user=user,
        role=role,
        area=area,
        granted_by_id=by.id if by else None,
        valid_from=starts or today(),
    )
    db.session.add(assignment)
    end_sign_ins(user, by=by)
    record(Event.ROLE_GRANTED, by=by, on=user, area_id=area.id, changes={"role": (None, role)})
    return assignment


def revoke_role(assignment: RoleAssignment, *, by: User | None) -> None:
    """End a role as of today and sign the account's devices out."""
    user = assignment.user
    check_not_own(user, by=by)
    check_reaches(assignment.area, by=by)
    if not assignment.is_valid_on(today()):
        return
    if assignment.kind is Role.PROVINCE_ADMINISTRATOR:
        check_not_last_administrator(user)
    changes = {"role": (assignment.role, None)}
    record(Event.ROLE_REVOKED, by=by, on=user, area_id=assignment.area_id, changes=changes)
    if assignment.valid_from == today():
        user.assignments.remove(assignment)
        db.session.delete(assignment)  # an interval holds at least one day; the trail keeps it
    else:
        assignment.valid_to = today()
    end_sign_ins(user, by=by)


def issue_code(user: User, *, digest: str, expires_at: datetime, by: User | None) -> None:
    """Give the account a one-time code, of which `digest` is kept; the code before it is void.

    Nobody is signed out until the code is used.
    """
    check_not_own(user, by=by)
    check_may_change(user, by=by)
    _check_open(user)
    user.code_hash, user.code_expires_at = digest, expires_at
    record(Event.PASSWORD_RESET, by=by, on=user, area_id=user.home_area_id)


def set_password(user: User, password_hash: str, *, by: User | None) -> None:
    """Set the password of which the hash is given; a one-time code that was waiting is void."""
    user.password_hash, user.code_hash, user.code_expires_at = password_hash, None, None
    record(Event.PASSWORD_CHANGED, by=by, on=user, area_id=user.home_area_id)


def change_password(user: User, *, kept: str, fresh: str, keep_id: int | None) -> None:
    """Change one's own password, proved against the hash `kept`; the other devices are signed out.

    `keep_id` is the sign-in of the device the user is sitting at.
    """
    if user.password_hash != kept:
        raise RuleViolation(_("Your password was changed elsewhere meanwhile."), "old_password")
    set_password(user, fresh, by=user)
    end_sign_ins(user, by=user, keep_id=keep_id)


def _check_open(user: User) -> None:
    """A closed account gets neither roles nor codes."""
    if not user.is_active:
        raise RuleViolation(_("The account is closed. Open it first."))


def check_user_name(user_name: str) -> None:
    """A user name is well formed and free."""
    if not is_user_name(user_name):
        raise RuleViolation(
            _(
                "A user name has 3 to 40 characters: letters without marks, digits, dot, hyphen, "
                "underscore; it begins with a letter. A telephone number is no user name."
            ),
            "user_name",
        )
    if queries.find_user(user_name):
        raise _taken(user_name)


def _taken(user_name: str) -> RuleViolation:
    """The error that a user name is taken."""
    message = _("The user name %(user_name)s is taken.", user_name=user_name)
    return RuleViolation(message, "user_name")
