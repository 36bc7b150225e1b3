"""The conditions of checks, in SQL over the records that a listing selects."""

from collections.abc import Callable

from sqlalchemy import ColumnElement, Exists, exists, or_

from tcns.accounts.models import SignIn
from tcns.activities.doubts import is_in_doubt
from tcns.areas.models import Area
from tcns.areas.vocabulary import Level
from tcns.checks.context import CheckContext
from tcns.permissions.scope import Scope
from tcns.teams.area_queries import areas_with_team
from tcns.teams.models import Membership, Person, Team
from tcns.teams.rules import has_leader, is_too_large, is_too_small
from tcns.teams.vocabulary import MemberRole


def without_leader(_scope: Scope, context: CheckContext) -> ColumnElement[bool]:
    """Nobody leads the team on the day."""
    return ~has_leader(context.on)


def too_small(_scope: Scope, context: CheckContext) -> ColumnElement[bool]:
    """The team has fewer members on the day than one of its level should."""
    return is_too_small(Area.level, context.on, context.sizes._asdict())


def too_large(_scope: Scope, context: CheckContext) -> ColumnElement[bool]:
    """The team has more members on the day than one of its level should."""
    return is_too_large(Area.level, context.on, context.sizes._asdict())


def in_closed(level: Level) -> Callable[[Scope, CheckContext], ColumnElement[bool]]:
    """The team belongs to an area of a level that is gone from the map."""

    def clause(_scope: Scope, context: CheckContext) -> ColumnElement[bool]:
        is_gone: ColumnElement[bool] = Area.valid_to <= context.place.map_on
        return is_gone & (Area.level == level)

    return clause


def in_doubt(_scope: Scope, _context: CheckContext) -> ColumnElement[bool]:
    """The figures of the session may be mistaken."""
    return is_in_doubt()


def without_phone(_scope: Scope, _ground: CheckContext) -> ColumnElement[bool]:
    """Nobody knows how to reach the person."""
    return Person.phone.is_(None)


def leads_without_account(scope: Scope, context: CheckContext) -> ColumnElement[bool]:
    """The person leads a team on the day, and has no account, or one they never signed in with."""
    has_signed_in = exists().where(SignIn.user_id == Person.user_id)
    return _leads(scope, context) & or_(Person.user_id.is_(None), ~has_signed_in)


def _leads(scope: Scope, context: CheckContext) -> Exists:
    """The person leads a team of the scope on the day."""
    return exists().where(
        Membership.person_id == Person.id,
        Membership.role == MemberRole.LEADER,
        Membership.valid_on(context.on),
        Team.id == Membership.team_id,
        Team.valid_on(context.on),
        scope.clause(Team),
    )


def without_team(scope: Scope, context: CheckContext) -> ColumnElement[bool]:
    """The village has no team of its own on the day."""
    return Area.id.not_in(areas_with_team(scope, context.on, context.place.map_on))
