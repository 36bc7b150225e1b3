"""Which areas have teams: asked for a day's teams on a day's map, as coverage counts them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ScalarSelect, Select, func, select
from sqlalchemy.orm import aliased

from tcns.areas.models import Area, AreaAllocation, AreaName, AreaPath
from tcns.areas.places import Place
from tcns.areas.queries import areas_in
from tcns.areas.vocabulary import Level
from tcns.database import db
from tcns.database.kept import kept
from tcns.periods import Period
from tcns.permissions.scope import Scope
from tcns.teams.models import Team
from tcns.teams.queries import TeamFilter, TeamRow, team_rows, teams_in

# Two sights of the areas, made once: making one takes longer than most questions.
Home, Shown = aliased(Area), aliased(Area)


def areas_with_team(scope: Scope, on: date, map_on: date) -> Select[tuple[int]]:
    """The ids of the areas of a map that have a team of their own level on a day."""
    return (
        select(AreaAllocation.seat_id)
        .join(Team, Team.area_id == AreaAllocation.area_id)
        .join(Home, Home.id == Team.area_id)
        .join(Shown, Shown.id == AreaAllocation.seat_id)
        .where(Home.level == Shown.level, Team.valid_on(on), scope.clause(Team))
        .where(AreaAllocation.valid_on(map_on))
    )


@kept("areas", "teams")
def holds_every_team(scope: Scope, place: Place) -> bool:
    """Whether every team on file is of the scope and counted under the place: then they narrow
    nothing."""
    if not scope.everything or place.area_id is None:
        return scope.everything
    outside = select(Team.id).where(~place.holds(Team.area_id))
    return db.session.scalar(outside.limit(1)) is None


def own_team_counts(
    scope: Scope, area_ids: Iterable[int], on: date, map_on: date
) -> dict[int, int]:
    """How many teams of its own level each of some areas of a map has on a day."""
    owners = areas_with_team(scope, on, map_on)
    allocation = owners.selected_columns[0]
    query = (
        owners.add_columns(func.count()).where(allocation.in_(set(area_ids))).group_by(allocation)
    )
    return dict(db.session.execute(query).tuples().all())


def own_team_count(scope: Scope, area_id: Any, on: date, map_on: date) -> ScalarSelect[int]:
    """How many teams of its own level the area in a column of a map has on a day: to sort by."""
    owners = areas_with_team(scope, on, map_on)
    allocation = owners.selected_columns[0]
    counted = owners.with_only_columns(func.count()).where(allocation == area_id)
    return counted.correlate(area_id.class_).scalar_subquery()


def team_counts(scope: Scope, area_ids: Iterable[int], on: date, map_on: date) -> dict[int, int]:
    """How many teams of a day are counted under each of some areas of a map."""
    query = (
        select(AreaPath.ancestor_id, func.count(Team.id))
        .join(AreaAllocation, AreaAllocation.seat_id == AreaPath.descendant_id)
        .join(Team, Team.area_id == AreaAllocation.area_id)
        .where(AreaPath.valid_on(map_on), AreaPath.ancestor_id.in_(set(area_ids)))
        .where(AreaAllocation.valid_on(map_on), Team.valid_on(on), scope.clause(Team))
        .group_by(AreaPath.ancestor_id)
    )
    return dict(db.session.execute(query).tuples().all())


def teams_of_area(scope: Scope, area: Area, on: date, map_on: date) -> list[TeamRow]:
    """The area's own teams on a day, with those of areas that it took over whole on a map."""
    place = Place(map_on, area.id)
    wanted = TeamFilter(on=on, place=place, period=Period(on, on), level=area.step)
    return team_rows(scope, db.session.scalars(teams_in(scope, wanted)).all(), wanted)


def with_team(scope: Scope, area_ids: Iterable[int], on: date) -> set[int]:
    """Of some areas those that have a team of their own on a day, or one that begins later."""
    lasting = Team.valid_to.is_(None) | (Team.valid_to > on)
    query = select(Team.area_id).where(Team.area_id.in_(set(area_ids)), lasting)
    return set(db.session.scalars(query.where(scope.clause(Team))))


def communes_in(scope: Scope, day: date) -> list[tuple[Area, AreaName]]:
    """The communes of the scope on a day with their names, in Vietnamese order."""
    query = (
        select(Area, AreaName)
        .join(AreaName.area)
        .where(Area.level == Level.COMMUNE, scope.clause(Area))
        .where(Area.valid_on(day), AreaName.valid_on(day))
        .order_by(AreaName.sort_key, AreaName.code)
    )
    return [(area, name) for area, name in db.session.execute(query)]


def villages_in(scope: Scope, commune: Area, day: date) -> list[tuple[Area, AreaName]]:
    """The villages of a commune in the scope on a day with their names, in Vietnamese order."""
    query = areas_in(scope, commune.id, Level.VILLAGE, day)
    return [(area, name) for area, name in db.session.execute(query)]
