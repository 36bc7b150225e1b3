"""How months stand: closed, open, opened again until a day."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from tcns.areas.models import Area, AreaPath
from tcns.areas.places import usual_map
from tcns.clock import today
from tcns.closings.models import Closing, ReopeningRequest
from tcns.database import db
from tcns.database.id_lists import in_ids
from tcns.database.locking import lock_rows
from tcns.database.versions import is_one_instant
from tcns.periods import Period
from tcns.permissions.scope import Scope
from tcns.teams.models import Team

WHO = (joinedload(Closing.closed_by), joinedload(Closing.reopened_by))

# Asked of every session that is written, so they are put together once.
ABOVE = select(AreaPath.ancestor_id).where(
    AreaPath.descendant_id == bindparam("area_id"), AreaPath.valid_on(bindparam("map_on"))
)
HOLDING_ABOVE = (
    select(Area.id).where(Area.id.in_(ABOVE)).order_by(Area.id).with_for_update(read=True)
)
CLOSINGS_ABOVE = (
    select(Closing)
    .where(Closing.area_id.in_(ABOVE))
    .where(Closing.first_day <= bindparam("day"), Closing.last_day >= bindparam("day"))
    .order_by(Closing.id)
)


def closing_over(team: Team, day: date) -> Closing | None:
    """What keeps the month of a team's session closed: of the areas it stood in that day.

    Where others write at the same time these areas are locked against a closing that begins now.
    """
    where = {"area_id": team.area_id, "map_on": usual_map(day)}
    if not is_one_instant():
        lock_rows(HOLDING_ABOVE, where)
    closings = db.session.scalars(CLOSINGS_ABOVE, where | {"day": day})
    latest = {one.area_id: one for one in closings}
    return next((one for one in latest.values() if one.is_closed_on(today())), None)


class ClosedMonths:
    """What keeps months closed over many areas, read at once: for lists of sessions."""

    def __init__(self, area_ids: Collection[int]) -> None:
        above = select(AreaPath).where(in_ids(AreaPath.descendant_id, area_ids))
        self._paths: defaultdict[int, list[AreaPath]] = defaultdict(list)
        for path in db.session.scalars(above):
            self._paths[path.descendant_id].append(path)
        self.areas = {path.ancestor_id for own in self._paths.values() for path in own}
        closings = select(Closing).where(in_ids(Closing.area_id, self.areas))
        self._closings = list(db.session.scalars(closings.order_by(Closing.id)))

    def above(self, area_id: int, day: date) -> set[int]:
        """The areas that an area stood in, by the map of the records of a day."""
        map_on = usual_map(day)
        return {path.ancestor_id for path in self._paths[area_id] if path.is_valid_on(map_on)}

    def is_closed(self, area_id: int, day: date) -> bool:
        """Whether the month of a day is closed over an area, as `closing_over` says of one."""
        above = self.above(area_id, day)
        latest = {
            one.area_id: one
            for one in self._closings
            if one.area_id in above and one.first_day <= day <= one.last_day
        }
        return any(one.is_closed_on(today()) for one in latest.values())


def closings_of(scope: Scope, first_day: date) -> dict[int, Closing]:
    """The latest closing of a month by the area it is of."""
    query = (
        select(Closing).where(Closing.first_day == first_day, scope.clause(Closing)).options(*WHO)
    )
    return {one.area_id: one for one in db.session.scalars(query.order_by(Closing.id))}


def history(scope: Scope) -> list[Closing]:
    """Every closing of the scope, the latest first, with who closed and opened it."""
    query = (
        select(Closing)
        .where(scope.clause(Closing))
        .options(*WHO, joinedload(Closing.area).selectinload(Area.names))
        .order_by(Closing.id.desc())
    )
    return list(db.session.scalars(query))


def reopened_since(area: Area, period: Period, moment: datetime) -> list[Closing]:
    """The months of a period that were opened again after a moment, for an area or one above it."""
    above = select(AreaPath.ancestor_id).where(
        AreaPath.descendant_id == area.id, AreaPath.valid_on(usual_map(period.last))
    )
    query = (
        select(Closing)
        .where(Closing.area_id.in_(above), Closing.reopened_at > moment)
        .where(Closing.first_day.between(period.first, period.last))
        .options(*WHO)
    )
    return list(db.session.scalars(query.order_by(Closing.reopened_at)))


def latest_closing(area: Area, first_day: date) -> Closing | None:
    """The closing that says how a month of an area stands, if it was ever closed."""
    query = select(Closing).where(Closing.area_id == area.id, Closing.first_day == first_day)
    return db.session.scalar(query.order_by(Closing.id.desc()).limit(1))


def waiting_requests(scope: Scope) -> list[ReopeningRequest]:
    """The requests of the scope that nobody has decided, the oldest first."""
    query = (
        select(ReopeningRequest)
        .where(ReopeningRequest.decided_at.is_(None), scope.clause(ReopeningRequest))
        .options(joinedload(ReopeningRequest.team), joinedload(ReopeningRequest.asked_by))
        .order_by(ReopeningRequest.id)
    )
    return list(db.session.scalars(query))


def waiting_request_of(team: Team, first_day: date) -> ReopeningRequest | None:
    """What a team asks for a month and nobody has decided."""
    query = select(ReopeningRequest).where(
        ReopeningRequest.team_id == team.id,
        ReopeningRequest.first_day == first_day,
        ReopeningRequest.decided_at.is_(None),
    )
    return db.session.scalar(query.limit(1))
