"""Who waits for a lock to log a session, or to end its team, is held to what others did meanwhile.

On PostgreSQL alone: on SQLite nobody changes anything while another writes.
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from http import HTTPStatus
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, Engine, delete, select, text, update

from tcns.accounts.models import RoleAssignment, User
from tcns.activities.models import Activity
from tcns.areas.models import Area
from tcns.clock import now, today
from tcns.database import db
from tcns.teams.models import Membership, Team
from tests.activities.entering import LOG
from tests.factories import make_activity, make_team
from tests.page import REDIRECTS, Page
from tests.places import Place
from tests.races.together import ROUND, Act, Make, Visit, count, press
from tests.world import World

pytestmark = pytest.mark.one_engine("postgresql")
LONGEST_SECONDS = 10
WAITING = text(
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE wait_event_type = 'Lock' AND datname = current_database()"
)


@pytest.fixture
def engine_of(app: Flask) -> Engine:
    with app.app_context():
        return db.engine


@pytest.fixture
def answered(engine_of: Engine, world: World) -> Callable[..., Page]:
    """What an act answers that waits for an area, the commune, while something else happens."""

    def answer(act: Act, meanwhile: Callable[[], object], area: Place = world.commune) -> Page:
        with ThreadPoolExecutor(1) as pool:
            with holding(engine_of, area.id):
                answering = pool.submit(act)
                expect_waiting(engine_of)
                meanwhile()
            return answering.result(timeout=LONGEST_SECONDS)

    return answer


@pytest.fixture
def unlogged(app: Flask, answered: Callable[..., Page]) -> Callable[..., Page]:
    """The same of an act that logs nothing."""

    def answer(act: Act, meanwhile: Callable[[], object]) -> Page:
        before = count(app, Activity)
        page = answered(act, meanwhile)
        assert count(app, Activity) == before
        return page

    return answer


@contextmanager
def holding(engine: Engine, area_id: int) -> Iterator[None]:
    """Hold an area, as who closes a month of it."""
    with engine.begin() as connection:
        connection.execute(
            select(Area.id).where(Area.id == area_id).with_for_update(key_share=True)
        )
        yield


def expect_waiting(engine: Engine) -> None:
    """Return once somebody waits for a lock."""
    ends = time.monotonic() + LONGEST_SECONDS
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while not is_waiting(connection):
            assert time.monotonic() < ends, "nobody waits"
            time.sleep(0.005)


def is_waiting(connection: Connection) -> bool:
    return bool(connection.scalar(WAITING))


def change(model: type[Any], row_id: int, **values: Any) -> None:
    db.session.execute(update(model).where(model.id == row_id).values(**values))


def take_off_file(team: int) -> None:
    db.session.execute(delete(Team).where(Team.id == team))


def log_page(visit: Visit, persona: str, team: int) -> Page:
    url = f"{LOG}?team={team}"
    return visit(persona, language="en", is_inspecting=False).get(url)


def logging(page: Page, **typed: Any) -> Act:
    told = {"kind": "guidance", "form": "in_person", "held_on": str(today())}
    reached = {"participant_count": "12", "household_count": "3"}
    return press(page, page.url, told | reached | typed)


Answered = Callable[..., Page]
LOST_RIGHTS: dict[str, tuple[str, Callable[[World], None]]] = {
    "a member leaves the team": (
        "member",
        lambda world: change(Membership, world.memberships["member"], valid_to=today()),
    ),
    "an account is closed": (
        "member",
        lambda world: change(User, world.users["member"], disabled_at=now()),
    ),
    "a role ends": (
        "own",
        lambda world: change(RoleAssignment, world.roles["own"], valid_to=today()),
    ),
}


@ROUND
@pytest.mark.parametrize("lost", LOST_RIGHTS)
def test_whose_right_is_taken_away_logs_nothing(
    visit: Visit, make: Make, world: World, unlogged: Answered, lost: str, _round: int
) -> None:
    persona, take_away = LOST_RIGHTS[lost]
    act = logging(log_page(visit, persona, world.teams["village"]))
    answer = unlogged(act, lambda: make(take_away, world))
    assert answer.status is HTTPStatus.FORBIDDEN


@ROUND
def test_for_a_team_that_is_dissolved_nothing_is_logged(
    visit: Visit, make: Make, world: World, unlogged: Answered, _round: int
) -> None:
    act = logging(log_page(visit, "own", world.teams["village"]))
    team = world.teams["village"]
    answer = unlogged(act, lambda: make(change, Team, team, valid_to=today()))
    assert "The team does not exist on" in answer.text


@ROUND
def test_for_a_team_that_is_taken_off_file_the_answer_is_as_if_it_had_never_been(
    visit: Visit, make: Make, world: World, unlogged: Answered, _round: int
) -> None:
    team = make(make_team, world.commune.id, second_reason="Địa bàn rộng")
    act = logging(log_page(visit, "own", team))
    answer = unlogged(act, lambda: make(take_off_file, team))
    assert answer.status is HTTPStatus.NOT_FOUND


@ROUND
def test_whoever_has_left_the_team_is_no_helper(
    visit: Visit, make: Make, world: World, unlogged: Answered, _round: int
) -> None:
    helper = world.memberships["member"]
    act = logging(log_page(visit, "own", world.teams["village"]), helpers=[str(helper)])
    answer = unlogged(act, lambda: make(change, Membership, helper, valid_to=today()))
    assert "not in the team" in answer.text


@ROUND
def test_what_forbids_nothing_hinders_nobody(
    visit: Visit, app: Flask, make: Make, world: World, answered: Answered, _round: int
) -> None:
    act, before = logging(log_page(visit, "member", world.teams["village"])), count(app, Activity)
    team = world.teams["village"]
    answer = answered(act, lambda: make(change, Team, team, name="Tổ khác"))
    assert answer.status in REDIRECTS
    assert count(app, Activity) == before + 1


ENDINGS = {
    "dissolve": lambda world: {"last_day": str(today() - timedelta(days=1))},
    "merge": lambda world: {"first_day": str(today()), "into": str(world.teams["hamlet"])},
}


@ROUND
@pytest.mark.parametrize("way", ENDINGS)
def test_a_team_does_not_end_before_a_session_that_was_logged_meanwhile(
    visit: Visit, app: Flask, make: Make, world: World, answered: Answered, way: str, _round: int
) -> None:
    team = world.teams["village"]
    url = f"/teams/{team}/{way}"
    page = visit("own", language="en", is_inspecting=False).get(url)
    told = {"number": "12/QĐ-UBND", "issuer": "UBND xã Hòa An", "summary": "Sắp xếp tổ"}
    act = press(page, url, told | {"issued_on": str(today())} | ENDINGS[way](world))
    logged = partial(make, make_activity, team, world.users["own"], held_on=today())
    answer = answered(act, logged, world.village)
    assert "The team held a session on" in answer.text
    assert count(app, Team, Team.id == team, Team.valid_to.is_(None)) == 1
