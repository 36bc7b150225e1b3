"""What checking finds of the rows of a file, one finding for each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from flask_babel.speaklater import LazyString

from tcns.i18n import gettext as _
from tcns.imports.rows.write_plan import WritePlan
from tcns.imports.vocabulary import Mark, Outcome, ProblemKind

Progress = Callable[[int, int], None]
# What taking a row in writes.
RowWrite = Callable[[WritePlan], None]


def in_silence(_done: int, _total: int) -> None:
    """Progress that nobody watches."""


class Problem(NamedTuple):
    """What is wrong with a row: in which column, of which kind, in words."""

    column: str
    kind: ProblemKind
    message: str


class Note(NamedTuple):
    """Where what will be stored is not literally the cell: in which column, how, in words; by the
    answer to which question, if it is by one."""

    column: str
    mark: Mark
    message: str
    key: str = ""


REFUSED_BY_ANSWER, COMMUNES_OWN = "refuse", "commune"


class Fallback(NamedTuple):
    """The value of a field for which the file has no column: as it was answered."""

    value: Any
    words: str
    answer: str


@dataclass
class Finding:
    """A row as it was understood, and what would become of it.

    `cells` are those of the matched fields, `all_cells` those of the whole row, `merged` the fields
    that a merged cell reaches over; `remark` is what its column of notes says; `values` what the
    cells mean, `notes` where that is not literally the cell; `understood` is what will be stored,
    by the words of the kind; `waits` are the keys of the questions that must be answered first.
    `changes` maps a field to its old and new value in words; `write` writes the row,
    `write_if_same` writes it where it is about the very person on file that it only may be about,
    with `outcome_if_same`.
    """

    number: int
    cells: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    understood: dict[str, Any] = field(default_factory=dict)
    waits: list[str] = field(default_factory=list)
    all_cells: Sequence[str] = ()
    merged: Sequence[str] = ()
    remark: str = ""
    is_communes_own: bool = False
    offered: dict[str, tuple[str, Fallback | None]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    outcome: Outcome | None = None
    changes: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)
    record_id: int | None = None
    write: RowWrite | None = None
    write_if_same: RowWrite | None = None
    outcome_if_same: Outcome = Outcome.NEW

    def value(self, name: str) -> Any:
        """What a field says; None where it is empty, missing or not understood."""
        return self.values.get(name)

    def note(self, column: str, kind: ProblemKind, message: str | LazyString) -> None:
        """Note a problem with a column; one that is noted already stays one."""
        problem = Problem(column, kind, str(message))
        if problem not in self.problems:
            self.problems.append(problem)

    def mark(self, column: str, mark: Mark, message: str | LazyString, key: str = "") -> None:
        """Mark a column whose stored value is not literally the cell."""
        note = Note(column, mark, str(message), key)
        if note not in self.notes:
            self.notes.append(note)

    def offer(self, column: str, key: str, fallback: Fallback | None) -> None:
        """Let a column without a cell be answered for the file; None while it is not."""
        self.offered[column] = key, fallback

    def fallback(self, column: str) -> Fallback | None:
        """What was answered of a column that the row needs and the file lacks.

        The row waits while it is not answered, and is wrong where the answer refuses such rows.
        """
        if column not in self.offered:
            return None
        key, answered = self.offered[column]
        self.used.add(key)
        if answered is None:
            self.wait(key)
        elif answered.answer == REFUSED_BY_ANSWER:
            self.note(
                column,
                ProblemKind.MISSING,
                _("By your answer for the whole file, such rows are errors."),
            )
        else:
            self.mark(column, Mark.ANSWERED, answered.words, key)
        return answered

    def wait(self, key: str) -> None:
        """Let the row wait until a question of the file is answered."""
        if key not in self.waits:
            self.waits.append(key)

    def accept(self, column: str, value: Any) -> None:
        """Let a cell stand that breaks the rules of its column: it says what is on file."""
        wrong = [p for p in self.problems if (p.column, p.kind) == (column, ProblemKind.FORMAT)]
        if wrong:
            self.problems.remove(wrong[0])
            self.values[column] = value

    @property
    def is_wrong(self) -> bool:
        """Whether something forbids to take the row in."""
        return any(problem.kind.is_error for problem in self.problems)

    @property
    def is_open(self) -> bool:
        """Whether the row is still to be looked at: not wrong, not refused, and not waiting."""
        return self.outcome is None and not self.is_wrong and not self.waits

    @property
    def doubts(self) -> int:
        """How many cells were guessed, or lose a part."""
        return sum(note.mark in (Mark.GUESSED, Mark.SHORTENED) for note in self.notes)

    def settle(self, outcome: Outcome, record_id: int | None = None) -> None:
        """Decide what would become of the row."""
        self.outcome, self.record_id = outcome, record_id
