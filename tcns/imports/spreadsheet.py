"""Files about importing: the template of a kind, and the rows of a file that are wrong."""

from collections.abc import Mapping, Sequence
from tempfile import TemporaryFile
from typing import IO, Any

from xlsxwriter import Workbook

from tcns.areas.vocabulary import Level
from tcns.i18n import gettext as _
from tcns.i18n import lazy_gettext as _l
from tcns.imports.checking import number_of
from tcns.imports.headings import Layout, is_reason
from tcns.imports.models import ImportRow
from tcns.imports.rows.area_matching import PlaceNames
from tcns.imports.rows.fields import FileKind, ImportField
from tcns.permissions.scope import Scope

LONGEST_SHEET_NAME = 31
# What is added to rows that go back, in the last columns.
ADDED_HEADINGS = (_l("Reason for the error"), _l("Understood as"))
LAST_ROW = 5000  # so far down the choices are offered
MOST_CHOICES = 2000
HEADING = {
    "bold": True,
    "border": 1,
    "text_wrap": True,
    "valign": "vcenter",
    "bg_color": "#EAEEF2",
}
PLACES = {"village": Level.VILLAGE, "commune": Level.COMMUNE}


def write_template(kind: FileKind, scope: Scope) -> IO[bytes]:
    """An empty file of a kind: headings, choices where there are any, and how to fill it in."""
    file = TemporaryFile()  # noqa: SIM115 - the answer closes it when it is sent
    with Workbook(file) as book:
        Template(book, kind, scope).write()
    file.seek(0)
    return file


class Template:
    """Writes the sheets of a template into a workbook."""

    def __init__(self, book: Workbook, kind: FileKind, scope: Scope) -> None:
        self.book, self.kind, self.scope = book, kind, scope
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.heading = book.add_format(
            {
                "bold": True,
                "border": 1,
                "text_wrap": True,
                "valign": "vcenter",
                "bg_color": "#EAEEF2",
            }
        )
        self.text = book.add_format({"num_format": "@"})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top", "border": 1})

    def write(self) -> None:
        """The list itself, the instructions, and unseen what can be chosen."""
        page = self.book.add_worksheet(_("List"))
        self._write_instructions()
        self._write_list(page)

    def _write_list(self, page: Any) -> None:
        """A title, the headings, the rows to be filled in; text stays text, zeros stay."""
        page.write_string(0, 0, str(self.kind.kind.label), self.title)
        page.write_string(1, 0, _("A column with * must be filled in. Delete no heading."))
        page.freeze_panes(4, 0)
        for place, field in enumerate(self.kind.fields):
            mark = " *" if field.required else ""
            page.write_string(3, place, f"{field.label}{mark}", self.heading)
            page.set_column(place, place, field.width, self.text)
        for index, row in enumerate(self.kind.sample(self.scope), start=4):
            for place, field in enumerate(self.kind.fields):
                if (value := row.get(field.name)) is not None:
                    page.write_string(index, place, str(value), self.text)
        self._offer_choices(page)

    def _offer_choices(self, page: Any) -> None:
        """Drop-downs over the columns with few words, kept on a sheet that is not shown."""
        words = self.book.add_worksheet(_("Words"))
        words.hide()
        for place, field in enumerate(self.kind.fields):
            offered = self._words_of(field)
            for index, word in enumerate(offered):
                words.write_string(index, place, word)
            if offered:
                source = f"='{words.name}'!{_range(place, len(offered))}"
                rule = {"validate": "list", "source": source, "error_type": "warning"}
                page.data_validation(4, place, LAST_ROW, place, rule)

    def _words_of(self, field: ImportField) -> Sequence[str]:
        """What can be chosen in a column: words of the field, or the areas of the scope."""
        if field.name not in PLACES:
            return field.words()
        names = PlaceNames(self.scope).names(PLACES[field.name])
        return names if len(names) <= MOST_CHOICES else ()

    def _write_instructions(self) -> None:
        """A line for each column: what it is called, whether it must be filled in, and how."""
        page = self.book.add_worksheet(_("Instructions"))
        for place, width in enumerate((26, 16, 70)):
            page.set_column(place, place, width)
        for place, heading in enumerate((_("Column"), _("Must be filled in"), _("How"))):
            page.write_string(0, place, heading, self.heading)
        for index, field in enumerate(self.kind.fields, start=1):
            needed = _("yes") if field.required else ""
            for place, text in enumerate((str(field.label), needed, str(field.hint))):
                page.write_string(index, place, text, self.wrapped)


def _range(place: int, count: int) -> str:
    """The first cells of a column, as a formula names them."""
    letter = chr(ord("A") + place)
    return f"${letter}$1:${letter}${count}"


def write_rows_back(
    kind: FileKind, layouts: Sequence[Layout], rows: Sequence[ImportRow]
) -> IO[bytes]:
    """Some rows of a file in its own layout, sheet by sheet, each with what is wrong and what was
    understood; corrected, the very file can be uploaded again."""
    file = TemporaryFile()  # noqa: SIM115 - the answer closes it when it is sent
    found = {row.number: row for row in rows}
    with Workbook(file, {"constant_memory": True}) as book:
        heading = book.add_format(HEADING)
        wrong = book.add_format({"font_color": "#A3161D", "text_wrap": True})
        text = book.add_format({"num_format": "@"})
        for place, layout in enumerate(layouts):
            kept = [
                (row.cells, found[number_of(place, row)])
                for row in layout.rows
                if number_of(place, row) in found
            ]
            if kept:
                page = book.add_worksheet(layout.sheet[:LONGEST_SHEET_NAME])
                columns = [at for at, name in enumerate(layout.headings) if not is_reason(name)]
                page.set_column(0, len(columns) - 1, 18, text)
                page.set_column(len(columns), len(columns) + 1, 50)
                page.freeze_panes(1, 0)
                names = [layout.headings[at] for at in columns]
                for at, name in enumerate([*names, *(str(word) for word in ADDED_HEADINGS)]):
                    page.write_string(0, at, name, heading)
                for line, (cells, row) in enumerate(kept, start=1):
                    for at, column in enumerate(columns):
                        page.write_string(line, at, cells[column] if column < len(cells) else "")
                    page.write_string(line, len(columns), reason_of(row), wrong)
                    page.write_string(line, len(columns) + 1, in_one_cell(kind, row.understood))
    file.seek(0)
    return file


def in_one_cell(kind: FileKind, understood: Mapping[str, Any]) -> str:
    """What was understood of a row, in one cell; nothing where it cannot be stored yet."""
    shown = [(column.label, column.words(understood)) for column in kind.shown] * bool(understood)
    return "; ".join(f"{label}: {text}" for label, text in shown if text)


def reason_of(row: ImportRow) -> str:
    """What is wrong with a row, in one cell."""
    return " ".join(problem["message"] for problem in row.problems)
