"""Questions about the sessions teams held."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, select, true
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from tcns.accounts.models import User
from tcns.activities.list_rows import ActivityRow, recorded_of, topics_of
from tcns.activities.models import Activity, ActivityTopic, Attendance, IndicatorValue
from tcns.activities.vocabulary import ActivityForm, ActivityKind, Shown, Status, Topic
from tcns.areas.places import Place
from tcns.areas.villages.household_queries import allocated_to, villages_with_households
from tcns.areas.vocabulary import OnRecord
from tcns.audit.models import AuditEvent
from tcns.audit.vocabulary import Event
from tcns.database import db
from tcns.database.ordering import USUAL, Order, in_order, rank_in
from tcns.indicators.models import Indicator
from tcns.indicators.names import IndicatorName
from tcns.periods import Period
from tcns.permissions.scope import Scope
from tcns.teams.activity_hooks import SessionRecord, keep_sessions
from tcns.teams.area_queries import holds_every_team
from tcns.teams.models import Membership, Person, Team
from tcns.teams.search import team_matches

# How many of a team's or a person's sessions their own pages show.
LATEST = 10


@dataclass(frozen=True)
class ActivityFilter:
    """Which sessions a list shows: those held in a period by the teams of a place.

    Of an indicator those that recorded it; by `households` those of villages whose number of
    households is known, by the last of the days, or is not.
    """

    place: Place
    period: Period
    text: str = ""
    team_id: int | None = None
    shown: Shown = Shown.COUNTED
    kind: ActivityKind | None = None
    form: ActivityForm | None = None
    topic: Topic | None = None
    indicator: IndicatorName | None = None
    households: OnRecord | None = None
    order: Order = USUAL


def activities_in(scope: Scope, wanted: ActivityFilter) -> Select[tuple[Activity]]:
    """The sessions that a list shows, in its order, which usually is the newest first."""
    query = (
        select(Activity)
        .join(Activity.team)
        .options(contains_eager(Activity.team), selectinload(Activity.topics))
        .where(scope.clause(Team), wanted.place.holds(Team.area_id))
        .where(team_matches(wanted.text, wanted.place.map_on))
        .where(Activity.held_on.between(*wanted.period))
        .where(Activity.status.in_(wanted.shown.statuses))
    )
    newest = Activity.held_on.desc(), Activity.id.desc()
    return in_order(_narrowed(query, wanted), wanted.order, _columns(), *newest)


def count_waiting(scope: Scope, place: Place, period: Period) -> int:
    """How many sessions of a period wait for approval: as many as a list of the place shows."""
    query = select(func.count()).select_from(Activity).where(is_of(scope, place))
    query = query.where(Activity.is_pending(), Activity.held_on.between(*period))
    return db.session.scalar(query) or 0


def is_of(scope: Scope, place: Place) -> ColumnElement[bool]:
    """The clause that a session is of a team of the scope that is counted under a place."""
    if holds_every_team(scope, place):
        return true()
    teams = select(Team.id).where(scope.clause(Team), place.holds(Team.area_id))
    return Activity.team_id.in_(teams)


def _columns() -> dict[str, Any]:
    """What the list of sessions can be sorted by."""
    return {
        "held_on": Activity.held_on,
        "team": Team.sort_key,
        "participants": Activity.participant_count,
        "households": Activity.household_count,
        "status": rank_in(Status, Activity.status),
    }


def _narrowed(query: Select[tuple[Activity]], wanted: ActivityFilter) -> Select[tuple[Activity]]:
    """The sessions asked back, or of one team, kind, form or topic, where that is wanted."""
    if wanted.shown is Shown.ASKED_BACK:
        query = query.where(Activity.asked_back())
    if wanted.team_id is not None:
        query = query.where(Activity.team_id == wanted.team_id)
    if wanted.kind:
        query = query.where(Activity.kind == wanted.kind)
    if wanted.form:
        query = query.where(Activity.form == wanted.form)
    if wanted.indicator:
        query = query.where(Activity.id.in_(recorded_of(wanted.indicator)))
    if wanted.households:
        query = query.where(_of_villages(wanted, wanted.households))
    if wanted.topic:
        query = query.where(Activity.topics.any(ActivityTopic.topic == wanted.topic))
    return query


def _of_villages(wanted: ActivityFilter, on_record: OnRecord) -> ColumnElement[bool]:
    """The clause that a team's figures are shown under a village whose number of households is
    known, or is not."""
    map_on = wanted.place.map_on
    known = villages_with_households(max(wanted.period.last, map_on))
    teams_of_known = Team.area_id.in_(allocated_to(known, map_on))
    return teams_of_known if on_record is OnRecord.KNOWN else ~teams_of_known


def helpers_at(activity: Activity) -> list[Membership]:
    """The memberships of those who helped at a session, in Vietnamese order."""
    query = (
        select(Membership)
        .join(Attendance, Attendance.membership_id == Membership.id)
        .join(Membership.person)
        .options(contains_eager(Membership.person))
        .where(Attendance.activity_id == activity.id)
        .order_by(Person.sort_key, Membership.id)
    )
    return list(db.session.scalars(query))


def counts_of(activity: Activity) -> list[tuple[Indicator, int]]:
    """What a session counted of each indicator, in the catalogue's order."""
    query = (
        select(Indicator, IndicatorValue.amount)
        .join(IndicatorValue, IndicatorValue.indicator_id == Indicator.id)
        .where(IndicatorValue.activity_id == activity.id)
        .order_by(Indicator.position, Indicator.id)
    )
    return [(indicator, amount) for indicator, amount in db.session.execute(query)]


def names_of_users(activity: Activity) -> dict[int, str]:
    """The names of who entered and who reviewed a session, by the account's id."""
    ids = {activity.entered_by_id, activity.reviewed_by_id} - {None}
    query = select(User.id, User.full_name).where(User.id.in_(ids))
    return dict(db.session.execute(query).tuples().all())


def who_asked_back(activity: Activity) -> str:
    """The name of whoever asked for a session last; nothing where nobody did."""
    if activity.recall_asked_at is None:
        return ""
    query = (
        select(User.full_name)
        .join(AuditEvent, AuditEvent.actor_id == User.id)
        .where(
            AuditEvent.event == Event.ACTIVITY_ASKED_BACK,
            AuditEvent.object_type == "activity",
            AuditEvent.object_id == activity.id,
        )
        .order_by(AuditEvent.id.desc())
    )
    return db.session.scalar(query.limit(1)) or ""


def _active_teams(period: Period) -> Select[tuple[int]]:
    """The ids of the teams with at least one counted session in a period."""
    held = Activity.held_on.between(*period)
    return select(Activity.team_id).where(Activity.is_counted(), held)


def _last_days(team_ids: Iterable[int], on: date) -> dict[int, date]:
    """The day of each team's last counted session up to a day."""
    query = (
        select(Activity.team_id, func.max(Activity.held_on))
        .where(Activity.team_id.in_(list(team_ids)), Activity.is_counted(), Activity.held_on <= on)
        .group_by(Activity.team_id)
    )
    return dict(db.session.execute(query).tuples().all())


def _last_day(team_id: Any, on: date) -> ScalarSelect[date]:
    """The day of the last counted session up to a day of the team in a column."""
    return (
        select(func.max(Activity.held_on))
        .where(Activity.team_id == team_id, Activity.is_counted(), Activity.held_on <= on)
        .correlate_except(Activity)
        .scalar_subquery()
    )


def _held_by(scope: Scope, team: Team, on: date) -> list[ActivityRow]:
    """The latest sessions of a team up to a day, in any state."""
    query = _latest(scope).where(Activity.team_id == team.id, Activity.held_on <= on)
    return _short_rows(query)


def _helped_by(scope: Scope, person: Person) -> list[ActivityRow]:
    """The latest sessions of the scope at which a person helped, in any state."""
    memberships = select(Membership.id).where(Membership.person_id == person.id)
    helped = Activity.attendances.any(Attendance.membership_id.in_(memberships))
    return _short_rows(_latest(scope).where(helped))


def _counts_by_day(scope: Scope, team: Team, on: date) -> dict[date, int]:
    """How many counted sessions a team held on each day up to one."""
    query = (
        select(Activity.held_on, func.count())
        .where(Activity.team_id == team.id, Activity.is_counted(), Activity.held_on <= on)
        .where(scope.clause(Activity))
        .group_by(Activity.held_on)
    )
    return dict(db.session.execute(query).tuples().all())


def _latest(scope: Scope) -> Select[tuple[Activity]]:
    """The newest sessions of the scope."""
    return (
        select(Activity)
        .options(joinedload(Activity.team), selectinload(Activity.topics))
        .where(scope.clause(Activity))
        .order_by(Activity.held_on.desc(), Activity.id.desc())
        .limit(LATEST)
    )


def _short_rows(query: Select[tuple[Activity]]) -> list[ActivityRow]:
    """Sessions on somebody else's page, where their areas are known."""
    return [ActivityRow(each, {}, topics_of(each)) for each in db.session.scalars(query)]


keep_sessions(
    SessionRecord(_active_teams, _last_days, _last_day, _held_by, _helped_by, _counts_by_day)
)
