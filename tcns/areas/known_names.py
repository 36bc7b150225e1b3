"""Which of some areas a written name means: never a guess where two can be meant.

Names that differ by marks alone are those of different areas. A text that spells a name, however
its kind and its figures are written, means it. One that lacks marks, has others, or says another
kind means an area only where no other of them fits so; and where a text has no marks at all, an
area that is spelt without is not preferred to those that are not.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from enum import IntEnum
from typing import Generic, NamedTuple, TypeVar

from tcns.areas.kind_words import kinds_alike
from tcns.areas.naming import (
    Named,
    Reading,
    are_above,
    is_unmarked,
    loose_keys,
    may_hold_figure,
    readings,
    splits,
    sure_key,
    without_office,
)
from tcns.vietnamese import fold, spelling

Key = TypeVar("Key", bound=Hashable)
MOST_NEAR = 4


class Fit(IntEnum):
    """How a text fits the name it means, the best first."""

    SAME = 0
    OTHERWISE = 1
    WITHOUT_MARKS = 2
    OTHER_MARKS = 3
    OTHER_KIND = 4

    @property
    def is_guess(self) -> bool:
        """Whether the text says something else, and means the area because no other fits."""
        return self > Fit.OTHERWISE


class Match(NamedTuple, Generic[Key]):
    """The areas that a text may mean: one where it is understood, none where it is unknown; then
    those that are `near` may be what was meant."""

    found: tuple[Key, ...]
    fit: Fit
    near: tuple[Key, ...] = ()

    @property
    def only(self) -> Key | None:
        """The one area that is meant, if it is one."""
        return self.found[0] if len(self.found) == 1 else None


class KnownNames(Generic[Key]):
    """Some areas of a level by their names; `above` gives those in which each of them lies."""

    def __init__(
        self, areas: Iterable[tuple[Key, Named]], above: Callable[[Key], Sequence[Named]]
    ) -> None:
        self.named: dict[Key, Named] = {}
        self._above = above
        self._spelt: defaultdict[str, list[Key]] = defaultdict(list)
        self._sure: defaultdict[str, list[Key]] = defaultdict(list)
        self._loose: defaultdict[str, list[Key]] = defaultdict(list)
        self._matches: dict[str, Match[Key]] = {}
        for key, named in areas:
            self._keep(key, named)

    def _keep(self, key: Key, named: Named) -> None:
        """Know an area by every key of its name."""
        self.named[key] = named
        for text in (named.name, named.full_name):
            self._spelt[spelling(text)].append(key)
        self._sure[sure_key(named.name)].append(key)
        for text in loose_keys(named.name):
            self._loose[text].append(key)

    def find(self, text: str) -> Match[Key]:
        """The areas that a text may mean."""
        if text not in self._matches:
            self._matches[text] = self._find(text)
        return self._matches[text]

    def _find(self, text: str) -> Match[Key]:
        """The areas of the best fit that any has.

        Beside them those that may be meant as well: where a name alone reads as kind and name of
        another, where the text has no marks, where it holds a figure that is a syllable.
        """
        plain, spelt = without_office(text), spelling(text)
        fit, found = Fit.SAME, list(self._spelt.get(spelt, ()))
        if not found:
            fit, found = Fit.OTHERWISE, self._find_sure(plain)
        elif any(spelling(self.named[key].full_name) != spelt for key in found):
            found += self._find_sure(plain)
        if found and (is_unmarked(text) or may_hold_figure(plain)):
            found += [key for key, _reading in self._find_loose(plain)]
        if found:
            return Match(tuple(dict.fromkeys(found)), fit)
        return self._guess(plain)

    def _guess(self, plain: str) -> Match[Key]:
        """The areas that fit but for marks, else but for the kind."""
        loose = list(self._find_loose(plain))
        if loose:
            lacking = all(_lacks_marks(each, self.named[key].name) for key, each in loose)
            fit = Fit.WITHOUT_MARKS if lacking else Fit.OTHER_MARKS
            return Match(tuple(dict.fromkeys(key for key, _each in loose)), fit)
        others = {key: None for key, _each in self._find_loose(plain, any_kind=True)}
        return Match(tuple(others), Fit.OTHER_KIND, () if others else self._near(plain))

    def _find_sure(self, plain: str) -> list[Key]:
        """The areas that a text spells, whatever stands behind."""
        return [
            key
            for head, behind in splits(plain)
            for reading in readings(head)
            if reading.is_sure
            for key in self._sure.get(sure_key(reading.name), ())
            if self._is_of_kind(key, reading) and self._lies_in(key, behind)
        ]

    def _find_loose(self, plain: str, *, any_kind: bool = False) -> Iterator[tuple[Key, Reading]]:
        """Every area that a text fits but for marks, and how the text was read for it."""
        for head, behind in splits(plain):
            for reading in readings(head):
                for text in loose_keys(reading.name):
                    for key in self._loose.get(text, ()):
                        is_fit = self._is_of_kind(key, reading, any_kind=any_kind)
                        if is_fit and self._lies_in(key, behind):
                            yield key, reading

    def _near(self, plain: str) -> tuple[Key, ...]:
        """A few areas whose names hold a text that names none, or are held by it."""
        parts = {part for each in readings(plain) for part in loose_keys(each.name)}
        parts = {part for part in parts if len(part) > 1}
        near = [
            key
            for name, keys in self._loose.items()
            for key in keys
            if any(f" {part} " in f" {name} " or f" {name} " in f" {part} " for part in parts)
        ]
        return tuple(dict.fromkeys(near))[:MOST_NEAR]

    def _is_of_kind(self, key: Key, reading: Reading, *, any_kind: bool = False) -> bool:
        """Whether an area is of a kind that was written, if one was; or of any of its level."""
        own = self.named[key].kind
        allowed = kinds_alike(own) if any_kind else {own}
        return not reading.kinds or not reading.kinds.isdisjoint(allowed)

    def _lies_in(self, key: Key, behind: str) -> bool:
        """Whether what stands behind a name are areas in which that area lies."""
        return not behind or are_above(behind, self._above(key), [self.named[key].kind])


def _lacks_marks(reading: Reading, name: str) -> bool:
    """Whether a name was read that differs by marks it does not have, by none that it has."""
    pairs = zip(sure_key(reading.name).split(), sure_key(name).split(), strict=False)
    return all(written in (word, fold(word)) for written, word in pairs)
