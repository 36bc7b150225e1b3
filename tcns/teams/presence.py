"""Which areas have teams: asked for a day's teams on a day's map, as coverage counts them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ScalarSelect, Select, func, select
from sqlalchemy.orm import aliased

from tcns.areas.models import Area, AreaPath, AreaSeat
from tcns.areas.places import Place
from tcns.database import db
from tcns.periods import Period
from tcns.permissions.scope import Scope
from tcns.teams.models import Team
from tcns.teams.queries import TeamFilter, TeamRow, team_rows, teams_in

# Two sights of the areas, made once: making one takes longer than most questions.
Home, Shown = aliased(Area), aliased(Area)


def areas_with_team(scope: Scope, on: date, map_on: date) -> Select[tuple[int]]:
    """The ids of the areas of a map that have a team of their own level on a day."""
    return (
        select(AreaSeat.seat_id)
        .join(Team, Team.area_id == AreaSeat.area_id)
        .join(Home, Home.id == Team.area_id)
        .join(Shown, Shown.id == AreaSeat.seat_id)
        .where(Home.level == Shown.level, Team.valid_on(on), scope.clause(Team))
        .where(AreaSeat.valid_on(map_on))
    )


def own_team_counts(
    scope: Scope, area_ids: Iterable[int], on: date, map_on: date
) -> dict[int, int]:
    """How many teams of its own level each of some areas of a map has on a day."""
    owners = areas_with_team(scope, on, map_on)
    seat = owners.selected_columns[0]
    query = owners.add_columns(func.count()).where(seat.in_(set(area_ids))).group_by(seat)
    return dict(db.session.execute(query).tuples().all())


def own_team_count(scope: Scope, area_id: Any, on: date, map_on: date) -> ScalarSelect[int]:
    """How many teams of its own level the area in a column of a map has on a day: to sort by."""
    owners = areas_with_team(scope, on, map_on)
    seat = owners.selected_columns[0]
    counted = owners.with_only_columns(func.count()).where(seat == area_id)
    return counted.correlate(area_id.class_).scalar_subquery()


def team_counts(scope: Scope, area_ids: Iterable[int], on: date, map_on: date) -> dict[int, int]:
    """How many teams of a day are counted under each of some areas of a map."""
    query = (
        select(AreaPath.ancestor_id, func.count(Team.id))
        .join(AreaSeat, AreaSeat.seat_id == AreaPath.descendant_id)
        .join(Team, Team.area_id == AreaSeat.area_id)
        .where(AreaPath.valid_on(map_on), AreaPath.ancestor_id.in_(set(area_ids)))
        .where(AreaSeat.valid_on(map_on), Team.valid_on(on), scope.clause(Team))
        .group_by(AreaPath.ancestor_id)
    )
    return dict(db.session.execute(query).tuples().all())


def teams_of_area(scope: Scope, area: Area, on: date, map_on: date) -> list[TeamRow]:
    """The area's own teams on a day, with those of areas that it took over whole on a map."""
    place = Place(map_on, area.id)
    wanted = TeamFilter(on=on, place=place, period=Period(on, on), level=area.step)
    return team_rows(scope, db.session.scalars(teams_in(scope, wanted)).all(), wanted)
