"""What changes memberships: joining, changing role, leaving, putting right, taking back."""

from datetime import date
from typing import Any

from tcns.accounts.models import User
from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.database import db
from tcns.rules import raise_broken
from tcns.teams.locks import lock, lock_membership, lock_person
from tcns.teams.member_rules import (
    ONE_DAY,
    Part,
    broken_by_change,
    broken_by_correction,
    broken_by_joining,
    broken_by_withdrawal,
    is_last,
    leaders_at,
)
from tcns.teams.models import EstablishingDecision, Membership, Person, Team
from tcns.teams.person_operations import withdraw_person
from tcns.teams.sessions import session_days
from tcns.teams.vocabulary import Body, MemberRole


def add_member(
    team: Team,
    person: Person,
    part: Part,
    *,
    by: User,
    decision: EstablishingDecision | None = None,
) -> Membership:
    """Let a person join a team from a day on.

    The team must exist that day; nobody is in it twice at a time; a team has one leader at a
    time, so a new one needs `replaces_leader`, which makes the old one a member that day.
    """
    lock(team)
    lock_person(person)
    raise_broken(list(broken_by_joining(team, part, person)))
    if part.role is MemberRole.LEADER:
        _make_way(team, part, None, by=by)
    membership = _open(team, person.id, part, decision.id if decision else None)
    changes = {
        "person": (None, person.id),
        "team": (None, team.id),
        "role": (None, part.role.value),
        "body": (None, _word(part.body)),
        "valid_from": (None, part.first_day),
        "valid_to": (None, membership.valid_to),
    }
    record(Event.MEMBER_ADDED, by=by, on=membership, area_id=team.area_id, changes=changes)
    return membership


def change_role(membership: Membership, part: Part, *, by: User) -> Membership:
    """Give a member another role from a day on: one membership closes, another opens.

    On the very day the membership began it is put right instead. Answers the membership that
    holds the new role.
    """
    lock_membership(membership)
    raise_broken(list(broken_by_change(membership, part)))
    if part.role is MemberRole.LEADER:
        _make_way(membership.team, part, membership, by=by)
    return _change(membership, part, by=by)


def _change(membership: Membership, part: Part, *, by: User) -> Membership:
    """Change the role, on the first day in place, later by a successor."""
    if part.first_day == membership.valid_from:
        return _change_in_place(membership, part, by=by)
    team, ends = membership.team, membership.last_day
    membership.valid_to = part.first_day
    db.session.flush()  # one leader at a time: the old part must end before the new one begins
    lasting = Part(part.role, part.body, part.first_day, ends)
    successor = _open(team, membership.person_id, lasting, membership.decision_id)
    session_days().hand_over(membership, successor, part.first_day)
    changes = _changed(membership, part) | {"valid_from": (membership.valid_from, part.first_day)}
    record(Event.ROLE_CHANGED, by=by, on=successor, area_id=team.area_id, changes=changes)
    return successor


def _change_in_place(membership: Membership, part: Part, *, by: User) -> Membership:
    """Put the role right that a membership has had from its first day."""
    changes, area_id = _changed(membership, part), membership.team.area_id
    membership.role, membership.body = part.role, part.body
    db.session.flush()  # one leader at a time
    record(Event.MEMBERSHIP_CORRECTED, by=by, on=membership, area_id=area_id, changes=changes)
    return membership


def _changed(membership: Membership, part: Part) -> dict[str, tuple[Any, Any]]:
    """Role and body, before and after."""
    return {
        "role": (membership.role, part.role.value),
        "body": (membership.body, _word(part.body)),
    }


def _make_way(team: Team, part: Part, own: Membership | None, *, by: User) -> None:
    """Make the leaders in office at that time members, from the day the new one leads."""
    for leader in leaders_at(team, part, own):
        _change(leader, Part(MemberRole.MEMBER, leader.member_body, part.first_day), by=by)


def _open(team: Team, person_id: int, part: Part, decision_id: int | None) -> Membership:
    """A new membership, in the database already."""
    membership = Membership(
        person_id=person_id,
        team_id=team.id,
        role=part.role,
        body=part.body,
        decision_id=decision_id,
        valid_from=part.first_day,
        valid_to=part.ends(team),
    )
    db.session.add(membership)
    db.session.flush()  # the record of it needs the id
    return membership


def _word(body: Body | None) -> str | None:
    """A body as it is stored."""
    return body.value if body else None


def end_membership(
    membership: Membership, *, last_day: date, by: User, reason: str | None = None
) -> None:
    """End a membership on a day, inclusive; what derives from it ends as well."""
    lock_membership(membership)
    first_day = membership.valid_from
    raise_broken(list(broken_by_correction(membership, first_day, last_day)))
    ends = last_day + ONE_DAY
    changes = {"valid_to": (membership.valid_to, ends), "reason": (None, reason)}
    membership.valid_to = ends
    area_id = membership.team.area_id
    record(Event.MEMBERSHIP_ENDED, by=by, on=membership, area_id=area_id, changes=changes)


def correct_membership(
    membership: Membership, *, body: Body | None, first_day: date, last_day: date | None, by: User
) -> None:
    """Put a membership's body or days right; the last day is inclusive, None while it lasts."""
    lock_membership(membership)
    raise_broken(list(broken_by_correction(membership, first_day, last_day)))
    team = membership.team
    ends = last_day + ONE_DAY if last_day else team.valid_to
    changes = {
        "body": (membership.body, _word(body)),
        "valid_from": (membership.valid_from, first_day),
        "valid_to": (membership.valid_to, ends),
    }
    membership.body, membership.valid_from, membership.valid_to = body, first_day, ends
    record(Event.MEMBERSHIP_CORRECTED, by=by, on=membership, area_id=team.area_id, changes=changes)


def withdraw_membership(membership: Membership, *, by: User) -> None:
    """Take back a membership that was entered by mistake, as if it had never been.

    Only while nothing hangs on it. A person who was in no other team goes with it.
    """
    lock_membership(membership)
    raise_broken(list(broken_by_withdrawal(membership)))
    person, area_id = membership.person, membership.team.area_id
    changes = {
        "person": (membership.person_id, None),
        "team": (membership.team_id, None),
        "role": (membership.role, None),
        "body": (membership.body, None),
        "valid_from": (membership.valid_from, None),
        "valid_to": (membership.valid_to, None),
    }
    record(Event.MEMBERSHIP_WITHDRAWN, by=by, on=membership, area_id=area_id, changes=changes)
    was_last = is_last(membership)
    db.session.delete(membership)
    db.session.flush()  # the person is free of it
    if was_last:
        withdraw_person(person, area_id=area_id, by=by)
