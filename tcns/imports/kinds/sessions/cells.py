"""Understanding the cells of a list of sessions that no other list has."""

import re
from collections.abc import Callable, Iterable
from decimal import Decimal

from tcns.activities.entry.fields import hours_in
from tcns.activities.vocabulary import Topic
from tcns.errors import RuleViolation
from tcns.i18n import format_number
from tcns.i18n import gettext as _
from tcns.imports.rows.cells import (
    ListReader,
    MarkCell,
    Meaning,
    folded_word,
    read_count,
    refuse_unknown,
)
from tcns.imports.rows.fields import words_by_spelling
from tcns.imports.vocabulary import Mark
from tcns.vietnamese import clean

FURTHER_TOPICS = {
    Topic.PUBLIC_SERVICES: ("dvctt", "dvc truc tuyen", "dvc", "dich vu cong", "nop ho so dvc"),
    Topic.PAYMENT: (
        *("thanh toan", "thanh toan khong dung tien mat", "ttkdtm", "thanh toan so", "vi dien tu"),
        "thanh toan dien tu",
    ),
    Topic.SHOPPING: (
        "mua sam",
        "mua ban truc tuyen",
        "mua ban online",
        "thuong mai dien tu",
        "tmdt",
    ),
    Topic.SAFETY: (
        *("an toan thong tin", "an toan tren mang", "an toan tren khong gian mang", "attt"),
        *("an toan mang", "an ninh mang"),
        *("chong lua dao", "tu bao ve", "an toan so", "ky nang tu bao ve tren moi truong mang"),
    ),
    Topic.LOCAL_PLATFORMS: (
        "nen tang so",
        "nen tang so dia phuong",
        "nen tang khac",
        "ung dung khac",
    ),
}
Known = Callable[[str], bool]
UNIT_OF_PEOPLE = re.compile(r"\s*(lượt người|lượt|người|participants|people)\.?$", re.IGNORECASE)
UNIT_OF_TIME = re.compile(r"\s*(giờ|tiếng|hours?|h)\.?$", re.IGNORECASE)
BETWEEN = re.compile(r"[,;+\n]|\s[-–/]\s|/")
AND = re.compile(r"\s(?:và|and)\s|&", re.IGNORECASE)
NUMBERED = re.compile(r"^\s*(?:\d{1,2}[.)]|[-–•])\s*")
IN_BRACKETS = re.compile(r"\([^()]*\)")
TITLES = re.compile(r"^(?:đ/c|đồng chí|ông|bà|anh|chị|cô|chú)\s+", re.IGNORECASE)


def read_people(text: str, mark: MarkCell) -> int:
    """A number of people, households or things: 25, 25 người, 1.250; whole groups of three only."""
    bare = UNIT_OF_PEOPLE.sub("", text)
    count = read_count(bare, mark)
    if bare != text:
        mark(Mark.REWRITTEN, _("%(text)s was read as %(value)s.", text=text, value=count))
    return count


def read_hours(text: str, mark: MarkCell) -> Decimal:
    """How many hours a session took: 2, 1,5 or 1.5; one decimal is kept."""
    bare = UNIT_OF_TIME.sub("", text)
    try:
        hours = hours_in(bare)
    except ValueError as error:
        raise RuleViolation(str(error)) from error
    value = format_number(float(hours), 1)
    if bare != text or Decimal(bare.replace(",", ".")) != hours:
        mark(Mark.REWRITTEN, _("%(text)s was read as %(value)s.", text=text, value=value))
    return hours


class TopicReader(ListReader):
    """Reads the skills a session was about, parted by commas."""

    def __call__(
        self, text: str, _mark: MarkCell, meaning: Meaning = refuse_unknown
    ) -> list[Topic]:
        """The topics that a cell says."""
        parts = _parts(text, lambda part: folded_word(part) in self.known)
        found = {
            self.known[folded_word(part)] if folded_word(part) in self.known else meaning(part)
            for part in map(str.strip, parts)
        }
        return [topic for topic in Topic if topic in found]


read_topics = TopicReader(lambda: words_by_spelling(Topic, FURTHER_TOPICS))


def read_helpers(text: str, _mark: MarkCell) -> str:
    """Who helped, as it is written: whose names these are the team's roster says."""
    return text


def names_in(text: str, is_known: Known) -> list[str]:
    """The names of a cell that lists people, without numbers, titles and what stands in brackets;
    a word between names that can be part of one joins them where the whole is known."""
    bare = IN_BRACKETS.sub(" ", text)
    return [
        name for name in map(_bare_name, _parts(bare, lambda p: is_known(_bare_name(p)))) if name
    ]


def _bare_name(text: str) -> str:
    """A name without its number and title."""
    return clean(TITLES.sub("", NUMBERED.sub("", text).strip()))


def _parts(text: str, is_known: Known) -> Iterable[str]:
    """What a cell lists: parted by signs, and by "and" where the whole is not known."""
    for part in filter(str.strip, BETWEEN.split(text)):
        if is_known(part):
            yield part
        else:
            yield from filter(str.strip, AND.split(part))
