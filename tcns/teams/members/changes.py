"""What operations on memberships are made of: a part begins, ends, or becomes another.

They keep no rule: whoever calls them has looked at the rules under the team's lock.
"""

from datetime import date
from typing import Any

from tcns.accounts.models import User
from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.database import db
from tcns.teams.activity_hooks import session_days
from tcns.teams.members.rules import MembershipSpec
from tcns.teams.models import EstablishingDecision, Membership, Team
from tcns.teams.vocabulary import Body, EndReason
from tcns.undo.models import Reversible
from tcns.undo.operations import note_change, note_created


def open_membership(
    team: Team, person_id: int, spec: MembershipSpec, decision: EstablishingDecision | None = None
) -> Membership:
    """A new membership, in the database already."""
    membership = Membership(
        person_id=person_id,
        team_id=team.id,
        role=spec.role,
        body=spec.body,
        decision_id=decision.id if decision else None,
        valid_from=spec.first_day,
        valid_to=spec.ends(team),
        end_reason=EndReason.LEFT if spec.last_day else end_of_team(team),
    )
    db.session.add(membership)
    db.session.flush()  # the record of it needs the id
    return membership


def join(
    team: Team,
    person_id: int,
    spec: MembershipSpec,
    decision: EstablishingDecision | None = None,
    *,
    by: User,
) -> Membership:
    """Open a part of somebody who joins, and put it on record."""
    membership = open_membership(team, person_id, spec, decision)
    changes = {
        "person": (None, person_id),
        "team": (None, team.id),
        "role": (None, spec.role.value),
        "body": (None, word_of(spec.body)),
        "valid_from": (None, spec.first_day),
        "valid_to": (None, membership.valid_to),
        "end_reason": (None, membership.end_reason),
    }
    record(Event.MEMBER_ADDED, by=by, on=membership, area_id=team.area_id, changes=changes)
    return membership


def close_membership(
    membership: Membership,
    ends: date,
    why: EndReason,
    *,
    by: User,
    in_words: str | None = None,
) -> None:
    """End a part before the day `ends`, and put on record why."""
    changes = ended(membership, ends, why) | {"reason": (None, in_words)}
    membership.valid_to, membership.end_reason = ends, why
    db.session.flush()  # one leader at a time: it must have ended before another begins
    area_id = membership.team.area_id
    record(Event.MEMBERSHIP_ENDED, by=by, on=membership, area_id=area_id, changes=changes)


def ended(membership: Membership, ends: date | None, why: EndReason | None) -> dict[str, Any]:
    """The end of a membership and its reason, before and after."""
    return {
        "valid_to": (membership.valid_to, ends),
        "end_reason": (membership.end_reason, why.value if why else None),
    }


def switch_membership(
    membership: Membership,
    spec: MembershipSpec,
    *,
    by: User,
    decision_id: int | None = None,
    done: Reversible | None = None,
) -> Membership:
    """Change the role, on the first day in place, later by a successor, which is answered.

    The successor rests on the decision given, else on that of the membership. What is done so
    that it can be undone is noted.
    """
    if done:
        note_change(done, membership)
    if spec.first_day == membership.valid_from:
        return _change_in_place(membership, spec, by=by)
    team, ends, why = membership.team, membership.last_day, membership.end_reason
    changes = _changed(membership, spec) | {"valid_from": (membership.valid_from, spec.first_day)}
    membership.valid_to, membership.end_reason = spec.first_day, EndReason.ROLE_CHANGED
    db.session.flush()  # one leader at a time: the old part must end before the new one begins
    successor = open_membership(
        team, membership.person_id, MembershipSpec(spec.role, spec.body, spec.first_day, ends)
    )
    successor.decision_id = decision_id or membership.decision_id
    successor.end_reason = why
    if done:
        note_created(done, successor)
    session_days().hand_over(membership, successor, spec.first_day, done)
    record(Event.ROLE_CHANGED, by=by, on=successor, area_id=team.area_id, changes=changes)
    return successor


def _change_in_place(membership: Membership, spec: MembershipSpec, *, by: User) -> Membership:
    """Put the role right that a membership has had from its first day."""
    changes, area_id = _changed(membership, spec), membership.team.area_id
    membership.role, membership.body = spec.role, spec.body
    db.session.flush()  # one leader at a time
    record(Event.MEMBERSHIP_CORRECTED, by=by, on=membership, area_id=area_id, changes=changes)
    return membership


def _changed(membership: Membership, spec: MembershipSpec) -> dict[str, tuple[Any, Any]]:
    """Role and body, before and after."""
    return {
        "role": (membership.role, spec.role.value),
        "body": (membership.body, word_of(spec.body)),
    }


def word_of(body: Body | None) -> str | None:
    """A body as it is stored."""
    return body.value if body else None


WITH_THE_TEAM = (EndReason.DISSOLVED, EndReason.MERGED)


def end_of_team(team: Team) -> EndReason | None:
    """Why what lasts as long as a team ends with it; None while the team lasts."""
    if team.valid_to is None:
        return None
    return EndReason.MERGED if team.merged_into_id else EndReason.DISSOLVED


def corrected_reason(membership: Membership, ends: date | None) -> EndReason | None:
    """Why a membership ends whose end is put right.

    A reason that is known stays as long as there is an end; who had none left, and who now ends
    with the team ends because it does. What ended with the team and now ends earlier left.
    """
    known = membership.ended_because
    if ends is None or ends == membership.valid_to:
        return known if ends else None
    if ends == membership.team.valid_to:
        return end_of_team(membership.team)
    if membership.valid_to is None or known in WITH_THE_TEAM:
        return EndReason.LEFT
    return known
