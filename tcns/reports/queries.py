"""Which reports there are: of whom, for which period, and what was written last."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from tcns.areas import queries as areas
from tcns.areas.models import Area, AreaAllocation, AreaPath
from tcns.areas.places import usual_map
from tcns.areas.vocabulary import Level
from tcns.clock import today
from tcns.database import db
from tcns.documents.member_queries import teams_to_list
from tcns.periods import NamedPeriod
from tcns.permissions.scope import EVERYTHING, Scope
from tcns.reports.figures import Copy, Words, copy_of_values
from tcns.reports.models import Report, ReportStep
from tcns.reports.vocabulary import UNDER_WAY, Reporter, ReportStatus
from tcns.teams.models import Team


class Subject(NamedTuple):
    """Whose report it is, for which period: a team's, or that of the area's commune or province."""

    area: Area
    team: Team | None
    period: NamedPeriod

    @property
    def reporter(self) -> Reporter:
        """Who reports."""
        if self.team:
            return Reporter.TEAM
        return Reporter.PROVINCE if self.area.step is Level.PROVINCE else Reporter.COMMUNE

    @property
    def owner(self) -> str:
        """What addresses call it, whatever its area is called later."""
        return f"team-{self.team.id}" if self.team else f"area-{self.area.id}"

    @property
    def last_day(self) -> date:
        """The last day that is counted: that of the period, today at most."""
        return min(today(), self.period.days.last)

    @property
    def map_on(self) -> date:
        """The day whose areas the figures are shown under."""
        return usual_map(self.last_day)

    @property
    def due_on(self) -> date:
        """The last day on which the report is in time."""
        return self.period.days.last + self.reporter.time_to_send

    @property
    def name(self) -> str:
        """What it is called on the map of its period."""
        if self.team:
            return self.team.name
        return areas.labels([self.area.id], self.map_on)[self.area.id].full_name

    def lies_in(self, scope: Scope) -> bool:
        """Whether the team or the area belongs to the scope."""
        if self.team:
            return self.team.lies_in(scope)
        return scope.everything or self.area.id in scope.areas


def subject_named(owner: str, period: NamedPeriod) -> Subject | None:
    """The subject that an address names, if there is one for the period."""
    kind, _dash, number = owner.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    if kind == "team":
        team = db.session.get(Team, int(number))
        found = Subject(team.area, team, period) if team else None
    else:
        area = db.session.get(Area, int(number)) if kind == "area" else None
        is_one = area and area.step in (Level.PROVINCE, Level.COMMUNE)
        found = Subject(area, None, period) if area and is_one else None
    return found if found and _has_report(found) else None


def _has_report(subject: Subject) -> bool:
    """Whether there is something to report: it began before the period ended and lasts into it, or
    a report of it is on file."""
    record = subject.team or subject.area
    days = subject.period.days
    begun = record.valid_from <= days.last and days.first <= today()
    lasts = record.valid_to is None or record.valid_to > subject.map_on
    return (begun and lasts) or report_of(subject) is not None


def report_of(subject: Subject) -> Report | None:
    """The report of a subject, if something of it is on file."""
    query = select(Report).where(Report.period == subject.period.name)
    if subject.team:
        return db.session.scalar(query.where(Report.team_id == subject.team.id))
    return db.session.scalar(
        query.where(Report.area_id == subject.area.id, Report.team_id.is_(None))
    )


def words_of(report: Report | None) -> Words:
    """What is written in a report."""
    if report is None:
        return Words()
    return Words(report.remarks or "", report.difficulties or "", report.proposals or "")


def reports_for(scope: Scope, period: NamedPeriod, reporter: Reporter) -> list[Report]:
    """The reports of a period on file, with their steps, of teams or of areas."""
    query = (
        select(Report)
        .where(Report.period == period.name, scope.clause(Report))
        .options(selectinload(Report.steps).joinedload(ReportStep.by))
    )
    is_of_team = Report.team_id.is_not(None)
    return list(
        db.session.scalars(query.where(is_of_team if reporter is Reporter.TEAM else ~is_of_team))
    )


def last_words(subject: Subject) -> Report | None:
    """The report before this one, of a period of the same kind or another, if it has words."""
    query = select(Report).where(Report.last_day < subject.period.days.last)
    own = (
        Report.team_id == subject.team.id
        if subject.team
        else (Report.area_id == subject.area.id) & Report.team_id.is_(None)
    )
    return db.session.scalar(query.where(own).order_by(Report.last_day.desc()).limit(1))


def sent_copies(subjects_below: Iterable[Report]) -> dict[int, Copy]:
    """What reports say that were sent and not returned, by the id of their team or area."""
    found = {}
    for report in subjects_below:
        sending = report.last_sending
        if report.state in UNDER_WAY and sending and sending.frozen:
            found[report.team_id or report.area_id] = copy_of_values(sending.frozen)
    return found


def subjects_below(scope: Scope, subject: Subject) -> list[Subject]:
    """Whose reports go into one: the communes of the province, the teams of a commune."""
    day, period = subject.map_on, subject.period
    if subject.reporter is Reporter.PROVINCE:
        return [
            Subject(area, None, period) for area in areas.communes_in(scope, subject.area.id, day)
        ]
    if subject.reporter is Reporter.COMMUNE:
        teams = teams_to_list(scope, subject.area, subject.last_day)
        wanted = select(Area).where(Area.id.in_([team.area_id for team in teams]))
        _read_at_once = list(db.session.scalars(wanted))
        return [Subject(team.area, team, period) for team in teams]
    return []


class Received(NamedTuple):
    """Of how many teams a commune expects reports, and how many it has accepted."""

    teams: int
    accepted: int


def received_by(scope: Scope, subjects: Sequence[Subject]) -> dict[int, Received]:
    """Of each commune among the subjects of a period, asked at once for all; of teams nothing."""
    first, ids = subjects[0], [one.area.id for one in subjects if one.team is None]
    if first.reporter is not Reporter.COMMUNE:
        return {}
    accepted = (Report.team_id == Team.id) & (Report.period == first.period.name)
    query = (
        select(AreaPath.ancestor_id, func.count(Team.id), func.count(Report.id))
        .select_from(Team)
        .join(AreaAllocation, AreaAllocation.area_id == Team.area_id)
        .join(AreaPath, AreaPath.descendant_id == AreaAllocation.seat_id)
        .outerjoin(Report, accepted & (Report.status == ReportStatus.ACCEPTED))
        .where(AreaPath.ancestor_id.in_(ids), AreaPath.valid_on(first.map_on))
        .where(AreaAllocation.valid_on(first.map_on))
        .where(scope.clause(Team), Team.valid_on(first.last_day))
        .group_by(AreaPath.ancestor_id)
    )
    return {area_id: Received(*counts) for area_id, *counts in db.session.execute(query)}


def own_subjects(scope: Scope, period: NamedPeriod) -> list[Subject]:
    """The subjects of a scope at the top: the province, communes, or somebody's own teams."""
    day = usual_map(min(today(), period.days.last))
    province = areas.province(day)
    if scope.everything:
        return [Subject(province, None, period)] if province else []
    communes = areas.communes_in(scope, province.id, day) if province and scope.areas else []
    if not scope.teams:
        return [Subject(area, None, period) for area in communes]
    query = select(Team).where(
        Team.id.in_(scope.teams), Team.valid_on(min(today(), period.days.last))
    )
    teams = db.session.scalars(query.order_by(Team.sort_key, Team.id))
    return [
        *(Subject(area, None, period) for area in communes),
        *(Subject(team.area, team, period) for team in teams),
    ]


def everything_below(subject: Subject) -> list[Subject]:
    """The same as `subjects_below` over everything."""
    return subjects_below(EVERYTHING, subject)
