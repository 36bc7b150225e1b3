"""A letter says on paper what it holds, laid out as Decree 30/2020 asks, in both its files."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import pytest

from tcns.letters.content import written_day
from tcns.letters.docx import UnusableTemplate, all_as_docx, as_docx
from tcns.letters.pdf import as_pdf
from tcns.letters.template import default_template
from tests.conventions.routes import bare_app
from tests.letters.samples import head, letter, opened, pages_of, through_office

SAID = (
    "UBND TỈNH SƠN THỦY",
    "ỦY BAN NHÂN DÂN XÃ HÒA AN",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Số: ………/BC-UBND",
    "Hòa An, ngày 05 tháng 02 năm 2026",
    "DỰ THẢO",
    "BÁO CÁO",
    "Kết quả hoạt động {{ 7 * 7 }}",
    "Thôn <Nà & 1>",
)
ENDS = ("Thôn <Nà & 60>", "Cộng", "74.040", "Nơi nhận:", "- Lưu: VT.", "Hoàng Thị Mẫn")


def test_the_printed_letter_says_everything_on_two_pages_and_numbers_the_second() -> None:
    first, second = pages_of(as_pdf(letter()))
    assert [said for said in SAID if said not in first] == []
    assert [said for said in ENDS if said not in second] == []
    assert second.startswith("2 ") and "STT" in second, "numbered, under its headings"


def test_word_file_says_the_same_once_an_office_program_printed_it(tmp_path: Path) -> None:
    pages = pages_of(through_office(as_docx(letter()), tmp_path))
    assert len(pages) == 2
    assert [said for said in SAID if said not in pages[0]] == []
    assert [said for said in ENDS if said not in pages[1]] == []
    assert pages[1].startswith("2 ") and "STT" in pages[1]


def test_word_file_has_the_margins_and_letters_of_the_decree() -> None:
    document = opened(as_docx(letter()))
    page = document.sections[0]
    assert [round(page.page_width.mm), round(page.page_height.mm)] == [210, 297]
    margins = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    assert [round(margin.mm) for margin in margins] == [20, 20, 30, 15]
    assert document.styles["Normal"].font.name == "Times New Roman"
    assert page.different_first_page_header_footer
    assert len(document.tables[1].rows) == 62


def test_no_row_is_torn_by_the_end_of_a_page_and_no_sum_begins_one() -> None:
    for rows in range(20, 36):
        pages = pages_of(as_pdf(letter(rows)))
        (with_sum,) = [page for page in pages if "Cộng 74.040" in page]
        assert f"Thôn <Nà & {rows}>" in with_sum, rows
    table = opened(as_docx(letter(3))).tables[1]
    whole = [bool(row._tr.xpath("./w:trPr/w:cantSplit")) for row in table.rows]
    assert whole == [False, *[True] * 4], "the head is repeated, the rows stay whole"
    keeps = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
    assert keeps == [None, None, None, True, None], "the last row stays with the sum"


def test_the_place_in_the_name_of_an_authority_stays_on_one_line() -> None:
    agency = letter(head=head(agency="Ủy ban nhân dân tỉnh Sơn Thủy")).as_values()["head"]["agency"]
    assert agency == "Ủy ban nhân dân tỉnh\u00a0Sơn\u00a0Thủy"


def test_a_letter_with_a_number_is_no_draft() -> None:
    (page,) = pages_of(as_pdf(letter(3, head=head(number="15"))))
    assert "Số: 15/BC-UBND" in page
    assert "DỰ THẢO" not in page


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (date(2026, 11, 29), "ngày 29 tháng 11 năm 2026"),
        (None, "ngày …… tháng …… năm ……"),
    ],
)
def test_a_day_is_written_as_officials_write_it(day: date | None, said: str) -> None:
    assert written_day(day) == said


def test_many_letters_are_written_by_one_process_in_their_order() -> None:
    letters = [letter(2, subject=f"Văn bản {n}") for n in range(12)]
    texts = ["\n".join(p.text for p in opened(one).paragraphs) for one in all_as_docx(letters)]
    assert [f"Văn bản {n}\n" in text for n, text in enumerate(texts)] == [True] * 12


def changed(change: Callable[["docx.document.Document"], None]) -> bytes:
    """The usual template with a change."""
    document = opened(default_template())
    change(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def with_entry(name: str, content: bytes) -> bytes:
    """The usual template with another file in its archive."""
    file = io.BytesIO(default_template())
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(name, content)
    return file.getvalue()


def without_body() -> bytes:
    """The usual template without the place for the text."""
    return changed(
        lambda document: next(p for p in document.paragraphs if p.text == "BODY").clear()
    )


EXTERNAL = b'<Relationships><Relationship TargetMode="External" Target="http://x"/></Relationships>'
BAD = {
    "no archive": b"%PDF-1.7",
    "macros": with_entry("word/vbaProject.bin", b"x"),
    "fetches": with_entry("word/_rels/more.xml.rels", EXTERNAL),
    "bomb": with_entry("word/media/image1.png", b"\0" * 60_000_000),
    "no body": without_body(),
    "syntax": changed(lambda document: document.add_paragraph("{{ kind")),
    "unknown word": changed(lambda document: document.add_paragraph("{{ unheard_of }}")),
    "escape": changed(
        lambda document: document.add_paragraph("{{ kind.__class__.__mro__[1].__subclasses__() }}")
    ),
    "endless": changed(
        lambda document: document.add_paragraph("{% for n in range(10**12) %}{% endfor %}")
    ),
}


@pytest.mark.parametrize("template", BAD.values(), ids=BAD.keys())
def test_a_template_that_cannot_be_used_is_refused_in_words(template: bytes) -> None:
    with bare_app().test_request_context(), pytest.raises(UnusableTemplate) as refused:
        as_docx(letter(2), template)
    assert str(refused.value.message)
    assert refused.value.field == "file"


def test_a_province_s_own_template_keeps_its_own_words() -> None:
    template = changed(lambda document: document.add_paragraph("Điện thoại: 0207 {{ kind }}"))
    text = "\n".join(p.text for p in opened(as_docx(letter(2), template)).paragraphs)
    assert "Điện thoại: 0207 Báo cáo" in text
