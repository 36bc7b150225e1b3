"""No small figure of people can be told from what is published beside it."""

from collections import defaultdict
from itertools import product

from tcns.open_figures.rules import hidden_rows, is_total_hidden

MOST = 5


def published(figures: tuple[int, ...]) -> tuple[object, ...]:
    """What everybody sees of a group and its sum, which is published elsewhere."""
    hidden = hidden_rows([0] * len(figures), figures)
    shown = tuple(None if n in hidden else figure for n, figure in enumerate(figures))
    return *shown, None if is_total_hidden(sum(figures), hidden) else sum(figures)


def test_whoever_sees_the_others_and_the_sum_cannot_tell_a_hidden_figure() -> None:
    """Everything that a reader who knows the rule could have seen, for all small groups."""
    for size in (1, 2, 3, 4):
        behind: dict[tuple[object, ...], set[tuple[int, ...]]] = defaultdict(set)
        for figures in product(range(MOST * 2), repeat=size):
            behind[published(figures)].add(figures)
        for seen, possible in behind.items():
            if max(max(figures) for figures in possible) > MOST:
                continue  # its other explanations lie beyond what was tried
            for place in range(size):
                if seen[place] is None:
                    assert len({figures[place] for figures in possible}) > 1, (seen, possible)


def test_a_small_figure_is_hidden_with_the_smallest_beside_it() -> None:
    assert hidden_rows("aaabb", [2, 9, 7, 4, 5]) == {0, 2}
    assert hidden_rows("aaa", [0, 3, 5]) == frozenset()
    assert hidden_rows("aab", [1, 2, 8]) == {0, 1}
    assert hidden_rows("aaa", [1, 0, 0]) == {0, 1, 2}
