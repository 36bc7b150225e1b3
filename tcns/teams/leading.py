"""One leader at a time: the rule itself, over intervals, whoever asks it.

The unique index on lasting leaders stands behind it, for two who save at the same instant.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple, Protocol, TypeVar

from tcns.teams.vocabulary import MemberRole


class Interval(Protocol):
    """What holds from a day to the day before another, without an end while that is None."""

    @property
    def valid_from(self) -> date:
        """The first day."""

    @property
    def valid_to(self) -> date | None:
        """The first day on which it holds no more."""


class InRole(Interval, Protocol):
    """A part in a team for a time."""

    @property
    def role(self) -> str:
        """As what somebody is in the team."""


class RoleHeld(NamedTuple):
    """A part that is only asked for: as what, from when to when, and whose."""

    role: str
    valid_from: date
    valid_to: date | None
    whose: Any = None


Part = TypeVar("Part", bound=InRole)


def share_a_day(one: Interval, other: Interval) -> bool:
    """Whether two things hold on a common day."""
    return one.valid_from < (other.valid_to or date.max) and other.valid_from < (
        one.valid_to or date.max
    )


def leading_beside(part: InRole, others: Iterable[Part]) -> list[Part]:
    """Those of some other parts that lead the team on a day on which this one leads it."""
    if part.role != MemberRole.LEADER:
        return []
    return [each for each in others if each.role == MemberRole.LEADER and share_a_day(part, each)]


def leading_together(parts: Iterable[Part]) -> Iterator[tuple[Part, Part]]:
    """Each two parts in a team that lead it on a common day, in the order given."""
    listed = list(parts)
    for place, one in enumerate(listed, start=1):
        for other in leading_beside(one, listed[place:]):
            yield one, other
