"""The page of a file: what is asked, what was understood, what somebody decides of single rows."""

import io
import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from xlsxwriter import Workbook

from tcns.database import db
from tcns.imports.models import Import
from tcns.imports.shown import is_literal
from tcns.spreadsheets.reading import read_sheets
from tcns.spreadsheets.sending import XLSX
from tcns.teams.models import Membership, Person
from tests.factories import make_membership, make_person
from tests.imports.files import workbook
from tests.imports.found import cell, numbers, outcomes
from tests.page import Page, Visitor
from tests.world import World

Visit = Callable[..., Visitor]
HEADINGS = ("Họ và tên", "Số điện thoại", "Vai trò", "Thôn", "Từ ngày")
DAY = "01/03/2024"
GOOD = ("Lò Thị Mới", "912345678", "tv", "Đồng Tâm", DAY)
WRONG = ("Lò Văn Sai", "12", "Thành viên", "Nà Đình", DAY)
TOTALS = ("Tổng cộng: 2", None, None, None, None)


def checked(visitor: Visitor, content: bytes) -> Page:
    page = visitor.get("/imports/new")
    typed = {"kind": "members", "file": (io.BytesIO(content), "ds.xlsx")}
    return page.post(typed=typed).post()


def decide(page: Page, row: int, answer: str) -> Page:
    """Press one of the buttons of a row."""
    return page.post(f"{page.url.partition('?')[0]}/mend", typed={"row": f"{row}.{answer}"})


def send(page: Page, act: str, typed: dict[str, Any]) -> Page:
    """Send one of the many small forms of the page."""
    key = {"idempotency_key": f"{act} {sorted(typed)}"}
    sent = page.visitor.post_bare(f"{page.url}/{act}", {**key, **typed})
    return page.visitor.get(sent.location)


def book(**sheets: Any) -> bytes:
    """A workbook of several sheets."""
    file = io.BytesIO()
    with Workbook(file) as opened:
        for name, rows in sheets.items():
            page = opened.add_worksheet(name)
            for index, row in enumerate(rows):
                page.write_row(index, 0, row)
    return file.getvalue()


def test_nothing_is_imported_before_every_question_is_answered(app: Flask, visit: Visit) -> None:
    content = workbook(HEADINGS[:4], GOOD[:4])
    found = checked(visit("own", language="en"), content)
    assert outcomes(found) == ["Waits for an answer"]
    assert "Answer 1 question before anything is imported." in found.text
    assert not [text for text, url in found.links.items() if url and "…" in text]
    refused = found.visitor.get(f"{found.url}/apply").post(status=HTTPStatus.OK)
    assert "Answer the questions about the file first." in refused.text
    answered = found.post(f"{found.url}/answers", typed={"answer_no_day": "team"})
    assert outcomes(answered) == ["New"]
    assert "question 1" in cell(answered, "2", "Since")


@pytest.mark.long_on_postgresql
def test_a_day_that_is_none_is_refused_beside_its_question(visit: Visit) -> None:
    found = checked(visit("own", language="en"), workbook(HEADINGS[:4], GOOD[:4]))
    typed = {"answer_no_day": "other", "written_no_day": "32/13/2024"}
    refused = found.post(f"{found.url}/answers", typed=typed, status=HTTPStatus.OK)
    assert "Not a day." in refused.text
    assert "32/13/2024" in refused.body.decode(), "what was typed is not lost"


@pytest.mark.long_on_postgresql
def test_what_is_stored_stands_above_what_the_cell_says(visit: Visit) -> None:
    found = checked(visit("own", language="en"), workbook(HEADINGS, GOOD))
    assert cell(found, "2", "Full name") == "Lò Thị Mới"
    assert cell(found, "2", "Phone").startswith("0912 345 678rewritten")
    assert "912345678" in cell(found, "2", "Phone")
    assert cell(found, "2", "Role").startswith("Memberrewritten")


@pytest.mark.long_on_postgresql
def test_the_counts_of_the_outcomes_add_up_to_all_rows(visit: Visit) -> None:
    found = checked(visit("own", language="en"), workbook(HEADINGS, GOOD, WRONG, TOTALS))
    assert "1 + 1 + 1 = 3" in found.text
    for query, expected in (("show=look", ["3"]), ("outcome=new", ["2"]), ("q=lo+van", ["3"])):
        page = found.visitor.get(f"{found.url}?{query}")
        assert numbers(page) == expected, query


def test_an_error_is_typed_over_in_its_row(app: Flask, visit: Visit) -> None:
    found = checked(visit("own", language="en"), workbook(HEADINGS, GOOD, WRONG))
    again = found.post(f"{found.url}/mend", typed={"cell_3_phone": "0912 345 679"})
    assert outcomes(again) == ["New", "New"]
    with app.app_context():
        one = db.session.scalars(select(Import).filter_by(file_name="ds.xlsx")).one()
        assert one.corrected == {"3": {"phone": "0912 345 679"}}, "only what was typed over"


def test_a_wrong_row_can_be_left_out_and_taken_again(visit: Visit) -> None:
    found = checked(visit("own", language="en"), workbook(HEADINGS, GOOD, WRONG))
    left = decide(found, 3, "leave")
    assert outcomes(left) == ["Not a row of the list", "New"]
    assert outcomes(decide(left, 3, "open")) == ["Error", "New"]


def test_a_row_taken_for_totals_can_be_a_person(visit: Visit) -> None:
    odd = ("Tổng Thị Hai", None, "tv", "Đồng Tâm", DAY)
    named = ("Cộng: Hai", None, "tv", "Đồng Tâm", DAY)
    found = checked(visit("own", language="en"), workbook(HEADINGS, odd, named))
    assert outcomes(found) == ["Not a row of the list", "New"]
    assert outcomes(decide(found, 3, "take"))[0] != "Not a row of the list"


def like_somebody(app: Flask, world: World) -> bytes:
    """Two rows about persons who may be on file."""
    with app.app_context():
        team = world.teams["village"]
        for name, phone in (("Hoàng Văn Sính", "+84912000001"), ("Lù Seo Páo", "+84912000002")):
            make_membership(team, make_person(full_name=name, phone=phone))
        db.session.commit()
    return workbook(
        HEADINGS,
        ("Hoàng Văn Sinh", "0912000001", "tv", "Đồng Tâm", DAY),
        ("Lù Seo Pao", "0912000002", "tv", "Đồng Tâm", DAY),
    )


def test_possible_duplicates_are_decided_row_by_row(app: Flask, visit: Visit, world: World) -> None:
    found = checked(visit("own", language="en"), like_somebody(app, world))
    assert outcomes(found) == ["Possible duplicate"] * 2
    both = decide(decide(found, 2, "same"), 3, "other")
    assert sorted(outcomes(both)) == ["New", "Unchanged"]
    with app.app_context():
        before = db.session.scalar(select(func.count()).select_from(Person))
    both.click("Import 1 row …").post()
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Person)) == (before or 0) + 1
        assert db.session.scalars(select(Membership)).all()


@pytest.mark.long_on_postgresql
def test_sheets_that_look_alike_are_ticked_and_others_imported_by_themselves(visit: Visit) -> None:
    content = book(A=[HEADINGS, GOOD], B=[HEADINGS, WRONG], C=[("Thôn", "Số hộ"), ("Đồng Tâm", 60)])
    found = checked(visit("own", language="en"), content)
    assert numbers(found) == ["2"], "one sheet until it was said"
    both = send(found, "answers", {"answer_sheets": ["A", "B"]})
    assert numbers(both) == ["2 (B)", "2"]
    other = send(both, "sheet?place=2", {})
    assert other.heading == "Columns of ds.xlsx"
    assert "Households" in other.text


@pytest.mark.long_on_postgresql
def test_any_column_can_be_given_a_field_and_some_are_never_read(app: Flask, visit: Visit) -> None:
    content = workbook(
        ("Họ và tên", "Ghi thêm", "Vai trò", "Thôn", "CCCD"),
        ("Lò Thị Mới", DAY, "tv", "Đồng Tâm", "008085001234"),
        ("Lò Thị Hai", DAY, "tv", "Đồng Tâm", "008085001235"),
    )
    found = checked(visit("own", language="en"), content)
    assert "Never stored" in found.text
    assert "008085001234" not in found.body.decode()
    answered = send(found, "answers", {"answer_column.B": "since"})
    assert outcomes(answered) == ["New", "New"]
    assert DAY in answered.body.decode()


@pytest.mark.long_on_postgresql
def test_all_rows_come_back_with_what_was_understood_and_can_be_uploaded(visit: Visit) -> None:
    visitor = visit("own", language="vi")
    found = checked(visitor, workbook(HEADINGS, GOOD, WRONG))
    content = visitor.download(f"{found.url}/all-rows", XLSX)
    (sheet,) = read_sheets(content, "a.xlsx")
    assert sheet.rows[0].cells[-2:] == ["Lý do lỗi", "Đã hiểu là"]
    assert "Vai trò: Thành viên" in sheet.rows[1].cells[-1]
    assert sorted(outcomes(checked(visitor, content))) == ["Lỗi", "Mới"]


@pytest.mark.long_on_postgresql
def test_the_apply_page_says_which_rows_were_guessed(visit: Visit) -> None:
    empty_role = ("Lò Thị Hai", None, None, "Đồng Tâm", DAY)
    found = checked(visit("own", language="en"), workbook(HEADINGS, GOOD, empty_role))
    page = found.click("Import 2 rows …")
    assert "1 cell was guessed or shortened: Rows 3." in page.text


@given(st.lists(st.text(max_size=12), max_size=3), st.text(max_size=20))
def test_no_mark_means_that_the_words_of_the_cell_are_stored(texts: list[str], text: str) -> None:
    if is_literal(texts, text):
        said = re.sub(r"\s", "", text).casefold()
        assert all(re.sub(r"\s", "", each).casefold() in said for each in texts)
    assert is_literal([text], text)


@pytest.mark.long_on_postgresql
def test_a_phone_whose_figures_stand_apart_is_the_phone_of_the_cell(visit: Visit) -> None:
    literal = (GOOD[0], "0912345678", "Thành viên", *GOOD[3:])
    found = checked(visit("own", language="vi"), workbook(HEADINGS, literal))
    assert cell(found, "2", "Điện thoại") == "0912 345 678"
    assert cell(found, "2", "Vai trò") == "Thành viên"


@pytest.mark.long_on_postgresql
def test_what_of_a_waiting_row_is_not_read_yet_is_not_called_rewritten(visit: Visit) -> None:
    ditto = ("Lò Thị Ba", None, "nt", "nt", DAY)
    found = checked(visit("own", language="en"), workbook(HEADINGS, GOOD, ditto))
    assert sorted(outcomes(found)) == ["New", "Waits for an answer"]
    said = cell(found, "3", "Full name")
    assert "Lò Thị Ba" in said
    assert "rewritten" not in said


@pytest.mark.long_on_postgresql
def test_hidden_and_empty_sheets_are_named_and_what_lies_behind_them_keeps_its_place(
    visit: Visit,
) -> None:
    file = io.BytesIO()
    with Workbook(file) as opened:
        for name in ("Cũ", "Trống", "Danh sách"):
            sheet = opened.add_worksheet(name)
            for index, row in enumerate(() if name == "Trống" else (HEADINGS, GOOD)):
                sheet.write_row(index, 0, row)
        opened.get_worksheet_by_name("Cũ").hide()
        opened.get_worksheet_by_name("Danh sách").activate()
        opened.get_worksheet_by_name("Danh sách").set_first_sheet()
    found = checked(visit("own", language="en"), file.getvalue())
    assert outcomes(found) == ["New"], "nothing of the hidden sheet is taken"
    for said in ("Sheets of the file (3)", "Hidden in the file: not read", "Empty sheet"):
        assert said in found.text
