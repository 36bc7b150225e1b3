"""A page asks the database a few questions, however many rows it shows."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tcns.accounts.models import User
from tcns.areas.tree_operations import rebuild_tree
from tcns.areas.vocabulary import Level
from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.clock import today
from tcns.coverage.vocabulary import Comparing
from tcns.database import db
from tcns.database.kept import memory
from tcns.permissions.vocabulary import Role
from tcns.teams.models import Person, Team
from tests.conventions.access import LINES, Line, address
from tests.databases import counted
from tests.factories import (
    make_activity,
    make_area,
    make_decision,
    make_households,
    make_membership,
    make_person,
    make_plan,
    make_role,
    make_target,
    make_team,
    make_training,
    make_user,
)
from tests.page import Visitor
from tests.world import World

# A list asks for rights, filters, count, rows and what hangs on them. Other pages show several
# lists or measures; an export asks the guard again under the write lock.
MOST_QUERIES_OF_A_LIST, MOST_QUERIES = 13, 30
MOST_QUERIES_OF_A_SEARCH = 16
MOST_QUERIES_OF_FIGURES, MOST_QUERIES_BESIDE_A_PLAN = 13, 15
# Pages made of many parts, each kept by its own data: so many while nothing is kept yet. After a
# write only the parts it concerns are asked for anew.
MOST_QUERIES_OF_PARTS = {"home.show_home": 30, "cockpit.show_cockpit": 24}
READERS = ("administrator", "own", "member")
READING = [line for line in LINES if line.method == "GET"]


def queries_of(app: Flask, visitor: Visitor, url: str) -> list[str]:
    visitor.is_inspecting = False
    with counted(app) as statements:
        visitor.send("GET", url)
    return statements


def most_queries(line: Line) -> int:
    """How many questions a page may ask."""
    if line.endpoint in MOST_QUERIES_OF_PARTS:
        return MOST_QUERIES_OF_PARTS[line.endpoint]
    is_list = line.endpoint.partition(".")[2].startswith("list_")
    return MOST_QUERIES_OF_A_LIST if is_list else MOST_QUERIES


def in_short(statements: list[str]) -> str:
    """What was asked, how often, by the beginning of the FROM clause."""
    asked = Counter(" ".join(s.partition("FROM ")[2].split())[:90] for s in statements)
    return "\n".join(f"{count} x FROM {tables}" for tables, count in asked.most_common())


def make_crowd(world: World, size: int) -> None:
    """More of everything in Hòa An: villages, teams, members, sessions, accounts, events."""
    administrator = db.session.get_one(User, world.users["administrator"])
    for number in range(size):
        village = make_area(Level.VILLAGE, world.commune.id)
        make_households(village, 50 + number)
        team = make_team(village, decision_id=make_decision(world.commune.id))
        person = make_person(user_id=make_user(world.commune.id))
        member = make_membership(team, person)
        make_membership(team, make_person(full_name=db.session.get_one(Person, person).full_name))
        make_membership(world.teams["village"], person)
        make_training(world.persons["member"], course=f"Khóa {number} của {size}")
        for place in (team, world.teams["village"]):
            held_on = date(2025, 6, 1) + timedelta(days=number % 29)
            make_activity(place, world.users["member"], held_on=held_on, helpers=[member])
        user = make_user(world.commune.id)
        make_role(user, Role.COMMUNE_OFFICIAL, world.commune.id)
        on = db.session.get_one(User, user)
        changes = {"role": (None, "x"), "area": (None, "y")}
        record(Event.ROLE_GRANTED, by=administrator, on=on, area_id=village, changes=changes)
    rebuild_tree()


@pytest.mark.one_engine
def test_pages_ask_few_questions_and_no_more_when_there_are_more_rows(
    app: Flask, world: World, visit: Callable[..., Visitor], make: Callable[..., Any]
) -> None:
    """All pages in one test: making the crowd takes longer than looking at the pages."""
    visits = [
        (line, persona, address(app, line, world))
        for line in READING
        for persona in READERS
        if line.answers[persona] == "ok"
    ]
    make(make_crowd, world, 3)
    few = [queries_of(app, visit(persona), url) for _line, persona, url in visits]
    make(make_crowd, world, 12)
    many = [queries_of(app, visit(persona), url) for _line, persona, url in visits]
    faults = []
    for (line, persona, url), before, after in zip(visits, few, many, strict=True):
        if len(after) > len(before):
            grown = len(after) - len(before)
            faults.append(f"{url} asks {persona} {grown} more for 12 more rows\n{in_short(after)}")
        if len(after) > most_queries(line):
            faults.append(f"{url} asks {persona} {len(after)} questions\n{in_short(after)}")
    assert not faults, "\n".join(faults)


@pytest.mark.one_engine
@pytest.mark.parametrize("persona", READERS)
def test_a_search_asks_few_questions_once_the_frame_is_kept(
    visit: Callable[..., Visitor], app: Flask, world: World, persona: str
) -> None:
    """Of four kinds of records each may ask what begins with the text, what holds it, and for what
    it shows; persons for their memberships and phones as well. An empty page asks who looks."""
    assert world.target
    visitor = visit(persona)
    visitor.get("/search")
    assert len(queries_of(app, visitor, "/search")) == 1
    for text in ("nguyen", "hoa an", "thon", "nobody"):
        asked = queries_of(app, visitor, f"/search?q={text}")
        assert len(asked) <= MOST_QUERIES_OF_A_SEARCH, in_short(asked)


@pytest.mark.one_engine
@pytest.mark.parametrize("compare", ["", *Comparing])
def test_figures_beside_any_others_ask_few_questions_though_nothing_is_kept(
    app: Flask, world: World, visit: Callable[..., Visitor], compare: str
) -> None:
    assert world.target
    measures = "measure=village_team_count&measure=activity_count&measure=household_share"
    url = f"/coverage?period=2024-Q2&{measures}&compare={compare}"
    reviewer = visit("reviewer")
    with app.app_context():
        memory().forget()
    asked = queries_of(app, reviewer, url)
    assert len(asked) <= MOST_QUERIES_OF_FIGURES, in_short(asked)


@pytest.mark.one_engine
def test_communes_beside_targets_and_a_plan_ask_as_few_though_nothing_is_kept(
    app: Flask, world: World, visit: Callable[..., Visitor], make: Callable[..., Any]
) -> None:
    """Targets of the province and of each commune, of what stands on a day and what happens."""
    due_on = today() + timedelta(days=20)
    plan = make(make_plan, world.province.id)
    for level in (Level.PROVINCE, Level.COMMUNE):
        for measure in ("leaderless_team_count", "activity_count"):
            make(make_target, plan, measure=measure, level=level.value, due_on=due_on)
    reviewer = visit("reviewer")
    measures = "measure=leaderless_team_count&measure=activity_count"
    for url in (f"/coverage?by=commune&compare=target&{measures}", f"/plans/{plan}"):
        with app.app_context():
            memory().forget()
        asked = queries_of(app, reviewer, url)
        assert len(asked) <= MOST_QUERIES_BESIDE_A_PLAN, in_short(asked)


@pytest.mark.one_engine
def test_a_question_per_row_is_seen(app: Flask, world: World, make: Callable[..., Any]) -> None:
    """The counter counts: what asks once per team asks more when there are more teams."""

    def asked_per_team() -> int:
        with counted(app) as statements, app.app_context():
            for team_id in db.session.scalars(select(Team.id)).all():
                db.session.scalar(select(Team.name).where(Team.id == team_id))
        return len(statements)

    few = asked_per_team()
    make(make_crowd, world, 2)
    assert asked_per_team() == few + 2
