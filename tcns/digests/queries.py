"""How a commune stands: what waits, which teams are silent, which months are open."""

from datetime import date

from sqlalchemy import func, select

from tcns.activities.models import Activity
from tcns.activities.vocabulary import Status
from tcns.areas import queries as areas
from tcns.areas.models import Area
from tcns.areas.places import Place, usual_map
from tcns.areas.subtrees import kept_in
from tcns.clock import today
from tcns.closings.queries import closings_of
from tcns.database import db
from tcns.digests.vocabulary import Digest, Silent
from tcns.periods import NamedPeriod, PeriodKind, period_holding
from tcns.permissions.scope import Scope
from tcns.reports.lateness_queries import due
from tcns.silence.queries import SilenceFilter, silence
from tcns.silence.steps import silent_steps

# So many silent teams are named, and so many months that are over looked at.
NAMED, MONTHS = 10, 12


def digest_of(commune: Area) -> Digest:
    """How a commune stands today."""
    day = today()
    map_on = usual_map(day)
    scope = Scope(areas=frozenset(kept_in([commune.id], map_on)))
    place, least = Place(map_on, commune.id), silent_steps()[0]
    found = silence(scope, SilenceFilter(day, place, least), (least,), NAMED)
    ((_days, silent_count),) = found.counts
    waiting, oldest = _waiting(scope)
    last_month = period_holding(PeriodKind.MONTH, day).step(-1)
    reports = due(Scope(areas=frozenset({commune.id})), scope, last_month)
    return Digest(
        name=areas.labels([commune.id], map_on)[commune.id].full_name,
        day=day.isoformat(),
        waiting=waiting,
        oldest=oldest.isoformat() if oldest else "",
        silent_days=least,
        silent_count=silent_count,
        silent=tuple(Silent(one.team_id, one.name, one.since.isoformat()) for one in found.worst),
        open_months=tuple(month.name for month in _open_months(commune, map_on, last_month)),
        owed_month=last_month.name if reports.own else "",
        days_late=max((owed.days_late for owed in reports.own), default=0),
        to_answer=reports.to_answer,
    )


def _waiting(scope: Scope) -> tuple[int, date | None]:
    """How many sessions wait for review, and when the oldest was held."""
    query = select(func.count(Activity.id), func.min(Activity.held_on))
    query = query.where(Activity.status == Status.SUBMITTED, scope.clause(Activity))
    count, oldest = db.session.execute(query).one()
    return count, oldest


def _open_months(commune: Area, map_on: date, last: NamedPeriod) -> list[NamedPeriod]:
    """Of the last months that are over those closed neither for the commune nor the province, the
    latest first."""
    province = areas.province(map_on)
    over = Scope(areas=frozenset({commune.id} | ({province.id} if province else set())))
    months = [last.step(-back) for back in range(MONTHS)]
    return [month for month in months if not _is_closed(over, month)]


def _is_closed(over: Scope, month: NamedPeriod) -> bool:
    """Whether a month is closed over some areas today."""
    closings = closings_of(over, month.days.first)
    return any(one.is_closed_on(today()) for one in closings.values())
