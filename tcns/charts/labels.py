"""How wide words are, and which labels of an axis there is room for."""

from collections.abc import Sequence
from itertools import pairwise

# The widths at which labels of an axis are fitted: a card on a phone, and on anything wider.
NARROW, WIDE = 290, 420
TICK_SIZE = 12
GAP = 4
# Every label, every third, …: months stay quarters, half years, years.
EVERY = (1, 3, 6, 12, 24, 48, 96, 192, 384)
NARROW_LETTERS = frozenset("iljtfrI.,:;'|!()[] ·-–/")
WIDE_LETTERS = frozenset("mwMWĐƠƯ%")


def width_of(words: str, size: float = TICK_SIZE) -> float:
    """How wide a text is at most in the fonts that charts are set in, in pixels."""
    return sum(_width(letter) for letter in words) * size


def _width(letter: str) -> float:
    if letter in NARROW_LETTERS:
        return 0.4
    if letter in WIDE_LETTERS:
        return 0.98
    return 0.76 if letter.isupper() else 0.64


def cut(words: str, width: float, size: float = TICK_SIZE) -> str:
    """The text, or as much of it as there is room for, with an ellipsis."""
    if width_of(words, size) <= width:
        return words
    while words and width_of(words + "…", size) > width:
        words = words[:-1]
    return words.rstrip() + "…"


def labels_kept(labels: Sequence[str], places: Sequence[float], width: float) -> set[int]:
    """Which labels do not overlap on a drawing of that width: every one, else every third, sixth,
    twelfth, …, counted from the first. `places` are their middles in per cent."""
    for every in EVERY:
        kept = range(0, len(labels), every)
        if all(_stand_apart(labels, places, width, pair) for pair in pairwise(kept)):
            return set(kept)
    return {0} if labels else set()


def _stand_apart(
    labels: Sequence[str], places: Sequence[float], width: float, pair: tuple[int, int]
) -> bool:
    left, right = pair
    taken = (width_of(labels[left]) + width_of(labels[right])) / 2 + GAP
    return (places[right] - places[left]) * width / 100 >= taken
