"""The page of coverage: what it says around the figures."""

from collections.abc import Callable
from datetime import date
from http import HTTPStatus
from typing import Any

import pytest

from tcns.areas.vocabulary import Level
from tcns.coverage.measures import MEASURES
from tcns.coverage.questions import Wish, ask
from tcns.permissions.scope import EVERYTHING, Scope
from tests.factories import make_area
from tests.page import Page, Visitor
from tests.places import MAP_DAY, REFORM
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


def test_an_old_map_tells_of_the_other_provinces_that_became_today_s(
    visit: Visit, make: Callable[..., Any]
) -> None:
    reviewer = visit("reviewer", language="en")
    assert "Tỉnh Bình Nguyên" not in reviewer.get("/coverage?on=2024-06-30").text
    make(set_map_day, REFORM)
    page = reviewer.get("/coverage?on=2024-06-30")
    assert page.heading == "Coverage: Tỉnh Sơn Thủy"
    other = page.click("Tỉnh Bình Nguyên")
    assert other.heading == "Coverage: Tỉnh Bình Nguyên"
    assert "Huyện Cán Tỷ" in other.text
    tree = reviewer.get("/areas?on=2024-06-30")
    assert {"Tỉnh Sơn Thủy", "Tỉnh Bình Nguyên"} <= tree.links.keys()


@pytest.mark.usefixtures("context")
def test_areas_of_another_former_province_are_shown_under_that_province(
    world: World, make: Callable[..., Any]
) -> None:
    place = world.far_village
    twin = make(make_area, Level.VILLAGE, world.far.id)
    question = ask(Scope(areas=frozenset({place.id, twin})), Wish(on=MAP_DAY))
    assert question.under is not None
    assert question.under.id == world.second_province.id


def test_a_part_of_an_area_is_said_to_be_what_one_may_read(visit: Visit) -> None:
    reader = visit("district", language="en")
    assert reader.get("/coverage").heading == "Coverage: Huyện Thượng Lâm"
    part = reader.get(f"/coverage?map_on={REFORM}")
    assert part.heading == "Coverage within your scope: Tỉnh Sơn Thủy"


def test_an_area_that_is_not_on_the_map_is_said_and_leads_on(visit: Visit) -> None:
    reader = visit("district", language="en")
    page = reader.get(f"/coverage?under=071&map_on={REFORM}")
    assert "There is no area 071 on 01/07/2025" in page.text
    wider = page.click("Show everything within your scope")
    assert wider.heading == "Coverage within your scope: Tỉnh Sơn Thủy"
    reader.get(f"/coverage?under=072&map_on={REFORM}", HTTPStatus.NOT_FOUND)
    reader.get("/coverage?under=99999", HTTPStatus.NOT_FOUND)


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize(
    ("given", "first", "last"),
    [
        ({"last": date(2024, 6, 1)}, date(2024, 6, 1), date(2024, 6, 1)),
        ({"first": date(2024, 9, 1)}, date(2024, 9, 1), date(2024, 9, 1)),
        ({"first": date(2024, 1, 1)}, date(2024, 1, 1), date(2024, 7, 14)),
    ],
)
def test_one_end_of_a_period_alone_moves_the_other_where_it_must(
    given: dict[str, date], first: date, last: date
) -> None:
    question = ask(EVERYTHING, Wish(on=date(2024, 6, 30), **given))
    assert (question.period.first, question.period.last) == (first, last)
