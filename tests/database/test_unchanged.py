"""What was read stays read when writing begins, where nobody changed it; all else is read again."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import contains_eager

from tcns.accounts.models import SignIn, User
from tcns.activities.models import Activity
from tcns.clock import now
from tcns.database import db, writing
from tcns.database.unchanged import begin_unchanged
from tcns.database.versions import versions
from tcns.jobs.models import Job
from tcns.teams.models import Membership, Person, Team
from tcns.teams.vocabulary import MemberRole
from tests.databases import counted
from tests.factories import make_membership
from tests.world import World

Make = Callable[..., Any]


def change(model: type[Any], record_id: int, **values: Any) -> int:
    statement = update(model).where(model.id == record_id).values(**values)
    found: Any = db.session.execute(statement)
    db.session.commit()
    return int(found.rowcount)


def meanwhile(make: Make, act: Callable[..., Any], *args: Any, **values: Any) -> None:
    """Let somebody else act, on a connection of their own."""
    with ThreadPoolExecutor() as others:
        others.submit(make, act, *args, **values).result()


@pytest.mark.one_engine
def test_what_nobody_changed_is_not_read_again(app: Flask, world: World) -> None:
    with app.app_context():
        team = db.session.get_one(Team, world.teams["village"])
        area, states = team.area, versions()
        with counted(app) as statements, writing(begin_unchanged):
            assert team.name
            assert team.area is area
            assert versions() == states
    assert [each.partition("FROM ")[2].split()[0] for each in statements] == ["data_version"]


@pytest.mark.parametrize(
    ("model", "name", "column", "value"),
    [
        (Team, "teams", "name", "Another"),
        (User, "users", "full_name", "Another"),
        (Activity, "activities", "note", "Another"),
        (Job, "job", "done_count", 7),
    ],
)
def test_what_others_changed_is_read_again(
    app: Flask, world: World, make: Make, model: Any, name: str, column: str, value: Any
) -> None:
    ids = getattr(world, name)
    record_id = ids if isinstance(ids, int) else next(iter(ids.values()))
    with app.app_context():
        record = db.session.get_one(model, record_id)
        before = getattr(record, column)
        meanwhile(make, change, model, record_id, **{column: value})
        assert before == getattr(record, column) != value
        with writing(begin_unchanged):
            assert getattr(record, column) == value


def test_that_a_device_was_seen_is_read_again_though_it_changes_no_state(
    app: Flask, world: World, make: Make
) -> None:
    with app.app_context():
        sign_in = db.session.query(SignIn).first()
        assert sign_in is not None
        states, seen_at = versions(), now()
        meanwhile(make, change, SignIn, sign_in.id, last_seen_at=seen_at)
        with writing(begin_unchanged):
            assert versions() in (states, None)
            assert sign_in.last_seen_at == seen_at


def test_members_of_a_team_are_asked_again_though_only_their_number_changed(
    app: Flask, world: World, make: Make
) -> None:
    with app.app_context():
        person = db.session.get_one(Person, world.persons["member"])
        count = len(person.memberships)
        meanwhile(make, make_membership, world.teams["commune"], person.id)
        with writing(begin_unchanged):
            assert len(person.memberships) == count + 1


@pytest.mark.one_engine
def test_of_what_a_page_read_in_part_the_whole_is_asked_for(app: Flask, world: World) -> None:
    leaders = select(Team).join(Team.memberships).options(contains_eager(Team.memberships))
    leaders = leaders.where(Membership.role == MemberRole.LEADER, Team.id == world.teams["village"])
    with app.app_context():
        team = db.session.scalars(leaders).unique().one()
        part = len(team.memberships)
        with writing(begin_unchanged):
            assert len(team.memberships) > part


def test_what_was_changed_before_it_began_is_not_written(app: Flask, world: World) -> None:
    with app.app_context():
        team = db.session.get_one(Team, world.teams["village"])
        name, team.name = team.name, "Another"
        with writing(begin_unchanged):
            assert team.name == name
        assert db.session.get_one(Team, team.id).name == name
