"""What was read stays read when writing begins, where nobody changed it; all else is read again."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import contains_eager

from tcns.accounts.models import SignIn, User
from tcns.activities.models import Activity
from tcns.areas.models import Area
from tcns.clock import now
from tcns.database import db, writing
from tcns.database.kept import kept
from tcns.database.locking import lock_rows
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


def test_what_nobody_changed_is_not_read_again(app: Flask, world: World) -> None:
    with app.app_context():
        team = db.session.get_one(Team, world.teams["village"])
        area, states = team.area, versions()
        with counted(app) as statements, writing(begin_unchanged):
            assert team.name
            assert team.area is area
            assert versions() == states
    asked = [each for each in statements if each.startswith("SELECT")]
    assert [each.partition("FROM ")[2].split()[0] for each in asked] == ["data_version"]


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


@pytest.mark.one_engine("postgresql")
def test_what_others_changed_until_a_lock_was_obtained_is_read_again(
    app: Flask, world: World, make: Make
) -> None:
    with app.app_context():
        team, user = db.session.get_one(Team, world.teams["village"]), current(world)
        before, name, asked = team_name(team.id), user.full_name, []
        with writing(partial(begin_unchanged, lambda: asked.append(user.full_name))):
            meanwhile(make, change, Team, team.id, name="Another")
            assert (team.name, team_name(team.id)) == (before, before)
            lock_rows(select(Area.id).with_for_update(read=True))
            assert (team.name, team_name(team.id)) == ("Another", "Another")
            with counted(app) as statements:
                lock_rows(select(Area.id).with_for_update(read=True))
                assert (team.name, user.full_name) == ("Another", name)
    assert asked == [name, name], "at the beginning, and where something was changed"
    assert len(statements) == 2, "the lock, and the state of the data"


@pytest.mark.one_engine("postgresql")
def test_what_is_read_while_others_write_is_not_kept_for_the_state_before(
    app: Flask, world: World, make: Make
) -> None:
    team_id = world.teams["village"]
    with app.app_context(), writing(begin_unchanged):
        states = versions()
        meanwhile(make, change, Team, team_id, name="Another")
        assert team_name(team_id) == "Another"
        assert versions() == states
    assert app.extensions["kept"].entries == {}


@pytest.mark.one_engine("postgresql")
def test_who_has_written_already_is_told_of_what_others_changed(
    app: Flask, world: World, make: Make
) -> None:
    team_id = world.teams["village"]
    with app.app_context():
        team, user = db.session.get_one(Team, team_id), current(world)
        with writing(begin_unchanged):
            user.full_name = "Mine"
            assert team.name != "Another"
            meanwhile(make, change, Team, team_id, name="Another")
            lock_rows(select(Area.id).with_for_update(read=True))
            assert (team.name, user.full_name) == ("Another", "Mine")
        assert db.session.get_one(User, user.id).full_name == "Mine"


def current(world: World) -> User:
    return db.session.get_one(User, world.users["own"])


@kept("teams")
def team_name(team_id: int) -> str:
    return db.session.scalar(select(Team.name).where(Team.id == team_id)) or ""
