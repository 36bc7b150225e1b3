"""Doing the same to many records at once: what would be left alone and why, then all the rest.

What was chosen carries the versions that were looked at. Everything is asked again under the
lock: whatever was saved since, lies outside the scope or breaks a rule is left as it is, and
reported. The rest is done in one transaction, and can be undone as a whole.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

from sqlalchemy.orm.exc import ObjectDeletedError

from tcns.errors import Gone, RuleViolation
from tcns.i18n import gettext as _
from tcns.permissions.vocabulary import Permission
from tcns.undo.models import Reversible
from tcns.undo.operations import undoable
from tcns.undo.vocabulary import ReversibleKind

Record = TypeVar("Record", bound=Any)


class Chosen(NamedTuple):
    """A record that was chosen, and the version of it that was looked at."""

    id: int
    version: int


class Left(NamedTuple):
    """A record that is left as it is, by name as far as there is one, and why."""

    name: str
    why: str


@dataclass(frozen=True)
class Plan(Generic[Record]):
    """Of what was chosen: what can be done, and what is left."""

    ready: list[Record]
    left: list[Left]


@dataclass(frozen=True)
class Outcome(Plan[Record]):
    """What was done, what was left, and the way to undo it."""

    reversible: Reversible


class BulkAction(ABC, Generic[Record]):
    """Something that is done to many records; a domain says what, to which, by which rules."""

    kind: ClassVar[ReversibleKind]
    needed: ClassVar[Permission]

    def __init__(self, by: Any) -> None:
        self.by = by

    @abstractmethod
    def find(self, ids: Sequence[int]) -> Sequence[Record]:
        """The records with these ids, as far as there are any, in the order to lock them."""

    @abstractmethod
    def name(self, row: Record) -> str:
        """What a record is called."""

    @abstractmethod
    def area_of(self, row: Record) -> int:
        """The id of the area a record belongs to."""

    @abstractmethod
    def lock(self, row: Record) -> None:
        """Lock the record and re-read it; may raise Gone."""

    @abstractmethod
    def broken(self, row: Record) -> Iterator[RuleViolation]:
        """Why it cannot be done to a record."""

    @abstractmethod
    def do(self, row: Record) -> None:
        """Do it to a record."""

    def begin(self) -> None:
        """Do what must come first, once; not asked where none of the records is to be found."""

    def plan(self, chosen: Sequence[Chosen]) -> Plan[Record]:
        """What would be done and what would be left, as things stand."""
        plan: Plan[Record] = Plan([], [])
        for row, version in self._chosen(chosen, plan):
            self._sort_in(row, version, plan)
        return plan

    def carry_out(self, chosen: Sequence[Chosen]) -> Outcome[Record]:
        """Do it to all to which it can be done; raises RuleViolation where that is none."""
        with undoable(self.kind, by=self.by, area_id=self._area(chosen)) as reversible:
            outcome: Outcome[Record] = Outcome([], [], reversible)
            found = self._chosen(chosen, outcome)
            if found:
                self.begin()
            for row, version in found:
                if self._is_there(row, outcome) and self._sort_in(row, version, outcome):
                    self.do(row)
            if not outcome.ready:
                raise nothing_done()
        return outcome

    def _chosen(self, chosen: Sequence[Chosen], plan: Plan[Record]) -> list[tuple[Record, int]]:
        """The records of the scope with the versions that were looked at; others are left."""
        versions, scope = dict(chosen), self.by.scope_for(self.needed)
        found = [row for row in self.find(list(versions)) if scope.covers(row)]
        plan.left.extend([_gone()] * (len(versions) - len(found)))
        return [(row, versions[row.id]) for row in found]

    def _is_there(self, row: Record, plan: Plan[Record]) -> bool:
        """Lock a record; whether it is still there."""
        try:
            self.lock(row)
        except (Gone, ObjectDeletedError):
            plan.left.append(_gone())
            return False
        return True

    def _sort_in(self, row: Record, version: int, plan: Plan[Record]) -> bool:
        """Whether it can be done to a record; else it is left."""
        if row.version != version:
            plan.left.append(Left(self.name(row), _("Somebody else saved it in the meantime.")))
            return False
        broken = next(self.broken(row), None)
        if broken is not None:
            plan.left.append(Left(self.name(row), str(broken.message)))
            return False
        plan.ready.append(row)
        return True

    def _area(self, chosen: Sequence[Chosen]) -> int | None:
        """The area under which all of it is on record: none for whoever may do it everywhere, else
        where the account belongs, else that of the first record."""
        scope = self.by.scope_for(self.needed)
        if scope.everything:
            return None
        if self.by.home_area_id in scope.areas:
            return int(self.by.home_area_id)
        rows = (row for row in self.find([one.id for one in chosen]) if scope.covers(row))
        return next((self.area_of(row) for row in rows), None)


def nothing_done() -> RuleViolation:
    """It could be done to none of the records; the page says beside each why."""
    return RuleViolation(_("Nothing was done: see below what stands against it."))


def _gone() -> Left:
    """A record that is not there, or not for this account."""
    return Left("", _("It is not there any more, or not yours to change."))
