"""The conditions of checks, in SQL over the records that a listing selects."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Exists, case, exists, func, or_, select

from tcns.accounts.models import SignIn
from tcns.areas.models import Area
from tcns.areas.vocabulary import Level
from tcns.checks.context import Ground
from tcns.permissions.scope import Scope
from tcns.teams.area_queries import areas_with_team
from tcns.teams.models import Membership, Person, Team
from tcns.teams.vocabulary import MemberRole


def without_leader(_scope: Scope, ground: Ground) -> ColumnElement[bool]:
    """Nobody leads the team on the day."""
    leads = Membership.role == MemberRole.LEADER, Membership.valid_on(ground.on)
    return ~exists().where(Membership.team_id == Team.id, *leads)


def too_small(_scope: Scope, ground: Ground) -> ColumnElement[bool]:
    """The team has fewer members on the day than one of its level should."""
    clause: ColumnElement[bool] = _member_count(ground) < _of_level(ground.least)
    return clause


def too_large(_scope: Scope, ground: Ground) -> ColumnElement[bool]:
    """The team has more members on the day than one of its level should."""
    clause: ColumnElement[bool] = _member_count(ground) > _of_level(ground.most)
    return clause


def _member_count(ground: Ground) -> Any:
    """How many members the team has on the day."""
    query = select(func.count()).where(
        Membership.team_id == Team.id, Membership.valid_on(ground.on)
    )
    return query.correlate(Team).scalar_subquery()


def _of_level(sizes: Mapping[Level, int]) -> Any:
    """The size for the level of the team's area."""
    return case({level.value: size for level, size in sizes.items()}, value=Area.level)


def in_closed(level: Level) -> Callable[[Scope, Ground], ColumnElement[bool]]:
    """The team belongs to an area of a level that is gone from the map."""

    def clause(_scope: Scope, ground: Ground) -> ColumnElement[bool]:
        is_gone: ColumnElement[bool] = Area.valid_to <= ground.place.map_on
        return is_gone & (Area.level == level)

    return clause


def without_phone(_scope: Scope, _ground: Ground) -> ColumnElement[bool]:
    """Nobody knows how to reach the person."""
    return Person.phone.is_(None)


def leads_without_account(scope: Scope, ground: Ground) -> ColumnElement[bool]:
    """The person leads a team on the day, and has no account, or one they never signed in with."""
    has_signed_in = exists().where(SignIn.user_id == Person.user_id)
    return _leads(scope, ground) & or_(Person.user_id.is_(None), ~has_signed_in)


def _leads(scope: Scope, ground: Ground) -> Exists:
    """The person leads a team of the scope on the day."""
    return exists().where(
        Membership.person_id == Person.id,
        Membership.role == MemberRole.LEADER,
        Membership.valid_on(ground.on),
        Team.id == Membership.team_id,
        Team.valid_on(ground.on),
        scope.clause(Team),
    )


def without_team(scope: Scope, ground: Ground) -> ColumnElement[bool]:
    """The village has no team of its own on the day."""
    return Area.id.not_in(areas_with_team(scope, ground.on, ground.place.map_on))
