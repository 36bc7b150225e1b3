"""What dissolves a team."""

from datetime import date, timedelta

from tcns.accounts.models import User
from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.errors import raise_violations
from tcns.teams.decisions.operations import decide
from tcns.teams.locking import lock_ending
from tcns.teams.members.changes import close_membership
from tcns.teams.members.queries import outlasting
from tcns.teams.models import EstablishingDecision, Team
from tcns.teams.rules import (
    last_day_violations,
)
from tcns.teams.vocabulary import EndReason, Purpose


def dissolve_team(
    team: Team,
    *,
    last_day: date,
    decision: EstablishingDecision,
    by: User,
    version: int | None = None,
) -> None:
    """Dissolve a team by a decision; its memberships end with it on the last day, inclusive."""
    lock_ending(team, version)
    raise_violations(list(last_day_violations(team, last_day)))
    ends = last_day + timedelta(days=1)
    for membership in outlasting(team, ends):
        close_membership(membership, ends, EndReason.DISSOLVED, by=by)
    decide(team, decision, Purpose.DISSOLVE)
    changes_of_team = {"valid_to": (team.valid_to, ends), "decision": (None, decision.number)}
    team.valid_to = ends
    record(Event.TEAM_DISSOLVED, by=by, on=team, area_id=team.area_id, changes=changes_of_team)
