"""Which of several names is nearest to what was typed."""

from collections.abc import Iterable, Sequence

from tcns.vietnamese import fold, spell

Rank = tuple[int, bool, bool]
Word = tuple[str, str]


def nearness(typed: str, names: Iterable[str]) -> Rank:
    """The place of a record among those that were found, the nearest first.

    Names with all words as typed, marks and all; then those of which words begin so; then those
    that are the same without marks. Of each, those that begin with what was typed come first, then
    those of which some words do. Of several names of a record the nearest counts.
    """
    return min(_nearness(typed, name) for name in names)


def _nearness(typed: str, name: str) -> Rank:
    """The place of one name."""
    folded, plain = fold(typed), fold(name)
    return _likeness(typed, name), not plain.startswith(folded), f" {folded}" not in f" {plain}"


def _likeness(typed: str, name: str) -> int:
    """0 where all words of the text are words of the name; 1 where they begin some; 2 else."""
    wanted, own = spell(typed), spell(name)
    if all(word in own for word in wanted):
        return 0
    return 1 if all(_begins_one(word, own) for word in wanted) else 2


def _begins_one(word: Word, words: Sequence[Word]) -> bool:
    """Whether a word begins one of several by its letters, with the same tone."""
    letters, tone = word
    return any(own.startswith(letters) and own_tone == tone for own, own_tone in words)
