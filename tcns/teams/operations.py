"""What changes teams: establishing them by decision, putting them right, dissolving them."""

from datetime import date

from sqlalchemy import delete

from tcns.accounts.models import User
from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.database import db
from tcns.database.locking import lock
from tcns.errors import raise_violations
from tcns.teams.models import Team, TeamDecision
from tcns.teams.rules import (
    first_day_violations,
    withdrawal_violations,
)


def correct_team(
    team: Team, *, name: str, first_day: date, by: User, version: int | None = None
) -> None:
    """Put a team's name or first day right.

    No membership and no session may lie before it, nor another team of the area on it.
    """
    lock(team, version)
    raise_violations(list(first_day_violations(team, first_day)))
    changes = {"name": (team.name, name), "valid_from": (team.valid_from, first_day)}
    team.name, team.valid_from = name, first_day
    record(Event.TEAM_CORRECTED, by=by, on=team, area_id=team.area_id, changes=changes)


def withdraw_team(team: Team, *, by: User, version: int | None = None) -> None:
    """Take back a team that was entered by mistake, as if it had never been.

    Only while nothing hangs on it: no member, no session, no team merged into it. The decision
    stays on file.
    """
    lock(team, version)
    raise_violations(list(withdrawal_violations(team)))
    changes = {
        "name": (team.name, None),
        "valid_from": (team.valid_from, None),
        "valid_to": (team.valid_to, None),
        "second_reason": (team.second_reason, None),
    }
    record(Event.TEAM_WITHDRAWN, by=by, on=team, area_id=team.area_id, changes=changes)
    db.session.execute(delete(TeamDecision).where(TeamDecision.team_id == team.id))
    db.session.delete(team)
    db.session.flush()
