"""Moving a member to another team."""

from collections.abc import Iterator, Mapping
from datetime import date

from tcns.accounts.models import User
from tcns.audit.operations import Change, record
from tcns.audit.vocabulary import Event
from tcns.database import db
from tcns.database.locking import lock
from tcns.errors import RuleViolation, raise_violations
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.teams.locking import lock_teams
from tcns.teams.members.changes import ended, open_membership, word_of
from tcns.teams.members.operations import make_way
from tcns.teams.members.rules import (
    ONE_DAY,
    MembershipSpec,
    held_when,
    help_violations,
    joining_violations,
)
from tcns.teams.models import Membership, Team
from tcns.teams.vocabulary import EndReason, MemberRole


def transfer_member(
    membership: Membership,
    to: Team,
    spec: MembershipSpec,
    *,
    by: User,
    version: int | None = None,
) -> Membership:
    """Move a member to another team from a day on: one membership closes, another opens.

    What they helped at before stays with the former team. Answers the new membership.
    """
    lock_teams(membership.team, to)
    lock(membership, version)
    raise_violations(list(transfer_violations(membership, to, spec)))
    if spec.role is MemberRole.LEADER:
        make_way(to, spec, None, by=by)
    teams = {"team": (membership.team_id, to.id)}
    left = ended(membership, spec.first_day, EndReason.TRANSFERRED) | teams
    membership.valid_to, membership.end_reason = spec.first_day, EndReason.TRANSFERRED
    _record(membership, left, by=by)
    successor = open_membership(to, membership.person_id, spec)
    joined = teams | {
        "person": (None, membership.person_id),
        "role": (membership.role, spec.role.value),
        "body": (membership.body, word_of(spec.body)),
        "valid_from": (None, spec.first_day),
    }
    _record(successor, joined, by=by)
    return successor


def _record(membership: Membership, changes: Mapping[str, Change], *, by: User) -> None:
    """Put the move on record of one of the two memberships."""
    area_id = db.session.get_one(Team, membership.team_id).area_id
    record(Event.MEMBER_TRANSFERRED, by=by, on=membership, area_id=area_id, changes=changes)


def transfer_violations(
    membership: Membership, to: Team, spec: MembershipSpec
) -> Iterator[RuleViolation]:
    """Why a member cannot move so; nothing is written."""
    if to.id == membership.team_id:
        yield RuleViolation(
            _("%(name)s is in this team.", name=membership.person.full_name), "team"
        )
        return
    yield from _leaving_violations(membership, spec.first_day)
    for broken in joining_violations(to, spec, membership.person):
        for one in broken.each:
            if one.field == "full_name":
                yield RuleViolation(one.message, "team")
            else:
                yield one


def _leaving_violations(membership: Membership, first_day: date) -> Iterator[RuleViolation]:
    """Why a membership cannot end the day before somebody moves."""
    if membership.valid_to is not None:
        yield RuleViolation(held_when(membership))
        return
    if first_day <= membership.valid_from:
        message = _(
            "%(name)s joined this team on %(day)s only; a move comes later.",
            name=membership.person.full_name,
            day=format_day(membership.valid_from),
        )
        yield RuleViolation(message, "first_day")
        return
    until = MembershipSpec(
        membership.member_role, membership.member_body, membership.valid_from, first_day - ONE_DAY
    )
    for broken in help_violations(membership, until):
        yield RuleViolation(broken.message, "first_day")
