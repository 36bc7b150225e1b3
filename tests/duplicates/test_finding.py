"""Which pairs of persons are found: within the scope, standing, and not told apart."""

from datetime import date
from typing import Any

import pytest

from tcns.accounts.models import User
from tcns.areas.places import Place
from tcns.clock import now
from tcns.database import db
from tcns.duplicates.finding_queries import PairFilter, count_duplicates, find_duplicates
from tcns.duplicates.models import DistinctPair
from tcns.duplicates.vocabulary import Reason
from tcns.permissions.vocabulary import Permission
from tests.duplicates.conftest import member_of, person, twins
from tests.factories import make_membership
from tests.places import MAP_DAY, REFORM
from tests.world import World, set_map_day


def found(user: User, map_on: date = MAP_DAY, **wanted: Any) -> list[tuple[int, int]]:
    place = wanted.pop("place", None) or Place(map_on)
    scope = user.scope_for(Permission.PERSON_WRITE)
    return [pair.key for pair in find_duplicates(scope, PairFilter(place, **wanted))]


def user(world: World, persona: str) -> User:
    return db.session.get_one(User, world.users[persona])


def test_nobody_of_the_world_is_suspected(official: User, world: World) -> None:
    assert found(official) == []
    assert found(user(world, "administrator")) == []


def test_a_pair_is_found_once_with_all_that_speaks_for_it(official: User, world: World) -> None:
    pair = twins(world)
    assert found(official) == [pair]
    scope = official.scope_for(Permission.PERSON_WRITE)
    (suspicion,) = find_duplicates(scope, PairFilter(Place(MAP_DAY)))
    assert suspicion.reasons == tuple(Reason)
    assert count_duplicates(scope) == 1


def test_name_and_phone_are_compared_across_communes_within_the_scope(
    official: User, world: World
) -> None:
    pair = twins(world, "village", "town_village")
    assert found(official) == []
    assert found(user(world, "neighbour")) == []
    assert found(user(world, "administrator")) == [pair]


def test_name_and_year_are_compared_within_a_commune_alone(official: User, world: World) -> None:
    facts = {"phone": None, "birth_year": 1988}
    village = member_of(world.teams["village"], **facts)
    member_of(world.teams["town_village"], **facts)
    assert found(user(world, "administrator")) == []
    hamlet = member_of(world.teams["hamlet"], **facts)
    assert found(official) == [(village, hamlet)]


def test_communes_are_those_of_the_map(official: User, world: World) -> None:
    """Hòa An and Hòa Bình became one commune; teams of the old communes stand in it as well."""
    facts = {"phone": None, "birth_year": 1988}
    pair = tuple(member_of(world.teams[team], **facts) for team in ("commune", "partner"))
    administrator = user(world, "administrator")
    assert found(administrator) == []
    assert found(administrator, REFORM) == [pair]
    set_map_day(REFORM)
    assert count_duplicates(administrator.scope_for(Permission.PERSON_WRITE)) == 1


def test_a_person_stands_where_their_last_membership_lies(official: User, world: World) -> None:
    left = member_of(world.teams["village"], valid_to=date(2023, 1, 1))
    here = member_of(world.teams["hamlet"])
    assert found(official) == [(left, here)]
    make_membership(world.teams["town_village"], left, valid_from=date(2024, 1, 1))
    assert found(official) == [], "who moved on is kept elsewhere"


def test_who_was_merged_away_or_told_apart_is_not_found(official: User, world: World) -> None:
    one, other = twins(world)
    third = member_of(world.teams["commune"])
    assert len(found(official)) == 3
    db.session.add(DistinctPair(person_id=one, other_id=third, by_id=official.id, at=now()))
    db.session.flush()
    assert found(official) == [(one, other), (other, third)]
    for part in person(other).memberships:
        part.person_id = one
    person(other).merged_into_id = one
    db.session.flush()
    db.session.expire_all()
    assert found(official) == []


def test_pairs_are_filtered_by_reason_and_by_the_place_of_either(
    official: User, world: World
) -> None:
    pair = twins(world, "village", "town_village")
    administrator = user(world, "administrator")
    for key, is_there in (("village", True), ("town", True), ("neighbour", False)):
        place = Place(MAP_DAY, world.places[key].id)
        assert found(administrator, place=place) == ([pair] if is_there else [])
    assert found(administrator, reason=Reason.NAME_AND_PHONE) == [pair]
    assert found(administrator, reason=Reason.SIMILAR_NAMES) == []


def test_the_surest_pairs_come_first(official: User, world: World) -> None:
    facts = {"phone": None, "birth_year": None, "full_name": "Bế Văn Ánh"}
    alike = tuple(member_of(world.teams[team], **facts) for team in ("village", "hamlet"))
    sure = twins(world)
    assert found(official) == [sure, alike]


@pytest.mark.parametrize("persona", ["district", "auditor", "leader", "member"])
def test_who_may_not_change_persons_finds_nothing(
    official: User, world: World, persona: str
) -> None:
    twins(world)
    assert found(user(world, persona)) == []
