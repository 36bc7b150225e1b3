"""Rows of a list are chosen for something done to all of them, and counted before."""

import pytest

from tcns.bulk.forms import MOST_ROWS
from tcns.clock import today
from tests.bulk.choosing import Make, Visit
from tests.factories import make_membership, make_person
from tests.page import Visitor
from tests.world import World


def test_the_list_offers_the_ticked_rows_those_of_the_page_and_all(
    official: Visitor, make: Make, world: World
) -> None:
    page = official.get("/memberships")
    boxes = [box for box in page.tree.iter("input") if box.get("name") == "row"]
    assert len(boxes) == len(page.rows) == 8
    assert "all 8 on this page" in page.text
    assert "of the list" not in page.text
    for _number in range(25):
        make(make_membership, world.teams["village"])
    page = official.get("/memberships?size=25")
    assert "all 25 on this page" in page.text
    assert "all 33 of the list" in page.text


@pytest.mark.parametrize("url", ["/memberships", "/teams", "/activities?from=2020-01-01"])
@pytest.mark.parametrize("persona", ["reviewer", "leader", "auditor"])
def test_who_may_not_change_has_nothing_to_tick(visit: Visit, persona: str, url: str) -> None:
    page = visit(persona).get(url)
    assert page.rows
    assert not [box for box in page.tree.iter("input") if box.get("name") == "row"]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("which=all", 8),
        ("which=all&role=leader", 3),
        ("which=page&size=25&sort=name", 8),
        ("which=ticked", 0),
        ("which=nonsense&row=x&row=-1&row=99999999999&row=", 0),
    ],
)
def test_what_is_chosen_is_stated_before(official: Visitor, query: str, count: int) -> None:
    page = official.get(f"/memberships/end?{query}")
    if count:
        assert f"{count} memberships would end on {today():%d/%m/%Y}." in page.text
    else:
        assert "No row was chosen" in page.text


def test_more_than_can_be_done_at_once_is_refused(
    official: Visitor, make: Make, world: World
) -> None:
    def crowd() -> None:
        person = make_person()
        for _number in range(MOST_ROWS):
            make_membership(world.teams["village"], person)

    make(crowd)
    page = official.get("/memberships/end?which=all")
    assert f"More than {MOST_ROWS} rows were chosen." in page.text
    assert "would end" not in page.text
