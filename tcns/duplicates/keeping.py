"""Where persons are kept: asked by all questions about duplicates."""

from typing import Any

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import aliased

from tcns.permissions.scope import Scope
from tcns.teams.models import Membership, Team

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
