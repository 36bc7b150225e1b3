"""Which teams a form offers."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from tcns.areas.models import Area
from tcns.areas.places import Place, name_order
from tcns.database import db
from tcns.permissions.scope import Scope
from tcns.teams.models import Team


def teams_of_commune(scope: Scope, commune: Area, map_on: date) -> Sequence[Team]:
    """The teams of the scope that have no end, of a commune and its villages on a map, in
    Vietnamese order of areas."""
    of_commune = Place(map_on, commune.id).holds(Team.area_id)
    query = select(Team).where(scope.clause(Team), of_commune, Team.valid_to.is_(None))
    in_order = query.order_by(name_order(Team.area_id, map_on), Team.sort_key, Team.id)
    return db.session.scalars(in_order).all()
