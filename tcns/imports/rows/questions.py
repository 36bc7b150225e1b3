"""What a file is asked as a whole, once: what decides for many rows is never guessed.

A question has a key by which it is answered, on the page and on the command line. A likely
answer is offered, but counts only when somebody gave it; where much hangs on it none is offered.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from tcns.errors import RuleViolation
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.imports.rows.day_cells import read_day
from tcns.imports.rows.results import REFUSED_BY_ANSWER, Fallback, Finding
from tcns.imports.vocabulary import RowAnswer

Answers = Mapping[str, str]
REFUSE = REFUSED_BY_ANSWER
# What the keys of questions begin with that ask which column holds a field.
FIELD = "field."


class Option(NamedTuple):
    """One of the answers: what is kept, what is shown."""

    value: str
    label: str


@dataclass(frozen=True)
class Question:
    """What is asked of a file: of how many rows, with which answers; `takes_day` where any day,
    and `takes_text` where any line of text, is an answer as well; `takes_several` where several
    options are, separated by commas.

    `rows` are the numbers of those that wait for it; `peek` are cells of the file that show why.
    """

    key: str
    text: str
    options: tuple[Option, ...]
    rows: tuple[int, ...] = ()
    likely: str | None = None
    takes_day: bool = False
    takes_text: bool = False
    takes_several: bool = False
    peek: tuple[tuple[int, str], ...] = ()

    def is_answered_by(self, answers: Answers) -> bool:
        """Whether one of its answers was given."""
        answer = answers.get(self.key)
        if answer is None:
            return False
        values = [option.value for option in self.options]
        if answer in values:
            return True
        if self.takes_several:
            return bool(answer) and set(self.chosen_of(answers)) <= set(values)
        return (self.takes_day and day_of(answer) is not None) or (
            self.takes_text and bool(answer.strip())
        )

    def chosen_of(self, answers: Answers) -> list[str]:
        """The options that were chosen, where several may be."""
        answer = answers.get(self.key, "")
        whole = [option.value for option in self.options if option.value == answer]
        return whole or [part.strip() for part in answer.split(",") if part.strip()]

    def answer_in_words(self, answer: str) -> str:
        """An answer as people read it."""
        labels = {option.value: option.label for option in self.options}
        day = day_of(answer) if self.takes_day else None
        return labels.get(answer) or (format_day(day) if day else answer)


def key_of_row(number: int) -> str:
    """The key of what was decided of a single row."""
    return f"row.{number}"


def decided_of(answers: Answers, number: int) -> RowAnswer | None:
    """What was decided of a single row."""
    answer = answers.get(key_of_row(number))
    return RowAnswer(answer) if answer in list(RowAnswer) else None


def question_from(kept: Mapping[str, Any]) -> Question:
    """A question as it was kept with an import."""
    options = tuple(Option(*option) for option in kept["options"])
    peek = tuple((number, text) for number, text in kept["peek"])
    return Question(**{**kept, "options": options, "rows": tuple(kept["rows"]), "peek": peek})


def day_of(answer: str) -> date | None:
    """The day an answer names, as people or as programs write it; None where it names none."""
    try:
        day: date = read_day(answer, lambda _mark, _message: None)
    except RuleViolation:
        return None
    return day


@dataclass(frozen=True)
class Default:
    """What a row gets in a field of which the file has no column: asked once for the file.

    `values` maps an answer to the value it gives; None leaves it to what matching takes by
    itself. Rows about somebody on file want none: what is on file stays. A row that says its area
    by code, or names its team, wants no village.
    """

    field: str
    key: str
    text: Callable[[], str]
    options: Callable[[], Sequence[Option]]
    values: Mapping[str, Any]
    takes_day: bool = False
    takes_text: bool = False
    likely: str | None = None

    def offer(self, findings: Sequence[Finding], answers: Answers) -> None:
        """Let the rows take the answer where they need it, or wait for it then."""
        question = self.question(())
        fallback = None
        if question.is_answered_by(answers):
            answer = answers[self.key]
            fallback = Fallback(self.value_of(answer), question.answer_in_words(answer), answer)
        for finding in findings:
            if finding.outcome is None:
                finding.offer(self.field, self.key, fallback)

    def question(self, rows: Sequence[int]) -> Question:
        """The question, for the rows that need its answer."""
        return Question(
            self.key,
            self.text(),
            tuple(self.options()),
            tuple(rows),
            self.likely,
            takes_day=self.takes_day,
            takes_text=self.takes_text,
        )

    def value_of(self, answer: str) -> Any:
        """The value an answer gives a row."""
        if answer in self.values or answer == REFUSE:
            return self.values.get(answer)
        return day_of(answer) if self.takes_day else answer


def option_to_refuse() -> Option:
    """The answer that such rows are errors."""
    return Option(REFUSE, _("These rows are errors"))
