"""Finding the persons who may be on file twice."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations, groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Select, and_, func, select

from tcns.areas.models import Area, AreaAllocation, AreaPath
from tcns.areas.places import Place, usual_map
from tcns.areas.vocabulary import Level
from tcns.clock import today
from tcns.database import db
from tcns.database.kept import kept
from tcns.duplicates.matching import Key, Suspect, Suspicion, suspected
from tcns.duplicates.models import DistinctPair
from tcns.duplicates.vocabulary import Reason
from tcns.permissions.scope import Scope
from tcns.teams.models import Membership, Person, Team
from tcns.teams.person_queries import kept as kept_in
from tcns.vietnamese import name_sort_key

# So many rows of a large crowd are fetched at a time.
BATCH = 5000


@dataclass(frozen=True)
class PairFilter:
    """Which pairs a list shows: those of which one is kept in a place, suspected for a reason."""

    place: Place
    reason: Reason | None = None


def find_duplicates(scope: Scope, wanted: PairFilter) -> list[Suspicion]:
    """The pairs of persons kept in the scope who may be one, the surest reasons first.

    Who was merged away is kept nowhere; pairs that were told apart are left out. The crowd is
    read once, commune by commune; see `suspicion` for the rule.
    """
    found = {pair.key: pair for pair in _in_communes(scope, wanted.place.map_on)}
    for pair in _with_phone(scope):
        found.setdefault(pair.key, pair)
    for key in _told_apart():
        found.pop(key, None)
    return sorted(_wanted(scope, found, wanted), key=_order)


def count_duplicates(scope: Scope, place: Place | None = None) -> int:
    """How many pairs of persons kept in the scope may be one, of which one is kept in a place."""
    return len(find_duplicates(scope, PairFilter(place or Place(usual_map(today())))))


def _in_communes(scope: Scope, map_on: date) -> Iterator[Suspicion]:
    """The suspected pairs within each commune of a map."""
    rows = db.session.execute(_crowd(scope, map_on).execution_options(yield_per=BATCH))
    for _commune, crowd in groupby(rows, key=attrgetter("commune_id")):
        persons = {row.id: Suspect(*row[1:]) for row in crowd}
        yield from suspected(persons.values())


def _with_phone(scope: Scope) -> Iterator[Suspicion]:
    """The pairs with the same folded name and phone, wherever in the scope they are kept."""
    named = Person.search_key, Person.phone
    here = Person.phone.is_not(None), Person.id.in_(kept_in(scope, Membership.person_id))
    twins = select(*named).where(*here).group_by(*named).having(func.count() > 1).subquery()
    same = and_(Person.search_key == twins.c.search_key, Person.phone == twins.c.phone)
    rows = db.session.execute(
        select(*_compared()).join(twins, same).where(*here).order_by(*named, Person.id)
    )
    for _name, group in groupby(rows, key=attrgetter("search_key", "phone")):
        for one, other in combinations([Suspect(*row) for row in group], 2):
            yield Suspicion(one, other, (Reason.NAME_AND_PHONE,))


@kept("duplicates")
def _told_apart() -> tuple[Key, ...]:
    """The ids of all pairs that were told apart."""
    query = select(DistinctPair.person_id, DistinctPair.other_id)
    return tuple((one, other) for one, other in db.session.execute(query))


def _wanted(scope: Scope, found: dict[Key, Suspicion], wanted: PairFilter) -> Iterator[Suspicion]:
    """Of the pairs found those that the filter lets through."""
    inside = None
    if wanted.place.area_id is not None:
        there = wanted.place.holds(Team.area_id)
        inside = set(db.session.scalars(kept_in(scope, Membership.person_id).where(there)))
    for pair in found.values():
        is_there = inside is None or not inside.isdisjoint(pair.key)
        if is_there and (wanted.reason is None or wanted.reason in pair.reasons):
            yield pair


def _order(pair: Suspicion) -> Any:
    """The surest reason first, then in Vietnamese order of names."""
    return list(Reason).index(pair.reasons[0]), name_sort_key(pair.one.full_name), pair.key


def _compared() -> tuple[Any, ...]:
    """The columns that a suspect is made of."""
    return Person.id, Person.full_name, Person.search_key, Person.phone, Person.birth_year


def _crowd(scope: Scope, map_on: date) -> Select[Any]:
    """What is compared of each person kept in the scope, in the order of their communes.

    Where a team stands in no commune of the map, its seat stands for one.
    """
    commune = _communes(map_on).subquery()
    commune_id = func.coalesce(commune.c.commune_id, AreaAllocation.seat_id).label("commune_id")
    return (
        kept_in(scope, commune_id, *_compared())
        .join(Person, Person.id == Membership.person_id)
        .join(
            AreaAllocation,
            and_(AreaAllocation.area_id == Team.area_id, AreaAllocation.valid_on(map_on)),
        )
        .outerjoin(commune, commune.c.area_id == AreaAllocation.seat_id)
        .order_by(commune_id, Person.id)
    )


def _communes(map_on: date) -> Select[Any]:
    """Each area with the commune it stands in, or is, on a map."""
    return (
        select(AreaPath.descendant_id.label("area_id"), AreaPath.ancestor_id.label("commune_id"))
        .join(Area, Area.id == AreaPath.ancestor_id)
        .where(Area.level == Level.COMMUNE, AreaPath.valid_on(map_on))
    )
