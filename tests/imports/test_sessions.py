"""A file of sessions: what its rows mean, and what becomes of them."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest
from sqlalchemy import delete, select

from tcns.accounts.models import User
from tcns.activities.models import Activity
from tcns.activities.vocabulary import Status
from tcns.areas.models import Area
from tcns.audit.models import AuditEvent
from tcns.closings.operations import close_month
from tcns.database import db, writing
from tcns.imports.applying import Checked, Decided, carry_out, check, plan_of
from tcns.imports.kinds.catalogue import kind_of
from tcns.imports.sheets import file_to_check
from tcns.imports.vocabulary import Likeness, Mark
from tcns.periods import PeriodKind, period_holding
from tcns.spreadsheets.reading import read_sheets
from tcns.spreadsheets.sending import XLSX
from tests.factories import make_activity
from tests.imports.conftest import Check
from tests.page import Visitor
from tests.world import World

Official = Callable[[str], User]
TakeIn = Callable[..., None]
HEADINGS = (
    *("Ngày thực hiện", "Thôn", "Loại hoạt động", "Cách thức", "Nội dung", "Thành viên hỗ trợ"),
    *("Lượt người", "trong đó nữ", "Số hộ", "Ghi chú", "Người được hướng dẫn nộp hồ sơ trực tuyến"),
)
PLAIN = (
    *("12/3/2024", "Đồng Tâm", "Tập huấn", "Trực tiếp", "DVC trực tuyến, thanh toán"),
    *("Hoàng Văn Sính và Nông Thị Hòa", "25", "12", "20", "Họp tối", "7"),
)


def row(**differs: str) -> list[str]:
    """The plain row, with other cells by the places of their columns."""
    names = ("day", "village", "kind", "form", "topics", "helpers", "people", "women", "households")
    cells = dict(zip((*names, "note", "guided"), PLAIN, strict=True))
    return list((cells | differs).values())


@pytest.fixture
def check_sessions(check_rows: Check) -> Callable[..., Checked]:
    def checked(*rows: Sequence[str], **more: Any) -> Checked:
        return check_rows("sessions", HEADINGS, *rows, **more)

    return checked


def problems(checked: Checked) -> list[tuple[str, str, str]]:
    return [(p.column, p.kind.value, p.message) for each in checked.findings for p in each.problems]


def test_a_row_is_a_session_submitted_by_whoever_imports_it(
    check_sessions: Callable[..., Checked], take_in: TakeIn, world: World
) -> None:
    checked = check_sessions(row())
    (finding,) = checked.findings
    assert finding.outcome == "new", finding.problems
    assert finding.understood == {
        "team": "Tổ công nghệ số cộng đồng Đồng Tâm",
        "area": "Xã Hòa An / Thôn Đồng Tâm",
        "held_on": "2024-03-12",
        "kind": "training",
        "form": "in_person",
        "topics": ["public_services", "payment"],
        "counts": {"participant_count": 25, "women_count": 12, "household_count": 20},
        "helpers": ["Nông Thị Hòa", "Hoàng Văn Sính"],
        "amounts": {"dvc-huong-dan": 7},
        "hours": None,
        "venue": None,
        "note": "Họp tối",
    }
    take_in("sessions", checked)
    session = db.session.scalars(select(Activity).order_by(Activity.id.desc())).first()
    assert session
    assert (session.state, session.entered_by_id) == (Status.SUBMITTED, world.users["own"])
    assert {one.membership_id for one in session.attendances} == {
        world.memberships["leader"],
        world.memberships["deputy"],
    }
    assert session.minority_count is None, "what nobody counted is not recorded"
    events = select(AuditEvent.event).where(
        AuditEvent.object_type == "activity", AuditEvent.object_id == session.id
    )
    assert sorted(db.session.scalars(events)) == ["activity:logged", "activity:submitted"]


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("differs", "column", "message"),
    [
        ({"day": "12/03/2099"}, "held_on", "future"),
        ({"day": "12/03/2019"}, "held_on", "does not exist on 12/03/2019"),
        ({"kind": ""}, "kind", "Choose"),
        ({"kind": "Đá bóng"}, "kind", "none of the words"),
        ({"topics": "thanh toán, nấu ăn"}, "topics", "nấu ăn"),
        ({"helpers": "Nông Thị Hòa, Lò Văn Lạ"}, "helpers", "Lò Văn Lạ"),
        ({"helpers": "Triệu Văn Cũ"}, "helpers", "On 12/03/2024, not in the team: Triệu Văn Cũ"),
        ({"people": "1.50"}, "participant_count", "whole number"),
        ({"people": "", "women": "", "households": ""}, "participant_count", "reached"),
        ({"women": "26"}, "women_count", "more than the 25"),
        ({"day": "12/03/2021"}, "held_on", "does not exist"),
    ],
)
def test_what_no_session_can_be_is_an_error_beside_its_cell(
    check_sessions: Callable[..., Checked], differs: dict[str, str], column: str, message: str
) -> None:
    refused = {"word.kind.da-bong": "refuse", "word.topics.nau-an": "refuse"}
    checked = check_sessions(row(**differs), answers=refused)
    assert [finding.outcome for finding in checked.findings] == ["error"]
    assert any(name == column and message in text for name, _kind, text in problems(checked))


@pytest.mark.one_engine
def test_a_blank_count_is_not_recorded_and_groups_of_three_are_whole(
    check_sessions: Callable[..., Checked],
) -> None:
    checked = check_sessions(row(people="1.250 người", women="-", households="không"))
    (finding,) = checked.findings
    assert finding.understood["counts"] == {"participant_count": 1250}
    assert {note.column for note in finding.notes} >= {"participant_count", "women_count"}


@pytest.mark.one_engine
def test_a_row_of_households_alone_says_nothing_of_participants(
    check_sessions: Callable[..., Checked], take_in: TakeIn
) -> None:
    take_in("sessions", check_sessions(row(people="", women="")))
    session = db.session.scalars(select(Activity).order_by(Activity.id.desc())).first()
    assert session
    assert (session.participant_count, session.household_count) == (None, 20)


def test_a_closed_month_is_an_error_of_its_row(
    check_sessions: Callable[..., Checked], official: Official, world: World
) -> None:
    user = official("own")
    with writing():
        commune = db.session.get_one(Area, world.commune.id)
        close_month(commune, period_holding(PeriodKind.MONTH, date(2024, 3, 12)), by=user)
    checked = check_sessions(row(), row(day="12/04/2024"))
    assert [finding.outcome for finding in checked.findings] == ["error", "new"]
    ((column, _kind, message),) = problems(checked)
    assert column == "held_on"
    assert "closed" in message


@pytest.mark.one_engine
def test_figures_in_doubt_are_asked_of_the_file_once(
    check_sessions: Callable[..., Checked],
) -> None:
    rows = row(households="500"), row(day="13/03/2024")
    checked = check_sessions(*rows)
    assert [finding.outcome for finding in checked.findings] == ["question", "new"]
    assert [(q.key, q.rows) for q in checked.unanswered] == [("doubted", (2,))]
    assert "120 households" in str(problems(checked))
    right = check_sessions(*rows, answers={"doubted": "right"})
    assert [finding.outcome for finding in right.findings] == ["new", "new"]
    refused = check_sessions(*rows, answers={"doubted": "refuse"})
    assert [finding.outcome for finding in refused.findings] == ["error", "new"]


@pytest.mark.one_engine
def test_what_a_file_does_not_say_is_asked_once(check_rows: Check) -> None:
    rows = ("Ngày", "Xã", "Lượt người"), ("12/03/2024", "Hòa An", "9")
    checked = check_rows("sessions", *rows)
    assert {q.key for q in checked.unanswered} == {"no_kind", "no_form"}
    answers = {"no_kind": "duty", "no_form": "online", "no_village": "commune"}
    (finding,) = check_rows("sessions", *rows, answers=answers).findings
    assert (finding.outcome, finding.understood["kind"]) == ("new", "duty")
    assert finding.understood["team"] == "Tổ công nghệ số cộng đồng Hòa An"


def test_a_session_like_another_is_taken_as_the_same_or_as_another(
    check_sessions: Callable[..., Checked], take_in: TakeIn
) -> None:
    """Of the same day and kind, or with the same counts, it may be one: nobody guesses."""
    take_in("sessions", check_sessions(row()))
    checked = check_sessions(row(people="26"), row(kind="Tuyên truyền", women=""))
    assert [finding.outcome for finding in checked.findings] == ["duplicate", "duplicate"]
    count = select(Activity.id).where(Activity.held_on == date(2024, 3, 12))
    for likeness, sessions in ((Likeness.SAME, 1), (Likeness.LEAVE_OUT, 1), (Likeness.OTHER, 3)):
        take_in(
            "sessions",
            check_sessions(*[row(people="26"), row(kind="Tuyên truyền", women="")]),
            Decided(likeness=likeness),
        )
        assert len(db.session.scalars(count).all()) == sessions


@pytest.mark.one_engine
def test_the_same_row_twice_is_refused(check_sessions: Callable[..., Checked]) -> None:
    checked = check_sessions(row(), row(), row(people="30"))
    assert [finding.outcome for finding in checked.findings] == ["new", "error", "duplicate"]


@pytest.mark.one_engine
def test_a_name_without_marks_is_found_and_said(check_sessions: Callable[..., Checked]) -> None:
    (finding,) = check_sessions(row(helpers="1. Ong Hoang Van Sinh; bà Nông Thị Hoà")).findings
    assert finding.outcome == "error", "a title without marks is no part of a name"
    (finding,) = check_sessions(row(helpers="1. Hoang Van Sinh; bà Nông Thị Hoà (PN)")).findings
    assert finding.understood["helpers"] == ["Nông Thị Hòa", "Hoàng Văn Sính"]
    assert ("helpers", Mark.GUESSED) in {(note.column, note.mark) for note in finding.notes}


@pytest.mark.one_engine
def test_the_team_that_existed_that_day_held_it(check_rows: Check) -> None:
    old = "Tổ công nghệ số cộng đồng Nà Đình cũ"
    checked = check_rows(
        "sessions",
        ("Ngày", "Thôn", "Tên tổ", "Loại hoạt động", "Cách thức", "Lượt người"),
        *(
            (day, "Nà Đình", name, "Tập huấn", "Trực tiếp", "9")
            for day, name in (("12/06/2022", ""), ("12/06/2022", old), ("12/06/2023", old))
        ),
        ("12/06/2023", "Nà Đình", "", "Tập huấn", "Trực tiếp", "9"),
    )
    outcomes = [finding.outcome for finding in checked.findings]
    assert outcomes == ["error", "new", "error", "new"]
    assert "several teams" in problems(checked)[0][2]
    assert "does not exist on 12/06/2023" in problems(checked)[1][2]
    assert checked.findings[1].understood["team"] == old


@pytest.mark.one_engine
def test_only_who_reviews_sessions_imports_them(
    official: Official, check_sessions: Callable[..., Checked]
) -> None:
    scopes = {
        persona: bool(official(persona).scope_for(kind_of("sessions").permission))
        for persona in ("own", "neighbour", "administrator", "leader", "member", "reviewer")
    }
    assert {persona for persona, may in scopes.items() if may} == {"own", "neighbour"}
    foreign = check_sessions(row(), persona="neighbour")
    assert [finding.outcome for finding in foreign.findings] == ["error"]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_exported_file_of_sessions_is_unchanged_and_gives_the_same_again(
    visit: Callable[..., Visitor], app: Any, world: World, make: Callable[..., Any], language: str
) -> None:
    """Imported where they are, sessions stay as they are; where they are not, they come back."""
    make(
        make_activity,
        world.teams["village"],
        world.users["own"],
        held_on=date(2025, 6, 20),
        hours="1.5",
        venue="Nhà văn hóa",
        note="Có mưa, ít người",
        women_count=3,
        new_household_count=0,
        household_count=None,
        helpers=[world.memberships["member"], world.memberships["deputy"]],
        counts={world.indicator: 0},
    )
    visitor = visit("own", language=language)
    address = "/activities/export?from=2025-05-01&to=2025-06-30&status=counted"
    content = visitor.download(address, XLSX)

    def checked() -> Checked:
        file = file_to_check(kind_of("sessions"), read_sheets(content, "a.xlsx"), {}, {})
        return check(file, by=db.session.get_one(User, world.users["own"]))

    with app.test_request_context(headers={"Cookie": f"language={language}"}):
        found = checked()
        assert {finding.outcome for finding in found.findings} == {"same"}, found.findings
        assert found.unanswered == []
        with writing():
            db.session.execute(delete(Activity).where(Activity.status != Status.DRAFT))
        found = checked()
        assert {finding.outcome for finding in found.findings} == {"new"}, found.findings
        plan, user = plan_of(found, Decided()), db.session.get_one(User, world.users["own"])
        plan.prepare(by=user)
        with writing():
            assert carry_out(kind_of("sessions"), None, plan, found, by=user)
    again = read_sheets(visitor.download(address, XLSX), "a.xlsx")

    def rows_of(sheets: Any) -> list[list[str]]:
        """The rows of a file but for how far each session has come."""
        words = ("Đã gửi", "Đã duyệt", "Submitted", "Approved")
        return [
            [c for c in each.cells if c not in words]
            for each in sheets[0].rows
            if len(each.cells) > 5
        ]

    assert rows_of(again) == rows_of(read_sheets(content, "a.xlsx"))
