"""Where rights of members come from: an active membership, with which they end."""

from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import SessionTransaction

from tcns.clock import today
from tcns.database import db
from tcns.permissions.scope import NOTHING, Scope, grants_rights
from tcns.permissions.vocabulary import ROLE_PERMISSIONS, Permission, Role
from tcns.teams.models import Membership, Person, Team
from tcns.teams.vocabulary import MemberRole

Parts = list[Row[tuple[int, int, str]]]
# The menu asks for many permissions: somebody's memberships are read once in a transaction.
_known: WeakKeyDictionary[SessionTransaction, dict[int, Parts]] = WeakKeyDictionary()

# Asked by every page, so it is put together once.
PARTS = (
    select(Membership.team_id, Team.area_id, Membership.role)
    .join(Person, Person.id == Membership.person_id)
    .join(Team, Team.id == Membership.team_id)
    .where(Person.user_id == bindparam("user_id"))
    .where(Membership.valid_on(bindparam("day")), Team.valid_on(bindparam("day")))
    .order_by(Membership.team_id, Membership.id)
)


@grants_rights
def rights_of_memberships(user: Any, permission: Permission) -> Scope:
    """The teams in which `user` is a member today, where that lets them do `permission`.

    Only those teams, whatever their level: who leads a commune's team has that team, not those
    of its villages. Of areas they read the team's own. A closed account has no rights.
    """
    if not user.is_authenticated or not user.is_active:
        return NOTHING
    parts = [
        part
        for part in _parts_of(user.id)
        if permission in ROLE_PERMISSIONS[_role_of(MemberRole(part.role))]
    ]
    if permission is Permission.AREA_READ:
        return Scope(areas=frozenset(part.area_id for part in parts))
    return Scope(teams=frozenset(part.team_id for part in parts))


def _role_of(member_role: MemberRole) -> Role:
    """What a role in the team lets one do: a deputy, what every member may."""
    return Role.TEAM_LEADER if member_role is MemberRole.LEADER else Role.MEMBER


def _parts_of(user_id: int) -> Parts:
    """Team, its area and role of each membership of the account's person, as read in this
    transaction."""
    session = db.session()
    known = _known.setdefault(session.get_transaction() or session.begin(), {})
    if user_id not in known:
        known[user_id] = _read_parts_of(user_id)
    return known[user_id]


def _read_parts_of(user_id: int) -> Parts:
    """Team, its area and role of each membership that holds today in a team that exists today."""
    return list(db.session.execute(PARTS, {"user_id": user_id, "day": today()}))
