"""The days on which members helped at approved sessions: allowances are paid on them."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Select, func, select

from tcns.activities.models import Activity, Attendance
from tcns.activities.vocabulary import Status
from tcns.areas.agencies.queries import agency_of
from tcns.areas.models import Area
from tcns.areas.queries import map_day
from tcns.database import db
from tcns.documents.heads import head_of, in_text, in_vietnamese, made, signature_of
from tcns.documents.member_queries import NUMBER, Listed
from tcns.i18n import format_day, format_number
from tcns.letters.content import Column, Letter, Section, Table
from tcns.periods import NamedPeriod, Period
from tcns.permissions.scope import Scope
from tcns.teams.models import Membership, Person, Team


class Served(NamedTuple):
    """A member of a team, on how many days they helped, and at how many sessions."""

    person: Person
    team: Team
    days: int
    sessions: int


def days_served(scope: Scope, team_ids: Sequence[int], period: Period) -> list[Served]:
    """Who helped at approved sessions of some teams in a period, team by team.

    Two sessions on a day are one day; who served in two teams has a line in each.
    """
    counted = _counts(team_ids, period).subquery()
    query = (
        select(Person, Team, counted.c.days, counted.c.sessions)
        .join(counted, counted.c.person_id == Person.id)
        .join(Team, Team.id == counted.c.team_id)
        .where(scope.clause(Team))
        .order_by(Team.sort_key, Team.id, Person.sort_key, Person.id)
    )
    return [Served(*row) for row in db.session.execute(query)]


def _counts(team_ids: Sequence[int], period: Period) -> Select[tuple[int, int, int, int]]:
    return (
        select(
            Membership.person_id,
            Membership.team_id,
            func.count(func.distinct(Activity.held_on)).label("days"),
            func.count(func.distinct(Activity.id)).label("sessions"),
        )
        .join(Attendance, Attendance.membership_id == Membership.id)
        .join(Activity, Activity.id == Attendance.activity_id)
        .where(Activity.status == Status.APPROVED, Activity.held_on.between(*period))
        .where(Membership.team_id.in_(team_ids))
        .group_by(Membership.person_id, Membership.team_id)
    )


@in_vietnamese
def days_letter(area: Area, name: str, rows: Sequence[Served], named: NamedPeriod) -> Listed:
    """The days as a document of an area's agency; `name` is the team's or the commune's."""
    days = named.days
    columns = (
        NUMBER,
        Column("Họ và tên", 2.4),
        Column("Tổ", 3),
        Column("Số ngày", 1, "right"),
        Column("Số buổi", 1, "right"),
    )
    lines = tuple(
        (
            str(place),
            row.person.full_name,
            row.team.name,
            format_number(row.days),
            format_number(row.sessions),
        )
        for place, row in enumerate(rows, start=1)
    )
    total = (
        "",
        "Cộng",
        "",
        format_number(sum(row.days for row in rows)),
        format_number(sum(row.sessions for row in rows)),
    )
    words = (
        f"Từ ngày {format_day(days.first)} đến hết ngày {format_day(days.last)}, tính các buổi đã "
        "được duyệt; nhiều buổi trong một ngày tính là một ngày."
    )
    agency = agency_of(area, map_day())
    letter = Letter(
        head=head_of(agency, ""),
        kind="Bảng kê",
        subject=f"Số ngày tham gia của thành viên {in_text(name)}, {in_text(named.label)}",
        sections=(Section(paragraphs=(words,), tables=(Table(columns, lines, total=total),)),),
        signatures=(signature_of(agency),),
        made=made(),
    )
    return Listed(letter, len({row.person.id for row in rows}))
