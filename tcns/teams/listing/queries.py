"""A page of the list of teams. Where neither filter nor order looks at sessions, which teams it
shows is kept when one is logged: at national size to find them takes longer than all the rest."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from tcns.database import db
from tcns.database.kept import kept
from tcns.permissions.scope import Scope
from tcns.teams.models import Team
from tcns.teams.queries import TeamFilter, teams_in


def count_teams(scope: Scope, wanted: TeamFilter) -> int:
    """How many teams the list has."""
    count = _count if wanted.looks_at_sessions else _kept_count
    return count(scope, wanted)


def teams_of_page(scope: Scope, wanted: TeamFilter, limit: int, offset: int) -> Sequence[Team]:
    """So many teams of the list, after so many, in its order."""
    find = _ids if wanted.looks_at_sessions else _kept_ids
    ids = find(scope, wanted, limit, offset)
    query = select(Team).where(Team.id.in_(ids), scope.clause(Team))
    found = {team.id: team for team in db.session.scalars(query.options(joinedload(Team.area)))}
    return [found[team_id] for team_id in ids]


@kept("areas", "teams")
def _kept_count(scope: Scope, wanted: TeamFilter) -> int:
    return _count(scope, wanted)


def _count(scope: Scope, wanted: TeamFilter) -> int:
    query = teams_in(scope, wanted).order_by(None).with_only_columns(func.count())
    return db.session.scalar(query) or 0


@kept("areas", "teams")
def _kept_ids(scope: Scope, wanted: TeamFilter, limit: int, offset: int) -> tuple[int, ...]:
    return _ids(scope, wanted, limit, offset)


def _ids(scope: Scope, wanted: TeamFilter, limit: int, offset: int) -> tuple[int, ...]:
    query = teams_in(scope, wanted).with_only_columns(Team.id, maintain_column_froms=True)
    return tuple(db.session.scalars(query.limit(limit).offset(offset)))
