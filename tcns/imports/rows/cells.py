"""Understanding cells: what people write, in the ways they write it.

Each reader takes a tidied, non-empty text and gives its value, or raises RuleViolation with what to
write instead. Where the value is not literally the cell it says so through `mark`.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from wtforms import ValidationError

from tcns.errors import RuleViolation
from tcns.i18n import format_number
from tcns.i18n import gettext as _
from tcns.imports.vocabulary import Mark
from tcns.vietnamese import clean, fold
from tcns.web.fields import (
    LARGEST_COUNT,
    LONGEST_LINE,
    LONGEST_NAME,
    LONGEST_NOTE,
    TOO_LONG,
    count_in,
    written_plainly,
)

MarkCell = Callable[[Mark, str], None]
Reader = Callable[[str, MarkCell], Any]

# 25.0 and 25.00 are what programs make of 25; 4.000 is four thousand.
WHOLE_FLOAT = re.compile(r"(\d+)\.0{1,2}")
UNIT_BEHIND = re.compile(r"\s*(hộ|hộ dân|hộ gia đình|households)\.?$", re.IGNORECASE)
# What programs write for nothing, and what people do; in the columns of places and names these
# words are looked at by their own readers.
EMPTY_OF_PROGRAMS = frozenset({"nan", "NaN", "None", "NULL", "null", "NaT", "N/A", "n/a", "<NA>"})
EMPTY_WORDS = frozenset(
    {"không", "không có", "ko", "ko có", "k có", "chưa có", "chưa", "không rõ", "chưa rõ"}
    | {"chưa biết", "chưa cập nhật", "trống", "khuyết"}
)
ERROR = re.compile(r"#(REF|N/A|VALUE|NAME|DIV/0|NUM|NULL|SPILL|CALC|FIELD)[!?]?|=.+|Err:\d+")
DASHES = re.compile("[\u2010-\u2015\u2212\uff0d]")
SIGNS_OF_SEVERAL = re.compile(r"[,;/+&(\n]|\s-\s|\bkiêm\b|\bvà\b", re.IGNORECASE)
Words = Callable[[], Mapping[str, Any]]
# What an unknown word was said to mean; raises RuleViolation where it may not stand.
Meaning = Callable[[str], Any]


class Written(NamedTuple):
    """A text as the rules of form fields look at it."""

    data: str


def is_error(text: str) -> bool:
    """Whether a cell shows an error of the spreadsheet, or a formula without a result."""
    return ERROR.fullmatch(text) is not None


def says_nothing(text: str) -> bool:
    """Whether a cell says that there is nothing: a dash, nan, không có."""
    has_words = any(character.isalnum() for character in text)
    bare = clean(text).casefold().strip(" .-–()")
    return not has_words or text.strip() in EMPTY_OF_PROGRAMS or bare in EMPTY_WORDS


def taken_as_empty(text: str) -> str:
    """What is said of a cell that says that there is nothing."""
    return _("“%(text)s” was taken as empty.", text=text)


def read_line(text: str, _mark: MarkCell) -> str:
    """A line of text."""
    if len(text) > LONGEST_LINE:
        raise RuleViolation(_("Use at most %(count)s characters.", count=LONGEST_LINE))
    return text


def read_text(text: str, _mark: MarkCell) -> str:
    """A note."""
    if len(text) > LONGEST_NOTE:
        raise RuleViolation(_("Use at most %(count)s characters.", count=LONGEST_NOTE))
    return text


def read_name(text: str, _mark: MarkCell) -> str:
    """A name of letters and numbers."""
    return by_rule(text, written_plainly)


def by_rule(text: str, rule: Callable[[Any, Any], None]) -> str:
    """The text, if it keeps the rule of the page's field."""
    if len(text) > LONGEST_NAME:
        raise RuleViolation(TOO_LONG)
    try:
        rule(None, Written(text))
    except ValidationError as error:
        raise RuleViolation(str(error)) from error
    return text


def read_count(text: str, mark: MarkCell) -> int:
    """A number of households: 1871, 1.871 and 1 871 are the same, which is said."""
    bare = UNIT_BEHIND.sub("", text)
    whole = WHOLE_FLOAT.fullmatch(bare)
    count = count_in(whole[1] if whole else bare)
    if count is None:
        raise RuleViolation(_("Write a whole number, like 25."))
    if count > LARGEST_COUNT:
        raise RuleViolation(_("Write a number from 0 to %(most)s.", most=LARGEST_COUNT))
    if text != str(count):
        value = format_number(count)
        mark(Mark.REWRITTEN, _("%(text)s was read as %(value)s.", text=text, value=value))
    return count


def not_in_list(word: str) -> RuleViolation:
    """What is said of a word that a closed list does not have."""
    return RuleViolation(_("%(text)s is none of the words of the list.", text=word))


def refuse_unknown(word: str) -> Any:
    """The meaning of an unknown word where nobody is asked: it has none, which is an error."""
    raise not_in_list(word)


def label_of(value: Any) -> str:
    """What people call a value of a list."""
    return str(getattr(value, "label", value))


@dataclass(frozen=True, eq=False)
class ListReader(ABC):
    """Reads words of a closed list, in whichever way they are spelt.

    `words` are its values by folded text, `label` is what people call a value.
    """

    words: Words
    label: Callable[[Any], str] = label_of

    @cached_property
    def known(self) -> Mapping[str, Any]:
        """The values by every way of writing them."""
        return self.words()

    @abstractmethod
    def __call__(self, text: str, mark: MarkCell, meaning: Meaning = refuse_unknown) -> Any:
        """What a cell says; of a word that the list does not have, its `meaning`."""


@dataclass(frozen=True, eq=False)
class WordReader(ListReader):
    """Reads one word: of several in a cell the first that is known, which is said.

    `likely` knows further words by what they contain; where it is given, a word that nobody knows
    is left out, and said.
    """

    likely: Callable[[str], Any] | None = None

    def find(self, text: str) -> Any:
        """The value that a word means, spaces left out or not; None where none is known."""
        folded = folded_word(text)
        if folded in self.known:
            return self.known[folded]
        by_letters = {word.replace(" ", ""): value for word, value in self.known.items()}
        return by_letters.get(folded.replace(" ", ""))

    def find_part(self, part: str) -> Any:
        """The value that a part of a cell means, or is likely to."""
        found = self.find(part)
        return self.likely(folded_word(part)) if found is None and self.likely else found

    def __call__(self, text: str, mark: MarkCell, meaning: Meaning = refuse_unknown) -> Any:
        """The value that a cell says."""
        found = self.find(text)
        if found is not None:
            return found
        for part in filter(str.strip, SIGNS_OF_SEVERAL.split(DASHES.sub("-", text))):
            found = self.find_part(part)
            if found is not None:
                mark(*_as_understood(text, part, found))
                return found
        if self.likely is None:
            return meaning(text)
        mark(Mark.SHORTENED, _("“%(text)s” is not known: nothing is stored of it.", text=text))
        return None


def _as_understood(text: str, part: str, found: Any) -> tuple[Mark, str]:
    """How a word was understood that is not the cell itself."""
    how = Mark.REWRITTEN if part.strip() == text.strip() else Mark.SHORTENED
    value = getattr(found, "label", found)
    return how, _("%(text)s was read as %(value)s.", text=text, value=value)


def folded_word(text: str) -> str:
    """A word without marks, dots and spaces at its ends."""
    return clean(re.sub(r"[.,:;()\-–_/*]+", " ", fold(text)))
