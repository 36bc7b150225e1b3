"""Figures of many months at once, in one statement each: exactly those that coverage gives when it
is asked for every month by itself."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

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
from tcns.coverage.queries import Question
from tcns.coverage.statement import placed_teams
from tcns.database import db
from tcns.database.kept import kept
from tcns.database.reaching_back import past_before
from tcns.periods import Period
from tcns.permissions.scope import Scope
from tcns.teams.models import Team

# By the id of the area that takes them, None of what none takes: a figure for each period or day.
Course = tuple[int, ...]
Courses = Mapping[int | None, Course]


class Placing(NamedTuple):
    """Which areas take the teams: those of a level below one, of a day, on a map."""

    under: int
    by: str
    on: date
    map_on: date


def sessions_by_period(scope: Scope, question: Question, periods: Sequence[Period]) -> Courses:
    """How many counted sessions there were in each of some periods, which follow one another
    without a gap, for each area of a question that had any.

    The periods of the past are counted anew only when one of their sessions is changed.
    """
    placing = _placing(question)
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
    placing = _placing(question)
    return _teams_on(scope, placing, tuple(days)) if placing and days else {}


def _placing(question: Question) -> Placing | None:
    """Which areas a question asks for; None where there are none."""
    if question.under is None:
        return None
    return Placing(question.under.id, question.by.value, question.on, question.map_on)


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
        **{f"last_{place}": period.last for place, period in enumerate(periods[:-1])},
    }
    found: dict[int | None, list[int]] = {}
    query = _sessions(scope, len(periods))
    for taker_id, place, count in db.session.execute(query, placing._asdict() | values):
        found.setdefault(taker_id, [0] * len(periods))[place] = count
    return MappingProxyType({area_id: tuple(counts) for area_id, counts in found.items()})


@kept("areas", "teams")
def _teams_on(scope: Scope, placing: Placing, days: tuple[date, ...]) -> Courses:
    values = {f"day_{place}": day for place, day in enumerate(days)}
    rows = db.session.execute(_teams(scope, len(days)), placing._asdict() | values)
    return MappingProxyType({taker_id: tuple(counts) for taker_id, *counts in rows})


@lru_cache(maxsize=64)
def _sessions(scope: Scope, count: int) -> Select[Any]:
    """Sessions by the area that takes them and by the place of the period they were held in."""
    placed = placed_teams(scope)
    place = _place_of(Activity.held_on, 0, count)
    held = (
        select(placed.c.taker_id, place.label("place"))
        .join(Activity, Activity.team_id == placed.c.team_id)
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
def _teams(scope: Scope, count: int) -> Select[Any]:
    """Teams by the area that takes them, a column for each day."""
    placed = placed_teams(scope)
    days = (bindparam(f"day_{place}", type_=Date) for place in range(count))
    return (
        select(placed.c.taker_id, *(count_where(Team.valid_on(day), Team.id) for day in days))
        .join(Team, Team.id == placed.c.team_id)
        .group_by(placed.c.taker_id)
    )
