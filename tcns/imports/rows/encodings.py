"""Cells in a code of before Unicode: noticed, asked about once for the file, never stored broken.

A cell is of a code where it is no Vietnamese but becomes so by the code. One that can be read
either way is read like the other cells of its column, if all of those are of the code.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tcns.i18n import gettext as _
from tcns.imports.rows.questions import (
    REFUSE,
    Answers,
    Option,
    Question,
    option_to_refuse,
)
from tcns.imports.rows.results import Finding
from tcns.imports.vocabulary import Mark, ProblemKind
from tcns.legacy_encodings import LegacyCode, code_of, convert, is_vietnamese
from tcns.vietnamese import normalise

KEY, ALL_CODES = "encoding", "all"
MOST_PEEKS = 6
LAST_OF_ONE_BYTE = 0xFF
RawCells = Mapping[str, str]


@dataclass
class Encodings:
    """The cells of a file that are of a code, by row."""

    answers: Answers
    found: dict[LegacyCode, list[tuple[Finding, str]]] = field(default_factory=dict)
    waiting: dict[int, None] = field(default_factory=dict)

    def take(self, rows: Sequence[tuple[Finding, RawCells]]) -> None:
        """Let each cell of a code be converted as it was answered, or its row wait."""
        codes_of_columns = _codes_of_columns(rows)
        for finding, cells in rows:
            if finding.outcome is None:
                for name, raw in cells.items():
                    self._take_cell(finding, name, raw, codes_of_columns.get(name))

    def questions(self) -> list[Question]:
        """What is asked of the file: from which code its letters are converted."""
        if not self.found:
            return []
        codes = list(self.found)
        options = [
            Option(code.value, _("Convert from %(code)s", code=code.label)) for code in codes
        ]
        if len(codes) > 1:
            options.insert(0, Option(ALL_CODES, _("Convert each from its code")))
        labels = ", ".join(code.label for code in codes)
        text = _("Letters are written in an old code: %(codes)s. Convert them?", codes=labels)
        peek = [
            (finding.number, f"{raw} → {convert(raw, code)}")
            for code, cells in self.found.items()
            for finding, raw in cells
        ]
        return [
            Question(
                KEY,
                text,
                (*options, option_to_refuse()),
                tuple(self.waiting),
                options[0].value,
                peek=tuple(sorted(peek)[:MOST_PEEKS]),
            )
        ]

    def _take_cell(
        self, finding: Finding, name: str, raw: str, code_of_column: LegacyCode | None
    ) -> None:
        """Convert a cell that is of a code, refuse it, or let its row wait."""
        code = code_of(raw)
        if code is None and code_of_column and can_be_of(raw, code_of_column):
            code = code_of_column
        if code is None:
            return
        self.found.setdefault(code, []).append((finding, raw))
        self.waiting[finding.number] = None
        answer = self.answers.get(KEY)
        if answer in (ALL_CODES, code.value):
            after = normalise(convert(raw, code)) or ""
            finding.cells[name] = after
            finding.mark(
                name,
                Mark.ANSWERED,
                _("%(text)s was read as %(value)s.", text=raw, value=after),
            )
        elif answer == REFUSE or answer in list(LegacyCode):
            message = _("The letters are broken: the list was written in another code.")
            finding.note(name, ProblemKind.FORMAT, message)
        else:
            finding.wait(KEY)


def can_be_of(raw: str, code: LegacyCode) -> bool:
    """Whether a cell that is Vietnamese as it stands is so by a code as well, and otherwise."""
    after = convert(raw, code)
    return _is_of_one_byte(raw) and after != raw and all(map(is_vietnamese, after.split()))


def _is_of_one_byte(raw: str) -> bool:
    """Whether a text has no letter that the old fonts do not have."""
    return all(ord(character) <= LAST_OF_ONE_BYTE for character in raw)


def _codes_of_columns(rows: Sequence[tuple[Finding, RawCells]]) -> dict[str, LegacyCode]:
    """The columns of which every cell with marks is of one code."""
    codes: defaultdict[str, set[LegacyCode]] = defaultdict(set)
    mixed: set[str] = set()
    for finding, cells in rows:
        if finding.outcome is None:
            for name, raw in cells.items():
                code = code_of(raw)
                codes[name] |= {code} if code else set()
                mixed |= set() if code or _is_of_one_byte(raw) else {name}
    return {
        name: next(iter(found))
        for name, found in codes.items()
        if len(found) == 1 and name not in mixed
    }
