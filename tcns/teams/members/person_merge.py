"""Giving the memberships of a person who was on file twice to the row that is kept."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from tcns.accounts.models import User
from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.database import db
from tcns.teams.members.changes import membership_values
from tcns.teams.members.rules import ONE_DAY, MembershipSpec
from tcns.teams.models import Membership, Person
from tcns.teams.vocabulary import EndReason, MemberRole

RANKS = list(MemberRole)


class RolePeriod(NamedTuple):
    """The days of one role, from `starts` to the day before `ends`, and the parts that say so."""

    role: MemberRole
    starts: date
    ends: date | None
    parts: tuple[Membership, ...]

    @property
    def same(self) -> Membership | None:
        """The part that has exactly these days already, if one has."""
        days = self.starts, self.ends
        return next((part for part in self.parts if (part.valid_from, part.valid_to) == days), None)

    @property
    def end_reason(self) -> str | None:
        """Why it ended: as the part says that ends then, else because another role began."""
        ending = [part for part in self.parts if part.valid_to == self.ends]
        return ending[0].end_reason if ending else EndReason.ROLE_CHANGED.value


@dataclass(frozen=True)
class Join:
    """Overlapping parts in one team: those that stand for them now, and those that are to go."""

    standing: Sequence[Membership]
    gone: Sequence[Membership]

    def holding(self, day: date) -> Membership:
        """The membership that holds on a day."""
        return next((each for each in self.standing if each.is_valid_on(day)), self.standing[0])


def hand_over_memberships(former: Person, successor: Person, *, by: User) -> list[Join]:
    """Let the person into whom another is merged have that one's memberships.

    Where both were in a team at a time, new memberships stand for the days of either; what hangs
    on the old ones is to be handed over before `remove_joined` takes those away. A joined part is
    a new row, never a longer old one: what is built on it since is seen when this is undone.
    """
    overlapping = list(clusters([*successor.memberships, *former.memberships]))
    for part in list(former.memberships):
        _give(part, successor, by=by)
    db.session.flush()
    return [_join(cluster, successor, by=by) for cluster in overlapping]


def _give(part: Membership, successor: Person, *, by: User) -> None:
    changes = {"person": (part.person_id, successor.id)}
    part.person = successor
    area_id = part.team.area_id
    record(Event.MEMBERSHIP_CORRECTED, by=by, on=part, area_id=area_id, changes=changes)


def _join(cluster: Sequence[Membership], person: Person, *, by: User) -> Join:
    """Open what is to stand for overlapping parts, and say which are to go."""
    periods = role_periods_of(cluster)
    standing = [each.same or _open(each, person, by=by) for each in periods]
    return Join(standing, [part for part in cluster if part not in standing])


def _open(period: RolePeriod, person: Person, *, by: User) -> Membership:
    """Open a new membership for the days of a period, keeping what its parts know."""
    first = period.parts[0]
    body = next((part.member_body for part in period.parts if part.body), None)
    decision_id = next((part.decision_id for part in period.parts if part.decision_id), None)
    last_day = period.ends - ONE_DAY if period.ends else None
    spec = MembershipSpec(period.role, body, period.starts, last_day)
    values = membership_values(first.team, person.id, spec, decision_id)
    known = {"end_reason": period.end_reason, "person": person, "team": first.team}
    membership = Membership(**values | known)
    db.session.add(membership)
    db.session.flush()  # the record of it needs the id
    changes = {field: (None, value) for field, value in _facts(membership)}
    area_id = first.team.area_id
    record(Event.MEMBER_ADDED, by=by, on=membership, area_id=area_id, changes=changes)
    return membership


def remove_joined(joins: Sequence[Join], *, by: User) -> None:
    """Take away the memberships for which others stand now."""
    for part in [part for join in joins for part in join.gone]:
        changes = {field: (value, None) for field, value in _facts(part)}
        area_id = part.team.area_id
        record(Event.MEMBERSHIP_WITHDRAWN, by=by, on=part, area_id=area_id, changes=changes)
        db.session.delete(part)
    db.session.flush()


def _facts(membership: Membership) -> Iterator[tuple[str, Any]]:
    """What is on record of a membership."""
    yield "person", membership.person_id
    yield "team", membership.team_id
    for field in ("role", "body", "valid_from", "valid_to"):
        yield field, getattr(membership, field)


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


def role_periods_of(parts: Sequence[Membership]) -> list[RolePeriod]:
    """The days on which one of the parts held, by role: on each day the highest.

    Two parts of one role that overlap become one period over the days of both; one after the
    other they stay two. So nobody leads on a day on which neither led.
    """
    found: list[RolePeriod] = []
    days = {part.valid_from for part in parts} | {_ends(part) for part in parts}
    for starts, ends in pairwise(sorted(days)):
        role, holding = _highest([part for part in parts if part.is_valid_on(starts)])
        last = found[-1] if found else None
        if last and last.role is role and set(map(id, holding)) & set(map(id, last.parts)):
            holding = [*last.parts, *(part for part in holding if part not in last.parts)]
            starts = found.pop().starts  # noqa: PLW2901
        until = None if ends == date.max else ends
        found.append(RolePeriod(role, starts, until, tuple(holding)))
    return found


def _highest(holding: Sequence[Membership]) -> tuple[MemberRole, list[Membership]]:
    """The highest role of some parts, and those that have it."""
    role = min((part.member_role for part in holding), key=RANKS.index)
    return role, [part for part in holding if part.member_role is role]


def _ends(part: Membership) -> date:
    """The first day on which a part holds no more, far away while it lasts."""
    return part.valid_to or date.max
