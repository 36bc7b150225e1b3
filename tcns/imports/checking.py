"""Checking the rows of a file: what each means, and what taking it in would do.

Nothing is written, and what is on file is read with a few questions, however many rows there are.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from tcns.errors import RuleViolation
from tcns.i18n import enter_message
from tcns.i18n import gettext as _
from tcns.imports.headings import Matching
from tcns.imports.rows.fields import FileKind, ImportField
from tcns.imports.rows.results import Finding, Progress, in_silence
from tcns.imports.vocabulary import Outcome, ProblemKind
from tcns.permissions.scope import Scope
from tcns.spreadsheets.reading import SheetRow
from tcns.vietnamese import clean, normalise

STEP = 500
TOTALS = re.compile(
    r"(tổng cộng|tong cong|tổng số|tong so|cộng dồn|cộng|tổng|total)"
    r"\s*([:.(\d]|$|toàn|chung|người|hộ|thôn|tổ|thành viên|members|teams)"
)
BELOW_THE_LIST = re.compile(
    r"(người lập|ngày \d* ?\.* ?tháng|.*, ngày .*tháng|tm\. ?|t/m |chủ tịch|kt\. ?|nơi nhận|ký tên|"
    r"xác nhận|\(ký|ghi chú:|lưu ý:)"
)


def check_rows(
    kind: FileKind,
    rows: Sequence[SheetRow],
    matching: Matching,
    scope: Scope,
    progress: Progress = in_silence,
) -> list[Finding]:
    """What is found of each row, for somebody who may write within a scope."""
    findings = []
    for done, row in enumerate(rows):
        if done % STEP == 0:
            progress(done, len(rows))
        findings.append(read_row(kind, row, matching))
    kind.register(scope).match(findings)
    for finding in findings:
        if finding.is_wrong:
            finding.outcome, finding.write, finding.changes = Outcome.ERROR, None, {}
    progress(len(rows), len(rows))
    return findings


def count_outcomes(findings: Sequence[Finding]) -> dict[str, int]:
    """How many rows have each outcome."""
    counts = Counter(finding.outcome for finding in findings)
    return {outcome.value: counts[outcome] for outcome in Outcome}


def read_row(kind: FileKind, row: SheetRow, matching: Matching) -> Finding:
    """A row with the values of its cells; what cannot be understood is noted."""
    cells = {
        name: normalise(row.cells[place]) or "" if place < len(row.cells) else ""
        for name, place in matching.items()
    }
    finding = Finding(row.number, cells)
    reason = why_no_row(kind, row, cells)
    if reason:
        finding.note("", ProblemKind.NO_ROW, reason)
        finding.settle(Outcome.REFUSED)
        return finding
    for field in kind.fields:
        _read_cell(finding, field, cells.get(field.name, ""))
    return finding


def _read_cell(finding: Finding, field: ImportField, text: str) -> None:
    """Read one cell of a row."""
    if not any(character.isalnum() for character in text):
        if field.required:
            finding.note(field.name, ProblemKind.MISSING, enter_message(field.label))
        return

    def mended(message: str) -> None:
        finding.note(field.name, ProblemKind.MENDED, message)

    try:
        finding.values[field.name] = field.read(text, mended)
    except RuleViolation as broken:
        finding.note(field.name, ProblemKind.FORMAT, broken.message)


def why_no_row(kind: FileKind, row: SheetRow, cells: Mapping[str, str]) -> str | None:
    """Why a row is none of the list: totals, or what stands below it; None for a row that is."""
    texts = [clean(cell).casefold() for cell in row.cells if clean(cell)]
    lacks = [field.name for field in kind.fields if field.required and not cells.get(field.name)]
    words = [text for text in texts if not text.replace(".", "").isdecimal()]
    if words and TOTALS.match(words[0]):
        return _("A row of totals: totals are computed, never imported.")
    if words and len(texts) <= 3 and BELOW_THE_LIST.match(words[0]):
        return _("This stands below the list and is not part of it.")
    if not any(cells.values()) or (lacks and len(texts) == 1):
        return _("This row has nothing that the register keeps.")
    if kind.answer and not cells.get(kind.answer):
        return _("Not filled in: what is on file stays as it is.")
    return None
