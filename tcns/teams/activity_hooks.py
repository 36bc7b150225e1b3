"""What the pages of teams and persons say of sessions.

Sessions are the domain above, which knows teams; teams do not know it. It answers these
questions by registering its answers here.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ScalarSelect, Select

from tcns.periods import Period
from tcns.permissions.scope import Scope
from tcns.teams.models import Membership, Person, Team


@dataclass(frozen=True)
class SessionRecord:
    """The questions.

    `active_teams` selects the ids of the teams with a counted session in a period; `last_days`
    gives, of some teams' ids, the day of the last counted session up to a day, and `last_day` that
    of the team in a column, to sort by; `held_by` and `helped_by` list the latest sessions of a
    team, or at which a person helped, within a scope; `counts_by_day` counts, up to a day, the
    counted sessions of a team on each day.
    """

    active_teams: Callable[[Period], Select[tuple[int]]]
    last_days: Callable[[Iterable[int], date], Mapping[int, date]]
    last_day: Callable[[Any, date], ScalarSelect[date]]
    held_by: Callable[[Scope, Team, date], Sequence[Any]]
    helped_by: Callable[[Scope, Person], Sequence[Any]]
    counts_by_day: Callable[[Scope, Team, date], Mapping[date, int]]


_registered: list[SessionRecord] = []


def keep_sessions(record: SessionRecord) -> None:
    """Register who answers."""
    _registered.append(record)


def sessions() -> SessionRecord:
    """Who answers; without the domain of sessions there is nobody."""
    return _registered[-1]


@dataclass(frozen=True)
class SessionDays:
    """What hangs on teams and memberships, in whatever state the sessions are.

    `of_team` gives the first and last day on which a team held a session, `of_membership` on
    which a member helped at one, None where there is none. `hand_over` lets a membership take
    over from another of the same person what they helped at from a day on.
    """

    of_team: Callable[[Team], Period | None]
    of_membership: Callable[[Membership], Period | None]
    hand_over: Callable[[Membership, Membership, date], None]


_days: list[SessionDays] = []


def keep_session_days(days: SessionDays) -> None:
    """Register who answers."""
    _days.append(days)


def session_days() -> SessionDays:
    """Who answers; without the domain of sessions there is nobody."""
    return _days[-1]
