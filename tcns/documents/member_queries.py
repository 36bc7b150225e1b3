"""Documents about members: the list of a team or of a commune, a member's certificate."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select

from tcns.activities.models import Activity, Attendance
from tcns.activities.vocabulary import Status
from tcns.areas import queries as areas
from tcns.areas.agencies.queries import agency_of
from tcns.areas.models import Area, AreaAllocation, AreaPath
from tcns.areas.places import trails, usual_map
from tcns.areas.vocabulary import Level
from tcns.database import db
from tcns.documents.heads import head_of, in_text, in_vietnamese, made, signature_of
from tcns.i18n import format_day, format_number, format_phone
from tcns.letters.content import Column, Letter, Section, Table, written_day
from tcns.periods import Period
from tcns.permissions.scope import Scope
from tcns.teams.models import Membership, Team
from tcns.teams.queries import members_of_teams, members_on

NUMBER = Column("STT", 0.6, "center")


class Listed(NamedTuple):
    """A document, and how many persons it names."""

    letter: Letter
    persons: int


@in_vietnamese
def team_list(scope: Scope, team: Team, on: date, *, with_phones: bool) -> Listed:
    """The list of a team's members on a day; phones stand on it where they are asked for."""
    members = members_on(scope, team, on)
    rows = [
        (str(place), *_cells(member, with_phones=with_phones))
        for place, member in enumerate(members, start=1)
    ]
    count = format_number(len(members))
    section = Section(
        paragraphs=(f"Đến ngày {format_day(on)}, {in_text(team.name)} có {count} thành viên.",),
        tables=(Table((NUMBER, *_columns(with_phones=with_phones)), tuple(rows)),),
    )
    return Listed(_list_letter(issuing_area(team, on), team.name, on, (section,)), len(members))


@in_vietnamese
def commune_list(
    scope: Scope, commune: Area, teams: Sequence[Team], on: date, *, with_phones: bool
) -> Listed:
    """The list of the members of all given teams, team by team."""
    rows: list[tuple[str, ...]] = []
    members = members_of_teams(scope, teams, on)
    for team in teams:
        rows += [
            (str(len(rows) + place), team.name, *_cells(member, with_phones=with_phones))
            for place, member in enumerate(members[team.id], start=1)
        ]
    columns = (NUMBER, Column("Tổ", 2), *_columns(with_phones=with_phones))
    name = areas.labels([commune.id], usual_map(on))[commune.id].full_name
    summary = (
        f"Đến ngày {format_day(on)}, {in_text(name)} có {format_number(len(teams))} tổ với "
        f"{format_number(len(rows))} lượt thành viên."
    )
    section = Section(paragraphs=(summary,), tables=(Table(columns, tuple(rows)),))
    return Listed(_list_letter(commune, name, on, (section,)), len(rows))


def teams_to_list(scope: Scope, commune: Area, on: date) -> list[Team]:
    """The teams of a commune on a day: its own first, then those of its villages by name."""
    inside = areas.within_area(commune.id, usual_map(on))
    query = (
        select(Team)
        .where(scope.clause(Team), Team.valid_on(on), Team.area_id.in_(inside))
        .order_by(Team.area_id != commune.id, Team.sort_key, Team.id)
    )
    return list(db.session.scalars(query))


def persons_listed(scope: Scope, communes: Sequence[Area], on: date) -> int:
    """How many memberships the lists of some communes name on a day."""
    day = usual_map(on)
    inside = (
        select(AreaAllocation.area_id)
        .join(AreaPath, AreaPath.descendant_id == AreaAllocation.seat_id)
        .where(AreaPath.ancestor_id.in_([commune.id for commune in communes]))
        .where(AreaPath.valid_on(day), AreaAllocation.valid_on(day))
    )
    query = (
        select(func.count(Membership.id))
        .join(Membership.team)
        .where(scope.clause(Membership), Membership.valid_on(on))
        .where(Team.valid_on(on), Team.area_id.in_(inside))
    )
    return db.session.scalar(query) or 0


@in_vietnamese
def certificate(membership: Membership, period: Period) -> Letter:
    """That a member served in a team, and on how many days they helped at approved sessions."""
    person, team = membership.person, membership.team
    area = issuing_area(team, period.last)
    agency = agency_of(area, areas.map_day())
    days, sessions = served(membership, period)
    role = str(membership.member_role.label).lower()
    statement = (
        f"Trong thời gian từ {written_day(period.first)} đến hết {written_day(period.last)}, "
        f"ông (bà) {person.full_name} đã tham gia hỗ trợ {format_number(sessions)} buổi hoạt động "
        f"đã được duyệt, trong {format_number(days)} ngày."
    )
    return Letter(
        head=head_of(agency, "GXN"),
        kind="Giấy xác nhận",
        subject="Thời gian tham gia Tổ công nghệ số cộng đồng",
        sections=(
            Section(
                paragraphs=(
                    f"{agency.name} xác nhận:",
                    f"Ông (bà): {person.full_name}"
                    + (f", sinh năm {person.birth_year}." if person.birth_year else "."),
                    f"Là {role} {in_text(team.name)} {_span(membership)}.",
                    statement,
                    "Giấy xác nhận này được lập theo số liệu đã ghi trong hệ thống./.",
                )
            ),
        ),
        signatures=(signature_of(agency),),
        made=made(),
    )


def served(membership: Membership, period: Period) -> tuple[int, int]:
    """On how many days, and at how many approved sessions of the period, a member helped."""
    query = (
        select(func.count(func.distinct(Activity.held_on)), func.count(Activity.id))
        .join(Attendance, Attendance.activity_id == Activity.id)
        .where(Attendance.membership_id == membership.id, Activity.status == Status.APPROVED)
        .where(Activity.held_on.between(period.first, period.last))
    )
    days, sessions = db.session.execute(query).one()
    return days, sessions


def issuing_area(team: Team, on: date) -> Area:
    """The commune whose agency signs for a team on a day."""
    day = usual_map(on)
    trail = trails([team.area_id], day).get(team.area_id, {})
    step = trail.get(Level.COMMUNE)
    return db.session.get_one(Area, step.id) if step else team.area


def _list_letter(area: Area, name: str, on: date, sections: tuple[Section, ...]) -> Letter:
    """A list, headed and signed by the agency of an area."""
    agency = agency_of(area, areas.map_day())
    return Letter(
        head=head_of(agency, ""),
        kind="Danh sách",
        subject=f"Thành viên {in_text(name)}",
        sections=sections,
        signatures=(signature_of(agency),),
        made=made(),
    )


def _columns(*, with_phones: bool) -> Iterable[Column]:
    """The columns of a list of members after its number."""
    yield from (
        Column("Họ và tên", 2.4),
        Column("Năm sinh", 0.9, "center"),
        Column("Chức vụ trong tổ", 1.5),
        Column("Thành phần", 2),
        Column("Tham gia từ", 1.3, "center"),
    )
    if with_phones:
        yield Column("Điện thoại", 1.5, "center")


def _cells(member: Membership, *, with_phones: bool) -> Iterable[str]:
    """A member in these columns."""
    person, body = member.person, member.member_body
    yield person.full_name
    yield str(person.birth_year or "")
    yield str(member.member_role.label)
    yield str(body.label) if body else ""
    yield format_day(member.valid_from)
    if with_phones:
        yield format_phone(person.phone)


def _span(membership: Membership) -> str:
    """From when to when a membership lasted, in words."""
    begun = f"từ {written_day(membership.valid_from)}"
    last = membership.last_day
    return f"{begun} đến hết {written_day(last)}" if last else f"{begun} đến nay"
