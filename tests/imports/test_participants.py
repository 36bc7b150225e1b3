"""A file of those who took part in a course: persons on file are enrolled, nobody is added."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tcns.accounts.models import User
from tcns.audit.models import AuditEvent
from tcns.audit.vocabulary import Event
from tcns.database import db, writing
from tcns.imports.applying import Decided
from tcns.imports.vocabulary import Likeness, Outcome
from tcns.teams.models import Person, Training
from tcns.undo.models import Reversible
from tcns.undo.operations import reverse
from tests.factories import make_course
from tests.imports.conftest import Check
from tests.imports.files import everything, workbook
from tests.imports.found import outcomes
from tests.page import Visitor
from tests.world import World

Make = Callable[..., Any]
TakeIn = Callable[..., None]
COURSE = "Kỹ năng số cơ bản"
HEADINGS = ("Họ và tên", "SĐT", "Năm sinh", "Thôn", "Kết quả", "Ngày hoàn thành", "Số chứng nhận")
ROWS = (
    ("Nông Thị Hòa", "", "", "Đồng Tâm", "Hoàn thành", "05/03/2024", "CN-01"),
    ("Lý Thị Mẩy", "0912 000 002", "", "Đồng Tâm", "Ghi danh"),
)


@pytest.fixture
def found(check_rows: Check, world: World) -> Callable[..., Any]:
    """`found(row)` is the one finding of a row about the world's course."""

    def one(*row: Any, persona: str = "own", **answers: str) -> Any:
        given_answers = {"course": str(world.course), **answers}
        checked = check_rows("participants", HEADINGS, row, persona=persona, answers=given_answers)
        (finding,) = checked.findings
        return finding

    return one


def columns_wrong(finding: Any) -> list[str]:
    return [problem.column for problem in finding.problems]


def parts() -> dict[str, tuple[Any, ...]]:
    query = select(Training, Person.full_name).join(Training.person)
    rows = db.session.execute(query.where(Training.course_id.is_not(None)))
    return {name: (one.finished_on, one.certificate_number) for one, name in rows}


def test_those_of_a_list_are_enrolled_and_completed_and_added_once(
    check_rows: Check, take_in: TakeIn, world: World
) -> None:
    answers = {"course": str(world.course)}
    checked = check_rows("participants", HEADINGS, *ROWS, answers=answers)
    take_in("participants", checked)
    assert parts() == {
        "Nông Thị Hòa": (date(2024, 3, 5), "CN-01"),
        "Lý Thị Mẩy": (None, None),
    }
    verified = db.session.scalars(select(Training.verified_by_id)).all()
    assert set(verified) == {world.users["own"], None}
    told = db.session.scalars(select(AuditEvent.event)).all()
    assert told.count(Event.TRAINING_ENROLLED) == 2
    assert told.count(Event.TRAINING_COMPLETED) == 1
    again = check_rows("participants", HEADINGS, *ROWS, answers=answers)
    assert again.counts["same"] == len(ROWS) == len(again.findings)


def test_undoing_a_list_takes_every_part_back(
    check_rows: Check, take_in: TakeIn, official: Callable[[str], User], world: World
) -> None:
    before = everything()
    answers = {"course": str(world.course)}
    take_in("participants", check_rows("participants", HEADINGS, *ROWS, answers=answers))
    with writing():
        done = db.session.scalars(select(Reversible).order_by(Reversible.id.desc())).first()
        assert done
        reverse(done, by=official("own"))
    assert everything() == before


@pytest.mark.one_engine
def test_the_course_is_asked_and_may_stand_in_a_column(check_rows: Check, world: World) -> None:
    checked = check_rows("participants", HEADINGS, ROWS[0], answers={})
    assert [question.key for question in checked.unanswered] == ["course"]
    assert checked.counts["question"] == 1
    named = check_rows(
        "participants", (*HEADINGS, "Khóa học"), (*ROWS[0], COURSE.upper()), answers={}
    )
    assert named.counts["new"] == 1
    assert not named.questions


@pytest.mark.one_engine
def test_courses_of_one_name_are_told_by_their_first_day(
    check_rows: Check, world: World, make: Make
) -> None:
    make(make_course, world.places["commune"].id, started_on=date(2023, 1, 5), ended_on=None)
    headings = (*HEADINGS, "Khóa học", "Khai giảng")
    row = (*ROWS[0][:4], "", "05/03/2024", "", COURSE)
    (finding,) = check_rows("participants", headings, row, answers={}).findings
    assert columns_wrong(finding) == ["course"]
    told = check_rows("participants", headings, (*row, "05/01/2023"), answers={})
    assert told.counts["new"] == 1


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        (("Lò Văn Lạ", "", "", "Đồng Tâm"), "name"),
        (("Lò Văn Lạ", "0912 999 999"), "name"),
        ((*ROWS[0][:4], "Ghi danh", "05/03/2024"), "participation"),
        ((*ROWS[0][:4], "Ghi danh", "", "CN-01"), "certificate_number"),
        ((*ROWS[0][:4], "Hoàn thành", "01/02/2024"), "finished_on"),
    ],
)
def test_a_row_that_cannot_be_is_an_error_beside_its_cause(
    found: Callable[..., Any], row: tuple[str, ...], wrong: str
) -> None:
    finding = found(*row)
    assert finding.outcome is Outcome.ERROR
    assert columns_wrong(finding) == [wrong]


@pytest.mark.one_engine
def test_a_person_of_the_neighbours_is_as_unknown_as_nobody(
    found: Callable[..., Any], world: World, make: Make
) -> None:
    """Even where both send members to a course of the province."""
    course = str(make(make_course, world.places["province"].id))
    assert found("Lý Thị Mẩy", "0912 000 002", course=course).outcome is Outcome.NEW
    theirs = found("Nông Thị Hòa", "", "", "Đồng Tâm", persona="neighbour", course=course)
    assert (theirs.outcome, theirs.record_id) == (Outcome.ERROR, None)
    alone = found("Lý Thị Mẩy", "0912 000 002", persona="neighbour", course=course)
    assert (alone.outcome, columns_wrong(alone)) == (Outcome.ERROR, ["name"])
    assert alone.record_id is None


@pytest.mark.one_engine
def test_a_name_alone_or_one_like_it_is_asked_and_never_a_new_person(
    found: Callable[..., Any], check_rows: Check, take_in: TakeIn, world: World
) -> None:
    assert found("Lý Thị Mẩy").outcome is Outcome.DUPLICATE
    assert found("Nong Thi Hoa", "", "", "Đồng Tâm").outcome is Outcome.DUPLICATE
    assert found("Lý Thị Mẩy", **{"row.2": "same"}).outcome is Outcome.NEW
    other = found("Lý Thị Mẩy", **{"row.2": "other"})
    assert (other.outcome, other.write) == (Outcome.ERROR, None)
    people = len(db.session.scalars(select(Person)).all())
    answers = {"course": str(world.course)}
    checked = check_rows("participants", HEADINGS, ("Lý Thị Mẩy",), answers=answers)
    take_in("participants", checked, Decided(likeness=Likeness.SAME))
    assert parts() == {"Lý Thị Mẩy": (None, None)}
    assert len(db.session.scalars(select(Person)).all()) == people


@pytest.mark.one_engine
def test_an_empty_cell_leaves_what_is_known_and_takes_the_last_day_of_the_course(
    check_rows: Check, take_in: TakeIn, found: Callable[..., Any], world: World
) -> None:
    row = (*ROWS[0][:4], "Hoàn thành", "")
    assert found(*row).understood["finished_on"] == "2024-03-05"
    answers = {"course": str(world.course)}
    known = check_rows("participants", HEADINGS, (*row[:5], "04/03/2024"), answers=answers)
    take_in("participants", known)
    assert found(*row).outcome is Outcome.SAME
    changed = found(*row, "CN-02")
    assert changed.changes == {"certificate_number": (None, "CN-02")}
    assert changed.understood["finished_on"] == "2024-03-04"


@pytest.mark.one_engine
def test_nobody_verifies_their_own_completion(
    check_rows: Check, take_in: TakeIn, official: Callable[[str], User], world: World
) -> None:
    with writing():
        db.session.get_one(Person, world.persons["deputy"]).user_id = world.users["own"]
    answers = {"course": str(world.course)}
    take_in("participants", check_rows("participants", HEADINGS, ROWS[0], answers=answers))
    own = db.session.scalars(select(Training).filter_by(person_id=world.persons["deputy"])).one()
    assert (own.finished_on, own.verified_by_id, own.verified_at) == (date(2024, 3, 5), None, None)


@pytest.mark.one_engine
@settings(
    deadline=None, max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.sampled_from(["Nông Thị Hòa", "Lý Thị Mẩy", "Hoàng Văn Sính"]), max_size=5))
def test_whoever_stands_in_a_list_twice_is_enrolled_once(
    check_rows: Check, world: World, names: list[str]
) -> None:
    rows = [(name, "", "", "Đồng Tâm", "Ghi danh") for name in names]
    answers = {"course": str(world.course)}
    checked = check_rows("participants", HEADINGS, *rows, answers=answers)
    assert checked.counts["new"] == len(set(names))


@pytest.mark.one_engine
def test_a_list_sent_from_the_page_of_a_course_is_about_that_course(
    visit: Callable[..., Visitor], world: World, make: Make
) -> None:
    make(make_course, world.places["commune"].id, started_on=date(2023, 1, 5), ended_on=None)
    page = visit("own", language="en").get(f"/courses/{world.course}").click("Import a class list")
    typed = {"file": (io.BytesIO(workbook(HEADINGS, *ROWS)), "lop.xlsx")}
    found = page.post(typed=typed).post()
    assert outcomes(found) == ["New", "New"]
    assert "Kỹ năng số cơ bản, from 01/03/2024" in found.text
