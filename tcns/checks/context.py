"""Where and when is looked, and what a check finds there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from flask_babel.speaklater import LazyString
from sqlalchemy import ColumnElement, Select

from tcns.areas.places import Place
from tcns.permissions.scope import Scope
from tcns.permissions.vocabulary import Permission
from tcns.spreadsheets.writing import Column
from tcns.team_sizes import TeamSizes
from tcns.teams.person_queries import NO_PHONES, PhoneScopes
from tcns.teams.queries import TeamRow


@dataclass(frozen=True)
class CheckContext:
    """A place on a map and the day whose teams and memberships are looked at.

    `sizes` are those of teams, by the names of TeamSizes, below and above which they are found;
    `text` narrows the lists by names, and by such phones as `phones` lets the visitor see.
    """

    on: date
    place: Place
    sizes: TeamSizes
    text: str = ""
    phones: PhoneScopes = NO_PHONES


class PhoneWriters(NamedTuple):
    """How files write the phones of a person and of a row's leader."""

    of_person: Callable[[int, str | None], str]
    of_leader: Callable[[TeamRow], str]


@dataclass(frozen=True)
class Listing:
    """Records of a kind as the lists of checks show them.

    `find` selects all of them within a scope, `describe` makes the rows of some, `columns` those
    of the file: with phones as the visitor may see them, with districts or without. What is all
    personal leaves the system with those alone who may export personal data. `part` names the
    template of a row. What has a list of its own elsewhere needs no more than its `page`, and
    `find` or, where it is not found by SQL alone, `count`.
    """

    find: Callable[[Scope, CheckContext], Select[Any]] | None = None
    part: str = ""
    describe: Callable[[Scope, Sequence[Any], CheckContext], Sequence[Any]] | None = None
    columns: Callable[[PhoneWriters, bool], list[Column]] | None = None
    is_personal: bool = False
    page: str = "checks.show_check"
    count: Callable[[Scope, CheckContext], int] | None = None


@dataclass(frozen=True)
class Mending:
    """The page on which what was found is mended, and by which of a row's records it opens."""

    label: LazyString
    endpoint: str
    by: str


@dataclass(frozen=True)
class Check:
    """Something that needs attention: what it is called, its rule in words, who may know of it.

    What it finds are the records of a listing for which `clause` holds; without one, all. How much
    that is rests on the data of some `subjects` (`tcns.database.versions`), and stays as they do;
    `count` counts it, where that is cheaper than to count what is found.
    """

    key: str
    label: LazyString
    rule: LazyString
    permission: Permission
    listing: Listing
    clause: Callable[[Scope, CheckContext], ColumnElement[bool]] | None = None
    mending: Mending | None = None
    subjects: tuple[str, ...] = ("areas", "teams")
    count: Callable[[Scope, CheckContext], int] | None = None

    def lies_in(self, scope: Scope) -> bool:
        """A check lies nowhere: whoever may look at some area may look at what it finds there."""
        return bool(scope)

    def find(self, scope: Scope, context: CheckContext) -> Select[Any]:
        """What it finds within a scope."""
        assert self.listing.find, "what is only counted is found elsewhere"
        query = self.listing.find(scope, context)
        return query.where(self.clause(scope, context)) if self.clause else query
