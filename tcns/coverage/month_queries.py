"""Figures of many months at once, in one statement each: exactly those that coverage gives when it
is asked for every month by itself."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    bindparam,
    case,
    func,
    literal_column,
    select,
)

from tcns.activities.models import Activity
from tcns.clock import today
from tcns.coverage.expressions import count_where, was_held
from tcns.coverage.placing_queries import Placing, placed
from tcns.coverage.queries import Question
from tcns.coverage.statement import placed_teams
from tcns.database import db, valid_on
from tcns.database.folded_rows import day_number
from tcns.database.kept import kept
from tcns.database.reaching_back import past_before
from tcns.periods import Period
from tcns.permissions.scope import Scope

# By the id of the area that takes them, None of what none takes: a figure for each period or day.
Course = tuple[int, ...]
Courses = Mapping[int | None, Course]


def sessions_by_period(scope: Scope, question: Question, periods: Sequence[Period]) -> Courses:
    """How many counted sessions there were in each of some periods, which follow one another
    without a gap, for each area of a question that had any.

    The periods of the past are counted anew only when one of their sessions is changed.
    """
    placing = question.placing
    if placing is None:
        return {}
    lately = past_before(today())
    over = sum(period.last < lately for period in periods)
    before = _past_sessions(scope, placing, tuple(periods[:over]))
    since = _sessions_in(scope, placing, tuple(periods[over:]))
    nothing = (0,) * over, (0,) * (len(periods) - over)
    return {
        area_id: before.get(area_id, nothing[0]) + since.get(area_id, nothing[1])
        for area_id in before.keys() | since.keys()
    }


def teams_by_day(scope: Scope, question: Question, days: Sequence[date]) -> Courses:
    """How many teams there were at the end of each of some days, for each area of a question."""
    placing = question.placing
    return _teams_on(scope, placing, tuple(days)) if placing and days else {}


@kept("areas", "teams", "past_activities")
def _past_sessions(scope: Scope, placing: Placing, periods: tuple[Period, ...]) -> Courses:
    """The sessions of periods that are of the past."""
    return _sessions_in(scope, placing, periods)


def _sessions_in(scope: Scope, placing: Placing, periods: tuple[Period, ...]) -> Courses:
    if not periods:
        return MappingProxyType({})
    values = {
        "first": periods[0].first,
        "last": periods[-1].last,
        "placed": placed(scope, placing),
        **{f"last_{place}": period.last for place, period in enumerate(periods[:-1])},
    }
    found: dict[int | None, list[int]] = {}
    for taker_id, place, count in db.session.execute(_sessions(len(periods)), values):
        found.setdefault(taker_id, [0] * len(periods))[place] = count
    return MappingProxyType({area_id: tuple(counts) for area_id, counts in found.items()})


@kept("areas", "teams")
def _teams_on(scope: Scope, placing: Placing, days: tuple[date, ...]) -> Courses:
    values = {f"day_{place}": day_number(day) for place, day in enumerate(days)}
    rows = db.session.execute(_teams(len(days)), values | {"placed": placed(scope, placing)})
    return MappingProxyType({taker_id: tuple(counts) for taker_id, *counts in rows})


@lru_cache(maxsize=64)
def _sessions(count: int) -> Select[Any]:
    """Sessions by the area that takes them and by the place of the period they were held in."""
    teams = placed_teams()
    place = _place_of(Activity.held_on, 0, count)
    held = (
        select(teams.c.taker_id, place.label("place"))
        .join(Activity, Activity.team_id == teams.c.team_id)
        .where(Activity.is_counted(), was_held())
        .subquery()
    )
    return select(held.c.taker_id, held.c.place, func.count()).group_by(
        held.c.taker_id, held.c.place
    )


def _place_of(day: Any, first: int, end: int) -> ColumnElement[int]:
    """The place of the period that a day lies in, of those from one up to before another: found by
    halves, for a long list of cases is gone through for every session."""
    if end - first == 1:
        return literal_column(str(first), Integer)
    middle = (first + end) // 2
    is_before = day <= bindparam(f"last_{middle - 1}", type_=Date)
    return case((is_before, _place_of(day, first, middle)), else_=_place_of(day, middle, end))


@lru_cache(maxsize=64)
def _teams(count: int) -> Select[Any]:
    """Teams by the area that takes them, a column for each day."""
    teams = placed_teams()
    days = (bindparam(f"day_{place}", type_=Integer) for place in range(count))
    there = (valid_on(day, teams.c.starts, teams.c.ends) for day in days)
    counts = (count_where(is_there, teams.c.team_id) for is_there in there)
    return select(teams.c.taker_id, *counts).group_by(teams.c.taker_id)
