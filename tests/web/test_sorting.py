"""Lists are sorted by their headings, and everything else about them stays as it is."""

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.factories import make_activity, make_membership, make_person, make_team
from tests.inspection import text_of
from tests.page import Page, Visitor
from tests.world import World

Visit = Callable[..., Visitor]
Make = Callable[..., Any]

# Every list with every heading it can be sorted by.
SORTABLE = {
    "/teams": ("team", "area", "leader", "members", "since", "last_session"),
    "/persons": ("name", "phone"),
    "/memberships": ("name", "phone", "role", "team", "area", "body", "since"),
    "/activities?from=2020-01-01&status=all": (
        "held_on",
        "team",
        "participants",
        "households",
        "status",
    ),
    "/areas/list": ("name", "code", "level", "teams"),
    "/accounts": ("name", "user_name", "area", "last_seen"),
    "/audit": ("at", "actor", "record"),
    "/decisions": ("number", "issued_on", "issuer", "area", "teams"),
}


def sorted_page(visitor: Visitor, url: str, order: str) -> Page:
    return visitor.get(f"{url}{'&' if '?' in url else '?'}sort={order}")


def headings(page: Page) -> dict[str, tuple[str | None, str]]:
    """Of each heading one can sort by: how it says the list is sorted, and where it leads."""
    return {
        text_of(cell): (cell.get("aria-sort"), link.get("href", ""))
        for cell in page.tree.iter("th")
        for link in cell.iter("a")
        if cell.get("scope") == "col"
    }


@pytest.mark.parametrize("url", SORTABLE)
def test_every_heading_sorts_both_ways_and_loses_no_row(visit: Visit, url: str) -> None:
    visitor = visit("administrator")
    usual = visitor.get(url).rows
    assert usual
    for column in SORTABLE[url]:
        for order, state in ((column, "ascending"), (f"-{column}", "descending")):
            page = sorted_page(visitor, url, order)
            assert sorted(page.rows) == sorted(usual), order
            assert [s for s, _url in headings(page).values() if s] == [state], order


@pytest.mark.parametrize("url", SORTABLE)
def test_the_headings_that_sort_are_these(visit: Visit, url: str) -> None:
    """Whatever a heading offers is known to the list: an unknown one would change nothing."""
    links = [link for _state, link in headings(visit("administrator").get(url)).values()]
    offered = [urlsplit(link).query.rpartition("sort=")[2] for link in links]
    assert tuple(offered) == SORTABLE[url]


def test_a_heading_sorts_upwards_then_downwards_then_as_usual(visit: Visit) -> None:
    page = visit("administrator", language="en").get("/teams?level=village")
    usual = page.rows
    page = page.click("Members")
    assert "sort=members" in page.url
    up = [row[3] for row in page.rows]
    assert up == sorted(up)
    page = page.click("Members")
    assert [row[3] for row in page.rows] == sorted(up, reverse=True)
    page = page.click("Members")
    assert page.rows == usual
    assert page.url.endswith("?level=village")


def test_nonsense_means_the_usual_order(visit: Visit) -> None:
    visitor = visit("administrator")
    usual = visitor.get("/teams").rows
    for order in ("nonsense", "-", "--members", "id;drop", "members%00"):
        page = sorted_page(visitor, "/teams", order)
        assert page.rows == usual
        assert not any(state for state, _url in headings(page).values())


def test_teams_are_sorted_by_what_is_computed_of_them(
    visit: Visit, make: Make, world: World
) -> None:
    lonely = make(make_team, world.quiet_village.id, name="Tổ vắng")
    make(make_activity, world.teams["far"], world.users["own"], held_on=date(2025, 6, 29))
    visitor = visit("administrator")
    assert sorted_page(visitor, "/teams", "members").rows[0][0] == "Tổ vắng"
    assert "Đồng Tâm" in sorted_page(visitor, "/teams", "-members").rows[0][0]
    assert "Lùng Vai" in sorted_page(visitor, "/teams", "-last_session").rows[0][0]
    make(make_membership, lonely, make(make_person, full_name="Ân Văn Ân"), role="leader")
    leaders = [row[2] for row in sorted_page(visitor, "/teams", "leader").rows]
    assert leaders[:4] == ["Bàn Văn 1", "Ân Văn Ân", "Đặng Văn Ba", "Bàn Văn Hòa Bình"]


@pytest.mark.parametrize("way", ["last_session", "-last_session"])
def test_what_has_no_value_stands_last_whichever_way(visit: Visit, way: str) -> None:
    days = [row[5] for row in sorted_page(visit("administrator"), "/teams", way).rows]
    assert days[0] != "–"
    assert days[-1] == "–"


def test_equal_rows_keep_the_usual_order_so_that_none_stands_on_two_pages(
    visit: Visit, make: Make, world: World
) -> None:
    for _number in range(30):
        make(make_membership, world.teams["village"])
    visitor = visit("own")
    url = "/memberships?size=25&sort=role"
    names = [row[0] for page in (1, 2) for row in visitor.get(f"{url}&page={page}").rows]
    assert len(names) == len(set(names)) + 1  # one person is in two teams


def test_order_and_page_size_outlast_filters_pages_and_chips(visit: Visit, make: Make) -> None:
    page = visit("administrator", language="en").get(
        "/memberships?sort=-name&size=25&role=leader&on=2024-01-01"
    )
    hidden = {
        field.get("name"): field.get("value")
        for form in page.tree.iter("form")
        if form.get("class") == "filters"
        for field in form.iter("input")
        if field.get("type") == "hidden"
    }
    assert hidden == {"sort": "-name", "size": "25"}
    for text, url in page.links.items():
        if text.endswith("Remove this filter") or text == "Excel file":
            assert "sort=-name" in url, text


def test_the_file_of_a_list_has_its_order(visit: Visit) -> None:
    page = visit("administrator", language="en").get("/decisions?sort=-issuer")
    assert page.links["Excel file"] == "/decisions/export?sort=-issuer"


def test_clearing_all_filters_says_how_many_and_which(visit: Visit) -> None:
    page = visit("administrator", language="en").get("/teams?level=village&status=all")
    (text,) = [text for text in page.links if text.startswith("Clear all")]
    assert text == "Clear all 2 filters: Level: Village; Status: All"


def test_the_rows_of_a_page_are_chosen_where_there_is_more_than_the_fewest(
    visit: Visit, make: Make, world: World
) -> None:
    assert "Rows on a page" not in visit("own", language="en").get("/persons").text
    for _number in range(60):
        make(make_membership, world.teams["village"])
    page = visit("own", language="en").get("/persons?sort=-name")
    assert len(page.rows) == 50
    page = page.click("25")
    assert len(page.rows) == 25
    assert "sort=-name" in page.url
    assert len(page.click("100").rows) > 60
