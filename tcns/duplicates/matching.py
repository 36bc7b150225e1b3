"""Which persons may be one: the rule, applied to a commune at a time.

Two persons are suspected where

- their folded names and their phones are the same, wherever they are kept;
- their folded names, years of birth and communes are the same;
- in one commune, nothing known of one contradicts the other (both have a phone, or a year of
  birth, and it differs), and either their names are written the same, or their phone or year is
  the same and their names are similar: one letter off, the same syllables in another order, or
  one syllable missing.

Many people really share a name: of the 10,123 invented, all different members of the
demonstration, 38 pairs bear the same folded name in one commune and 111 a similar one. The rule
suspects 5 of these 149. Folding sees the slips that are commonest in Vietnamese, those of marks;
for the others a phone or a year must speak as well.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any, NamedTuple

from tcns.duplicates.vocabulary import Reason
from tcns.teams.identity import bare_name, is_similar, name_key

Key = tuple[int, int]


class Suspect(NamedTuple):
    """What is compared of a person."""

    id: int
    full_name: str
    search_key: str
    phone: str | None
    birth_year: int | None


class Suspicion(NamedTuple):
    """Two persons who may be one, the one on file first before the other, and why."""

    one: Suspect
    other: Suspect
    reasons: tuple[Reason, ...]

    @property
    def key(self) -> Key:
        """The ids of both."""
        return self.one.id, self.other.id


def suspected(persons: Iterable[Suspect]) -> Iterator[Suspicion]:
    """The pairs of one commune's persons who may be one; a pair may come more than once.

    Only persons who share a phone, a year or their name without marks are compared.
    """
    alike: defaultdict[Any, list[Suspect]] = defaultdict(list)
    for person in persons:
        for trait in (person.phone, person.birth_year, bare_name(person.full_name)):
            if trait:
                alike[trait].append(person)
    for found in alike.values():
        for one, other in combinations(found, 2):
            reasons = tuple(reasons_for(one, other))
            if reasons:
                first, second = sorted((one, other))
                yield Suspicion(first, second, reasons)


def reasons_for(one: Suspect, other: Suspect) -> Iterator[Reason]:
    """Why two persons of one commune may be one; nothing where they are not suspected."""
    is_named_alike = bare_name(one.full_name) == bare_name(other.full_name)
    if is_named_alike and _shares(one.phone, other.phone):
        yield Reason.NAME_AND_PHONE
    if is_named_alike and _shares(one.birth_year, other.birth_year):
        yield Reason.NAME_AND_YEAR
    if _is_similar(one, other):
        yield Reason.SIMILAR_NAMES


def _is_similar(one: Suspect, other: Suspect) -> bool:
    """Whether nothing known contradicts, and the names are the same or something else agrees."""
    phones, years = (one.phone, other.phone), (one.birth_year, other.birth_year)
    if _differs(*phones) or _differs(*years):
        return False
    if name_key(one.full_name) == name_key(other.full_name):
        return True
    agrees = _shares(*phones) or _shares(*years)
    return agrees and is_similar(bare_name(one.full_name), bare_name(other.full_name))


def _shares(one: Any, other: Any) -> bool:
    """Whether something is known of both, and is the same."""
    return one is not None and one == other


def _differs(one: Any, other: Any) -> bool:
    """Whether something is known of both, and is not the same."""
    return None not in (one, other) and one != other
