"""Questions about the accounts of members."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from tcns.accounts.models import User
from tcns.database import db
from tcns.permissions.scope import Scope
from tcns.teams.models import Membership, Person, Team
from tcns.teams.queries import memberships_on


def members_with_accounts(scope: Scope, team: Team, on: date) -> list[Membership]:
    """The team's memberships on a day, in the order of its page, with their persons' accounts."""
    query = memberships_on(scope, team, on).outerjoin(Person.user)
    account = contains_eager(Membership.person).contains_eager(Person.user)
    return list(db.session.scalars(query.options(account)))


def persons_beyond(scope: Scope, members: Iterable[Membership], on: date) -> set[int]:
    """The ids of those members' persons who also are in a team, or have an account, outside the
    scope."""
    ids = [member.person_id for member in members]
    elsewhere = select(Membership.person_id).where(
        Membership.person_id.in_(ids), Membership.valid_on(on), ~scope.clause(Membership)
    )
    kept_elsewhere = (
        select(Person.id).join(Person.user).where(Person.id.in_(ids), ~scope.clause(User))
    )
    return set(db.session.scalars(elsewhere.union(kept_elsewhere)))
