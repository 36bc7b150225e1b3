"""What changes teams: establishing them by decision, putting them right, dissolving them."""

from datetime import date

from sqlalchemy import delete, select

from tcns.accounts.models import User
from tcns.audit.operations import PlannedEvent, Written, change_row, record
from tcns.audit.vocabulary import Event
from tcns.database import db
from tcns.database.locking import lock
from tcns.errors import raise_violations
from tcns.teams.models import Person, Team, TeamDecision
from tcns.teams.rules import (
    TeamText,
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
    change_row(team, team_correction(team, name, first_day), by=by)


def team_row(text: TeamText, decision_number: str) -> Written:
    """What is written of a team that a decision establishes."""
    values = {
        "area_id": text.area.id,
        "name": text.name,
        **Team.keys_of(text.name),
        "second_reason": text.second_reason,
        "valid_from": text.first_day,
        "valid_to": None,
    }
    changes = {
        "name": (None, text.name),
        "valid_from": (None, text.first_day),
        "decision": (None, decision_number),
        "second_reason": (None, text.second_reason),
    }
    return Written(values, PlannedEvent(Event.TEAM_ESTABLISHED, text.area.id, changes))


def team_correction(team: Team, name: str, first_day: date) -> Written:
    """What is written when a team's name or first day is corrected."""
    values = {"name": name, **Team.keys_of(name), "valid_from": first_day}
    changes = {"name": (team.name, name), "valid_from": (team.valid_from, first_day)}
    return Written(values, PlannedEvent(Event.TEAM_CORRECTED, team.area_id, changes))


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
    for person in db.session.scalars(select(Person).where(Person.handed_to_id == team.id)):
        person.handed_to_id = person.handed_over_on = None
    db.session.flush()
    db.session.delete(team)
    db.session.flush()
