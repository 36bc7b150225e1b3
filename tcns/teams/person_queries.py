"""Where persons are kept, and whose phones somebody sees in full."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, false, or_, select, true
from sqlalchemy.orm import aliased

from tcns.clock import today
from tcns.database import db
from tcns.database import kept as answers
from tcns.database.id_lists import in_ids
from tcns.permissions.scope import NOTHING, Scope
from tcns.teams.models import Membership, Person, Team
from tcns.teams.ownership import HandOver, keeping_part
from tcns.teams.vocabulary import MemberRole

# A second sight of the memberships, made once: making one takes longer than most questions.
Later = aliased(Membership)


def kept(scope: Scope, *columns: Any) -> Select[Any]:
    """A query over where persons are kept: the memberships of each that end last, in the scope."""
    return (
        select(*columns)
        .select_from(Membership)
        .join(Team, Team.id == Membership.team_id)
        .where(scope.clause(Team), _ends_last())
    )


def _ends_last() -> ColumnElement[bool]:
    """The clause that no other membership of the person lasts longer."""
    lasts_longer = or_(Later.valid_to.is_(None), Later.valid_to > Membership.valid_to)
    same = Later.person_id == Membership.person_id
    return or_(Membership.valid_to.is_(None), ~exists().where(same, lasts_longer))


@answers.kept("teams")
def kept_by_others(scope: Scope) -> tuple[int, ...]:
    """The persons who are in teams of the scope today and in others as well, and whose data a
    commune outside keeps; read to be judged by the rule itself, for they are few."""
    present = select(Membership.person_id).join(Membership.team)
    present = present.where(Membership.valid_on(today()))
    inside, outside = (present.where(each) for each in (Team.within(scope), ~Team.within(scope)))
    columns = (
        *(Membership.id, Membership.person_id, Membership.team_id, Team.area_id),
        *(Membership.valid_from, Membership.valid_to),
        *(Person.handed_to_id, Person.handed_over_on),
    )
    query = select(*columns).join(Membership.team).join(Membership.person)
    query = query.where(Person.id.in_(inside), Person.id.in_(outside))
    parts: defaultdict[int, list[Any]] = defaultdict(list)
    for row in db.session.execute(query):
        parts[row.person_id].append(row)
    return tuple(who for who, own in parts.items() if not _keeps(scope, own))


def _keeps(scope: Scope, parts: Sequence[Any]) -> bool:
    """Whether the membership that keeps a person's data lies in the scope."""
    handed = HandOver(parts[0].handed_to_id, parts[0].handed_over_on)
    keeping = keeping_part(parts, today(), handed if handed.team_id else None)
    return keeping is not None and (
        keeping.area_id in scope.areas or keeping.team_id in scope.teams
    )


@dataclass(frozen=True)
class PhoneScopes:
    """Where somebody sees phones in full: of all who are kept there, and of those who lead there.

    Of who is in teams of two communes the official of the one that keeps their data sees it; each
    team sees those of its own members.

    All others they see masked, and find by none of their digits: a hit would tell the rest.
    """

    members: Scope = NOTHING
    leaders: Scope = NOTHING

    def clause(self, among: Collection[int] | None = None) -> ColumnElement[bool]:
        """The clause that a person's phone is seen in full, if it is asked of some persons alone
        theirs."""
        if self.members.everything:
            return true()
        queries = []
        if self.members:
            here = select(Person.id).where(
                Person.id.in_(_of(among, kept(self.members, Membership.person_id))),
                ~in_ids(Person.id, self._kept_by_others),
            )
            queries.append(here)
        if self.leaders:
            queries.append(_of(among, _leading(self.leaders)))
        return or_(false(), *(Person.id.in_(query) for query in queries))

    @cached_property
    def _kept_by_others(self) -> Sequence[int]:
        """Who is in a team of the areas today, and is kept by another commune."""
        return kept_by_others(self.members) if self.members.areas else ()

    def seen_among(self, person_ids: Collection[int]) -> Collection[int]:
        """Those of some persons whose phones are seen in full."""
        if self.members.everything:
            return person_ids
        if not person_ids or not (self.members or self.leaders):
            return ()
        query = select(Person.id).where(in_ids(Person.id, person_ids), self.clause(person_ids))
        return set(db.session.scalars(query))

    @staticmethod
    def loaded_persons() -> set[int]:
        """The persons whom a page has read: they stand on it together, to be asked for at once."""
        rows = db.session.identity_map.values()
        return {row.id for row in rows if isinstance(row, Person)}


NO_PHONES = PhoneScopes()


def _of(person_ids: Collection[int] | None, query: Select[Any]) -> Select[Any]:
    """A query over memberships, narrowed to those of some persons."""
    return query if person_ids is None else query.where(in_ids(Membership.person_id, person_ids))


def _leading(scope: Scope) -> Select[tuple[int]]:
    """Who leads a team of the scope today."""
    return (
        select(Membership.person_id)
        .join(Membership.team)
        .where(Membership.role == MemberRole.LEADER, Membership.valid_on(today()))
        .where(Team.valid_on(today()), scope.clause(Team))
    )
