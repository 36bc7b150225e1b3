"""The way of a file through the pages, without JavaScript."""

import io
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from tcns.audit.models import AuditEvent
from tcns.audit.vocabulary import Event
from tcns.database import db
from tcns.imports.models import ColumnChoice, Import, ImportRow
from tcns.imports.vocabulary import Outcome
from tcns.jobs.models import Job
from tcns.spreadsheets.reading import Fault, read_sheets
from tcns.spreadsheets.sending import XLSX
from tcns.teams.models import Person
from tests.imports.files import workbook
from tests.imports.found import numbers, outcomes
from tests.page import Page, Visitor
from tests.world import World

Visit = Callable[..., Visitor]
DAY = "01/03/2024"
GOOD = ("1", "Lò Thị Mới", 912345678, 1990, "Thành viên", "Đồng Tâm", DAY)
WRONG = ("2", "Lò Văn Sai", "12", None, "Thành viên", "Nà Đình", DAY)
TOTALS = ("Tổng cộng", None, None, None, None, None)


def member_file(*rows: Any) -> bytes:
    """A list as a commune makes it: titles, a merged title, headings, rows."""
    headings = ("STT", "Họ và tên", "Số điện thoại", "Năm sinh", "Chức vụ", "Thôn/bản", "Từ ngày")
    titles = ["UBND XÃ HÒA AN"], ["DANH SÁCH THÀNH VIÊN"], []
    return workbook(*titles, headings, *rows, merged=["A2:F2"])


def upload(visitor: Visitor, content: bytes, name: str = "ds.xlsx", kind: str = "members") -> Page:
    page = visitor.get("/imports/new")
    return page.post(typed={"kind": kind, "file": (io.BytesIO(content), name)})


def checked(visitor: Visitor, content: bytes) -> Page:
    return upload(visitor, content).post()


def person_named(app: Flask, name: str) -> Person | None:
    with app.app_context():
        return db.session.scalar(select(Person).filter_by(full_name=name))


def test_a_file_is_uploaded_matched_checked_and_taken_in(app: Flask, visit: Visit) -> None:
    columns = upload(visit("own", language="en"), member_file(GOOD, TOTALS))
    assert columns.heading == "Columns of ds.xlsx"
    found = columns.post()
    assert outcomes(found) == ["Not a row of the list", "New"]
    assert person_named(app, "Lò Thị Mới") is None, "nothing is written before"
    done = found.click("Import 1 row …").post()
    assert "Imported: 1 new, 0 changed." in done.text
    person = person_named(app, "Lò Thị Mới")
    assert person
    assert person.phone == "+84912345678"


@pytest.mark.long_on_postgresql
def test_while_a_row_is_wrong_the_good_ones_alone_can_be_taken_in(app: Flask, visit: Visit) -> None:
    found = checked(visit("own", language="en"), member_file(GOOD, WRONG))
    question = found.click("Import 1 row …")
    refused = question.post(typed={"which": "all"}, status=HTTPStatus.OK)
    assert "Some rows are wrong" in refused.text
    refused.post(typed={"which": "good"})
    assert person_named(app, "Lò Thị Mới")
    assert person_named(app, "Lò Văn Sai") is None


def test_what_is_found_otherwise_than_it_was_shown_is_looked_at_first(
    app: Flask, visit: Visit
) -> None:
    """As where a day to come has come, or another version knows a word."""
    found = checked(visit("own", language="en"), member_file(GOOD))
    with app.app_context():
        db.session.execute(update(ImportRow).values(outcome=Outcome.ERROR))
        db.session.commit()
    page = found.click("Import 1 row …")
    refused = page.post(status=HTTPStatus.OK)
    assert "something has changed" in refused.text
    assert person_named(app, "Lò Thị Mới") is None
    page.post()
    assert person_named(app, "Lò Thị Mới")


@pytest.mark.long_on_postgresql
def test_a_wrong_row_is_mended_in_place_and_checked_anew(app: Flask, visit: Visit) -> None:
    found = checked(visit("own", language="en"), member_file(GOOD, WRONG))
    mending = found.click("Correct here")
    (cell,) = [name for name, value in mending.field_errors.items() if "10 digits" in value]
    again = mending.post(typed={cell: "0912 345 679"})
    assert outcomes(again) == ["New", "New"]
    again.click("Import 2 rows …").post()
    assert person_named(app, "Lò Văn Sai")


@pytest.mark.long_on_postgresql
def test_the_bad_rows_come_back_with_their_reasons_and_can_be_uploaded_again(
    visit: Visit,
) -> None:
    visitor = visit("own", language="vi")
    found = checked(visitor, member_file(GOOD, WRONG))
    content = visitor.download(found.links["Tải 1 dòng cần sửa"], XLSX)
    (sheet,) = read_sheets(content, "a.xlsx")
    assert sheet.rows[0].cells[-2:] == ["Lý do lỗi", "Đã hiểu là"]
    assert sheet.rows[1].cells[1:3] == ["Lò Văn Sai", "12"]
    again = checked(visitor, content)
    assert outcomes(again) == ["Lỗi"]
    third = visitor.download(again.links["Tải 1 dòng cần sửa"], XLSX)
    assert [row.cells for row in read_sheets(third, "a.xlsx")[0].rows] == [
        row.cells for row in sheet.rows
    ]


def test_what_was_found_is_filtered_by_outcome_and_kind_of_problem(visit: Visit) -> None:
    found = checked(visit("own"), member_file(GOOD, WRONG, TOTALS))
    assert numbers(found) == ["6", "7", "5"], "what must be looked at comes first"
    for query, rows in (
        ("outcome=error", ["6"]),
        ("outcome=new", ["5"]),
        ("problem=format", ["6"]),
        ("problem=no-row", ["7"]),
        ("problem=leaders", []),
    ):
        page = found.visitor.get(f"{found.url}?{query}")
        assert numbers(page) == rows, query


def test_a_whole_file_is_undone(app: Flask, visit: Visit) -> None:
    found = checked(visit("own", language="en"), member_file(GOOD))
    done = found.click("Import 1 row …").post()
    undone = done.click("Undo the whole file").post()
    assert "Undone" in undone.text
    assert person_named(app, "Lò Thị Mới") is None


@pytest.mark.long_on_postgresql
def test_columns_that_are_not_taken_in_are_named(visit: Visit) -> None:
    content = workbook(
        ("STT", "Họ và tên", "Nhóm máu", "Thôn"), ("1", "Lò Thị Mới", "O", "Đồng Tâm")
    )
    found = checked(visit("own", language="en"), content)
    assert any("Nhóm máu" in row[0] for row in found.rows)


def test_a_choice_of_columns_is_remembered(app: Flask, visit: Visit) -> None:
    headings = ("Họ và tên", "Nơi tham gia", "Vai trò", "Từ ngày")
    row = ("Lò Thị Mới", "Đồng Tâm", "tv", "01/03/2024")
    one = upload(visit("own"), workbook(headings, row))
    assert outcomes(one.post(typed={"column_village": "1"})) == ["Mới"]
    with app.app_context():
        assert db.session.scalars(select(ColumnChoice).filter_by(heading="noi tham gia")).one()
    assert outcomes(checked(visit("own"), workbook(headings, row))) == ["Mới"]


@pytest.mark.long_on_postgresql
def test_one_column_cannot_be_two_fields(visit: Visit) -> None:
    columns = upload(visit("own", language="en"), member_file(GOOD))
    page = columns.post(typed={"column_village": "1"}, status=HTTPStatus.OK)
    assert "This column is chosen for Full name." in page.text


@pytest.mark.long_on_postgresql
@pytest.mark.parametrize(
    ("content", "name", "fault"),
    [
        (b"", "", Fault.NONE),
        (b"", "a.xlsx", Fault.EMPTY),
        (b"%PDF", "a.xlsx", Fault.TYPE),
        (b"PK\x03\x04xx", "a.xlsx", Fault.DAMAGED),
    ],
)
def test_a_file_that_cannot_be_read_is_said_beside_the_field(
    visit: Visit, content: bytes, name: str, fault: Fault
) -> None:
    page = visit("own", language="en").get("/imports/new")
    typed = {"kind": "members", "file": (io.BytesIO(content), name)}
    answer = page.post(typed=typed, status=HTTPStatus.OK)
    assert answer.field_errors["file"].endswith(str(fault.label))


@pytest.mark.long_on_postgresql
def test_a_list_without_known_headings_is_matched_by_hand(visit: Visit) -> None:
    content = workbook(("a", "b", "c"), ("Lò Thị Mới", "Đồng Tâm", "01/03/2024"))
    columns = upload(visit("own", language="en"), content)
    typed = {"column_name": "0", "column_village": "1", "column_since": "2"}
    found = columns.post(typed=typed)
    assert outcomes(found) == ["Waits for an answer"]
    again = found.post(f"{found.url}/answers", typed={"answer_no_role": "member"})
    assert outcomes(again) == ["New"]


def send_large(visitor: Visitor, size: int) -> Page:
    """Send a file of so many bytes, without the client keeping it in a file of its own."""
    head = 'Content-Disposition: form-data; name="file"; filename="a.pdf"'
    body = f"--x\r\n{head}\r\n\r\n{'x' * size}\r\n--x--\r\n".encode()
    headers = {"X-CSRFToken": visitor.token(), "Referer": "https://localhost/imports/new"}
    headers["Content-Type"] = "multipart/form-data; boundary=x"
    return visitor.send("POST", "/imports/new", data=body, headers=headers)


@pytest.mark.long_on_postgresql
def test_a_file_of_eight_megabytes_is_let_in_and_other_forms_stay_small(visit: Visit) -> None:
    visitor = visit("own", language="en")
    send_large(visitor, 8_000_000).expect(HTTPStatus.OK)
    send_large(visitor, 12_000_000).expect(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    visitor.post_bare("/teams/establish", {"name": "x" * 3_000_000}).expect(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    )


def test_an_abandoned_file_can_be_deleted_and_one_taken_in_cannot(app: Flask, visit: Visit) -> None:
    visitor = visit("own", language="en")
    upload(visitor, member_file(GOOD))
    listed = visitor.get("/imports")
    assert next(row[2] for row in listed.rows) == "Columns to be matched"
    listed.click("Delete ds.xlsx").post()
    assert "ds.xlsx" not in visitor.get("/imports").text
    done = checked(visitor, member_file(GOOD)).click("Import 1 row …").post()
    deleting = visitor.get(f"{done.url}/delete")
    assert "imported already" in deleting.post(status=HTTPStatus.OK).text


def test_what_becomes_of_a_file_is_on_record(app: Flask, visit: Visit, world: World) -> None:
    checked(visit("own"), member_file(GOOD)).click("Lưu 1 dòng vào hệ thống …").post()
    with app.app_context():
        query = select(AuditEvent).where(AuditEvent.object_type == "import")
        events = db.session.scalars(query.order_by(AuditEvent.id)).all()
        assert [event.kind for event in events] == [Event.IMPORT_UPLOADED, Event.IMPORT_APPLIED]
        assert {event.area_id for event in events} == {world.commune.id}


def test_a_long_file_is_left_to_a_worker(app: Flask, visit: Visit) -> None:
    rows = [
        (
            str(n),
            f"Lò Thị {'ABCDEFGHIJ'[n % 10]}{'abcdefghij'[n // 10 % 10]}",
            None,
            None,
            None,
            "Đồng Tâm",
        )
        for n in range(501)
    ]
    page = upload(visit("own", language="en"), member_file(*rows)).post()
    assert page.heading == "Checking a file"
    with app.app_context():
        one = db.session.scalars(select(Import).order_by(Import.id.desc())).first()
        assert one
        assert db.session.get_one(Job, one.job_id).parameters["import_id"] == one.id


@pytest.mark.long_on_postgresql
def test_only_kinds_that_one_may_write_are_offered(visit: Visit) -> None:
    visit("reviewer").get("/imports/new", HTTPStatus.FORBIDDEN)
    assert "Thành viên" in visit("own").get("/imports/new").text
    visit("own").get("/imports/template?kind=nothing", HTTPStatus.NOT_FOUND)
