"""How many sessions are open to a doubt."""

from datetime import timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select, true, tuple_

from tcns.activities.doubts import is_doubted
from tcns.activities.models import Activity
from tcns.activities.queries import ActivityFilter, is_of
from tcns.activities.vocabulary import WITH_THE_TEAM, Doubt
from tcns.clock import today
from tcns.database import db
from tcns.database.kept import kept
from tcns.database.reaching_back import past_before
from tcns.periods import Period
from tcns.permissions.scope import Scope
from tcns.teams.models import Team
from tcns.teams.search import team_matches


def count_in_doubt(scope: Scope, wanted: ActivityFilter) -> int:
    """How many of the sessions that a filter of days and places shows are open to some doubt.

    No doubt rests on later sessions: those of the past are counted anew only when one is changed.
    """
    (first, last), lately = wanted.period, past_before(today())
    before = Period(first, min(last, lately - timedelta(days=1)))
    return _in_past(scope, wanted, before) + _count(scope, wanted, Period(max(first, lately), last))


@kept("areas", "teams", "past_activities")
def _in_past(scope: Scope, wanted: ActivityFilter, period: Period) -> int:
    """How many of days that are past."""
    return _count(scope, wanted, period)


def _count(scope: Scope, wanted: ActivityFilter, period: Period) -> int:
    if period.last < period.first:
        return 0
    meant = and_(is_of(scope, wanted.place), Activity.held_on.between(*period))
    query = (
        select(func.count())
        .select_from(Activity)
        .where(meant, Activity.status.in_(wanted.shown.statuses))
        .where(_is_named(wanted), _is_in_doubt(meant))
    )
    return db.session.scalar(query) or 0


def _is_named(wanted: ActivityFilter) -> ColumnElement[bool]:
    """The clause that a session is of a team that a text finds."""
    if not wanted.text:
        return true()
    found = select(Team.id).where(team_matches(wanted.text, wanted.place.map_on))
    return Activity.team_id.in_(found)


def _is_in_doubt(meant: ColumnElement[bool]) -> ColumnElement[bool]:
    """The clause that a session of those meant is open to a doubt. Only few are of a team that held
    several on a day: these are found together, before any is compared with others."""
    several = (
        select(Activity.team_id, Activity.held_on)
        .where(meant, Activity.status.not_in(WITH_THE_TEAM))
        .group_by(Activity.held_on, Activity.team_id)
        .having(func.count() > 1)
    )
    is_one_of_several = tuple_(Activity.team_id, Activity.held_on).in_(several)
    others = (is_doubted(doubt) for doubt in Doubt if doubt is not Doubt.REPEATED)
    return or_(is_one_of_several & is_doubted(Doubt.REPEATED), *others)
