"""What checking finds of the rows of a file, one finding for each."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from flask_babel.speaklater import LazyString

from tcns.imports.rows.write_plan import WritePlan
from tcns.imports.vocabulary import Outcome, ProblemKind

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


@dataclass
class Finding:
    """A row as it was understood, and what would become of it.

    `cells` are those of the matched fields, `values` what they mean; `changes` maps a field to
    its old and new value in words; `write` writes the row, `write_if_same` writes it where it is
    about the very person on file that it only may be about.
    """

    number: int
    cells: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    outcome: Outcome | None = None
    changes: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)
    record_id: int | None = None
    write: RowWrite | None = None
    write_if_same: RowWrite | None = None

    def value(self, name: str) -> Any:
        """What a field says; None where it is empty, missing or not understood."""
        return self.values.get(name)

    def note(self, column: str, kind: ProblemKind, message: str | LazyString) -> None:
        """Note a problem with a column; one that is noted already stays one."""
        problem = Problem(column, kind, str(message))
        if problem not in self.problems:
            self.problems.append(problem)

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
        """Whether the row is still to be looked at: not wrong, and not refused."""
        return self.outcome is None and not self.is_wrong

    def settle(self, outcome: Outcome, record_id: int | None = None) -> None:
        """Decide what would become of the row."""
        self.outcome, self.record_id = outcome, record_id
