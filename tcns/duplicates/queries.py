"""Questions about pairs of persons: what each is, who was told apart, what can be undone."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, String, cast, distinct, func, or_, select
from sqlalchemy.orm import aliased, contains_eager

from tcns.accounts.models import User
from tcns.activities.models import Activity, Attendance
from tcns.areas.places import Place
from tcns.database import db
from tcns.duplicates.models import DistinctPair
from tcns.permissions.scope import Scope
from tcns.teams.members.queries import PlacedMembership, with_trails
from tcns.teams.models import Membership, Person, Team
from tcns.teams.person_queries import kept
from tcns.undo.models import Reversible, ReversibleStep
from tcns.undo.vocabulary import ReversibleKind


class Apart(NamedTuple):
    """Two persons who were told apart, by whom and when."""

    one: Person
    other: Person
    by: str
    at: datetime


def pairs_apart(scope: Scope, place: Place) -> Select[Any]:
    """The pairs of persons kept in the scope who were told apart, the latest first.

    Each row is made of what `Apart` says; one of the two is kept in the place.
    """
    one, other = aliased(Person), aliased(Person)
    here = kept(scope, Membership.person_id)
    there = here.where(place.holds(Team.area_id))
    return (
        select(one, other, User.full_name, DistinctPair.at)
        .select_from(DistinctPair)
        .join(one, one.id == DistinctPair.person_id)
        .join(other, other.id == DistinctPair.other_id)
        .join(User, User.id == DistinctPair.by_id)
        .where(one.id.in_(here), other.id.in_(here), or_(one.id.in_(there), other.id.in_(there)))
        .order_by(DistinctPair.at.desc(), one.id, other.id)
    )


def where_kept(
    scope: Scope, person_ids: Iterable[int], map_on: date
) -> dict[int, list[PlacedMembership]]:
    """The memberships that say where each of some persons is kept, with their areas."""
    query = (
        kept(scope, Membership)
        .options(contains_eager(Membership.team))
        .where(Membership.person_id.in_(set(person_ids)))
        .order_by(Team.sort_key, Membership.id)
    )
    memberships: defaultdict[int, list[PlacedMembership]] = defaultdict(list)
    for placed in with_trails(db.session.scalars(query).all(), map_on):
        memberships[placed.membership.person_id].append(placed)
    return memberships


class Help(NamedTuple):
    """At how many sessions of the scope somebody helped, and on which day last."""

    session_count: int
    last: date | None


def help_of(scope: Scope, person: Person) -> Help:
    """At how many sessions of the scope a person helped, in whatever state they are."""
    query = (
        select(func.count(distinct(Activity.id)), func.max(Activity.held_on))
        .join(Activity.attendances)
        .join(Attendance.membership)
        .where(Membership.person_id == person.id, scope.clause(Activity))
    )
    return Help(*db.session.execute(query).one())


def merges_to_undo(user: User, person: Person) -> Sequence[tuple[Person, Reversible]]:
    """Who was merged into a person by a user, with what undoes that."""
    merged = {
        json.dumps([each.id]): each
        for each in db.session.scalars(select(Person).where(Person.merged_into_id == person.id))
    }
    if not merged:
        return []
    key = cast(ReversibleStep.key, String)
    query = (
        select(key, Reversible)
        .join(Reversible.steps)
        .where(Reversible.by_id == user.id, Reversible.reversed_at.is_(None))
        .where(Reversible.kind == ReversibleKind.PERSONS_MERGED, key.in_(merged))
        .where(ReversibleStep.table_name == Person.__tablename__)
        .distinct()  # of a person there is a step for each statement
        .order_by(Reversible.id)
    )
    return [(merged[text], reversible) for text, reversible in db.session.execute(query)]
