"""How large the teams are: uneven, and in sum exactly what was published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from tcns.demo.places import Commune, Village

MEMBERSHIPS = 10_257
COMMUNE_MEMBERSHIPS = 1_352
# The published total leaves no choice: many teams are larger than the caps of 10 and 5.
COMMUNE_SIZES = (8, 9, 9, 10, 10, 10, 10, 10, 11, 12)
VILLAGE_SIZES = (4,) * 6 + (5,) * 74 + (6,) * 16 + (7,) * 4
COMMUNE_GROWTH, VILLAGE_GROWTH = 3, 1  # at most, from the founding to the end of 2023
PIONEER_MEMBERSHIPS, PIONEERS_COUNTED_ON = 2_058, date(2022, 5, 31)  # published: just over 2.000
SMALLEST = 3


@dataclass(eq=False)
class Founding:
    """A team as it was founded: where, when, by which decision, how large at first and later.

    `enlarged_on` and `enlarged_by` are the day and the decision of the later members.
    """

    team_id: int
    commune: Commune
    village: Village | None
    founded_on: date
    decision_id: int
    enlarged_on: date
    enlarged_by: int
    first_size: int = 0
    size: int = 0

    @property
    def code(self) -> str:
        """The code of its area in 2024."""
        return self.village.code if self.village else self.commune.code


def choose_sizes(foundings: Sequence[Founding], rng: Random) -> None:
    """How many members each team had at first, and from the end of 2023 on."""
    of_communes = [founding for founding in foundings if founding.village is None]
    of_villages = [founding for founding in foundings if founding.village]
    _grow(of_communes, COMMUNE_MEMBERSHIPS, COMMUNE_SIZES, COMMUNE_GROWTH, rng)
    _grow(of_villages, MEMBERSHIPS - COMMUNE_MEMBERSHIPS, VILLAGE_SIZES, VILLAGE_GROWTH, rng)
    pioneers = [founding for founding in foundings if founding.founded_on <= PIONEERS_COUNTED_ON]
    first_sizes = nudged(
        [founding.first_size for founding in pioneers],
        PIONEER_MEMBERSHIPS,
        lowest=[SMALLEST] * len(pioneers),
        highest=[founding.size for founding in pioneers],
        rng=rng,
    )
    for founding, first_size in zip(pioneers, first_sizes, strict=True):
        founding.first_size = first_size


def _grow(
    foundings: Sequence[Founding], total: int, usual: Sequence[int], growth: int, rng: Random
) -> None:
    """Draw the sizes, in sum `total`, and how much smaller each team was at first."""
    count = len(foundings)
    sizes = nudged(
        rng.choices(usual, k=count),
        total,
        lowest=[min(usual)] * count,
        highest=[max(usual)] * count,
        rng=rng,
    )
    for founding, size in zip(foundings, sizes, strict=True):
        founding.size, founding.first_size = size, size - rng.randint(0, growth)


def nudged(
    sizes: Sequence[int], total: int, *, lowest: Sequence[int], highest: Sequence[int], rng: Random
) -> list[int]:
    """The sizes moved by ones, within the bounds of each, until they sum to `total`."""
    if not sum(lowest) <= total <= sum(highest):
        raise ValueError(f"the sizes cannot sum to {total}")
    moved = list(sizes)
    while missing := total - sum(moved):
        step = 1 if missing > 0 else -1
        for index in rng.choices(range(len(moved)), k=abs(missing)):
            moved[index] = min(max(moved[index] + step, lowest[index]), highest[index])
    return moved
