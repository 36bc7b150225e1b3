"""The template a document is written into when the province has put in none of its own.

It is made anew where it is needed, so that nobody has to keep a file beside the program; whoever
wants another takes this one, changes it in Word and puts it in. What stands in double braces is
replaced: single values as everywhere in docxtpl, BODY by the text with its tables, SIGNATURES by
those who sign.
"""

import io
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt
from docx.text.paragraph import Paragraph

BODY, SIGNATURES = "BODY", "SIGNATURES"
FONT = "Times New Roman"
WIDTH, HEIGHT = Mm(210), Mm(297)
TEXT_STYLE, HEADING_STYLE, CELL_STYLE = "TCNS Text", "TCNS Heading", "TCNS Cell"
SHARES = (Cm(7.2), Cm(9.3))


def default_template(*, is_landscape: bool = False) -> bytes:
    """The template as a DOCX file: A4, margins 20-20-30-15 mm, Times New Roman."""
    document = Document()
    _set_page(document, is_landscape=is_landscape)
    _set_styles(document)
    _add_head(document)
    _line(document, "{%p if head.draft %}")
    _frame(_line(document, "{{ head.draft }}", bold=True))
    _line(document, "{%p endif %}")
    title = _line(document, "{{ kind|upper }}", bold=True, size=14, centred=True)
    title.paragraph_format.space_before = Pt(12)
    _rule(_line(document, "{{ subject }}", bold=True, size=14, centred=True), Cm(6.5))
    _line(document, BODY)
    _line(document, SIGNATURES)
    _line(document, "{{ made }}", size=9)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _set_page(document: Any, *, is_landscape: bool) -> None:
    """A4 with its margins; the number of the page above the text, but not on the first."""
    section = document.sections[0]
    section.page_width, section.page_height = (HEIGHT, WIDTH) if is_landscape else (WIDTH, HEIGHT)
    section.orientation = WD_ORIENT.LANDSCAPE if is_landscape else WD_ORIENT.PORTRAIT
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = number.add_run()
        run.font.size = Pt(13)
        run._r.append(_field(kind, text))


def _field(kind: str, text: str) -> Any:
    """A part of a field that Word works out: its beginning, what it is, its end."""
    if not kind:
        element = OxmlElement("w:instrText")
        element.set(qn("xml:space"), "preserve")
        element.text = text
        return element
    element = OxmlElement("w:fldChar")
    element.set(qn("w:fldCharType"), kind)
    return element


def _set_styles(document: Any) -> None:
    """The letters of the whole document, and the styles of what is written into it."""
    normal = document.styles["Normal"]
    _set_font(normal, 13)
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)
    for name, size in ((TEXT_STYLE, 13), (HEADING_STYLE, 13), (CELL_STYLE, 11)):
        style = document.styles.add_style(name, 1)
        style.base_style = normal
        _set_font(style, size)
    for name in (TEXT_STYLE, HEADING_STYLE):
        form = document.styles[name].paragraph_format
        form.first_line_indent, form.space_after, form.line_spacing = Cm(1.27), Pt(6), 1.1
    document.styles[TEXT_STYLE].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    document.styles[HEADING_STYLE].font.bold = True
    document.styles[HEADING_STYLE].paragraph_format.keep_with_next = True


def _set_font(style: Any, size: float) -> None:
    """Times New Roman, also for the letters that Word counts as Asian."""
    style.font.name, style.font.size = FONT, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)


def _add_head(document: Any) -> None:
    """Who issues it and the number on the left, the country, place and day on the right."""
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    _drop_margins(table)
    left, right = table.rows[0].cells
    for cell, column, share in zip((left, right), table.columns, SHARES, strict=True):
        cell.width = column.width = share
    _cell_line(left, "{%p if head.superior %}")
    _cell_line(left, "{{ head.superior|upper }}", size=12)
    _cell_line(left, "{%p endif %}")
    _rule(_cell_line(left, "{{ head.agency|upper }}", size=12, bold=True), Cm(2.4))
    _cell_line(left, "{{ head.numbered }}")
    _cell_line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12, bold=True)
    _rule(_cell_line(right, "Độc lập - Tự do - Hạnh phúc", bold=True), Cm(1.7))
    _cell_line(right, "{{ head.place_and_day }}", italic=True)
    for cell in (left, right):
        cell._tc.remove(cell.paragraphs[0]._p)


def _drop_margins(table: Any) -> None:
    """Let the text of cells reach to their edges: the country's name needs the width."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        none = OxmlElement(f"w:{side}")
        none.set(qn("w:w"), "0")
        none.set(qn("w:type"), "dxa")
        margins.append(none)
    table._tbl.tblPr.append(margins)


def _cell_line(cell: Any, text: str, **looks: Any) -> Paragraph:
    """A centred line in a cell."""
    return _look(cell.add_paragraph(), text, centred=True, **looks)


def _line(document: Any, text: str, **looks: Any) -> Paragraph:
    """A line of the document."""
    return _look(document.add_paragraph(), text, **looks)


def _look(
    paragraph: Paragraph,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    size: float = 13,
    centred: bool = False,
) -> Paragraph:
    """A paragraph with its text and looks."""
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph


def _rule(paragraph: Paragraph, indent: Any) -> None:
    """A short rule below a line: a paragraph drawn in on both sides, with a border above it."""
    below = paragraph.insert_paragraph_before("")
    paragraph._p.addnext(below._p)
    below.paragraph_format.left_indent = below.paragraph_format.right_indent = indent
    below.paragraph_format.line_spacing = Pt(5)
    _border(below, "top")


def _frame(paragraph: Paragraph) -> None:
    """A frame round a line at the left."""
    for side in ("top", "left", "bottom", "right"):
        _border(paragraph, side)
    paragraph.paragraph_format.right_indent = Cm(13.2)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_before = Pt(6)


def _border(paragraph: Paragraph, side: str) -> None:
    """A line on one side of a paragraph."""
    properties = paragraph._p.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        properties.insert_element_before(
            borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
        )
    line = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "auto")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
