"""Two persons side by side."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tcns.database import db
from tcns.permissions.scope import Scope
from tcns.teams.models import Membership, Person


@dataclass(frozen=True)
class Pair:
    """Two persons who may be one, the one on file first before the other."""

    one: Person
    other: Person

    def __iter__(self) -> Iterator[Person]:
        """Both."""
        yield self.one
        yield self.other

    @property
    def version(self) -> str:
        """The versions of both: another one when either was saved since."""
        return f"{self.one.version}-{self.other.version}"

    @property
    def standing(self) -> tuple[Person, Person]:
        """The rows that stand for both; one and the same once they are joined."""
        return self.one.standing, self.other.standing

    def lies_in(self, scope: Scope) -> bool:
        """Whether both lie in the scope, or the rows they were merged into."""
        return all(scope.covers(person) for person in self.standing)


def pair_of(one: Person, other: Person) -> Pair:
    """The pair of two persons."""
    return Pair(*sorted((one, other), key=lambda person: person.id))


def pair_by_ids(person_id: int, other_id: int) -> Pair | None:
    """The pair of two persons on file; None where one of them is not.

    Their memberships are read in the same statement: if somebody joins the two in between, they
    would be seen as not joined yet and in no team any more, and so nobody's to look at.
    """
    both = select(Person).where(Person.id.in_([person_id, other_id]))
    both = both.options(joinedload(Person.memberships).joinedload(Membership.team))
    found = db.session.scalars(both.execution_options(populate_existing=True)).unique().all()
    return pair_of(*found) if len(found) == 2 else None
