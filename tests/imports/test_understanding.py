"""What a list as it was handed in is understood as: nobody lost, nothing stored that it does not
say."""

from typing import Any

from tcns.imports.vocabulary import Mark, Outcome, ProblemKind
from tests.imports.conftest import USUAL, Check

HEADINGS = ("Họ và tên", "SĐT", "Năm sinh", "Chức vụ", "Thôn", "Từ ngày")
PLACE = ("tv", "Đồng Tâm", "01/03/2024")


def outcomes(checked: Any) -> list[Outcome]:
    return [finding.outcome for finding in checked.findings]


def test_a_row_that_names_nobody_is_no_row_and_no_error(check_rows: Check) -> None:
    rows = [(word, "", "", *PLACE) for word in ("Khuyết", "Chưa có", "- nt -", "Họ và tên")]
    checked = check_rows("members", HEADINGS, *rows)
    assert outcomes(checked) == [Outcome.REFUSED] * 4


def test_a_cell_that_says_nothing_is_empty_and_said(check_rows: Check) -> None:
    rows = [("Vi Thị Lan", word, "nan", *PLACE) for word in ("không có", "NULL", "-", "0")]
    for row in rows:
        (finding,) = check_rows("members", HEADINGS, row).findings
        assert finding.outcome is Outcome.NEW
        assert finding.understood["phone"] is None
        assert [(note.column, note.mark) for note in finding.notes] == [
            ("phone", Mark.REWRITTEN),
            ("birth_year", Mark.REWRITTEN),
        ]


def test_an_error_of_the_spreadsheet_is_an_error_of_its_cell(check_rows: Check) -> None:
    for shown in ("#N/A", "#REF!", '=A2&"x"'):
        (finding,) = check_rows("members", HEADINGS, ("Vi Thị Lan", shown, "", *PLACE)).findings
        assert finding.outcome is Outcome.ERROR
        assert [(p.column, p.kind) for p in finding.problems] == [("phone", ProblemKind.FORMAT)]
        assert shown in finding.problems[0].message


def test_an_old_code_is_asked_about_once_with_what_it_becomes(check_rows: Check) -> None:
    rows = [("Leâ Thò Höôøng", "", "", *PLACE), ("Vi Thị Lan", "", "", *PLACE)]
    checked = check_rows("members", HEADINGS, *rows)
    (question,) = checked.questions
    assert (question.key, question.likely) == ("encoding", "vni")
    assert [option.value for option in question.options] == ["vni", "refuse"]
    assert question.peek == ((2, "Leâ Thò Höôøng → Lê Thị Hường"),)
    assert outcomes(checked) == [Outcome.QUESTION, Outcome.NEW]
    (converted, plain) = check_rows(
        "members", HEADINGS, *rows, answers={**USUAL, "encoding": "vni"}
    ).findings
    assert converted.understood["full_name"] == "Lê Thị Hường"
    assert converted.notes[0].mark is Mark.ANSWERED
    assert plain.notes == []
    refused = check_rows("members", HEADINGS, *rows, answers={**USUAL, "encoding": "refuse"})
    assert outcomes(refused) == [Outcome.ERROR, Outcome.NEW]


def test_what_can_be_read_either_way_is_read_like_its_column(check_rows: Check) -> None:
    """ "Toàn" is Vietnamese, and what VNI has for Tồn."""
    rows = [(name, "", "", *PLACE) for name in ("Traàn Vaên Toàn", "Toàn")]
    answers = {**USUAL, "encoding": "vni"}
    names = [
        finding.understood["full_name"]
        for finding in check_rows("members", HEADINGS, *rows, answers=answers).findings
    ]
    assert names == ["Trần Văn Tồn", "Tồn"]
    rows.append(("Vi Thị Lả", "", "", *PLACE))
    checked = check_rows("members", HEADINGS, *rows, answers=answers)
    assert checked.findings[1].understood["full_name"] == "Toàn", "the column has Unicode as well"


def test_two_codes_in_a_file_are_converted_each_by_its_own(check_rows: Check) -> None:
    rows = [("Leâ Thò Höôøng", "", "", *PLACE), ("NguyÔn ThÞ H»ng", "", "", *PLACE)]
    answers = {**USUAL, "encoding": "all"}
    checked = check_rows("members", HEADINGS, *rows, answers=answers)
    names = [finding.understood["full_name"] for finding in checked.findings]
    assert names == ["Lê Thị Hường", "Nguyễn Thị Hằng"]
    one = check_rows("members", HEADINGS, *rows, answers={**USUAL, "encoding": "vni"})
    assert outcomes(one) == [Outcome.NEW, Outcome.ERROR]


def test_rows_that_may_mean_one_person_are_held_back(check_rows: Check) -> None:
    first = ("Vi Thị Lan", "0977123456", "1990", *PLACE)
    for other in (
        ("Vi Thị Làn", "", "", *PLACE),
        ("Vi Thị Loan", "0977123456", "", *PLACE),
        ("Vi Lan", "", "1990", *PLACE),
    ):
        checked = check_rows("members", HEADINGS, first, other)
        assert outcomes(checked) == [Outcome.NEW, Outcome.DUPLICATE], other
        assert "row 2" in checked.findings[1].problems[0].message
    for other in (("Vi Thị Mai", "0977123456", "1990", *PLACE), ("Vi Lan", "", "", *PLACE)):
        assert outcomes(check_rows("members", HEADINGS, first, other)) == [Outcome.NEW] * 2
