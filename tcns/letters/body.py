"""The text of a document written into a template: paragraphs, tables, those who sign."""

from collections.abc import Mapping
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from tcns.letters.template import BODY, CELL_STYLE, HEADING_STYLE, SIGNATURES, TEXT_STYLE

ALIGNED = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
SPACE_TO_SIGN = Pt(56)


class NoPlace(Exception):
    """The template has no line for a part; the message is the word that should stand there."""


def write_body(document: Any, values: Mapping[str, Any]) -> None:
    """Put text, tables and signatures where the template says; raises NoPlace."""
    writer = Writer(document, _place(document, BODY))
    for ground in values["grounds"]:
        writer.paragraph(ground, TEXT_STYLE, is_italic=True)
    for section in values["sections"]:
        writer.section(section)
    writer.done()
    writer = Writer(document, _place(document, SIGNATURES))
    writer.signatures(values["receivers"], values["signatures"])
    writer.done()


def _place(document: Any, word: str) -> Paragraph:
    """The line of the template that holds this word alone."""
    paragraphs: list[Paragraph] = document.paragraphs
    for paragraph in paragraphs:
        if paragraph.text.strip() == word:
            return paragraph
    raise NoPlace(word)


class Writer:
    """Writes what comes before one line of a document, which goes when all is written."""

    def __init__(self, document: Any, place: Paragraph) -> None:
        self.document, self.place = document, place
        # Found once: python-docx looks through all styles for each paragraph.
        self.styles = {style.name: style.style_id for style in document.styles}
        section = document.sections[-1]
        self.width = section.page_width - section.left_margin - section.right_margin

    def done(self) -> None:
        """Take the line away."""
        self.place._p.getparent().remove(self.place._p)

    def section(self, section: Mapping[str, Any]) -> None:
        """A part of the text."""
        if section["heading"]:
            self.paragraph(section["heading"], HEADING_STYLE, is_bold=True)
        for text in section["paragraphs"]:
            self.paragraph(text, TEXT_STYLE)
        for table in section["tables"]:
            self.table(table)

    def paragraph(
        self, text: str, style: str, *, is_bold: bool = False, is_italic: bool = False
    ) -> Paragraph:
        """A paragraph in a style of the template, or in its usual one."""
        written: Paragraph = self.place.insert_paragraph_before("")
        if style in self.styles:
            written._p.style = self.styles[style]
        run = written.add_run(text)
        run.bold, run.italic = is_bold or None, is_italic or None
        return written

    def table(self, table: Mapping[str, Any]) -> None:
        """A table with a heading on every page it reaches."""
        if table["caption"]:
            caption = self.paragraph(table["caption"], CELL_STYLE, is_bold=True)
            caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
            caption.paragraph_format.keep_with_next = True
        columns = table["columns"]
        rows = [*table["rows"], *([table["total"]] if table["total"] else [])]
        drawn = self._grid(1 + len(rows), [column["share"] for column in columns])
        self._fill(drawn.rows[0], [(c["title"], "center") for c in columns], is_bold=True)
        _repeat(drawn.rows[0])
        aligns = [column["align"] for column in columns]
        for number, row in enumerate(rows, start=1):
            is_total = bool(table["total"]) and number == len(rows)
            self._fill(drawn.rows[number], list(zip(row, aligns, strict=True)), is_bold=is_total)
            _stay_whole(drawn.rows[number])
            if table["total"] and number == len(rows) - 1:
                _stay_with_next(drawn.rows[number])
        note = self.paragraph(table["note"], CELL_STYLE, is_italic=True)
        note.paragraph_format.space_after = Pt(6)

    def signatures(self, receivers: list[str], signatures: list[Mapping[str, Any]]) -> None:
        """Receivers beside the one who signs; several who sign beside each other."""
        count = 2 if len(signatures) == 1 else len(signatures)
        grid = self._grid(1, [1] * count, has_lines=False)
        cells = grid.rows[0].cells
        _stay_whole(grid.rows[0])
        if len(signatures) == 1:
            _receivers(cells[0], receivers)
            cells = cells[1:]
        for cell, signature in zip(cells, signatures, strict=True):
            _signature(cell, signature)

    def _grid(self, rows: int, shares: list[float], *, has_lines: bool = True) -> Table:
        """A table as wide as the text, before the line."""
        table: Table = self.document.add_table(rows=rows, cols=len(shares))
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        if has_lines:
            _draw_lines(table)
        whole = sum(shares)
        for column, share in zip(table.columns, shares, strict=True):
            column.width = int(self.width * share / whole)
        for row in table.rows:
            for cell, share in zip(row.cells, shares, strict=True):
                cell.width = int(self.width * share / whole)
        self.place._p.addprevious(table._tbl)
        return table

    def _fill(self, row: Any, cells: list[tuple[str, str]], *, is_bold: bool) -> None:
        """A row's texts in its cells."""
        for cell, (text, align) in zip(row.cells, cells, strict=True):
            paragraph = cell.paragraphs[0]
            if CELL_STYLE in self.styles:
                paragraph._p.style = self.styles[CELL_STYLE]
            paragraph.alignment = ALIGNED[align]
            paragraph.add_run(text).bold = is_bold or None


def _receivers(cell: Any, receivers: list[str]) -> None:
    """Who receives the document."""
    first = cell.paragraphs[0]
    if receivers:
        run = first.add_run("Nơi nhận:")
        run.bold, run.italic, run.font.size = True, True, Pt(12)
    for place, receiver in enumerate(receivers, start=1):
        ending = "." if place == len(receivers) else ";"
        cell.add_paragraph().add_run(f"- {receiver}{ending}").font.size = Pt(11)


def _signature(cell: Any, signature: Mapping[str, Any]) -> None:
    """The lines of who signs, the space, and the name."""
    lines = list(signature["lines"])
    for place, text in enumerate(lines or [""]):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(text).bold = True
    name = cell.add_paragraph()
    name.alignment = WD_ALIGN_PARAGRAPH.CENTER
    name.paragraph_format.space_before = SPACE_TO_SIGN
    name.add_run(signature["name"]).bold = True


def _draw_lines(table: Table) -> None:
    """Lines round every cell, whatever table styles the template has."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "auto")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)


def _repeat(row: Any) -> None:
    """Let a row stand again at the top of every page that the table reaches."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _stay_with_next(row: Any) -> None:
    """Let no page begin with the row that follows: a sum stands below something."""
    for cell in row.cells:
        cell.paragraphs[0].paragraph_format.keep_with_next = True


def _stay_whole(row: Any) -> None:
    """Let no page end within a row."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
