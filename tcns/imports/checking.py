"""Checking the rows of a file: what each means, and what taking it in would do.

Nothing is written, and what is on file is read with a few questions, however many rows there are.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from tcns.errors import RuleViolation
from tcns.i18n import enter_message
from tcns.i18n import gettext as _
from tcns.imports.headings import Layout
from tcns.imports.rows.carried_down import CarriedDown
from tcns.imports.rows.cells import ListReader, is_error, says_nothing, taken_as_empty
from tcns.imports.rows.encodings import Encodings
from tcns.imports.rows.fields import FileKind, ImportField
from tcns.imports.rows.name_cells import names_nobody
from tcns.imports.rows.noted_changes import NotedChanges
from tcns.imports.rows.questions import FIELD, Answers, Question, decided_of
from tcns.imports.rows.results import Finding, Progress, in_silence
from tcns.imports.rows.spellings import Spellings
from tcns.imports.vocabulary import TO_LOOK_AT, Mark, Outcome, ProblemKind, RowAnswer
from tcns.permissions.scope import Scope
from tcns.spreadsheets.reading import SheetRow
from tcns.vietnamese import clean, normalise

STEP = 500
DECIDED_DUPLICATES = (RowAnswer.SAME, RowAnswer.OTHER)
ROWS_OF_A_SHEET = 100_000
PAGE_MARK = re.compile(r"(trang \d+|page \d+|\(?(tiếp theo|tiếp|cont)\b|\d+\s*/\s*\d+$)")
TOTALS = re.compile(
    r"(tổng cộng|tong cong|tổng số|tong so|cộng dồn|cộng|tổng|total)"
    r"\s*([:.(\d]|$|toàn|chung|người|hộ|thôn|tổ|thành viên|members|teams)"
)
BELOW_THE_LIST = re.compile(
    r"(người lập|ngày \d* ?\.* ?tháng|.*, ngày .*tháng|tm\. ?|t/m |chủ tịch|kt\. ?|nơi nhận|ký tên|"
    r"xác nhận|\(ký|ghi chú:|lưu ý:)"
)


class Read(NamedTuple):
    """What was found of the rows of a file, and what is asked of it as a whole."""

    findings: list[Finding]
    questions: list[Question]


class Contents(NamedTuple):
    """What a file consists of, as pages tell it: all its sheets, and the columns left out."""

    sheets: Sequence[dict[str, Any]]
    columns: Sequence[dict[str, Any]]


NO_CONTENTS = Contents((), ())


@dataclass(frozen=True)
class FileToCheck:
    """The sheets of a file that are taken, what was answered, cells typed over by number, and
    what else is in the file."""

    kind: FileKind
    layouts: Sequence[Layout]
    answers: Answers = field(default_factory=dict)
    corrected: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    questions: Sequence[Question] = ()
    contents: Contents = NO_CONTENTS

    @property
    def open_fields(self) -> list[str]:
        """The keys of the fields of which it is still asked which column holds them."""
        asked = (each for each in self.questions if each.key.startswith(FIELD))
        return [question.key for question in asked if not question.is_answered_by(self.answers)]


def check_file(file: FileToCheck, scope: Scope, progress: Progress = in_silence) -> Read:
    """What is found of each row of a file, for somebody who may write within a scope."""
    kind, answers = file.kind, file.answers
    findings, carried = read_rows(file)
    questions = [*file.questions, *carried]
    total, spellings = len(findings), Spellings(answers)
    for done, finding in enumerate(findings):
        if done % STEP == 0:
            progress(done, total)
        read_cells(kind, finding, spellings, file.open_fields)
    spellings.settle()
    questions += spellings.questions()
    matched = {name for layout in file.layouts for name in layout.matching}
    asked = (*kind.defaults, *kind.asked(scope, answers))
    defaults = [default for default in asked if default.field not in matched]
    for default in defaults:
        default.offer(findings, answers)
    kind.register(scope).match(findings)
    for default in defaults:
        if rows := [finding.number for finding in findings if default.key in finding.used]:
            questions.append(default.question(rows))
    for finding in findings:
        decide(finding, answers)
        settle(finding)
    progress(total, total)
    return Read(findings, questions)


def read_rows(file: FileToCheck) -> Read:
    """The rows of a file with the cells of their fields, and what they take from rows above."""
    findings: list[Finding] = []
    carried = CarriedDown([each.name for each in file.kind.fields], file.answers)
    encodings, noted = Encodings(file.answers), NotedChanges(file.answers)
    for place, layout in enumerate(file.layouts):
        own = [row_of(file, layout, row, place) for row in layout.rows]
        if file.kind.notes_tell:
            read_remarks(layout, own)
        encodings.take([(finding, raw_cells(layout, finding, file)) for finding in own])
        for finding in own:
            noted.take(finding)
            finding.cells |= file.corrected.get(finding.number, {})
        carried.begin_sheet()
        for finding in own:
            carried.take(finding)
        findings += own
    asked = [*encodings.questions(), *carried.questions(), *noted.questions()]
    return Read(findings, asked)


def read_remarks(layout: Layout, findings: Sequence[Finding]) -> None:
    """What the column of notes says of each row."""
    place = layout.note_place
    for finding in findings:
        if place is not None and place < len(finding.all_cells):
            finding.remark = normalise(finding.all_cells[place]) or ""


def raw_cells(layout: Layout, finding: Finding, file: FileToCheck) -> dict[str, str]:
    """The cells of a row's fields as they stand in the file, but for those typed over."""
    typed = file.corrected.get(finding.number, {})
    return {
        name: finding.all_cells[place]
        for name, place in layout.matching.items()
        if place < len(finding.all_cells) and name not in typed and name not in layout.joins
    }


def decide(finding: Finding, answers: Answers) -> None:
    """Let a possible duplicate be what somebody said of this very row."""
    decided = decided_of(answers, finding.number)
    if finding.outcome is not Outcome.DUPLICATE or decided not in DECIDED_DUPLICATES:
        return
    if decided is RowAnswer.SAME:
        finding.write, finding.outcome = finding.write_if_same, finding.outcome_if_same
    elif finding.write:
        finding.outcome = Outcome.NEW
    else:
        message = _("This file adds nobody: only a person on file can be meant.")
        finding.note("name", ProblemKind.UNKNOWN, message)
    finding.mark("name", Mark.ANSWERED, decided.label if decided else "")


def settle(finding: Finding) -> None:
    """What becomes of a row in the end: wrong, waiting for an answer, or as it was matched."""
    if finding.is_wrong:
        finding.outcome, finding.write, finding.changes = Outcome.ERROR, None, {}
    elif finding.waits:
        finding.outcome, finding.write, finding.changes = Outcome.QUESTION, None, {}


def count_outcomes(findings: Sequence[Finding]) -> dict[str, int]:
    """How many rows have each outcome."""
    counts = Counter(finding.outcome for finding in findings)
    return {outcome.value: counts[outcome] for outcome in Outcome}


def count_marks(findings: Sequence[Finding]) -> dict[str, int]:
    """How many cells will be stored otherwise than they are written, by how; and of `rows` with
    such a guess how many that need no look for another reason."""
    counts = Counter(note.mark for finding in findings for note in finding.notes)
    rows = sum(finding.doubts > 0 and finding.outcome not in TO_LOOK_AT for finding in findings)
    return {mark.value: counts[mark] for mark in Mark} | {"rows": rows}


def row_of(file: FileToCheck, layout: Layout, row: SheetRow, sheet: int = 0) -> Finding:
    """A row with the cells of its fields; one that is none of the list is refused, unless somebody
    said that it is one, and so is one that somebody leaves out.

    Rows of a further sheet are numbered on from a round number: sheet by sheet, row by row.
    """
    cells = {
        name: normalise(row.cells[place]) or "" if place < len(row.cells) else ""
        for name, place in layout.matching.items()
    }
    for name, places in layout.joins.items():
        parts = [normalise(row.cells[place]) for place in places if place < len(row.cells)]
        cells[name] = " ".join(filter(None, parts))
    for name, place in layout.fills.items():
        if not cells.get(name) and place < len(row.cells):
            cells[name] = normalise(row.cells[place]) or ""
    merged = [n for n, place in layout.matching.items() if (row.number, place) in layout.merged]
    finding = Finding(number_of(sheet, row), cells, all_cells=row.cells, merged=merged)
    for name, message in layout.remarks.items():
        finding.mark(name, Mark.REWRITTEN, message)
    decided = decided_of(file.answers, finding.number)
    reason = None if decided is RowAnswer.TAKE else why_no_row(file.kind, layout, row, cells)
    if decided is RowAnswer.LEAVE_OUT:
        reason = _("Left out by your decision.")
    if reason:
        finding.note("", ProblemKind.NO_ROW, reason)
        finding.settle(Outcome.REFUSED)
    return finding


def number_of(sheet: int, row: SheetRow) -> int:
    """The number of a row in a file of several sheets: in the first as Excel shows it."""
    return sheet * ROWS_OF_A_SHEET + row.number


def read_cells(
    kind: FileKind, finding: Finding, spellings: Spellings, open_fields: Sequence[str] = ()
) -> None:
    """What the cells of a row mean; what cannot be understood is noted. A row waits where it is
    still asked which column holds a field."""
    if finding.outcome is None:
        for key in open_fields:
            finding.wait(key)
    if finding.outcome is None and not finding.waits:
        for each in kind.fields:
            _read_cell(finding, each, finding.cells.get(each.name, ""), spellings)


def _read_cell(finding: Finding, column: ImportField, text: str, spellings: Spellings) -> None:
    """Read one cell of a row."""

    def mark(how: Mark, message: str) -> None:
        finding.mark(column.name, how, message)

    if says_nothing(text) and (column.may_say_nothing or not any(map(str.isalnum, text))):
        if column.required:
            finding.note(column.name, ProblemKind.MISSING, enter_message(column.label))
        elif text.strip():
            mark(Mark.REWRITTEN, taken_as_empty(text))
        return
    if is_error(text):
        message = _("The cell shows an error of the spreadsheet: %(text)s", text=text)
        finding.note(column.name, ProblemKind.FORMAT, message)
        return
    try:
        if isinstance(column.read, ListReader):
            meaning = partial(spellings.meaning, finding, column)
            finding.values[column.name] = column.read(text, mark, meaning)
        else:
            finding.values[column.name] = column.read(text, mark)
    except RuleViolation as broken:
        finding.note(column.name, ProblemKind.FORMAT, broken.message)


def why_no_row(
    kind: FileKind, layout: Layout, row: SheetRow, cells: Mapping[str, str]
) -> str | None:
    """Why a row is none of the list: totals, what stands below it, its headings once more; None
    for a row that is."""
    if is_heading_again(layout, row):
        return _("The headings once more.")
    texts = [clean(cell).casefold() for cell in row.cells if clean(cell)]
    words = [text for text in texts if not text.replace(".", "").isdecimal()]
    lacks = [one.name for one in kind.fields if one.required and not cells.get(one.name)]
    reasons = {
        _("A row of totals: totals are computed, never imported."): words
        and TOTALS.match(words[0]),
        _("This stands below the list and is not part of it."): words
        and len(texts) <= 3
        and BELOW_THE_LIST.match(words[0]),
        _("This stands between the pages of the list and is not part of it."): words
        and len(texts) == 1
        and PAGE_MARK.match(words[0]),
        _("This row has nothing that the register keeps."): not any(cells.values())
        or (lacks and len(texts) == 1),
        _("Nobody is named here."): names_nobody(cells.get("name", "")),
        _("Not filled in: what is on file stays as it is."): kind.answers
        and not any(map(cells.get, kind.answers)),
    }
    return next((reason for reason, holds in reasons.items() if holds), None)


def is_heading_again(layout: Layout, row: SheetRow) -> bool:
    """Whether a row repeats the headings of its list, as a list of several pages does."""
    here = [clean(cell).casefold() for cell in row.cells if clean(cell)]
    above = [clean(cell).casefold() for cell in layout.headings if clean(cell)]
    return len(here) > 1 and sum(text in above for text in here) * 2 > len(here)
