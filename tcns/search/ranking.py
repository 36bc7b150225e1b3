"""Which of several names is nearest to what was typed."""

from collections.abc import Iterable, Sequence

from tcns.vietnamese import fold, spell

Rank = tuple[int, bool, bool]
Word = tuple[str, str]


class Nearness:
    """How near names are to a text that was typed: called with a record's names, it ranks it."""

    def __init__(self, typed: str) -> None:
        self.folded = fold(typed)
        self.words = frozenset(spell(typed))

    def __call__(self, names: Iterable[str]) -> Rank:
        """The place of a record among those that were found, the nearest first.

        Names with all words as typed, marks and all; then those of which words begin so; then
        those that are the same without marks. Of each, those that begin with what was typed come
        first, then those of which some words do. Of several names of a record the nearest counts.
        """
        return min(map(self._rank, names))

    def _rank(self, name: str) -> Rank:
        """The place of one name."""
        plain = fold(name)
        begins = plain.startswith(self.folded)
        holds = begins or f" {self.folded}" in plain
        return self._likeness(name), not begins, not holds

    def _likeness(self, name: str) -> int:
        """0 where all words typed are words of the name; 1 where they begin some; 2 else."""
        own = spell(name)
        if self.words.issubset(own):
            return 0
        return 1 if all(_begins_one(word, own) for word in self.words) else 2


def _begins_one(word: Word, words: Sequence[Word]) -> bool:
    """Whether a word begins one of several by its letters, with the same tone."""
    letters, tone = word
    return any(own.startswith(letters) and own_tone == tone for own, own_tone in words)
