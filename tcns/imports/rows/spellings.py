"""Words that a closed list does not have: asked about once for each way of writing, never guessed.

A column in which there are many such words is hardly that of the list: there each is an error.
"""

from collections import Counter
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from tcns.i18n import gettext as _
from tcns.imports.rows.cells import ListReader, folded_word, not_in_list
from tcns.imports.rows.fields import ImportField
from tcns.imports.rows.questions import (
    REFUSE,
    Answers,
    Option,
    Question,
    option_to_refuse,
)
from tcns.imports.rows.results import Finding
from tcns.imports.vocabulary import Mark, ProblemKind

# What the keys of these questions begin with; what leaves a cell empty, or a part of it out.
WORD, LEAVE = "word", "leave"
MOST_ASKED = 12
# Longer ones are sentences.
LONGEST_WORD = 80


@dataclass
class Unknown:
    """A word of a column that its list does not have, as the first row writes it, and the rows."""

    column: ImportField
    word: str
    rows: list[Finding] = field(default_factory=list)


class Spellings:
    """The unknown words of a file, by the keys of the questions about them."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.unknown: dict[str, Unknown] = {}

    def meaning(self, finding: Finding, column: ImportField, word: str) -> Any:
        """What a word was said to mean, None where it is left out; the row waits while nothing was
        said.

        Raises RuleViolation where it was said to be an error.
        """
        if len(word) > LONGEST_WORD:
            raise not_in_list(word)
        key = f"{WORD}.{column.name}.{folded_word(word).replace(' ', '-')}"
        self.unknown.setdefault(key, Unknown(column, word)).rows.append(finding)
        values, answer = _values_of(column), self.answers.get(key)
        if answer in values:
            label = _reader_of(column).label(values[answer])
            message = _("%(text)s was read as %(value)s.", text=word, value=label)
            finding.mark(column.name, Mark.ANSWERED, message, key)
            return values[answer]
        if answer == REFUSE:
            raise not_in_list(word)
        if answer == LEAVE:
            message = _("“%(text)s” is left out.", text=word)
            finding.mark(column.name, Mark.ANSWERED, message, key)
        else:
            finding.wait(key)
        return None

    def settle(self) -> None:
        """Where a column has too many unknown words to ask for each, let each be an error."""
        counts = Counter(each.column.name for each in self.unknown.values())
        for key, each in list(self.unknown.items()):
            if counts[each.column.name] > MOST_ASKED:
                del self.unknown[key]
                for finding in each.rows:
                    finding.waits = [other for other in finding.waits if other != key]
                    message = not_in_list(each.word).message
                    finding.note(each.column.name, ProblemKind.FORMAT, message)

    def questions(self) -> list[Question]:
        """What is asked of the file: what each of the words means."""
        return [self._question(key, each) for key, each in self.unknown.items()]

    def _question(self, key: str, unknown: Unknown) -> Question:
        column, reader = unknown.column, _reader_of(unknown.column)
        options = [
            Option(answer, reader.label(value)) for answer, value in _values_of(column).items()
        ]
        if column.may_be_left_out:
            options.append(Option(LEAVE, _("Leave it out")))
        near = get_close_matches(folded_word(unknown.word), list(reader.known), n=1, cutoff=0.8)
        return Question(
            key,
            _(
                "“%(word)s” is none of the words of the column “%(column)s”. What does it mean?",
                word=unknown.word,
                column=column.label,
            ),
            (*options, option_to_refuse()),
            tuple(dict.fromkeys(finding.number for finding in unknown.rows)),
            str(reader.known[near[0]]) if near else None,
        )


def _reader_of(column: ImportField) -> ListReader:
    assert isinstance(column.read, ListReader), "only words of a list have a meaning"
    return column.read


def _values_of(column: ImportField) -> dict[str, Any]:
    """The values of a column's list by what answers call them."""
    return {str(value): value for value in _reader_of(column).known.values()}
