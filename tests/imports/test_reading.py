"""A file is read in a process of its own: what is in it, or one clear line on why not."""

import io
import zipfile
from datetime import date

import pytest
from xlsxwriter import Workbook

from tcns.spreadsheets.reading import LARGEST_FILE, Fault, SheetRow, Unreadable, read_sheets
from tests.imports.broken import open_document
from tests.imports.files import workbook


def rows(content: bytes, name: str = "danh sach.xlsx") -> list[SheetRow]:
    (sheet,) = read_sheets(content, name)
    return sheet.rows


def fault(content: bytes, name: str = "danh sach.xlsx") -> Fault:
    with pytest.raises(Unreadable) as raised:
        read_sheets(content, name)
    return raised.value.fault


def archive(**entries: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries.items():
            packed.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def in_directory(content: bytes, changed: dict[int, int]) -> bytes:
    """The archive with other bytes, by place, in the first record of its directory."""
    begins, other = content.index(b"PK\x01\x02"), bytearray(content)
    for place, byte in changed.items():
        other[begins + place] = byte
    return bytes(other)


def test_cells_are_text_as_people_read_it_under_the_numbers_excel_shows() -> None:
    file = workbook(
        [], ["Tên", "Ngày"], [], ["An", date(2024, 5, 1), 912345678, 2.5], [None, None, "b"]
    )
    assert rows(file) == [
        SheetRow(2, ["Tên", "Ngày"]),
        SheetRow(4, ["An", "01/05/2024", "912345678", "2.5"]),
        SheetRow(5, ["", "", "b"]),
    ]


def test_a_cell_merged_downwards_says_the_same_in_each_row() -> None:
    file = workbook(["Tổ", "Tên"], ["Tổ 1", "An"], [None, "Bình"], merged=["A2:A3"])
    assert [row.cells for row in rows(file)] == [["Tổ", "Tên"], ["Tổ 1", "An"], ["Tổ 1", "Bình"]]


def test_cells_merged_downwards_are_known_in_open_documents_as_well() -> None:
    name, content = open_document(merged_rows=3)
    assert [row.cells for row in rows(content, name)] == [["Họ tên", "Thôn"]] + [["An", "Nà"]] * 3


def test_hidden_sheets_are_not_read_and_formulas_without_a_value_are_nothing() -> None:
    file = io.BytesIO()
    with Workbook(file) as book:
        page, hidden = book.add_worksheet("A"), book.add_worksheet("B")
        page.write_row(0, 0, ["x", "y"])
        page.write_formula(1, 0, "=SUM(1,2)", None, "")
        hidden.write(0, 0, "unseen")
        hidden.hide()
    sheet, hidden_sheet = read_sheets(file.getvalue(), "a.xlsx")
    assert (hidden_sheet.is_hidden, hidden_sheet.rows) == (True, [])
    assert sheet.rows == [SheetRow(1, ["x", "y"])]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_separated_values_are_read_whatever_separates_them(sign: str, encoding: str) -> None:
    text = f'Họ tên{sign}Thôn\r\n"Đỗ{sign} An"{sign}Nà\r\n'
    assert rows(text.encode(encoding), "a.csv")[1].cells == [f"Đỗ{sign} An", "Nà"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Họ tên|Thôn\nLý A|Nà\n", [["Họ tên", "Thôn"], ["Lý A", "Nà"]]),
        ('Họ tên,Thôn\n"Lý; A; B","Nà; x; y"\n', [["Họ tên", "Thôn"], ["Lý; A; B", "Nà; x; y"]]),
        (
            "XÃ A, HUYỆN B, TỈNH C\nHọ tên;Thôn\nLý;Nà\n",
            [["XÃ A, HUYỆN B, TỈNH C"], ["Họ tên", "Thôn"], ["Lý", "Nà"]],
        ),
        ("a,b\tc,d\ne,f\tg\nh\ti\n", [["a,b", "c,d"], ["e,f", "g"], ["h", "i"]]),
        ("Họ tên,Thôn\rLý,Nà\rMa,Nà\r", [["Họ tên", "Thôn"], ["Lý", "Nà"], ["Ma", "Nà"]]),
        ('Họ tên,Thôn\nLý,loa 6" cũ\n', [["Họ tên", "Thôn"], ["Lý", 'loa 6" cũ']]),
        ('Họ tên,Thôn\n"Lý\nA",Nà\n', [["Họ tên", "Thôn"], ["Lý\nA", "Nà"]]),
    ],
)
def test_the_separator_is_the_one_that_gives_a_row_of_headings(
    text: str, expected: list[list[str]]
) -> None:
    assert [row.cells for row in rows(text.encode(), "a.csv")] == expected


def test_a_quote_that_never_closes_takes_no_row_below_it() -> None:
    text = 'Họ tên;Thôn\nLý;Nà\n"Ma;Nà\nLò;"Nà\nVi;Nà\n'
    cells = [row.cells for row in rows(text.encode(), "a.csv")]
    assert cells[1:] == [["Lý", "Nà"], ['"Ma', "Nà"], ["Lò", '"Nà'], ["Vi", "Nà"]]


def test_errors_and_formulas_without_a_result_show_as_what_they_are() -> None:
    file = io.BytesIO()
    with Workbook(file) as book:
        page = book.add_worksheet("A")
        page.write_row(0, 0, ["x", "y", "z", "v", "w"])
        page.write_string(1, 0, "An")
        page.write_formula(1, 1, "=VLOOKUP(A2,B:B,1)", None, "#N/A")
        page.write_formula(1, 2, '=A2&"<"', None, "")
        page.write_formula(1, 3, "=1+1", None, 2)
        page.write_formula(1, 4, "=1/0", None, "#DIV/0!")
    assert rows(file.getvalue())[1].cells == ["An", "#N/A", '=A2&"<"', "2", "#DIV/0!"]


def test_of_a_hidden_sheet_its_name_is_told_and_no_row() -> None:
    file = io.BytesIO()
    with Workbook(file) as book:
        for name in ("A", "Ẩn", "Trống"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, () if name == "Trống" else ("Họ và tên", "Thôn"))
        book.get_worksheet_by_name("Ẩn").very_hidden()
    told = [
        (one.name, len(one.rows), one.is_hidden) for one in read_sheets(file.getvalue(), "a.xlsx")
    ]
    assert told == [("A", 1, False), ("Ẩn", 0, True), ("Trống", 0, False)]


def test_the_cells_that_a_merged_cell_was_written_into_are_told() -> None:
    file = workbook(["Tổ", "Tên"], ["Tổ 1", "An"], [None, "Bình"], [None, "Chi"], merged=["A2:A4"])
    (sheet,) = read_sheets(file, "a.xlsx")
    assert sheet.merged == {(3, 0), (4, 0)}
    name, content = open_document(merged_rows=3)
    (sheet,) = read_sheets(content, name)
    assert sheet.merged == {(3, 1), (4, 1)}


def test_decomposed_letters_are_composed() -> None:
    assert rows("Ho\u0323 te\u0302n;x".encode(), "a.csv")[0].cells == ["Họ tên", "x"]


WORKBOOK = workbook(["a"])
OF_A_VERSION_TO_COME = in_directory(WORKBOOK, {6: 0xFF})
WITH_A_NAME_IN_NO_ENCODING = in_directory(WORKBOOK, {9: 0x08, 46: 0xFF})
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (b"", "a.xlsx", Fault.EMPTY),
        (workbook(), "a.xlsx", Fault.EMPTY),
        (b"x" * (LARGEST_FILE + 1), "a.csv", Fault.SIZE),
        (b"%PDF-1.7 ...", "a.xlsx", Fault.TYPE),
        (b"<html><table><tr><td>a</td></tr></table></html>", "a.xls", Fault.TYPE),
        (b"\x89PNG\r\n\x1a\n\0\0", "a.csv", Fault.TYPE),
        (archive(word__document=b"<w/>"), "a.xlsx", Fault.TYPE),
        (archive(), "a.xlsx", Fault.TYPE),
        (COMPOUND, "a.doc", Fault.TYPE),
        (COMPOUND + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", Fault.PASSWORD),
        (COMPOUND + "Workbook".encode("utf-16-le"), "a.xls", Fault.DAMAGED),
        (WORKBOOK[:-40], "a.xlsx", Fault.DAMAGED),
        (WORKBOOK[:400], "a.xlsx", Fault.DAMAGED),
        (OF_A_VERSION_TO_COME, "a.xlsx", Fault.DAMAGED),
        (WITH_A_NAME_IN_NO_ENCODING, "a.xlsx", Fault.DAMAGED),
        ("Họ tên".encode()[:-1] + b"\xff", "a.csv", Fault.ENCODING),
        ("Đỗ Văn Ân".encode("cp1258", "ignore") + b"\xd2\xe2", "a.csv", Fault.ENCODING),
        (workbook(["x"] * 61), "a.xlsx", Fault.EXTENT),
        (b"a\n" * 30_001, "a.csv", Fault.EXTENT),
        (archive(**{"xl/workbook.xml": b"0" * 120_000_000}), "a.xlsx", Fault.EXTENT),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_own_word(
    content: bytes, name: str, expected: Fault
) -> None:
    assert fault(content, name) is expected


def test_a_cell_at_the_far_end_of_a_sheet_takes_no_memory_from_anybody() -> None:
    file = io.BytesIO()
    with Workbook(file) as book:
        page = book.add_worksheet()
        page.write(0, 0, "a")
        page.write(1_048_575, 16_383, "b")
    assert fault(file.getvalue()) is Fault.EXTENT
