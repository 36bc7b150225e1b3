"""What everybody may be shown: which measures, of which periods, no small figure of people."""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence

from tcns.clock import today
from tcns.coverage.catalogue import approved_measure_of, measures_named
from tcns.coverage.measure import Measure
from tcns.coverage.vocabulary import Group
from tcns.indicators.names import all_indicators
from tcns.open_figures.vocabulary import OF_PEOPLE, UNITS
from tcns.periods import NamedPeriod, PeriodKind, period_holding

# A figure of fewer people than these, but not of none, might tell who they are.
LEAST = 3
YEARS_BACK = 5


def open_measures() -> tuple[Measure, ...]:
    """Every measure that is open: those of the list, and the results of approved sessions."""
    return (*measures_named(UNITS), *map(approved_measure_of, all_indicators()))


def counts_people(measure: Measure) -> bool:
    """Whether small figures of a measure are hidden."""
    return measure.key in OF_PEOPLE or measure.group is Group.RESULTS


def is_small(figure: int) -> bool:
    """Whether a figure of people is so small that it might tell who they are."""
    return 0 < figure < LEAST


def hidden_rows(groups: Sequence[Hashable], figures: Sequence[int]) -> frozenset[int]:
    """Which rows of a column of people are hidden, by their places; `groups` says which rows have
    their sum published somewhere.

    Small figures are; where a group has some its smallest other figure is as well, one of somebody
    first: else the sum less the others would tell them. Of a group whose sum is small all
    are: that the sum is hidden would tell them.
    """
    members: dict[Hashable, list[int]] = defaultdict(list)
    for place, group in enumerate(groups):
        members[group].append(place)
    hidden: set[int] = set()
    for places in members.values():
        if is_small(sum(figures[place] for place in places)):
            hidden.update(places)
        else:
            hidden.update(_hidden_in_a_group({place: figures[place] for place in places}))
    return frozenset(hidden)


def _hidden_in_a_group(figures: Mapping[int, int]) -> set[int]:
    """The small figures of a group, by their places, and if there are some the smallest others, all
    that are the same: which of them is hidden would tell."""
    small = {place for place, figure in figures.items() if is_small(figure)}
    others = {place: figure for place, figure in figures.items() if place not in small}
    if not small or not others:
        return small
    least = min(others.values(), key=lambda figure: (figure == 0, figure))
    return small | {place for place, figure in others.items() if figure == least}


def is_total_hidden(total: int, hidden: frozenset[int]) -> bool:
    """Whether the sum of all rows is hidden: it is small, or would tell the one that is."""
    return is_small(total) or len(hidden) == 1


def open_periods() -> list[NamedPeriod]:
    """The periods of the last years that are over, by their kind, the latest first: figures of one
    that runs change every day."""
    return [
        last.step(-ago)
        for kind in PeriodKind
        for last in [_last_over(kind)]
        for ago in range(kind.in_a_year * YEARS_BACK)
    ]


def _last_over(kind: PeriodKind) -> NamedPeriod:
    """The last period of a kind that is over."""
    running = period_holding(kind, today())
    return running if running.days.last < today() else running.step(-1)
