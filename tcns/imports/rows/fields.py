"""What a kind of file consists of: its fields, and what is on file of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, ClassVar, Protocol, TypeAlias

from flask_babel import force_locale
from flask_babel.speaklater import LazyString

from tcns.i18n import LANGUAGES, format_day
from tcns.imports.rows.cells import Reader, folded_word
from tcns.imports.rows.questions import Answers, Default
from tcns.imports.rows.results import Finding
from tcns.imports.vocabulary import ImportKind, Likeness
from tcns.permissions.scope import Scope
from tcns.permissions.vocabulary import Permission
from tcns.vietnamese import fold

Text: TypeAlias = str | LazyString
Words = dict[str, Any]
Models: TypeAlias = tuple[type[Any], ...]


def no_words() -> Sequence[str]:
    """A field that is no choice."""
    return ()


@dataclass(frozen=True, eq=False)  # to compare its labels would translate them each time
class ImportField:
    """A column of a file: what it is called, how it is read, what is said of it.

    `headings` are further words, folded, by which the column is known beside its label in every
    language. `words` are what can be chosen in the template. A column that is `needed` must be
    there; one that is `required` must be filled in each row. Where it `may_say_nothing`, words like
    "không có" are taken as an empty cell; where it `may_be_left_out`, a word that nobody knows may
    be.
    """

    name: str
    label: Text
    read: Reader
    hint: Text
    headings: tuple[str, ...] = ()
    words: Callable[[], Sequence[str]] = no_words
    required: bool = False
    width: int = 18
    may_say_nothing: bool = True
    may_be_left_out: bool = True


@dataclass(frozen=True)
class ShownColumn:
    """A column of the page that shows what was understood: from which fields it comes, and what
    `words` make of what will be stored."""

    label: Text
    fields: tuple[str, ...]
    words: Callable[[Mapping[str, Any]], str]


class Register(Protocol):
    """What is on file where somebody may write, read at once: it judges the rows of a file."""

    # What judging depends on: a change of these tables may change what was found.
    reads: ClassVar[Models]

    def __init__(self, scope: Scope) -> None:
        """Read everything that the scope covers."""

    def match(self, findings: Sequence[Finding]) -> None:
        """Settle every row that is still open, and plan what those write that can be imported."""


@dataclass(frozen=True)
class FileKind:
    """A kind of file: its fields, who may import it, and what judges its rows.

    `shown` are the columns in which pages show what was understood; `defaults` are what is asked
    where the file lacks a column; `asked` those that depend on what is on file in a scope, and on
    what was answered; `likeness` is what may be done with possible duplicates. `sample` gives the
    rows of the template, if it holds any: of a scope, by field. `answers` are what is then to be
    filled in: a row without any leaves what is on file. Where `notes_tell`, a column of notes is
    looked at for who left. `completed` adds the columns that are data themselves.
    """

    kind: ImportKind
    permission: Permission
    fields: tuple[ImportField, ...]
    register: type[Register]
    sample: Callable[[Scope], Sequence[dict[str, Any]]] = lambda _scope: ()
    answers: tuple[str, ...] = ()
    defaults: tuple[Default, ...] = ()
    notes_tell: bool = False
    shown: tuple[ShownColumn, ...] = ()
    completed: Callable[["FileKind"], "FileKind"] = lambda kind: kind
    asked: Callable[[Scope, Answers], Sequence[Default]] = lambda _scope, _answers: ()
    likeness: tuple[Likeness, ...] = tuple(Likeness)

    def field(self, name: str) -> ImportField:
        """The field of a name."""
        return next(each for each in self.fields if each.name == name)


def day_in_words(understood: Mapping[str, Any], name: str) -> str:
    """A day that will be stored, as people read it."""
    value = understood.get(name)
    return format_day(date.fromisoformat(value)) if value else ""


def text_of(understood: Mapping[str, Any], *names: str) -> str:
    """What will be stored in some places, one after the other."""
    values = [understood.get(name) for name in names]
    return " ".join(str(value) for value in values if value is not None)


def word_of(vocabulary: Callable[[str], Any], name: str) -> Callable[[Mapping[str, Any]], str]:
    """What will be stored by a word of a vocabulary."""
    return lambda said: str(vocabulary(said[name]).label) if said.get(name) else ""


@lru_cache(maxsize=1024)
def known_headings(field: ImportField) -> frozenset[str]:
    """The headings by which a field is known, folded: its label in every language, and others."""
    labels = {folded_heading(text) for text in in_languages(field.label)}
    return frozenset(labels.union(field.headings))


def in_languages(text: Text) -> list[str]:
    """A message in every language."""
    value = []
    for language in LANGUAGES:
        with force_locale(language):
            value.append(str(text))
    return value


def words_by_spelling(vocabulary: type[StrEnum], further: Mapping[Any, Sequence[str]]) -> Words:
    """A vocabulary's words by every way of writing them, folded: labels, and `further` ways."""
    ways: Words = {way: word for word, several in further.items() for way in several}
    for word in vocabulary:
        ways |= {folded_word(text): word for text in in_languages(word.label)}  # type: ignore[attr-defined]
    return ways


def labels_of(vocabulary: type[StrEnum]) -> list[str]:
    """What can be chosen of a vocabulary."""
    return [str(word.label) for word in vocabulary]  # type: ignore[attr-defined]


def folded_heading(text: str) -> str:
    """A heading without marks, dots and stars, and without what stands in brackets."""
    return folded_word(fold(text).partition("(")[0])
