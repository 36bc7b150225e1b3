"""Who keeps a person's data: the rule itself, over memberships, whoever asks it.

Name, phone and year of birth belong to the commune of the membership that is oldest of those of
today, or of the one that ended last where there is none. A change of role goes on with the same
membership: it is as old as the first that it follows without a gap in the same team. The keeping
commune may hand the data over to a team in which the person is, too; that holds while they are in
it without a gap.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, Protocol, TypeVar

from tcns.teams.leading import Interval


class Placed(Interval, Protocol):
    """A membership, so far as it decides."""

    @property
    def id(self) -> int:
        """Which it is."""

    @property
    def team_id(self) -> int:
        """In which team."""


Part = TypeVar("Part", bound=Placed)


class HandOver(NamedTuple):
    """To which team a person's data were handed over, and when."""

    team_id: int
    on: date


def keeping_part(parts: Sequence[Part], day: date, handed: HandOver | None = None) -> Part | None:
    """Of a person's memberships the one whose commune keeps their data on a day."""
    present = present_or_last(parts, day)
    chosen = [each for each in present if handed and _was_handed(each, parts, handed)]
    return min(chosen or present, key=lambda each: (_since(each, parts), each.id), default=None)


def present_or_last(parts: Sequence[Part], day: date) -> list[Part]:
    """Of a person's memberships those of a day, else the one that ended last."""
    present = [p for p in parts if p.valid_from <= day and (p.valid_to is None or day < p.valid_to)]
    by_end = sorted(parts, key=lambda each: (each.valid_to or date.max, each.valid_from, each.id))
    return present or by_end[-1:]


def _was_handed(part: Placed, parts: Sequence[Placed], handed: HandOver) -> bool:
    """Whether the data were handed over to a membership, or to one that it goes on with."""
    return part.team_id == handed.team_id and _since(part, parts) <= handed.on


def _since(part: Placed, parts: Sequence[Placed]) -> date:
    """Since when somebody is in the team of a membership without a gap."""
    begun = part.valid_from
    before = [each for each in parts if each.team_id == part.team_id and each.valid_from < begun]
    for earlier in sorted(before, key=lambda each: each.valid_from, reverse=True):
        if earlier.valid_to is not None and earlier.valid_to < begun:
            break
        begun = earlier.valid_from
    return begun
