"""The parts two rows of one person had in one team, joined: nobody is in it twice at a time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from tcns.teams.models import Membership
from tcns.teams.vocabulary import EndReason, MemberRole

RANKS = list(MemberRole)


class Stretch(NamedTuple):
    """The days of one role, from `starts` to the day before `ends`, and the parts that say so."""

    role: MemberRole
    starts: date
    ends: date | None
    parts: tuple[Membership, ...]

    @property
    def same(self) -> Membership | None:
        """The part that is this stretch already, if one is."""
        days = self.starts, self.ends
        return next((part for part in self.parts if (part.valid_from, part.valid_to) == days), None)

    @property
    def end_reason(self) -> str | None:
        """Why it ended: as the part says that ends then, else because another role began."""
        ending = [part for part in self.parts if part.valid_to == self.ends]
        return ending[0].end_reason if ending else EndReason.ROLE_CHANGED.value


def clusters(parts: Iterable[Membership]) -> Iterator[list[Membership]]:
    """The parts of two rows that overlap in a team, taken together; others are left aside."""
    of_team: defaultdict[int, list[Membership]] = defaultdict(list)
    for part in sorted(parts, key=lambda each: each.valid_from):
        of_team[part.team_id].append(part)
    for found in of_team.values():
        for cluster in _overlapping(found):
            if len({part.person_id for part in cluster}) > 1:
                yield cluster


def _overlapping(parts: Sequence[Membership]) -> Iterator[list[Membership]]:
    """Parts of one team, in order of their first days, cut where no two hold at a time."""
    cluster: list[Membership] = []
    for part in parts:
        if cluster and part.valid_from >= max(map(_ends, cluster)):
            yield cluster
            cluster = []
        cluster.append(part)
    yield cluster


def stretches_of(parts: Sequence[Membership]) -> list[Stretch]:
    """The days on which one of the parts held, by role: on each day the highest.

    Two parts of one role that overlap become one stretch over the days of both; one after the
    other they stay two. So nobody leads on a day on which neither led.
    """
    found: list[Stretch] = []
    days = {part.valid_from for part in parts} | {_ends(part) for part in parts}
    for starts, ends in pairwise(sorted(days)):
        role, holding = _highest([part for part in parts if part.is_valid_on(starts)])
        last = found[-1] if found else None
        if last and last.role is role and set(map(id, holding)) & set(map(id, last.parts)):
            holding = [*last.parts, *(part for part in holding if part not in last.parts)]
            starts = found.pop().starts  # noqa: PLW2901
        until = None if ends == date.max else ends
        found.append(Stretch(role, starts, until, tuple(holding)))
    return found


def _highest(holding: Sequence[Membership]) -> tuple[MemberRole, list[Membership]]:
    """The highest role of some parts, and those that have it."""
    role = min((part.member_role for part in holding), key=RANKS.index)
    return role, [part for part in holding if part.member_role is role]


def _ends(part: Membership) -> date:
    """The first day on which a part holds no more, far away while it lasts."""
    return part.valid_to or date.max
