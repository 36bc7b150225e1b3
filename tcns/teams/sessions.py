"""What the pages of teams and persons say of sessions.

Sessions are the domain above, which knows teams; teams do not know it. It answers these
questions by registering its answers here.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select

from tcns.periods import Period
from tcns.permissions.scope import Scope
from tcns.teams.models import Person, Team


@dataclass(frozen=True)
class SessionRecord:
    """The questions.

    `active_teams` selects the ids of the teams with a counted session in a period; `last_days`
    gives, of some teams' ids, the day of the last counted session up to a day; `held_by` and
    `helped_by` list the latest sessions of a team, or at which a person helped, within a scope.
    """

    active_teams: Callable[[Period], Select[tuple[int]]]
    last_days: Callable[[Iterable[int], date], Mapping[int, date]]
    held_by: Callable[[Scope, Team, date], Sequence[Any]]
    helped_by: Callable[[Scope, Person], Sequence[Any]]


_registered: list[SessionRecord] = []


def keep_sessions(record: SessionRecord) -> None:
    """Register who answers."""
    _registered.append(record)


def sessions() -> SessionRecord:
    """Who answers; without the domain of sessions there is nobody."""
    return _registered[-1]
