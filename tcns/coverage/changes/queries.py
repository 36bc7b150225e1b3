"""Teams gained and lost between two days.

A team is shown under the area that takes its figures on the map, like in coverage: what was gained
less what was lost is the difference of the two days' counts of teams.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, func, or_, select

from tcns.areas.places import Place, Trail, name_order, trails
from tcns.coverage.changes.vocabulary import TeamChange
from tcns.database import db
from tcns.database.ordering import USUAL, Order, in_order
from tcns.periods import Period
from tcns.permissions.scope import Scope
from tcns.teams.models import Team
from tcns.teams.search import team_matches


@dataclass(frozen=True)
class ChangeFilter:
    """Which changes a list shows: of the teams of a place, between the ends of two days."""

    days: Period
    place: Place
    text: str = ""
    change: TeamChange | None = None
    order: Order = USUAL


class ChangeRow(NamedTuple):
    """A team that was gained or lost: since when it exists, or until when it did."""

    team: Team
    change: TeamChange
    day: date
    trail: Trail


def changed_teams(scope: Scope, wanted: ChangeFilter) -> Select[tuple[Team]]:
    """The teams that exist on one of the two days and not on the other, usually by area."""
    query = select(Team).where(scope.clause(Team), wanted.place.holds(Team.area_id))
    query = query.where(team_matches(wanted.text, wanted.place.map_on))
    changes = [wanted.change] if wanted.change else list(TeamChange)
    query = query.where(or_(*(_has_changed(change, wanted.days) for change in changes)))
    gained = _has_changed(TeamChange.GAINED, wanted.days)
    by_area = name_order(Team.area_id, wanted.place.map_on)
    columns = {
        "team": Team.sort_key,
        "area": by_area,
        "change": case((gained, 0), else_=1),
        "day": case((gained, Team.valid_from), else_=Team.valid_to),
    }
    return in_order(query, wanted.order, columns, by_area, Team.sort_key, Team.id)


def _has_changed(change: TeamChange, days: Period) -> ColumnElement[bool]:
    """The clause that a team was gained, or lost, between the ends of two days."""
    before, after = Team.valid_on(days.first), Team.valid_on(days.last)
    return ~before & after if change is TeamChange.GAINED else before & ~after


def count_changes(scope: Scope, wanted: ChangeFilter) -> dict[TeamChange, int]:
    """How many teams were gained and how many lost, whichever of them the list shows."""
    counts = [func.count(case((_has_changed(change, wanted.days), 1))) for change in TeamChange]
    query = select(*counts).select_from(Team)
    query = query.where(scope.clause(Team), wanted.place.holds(Team.area_id))
    found = db.session.execute(query.where(team_matches(wanted.text, wanted.place.map_on))).one()
    return dict(zip(TeamChange, found, strict=True))


def change_rows(teams: Sequence[Team], wanted: ChangeFilter) -> list[ChangeRow]:
    """What a list shows of some of its teams."""
    placed = trails((team.area_id for team in teams), wanted.place.map_on)
    return [
        ChangeRow(team, *_change_of(team, wanted.days), placed.get(team.area_id, {}))
        for team in teams
    ]


def _change_of(team: Team, days: Period) -> tuple[TeamChange, Any]:
    """What became of a team that changed, and on which day."""
    if team.is_valid_on(days.last):
        return TeamChange.GAINED, team.valid_from
    return TeamChange.LOST, team.last_day
