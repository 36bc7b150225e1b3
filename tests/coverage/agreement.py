"""An invented land put on file, and what coverage and the oracle say of it."""

import secrets
from datetime import UTC, datetime, timedelta

from hypothesis import assume
from hypothesis import strategies as st

from tcns.accounts.models import User
from tcns.activities.models import Activity
from tcns.areas.models import Area, AreaName, AreaPlacement, AreaSuccession
from tcns.areas.tree_operations import rebuild_tree
from tcns.areas.vocabulary import Level
from tcns.coverage.queries import Question, coverage
from tcns.database import db
from tcns.periods import Period
from tcns.permissions.scope import EVERYTHING
from tcns.teams.models import Membership, Person, Team
from tests.coverage import oracle
from tests.coverage.land import DAYS, START

KIND = {"province": "tỉnh", "district": "huyện", "commune": "xã", "village": "thôn"}
BY = {"province": ["district", "commune", "village"], "district": ["commune", "village"]}


def store(country):
    """Write a country into the database; its areas by land."""
    areas = {}
    for number, land in enumerate(country.lands):
        area = Area(level=land.level, valid_from=land.starts, valid_to=land.ends)
        name = AreaName(kind=KIND[land.level], name=f"Đất {number}", code=f"t{number}")
        name.valid_from, name.valid_to = land.starts, land.ends
        area.names.append(name)
        areas[land] = area
    db.session.add_all(areas.values())
    db.session.flush()
    for land, area in areas.items():
        ends = [since for since, _parent in land.parents[1:]] + [land.ends]
        for (since, parent), end in zip(land.parents, ends, strict=False):
            db.session.add(
                AreaPlacement(
                    area_id=area.id, parent_id=areas[parent].id, valid_from=since, valid_to=end
                )
            )
    for before, after, extent, day in country.successions:
        db.session.add(
            AreaSuccession(
                predecessor_id=areas[before].id,
                successor_id=areas[after].id,
                extent=extent,
                effective_on=day,
            )
        )
    rebuild_tree()
    store_teams(country, areas)
    return areas


def agree_on_a_question(draw, country, areas):
    """Ask coverage and the oracle the same random question: the answers are the same."""
    lands = {area.id: land for land, area in areas.items()}
    under, question = question_about(draw, country, areas)
    expected, whole = oracle.coverage(
        country, under, question.by, question.on, *question.period, question.map_on
    )

    answer = coverage(EVERYTHING, question)

    assert {lands[row.area_id]: row.figures for row in answer.rows} == {
        land: figures for land, figures in expected.items() if land is not None
    }
    assert (answer.unallocated.figures if answer.unallocated else None) == (
        expected[None] if any(expected[None].values()) else None
    )
    assert answer.total.figures == whole


def store_teams(country, areas):
    """Write the teams, their members and sessions."""
    home = next(iter(areas.values())).id
    user = User(user_name=secrets.token_hex(8), full_name="Người nhập", home_area_id=home)
    persons = [Person(full_name=f"Người {number}") for number in range(country.persons)]
    db.session.add_all([user, *persons])
    db.session.flush()
    for crew in country.crews:
        team = Team(
            area_id=areas[crew.land].id, name="Tổ", valid_from=crew.starts, valid_to=crew.ends
        )
        db.session.add(team)
        db.session.flush()
        for person, starts, ends in crew.members:
            db.session.add(
                Membership(
                    person_id=persons[person].id,
                    team_id=team.id,
                    role="member",
                    valid_from=starts,
                    valid_to=ends,
                )
            )
        for held_on, status, participants, households in crew.sessions:
            db.session.add(
                Activity(
                    client_key=secrets.token_hex(16),
                    team_id=team.id,
                    kind="outreach",
                    form="in_person",
                    held_on=held_on,
                    status=status,
                    participant_count=participants,
                    household_count=households,
                    entered_by_id=user.id,
                    entered_at=datetime.now(UTC),
                )
            )
    db.session.flush()


def question_about(draw, country, areas):
    """A random question: an area of the map and a level below it."""
    map_on = draw(DAYS.filter(lambda day: day >= START))
    tops = [land for land in country.lands if land.level in BY and land.exists_on(map_on)]
    assume(tops)
    under = draw(st.sampled_from(tops))
    by = draw(st.sampled_from(BY[under.level]))
    first = draw(DAYS)
    period = Period(first, first + timedelta(days=draw(st.integers(0, 200))))
    question = Question(areas[under], Level(by), draw(DAYS), period, map_on)
    return under, question
