"""The villages of the demonstration stand in the real communes, on every map."""

import re
from collections import Counter, defaultdict
from datetime import date

import pytest

from tests.demo.loaded import DAY, World, on

# That PostgreSQL holds the same world, test_loading says.
pytestmark = pytest.mark.long_on_postgresql

FIRST, MAP_DAY, MERGED, REFORMED = (
    date(2021, 7, 1),
    date(2024, 8, 31),
    date(2024, 9, 1),
    date(2025, 7, 1),
)
MAPS = (FIRST, MAP_DAY, MERGED, date(2025, 6, 30), REFORMED, DAY)
TOWNS = {"phường", "thị trấn"}


def villages(world: World) -> set[int]:
    """The ids of all villages."""
    return {area_id for area_id, level in world.levels.items() if level == "village"}


def test_every_village_has_a_place_and_a_name_on_every_day(demonstration: World) -> None:
    for dated in (demonstration.area_placement, demonstration.area_name):
        spans = defaultdict(list)
        for row in sorted(dated, key=lambda row: row.valid_from):
            spans[row.area_id].append((row.valid_from, row.valid_to))
        for village in villages(demonstration):
            starts, ends = zip(*spans[village], strict=True)
            assert [*starts, None] == [FIRST, *ends]


@pytest.mark.parametrize("day", MAPS)
def test_a_village_stands_in_a_commune_of_the_day(demonstration: World, day: date) -> None:
    communes = {row.id for row in on(day, demonstration.area) if row.level == "commune"}
    parents = demonstration.parents(day)
    under = Counter(parents[village] for village in villages(demonstration))
    assert under.keys() == communes  # none without a village either
    assert min(under.values()) >= 3


@pytest.mark.parametrize("day", MAPS)
def test_a_village_is_to_dan_pho_in_a_town_and_thon_or_ban_elsewhere(
    demonstration: World, day: date
) -> None:
    parents, names = demonstration.parents(day), demonstration.names(day)
    for village in villages(demonstration):
        is_town = names[parents[village]].kind in TOWNS
        assert (names[village].kind == "tổ dân phố") == is_town
        assert names[village].kind in ("tổ dân phố", "thôn", "bản")


@pytest.mark.parametrize("day", MAPS)
def test_two_villages_of_a_commune_bear_different_names(demonstration: World, day: date) -> None:
    parents, names = demonstration.parents(day), demonstration.names(day)
    full = [(parents[v], names[v].kind, names[v].name) for v in villages(demonstration)]
    assert max(Counter(full).values()) == 1


def test_a_village_keeps_the_code_it_has_from_its_commune_of_2024(demonstration: World) -> None:
    parents, names = demonstration.parents(MAP_DAY), demonstration.names(MAP_DAY)
    for village in villages(demonstration):
        commune, number = names[village].code.split(".")
        assert commune == names[parents[village]].code
        assert re.fullmatch(r"\d\d", number)
    codes = defaultdict(set)
    for row in demonstration.area_name:
        codes[row.area_id].add(row.code)
    assert all(len(codes[village]) == 1 for village in villages(demonstration))


def test_a_village_goes_where_its_commune_went(demonstration: World) -> None:
    followed = {(row.predecessor_id, row.successor_id) for row in demonstration.area_succession}
    for before, after in ((MAP_DAY, MERGED), (date(2025, 6, 30), REFORMED)):
        old, new = demonstration.parents(before), demonstration.parents(after)
        for village in villages(demonstration):
            pair = (old[village], new[village])
            assert pair[0] == pair[1] or pair in followed


def test_villages_of_a_split_commune_alternate_over_its_successors(demonstration: World) -> None:
    successors = defaultdict(list)
    names = demonstration.names(DAY)
    for row in demonstration.area_succession:
        if row.extent == "part":
            successors[row.predecessor_id].append((names[row.successor_id].code, row.successor_id))
    assert len(successors) == 5
    old, new = demonstration.parents(date(2025, 6, 30)), demonstration.parents(DAY)
    for commune, found in successors.items():
        (_, first), (_, second) = sorted(found)
        own = sorted((names[v].code, v) for v in villages(demonstration) if old[v] == commune)
        expected = [first if n % 2 == 0 else second for n in range(len(own))]
        assert [new[village] for _, village in own] == expected


def test_old_ha_giang_has_villages_and_no_team(demonstration: World) -> None:
    parents, districts = demonstration.parents(MAP_DAY), demonstration.districts(MAP_DAY)
    there = {v for v in villages(demonstration) if districts[v] < "070"}
    by_commune = Counter(parents[village] for village in there)
    assert len(by_commune) == 193
    assert set(by_commune.values()) == {6, 7, 8, 9, 10}
    assert not there & {team.area_id for team in demonstration.team}


def test_a_village_lies_near_its_commune(demonstration: World) -> None:
    areas, parents = demonstration.by_id("area"), demonstration.parents(MAP_DAY)
    for village in villages(demonstration):
        own, commune = areas[village], areas[parents[village]]
        assert abs(own.latitude - commune.latitude) < 0.021
        assert abs(own.longitude - commune.longitude) < 0.021


def test_households_are_known_of_most_villages_and_missing_of_some(demonstration: World) -> None:
    known = {row.area_id for row in on(DAY, demonstration.area_households)}
    assert known < villages(demonstration)
    assert 0.9 < len(known) / len(villages(demonstration)) < 0.97


def test_the_map_day_is_that_of_the_published_figures(demonstration: World) -> None:
    (deployment,) = demonstration.deployment
    assert (deployment.province_code, deployment.map_on) == ("08", MAP_DAY)
    assert deployment.is_demonstration
