"""Who has not sent a report in time, by how many days, and whom to ring up."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select

from tcns.accounts.models import RoleAssignment, User
from tcns.activities.models import Activity
from tcns.areas import queries as areas
from tcns.areas.agencies.queries import agencies_of
from tcns.areas.models import Area, AreaName
from tcns.areas.places import usual_map
from tcns.areas.vocabulary import Level, full_name_of
from tcns.clock import ZONE, today
from tcns.coverage.catalogue import measures_named
from tcns.coverage.queries import Question, coverage
from tcns.database import db
from tcns.i18n import format_day, format_number, format_phone
from tcns.i18n import gettext as _
from tcns.periods import NamedPeriod
from tcns.permissions.scope import EVERYTHING, Scope
from tcns.permissions.vocabulary import Role
from tcns.reports.models import Report
from tcns.reports.queries import Received, Subject, received_by, reports_for
from tcns.reports.vocabulary import UNDER_WAY, Reporter, ReportStatus
from tcns.teams.models import Membership, Person, Team
from tcns.teams.vocabulary import MemberRole

COUNTED = ("activity_count", "participant_count")


class Contact(NamedTuple):
    """Whom to ask: a name, and a phone where the visitor may see one."""

    name: str = ""
    number: str | None = None

    @property
    def written(self) -> str:
        """The phone as people write it."""
        return format_phone(self.number)


class Unit(NamedTuple):
    """A report that is expected: how far it is, by how many days it is or was late; of a commune
    also how many of its teams' reports it has accepted."""

    subject: Subject
    name: str
    report: Report | None
    days_late: int
    contact: Contact
    sessions: int
    participants: int
    received: Received | None = None

    @property
    def state(self) -> ReportStatus:
        """How far it is; of one nobody has touched a draft."""
        return self.report.state if self.report else ReportStatus.DRAFT

    @property
    def is_missing(self) -> bool:
        """Whether it has still to come, or to come again."""
        return self.state not in UNDER_WAY

    @property
    def message(self) -> str:
        """What to write to whoever owes it."""
        period = self.subject.period
        return _(
            "The report of %(name)s for %(period)s (%(first)s–%(last)s) has not been sent, %(days)s"
            " days late. What is on record already: %(sessions)s sessions, %(participants)s"
            " participants. Please open Reports, look at it and send it.",
            name=self.name,
            period=period.label,
            first=format_day(period.days.first),
            last=format_day(period.days.last),
            days=format_number(self.days_late),
            sessions=format_number(self.sessions),
            participants=format_number(self.participants),
        )


class Seen(NamedTuple):
    """What the visitor may see: reports, and of whom the phone."""

    reports: Scope
    phones: Scope


def units(seen: Seen, subjects: Sequence[Subject], period: NamedPeriod) -> list[Unit]:
    """The reports that are expected of some subjects of one kind, the latest first."""
    if not subjects:
        return []
    reporter = subjects[0].reporter
    reports = {
        one.team_id or one.area_id: one for one in reports_for(seen.reports, period, reporter)
    }
    contacts = _contacts(seen, subjects)
    counted, received = _counted(subjects), received_by(seen.reports, subjects)
    of_areas = [one.area.id for one in subjects if not one.team]
    names = areas.labels(of_areas, subjects[0].map_on) if of_areas else {}
    found = []
    for one in subjects:
        report = reports.get(one.team.id if one.team else one.area.id)
        sessions, participants = counted.get(_key(one), (0, 0))
        name = one.team.name if one.team else names[one.area.id].full_name
        late = days_late(report, one.due_on)
        contact = contacts.get(_key(one), Contact())
        got = received.get(_key(one))
        found.append(Unit(one, name, report, late, contact, sessions, participants, got))
    return sorted(found, key=lambda unit: (not unit.is_missing, -unit.days_late))


def _key(subject: Subject) -> int:
    """The id that tells the subjects of one kind apart."""
    return subject.team.id if subject.team else subject.area.id


def days_late(report: Report | None, due_on: date) -> int:
    """By how many days a report was sent late, or is by today; 0 in time."""
    sending = report.last_sending if report else None
    is_sent = report is not None and report.state in UNDER_WAY
    until = sending.at.astimezone(ZONE).date() if sending and is_sent else today()
    return max(0, (until - due_on).days)


def _contacts(seen: Seen, subjects: Sequence[Subject]) -> dict[int, Contact]:
    """The leaders of teams; of communes who helps there, else the official."""
    if subjects[0].reporter is Reporter.TEAM:
        return _leaders(seen.phones, [one.team for one in subjects if one.team])
    helped = agencies_of([one.area for one in subjects], areas.map_day())
    officials = _officials([one.area.id for one in subjects])
    return {
        area_id: Contact(agency.helper_name or officials.get(area_id, ""), agency.helper_phone)
        for area_id, agency in helped.items()
    }


def _leaders(phones: Scope, teams: Sequence[Team]) -> dict[int, Contact]:
    """The leaders of teams today."""
    query = (
        select(Membership.team_id, Person.full_name, Person.phone)
        .join(Membership.person)
        .where(Membership.team_id.in_([team.id for team in teams]))
        .where(Membership.role == MemberRole.LEADER, Membership.valid_on(today()))
    )
    seen = {team.id for team in teams if phones.covers(team)}
    return {
        team_id: Contact(name, phone if team_id in seen else None)
        for team_id, name, phone in db.session.execute(query)
    }


def _officials(area_ids: Sequence[int]) -> dict[int, str]:
    """The officials of communes today."""
    query = (
        select(RoleAssignment.area_id, User.full_name)
        .join(RoleAssignment.user)
        .where(RoleAssignment.role == Role.COMMUNE_OFFICIAL, RoleAssignment.valid_on(today()))
        .where(RoleAssignment.area_id.in_(area_ids), User.disabled_at.is_(None))
    )
    return {area_id: name for area_id, name in db.session.execute(query)}


def _counted(subjects: Sequence[Subject]) -> dict[int, tuple[int, int]]:
    """The sessions and participants on record, of areas or of teams, by their ids."""
    first = subjects[0]
    if first.reporter is Reporter.TEAM:
        return _counted_of_teams(subjects)
    province = areas.province(first.map_on)
    measures = measures_named(COUNTED)
    asked = Question(
        province, Level.COMMUNE, first.last_day, first.period.days, first.map_on, measures
    )
    answer = coverage(EVERYTHING, asked)
    return {
        row.area_id: (row.figures[COUNTED[0]], row.figures[COUNTED[1]])
        for row in (answer.total, *answer.rows)
        if row.area_id
    }


def _counted_of_teams(subjects: Sequence[Subject]) -> dict[int, tuple[int, int]]:
    """The same of teams."""
    days, ids = subjects[0].period.days, [one.team.id for one in subjects if one.team]
    query = (
        select(
            Activity.team_id, func.count(), func.coalesce(func.sum(Activity.participant_count), 0)
        )
        .where(Activity.team_id.in_(ids), Activity.is_counted())
        .where(Activity.held_on.between(days.first, days.last))
        .group_by(Activity.team_id)
    )
    return {team_id: (count, people) for team_id, count, people in db.session.execute(query)}


class Owed(NamedTuple):
    """A report that somebody has still to send: whose, its name, how far it is, when it is due."""

    owner: str
    name: str
    state: ReportStatus
    due_on: date

    @property
    def days_late(self) -> int:
        """By how many days it is late by today."""
        return max(0, (today() - self.due_on).days)


class Due(NamedTuple):
    """What somebody owes for a period, and how many reports wait for their answer."""

    period: NamedPeriod
    own: Sequence[Owed]
    to_answer: int

    def __bool__(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.own or self.to_answer)


def due(writing: Scope, answering: Scope, period: NamedPeriod) -> Due:
    """The reports of a period that somebody has still to send, and those they have to answer."""
    day = usual_map(min(today(), period.days.last))
    own = [*_own_areas(writing, period, day), *_own_teams(writing, period)]
    return Due(period, [one for one in own if one.state not in UNDER_WAY], _to_answer(answering))


def _own_areas(scope: Scope, period: NamedPeriod, day: date) -> list[Owed]:
    """The commune of an official, or the province of whoever works there."""
    if not (scope.everything or scope.areas):
        return []
    reporter = Reporter.PROVINCE if scope.everything else Reporter.COMMUNE
    theirs = (Report.area_id == Area.id) & Report.team_id.is_(None)
    query = (
        select(Area.id, AreaName.kind, AreaName.name, Report.status)
        .join(AreaName, (AreaName.area_id == Area.id) & AreaName.valid_on(day))
        .outerjoin(Report, theirs & (Report.period == period.name))
        .where(Area.level == reporter.value, Area.valid_on(day), scope.clause(Area))
        .order_by(AreaName.sort_key)
    )
    if scope.everything:
        query = query.where(AreaName.code == areas.deployment().province_code)
    return [
        Owed(
            f"area-{area_id}",
            full_name_of(kind, name),
            ReportStatus(status or ReportStatus.DRAFT),
            period.days.last + reporter.time_to_send,
        )
        for area_id, kind, name, status in db.session.execute(query)
    ]


def _own_teams(scope: Scope, period: NamedPeriod) -> list[Owed]:
    """The teams that somebody leads."""
    if not scope.teams:
        return []
    days = period.days
    query = (
        select(Team.id, Team.name, Report.status)
        .outerjoin(Report, (Report.team_id == Team.id) & (Report.period == period.name))
        .where(Team.id.in_(scope.teams), Team.valid_on(min(today(), days.last)))
        .order_by(Team.sort_key, Team.id)
    )
    due_on = days.last + Reporter.TEAM.time_to_send
    return [
        Owed(f"team-{team_id}", name, ReportStatus(status or ReportStatus.DRAFT), due_on)
        for team_id, name, status in db.session.execute(query)
    ]


def _to_answer(answering: Scope) -> int:
    """How many reports were sent to somebody and wait."""
    if not answering:
        return 0
    is_theirs = Report.team_id.is_(None) if answering.everything else Report.team_id.is_not(None)
    query = select(func.count()).select_from(Report)
    query = query.where(Report.status == ReportStatus.SENT, answering.clause(Report), is_theirs)
    return db.session.scalar(query) or 0
