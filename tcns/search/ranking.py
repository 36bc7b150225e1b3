"""Which of several names is nearest to what was typed."""

from collections.abc import Callable, Iterable

from tcns.vietnamese import fold, spell

Rank = tuple[int, bool, bool]


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
    if _are_in(typed, name, str.__eq__):
        return 0
    return 1 if _are_in(typed, name, str.startswith) else 2


def _are_in(typed: str, name: str, fits: Callable[[str, str], bool]) -> bool:
    """Whether each typed word fits a word of the name by its letters, and has its tone."""
    words = spell(name)
    return all(
        any(fits(own, letters) and own_tone == tone for own, own_tone in words)
        for letters, tone in spell(typed)
    )
