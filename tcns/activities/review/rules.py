"""What is usual for a team, and how long a decision can be taken back."""

from collections.abc import Sequence
from datetime import timedelta
from math import ceil, floor
from statistics import quantiles
from typing import NamedTuple

# Of so many sessions approved last the middle half is usual; of too few nothing is.
LAST, ENOUGH = 12, 5
# A figure is flagged that lies further beyond the middle half than one and a half times its width.
FENCE = 1.5
TAKEN_BACK_WITHIN = timedelta(minutes=10)
# Where the middle half lies on the bar that shows it, and where the bar ends, in hundredths.
BAR = (30, 60)
ENDS = (4, 96)


class Usual(NamedTuple):
    """The middle half of what a team's last sessions counted."""

    low: int
    high: int

    def is_exceeded_by(self, count: int) -> bool:
        """Whether a count is far above what is usual."""
        return count > self.high + FENCE * (self.high - self.low)

    def place_of(self, count: int) -> int:
        """Where a count stands on the bar, in hundredths of its width."""
        first, last = BAR
        share = (count - self.low) / max(1, self.high - self.low)
        return round(min(max(first + share * (last - first), ENDS[0]), ENDS[1]))


def usual_of(counts: Sequence[int]) -> Usual | None:
    """What is usual of counts, the latest first; None of too few."""
    last = counts[:LAST]
    if len(last) < ENOUGH:
        return None
    low, _middle, high = quantiles(last, n=4, method="inclusive")
    return Usual(floor(low), ceil(high))
