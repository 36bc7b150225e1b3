"""A team's months: what it did in each, and what a team of its commune did on average."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import Row, func, or_, select

from tcns.activities.models import Activity
from tcns.areas.places import usual_map
from tcns.areas.queries import within_area
from tcns.database import db
from tcns.documents.heads import in_text, in_vietnamese
from tcns.documents.member_queries import issuing_area
from tcns.i18n import format_day, format_number
from tcns.periods import NamedPeriod, Period, PeriodKind, period_holding
from tcns.permissions.scope import Scope
from tcns.teams.models import Team

MONTHS_SHOWN = 12


class Figures(NamedTuple):
    """Sessions that count, their participants and the households they reached."""

    sessions: float = 0
    participants: float = 0
    households: float = 0


class TeamMonth(NamedTuple):
    """A month of a team, and what a team of its commune did in it on average."""

    month: NamedPeriod
    own: Figures
    average: Figures


def _months_until(on: date) -> list[NamedPeriod]:
    """The months a page shows, the one that holds the day last."""
    running = period_holding(PeriodKind.MONTH, on)
    return [running.step(-ago) for ago in reversed(range(MONTHS_SHOWN))]


def team_months(scope: Scope, team: Team, on: date) -> list[TeamMonth]:
    """The team's months up to a day beside the average over all teams of its commune.

    The average is of counts alone, and shown to whoever may read the team.
    """
    months = _months_until(on)
    commune = issuing_area(team, on)
    teams = _teams_under(commune.id, usual_map(on))
    span = Period(months[0].days.first, months[-1].days.last)
    own = _by_month(_days([team.id] if team.lies_in(scope) else [], span))
    of_all = _by_month(_days([each.id for each in teams], span))
    return [
        TeamMonth(month, own[month], _average(of_all[month], _count_in(teams, month)))
        for month in months
    ]


def _teams_under(area_id: int, map_on: date) -> list[Row[tuple[int, date, date | None]]]:
    query = select(Team.id, Team.valid_from, Team.valid_to)
    return list(db.session.execute(query.where(Team.area_id.in_(within_area(area_id, map_on)))))


def _count_in(teams: Iterable[Row[tuple[int, date, date | None]]], month: NamedPeriod) -> int:
    """How many of some teams existed on a day of a month."""
    first, last = month.days
    return sum(
        each.valid_from <= last and (each.valid_to is None or each.valid_to > first)
        for each in teams
    )


def _days(team_ids: list[int], span: Period) -> list[tuple[date, Figures]]:
    """What some teams did on each day."""
    query = (
        select(
            Activity.held_on,
            func.count(Activity.id),
            func.coalesce(func.sum(Activity.participant_count), 0),
            func.coalesce(func.sum(Activity.household_count), 0),
        )
        .where(Activity.team_id.in_(team_ids), Activity.is_counted())
        .where(Activity.held_on.between(*span))
        .group_by(Activity.held_on)
    )
    return [(day, Figures(*counted)) for day, *counted in db.session.execute(query)]


def _by_month(days: Iterable[tuple[date, Figures]]) -> dict[NamedPeriod, Figures]:
    """The days of each month added up."""
    found: dict[NamedPeriod, Figures] = defaultdict(Figures)
    for day, figures in days:
        month = period_holding(PeriodKind.MONTH, day)
        found[month] = Figures(*map(sum, zip(found[month], figures, strict=True)))
    return found


def _average(of_all: Figures, teams: int) -> Figures:
    """What falls on each of so many teams."""
    return Figures(*(figure / max(teams, 1) for figure in of_all))


def sessions_between(scope: Scope, team: Team, days: Period) -> list[Activity]:
    """The team's sessions in some days, of whatever state but drafts."""
    query = (
        select(Activity)
        .where(Activity.team_id == team.id, scope.clause(Activity))
        .where(or_(Activity.is_counted(), Activity.submitted_at.is_not(None)))
        .where(Activity.held_on.between(*days))
        .order_by(Activity.held_on, Activity.id)
    )
    return list(db.session.scalars(query))


@in_vietnamese
def month_in_words(team: Team, one: TeamMonth) -> str:
    """A month summed up to be sent to the team's people; Vietnamese, as they read it."""
    days, own = one.month.days, one.own
    if not own.sessions:
        return (
            f"{one.month.label} ({format_day(days.first)} - "
            f"{format_day(days.last)}): {in_text(team.name)} chưa ghi buổi hoạt động nào."
        )
    return (
        f"{one.month.label} ({format_day(days.first)} - {format_day(days.last)}): "
        f"{in_text(team.name)} đã tổ chức {format_number(int(own.sessions))} buổi hoạt động với "
        f"{format_number(int(own.participants))} lượt người, "
        f"{format_number(int(own.households))} lượt hộ. Trân trọng cảm ơn các thành viên và bà con."
    )
