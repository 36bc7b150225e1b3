"""The page of coverage: what it says around the figures."""

from collections.abc import Callable
from typing import Any

import pytest

from tcns.coverage.measures import MEASURES
from tests.page import Page, Visitor
from tests.places import REFORM
from tests.world import World, set_map_day

Visit = Callable[..., Visitor]
ENDED = "Districts existed until 30/06/2025"


def value_of(page: Page, name: str) -> str | None:
    """What a control of the page holds."""
    return next(c.get("value") for c in page.tree.iter("input") if c.get("name") == name)


@pytest.mark.parametrize(
    ("query", "is_said"),
    [
        ("by=district", True),
        ("by=district&map_on=2025-06-30", True),
        ("by=district&map_on=2024-06-30", False),
        ("by=commune", False),
        ("by=commune&map_on=2025-06-30", False),
        ("by=district&on=2024-06-30", False),
    ],
)
def test_districts_that_have_ended_are_said_to_be_those_of_their_last_day(
    visit: Visit, make: Callable[..., Any], world: World, query: str, *, is_said: bool
) -> None:
    make(set_map_day, REFORM)
    page = visit("reviewer", language="en").get(f"/coverage?{query}")
    assert world.commune.code
    assert (ENDED in page.text) is is_said


def test_a_day_typed_the_vietnamese_way_stays_in_its_control(visit: Visit) -> None:
    page = visit("reviewer", language="en").get("/coverage?on=30/06/2024")
    assert "30/06/2024" in page.text
    assert value_of(page, "on") == "2024-06-30"
    assert value_of(visit("reviewer").get("/coverage?on=30.6"), "on") == "30.6"


@pytest.mark.parametrize("on", ["2024-06-30", "1990-01-01&map_on=2024-06-30"])
def test_each_number_of_the_table_leads_to_what_it_counts_zero_as_well(
    visit: Visit, on: str
) -> None:
    page = visit("reviewer").get(f"/coverage?by=district&on={on}")
    rows = [row for row in page.tree.iter("tr") if row.find("td") is not None]
    assert rows
    for row in rows:
        *counts, _members_per_team = [cell for cell in row.iter("td")]
        assert len(counts) == len(MEASURES)
        assert all(cell.find("a") is not None for cell in counts)
