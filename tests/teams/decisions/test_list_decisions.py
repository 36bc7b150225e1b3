"""The list of decisions: which it shows to whom, how it is narrowed, and its file."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from tcns.spreadsheets.sending import XLSX
from tests.factories import make_decision, make_team
from tests.page import Visitor
from tests.world import World

Visit = Callable[..., Visitor]
Make = Callable[..., Any]


@pytest.fixture
def listed(visit: Visit) -> Callable[..., list[str]]:
    """The numbers of the decisions that somebody sees listed."""

    def numbers(query: str = "", persona: str = "administrator") -> list[str]:
        return [row[0] for row in visit(persona).get(f"/decisions{query}").rows]

    return numbers


Listed = Callable[..., list[str]]


def test_a_decision_says_to_how_many_teams_it_did_what(visit: Visit, world: World) -> None:
    rows = visit("own", language="en").get("/decisions").rows
    assert [(row[0], row[5], row[6]) for row in rows] == [("12/QĐ-UBND", "Establishment", "3")]


def test_only_decisions_of_the_scope_are_listed(listed: Listed) -> None:
    assert listed() == ["34/QĐ-UBND", "12/QĐ-UBND"]
    assert listed(persona="own") == ["12/QĐ-UBND"]
    assert listed(persona="member") == ["12/QĐ-UBND"]


def test_teams_outside_the_scope_are_not_counted(visit: Visit, make: Make, world: World) -> None:
    decision = make(make_decision, world.commune.id, number="99/QĐ-UBND")
    make(make_team, world.neighbour_village.id, decision_id=decision)
    rows = visit("own").get("/decisions?q=99").rows
    assert [(row[5], row[6]) for row in rows] == [("–", "0")]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=12", ["12/QĐ-UBND"]),
        ("q=12/qd", ["12/QĐ-UBND"]),
        ("q=12/QĐ-ubnd", ["12/QĐ-UBND"]),
        ("q=99", []),
        ("under=02301", ["12/QĐ-UBND"]),
        ("year=2022", ["34/QĐ-UBND", "12/QĐ-UBND"]),
        ("year=2023", []),
        ("year=nonsense", ["34/QĐ-UBND", "12/QĐ-UBND"]),
        ("purpose=establish", ["34/QĐ-UBND", "12/QĐ-UBND"]),
        ("purpose=dissolve", []),
    ],
)
def test_the_list_is_narrowed_by_number_area_year_and_purpose(
    listed: Listed, query: str, found: list[str]
) -> None:
    assert listed(f"?{query}") == found


def test_the_years_offered_are_those_of_the_scope(visit: Visit, make: Make, world: World) -> None:
    make(make_decision, world.neighbour.id, issued_on=date(2024, 2, 3))
    page = visit("own").get("/decisions")
    options = [option.get("value") for option in page.tree.iter("option")]
    assert "2022" in options
    assert "2024" not in options


def test_the_file_holds_exactly_what_is_filtered(visit: Visit) -> None:
    body = visit("administrator", language="en").download("/decisions/export?q=12", XLSX)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(0).to_python()
    assert rows[0][0] == "List of decisions"
    assert [row[1] for row in rows[-1:]] == ["12/QĐ-UBND"]
    assert rows[-1][2] == date(2022, 4, 21)
