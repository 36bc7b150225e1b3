"""What single cells mean, in the many ways in which people and programs write them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tcns.errors import RuleViolation
from tcns.imports.kinds.catalogue import kind_of
from tcns.imports.kinds.sessions.cells import read_people
from tcns.imports.rows.cells import Reader, is_error, read_count, says_nothing
from tcns.imports.vocabulary import Mark
from tcns.teams.vocabulary import Body, MemberRole
from tests.conventions.routes import bare_app


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Messages in English."""
    with bare_app().test_request_context(headers={"Cookie": "language=en"}):
        yield


def read(kind: str, field: str, text: str) -> tuple[Any, list[Mark]]:
    """The value of a cell, and how it differs from what is written."""
    marks: list[Mark] = []
    value = kind_of(kind).field(field).read(text, lambda mark, _message: marks.append(mark))
    return value, marks


def refusal(kind: str, field: str, text: str) -> str:
    """Why a cell is refused."""
    with pytest.raises(RuleViolation) as broken:
        read(kind, field, text)
    return str(broken.value.message)


@pytest.mark.parametrize(
    "text",
    [
        "0977 123 456",
        "0977.123.456",
        "(0977) 123-456",
        "0977–123–456",
        "‘0977123456",
        "tel:0977123456",
        "ĐT: 0977123456",
        "0084 977 123 456",
        "+84 (0) 977123456",
        "0977123456.0",
        "0977123456。",
        "\u202d0977123456\u202c",
        "０９７７１２３４５６",
        "0977123456\ufe0f",
        "0977,123,456",
    ],
)
def test_a_phone_is_understood_without_a_note_where_nothing_was_left_out(text: str) -> None:
    assert read("members", "phone", text) == ("+84977123456", [])


@pytest.mark.parametrize("text", ["977123456", "977123456.0", "9.77123456E8", "9,77123456E+08"])
def test_a_first_zero_that_a_program_ate_is_put_back_and_said(text: str) -> None:
    assert read("members", "phone", text) == ("+84977123456", [Mark.REWRITTEN])


@pytest.mark.parametrize(
    "text",
    [
        "0977123456/0386111222",
        "0977123456; 02073 822 345",
        "0977123456-0386111222",
        "0977123456 hoặc 0386111222",
        "0977123456\n0386111222",
        "0977 123 456, 0386 111 222",
        "0977123456 (vợ)",
        "0977123456 - Zalo",
        "0977123456 0386111222 0912345678",
    ],
)
def test_of_what_else_stands_beside_a_phone_it_is_said_that_it_was_left_out(text: str) -> None:
    assert read("members", "phone", text) == ("+84977123456", [Mark.SHORTENED])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("01202345678", "+84702345678"),
        ("+841292345678", "+84822345678"),
        ("1692345678", "+84392345678"),
        ("0188.234.5678", "+84582345678"),
        ("01992345678", "+84592345678"),
    ],
)
def test_a_number_of_eleven_digits_is_what_it_has_been_since_2018(old: str, new: str) -> None:
    assert read("members", "phone", old) == (new, [Mark.REWRITTEN])


@pytest.mark.parametrize(
    "text",
    [
        "O977123456",
        "09771234S6",
        "097712xxxx",
        "0977 123 456 7",
        "09771234567",
        "9.8E8",
        "9,77E+08",
        "84977123",
        "0977123456 / 12",
        "anh Páo",
        "1800 1234",
    ],
)
def test_what_may_be_no_phone_or_another_one_is_refused(text: str) -> None:
    assert "10 digits" in refusal("members", "phone", text)


@pytest.mark.parametrize(
    "text",
    [
        "03/12/2023",
        "3.12.2023",
        "03-12-2023",
        "03–12–2023",
        "3 / 12 / 2023",
        "03/12/2023.",
        "2023-12-03",
        "2023/12/03",
        "2023-12-03T00:00:00",
        "2023-12-03 00:00:00.000",
        "2023-12-03T00:00:00Z",
        "2023-12-03T09:00:00+07:00",
        "ngày 03 tháng 12 năm 2023",
        "Ngày 3 Tháng 12 năm 2023",
        "từ ngày 3/12/2023",
        "20231203",
        "03122023",
        "03-Dec-2023",
        "45263",
        "45263.0",
        "45263.25",
        "03/12/2023 07:30",
        "03/12/2023 (lần 2)",
        "3/12/2023 - nay",
    ],
)
def test_a_day_is_understood_in_every_spelling(text: str) -> None:
    assert read("members", "since", text)[0] == date(2023, 12, 3)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("12/2023", "day of the month is missing"),
        ("tháng 12/2023", "day of the month is missing"),
        ("2023", "Day and month are missing"),
        ("3/12", "year is missing"),
        ("ngày 3 tháng 12", "year is missing"),
        ("3/12/23", "four digits"),
        ("2023-12-03T20:00:00Z", "In Vietnam"),
        ("31/11/2023", "Not a day"),
        ("12/31/2023", "Not a day"),
        ("03/12/2099", "future"),
        ("sáng thứ Hai", "Not a day"),
    ],
)
def test_a_day_that_is_none_is_refused_with_what_it_lacks(text: str, reason: str) -> None:
    assert reason in refusal("members", "since", text)


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("1978", []),
        ("1978.0", [Mark.REWRITTEN]),
        ("20/11/1978", [Mark.SHORTENED]),
        ("11/1978", [Mark.SHORTENED]),
        ("28814", [Mark.SHORTENED]),
        ("sinh năm 1978", [Mark.REWRITTEN]),
    ],
)
def test_of_a_day_of_birth_the_year_alone_is_kept_and_said(text: str, marks: list[Mark]) -> None:
    assert read("members", "birth_year", text) == (1978, marks)


@pytest.mark.parametrize("text", ["78", "1878", "45 tuổi", "2099", "19 78"])
def test_what_is_no_year_of_birth_is_refused(text: str) -> None:
    assert "Write a year" in refusal("members", "birth_year", text)


@pytest.mark.parametrize(
    ("text", "count", "marks"),
    [
        ("86", 86, []),
        ("1.204", 1204, [Mark.REWRITTEN]),
        ("1 204", 1204, [Mark.REWRITTEN]),
        ("86.0", 86, [Mark.REWRITTEN]),
        ("86 hộ", 86, [Mark.REWRITTEN]),
    ],
)
def test_a_count_that_might_be_grouped_is_shown(text: str, count: int, marks: list[Mark]) -> None:
    assert read("households", "count", text) == (count, marks)


@pytest.mark.parametrize(
    "text",
    [
        "8 6",
        "8,6",
        "1.2",
        "12.04",
        "1.204,5",
        "1,204.5",
        "~86",
        "86/90",
        "80-90",
        "tám mươi",
        "True",
        "-3",
        "1.20.4",
        "1.2045",
    ],
)
def test_what_is_no_whole_count_is_refused(text: str) -> None:
    assert "whole number" in refusal("households", "count", text)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("T.Trưởng", MemberRole.LEADER),
        ("Tổ trưởng Tổ CNSCĐ", MemberRole.LEADER),
        ("tt", MemberRole.LEADER),
        ("P. tổ trưởng", MemberRole.DEPUTY),
        ("T. phó", MemberRole.DEPUTY),
        ("TỔ PHÓ", MemberRole.DEPUTY),
        ("T.V", MemberRole.MEMBER),
        ("Th.viên", MemberRole.MEMBER),
        ("thanh vien", MemberRole.MEMBER),
    ],
)
def test_a_role_is_understood_by_its_abbreviations(text: str, role: MemberRole) -> None:
    assert read("members", "role", text) == (role, [])


def test_of_several_roles_the_first_is_kept_and_said() -> None:
    assert read("members", "role", "Tổ phó, kế toán") == (MemberRole.DEPUTY, [Mark.SHORTENED])
    assert "none of the words" in refusal("members", "role", "kế toán")


@pytest.mark.parametrize(
    ("text", "body", "mark"),
    [
        ("Viettel Na Hang", Body.COMPANY, Mark.REWRITTEN),
        ("Chi hội trưởng ND", Body.FARMERS_UNION, Mark.REWRITTEN),
        ("Bí thư xã đoàn", Body.YOUTH_UNION, Mark.REWRITTEN),
        ("Trưởng bản; bí thư chi bộ", Body.VILLAGE_HEAD, Mark.SHORTENED),
        ("CT Hội CCB", Body.VETERANS, Mark.REWRITTEN),
        ("GV trường THCS", Body.TEACHERS, Mark.REWRITTEN),
        ("Trưởng ban CTMT thôn", Body.FATHERLAND_FRONT, Mark.REWRITTEN),
        ("Thợ điện", None, Mark.SHORTENED),
    ],
)
def test_a_body_is_understood_by_its_words_and_an_unknown_one_is_left_out(
    text: str, body: Body | None, mark: Mark
) -> None:
    assert read("members", "body", text) == (body, [mark])


@pytest.mark.parametrize(
    ("text", "name", "marks"),
    [
        ("Ma Thị Đào", "Ma Thị Đào", []),
        ("Ksor H’Bia", "Ksor H'Bia", [Mark.REWRITTEN]),
        ("Ksor Hʼ Bia", "Ksor H'Bia", [Mark.REWRITTEN]),
        ("Ðàm Văn Ɖông", "Đàm Văn Đông", [Mark.REWRITTEN]),
        ("Ma Thị Đào.", "Ma Thị Đào", [Mark.REWRITTEN]),
        ("Ma Thị Đào-", "Ma Thị Đào", [Mark.REWRITTEN]),
        ("Ma ThịĐào", "Ma Thị Đào", [Mark.REWRITTEN]),
        ("Bà Ma Thị Đào", "Ma Thị Đào", [Mark.SHORTENED]),
        ("Đ/chí: Ma Thị Đào", "Ma Thị Đào", [Mark.SHORTENED]),
        ("3. Ma Thị Đào", "Ma Thị Đào", [Mark.SHORTENED]),
        ("Ma Thị Đào (BT)", "Ma Thị Đào", [Mark.SHORTENED]),
        ("Ma Thị Đào - Trưởng thôn", "Ma Thị Đào", [Mark.SHORTENED]),
        ("Ông Tú", "Ông Tú", []),
    ],
)
def test_a_name_loses_what_belongs_to_nobodys_name(text: str, name: str, marks: list[Mark]) -> None:
    assert read("members", "name", text) == (name, marks)


@pytest.mark.parametrize("text", ["Ma Thị 2", "Đào/Tú", "Ma Thị Đào🙂", "(2)", "Ma A, B", "***"])
def test_what_is_no_single_name_of_letters_is_refused(text: str) -> None:
    assert "letters only" in refusal("members", "name", text)


@pytest.mark.parametrize(
    "text", ["Ma Th? Đào", "Ma Th\ufffd Đào", "LÃª VÄƒn TÃ¡m", "Leâ Vaên Taùm", "Lª V¨n T¸m"]
)
def test_letters_that_a_wrong_code_has_broken_are_never_stored(text: str) -> None:
    assert "broken" in refusal("members", "name", text)


@pytest.mark.parametrize(
    "text", ["-", "…", "nan", "NaT", "NULL", "None", "Không có", "chưa có", "#"]
)
def test_words_for_nothing_are_nothing(text: str) -> None:
    assert says_nothing(text)


@pytest.mark.parametrize("text", ["Nan", "Na", "0", "không gian", "Khuyên"])
def test_words_that_only_look_like_nothing_are_something(text: str) -> None:
    assert not says_nothing(text)


def test_errors_of_spreadsheets_are_told_from_texts() -> None:
    assert all(map(is_error, ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "=A1+B2")))
    assert not any(map(is_error, ("#1", "số 5", "N/A", "=")))


@pytest.mark.parametrize("reader", [read_count, read_people])
@pytest.mark.parametrize(
    ("text", "count"),
    [("25", 25), ("25.0", 25), ("25.00", 25), ("4.000", 4000), ("1 000", 1000), ("12.000", 12_000)],
)
def test_a_number_with_a_point_is_what_people_and_programs_mean_by_it(
    reader: Reader, text: str, count: int
) -> None:
    """Programs write 25.0 for 25; three zeros behind a point are thousands."""
    assert reader(text, lambda _mark, _message: None) == count
