"""What is found of a file of members, and what taking it in writes."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from tcns.audit.models import AuditEvent
from tcns.audit.vocabulary import Event
from tcns.database import db
from tcns.imports.applying import Checked, Decided
from tcns.imports.vocabulary import Likeness, Mark, Outcome, ProblemKind
from tcns.teams.models import Membership, Person
from tcns.teams.vocabulary import Body, EndReason, MemberRole, Sex
from tests.factories import make_membership
from tests.imports.conftest import Check
from tests.world import World

TakeIn = Callable[..., None]
HEADINGS = ("Họ và tên", "SĐT", "Năm sinh", "Chức vụ", "Thành phần", "Thôn", "Từ ngày", "Đến ngày")


@pytest.fixture
def found(check_rows: Check) -> Callable[..., Any]:
    """`found(row)` is the one finding of a row of Hòa An's members."""

    def one(*row: Any, persona: str = "own") -> Any:
        (finding,) = check_rows("members", HEADINGS, row, persona=persona).findings
        return finding

    return one


def kinds(finding: Any) -> list[ProblemKind]:
    return [problem.kind for problem in finding.problems]


def marks(finding: Any) -> list[Mark]:
    return [note.mark for note in finding.notes]


def test_somebody_new_joins_as_the_row_says(
    check_rows: Check, take_in: TakeIn, world: World
) -> None:
    row = ("Lò Thị Mới", "0912 345 678", "1990", "tổ phó", "Hội LHPN", "Thôn Đồng Tâm")
    checked = check_rows("members", HEADINGS, (*row, "01/03/2024"))
    assert checked.counts["new"] == 1
    take_in("members", checked)
    person = db.session.scalars(select(Person).filter_by(full_name="Lò Thị Mới")).one()
    (part,) = person.memberships
    assert (person.phone, person.birth_year) == ("+84912345678", 1990)
    assert (part.team_id, part.member_role) == (world.teams["village"], MemberRole.DEPUTY)
    assert (part.member_body, part.valid_from) == (Body.WOMENS_UNION, date(2024, 3, 1))
    assert person.search_key == "lo thi moi"


def test_what_a_row_writes_is_on_record_as_on_the_page(
    check_rows: Check, take_in: TakeIn, world: World
) -> None:
    take_in("members", check_rows("members", HEADINGS, ("Lò Thị Mới", "", "", "", "", "Đồng Tâm")))
    person = db.session.scalars(select(Person).filter_by(full_name="Lò Thị Mới")).one()
    events = {
        event.kind: {value.field: value.new for value in event.values}
        for event in db.session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc()).limit(2))
    }
    assert events[Event.PERSON_ADDED] == {"full_name": "Lò Thị Mới"}
    joined = events[Event.MEMBER_ADDED]
    assert (joined["person"], joined["role"]) == (str(person.id), "member")
    assert joined["valid_from"] == "2022-05-01"


@pytest.mark.parametrize("name", ["Hoàng Văn Sính", "HOÀNG VĂN SÍNH", "Hoàng  Văn Sính\u200b"])
def test_who_is_on_file_is_unchanged_however_the_name_is_spelt(found: Any, name: str) -> None:
    assert found(name, "0912000001", "", "Tổ trưởng", "", "đồng tâm").outcome is Outcome.SAME


def test_old_and_new_places_of_tones_are_the_same(found: Any) -> None:
    assert found("Nông Thị Hoà", "", "", "", "", "Đồng Tâm").outcome is Outcome.SAME


def test_what_differs_is_shown_old_and_new_and_put_right(
    check_rows: Check, take_in: TakeIn, world: World
) -> None:
    row = ("Lý Thị Mẩy", "0912 111 222", "", "", "Giáo viên", "Đồng Tâm")
    checked = check_rows("members", HEADINGS, row)
    (finding,) = checked.findings
    assert finding.outcome is Outcome.CHANGED
    assert finding.changes["phone"] == ("0912 000 002", "0912 111 222")
    assert finding.changes["body"] == ("Youth Union", "Teacher")
    version = db.session.get_one(Person, world.persons["member"]).version
    take_in("members", checked)
    person = db.session.get_one(Person, world.persons["member"])
    assert (person.phone, person.birth_year) == ("+84912111222", 1990)
    assert person.version == version + 1
    assert person.memberships[0].member_body is Body.TEACHERS


def test_an_empty_cell_leaves_what_is_on_file(found: Any) -> None:
    assert found("Lý Thị Mẩy", "", "", "", "", "Đồng Tâm").outcome is Outcome.SAME


def test_the_sex_is_taken_from_a_cell_and_an_empty_one_leaves_it(
    check_rows: Check, take_in: TakeIn, world: World
) -> None:
    headings = ("Họ và tên", "Giới tính", "Thôn", "SĐT")
    checked = check_rows("members", headings, ("Lý Thị Mẩy", "nữ", "Đồng Tâm", ""))
    assert checked.findings[0].changes == {"sex": (None, "Female")}
    take_in("members", checked)
    take_in(
        "members", check_rows("members", headings, ("Lý Thị Mẩy", "", "Đồng Tâm", "0912111222"))
    )
    person = db.session.get_one(Person, world.persons["member"])
    assert (person.sex, person.phone) == (Sex.FEMALE, "+84912111222")
    (wrong,) = check_rows("members", headings, ("Lý Thị Mẩy", "khác", "Đồng Tâm", "")).findings
    assert wrong.outcome is not Outcome.CHANGED


def test_a_last_day_ends_the_membership(check_rows: Check, take_in: TakeIn, world: World) -> None:
    row = ("Chu Thị Bé", "", "", "", "", "Nà Đình", "", "30/06/2025")
    take_in("members", check_rows("members", HEADINGS, row))
    part = db.session.get_one(Membership, world.memberships["hamlet_member"])
    assert (part.valid_to, part.end_reason) == (date(2025, 7, 1), EndReason.LEFT)
    event = db.session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert event
    assert event.kind is Event.MEMBERSHIP_ENDED


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (("", "0912345678", "", "", "", "Đồng Tâm"), ProblemKind.MISSING),
        (("Lò Thị 3", "", "", "", "", "Đồng Tâm"), ProblemKind.FORMAT),
        (("Lò Thị Mới", "12", "", "", "", "Đồng Tâm"), ProblemKind.FORMAT),
        (("Lò Thị Mới", "", "85", "", "", "Đồng Tâm"), ProblemKind.FORMAT),
        (("Lò Thị Mới", "", "", "", "", "Không Đâu"), ProblemKind.UNKNOWN),
        (("Lò Thị Mới", "", "", "", "", "Nà Kim Tước"), ProblemKind.UNKNOWN),
        (("Lò Thị Mới", "", "", "", "", "Khuôn Trú"), ProblemKind.UNKNOWN),
        (("Lò Thị Mới", "", "", "", "", "Đồng Tâm", "1/2/24"), ProblemKind.FORMAT),
        (("Lò Thị Mới", "", "", "", "", "Đồng Tâm", "31/02/2024"), ProblemKind.FORMAT),
        (("Lò Thị Mới", "", "", "", "", "Đồng Tâm", "01/01/2099"), ProblemKind.FORMAT),
        (("Lò Thị Mới", "", "", "", "", "Đồng Tâm", "01/01/2020"), ProblemKind.DAY),
        (("Lò Thị Mới", "", "", "", "", "Đồng Tâm", "01/02/2024", "1/1/2024"), ProblemKind.DAY),
        (("Lò Thị Mới", "", "", "tổ trưởng", "", "Đồng Tâm"), ProblemKind.LEADERS),
        (("Nông Thị Hòa", "", "", "trưởng", "", "Đồng Tâm"), ProblemKind.LEADERS),
        (("Lý Thị Mẩy", "", "", "tổ phó", "", "Đồng Tâm", "01/01/2024"), ProblemKind.CONFLICT),
        (("Triệu Văn Cũ", "", "", "", "", "Đồng Tâm"), ProblemKind.CONFLICT),
        (("Lý Thị Mẩy", "", "", "", "", "Đồng Tâm", "11/06/2025"), ProblemKind.DAY),
    ],
)
def test_a_row_that_breaks_a_rule_is_an_error_of_its_kind(
    found: Any, row: tuple[str, ...], expected: ProblemKind
) -> None:
    finding = found(*row)
    assert finding.outcome is Outcome.ERROR
    assert expected in kinds(finding)


def test_what_lies_elsewhere_is_as_unknown_as_what_does_not_exist(found: Any) -> None:
    there = found("Lò Thị Mới", "", "", "", "", "Nà Kim Tước").problems[0].message
    nowhere = found("Lò Thị Mới", "", "", "", "", "Nà Không Có").problems[0].message
    assert there.replace("Nà Kim Tước", "") == nowhere.replace("Nà Không Có", "")
    both = found("Kim Tước Văn An", "0999 123 456", "", "", "", "Đồng Tâm")
    assert both.outcome is not Outcome.DUPLICATE, "the neighbour's people are not told of"


def test_a_change_of_leader_takes_both_rows(
    check_rows: Check, take_in: TakeIn, world: World
) -> None:
    promoted = ("Nông Thị Hòa", "", "", "tổ trưởng", "", "Đồng Tâm")
    demoted = ("Hoàng Văn Sính", "", "", "thành viên", "", "Đồng Tâm")
    checked = check_rows("members", HEADINGS, promoted, demoted)
    assert checked.counts["changed"] == 2
    take_in("members", checked)
    leader = db.session.get_one(Membership, world.memberships["deputy"])
    assert leader.member_role is MemberRole.LEADER


def test_two_leaders_in_the_file_are_both_errors(check_rows: Check) -> None:
    rows = [(name, "", "", "tổ trưởng", "", "Đồng Tâm") for name in ("Lò Văn Một", "Lò Văn Hai")]
    demoted = ("Hoàng Văn Sính", "", "", "thành viên", "", "Đồng Tâm")
    checked = check_rows("members", HEADINGS, *rows, demoted)
    assert [f.outcome for f in checked.findings] == ["error", "error", "changed"]


def test_the_same_row_twice_is_one_error(check_rows: Check) -> None:
    row = ("Lò Thị Mới", "0912345678", "", "", "", "Đồng Tâm")
    checked = check_rows("members", HEADINGS, row, row)
    assert [finding.outcome for finding in checked.findings] == ["new", "error"]
    assert kinds(checked.findings[1]) == [ProblemKind.REPEATED]


def test_one_person_in_two_teams_of_the_file_is_one_person(
    check_rows: Check, take_in: TakeIn
) -> None:
    rows = [
        ("Lò Thị Mới", "0912345678", "", "", "", village) for village in ("Đồng Tâm", "Nà Đình")
    ]
    take_in("members", check_rows("members", HEADINGS, *rows))
    person = db.session.scalars(select(Person).filter_by(full_name="Lò Thị Mới")).one()
    assert len(person.memberships) == 2


def test_a_phone_whose_first_zero_was_eaten_is_put_back_and_said(found: Any) -> None:
    finding = found("Lò Thị Mới", "912345678", "", "tv", "", "Đồng Tâm", "01/03/2024")
    assert (finding.outcome, finding.value("phone")) == (Outcome.NEW, "+84912345678")
    assert marks(finding) == [Mark.REWRITTEN]


def test_a_number_that_is_a_day_is_read_as_one_and_said(found: Any) -> None:
    finding = found("Lò Thị Mới", "", "", "tv", "", "Đồng Tâm", "45352")
    assert finding.value("since") == date(2024, 3, 1)
    assert marks(finding) == [Mark.REWRITTEN]


@pytest.mark.parametrize(
    ("choice", "persons", "parts"),
    [(Likeness.LEAVE_OUT, 1, 1), (Likeness.SAME, 1, 2), (Likeness.OTHER, 2, 2)],
)
def test_somebody_like_one_on_file_is_held_back_until_said_who_it_is(
    check_rows: Check, take_in: TakeIn, choice: Likeness, persons: int, parts: int
) -> None:
    checked = check_rows("members", HEADINGS, ("Lý Thị Mẩy", "0912000002", "", "", "", "Nà Đình"))
    (finding,) = checked.findings
    assert finding.outcome is Outcome.DUPLICATE
    take_in("members", checked, Decided(likeness=choice))
    found = db.session.scalars(select(Person).filter_by(full_name="Lý Thị Mẩy")).all()
    assert (len(found), sum(len(each.memberships) for each in found)) == (persons, parts)


def test_a_name_without_its_marks_may_be_somebody_of_the_team(found: Any) -> None:
    finding = found("Ly Thi May", "", "", "", "", "Đồng Tâm")
    assert finding.outcome is Outcome.DUPLICATE
    assert "Lý Thị Mẩy" in finding.problems[0].message


def test_phone_and_year_that_both_differ_may_mean_somebody_else(found: Any) -> None:
    finding = found("Lý Thị Mẩy", "0912 111 222", "1971", "", "", "Đồng Tâm")
    assert finding.outcome is Outcome.DUPLICATE


def test_who_has_left_joins_anew_from_a_later_day(
    check_rows: Check, take_in: TakeIn, world: World
) -> None:
    row = ("Triệu Văn Cũ", "", "", "", "", "Đồng Tâm", "01/01/2024")
    take_in("members", check_rows("members", HEADINGS, row))
    person = db.session.get_one(Person, world.persons["past"])
    assert [part.valid_from for part in person.memberships][1:] == [date(2024, 1, 1)]


def test_totals_and_what_stands_below_the_list_are_refused_with_a_reason(
    check_rows: Check,
) -> None:
    checked = check_rows(
        "members",
        HEADINGS,
        ("Tổng cộng: 25 người",),
        ("Cộng", "", "", "", "", "", "25"),
        ("NGƯỜI LẬP BIỂU", "", "", "", "TM. UBND XÃ"),
        ("Hòa An, ngày 05 tháng 6 năm 2025",),
        ("Tống Văn Cộng", "", "", "", "", "Đồng Tâm"),
    )
    assert [f.outcome for f in checked.findings] == ["refused"] * 4 + ["new"]
    assert all(finding.problems for finding in checked.findings[:4])


def test_the_team_is_found_by_code_by_names_and_by_its_own_name(
    check_rows: Check, world: World
) -> None:
    headings = ("Họ tên", "Mã địa bàn", "Thôn", "Xã", "Tên tổ")
    ways = [
        (world.village.code, "", "", ""),
        ("", "thôn đồng tâm", "X. Hoà An", ""),
        ("", "Dong Tam", "xã Hòa An", "gì cũng được"),
        ("", "", "", "Tổ công nghệ số cộng đồng Đồng Tâm"),
        ("", "", "Hòa An", "tổ công nghệ số cộng đồng đồng tâm"),
    ]
    rows = [("Hoàng Văn Sính", *way) for way in ways]
    for row in rows:
        assert check_rows("members", headings, row).counts["same"] == 1, row


def test_a_wrong_team_name_is_never_taken_for_the_communes_own(check_rows: Check) -> None:
    checked = check_rows("members", ("Họ tên", "Tên tổ", "Xã"), ("Lò Văn Mới", "Tổ X", "Hòa An"))
    assert kinds(checked.findings[0]) == [ProblemKind.UNKNOWN]


def test_a_row_without_any_area_is_never_taken_for_the_communes_team(check_rows: Check) -> None:
    headings = ("Họ tên", "Thôn", "Xã")
    rows = ("Lò Văn Mới", "", ""), ("Lò Văn Mai", "", "xã Hòa An")
    checked = check_rows("members", headings, *rows, ("Lò Văn Mận", "Đồng Tâm"))
    assert [finding.outcome for finding in checked.findings] == ["error", "new", "new"]
    (finding, *_others) = check_rows(
        "members", (*headings, "SĐT"), (*rows[0], "0912345678")
    ).findings
    assert kinds(finding) == [ProblemKind.MISSING]


def test_who_may_write_nothing_finds_no_team(check_rows: Check) -> None:
    checked: Checked = check_rows(
        "members", HEADINGS, ("Lò Văn Mới", "", "", "", "", "Đồng Tâm"), persona="leader"
    )
    assert checked.counts["error"] == 1


def test_who_was_last_a_member_in_another_commune_is_not_put_right_here(
    found: Any, world: World
) -> None:
    days = {"valid_from": date(2023, 8, 1), "valid_to": date(2024, 1, 1)}
    make_membership(world.teams["neighbour"], world.persons["past"], **days)
    row = ("Triệu Văn Cũ", "", "1971", "", "", "Đồng Tâm", "01/05/2022", "30/06/2023")
    assert kinds(found(*row)) == [ProblemKind.CONFLICT]


def test_who_is_kept_by_another_commune_is_not_put_right_here_though_in_a_team_of_both(
    check_rows: Check, found: Any, world: World
) -> None:
    days = {"valid_from": date(2021, 1, 1)}
    make_membership(world.teams["neighbour"], world.persons["member"], **days)
    finding = found("Lý Thị Mẩy", "0912 345 000", "", "", "", "Đồng Tâm")
    assert kinds(finding) == [ProblemKind.CONFLICT]
    (problem,) = finding.problems
    assert "Xã Kim Tước" in problem.message
    assert "Tổ" not in problem.message
    part = ("Lý Thị Mẩy", "", "", "", "", "Đồng Tâm", "01/06/2022")
    assert found(*part).outcome is Outcome.CHANGED


def test_a_phone_that_another_commune_keeps_is_not_told(found: Any, world: World) -> None:
    days = {"valid_from": date(2021, 1, 1)}
    make_membership(world.teams["neighbour"], world.persons["member"], **days)
    same = found("Lý Thị Mẩy", "", "", "", "", "Đồng Tâm")
    assert same.understood["phone"] is None
    like = found("Ly Thi May", "", "", "", "", "Đồng Tâm")
    assert like.outcome is Outcome.DUPLICATE
    assert "0912" not in like.problems[0].message
