"""Villages are merged and closed with dates; their figures stay right on every map."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tcns.accounts.role_scopes import rights_of_roles
from tcns.areas.models import AreaSuccession
from tcns.areas.villages.operations import close_village, merge_villages
from tcns.areas.vocabulary import Extent, Level
from tcns.coverage.queries import Question, coverage
from tcns.database import db
from tcns.periods import Period
from tcns.permissions.scope import EVERYTHING
from tcns.permissions.vocabulary import Permission
from tests.areas.conftest import DAY, Land, closure, everything, households, merger, split
from tests.factories import make_team
from tests.places import MAP_DAY, REFORM
from tests.teams.conftest import changes, events, refused

BEFORE, BEGINNING = DAY - timedelta(days=1), date(2021, 7, 1)


def figures(land: Land, on: date, map_on: date, under: str = "commune") -> dict[str, int]:
    """What coverage says of the commune on a day, on the map of another."""
    period = Period(date(2020, 1, 1), on)
    question = Question(land.area(under), Level.VILLAGE, on, period, map_on)
    return coverage(EVERYTHING, question).total.figures


def names_in(land: Land, on: date, map_on: date) -> dict[str, int]:
    """The teams of each village of Hòa An, by the village's name."""
    period = Period(on, on)
    question = Question(land.area("commune"), Level.VILLAGE, on, period, map_on)
    return {row.name: row.figures["team_count"] for row in coverage(EVERYTHING, question).rows}


def test_merged_villages_are_one_from_the_day_on_and_many_before(land: Land) -> None:
    assert figures(land, DAY, DAY)["village_count"] == 3
    merge_villages(land.area("commune"), merger(land, "village", "hamlet"), by=land.official)
    assert figures(land, DAY, DAY)["village_count"] == 2
    assert figures(land, DAY, BEFORE)["village_count"] == 3


def test_the_teams_of_merged_villages_are_counted_in_the_new_one(land: Land) -> None:
    merge_villages(land.area("commune"), merger(land, "village", "hamlet"), by=land.official)
    assert names_in(land, DAY, DAY) == {"Thôn Hợp Nhất": 2, "Thôn Khuôn Trú": 0}
    assert names_in(land, DAY, BEFORE) == {
        "Thôn Đồng Tâm": 1,
        "Bản Nà Đình": 1,
        "Thôn Khuôn Trú": 0,
    }
    assert figures(land, DAY, DAY)["village_team_count"] == 1
    assert figures(land, DAY, DAY)["team_count"] == figures(land, DAY, BEFORE)["team_count"] == 3


def test_the_new_village_stands_on_every_later_map_as_those_it_was_made_of(land: Land) -> None:
    merge_villages(land.area("commune"), merger(land, "village", "hamlet"), by=land.official)
    day = REFORM
    period = Period(day, day)
    answer = coverage(EVERYTHING, Question(land.area("merged"), Level.VILLAGE, day, period, day))
    assert {row.name: row.figures["team_count"] for row in answer.rows} == {
        "Thôn Hợp Nhất": 2,
        "Thôn Khuôn Trú": 0,
        "Thôn Hợp Thành": 1,
    }


def test_without_a_number_the_households_of_all_are_added_up(land: Land) -> None:
    merged = merge_villages(
        land.area("commune"), merger(land, "village", "hamlet"), by=land.official
    )
    assert households(merged) == [(200, DAY, None)]
    assert households(land.area("village")) == [(120, BEGINNING, DAY)]


def test_where_one_is_unknown_the_households_of_the_new_village_are(land: Land) -> None:
    merged = merge_villages(
        land.area("commune"), merger(land, "village", "quiet_village"), by=land.official
    )
    assert households(merged) == []


def test_the_number_that_is_given_holds(land: Land) -> None:
    wanted = merger(land, "village", "hamlet", household_count=7)
    assert households(merge_villages(land.area("commune"), wanted, by=land.official)) == [
        (7, DAY, None)
    ]


def test_one_may_keep_its_name_where_it_takes_in_the_others(land: Land) -> None:
    wanted = merger(land, "village", "hamlet", name="Đồng Tâm", decree="15/NQ-HĐND")
    merged = merge_villages(land.area("commune"), wanted, by=land.official)
    assert merged.id != land.area("village").id, "its land is another"
    became = db.session.scalars(
        select(AreaSuccession).where(AreaSuccession.successor_id == merged.id)
    ).all()
    assert {(one.extent, one.decree, one.effective_on) for one in became} == {
        (Extent.WHOLE, "15/NQ-HĐND", DAY)
    }


def test_a_merger_and_the_ends_it_brings_are_on_record(land: Land) -> None:
    merge_villages(land.area("commune"), merger(land, "village", "hamlet"), by=land.official)
    (merged,) = events("area:merged")
    assert changes(merged)["villages"] == ("Thôn Đồng Tâm, Bản Nà Đình", None)
    assert [changes(one)["valid_to"] for one in events("area:closed")] == [(None, str(DAY))] * 2


@pytest.mark.parametrize(
    ("keys", "differs", "fields"),
    [
        (("village",), {}, ["villages"]),
        (("village", "village"), {}, ["villages"]),
        (("village", "hamlet"), {"name": "Khuôn Trú"}, ["name"]),
        (("village", "hamlet"), {"day": date(2999, 1, 1)}, ["first_day"]),
        (("village", "hamlet"), {"day": BEGINNING}, ["first_day", "first_day"]),
        (("village", "partner_village"), {}, ["villages"]),
        (("village", "hamlet"), {"name": "Khuôn Trú", "day": REFORM}, ["first_day"]),
    ],
)
def test_a_merger_that_cannot_be_is_refused(
    land: Land, keys: tuple[str, ...], differs: dict[str, object], fields: list[str]
) -> None:
    before = everything()
    with refused(*fields):
        merge_villages(
            land.area("commune"),
            merger(land, *keys, **differs),  # type: ignore[arg-type]
            by=land.official,
        )
    assert everything() == before


def test_a_village_is_not_merged_before_a_team_of_it_began(land: Land) -> None:
    make_team(land.world.quiet_village.id, valid_from=DAY)
    with refused("first_day"):
        merge_villages(
            land.area("commune"), merger(land, "village", "quiet_village"), by=land.official
        )


def test_a_merged_village_is_merged_again(land: Land) -> None:
    merged = merge_villages(
        land.area("commune"), merger(land, "village", "hamlet"), by=land.official
    )
    wanted = merger(land, "quiet_village", day=date(2024, 9, 1), name="Cả Ba")
    wanted.villages.append(merged)  # type: ignore[attr-defined]
    merge_villages(land.area("commune"), wanted, by=land.official)
    assert names_in(land, MAP_DAY, MAP_DAY) == {"Thôn Cả Ba": 2}
    assert names_in(land, MAP_DAY, DAY) == {"Thôn Hợp Nhất": 2, "Thôn Khuôn Trú": 0}


def test_a_closed_village_leaves_its_figures_with_the_commune(land: Land) -> None:
    close_village(land.area("commune"), land.area("village"), closure(land), by=land.official)
    assert names_in(land, MAP_DAY, MAP_DAY) == {"Bản Nà Đình": 1, "Thôn Khuôn Trú": 0}
    assert figures(land, MAP_DAY, MAP_DAY)["team_count"] == 3, "still counted in the commune"
    assert figures(land, MAP_DAY, MAP_DAY)["village_team_count"] == 1
    assert names_in(land, MAP_DAY, DAY)["Thôn Đồng Tâm"] == 1, "the last day is inclusive"


def test_a_split_village_goes_to_none_of_its_parts_alone(land: Land) -> None:
    split(land)
    assert names_in(land, MAP_DAY, MAP_DAY) == {
        "Bản Nà Đình": 1,
        "Thôn Khuôn Trú": 0,
        "Thôn Đồng Thượng": 0,
        "Thôn Đồng Hạ": 0,
    }
    assert names_in(land, MAP_DAY, DAY)["Thôn Đồng Tâm"] == 1
    query = select(AreaSuccession.extent).where(
        AreaSuccession.predecessor_id == land.world.village.id
    )
    assert set(db.session.scalars(query)) == {Extent.PART}


@pytest.mark.parametrize(
    ("successors", "last_day", "fields"),
    [
        (("hamlet",), DAY, ["successors", "successors"]),
        (("village", "hamlet"), DAY, ["successors", "successors"]),
        ((), MAP_DAY, ["last_day"]),
        ((), date(2999, 1, 1), ["last_day"]),
        ((), date(2021, 6, 30), ["last_day"]),
    ],
)
def test_a_closure_that_cannot_be_is_refused(
    land: Land, successors: tuple[str, ...], last_day: date, fields: list[str]
) -> None:
    with refused(*fields):
        wanted = closure(land, *successors, last_day=last_day)
        close_village(land.area("commune"), land.area("village"), wanted, by=land.official)


def test_a_village_is_not_closed_twice(land: Land) -> None:
    commune, village = land.area("commune"), land.area("village")
    close_village(commune, village, closure(land), by=land.official)
    with refused("last_day"):
        close_village(commune, village, closure(land, last_day=date(2024, 6, 1)), by=land.official)


def test_the_official_still_looks_after_what_belongs_to_a_closed_village(land: Land) -> None:
    for village, wanted in (("village", closure(land)), ("hamlet", closure(land))):
        close_village(land.area("commune"), land.area(village), wanted, by=land.official)
    db.session.commit()
    for permission in (Permission.TEAM_WRITE, Permission.PERSON_READ, Permission.AREA_WRITE):
        areas = rights_of_roles(land.official, permission).areas
        assert {land.world.village.id, land.world.hamlet.id} <= areas
        assert land.world.neighbour_village.id not in areas
