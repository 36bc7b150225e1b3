"""Accounts for all leaders, or all members, of a place at once."""

import re
from collections.abc import Callable
from http import HTTPStatus
from threading import Event
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from tcns.accounts.models import User
from tcns.areas.models import Area
from tcns.database import db
from tcns.jobs.models import Job
from tcns.jobs.vocabulary import JobStatus
from tcns.jobs.worker import work_off
from tcns.teams.member_accounts import jobs as account_jobs
from tcns.teams.models import Person
from tests.page import Page, Visitor
from tests.world import World

Visit = Callable[..., Visitor]
URL = "/accounts/in-bulk"


def prepare(app: Flask, visitor: Visitor, query: str = "") -> Page:
    """Start the work, have it done, and open what came of it."""
    shown = visitor.get(f"{URL}{query}").post(f"{URL}{query}", {})
    job_id = int(shown.url.rpartition("/")[2])
    with app.app_context():
        work_off(job_id, Event())
        assert db.session.get_one(Job, job_id).state is JobStatus.DONE
    return visitor.get(f"/jobs/{job_id}").post(f"/jobs/{job_id}/see", {})


def account_of(app: Flask, world: World, person: str) -> User | None:
    with app.app_context():
        user = db.session.get_one(Person, world.persons[person]).user
        if user:
            db.session.expunge(user)
        return user


def test_leaders_without_an_account_in_use_get_one_in_their_commune_and_a_slip(
    app: Flask, visit: Visit, world: World
) -> None:
    own = visit("own", language="en")
    before = own.get(URL)
    assert "Prepare 3 slips" in before.text
    page = prepare(app, own)
    assert "Print 3 slips (PDF)" in page.text
    for person in ("official", "hamlet_leader", "leader"):
        user = account_of(app, world, person)
        assert user
        assert user.code_hash
        assert user.password_hash is None
    hamlet_leader = account_of(app, world, "hamlet_leader")
    assert hamlet_leader
    assert hamlet_leader.home_area_id == world.commune.id
    assert account_of(app, world, "deputy") is None
    assert account_of(app, world, "neighbour") is None


def test_an_account_in_use_or_closed_is_left_alone(app: Flask, visit: Visit, world: World) -> None:
    with app.app_context():
        used = update(User).where(User.id == world.users["leader"]).values(password_hash="x")
        db.session.execute(used)
        db.session.commit()
    page = prepare(app, visit("own", language="en"))
    assert "Print 2 slips (PDF)" in page.text
    leader = account_of(app, world, "leader")
    assert leader
    assert (leader.password_hash, leader.code_hash) == ("x", None)


def test_all_members_can_be_chosen_and_each_gets_one_account(
    app: Flask, visit: Visit, world: World
) -> None:
    """Who leads one team and helps in another is one person."""
    page = prepare(app, visit("own", language="en"), "?whom=members")
    assert "Print 7 slips (PDF)" in page.text
    with app.app_context():
        query = select(User.id).join(Person, Person.user_id == User.id)
        assert len(db.session.scalars(query).all()) == 7


def test_the_province_prepares_its_communes_and_prints_each_apart(
    app: Flask, visit: Visit, world: World
) -> None:
    administrator = visit("administrator", language="en")
    page = prepare(app, administrator)
    links = re.findall(r'href="(/accounts/in-bulk/\d+/print\?commune=02301)"', page.body.decode())
    answer = administrator.send("GET", links[0])
    assert answer.content_type == "application/pdf"
    assert answer.body.startswith(b"%PDF")
    administrator.get(links[0].replace("02301", "99999"), HTTPStatus.NOT_FOUND)


def test_the_work_begun_anew_finds_what_is_done_and_gives_the_same_codes(
    app: Flask, visit: Visit, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(account_jobs, "BATCH", 1)
    own, stopping = visit("own", language="en"), Event()
    monkeypatch.setattr(account_jobs, "give_way", stopping.set)
    shown = own.get(URL).post(URL, {})
    job_id = int(shown.url.rpartition("/")[2])
    with app.app_context():
        work_off(job_id, stopping)
        assert db.session.get_one(Job, job_id).state is JobStatus.WAITING
    first = codes(app)
    assert len(first) == 1
    with app.app_context():
        work_off(job_id, Event())
        assert db.session.get_one(Job, job_id).state is JobStatus.DONE
    assert first.items() <= codes(app).items()
    assert "Print 3 slips (PDF)" in own.get(f"{URL}/{job_id}").text


def codes(app: Flask) -> dict[int, str]:
    """The digest of the one-time code of each account that has one."""
    with app.app_context():
        query = select(User.id, User.code_hash).where(User.code_hash.is_not(None))
        return dict(db.session.execute(query).tuples().all())  # type: ignore[arg-type]


def test_who_lost_the_right_meanwhile_prepares_nothing(
    app: Flask, visit: Visit, world: World
) -> None:
    shown = visit("own").get(URL).post(URL, {})
    job_id = int(shown.url.rpartition("/")[2])
    with app.app_context():
        official = db.session.get_one(User, world.users["own"])
        db.session.delete(official.assignments[0])
        db.session.commit()
        work_off(job_id, Event())
    assert codes(app) == {}


def test_pressing_twice_starts_the_work_once(app: Flask, visit: Visit) -> None:
    page = visit("own").get(URL)
    first, second = page.post(URL, {}), page.post(URL, {})
    assert first.url == second.url


def test_an_account_with_a_granted_role_is_left_out_and_counted(
    app: Flask, visit: Visit, world: World, make: Callable[..., Any]
) -> None:
    def give_role() -> None:
        db.session.get_one(Person, world.persons["hamlet_leader"]).user_id = world.users["reviewer"]
        reviewer = db.session.get_one(User, world.users["reviewer"])
        reviewer.home_area_id = db.session.get_one(Area, world.commune.id).id

    make(give_role)
    assert "1 person was left out" in prepare(app, visit("own", language="en")).text
