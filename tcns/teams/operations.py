"""What changes teams: establishing them by decision, putting them right, dissolving them."""

from datetime import date, timedelta

from sqlalchemy import delete, select

from tcns.accounts.models import User
from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.database import db
from tcns.rules import raise_broken
from tcns.teams.locks import lock
from tcns.teams.models import EstablishingDecision, Membership, Team, TeamDecision
from tcns.teams.team_rules import (
    TeamText,
    broken_by_first_day,
    broken_by_last_day,
    broken_by_new_team,
    broken_by_withdrawal,
)
from tcns.teams.vocabulary import Purpose


def establish_team(text: TeamText, *, decision: EstablishingDecision, by: User) -> Team:
    """Establish a team of a commune or village by a decision, from a day on.

    The area must exist that day. A second active team of an area needs a stated reason.
    """
    lock(text.area)
    raise_broken(list(broken_by_new_team(text)))
    team = Team(
        area_id=text.area.id,
        name=text.name,
        valid_from=text.first_day,
        second_reason=text.second_reason,
    )
    db.session.add(team)
    db.session.flush()  # the decision points to its id
    _decide(team, decision, Purpose.ESTABLISH)
    changes = {
        "name": (None, text.name),
        "valid_from": (None, text.first_day),
        "decision": (None, decision.number),
        "second_reason": (None, text.second_reason),
    }
    record(Event.TEAM_ESTABLISHED, by=by, on=team, area_id=team.area_id, changes=changes)
    return team


def _decide(team: Team, decision: EstablishingDecision, purpose: Purpose) -> None:
    """Note what a decision did to a team, once."""
    key = (team.id, decision.id, purpose.value)
    if db.session.get(TeamDecision, key) is None:
        db.session.add(TeamDecision(team_id=team.id, decision_id=decision.id, purpose=purpose))


def correct_team(team: Team, *, name: str, first_day: date, by: User) -> None:
    """Put a team's name or first day right.

    No membership and no session may lie before it, nor another team of the area on it.
    """
    lock(team)
    raise_broken(list(broken_by_first_day(team, first_day)))
    changes = {"name": (team.name, name), "valid_from": (team.valid_from, first_day)}
    team.name, team.valid_from = name, first_day
    record(Event.TEAM_CORRECTED, by=by, on=team, area_id=team.area_id, changes=changes)


def dissolve_team(team: Team, *, last_day: date, decision: EstablishingDecision, by: User) -> None:
    """Dissolve a team by a decision; its memberships end with it on the last day, inclusive."""
    lock(team)
    raise_broken(list(broken_by_last_day(team, last_day)))
    ends = last_day + timedelta(days=1)
    for membership in outlasting(team, ends):
        changes = {"valid_to": (membership.valid_to, ends)}
        membership.valid_to = ends
        record(Event.MEMBERSHIP_ENDED, by=by, on=membership, area_id=team.area_id, changes=changes)
    _decide(team, decision, Purpose.DISSOLVE)
    changes_of_team = {"valid_to": (team.valid_to, ends), "decision": (None, decision.number)}
    team.valid_to = ends
    record(Event.TEAM_DISSOLVED, by=by, on=team, area_id=team.area_id, changes=changes_of_team)


def outlasting(team: Team, ends: date) -> list[Membership]:
    """The team's memberships that would outlast the day before `ends`."""
    query = select(Membership).where(
        Membership.team_id == team.id,
        Membership.valid_to.is_(None) | (Membership.valid_to > ends),
    )
    return list(db.session.scalars(query.order_by(Membership.id)))


def withdraw_team(team: Team, *, by: User) -> None:
    """Take back a team that was entered by mistake, as if it had never been.

    Only while nothing hangs on it: no member, no session, no team merged into it. The decision
    stays on file.
    """
    lock(team)
    raise_broken(list(broken_by_withdrawal(team)))
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
