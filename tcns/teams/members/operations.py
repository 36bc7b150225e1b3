"""What changes memberships: joining, changing role, leaving, putting right, taking back."""

from datetime import date

from tcns.accounts.models import User
from tcns.audit.operations import change_row, record
from tcns.audit.vocabulary import Event
from tcns.database import db
from tcns.database.locking import lock
from tcns.errors import raise_violations
from tcns.teams.locking import lock_membership, lock_person
from tcns.teams.members.changes import (
    close_membership,
    join,
    membership_correction,
    switch_membership,
)
from tcns.teams.members.person_operations import withdraw_person
from tcns.teams.members.rules import (
    ONE_DAY,
    MembershipSpec,
    change_violations,
    correction_violations,
    is_last,
    joining_violations,
    leaders_at,
    withdrawal_violations,
)
from tcns.teams.models import EstablishingDecision, Membership, Person, Team
from tcns.teams.vocabulary import Body, EndReason, MemberRole


def add_member(
    team: Team,
    person: Person,
    spec: MembershipSpec,
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
    raise_violations(list(joining_violations(team, spec, person)))
    if spec.role is MemberRole.LEADER:
        make_way(team, spec, None, by=by)
    return join(team, person.id, spec, decision, by=by)


def change_role(
    membership: Membership, spec: MembershipSpec, *, by: User, version: int | None = None
) -> Membership:
    """Give a member another role from a day on: one membership closes, another opens.

    On the very day the membership began it is corrected instead. Returns the membership that
    holds the new role.
    """
    lock_membership(membership, version)
    raise_violations(list(change_violations(membership, spec)))
    if spec.role is MemberRole.LEADER:
        make_way(membership.team, spec, membership, by=by)
    return switch_membership(membership, spec, by=by)


def make_way(team: Team, spec: MembershipSpec, own: Membership | None, *, by: User) -> None:
    """Make the leaders in office at that time members, from the day the new one leads."""
    for leader in leaders_at(team, spec, own):
        switch_membership(
            leader, MembershipSpec(MemberRole.MEMBER, leader.member_body, spec.first_day), by=by
        )


def end_membership(
    membership: Membership,
    *,
    last_day: date,
    by: User,
    reason: str | None = None,
    version: int | None = None,
) -> None:
    """End a membership on a day, inclusive; what derives from it ends as well."""
    lock_membership(membership, version)
    first_day = membership.valid_from
    raise_violations(list(correction_violations(membership, first_day, last_day)))
    close_membership(membership, last_day + ONE_DAY, EndReason.LEFT, by=by, in_words=reason)


def correct_membership(
    membership: Membership,
    *,
    body: Body | None,
    first_day: date,
    last_day: date | None,
    by: User,
    version: int | None = None,
) -> None:
    """Put a membership's body or days right; the last day is inclusive, None while it lasts."""
    lock_membership(membership, version)
    raise_violations(list(correction_violations(membership, first_day, last_day)))
    wanted = MembershipSpec(membership.member_role, body, first_day, last_day)
    change_row(membership, membership_correction(membership, membership.team, wanted), by=by)


def withdraw_membership(membership: Membership, *, by: User, version: int | None = None) -> None:
    """Take back a membership that was entered by mistake, as if it had never been.

    Only while nothing hangs on it. A person who was in no other team goes with it.
    """
    lock_membership(membership, version)
    raise_violations(list(withdrawal_violations(membership)))
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
