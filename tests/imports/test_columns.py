"""Which columns a list is taken from, whatever they are called; what its notes would do."""

from typing import Any

from tcns.imports.vocabulary import Mark, Outcome, ProblemKind
from tests.imports.conftest import USUAL, Check


def keys(checked: Any) -> list[str]:
    return [question.key for question in checked.questions]


def test_headings_are_known_where_they_say_a_fields_own_words(check_rows: Check) -> None:
    headings = (
        *("Họ, tên thành viên", "ĐT/Zalo liên hệ", "N.sinh", "C.vụ trong tổ"),
        *("Tên thôn/bản", "Ngày vào Tổ (theo QĐ)"),
    )
    row = ("Vi Thị Lan", "0977123456", "1990", "Tổ phó", "Đồng Tâm", "01/03/2024")
    checked = check_rows("members", headings, row, answers={})
    assert keys(checked) == []
    (finding,) = checked.findings
    assert finding.outcome is Outcome.NEW
    says = finding.understood
    assert (says["phone"], says["birth_year"], says["role"]) == ("+84977123456", 1990, "deputy")
    assert says["valid_from"] == "2024-03-01"


def test_of_two_columns_of_one_meaning_the_one_with_values_is_taken_and_said(
    check_rows: Check,
) -> None:
    headings = ("Họ và tên", "Điện thoại", "ĐTDĐ", "Ngày sinh", "Năm sinh", "Thôn")
    row = ("Vi Thị Lan", "", "0977123456", "", "1990", "Đồng Tâm")
    (finding,) = check_rows("members", headings, row).findings
    assert (finding.value("phone"), finding.value("birth_year")) == ("+84977123456", 1990)
    said = {note.column: note.message for note in finding.notes}
    assert "“Điện thoại” is empty" in said["phone"]
    assert "“Ngày sinh” is empty" in said["birth_year"]


def test_two_columns_with_values_are_asked_about(check_rows: Check) -> None:
    headings = ("Họ và tên", "Điện thoại", "Di động", "Thôn")
    row = ("Vi Thị Lan", "0977123456", "0386111222", "Đồng Tâm")
    checked = check_rows("members", headings, row)
    assert "column.C" in keys(checked)
    assert checked.findings[0].value("phone") == "+84977123456"


def test_a_name_in_two_columns_is_one_name(check_rows: Check) -> None:
    for headings in (("Họ và chữ đệm", "Tên"), ("Họ đệm", "Tên gọi"), ("Họ và tên", "")):
        checked = check_rows("members", (*headings, "Thôn"), ("Vi Thị", "Lan", "Đồng Tâm"))
        assert checked.findings[0].understood["full_name"] == "Vi Thị Lan", headings


def test_a_column_that_every_row_needs_is_asked_for_and_rows_wait(check_rows: Check) -> None:
    headings = ("Ai", "Gì", "Thôn", "SĐT")
    row = ("x", "Vi Thị Lan", "Đồng Tâm", "0977123456")
    checked = check_rows("members", headings, row)
    question = next(q for q in checked.questions if q.key == "field.name")
    assert [option.value for option in question.options] == ["A", "B", "none"]
    assert [finding.outcome for finding in checked.findings] == [Outcome.QUESTION]
    answered = check_rows("members", headings, row, answers={**USUAL, "field.name": "B"})
    assert answered.findings[0].understood["full_name"] == "Vi Thị Lan"
    refused = check_rows("members", headings, row, answers={**USUAL, "field.name": "none"})
    assert refused.findings[0].outcome is Outcome.ERROR


def test_what_no_list_keeps_is_neither_asked_for_nor_kept(check_rows: Check) -> None:
    headings = ("Họ và tên", "Thôn", "Số CCCD", "Dân tộc", "Đảng viên", "Ngày cấp")
    row = ("Vi Thị Lan", "Đồng Tâm", "008190001234", "Tày", "x", "01/02/2021")
    checked = check_rows("members", headings, row)
    assert not any(key.startswith("column.") for key in keys(checked))
    (finding,) = checked.findings
    assert set(finding.cells.values()) <= {"Vi Thị Lan", "Đồng Tâm", ""}


TEAM = ("Tên tổ", "Thôn", "Xã", "Quyết định (số, ngày)", "Lý do tổ thứ hai")
TEXT = "31/QĐ-UBND ngày 7/6/2022"


def test_number_and_day_of_a_decision_in_one_cell_are_taken_apart(check_rows: Check) -> None:
    for text in (TEXT, "Số 31/QĐ-UBND, ngày 07 tháng 6 năm 2022", "31/QĐ-UBND (07/06/2022)"):
        row = ("Tổ số 2", "Đồng Tâm", "Hòa An", text, "địa bàn rộng")
        (finding,) = check_rows("teams", TEAM, row, answers={"no_issuer": "commune"}).findings
        says = finding.understood
        assert (says["decision"], says["issued_on"]) == ("31/QĐ-UBND", "2022-06-07"), text
        assert Mark.REWRITTEN in [note.mark for note in finding.notes if note.column == "number"]


def test_the_issuer_that_a_file_lacks_is_asked_once(check_rows: Check) -> None:
    row = ("Tổ số 2", "Đồng Tâm", "Hòa An", TEXT, "địa bàn rộng")
    checked = check_rows("teams", TEAM, row, answers={})
    (question,) = checked.questions
    assert (question.key, question.likely, question.takes_text) == ("no_issuer", "commune", True)
    assert checked.findings[0].outcome is Outcome.QUESTION
    for answer, issuer in (("commune", "UBND xã Hòa An"), ("UBND huyện Xa", "UBND huyện Xa")):
        (finding,) = check_rows("teams", TEAM, row, answers={"no_issuer": answer}).findings
        assert (finding.outcome, finding.understood["issuer"]) == (Outcome.NEW, issuer)
    (finding,) = check_rows("teams", TEAM, row, answers={"no_issuer": "refuse"}).findings
    assert finding.outcome is Outcome.ERROR


def test_a_day_that_contradicts_the_decisions_own_is_an_error(check_rows: Check) -> None:
    row = ("Tổ số 2", "Đồng Tâm", "Hòa An", TEXT, "địa bàn rộng", "08/06/2022")
    answers = {"no_issuer": "commune"}
    (finding,) = check_rows("teams", (*TEAM, "Ngày quyết định"), row, answers=answers).findings
    assert [problem.kind for problem in finding.problems] == [ProblemKind.CONFLICT]


NOTED = ("Họ và tên", "Chức vụ", "Thôn", "Từ ngày", "Ghi chú")


def noted(text: str) -> tuple[str, ...]:
    return ("Vi Thị Lan", "tv", "Đồng Tâm", "01/06/2022", text)


def test_a_note_that_somebody_left_is_asked_about_with_what_it_would_do(
    check_rows: Check,
) -> None:
    checked = check_rows("members", NOTED, noted("đã thôi tham gia từ 01/03/2024"))
    (question,) = [q for q in checked.questions if q.key == "notes"]
    assert (question.likely, question.rows) == (None, (2,))
    assert "thôi tham gia từ 01/03/2024 → until 29/02/2024" in question.peek[0][1]
    assert checked.findings[0].outcome is Outcome.QUESTION
    for text, last_day in (
        ("đã thôi tham gia từ 01/03/2024", "2024-02-29"),
        ("chuyển đi từ ngày 1 tháng 3 năm 2024", "2024-02-29"),
        ("nghỉ, tham gia đến hết ngày 01/03/2024", "2024-03-01"),
    ):
        answers = {**USUAL, "notes": "apply"}
        (finding,) = check_rows("members", NOTED, noted(text), answers=answers).findings
        assert finding.understood["valid_to"] == last_day, text
        assert ("until", Mark.ANSWERED) in [(n.column, n.mark) for n in finding.notes]
    ignored = check_rows("members", NOTED, noted("chuyển đi"), answers={**USUAL, "notes": "ignore"})
    assert ignored.findings[0].understood["valid_to"] is None
    assert ("until", Mark.SHORTENED) in [(n.column, n.mark) for n in ignored.findings[0].notes]


def test_a_note_without_a_day_and_one_of_a_role_are_errors_when_followed(check_rows: Check) -> None:
    for text, column in (("chuyển đi", "until"), ("bầu làm tổ trưởng từ 01/03/2024", "role")):
        answers = {**USUAL, "notes": "apply"}
        (finding,) = check_rows("members", NOTED, noted(text), answers=answers).findings
        assert [problem.column for problem in finding.problems] == [column]


def test_notes_about_other_things_ask_nothing(check_rows: Check) -> None:
    for text in ("Đảng viên", "có điện thoại thông minh", "hộ nghèo", "thường trú"):
        assert "notes" not in keys(check_rows("members", NOTED, noted(text)))


def test_a_role_that_changes_without_a_day_is_shown_as_what_it_does(check_rows: Check) -> None:
    headings = ("Họ và tên", "Chức vụ", "Thôn")
    (finding,) = check_rows("members", headings, ("Lý Thị Mẩy", "tổ phó", "Đồng Tâm")).findings
    assert finding.outcome is Outcome.CHANGED
    assert ("role", Mark.GUESSED) in [(note.column, note.mark) for note in finding.notes]
