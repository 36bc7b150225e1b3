"""What is found of files of teams, villages and households, and what taking them in writes."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from tcns.areas.models import Area, AreaAllocation, AreaHouseholds, AreaName, AreaPath
from tcns.areas.places import trails
from tcns.areas.tree_operations import rebuild_tree
from tcns.areas.vocabulary import Level
from tcns.database import db
from tcns.imports.vocabulary import Outcome, ProblemKind
from tcns.teams.models import EstablishingDecision, Team
from tcns.teams.vocabulary import Purpose
from tests.imports.conftest import Check
from tests.imports.files import DECISION, HOUSEHOLDS, TEAMS, VILLAGES
from tests.places import MAP_DAY, REFORM
from tests.world import World

TakeIn = Callable[..., None]


def problems(checked: object) -> list[ProblemKind]:
    return [p.kind for f in checked.findings for p in f.problems]  # type: ignore[attr-defined]


def test_a_village_gets_its_team_by_a_decision(
    check_rows: Check, take_in: TakeIn, world: World
) -> None:
    checked = check_rows("teams", TEAMS, ("", "Khuôn Trú", "Hòa An", "", *DECISION))
    assert checked.counts["new"] == 1
    take_in("teams", checked)
    team = db.session.scalars(select(Team).filter_by(area_id=world.quiet_village.id)).one()
    assert (team.name, team.valid_from) == (
        "Community digital-technology team Thôn Khuôn Trú",
        date(2024, 2, 1),
    )
    (effect,) = team.decisions
    assert (effect.kind, effect.decision.number) == (Purpose.ESTABLISH, "12/QĐ")
    assert effect.decision.area_id == world.commune.id


def test_one_decision_of_many_rows_is_put_on_file_once(
    check_rows: Check, take_in: TakeIn, world: World
) -> None:
    second = ("Tổ hai", "Đồng Tâm", "Hòa An", "", *DECISION, "Địa bàn rộng")
    headings = (*TEAMS, "Lý do tổ thứ hai")
    first = ("", "Khuôn Trú", "Hòa An", "", *DECISION)
    take_in("teams", check_rows("teams", headings, first, second))
    query = select(EstablishingDecision).filter_by(number="12/QĐ")
    assert len(db.session.scalars(query).all()) == 1


def test_a_team_on_file_is_unchanged_or_put_right(
    check_rows: Check, take_in: TakeIn, world: World
) -> None:
    same = check_rows("teams", TEAMS, ("", "Đồng Tâm", "Hòa An", "01/05/2022"))
    assert same.counts["same"] == 1
    checked = check_rows("teams", TEAMS, ("Tổ số Đồng Tâm", "Đồng Tâm", "", "30/04/2022"))
    assert checked.findings[0].changes["since"] == ("01/05/2022", "30/04/2022")
    take_in("teams", checked)
    team = db.session.get_one(Team, world.teams["village"])
    assert (team.name, team.search_key, team.version) == ("Tổ số Đồng Tâm", "to so dong tam", 2)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (("", "Khuôn Trú", "", ""), ProblemKind.MISSING),
        (("", "Khuôn Trú", "", "01/01/2010", *DECISION), ProblemKind.DAY),
        (("", "Đồng Tâm", "", "01/06/2022"), ProblemKind.DAY),
        (("", "Nà Kim Tước", "", "", *DECISION), ProblemKind.UNKNOWN),
    ],
)
def test_a_team_that_breaks_a_rule_is_an_error(
    check_rows: Check, row: tuple[str, ...], expected: ProblemKind
) -> None:
    checked = check_rows("teams", TEAMS, row)
    assert checked.counts["error"] == 1
    assert expected in problems(checked)


def test_a_second_team_needs_its_reason(check_rows: Check) -> None:
    rows = [("Tổ một", "Khuôn Trú", "", "", *DECISION), ("Tổ hai", "Khuôn Trú", "", "", *DECISION)]
    checked = check_rows("teams", TEAMS, *rows)
    assert [finding.outcome for finding in checked.findings] == [Outcome.NEW, Outcome.ERROR]


def test_a_new_village_stands_in_the_tree_on_all_maps(
    check_rows: Check, take_in: TakeIn, world: World
) -> None:
    rows = [("", "Thôn Nà Mới", "Hòa An", ""), ("", "Tổ 9", "Hòa An", "01/01/2024")]
    checked = check_rows("villages", VILLAGES, *rows)
    assert checked.counts["new"] == 2
    take_in("villages", checked)
    names = db.session.scalars(select(AreaName).where(AreaName.code.startswith("02301.")))
    found = {name.full_name: name for name in names}
    assert set(found) == {"Thôn Nà Mới", "Tổ dân phố 9"}
    village = found["Thôn Nà Mới"].area_id
    assert trails([village], MAP_DAY)[village][Level.COMMUNE].id == world.commune.id
    assert trails([village], REFORM)[village][Level.COMMUNE].id == world.merged.id
    derived = [
        {tuple(row) for row in db.session.execute(select(*model.__table__.columns))}
        for model in (AreaPath, AreaAllocation)
    ]
    rebuild_tree()
    assert derived == [
        {tuple(row) for row in db.session.execute(select(*model.__table__.columns))}
        for model in (AreaPath, AreaAllocation)
    ]


def test_a_village_on_file_is_unchanged_by_code_or_name(check_rows: Check, world: World) -> None:
    rows = [("", "thôn Đồng Tâm", "X. Hòa An"), (world.hamlet.code, "Nà Đình", "")]
    assert check_rows("villages", VILLAGES, *rows).counts["same"] == 2


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (("", "Nà Mới", "Hòa An"), ProblemKind.MISSING),
        (("", "Thôn Nà Mới", "Kim Tước"), ProblemKind.UNKNOWN),
        (("0999999", "Thôn Nà Mới", ""), ProblemKind.UNKNOWN),
        (("", "Thôn Nà Mới", "Hòa An", "01/07/2025"), ProblemKind.DAY),
        (("", "Thôn Nà Mới", "Hòa An", "01/01/2000"), ProblemKind.DAY),
    ],
)
def test_a_village_that_breaks_a_rule_is_an_error(
    check_rows: Check, row: tuple[str, ...], expected: ProblemKind
) -> None:
    assert expected in problems(check_rows("villages", VILLAGES, row))


def test_another_name_under_a_code_is_no_renaming(check_rows: Check, world: World) -> None:
    checked = check_rows("villages", VILLAGES, (world.hamlet.code, "Bản Khác", ""))
    assert problems(checked) == [ProblemKind.CONFLICT]


def counts_of(area_id: int) -> list[tuple[int, date, date | None]]:
    query = select(AreaHouseholds).filter_by(area_id=area_id).order_by(AreaHouseholds.valid_from)
    return [(c.household_count, c.valid_from, c.valid_to) for c in db.session.scalars(query)]


def test_a_new_count_ends_the_last_and_the_same_count_changes_nothing(
    check_rows: Check, take_in: TakeIn, world: World
) -> None:
    rows = [
        ("", "Đồng Tâm", "1.120", "01/01/2025"),
        ("", "Khuôn Trú", "55", "01/01/2025"),
        (world.hamlet.code, "", "80", ""),
    ]
    checked = check_rows("households", HOUSEHOLDS, *rows)
    assert [f.outcome for f in checked.findings] == ["changed", "new", "same"]
    take_in("households", checked)
    began = db.session.get_one(Area, world.village.id).valid_from
    assert counts_of(world.village.id) == [
        (120, began, date(2025, 1, 1)),
        (1120, date(2025, 1, 1), None),
    ]
    assert counts_of(world.quiet_village.id) == [(55, date(2025, 1, 1), None)]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (("", "Đồng Tâm", "", "01/01/2025"), ProblemKind.NO_ROW),
        (("", "Đồng Tâm", "1,5", ""), ProblemKind.FORMAT),
        (("", "Đồng Tâm", "-3", ""), ProblemKind.FORMAT),
        (("", "Đồng Tâm", "9999999", ""), ProblemKind.FORMAT),
        (("", "Đồng Tâm", "5", "01/01/2020"), ProblemKind.DAY),
        (("02301", "", "5", ""), ProblemKind.UNKNOWN),
    ],
)
def test_a_count_that_breaks_a_rule_or_is_none_is_not_taken_in(
    check_rows: Check, row: tuple[str, ...], expected: ProblemKind
) -> None:
    assert expected in problems(check_rows("households", HOUSEHOLDS, row))
