"""Who may change whose account: the rules the guards of the views cannot know.

`by` is the acting user; None is the operator at the command line, who stands above these rules
but not above the last one.
"""

from sqlalchemy import select

from tcns.accounts.models import RoleAssignment, User
from tcns.accounts.vocabulary import HOME_LEVELS, ROLE_LEVELS
from tcns.areas.models import Area
from tcns.areas.queries import map_day
from tcns.areas.vocabulary import Level
from tcns.clock import today
from tcns.database.locking import lock_rows
from tcns.errors import RuleViolation
from tcns.i18n import gettext as _
from tcns.permissions.vocabulary import Permission, Role


def check_may_change(user: User, *, by: User | None) -> None:
    """An account with a granted role is changed only by those who may grant roles there."""
    if by is None or by.scope_for(Permission.ROLE_GRANT).covers(user):
        return
    if user.roles_on(today()):
        raise RuleViolation(
            _("Only a province administrator can change an account that has a granted role.")
        )


def check_not_own(user: User, *, by: User | None) -> None:
    """Nobody closes, resets or promotes themselves."""
    if by is not None and by.id == user.id:
        raise RuleViolation(
            _(
                "You cannot close your own account, issue a code for it, or grant it roles and "
                "revoke them. Ask another administrator."
            )
        )


def check_may_belong(area: Area, *, by: User | None) -> None:
    """An account belongs to an area of the map, commune or above, where one administers them."""
    if area.step not in HOME_LEVELS or not area.is_valid_on(map_day()):
        raise RuleViolation(_("An account cannot belong to this area."), "area")
    if by is not None and not by.scope_for(Permission.ACCOUNT_WRITE).covers(area):
        raise RuleViolation(_("You do not administer the accounts of this area."), "area")


def check_may_grant(role: Role, area: Area, *, by: User | None) -> None:
    """A role is granted over an area of a fitting level, and only where one may grant roles."""
    fitting = ROLE_LEVELS.get(role, ())
    if area.step not in fitting or not area.is_valid_on(map_day()):
        message = _(
            "The role “%(role)s” cannot be granted over this area. Level it is granted over: "
            "%(levels)s.",
            role=role.label,
            levels="; ".join(str(level.label) for level in Level if level in fitting),
        )
        raise RuleViolation(message, "area")
    check_reaches(area, by=by)


def check_reaches(area: Area, *, by: User | None) -> None:
    """Roles over an area are granted and revoked by those who may grant roles there."""
    if by is not None and not by.scope_for(Permission.ROLE_GRANT).covers(area):
        raise RuleViolation(_("You cannot grant or revoke roles over this area."), "area")


def check_not_last_administrator(user: User) -> None:
    """A province keeps at least one administrator who can sign in.

    The rows are locked until the transaction ends: two administrators who remove each other at
    the same instant must not both succeed.
    """
    query = (
        select(User)
        .join(User.assignments)
        .where(
            RoleAssignment.role == Role.PROVINCE_ADMINISTRATOR,
            RoleAssignment.valid_on(today()),
            User.disabled_at.is_(None),
            User.password_hash.is_not(None),
        )
        .with_for_update()
    )
    able = {administrator.id for administrator in lock_rows(query)}
    if able == {user.id}:
        raise RuleViolation(_("This is the last administrator of the province."))
