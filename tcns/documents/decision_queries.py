"""The draft of a decision about teams, with the list that belongs to it.

The wording is usual, not that of an official form: none was at hand. Grounds that nobody has told
are blanks to be filled in.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from tcns.areas import queries as areas
from tcns.areas.agencies.queries import agency_of
from tcns.areas.models import Area
from tcns.database import db
from tcns.documents.heads import head_of, in_text, in_vietnamese, made, signature_of
from tcns.documents.member_queries import NUMBER, Listed
from tcns.i18n import format_number
from tcns.letters.content import Column, Head, Letter, Section, Table
from tcns.permissions.scope import Scope
from tcns.teams.decisions.queries import teams_by
from tcns.teams.models import EstablishingDecision, Membership, Team
from tcns.teams.queries import members_of_teams
from tcns.teams.vocabulary import Purpose

VERBS = {
    Purpose.ESTABLISH: "Thành lập",
    Purpose.AMEND: "Điều chỉnh, bổ sung thành viên",
    Purpose.REFORM: "Kiện toàn",
    Purpose.MERGE: "Hợp nhất",
    Purpose.DISSOLVE: "Giải thể",
}
BLANK_GROUND = "Căn cứ ……………………………………………………………………;"
COLUMNS = (NUMBER, Column("Họ và tên", 2.4), Column("Thành phần", 2), Column("Chức vụ", 1.6))


class Decided(NamedTuple):
    """What a decision does to which teams, as they are on a day."""

    purpose: Purpose
    teams: Sequence[Team]
    on: date


@in_vietnamese
def draft_decision(scope: Scope, area: Area, decided: Decided) -> Listed:
    """The draft of a decision that has neither number nor day."""
    agency = agency_of(area, areas.map_day())
    return _letter(scope, area, decided, head_of(agency, "QĐ"))


@in_vietnamese
def decision_on_file(scope: Scope, decision: EstablishingDecision) -> Listed:
    """A decision on file in the form of a document, with its number and its day."""
    effects = teams_by(scope, decision)
    purpose = effects[0][0].kind if effects else Purpose.ESTABLISH
    area = db.session.get_one(Area, decision.area_id)
    agency = agency_of(area, areas.map_day())
    number, _stroke, sign = decision.number.partition("/")
    head = Head(
        agency=agency.name,
        superior=agency.superior or "",
        place=agency.place,
        sign=sign or f"QĐ-{agency.sign}",
        number=number,
        day=decision.issued_on,
    )
    decided = Decided(purpose, [team for _effect, team in effects], decision.issued_on)
    return _letter(scope, area, decided, head, summary=decision.summary)


def _letter(scope: Scope, area: Area, decided: Decided, head: Head, summary: str = "") -> Listed:
    """The document, and how many persons its list names."""
    agency = agency_of(area, areas.map_day())
    members = members_of_teams(scope, decided.teams, decided.on)
    rows = {team: _rows(members[team.id]) for team in decided.teams}
    named = sum(len(found) for found in rows.values())
    articles = _articles(decided, named, agency.name)
    lists = [
        Section(
            paragraphs=(f"Danh sách thành viên {in_text(team.name)}:",),
            tables=(Table(COLUMNS, found),),
        )
        for team, found in rows.items()
        if found
    ]
    letter = Letter(
        head=head,
        kind="Quyết định",
        subject=summary or f"Về việc {VERBS[decided.purpose].lower()} {_what(decided.teams)}",
        grounds=(
            "Căn cứ Luật Tổ chức chính quyền địa phương;",
            BLANK_GROUND,
            "Xét đề nghị của ……………………………………………………………",
        ),
        sections=(Section("QUYẾT ĐỊNH:", 1, articles), *lists),
        signatures=(signature_of(agency),),
        receivers=("Như Điều 3", "Lưu: VT"),
        made=made(),
    )
    return Listed(letter, named)


def _articles(decided: Decided, named: int, agency: str) -> tuple[str, ...]:
    """What is decided, article by article."""
    verb, what = VERBS[decided.purpose], _what(decided.teams)
    members = f", gồm {format_number(named)} thành viên theo danh sách kèm theo" if named else ""
    if decided.purpose is Purpose.DISSOLVE:
        members = ""
    return (
        f"Điều 1. {verb} {what}{members}.",
        "Điều 2. Tổ có trách nhiệm hướng dẫn, hỗ trợ người dân sử dụng dịch vụ công trực tuyến, "
        "nền tảng số và kỹ năng số cơ bản; làm việc theo phân công của tổ trưởng."
        if decided.purpose is not Purpose.DISSOLVE
        else "Điều 2. Hồ sơ, tài liệu của tổ được bàn giao cho Ủy ban nhân dân quản lý.",
        f"Điều 3. Quyết định này có hiệu lực kể từ ngày ký. Văn phòng {agency}, các đơn vị liên "
        "quan và các ông (bà) có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này./.",
    )


def _what(teams: Sequence[Team]) -> str:
    """The teams in a sentence: the one by name, several by their number."""
    if len(teams) == 1:
        return in_text(teams[0].name)
    return f"{format_number(len(teams))} tổ công nghệ số cộng đồng"


def _rows(members: Sequence[Membership]) -> tuple[tuple[str, ...], ...]:
    """A team's members in the columns of the list."""
    return tuple(
        (
            str(place),
            one.person.full_name,
            str(one.member_body.label) if one.member_body else "",
            str(one.member_role.label),
        )
        for place, one in enumerate(members, start=1)
    )
