"""Which teams have held no counted session for long, and what is told their leaders."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import contains_eager

from tcns.areas.agencies.queries import agencies_of
from tcns.areas.agencies.rules import AgencyText
from tcns.areas.models import Area
from tcns.areas.places import Place
from tcns.areas.vocabulary import Level
from tcns.database import db
from tcns.database.kept import kept
from tcns.i18n import format_day, format_phone
from tcns.periods import reporting_month
from tcns.permissions.scope import Scope
from tcns.teams.activity_hooks import sessions
from tcns.teams.models import Team
from tcns.teams.queries import Leader, TeamFilter, TeamRow, team_rows
from tcns.teams.search import team_matches


@dataclass(frozen=True)
class SilenceFilter:
    """Which silent teams a list shows: those of a place that have been so for so many days."""

    on: date
    place: Place
    least_days: int
    text: str = ""


class SilentTeam(NamedTuple):
    """A team, since when it has been silent, for how many days, and the message to its leader."""

    row: TeamRow
    since: date
    days: int
    message: str

    @property
    def leader(self) -> Leader | None:
        """Who leads the team."""
        return self.row.leader


def silent_teams(scope: Scope, wanted: SilenceFilter) -> Select[tuple[Team]]:
    """The teams of the scope without a counted session for so many days, the longest silent first.

    A team that never held one is silent since it was established.
    """
    silent_since = _since(wanted.on)
    return (
        _teams_on(scope, wanted)
        .where(silent_since <= wanted.on - timedelta(days=wanted.least_days))
        .where(team_matches(wanted.text, wanted.place.map_on))
        .order_by(silent_since, Team.sort_key, Team.id)
    )


@kept("areas", "teams", "activities")
def silent_counts(
    scope: Scope, place: Place, on: date, steps: tuple[int, ...]
) -> tuple[tuple[int, int], ...]:
    """For each number of days how many teams have been silent so long."""
    since = _teams_on(scope, SilenceFilter(on, place, 0)).with_only_columns(
        _since(on).label("since")
    )
    found = since.order_by(None).subquery()
    counts = [func.sum(case((found.c.since <= on - timedelta(days=d), 1), else_=0)) for d in steps]
    counted = db.session.execute(select(*counts)).one()
    return tuple((days, int(count or 0)) for days, count in zip(steps, counted, strict=True))


def describe_silent(scope: Scope, teams: Sequence[Team], wanted: SilenceFilter) -> list[SilentTeam]:
    """What a list shows of silent teams, with one question to each table."""
    shown = TeamFilter(wanted.on, wanted.place, reporting_month(wanted.on))
    rows = team_rows(scope, teams, shown)
    agencies = _agencies_of(rows, wanted.place.map_on)
    return [_described(row, agencies, wanted.on) for row in rows]


def worst_of(scope: Scope, wanted: SilenceFilter, count: int) -> list[SilentTeam]:
    """The first of the list."""
    found = db.session.scalars(silent_teams(scope, wanted).limit(count)).all()
    return describe_silent(scope, found, wanted)


def _described(row: TeamRow, agencies: dict[int, AgencyText], on: date) -> SilentTeam:
    since = row.last_session_on or row.team.valid_from
    agency = agencies.get(_commune_id(row))
    return SilentTeam(row, since, (on - since).days, _reminder(row, agency, on))


def _reminder(row: TeamRow, agency: AgencyText | None, on: date) -> str:
    """The message to a silent team's leader: since when, until when to enter, whom to call.

    It is Vietnamese in every language of the pages: it goes to the team.
    """
    name, last = row.team.name, row.last_session_on
    since = last or row.team.valid_from
    begun = f"từ ngày {format_day(since)}" if last else f"từ khi thành lập ngày {format_day(since)}"
    parts = [
        f"{name} chưa có buổi hoạt động nào được ghi {begun} ({(on - since).days} ngày).",
        f"Đề nghị ghi các buổi đã làm, chậm nhất ngày {format_day(reporting_month(on).last)}.",
    ]
    if agency and agency.helper_name:
        phone = f", {format_phone(agency.helper_phone)}" if agency.helper_phone else ""
        parts.append(f"Cần trợ giúp: {agency.helper_name}{phone}.")
    return " ".join(parts)


def _since(on: date) -> ColumnElement[date]:
    """The day since which the team in a query has been silent."""
    return func.coalesce(sessions().last_day(Team.id, on), Team.valid_from)


def _teams_on(scope: Scope, wanted: SilenceFilter) -> Select[tuple[Team]]:
    """The teams of the scope that exist on the day, in the place."""
    return (
        select(Team)
        .join(Team.area)
        .options(contains_eager(Team.area))
        .where(scope.clause(Team), wanted.place.holds(Team.area_id), Team.valid_on(wanted.on))
    )


def _commune_id(row: TeamRow) -> int:
    """The commune of a row's team, or 0."""
    step: Any = row.trail.get(Level.COMMUNE)
    return step.id if step else 0


def _agencies_of(rows: Sequence[TeamRow], map_on: date) -> dict[int, AgencyText]:
    """The agencies of the communes of some rows, by the commune's id."""
    communes = {_commune_id(row) for row in rows} - {0}
    found = db.session.scalars(select(Area).where(Area.id.in_(communes))).all()
    return agencies_of(found, map_on)
