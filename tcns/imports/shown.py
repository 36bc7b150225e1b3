"""What a page shows of the rows of a file: what will be stored, and what the cells say instead."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from tcns.i18n import gettext as _
from tcns.i18n import ngettext
from tcns.imports.checking import ROWS_OF_A_SHEET
from tcns.imports.models import Import, ImportRow
from tcns.imports.rows.fields import FileKind, ShownColumn
from tcns.imports.rows.questions import Question, decided_of
from tcns.imports.vocabulary import Mark, Outcome, ProblemKind, RowAnswer

# How a cell looks, by the most telling of its marks; what needs eyes goes before what does not.
TONES = {
    Mark.GUESSED: "guess",
    Mark.SHORTENED: "guess",
    Mark.REWRITTEN: "wrote",
    Mark.ANSWERED: "answer",
}
MOST_NUMBERS = 5
# The rows of which a cell may be left unread: nothing of them is stored as they stand.
NOT_READ = (Outcome.ERROR, Outcome.QUESTION, Outcome.REFUSED)


class ShownNote(NamedTuple):
    """A mark: its look, its word, and why."""

    tone: str
    word: str
    message: str


class Entry(NamedTuple):
    """A cell to be typed over: its field, what the field is called, what stands there."""

    name: str
    label: str
    text: str


class ShownCell(NamedTuple):
    """A column of a row: what will be stored, what is on file instead, what the cells say, and
    what is wrong with them."""

    label: str
    text: str
    old: str | None
    said: str
    notes: Sequence[ShownNote]
    problems: Sequence[str]
    entries: Sequence[Entry]
    tone: str


class ShownRow(NamedTuple):
    """A row of a file with its cells, and what is said of it as a whole."""

    number: int
    place: str
    outcome: Outcome | None
    waits: str
    remarks: Sequence[str]
    cells: Sequence[ShownCell]
    decided: RowAnswer | None
    acts: Sequence[RowAnswer]


class RowsInWords:
    """Says the rows of one import in words."""

    def __init__(self, one: Import, kind: FileKind, questions: Sequence[Question]) -> None:
        self.one, self.kind = one, kind
        self.labels = {field.name: str(field.label) for field in kind.fields}
        self.sheets = [sheet["name"] for sheet in one.sheets if sheet.get("is_taken")]
        self.numbers = {question.key: n for n, question in enumerate(questions, start=1)}
        self.shown_fields = {name for column in kind.shown for name in column.fields}

    def row(self, row: ImportRow, *, is_open: bool) -> ShownRow:
        """A row as the page shows it; cells are typed over while the file is `is_open`."""
        numbers = [str(self.numbers[key]) for key in row.waits if key in self.numbers]
        decided = decided_of(self.one.answers, row.number)
        return ShownRow(
            row.number,
            self.place(row.number),
            row.found,
            ", ".join(numbers),
            self._remarks(row),
            [self._cell(row, column, is_open=is_open) for column in self.kind.shown],
            decided,
            acts_on(row, decided) if is_open else (),
        )

    def place(self, number: int) -> str:
        """Where a row is in the file: its number, of further sheets with the name of the sheet."""
        sheet, at = divmod(number, ROWS_OF_A_SHEET)
        if not sheet or sheet >= len(self.sheets):
            return str(at)
        return _("%(row)s (%(sheet)s)", row=at, sheet=self.sheets[sheet])

    def rows(self, numbers: Sequence[int]) -> str:
        """Some rows, the first of them by their numbers."""
        if not numbers:
            return ""
        first = ", ".join(self.place(number) for number in numbers[:MOST_NUMBERS])
        left = len(numbers) - MOST_NUMBERS
        if left <= 0:
            return _("Rows %(rows)s.", rows=first)
        return ngettext(
            "Rows %(rows)s and %(num)s other.",
            "Rows %(rows)s and %(num)s others.",
            left,
            rows=first,
        )

    def _remarks(self, row: ImportRow) -> list[str]:
        """What is said of the row as a whole: likeness, why it is none, what has no column."""
        own = [
            problem
            for problem in row.problems
            if not is_error(problem) or problem["column"] not in self.shown_fields
        ]
        return [problem["message"] for problem in own]

    def _cell(self, row: ImportRow, column: ShownColumn, *, is_open: bool) -> ShownCell:
        """One column of a row."""
        wrong = [
            each for each in row.problems if is_error(each) and each["column"] in column.fields
        ]
        names = list(dict.fromkeys(problem["column"] for problem in wrong)) if is_open else []
        texts = [row.cells[name] for name in column.fields if row.cells.get(name)]
        text = column.words(row.understood) if row.understood else " · ".join(texts)
        notes = [self._note(note) for note in row.notes if note["column"] in column.fields]
        is_unread = not text and row.found in NOT_READ
        if not notes and not is_unread and not is_literal(texts, text):
            notes = [ShownNote(TONES[Mark.REWRITTEN], str(Mark.REWRITTEN.label), "")]
        olds = [
            row.changes[name][0] or _("nothing") for name in column.fields if name in row.changes
        ]
        return ShownCell(
            str(column.label),
            text,
            ", ".join(olds) if olds else None,
            " · ".join(texts) if row.understood and (notes or is_unread) else "",
            notes,
            [problem["message"] for problem in wrong],
            [Entry(name, self.labels[name], row.cells.get(name, "")) for name in names],
            tone_of(row, column, notes, is_wrong=bool(wrong)),
        )

    def _note(self, note: Mapping[str, str]) -> ShownNote:
        """A mark in words; by an answer with the number of its question."""
        mark, number = Mark(note["mark"]), self.numbers.get(note.get("key", ""))
        word = _("question %(number)s", number=number) if number else str(mark.label)
        return ShownNote(TONES[mark], word, note["message"])


def is_error(problem: Mapping[str, Any]) -> bool:
    """Whether a problem that was kept forbids to import its row."""
    return ProblemKind(problem["kind"]).is_error


def is_literal(texts: Sequence[str], text: str) -> bool:
    """Whether what will be stored says all that the cells say, in their own words; a phone's
    figures stand apart otherwise."""
    said = without_spaces(text)
    return all(without_spaces(each) in said for each in texts)


def without_spaces(text: str) -> str:
    """A text by its letters and figures alone, in small letters."""
    return "".join(text.split()).casefold()


def tone_of(
    row: ImportRow, column: ShownColumn, notes: Sequence[ShownNote], *, is_wrong: bool
) -> str:
    """How a cell looks."""
    if is_wrong:
        return "wrong"
    tones = {note.tone for note in notes}
    found = next((tone for tone in ("guess", "wrote", "answer") if tone in tones), "")
    return found or ("wrote" if any(name in row.changes for name in column.fields) else "")


def acts_on(row: ImportRow, decided: RowAnswer | None) -> list[RowAnswer]:
    """What can be decided of a row: which person is meant, whether it is one, to leave it out."""
    offered: dict[Outcome | None, list[RowAnswer]] = {
        Outcome.DUPLICATE: [RowAnswer.SAME, RowAnswer.OTHER, RowAnswer.LEAVE_OUT],
        Outcome.ERROR: [RowAnswer.LEAVE_OUT],
        Outcome.REFUSED: [RowAnswer.TAKE] if any(row.cells.values()) else [],
    }
    return [] if decided else offered.get(row.found, [])
