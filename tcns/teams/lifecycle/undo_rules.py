"""What must hold once a team, or memberships, are again as they were before."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations, groupby

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tcns.database import db
from tcns.errors import RuleViolation, raise_violations
from tcns.i18n import gettext as _
from tcns.teams.leading import leading_together, share_a_day
from tcns.teams.models import Membership, Team
from tcns.undo.models import ReversibleStep
from tcns.undo.operations import check_reversal
from tcns.undo.vocabulary import Action


def another_team_violations(team: Team, since: date) -> Iterator[RuleViolation]:
    """Why a team cannot exist from a day on: its area has another, and no reason for two."""
    query = select(Team).where(
        Team.area_id == team.area_id,
        Team.id != team.id,
        Team.second_reason.is_(None),
        Team.valid_to.is_(None) | (Team.valid_to > since),
    )
    other = None if team.second_reason else db.session.scalar(query.limit(1))
    if other:
        yield RuleViolation(_("The area has another team since: %(name)s.", name=other.name))


def overlaps_violations(memberships: Sequence[Membership]) -> Iterator[RuleViolation]:
    """Who would be in one team twice at a time, and who would lead it beside another."""
    for one, other in combinations(memberships, 2):
        if one.person_id == other.person_id and share_a_day(one, other):
            name = one.person.full_name
            yield RuleViolation(_("%(name)s would be in the team twice at a time.", name=name))
    for one, other in leading_together(memberships):
        if one.person_id != other.person_id:
            names = {"one": one.person.full_name, "other": other.person.full_name}
            yield RuleViolation(_("%(one)s and %(other)s would lead the team together.", **names))


@check_reversal
def check_memberships(steps: Sequence[ReversibleStep]) -> None:
    """Memberships that are again as they were fit those that came since."""
    ids = _ids_of(steps, "membership")
    touched = select(Membership.team_id).where(Membership.id.in_(ids))
    query = select(Membership).where(Membership.team_id.in_(touched))
    found = (
        db.session.scalars(
            query.options(joinedload(Membership.person)).order_by(Membership.team_id, Membership.id)
        ).all()
        if ids
        else ()
    )
    for _team, memberships in groupby(found, key=lambda each: each.team_id):
        raise_violations(list(overlaps_violations(list(memberships))))


@check_reversal
def check_teams(steps: Sequence[ReversibleStep]) -> None:
    """A team that exists again is the only one of its area, or has a reason."""
    query = select(Team).where(Team.id.in_(_ids_of(steps, "team")), Team.valid_to.is_(None))
    for team in db.session.scalars(query):
        raise_violations(list(another_team_violations(team, team.valid_from)))


def _ids_of(steps: Sequence[ReversibleStep], table_name: str) -> list[int]:
    """The ids of the rows of a table that are there again, or as they were."""
    return [
        step.key[0]
        for step in steps
        if step.table_name == table_name and step.action != Action.CREATED
    ]
