"""Which teams have held no counted session for long, and what is told their leaders."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import CTE, Select, and_, case, func, or_, select
from sqlalchemy.orm import contains_eager

from tcns.areas.agencies.queries import agencies_of_communes
from tcns.areas.agencies.rules import AgencyText
from tcns.areas.places import Place, Trail, trails
from tcns.areas.vocabulary import Level
from tcns.database import db
from tcns.database.kept import kept
from tcns.i18n import format_day, format_phone
from tcns.periods import Period, reporting_month
from tcns.permissions.scope import Scope
from tcns.teams.activity_hooks import sessions
from tcns.teams.area_queries import holds_every_team
from tcns.teams.models import Membership, Person, Team
from tcns.teams.queries import Leader, TeamFilter, TeamRow, team_rows
from tcns.teams.search import team_matches
from tcns.teams.vocabulary import MemberRole


@dataclass(frozen=True)
class SilenceFilter:
    """Which silent teams a list shows: those of a place that have been so for so many days."""

    on: date
    place: Place
    least_days: int
    text: str = ""


class SilentTeam(NamedTuple):
    """A team, since when it has been silent, for how many days, who leads it, and the message to
    its leader."""

    team_id: int
    name: str
    since: date
    days: int
    leader: Leader | None
    message: str


class Silence(NamedTuple):
    """For each number of days how many teams have been silent so long, and the longest silent."""

    counts: tuple[tuple[int, int], ...]
    worst: tuple[SilentTeam, ...]


def silent_teams(scope: Scope, wanted: SilenceFilter) -> Select[tuple[Team]]:
    """The teams of the scope without a counted session for so many days, the longest silent first.

    A team that never held one is silent since it was established.
    """
    found = _silent(scope, wanted)
    return (
        select(Team)
        .join(found, found.c.id == Team.id)
        .join(Team.area)
        .options(contains_eager(Team.area))
        .where(team_matches(wanted.text, wanted.place.map_on))
        .order_by(func.coalesce(found.c.last_on, Team.valid_from), Team.sort_key, Team.id)
    )


@kept("areas", "teams", "activities")
def silence(scope: Scope, wanted: SilenceFilter, steps: tuple[int, ...], count: int) -> Silence:
    """How many teams have been silent for each number of days, the least that are wanted or more;
    and so many of the longest silent. Found in one statement: the last day of every team is dear.
    """
    found = _silent(scope, wanted)
    since = func.coalesce(found.c.last_on, Team.valid_from)
    counts = [
        func.sum(case((since <= wanted.on - timedelta(days=days), 1), else_=0)).over()
        for days in steps
    ]
    query = (
        select(Team.id, Team.valid_from, found.c.last_on, *counts)
        .join(found, found.c.id == Team.id)
        .order_by(since, Team.sort_key, Team.id)
    )
    rows = db.session.execute(query.limit(count)).all()
    known = {one.id: one for one in _known_of(scope, tuple(row[0] for row in rows), wanted)}
    worst = tuple(_told(known[row[0]], row[1], row[2], wanted.on) for row in rows)
    totals = rows[0][3:] if rows else (0,) * len(steps)
    return Silence(tuple(zip(steps, map(int, totals), strict=True)), worst)


def describe_silent(
    scope: Scope, teams: Sequence[Team], wanted: SilenceFilter
) -> list[tuple[TeamRow, SilentTeam]]:
    """What a list shows of silent teams, with one question to each table."""
    shown = TeamFilter(wanted.on, wanted.place, reporting_month(wanted.on))
    rows = team_rows(scope, teams, shown)
    agencies = agencies_of_communes([row.trail for row in rows])
    return [(row, _of_row(row, agencies, wanted.on)) for row in rows]


def _of_row(row: TeamRow, agencies: dict[int, AgencyText], on: date) -> SilentTeam:
    agency = agencies.get(_commune_id(row.trail))
    known = _Known(row.team.id, row.team.name, row.leader, agency)
    return _told(known, row.team.valid_from, row.last_session_on, on)


class _Known(NamedTuple):
    """What is told of a silent team besides its sessions."""

    id: int
    name: str
    leader: Leader | None
    agency: AgencyText | None


@kept("areas", "teams")
def _known_of(scope: Scope, team_ids: tuple[int, ...], wanted: SilenceFilter) -> tuple[_Known, ...]:
    """The same of some teams."""
    leads = and_(
        Membership.team_id == Team.id,
        Membership.role == MemberRole.LEADER,
        Membership.valid_on(wanted.on),
        scope.clause(Membership),
    )
    query = (
        select(Team.id, Team.name, Team.area_id, Person.id, Person.full_name, Person.phone)
        .outerjoin(Membership, leads)
        .outerjoin(Membership.person)
        .where(Team.id.in_(team_ids))
    )
    rows = db.session.execute(query).all()
    placed = trails([area_id for _id, _name, area_id, *_leader in rows], wanted.place.map_on)
    agencies = agencies_of_communes(placed.values())
    return tuple(
        _Known(
            team_id,
            name,
            Leader(person_id, full_name, phone) if person_id else None,
            agencies.get(_commune_id(placed.get(area_id, {}))),
        )
        for team_id, name, area_id, person_id, full_name, phone in rows
    )


def _told(known: _Known, established_on: date, last_on: date | None, on: date) -> SilentTeam:
    since = last_on or established_on
    message = _reminder(known, since, on, has_held=last_on is not None)
    return SilentTeam(known.id, known.name, since, (on - since).days, known.leader, message)


def _reminder(known: _Known, since: date, on: date, *, has_held: bool) -> str:
    """The message to a silent team's leader: since when, until when to enter, whom to call.

    It is Vietnamese in every language of the pages: it goes to the team.
    """
    agency = known.agency
    begun = "từ ngày" if has_held else "từ khi thành lập ngày"
    parts = [
        f"{known.name} chưa có buổi hoạt động nào được ghi {begun} {format_day(since)}"
        f" ({(on - since).days} ngày).",
        f"Đề nghị ghi các buổi đã làm, chậm nhất ngày {format_day(reporting_month(on).last)}.",
    ]
    if agency and agency.helper_name:
        phone = f", {format_phone(agency.helper_phone)}" if agency.helper_phone else ""
        parts.append(f"Cần trợ giúp: {agency.helper_name}{phone}.")
    return " ".join(parts)


def _silent(scope: Scope, wanted: SilenceFilter) -> CTE:
    """The teams of the scope and the place that exist on the day and have been silent so long,
    with the last day of each that ever held a counted session, found once.

    Most have held one lately: these are left out together, before any is looked at by itself.
    """
    latest = wanted.on - timedelta(days=wanted.least_days)
    lately = sessions().active_teams(Period(latest + timedelta(days=1), wanted.on))
    last_on = sessions().last_day(Team.id, wanted.on)
    is_here = and_(scope.clause(Team), wanted.place.holds(Team.area_id))
    if not holds_every_team(scope, wanted.place):  # else all that was held lately is read
        lately = lately.where(lately.selected_columns[0].in_(select(Team.id).where(is_here)))
    query = (
        select(Team.id, last_on.label("last_on"))
        .where(is_here, Team.valid_on(wanted.on), Team.id.not_in(lately))
        .where(or_(Team.valid_from <= latest, last_on <= latest))
    )
    return query.cte("silent").prefix_with("MATERIALIZED")


def _commune_id(trail: Trail) -> int:
    """The commune of a trail, or 0."""
    step: Any = trail.get(Level.COMMUNE)
    return step.id if step else 0
