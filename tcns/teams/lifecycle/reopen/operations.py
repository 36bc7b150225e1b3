"""Reopening a team that was dissolved or merged by mistake."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import joinedload, selectinload

from tcns.accounts.models import User
from tcns.audit.models import AuditEvent, AuditValue
from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.database import db
from tcns.database.locking import lock
from tcns.errors import RuleViolation, raise_violations
from tcns.i18n import gettext as _
from tcns.teams.lifecycle.undo_rules import another_team_violations, overlaps_violations
from tcns.teams.members.changes import WITH_THE_TEAM, ended
from tcns.teams.models import Membership, Team, TeamDecision
from tcns.teams.vocabulary import EndReason, Purpose

End = tuple[date | None, EndReason | None]


def reopen_team(team: Team, *, by: User, version: int | None = None) -> None:
    """Let a team last again that was dissolved or merged by mistake.

    The memberships that ended with it hold again as they did before. The decision that ended it
    stays on file, and is this team's no more. Who was carried over into another team stays there.
    """
    lock(team.area)
    lock(team, version)
    raise_violations(list(reopening_violations(team)))
    ends_before = _ends_before(team)
    ended_on, into_id = team.valid_to, team.merged_into_id
    team.valid_to, team.merged_into_id = None, None
    db.session.flush()
    changes = {
        "valid_to": (ended_on, None),
        "merged_into": (into_id, None),
        "decision": (_forget_decisions(team, into_id), None),
    }
    for membership in _memberships(team):
        if membership.id in ends_before:
            _hold_again(membership, ends_before[membership.id], by=by)
    raise_violations(list(overlaps_violations(_memberships(team))))
    record(Event.TEAM_REOPENED, by=by, on=team, area_id=team.area_id, changes=changes)


def reopening_violations(team: Team) -> Iterator[RuleViolation]:
    """Why a team cannot last again: it does already, or its area has another one since."""
    if team.valid_to is None:
        yield RuleViolation(_("The team exists: there is nothing to open again."))
    else:
        yield from another_team_violations(team, team.valid_to)


def reopened_members(team: Team) -> Sequence[Membership]:
    """The memberships that ended because the team did, and would hold again."""
    with_it = Membership.end_reason.in_(WITH_THE_TEAM), Membership.valid_to == team.valid_to
    query = select(Membership).where(Membership.team_id == team.id, *with_it)
    return db.session.scalars(
        query.options(joinedload(Membership.person)).order_by(Membership.id)
    ).all()


def _hold_again(membership: Membership, before: End, *, by: User) -> None:
    """Give a membership the end it had before, or none."""
    changes = ended(membership, *before)
    membership.valid_to, membership.end_reason = before
    area_id = membership.team.area_id
    record(Event.MEMBERSHIP_CORRECTED, by=by, on=membership, area_id=area_id, changes=changes)


def _memberships(team: Team) -> Sequence[Membership]:
    """All memberships of the team, as this operation leaves them."""
    with db.session.no_autoflush:  # all of them change at once, or two would lead in between
        query = select(Membership).where(Membership.team_id == team.id)
        return db.session.scalars(
            query.options(joinedload(Membership.person)).order_by(Membership.id)
        ).all()


def _ends_before(team: Team) -> dict[int, End]:
    """The end each membership had before the team's, by its id, as the trail has kept it."""
    known: dict[int, End] = {membership.id: (None, None) for membership in reopened_members(team)}
    got_this_end = AuditEvent.values.any(
        and_(AuditValue.field == "valid_to", AuditValue.new == str(team.valid_to))
    )
    query = select(AuditEvent).where(
        AuditEvent.object_type == "membership", AuditEvent.object_id.in_(known), got_this_end
    )
    in_order = query.options(selectinload(AuditEvent.values)).order_by(AuditEvent.id)
    for event in db.session.scalars(in_order):
        old = {value.field: value.old for value in event.values}
        ends, why = old["valid_to"], old.get("end_reason")
        assert event.object_id is not None, "events on memberships name them"
        known[event.object_id] = (
            date.fromisoformat(ends) if ends else None,
            EndReason(why) if why and ends else None,
        )
    return known


def _forget_decisions(team: Team, into_id: int | None) -> str | None:
    """Take the decisions that ended the team off it, and off the team it went into; their
    numbers."""
    purpose = Purpose.MERGE if into_id else Purpose.DISSOLVE
    of_team = _effects(team.id, purpose)
    if into_id:
        shared = _effects(into_id, purpose).with_only_columns(TeamDecision.decision_id)
        of_team = of_team.where(TeamDecision.decision_id.in_(shared))
    numbers = []
    for effect in db.session.scalars(of_team).all():
        numbers.append(effect.decision.number)
        both = _effects(into_id, purpose).where(TeamDecision.decision_id == effect.decision_id)
        for each in [effect, *db.session.scalars(both)]:
            if not _took_in_another(each):
                db.session.delete(each)
    return ", ".join(numbers) or None


def _effects(team_id: int | None, purpose: Purpose) -> Select[tuple[TeamDecision]]:
    """What decisions of a purpose did to a team, in their order."""
    of_team = TeamDecision.team_id == team_id, TeamDecision.purpose == purpose
    return select(TeamDecision).where(*of_team).order_by(TeamDecision.decision_id)


def _took_in_another(effect: TeamDecision) -> bool:
    """Whether another team was merged into this one by the same decision, and still is."""
    query = (
        select(Team.id)
        .join(TeamDecision, TeamDecision.team_id == Team.id)
        .where(Team.merged_into_id == effect.team_id, TeamDecision.purpose == Purpose.MERGE)
        .where(TeamDecision.decision_id == effect.decision_id)
    )
    return db.session.scalar(query.limit(1)) is not None
