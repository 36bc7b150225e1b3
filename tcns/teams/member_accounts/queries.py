"""Questions about who of some members has an account, and how far it is in use."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import contains_eager

from tcns.accounts.models import User
from tcns.areas.places import Trail
from tcns.areas.vocabulary import Level
from tcns.database import db
from tcns.permissions.scope import Scope
from tcns.teams.members.queries import (
    MemberFilter,
    PlacedMembership,
    memberships_in,
    persons_in,
    with_trails,
)
from tcns.teams.models import Membership, Person, Team
from tcns.teams.queries import memberships_on


class AccountCounts(NamedTuple):
    """Persons by their account: none, one never used, one in use, a closed one."""

    none: int = 0
    waiting: int = 0
    in_use: int = 0
    closed: int = 0

    @property
    def to_prepare(self) -> int:
        """How many need a slip."""
        return self.none + self.waiting


def account_counts(scope: Scope, wanted: MemberFilter) -> AccountCounts:
    """How many of the persons a list counts have what kind of account."""
    state = case(
        (User.id.is_(None), "none"),
        (User.disabled_at.is_not(None), "closed"),
        (User.password_hash.is_not(None), "in_use"),
        else_="waiting",
    )
    ids = persons_in(scope, wanted).with_only_columns(Person.id).order_by(None)
    query = select(state, func.count()).select_from(Person).outerjoin(Person.user)
    found = db.session.execute(query.where(Person.id.in_(ids)).group_by(state))
    return AccountCounts(**dict(found.tuples().all()))


def _needs_slip() -> ColumnElement[bool]:
    """The clause that a person has no account, or one never used."""
    unused = and_(User.password_hash.is_(None), User.disabled_at.is_(None))
    return or_(User.id.is_(None), unused)


def persons_without_use(scope: Scope, wanted: MemberFilter) -> Sequence[int]:
    """The persons a list counts who have no account, or one never used."""
    ids = persons_in(scope, wanted).with_only_columns(Person.id).order_by(None)
    query = select(Person.id).outerjoin(Person.user).where(Person.id.in_(ids), _needs_slip())
    return db.session.scalars(query.order_by(Person.id)).all()


def memberships_of(
    scope: Scope, wanted: MemberFilter, person_ids: Sequence[int]
) -> list[PlacedMembership]:
    """Of some persons who still need a slip one membership each, with its areas."""
    query = (
        memberships_in(scope, wanted)
        .outerjoin(Person.user)
        .where(Person.id.in_(person_ids), _needs_slip())
        .options(contains_eager(Membership.person).contains_eager(Person.user))
    )
    return with_trails(_one_each(db.session.scalars(query).all()), wanted.place.map_on)


def holders_of(scope: Scope, wanted: MemberFilter) -> list[PlacedMembership]:
    """Those a list counts whose account waits for its first use, by commune, village and name."""
    query = (
        memberships_in(scope, wanted)
        .join(Person.user)
        .where(_needs_slip())
        .options(contains_eager(Membership.person).contains_eager(Person.user))
    )
    memberships = with_trails(_one_each(db.session.scalars(query).all()), wanted.place.map_on)
    return sorted(memberships, key=lambda placed: _place_key(placed.trail))


def _one_each(memberships: Sequence[Membership]) -> list[Membership]:
    """The first membership of each person."""
    first: dict[int, Membership] = {}
    for membership in memberships:
        first.setdefault(membership.person_id, membership)
    return list(first.values())


def _place_key(trail: Trail) -> tuple[str, ...]:
    """Where the areas of a trail come in Vietnamese order: each commune before its villages."""
    labels = [trail[each].label for each in (Level.COMMUNE, Level.VILLAGE) if each in trail]
    return tuple(key for label in labels for key in (label.sort_key, label.code))


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
