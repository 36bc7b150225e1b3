"""Where a user may do something: areas and teams, asked of one record or as SQL."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy import ColumnElement

from tcns.permissions.vocabulary import Permission


@dataclass(frozen=True)
class Scope:
    """The areas and teams within which a permission holds.

    `areas` and `teams` are ids; `everything` stands for the whole deployment. A scope without
    anything covers nothing.
    """

    areas: frozenset[int] = field(default_factory=frozenset)
    teams: frozenset[int] = field(default_factory=frozenset)
    everything: bool = False

    def __or__(self, other: "Scope") -> "Scope":
        """Either scope: several roles add up."""
        return Scope(
            self.areas | other.areas,
            self.teams | other.teams,
            self.everything or other.everything,
        )

    def __bool__(self) -> bool:
        """Whether the scope covers anything at all."""
        return self.everything or bool(self.areas or self.teams)

    @property
    def is_wide(self) -> bool:
        """Whether the scope may cover more than one team."""
        return self.everything or bool(self.areas) or len(self.teams) > 1

    def covers(self, record: "Scoped") -> bool:
        """Whether one loaded record lies within the scope."""
        return self.everything or record.lies_in(self)

    def clause(self, model: "type[Scoped]") -> ColumnElement[bool]:
        """The SQL condition that a row of `model` lies within the scope."""
        return model.within(self)


class Scoped(Protocol):
    """A record that knows where it lies."""

    @classmethod
    def within(cls, scope: Scope) -> ColumnElement[bool]:
        """The SQL condition that a row lies in the scope."""

    def lies_in(self, scope: Scope) -> bool:
        """Whether this row lies in the scope."""


EVERYTHING = Scope(everything=True)
NOTHING = Scope()

# A domain that grants rights registers how: given a user, a permission, the scope it grants.
RightsSource = Callable[[Any, Permission], Scope]
_sources: list[RightsSource] = []


def grants_rights(source: RightsSource) -> RightsSource:
    """Register a function that says which scope a user has for a permission."""
    _sources.append(source)
    return source


def scope_for(user: Any, permission: Permission) -> Scope:
    """Where `user` may do `permission`: what all sources of rights grant together."""
    scope = NOTHING
    for source in _sources:
        scope |= source(user, permission)
    return scope
