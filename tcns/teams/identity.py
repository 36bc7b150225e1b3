"""When two entries may mean one person: the keys by which forms, files and the list of duplicates
ask.

Two entries of one team may mean one person where

- their names are the same whichever way they are written (case, where a tone stands, i or y, which
  apostrophe, Đ or Ð, punctuation), or the same without their marks;
- or their phones or years of birth are the same and their names are similar: one letter off, the
  same syllables in another order, or one syllable missing.

Entries of different teams may where their names, without marks, and their phones are the same.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Protocol

from tcns.vietnamese import fold, spelling

# Those that stand between letters without parting them (H'Bia), however they are typed.
APOSTROPHES = re.compile("['`´ʹʻʼʽʾʿˈ‘’‛′＇]")
# African Đ, which looks like the Vietnamese one; Icelandic Ð is seen to where texts are spelled.
LOOKALIKES = str.maketrans("Ɖɖ", "Đđ")


class Described(Protocol):
    """What is known of a person, read whole or column by column."""

    @property
    def full_name(self) -> str:
        """The name as it is written."""

    @property
    def phone(self) -> str | None:
        """The phone in E.164."""

    @property
    def birth_year(self) -> int | None:
        """The year of birth."""


@lru_cache(maxsize=16_384)
def name_key(name: str) -> str:
    """A name with its marks, the same whichever way it is written."""
    joined = APOSTROPHES.sub("", unicodedata.normalize("NFC", name)).translate(LOOKALIKES)
    return spelling("".join(c if _belongs_to_a_name(c) else " " for c in joined))


def _belongs_to_a_name(character: str) -> bool:
    """Whether a character is a letter, a mark or a digit, not punctuation."""
    return unicodedata.category(character)[0] in "LMN"


@lru_cache(maxsize=16_384)
def bare_name(name: str) -> str:
    """A name without its marks, the same whichever way it is written."""
    return fold(name_key(name))


def may_be_in_team(one: Described, other: Described) -> bool:
    """Whether two entries of one team may mean one person."""
    names = bare_name(one.full_name), bare_name(other.full_name)
    if names[0] == names[1]:
        return True
    agrees = _shares(one.phone, other.phone) or _shares(one.birth_year, other.birth_year)
    return agrees and is_similar(*names)


def may_be_elsewhere(one: Described, other: Described) -> bool:
    """Whether two entries of different teams may mean one person."""
    has_same_name = bare_name(one.full_name) == bare_name(other.full_name)
    return has_same_name and _shares(one.phone, other.phone)


def is_described_alike(one: Described, other: Described) -> bool:
    """Whether two entries bear one name, and neither phone nor year of birth contradicts."""
    numbers = (one.phone, other.phone), (one.birth_year, other.birth_year)
    if any(None not in pair and pair[0] != pair[1] for pair in numbers):
        return False
    return name_key(one.full_name) == name_key(other.full_name)


def _shares(one: Any, other: Any) -> bool:
    """Whether something is known of both, and is the same."""
    return one is not None and one == other


def is_similar(one: str, other: str) -> bool:
    """Whether two names without marks may be one name, with a slip in it."""
    return is_rearranged(one, other) or is_a_letter_off(one, other)


def is_rearranged(one: str, other: str) -> bool:
    """Whether one folded name has the other's syllables in another order, or all but one of them.

    A single syllable is no name: Nguyễn Văn An may be Nguyễn An or An Nguyễn Văn, not An.
    """
    shorter, longer = sorted((one.split(), other.split()), key=len)
    if len(shorter) == len(longer):
        return shorter != longer and sorted(shorter) == sorted(longer)
    return len(shorter) == len(longer) - 1 > 1 and _lacks_one(shorter, longer)


def _lacks_one(shorter: Sequence[str], longer: Sequence[str]) -> bool:
    """Whether the longer name becomes the shorter when one syllable is left out."""
    return any([*longer[:gap], *longer[gap + 1 :]] == shorter for gap in range(len(longer)))


def is_a_letter_off(one: str, other: str) -> bool:
    """Whether one letter of a folded name is missing, added or another in the other name."""
    shorter, longer = sorted((one, other), key=len)
    replaced = 1 if len(shorter) == len(longer) else 0
    return one != other and any(
        shorter[:at] == longer[:at] and shorter[at + replaced :] == longer[at + 1 :]
        for at in range(len(longer))
    )
