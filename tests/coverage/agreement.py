"""An invented land put on file, and what coverage and the oracle say of it."""

import secrets
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from flask import current_app
from hypothesis import assume
from hypothesis import strategies as st

from tcns.accounts.models import User
from tcns.activities.models import Activity, IndicatorValue
from tcns.areas.models import (
    Area,
    AreaHouseholds,
    AreaName,
    AreaPlacement,
    AreaStatistic,
    AreaSuccession,
)
from tcns.areas.tree_operations import rebuild_tree
from tcns.areas.vocabulary import Level
from tcns.coverage.catalogue import all_measures
from tcns.coverage.queries import Question, coverage
from tcns.database import db
from tcns.indicators.models import Indicator
from tcns.initiatives.models import Initiative
from tcns.periods import Period
from tcns.permissions.scope import EVERYTHING
from tcns.teams.models import Membership, Person, Team, Training
from tests.coverage import oracle
from tests.coverage.land import DAYS, INDICATORS, START

KIND = {"province": "tỉnh", "district": "huyện", "commune": "xã", "village": "thôn"}
BY = {"province": ["district", "commune", "village"], "district": ["commune", "village"]}


def store(country):
    """Write a country into the database, and set what it counts; its areas by land."""
    settings = current_app.config["TCNS"]
    current_app.config["TCNS"] = replace(settings, counts_pending=country.counts_pending)
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
    _store_households(country, areas)
    _store_statistics(country, areas)
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

    asked = [measure.key for measure in question.counted]
    assert set(expected[None]) >= set(asked)
    expected = {land: {key: figures[key] for key in asked} for land, figures in expected.items()}
    whole = {key: whole[key] for key in asked}
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
    persons = [
        Person(full_name=f"Người {number}", sex=sex) for number, sex in enumerate(country.sexes)
    ]
    db.session.add_all([user, *persons])
    db.session.flush()
    indicators = _store_indicators()
    for crew in country.crews:
        team = Team(
            area_id=areas[crew.land].id, name="Tổ", valid_from=crew.starts, valid_to=crew.ends
        )
        db.session.add(team)
        db.session.flush()
        for number, (person, starts, ends) in enumerate(crew.members):
            db.session.add(
                Membership(
                    person_id=persons[person].id,
                    team_id=team.id,
                    role="leader" if crew.is_led and number == 0 else "member",
                    valid_from=starts,
                    valid_to=ends,
                )
            )
        db.session.add_all(_activity(held, team, user, indicators) for held in crew.sessions)
    db.session.add_all(
        Training(person_id=persons[person].id, platform="MOOC", course="Số", finished_on=day)
        for person, day in country.trained
    )
    db.session.flush()


def _activity(held, team, user, indicators):
    """A session as a row, with what it counted of each indicator."""
    values = [
        IndicatorValue(indicator_id=indicators[code], amount=amount)
        for code, amount in held.results.items()
    ]
    return Activity(
        client_key=secrets.token_hex(16),
        team_id=team.id,
        kind=held.kind,
        form=held.form,
        held_on=held.held_on,
        status=held.status,
        participant_count=held.participants,
        household_count=held.households,
        new_household_count=held.new_households,
        entered_by_id=user.id,
        entered_at=datetime.now(UTC),
        indicator_values=values,
    )


def _store_indicators():
    """The indicators of the land, one of each stage; their ids by code."""
    rows = [
        Indicator(
            code=code,
            stage=stage,
            topic="payment",
            name_vi=code,
            name_en=code,
            unit_vi="lượt",
            unit_en="times",
            position=position,
            valid_from=START,
        )
        for position, (code, stage) in enumerate(zip(INDICATORS, ("guided", "done"), strict=True))
    ]
    db.session.add_all(rows)
    db.session.flush()
    return {row.code: row.id for row in rows}


def _store_households(country, areas):
    """The numbers of households of villages, each until the next."""
    for land, counts in country.households.items():
        ends = [since for since, _count in counts[1:]] + [land.ends]
        for (since, count), end in zip(counts, ends, strict=True):
            db.session.add(
                AreaHouseholds(
                    area_id=areas[land].id, household_count=count, valid_from=since, valid_to=end
                )
            )


def _store_statistics(country, areas):
    """What was counted of villages, each until the next; and the digital models."""
    known = {key: figures for key, figures in country.statistics.items() if figures}
    for (land, statistic), figures in known.items():
        ends = [since for since, *_rest in figures[1:]] + [land.ends]
        for (since, value, out_of), end in zip(figures, ends, strict=True):
            row = AreaStatistic(statistic=statistic, value=value, out_of=out_of)
            row.area_id, row.valid_from, row.valid_to = areas[land].id, since, end
            db.session.add(row)
    for land, kind, starts, ends in country.initiatives:
        row = Initiative(area_id=areas[land].id, kind=kind, name="Mô hình", stage="pilot")
        row.valid_from, row.valid_to = starts, ends
        db.session.add(row)


def question_about(draw, country, areas):
    """A random question: an area of the map and a level below it."""
    map_on = draw(DAYS.filter(lambda day: day >= START))
    tops = [land for land in country.lands if land.level in BY and land.exists_on(map_on)]
    assume(tops)
    under = draw(st.sampled_from(tops))
    by = draw(st.sampled_from(BY[under.level]))
    first = draw(DAYS)
    period = Period(first, first + timedelta(days=draw(st.integers(0, 200))))
    every = all_measures()
    some = st.lists(st.sampled_from(every), min_size=1, max_size=3, unique=True).map(tuple)
    measures = draw(st.just(every) | some)
    question = Question(areas[under], Level(by), draw(DAYS), period, map_on, measures)
    return under, question
