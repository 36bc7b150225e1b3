"""Plans as the province keeps them: targets judged by the figures that coverage itself gives."""

import csv
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from http import HTTPStatus
from typing import Any

import pytest

from tcns.areas.vocabulary import Level
from tcns.audit.models import AuditEvent
from tcns.coverage.queries import coverage
from tcns.coverage.questions import Wish, ask
from tcns.database import db
from tcns.permissions.scope import EVERYTHING, Scope
from tcns.plans.models import Target
from tcns.plans.queries import standings
from tcns.plans.vocabulary import Standing
from tests.factories import make_activity, make_target
from tests.page import Visitor
from tests.world import World

Visit = Callable[..., Visitor]
DAY = date(2024, 6, 30)
AIM = {
    "measure": "activity_count",
    "level": "commune",
    "amount": "3",
    "unit": "count",
    "due_on": "2024-12-31",
}


def judged(target_id: int, scope: Scope = EVERYTHING, day: date = DAY) -> dict[str, Any]:
    """How the areas of a target stand, by their codes."""
    target = db.session.get_one(Target, target_id)
    (standing,) = standings(scope, [target], day)
    return {area.row.code: area.judged for area in standing.areas}


@pytest.mark.usefixtures("context")
def test_the_figure_is_that_of_coverage_from_the_first_day_of_the_plan(world: World) -> None:
    for number in range(2):
        held_on = date(2024, 2, 1) + timedelta(days=number)
        make_activity(world.teams["village"], world.users["own"], held_on=held_on)
    make_activity(world.teams["village"], world.users["own"], held_on=date(2023, 12, 31))
    target = make_target(world.plan, measure="activity_count", amount=Decimal(3), is_share=False)
    found = judged(target)
    wish = Wish(by=Level.COMMUNE, on=DAY, first=date(2024, 1, 1), last=DAY)
    answer = coverage(EVERYTHING, ask(EVERYTHING, wish))
    assert {code: one.value for code, one in found.items()} == {
        row.code: row.figures["activity_count"] for row in answer.rows
    }
    assert (found["02301"].standing, found["02301"].gap) == (Standing.ON_TRACK, 1)
    assert (found["02303"].standing, found["02303"].gap) == (Standing.BEHIND, 3)
    assert judged(target, Scope(areas=frozenset({world.commune.id}))).keys() == {"02301"}


@pytest.mark.usefixtures("context")
def test_the_province_and_one_area_are_judged_by_their_own_figure(world: World) -> None:
    whole = make_target(
        world.plan, measure="team_count", level=Level.PROVINCE, amount=Decimal(20), is_share=False
    )
    one = make_target(world.plan, area_id=world.commune.id)
    answer = coverage(EVERYTHING, ask(EVERYTHING, Wish(by=Level.COMMUNE, on=DAY)))
    teams = answer.total.figures["team_count"]
    assert judged(whole)["08"].gap == 20 - teams
    assert judged(whole, Scope(areas=frozenset({world.commune.id})))["08"].gap == 20 - teams
    assert judged(one).keys() == {"02301"}
    assert judged(one)["02301"].gap == 1, "Khuôn Trú has no team"


@pytest.mark.usefixtures("context")
def test_of_silent_teams_the_way_leads_down_from_all_teams(world: World) -> None:
    target = make_target(world.plan, measure="silent_team_count", amount=Decimal(0), is_share=False)
    halfway = judged(target, day=date(2024, 7, 1))
    answer = coverage(EVERYTHING, ask(EVERYTHING, Wish(by=Level.COMMUNE, on=DAY)))
    teams = {row.code: row.figures["team_count"] for row in answer.rows}
    assert halfway["02301"].gap == teams["02301"], "none has held a session yet"
    assert halfway["02301"].standing is Standing.BEHIND
    make_activity(world.teams["village"], world.users["own"], held_on=date(2024, 2, 1))
    make_activity(world.teams["hamlet"], world.users["own"], held_on=date(2024, 2, 1))
    assert judged(target, day=date(2024, 3, 1))["02301"].standing is Standing.ON_TRACK
    assert judged(target, day=date(2024, 3, 1))["02301"].gap == teams["02301"] - 2


@pytest.mark.usefixtures("context")
def test_before_the_plan_begins_nothing_is_judged(world: World) -> None:
    assert judged(world.target, day=date(2023, 12, 31)) == {}


@pytest.mark.one_engine
def test_the_administrator_adds_a_plan_with_targets_and_each_number_leads_to_that_many_areas(
    visit: Visit, world: World
) -> None:
    administrator = visit("administrator", language="en")
    form = administrator.get("/plans").click("Add a plan")
    head = {"number": "5/KH", "issued_on": "2024-01-05", "title": "Kế hoạch 2024"}
    plan = form.post(typed={**head, "starts_on": "2024-01-01"})
    plan = plan.click("Add a target").post(typed=AIM)
    assert plan.heading == "Kế hoạch 2024"
    counts = {text: url for text, url in plan.links.items() if "standing=" in url}
    assert counts
    for text, url in counts.items():
        assert len(administrator.get(url).rows) == int(text.rpartition(" ")[2])
    target = plan.click("Sessions")
    for row in target.tree.xpath("//main//tbody/tr"):
        (link,) = row.xpath("./td[1]/a")
        assert len(administrator.get(link.get("href")).rows) == int(link.text)
    export = target.url.partition("?")[0] + "/export?as=csv"
    rows = list(
        csv.reader(
            administrator.download(export, "text/csv; charset=utf-8")
            .decode("utf-8-sig")
            .splitlines()
        )
    )
    assert len(rows) - 1 == len(target.rows)


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("differs", "field", "is_said"),
    [
        ({"amount": "nhiều"}, "amount", "Write a number, like 1.200 or 95,5."),
        ({"amount": "101", "unit": "share"}, "amount", "A share is at most 100"),
        ({"due_on": "2023-12-31"}, "due_on", "The plan begins on 01/01/2024 only."),
        ({"area": "Sơn Thủy"}, "area", "There is no such area of this level."),
        ({"area": "xã Hòa"}, "area", "Which one:"),
        ({"measure": "nonsense"}, "measure", "Choose one of the list."),
        (
            {"measure": "village_team_count", "unit": "share", "amount": "90"},
            "measure",
            "The plan has this target already.",
        ),
    ],
)
def test_what_cannot_be_a_target_is_said_beside_its_field(
    visit: Visit, world: World, differs: dict[str, str], field: str, is_said: str
) -> None:
    page = visit("administrator", language="en").get(f"/plans/{world.plan}/targets/add")
    refused = page.post(typed={**AIM, **differs}, status=HTTPStatus.OK)
    assert is_said in refused.field_errors[field]


@pytest.mark.one_engine
def test_a_deleted_plan_takes_its_targets_along_and_all_of_it_is_on_record(
    visit: Visit, world: World
) -> None:
    administrator = visit("administrator", language="en")
    administrator.get(f"/plans/{world.plan}/delete").post()
    administrator.get(f"/targets/{world.target}", HTTPStatus.NOT_FOUND)
    with administrator.app.app_context():
        events = db.session.query(AuditEvent.event).order_by(AuditEvent.id).all()
    assert [event for (event,) in events[-2:]] == ["target:deleted", "plan:deleted"]


@pytest.mark.one_engine
def test_where_fewer_is_better_pages_say_at_most_and_how_many_are_too_many(
    visit: Visit, make: Callable[..., Any], world: World
) -> None:
    target = make(
        make_target, world.plan, measure="silent_team_count", amount=Decimal(0), is_share=False
    )
    reviewer = visit("reviewer", language="en")
    page = reviewer.get(f"/targets/{target}")
    assert "at most 0 by" in page.text
    assert "too many: silent teams" in page.text
    assert "at most 0" in reviewer.get(f"/plans/{world.plan}").text
