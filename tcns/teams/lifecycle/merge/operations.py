"""Merging a team into another: it ends, its history stays where it was made."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tcns.accounts.models import User
from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.database.locking import lock
from tcns.errors import RuleViolation, expect_version, raise_violations
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.teams.activity_hooks import session_days
from tcns.teams.decisions.operations import decide
from tcns.teams.leading import RoleHeld, leading_together
from tcns.teams.lifecycle.roster import Listed, ending_violations, expect_members, turn_violations
from tcns.teams.locking import lock_teams
from tcns.teams.members.changes import close_membership, join
from tcns.teams.members.rules import MembershipSpec, leaders_at, overlapping
from tcns.teams.models import EstablishingDecision, Membership, Team
from tcns.teams.vocabulary import EndReason, MemberRole, Purpose
from tcns.undo.models import Reversible
from tcns.undo.operations import undoable
from tcns.undo.vocabulary import ReversibleKind


@dataclass(frozen=True)
class Merger:
    """A team that goes into another from a day on, with all its present members.

    Who is listed with a role is a member of the other team from that day on. `stamp` is that of
    the present members as they were listed.
    """

    team: Team
    into: Team
    first_day: date
    listed: Sequence[Listed]
    stamp: str | None = None


def merge_team(
    wanted: Merger, *, decision: EstablishingDecision, by: User, version: int | None = None
) -> Reversible:
    """Merge a team into another by a decision, all or nothing; it can be undone as a whole.

    The team exists until the day before. Its sessions, decisions and memberships stay its own;
    who is in the other team already is not in it twice.
    """
    lock(wanted.team.area)  # who logs a session of the team holds it
    lock_teams(wanted.team, wanted.into)
    expect_version(wanted.team, version)
    expect_members(wanted.team, wanted.stamp)
    raise_violations(list(merger_violations(wanted)))
    with undoable(ReversibleKind.TEAMS_MERGED, by=by, area_id=wanted.team.area_id) as done:
        for each in wanted.listed:
            close_membership(each.membership, wanted.first_day, EndReason.MERGED, by=by)
        _end(wanted, decision, by=by)
        _take_in(wanted, decision, by=by)
    return done


def _end(wanted: Merger, decision: EstablishingDecision, *, by: User) -> None:
    """Let the team end, and say into which it went."""
    team, into = wanted.team, wanted.into
    changes = {
        "valid_to": (team.valid_to, wanted.first_day),
        "merged_into": (team.merged_into_id, into.id),
        "decision": (None, decision.number),
    }
    team.valid_to, team.merged_into_id = wanted.first_day, into.id
    record(Event.TEAM_MERGED, by=by, on=team, area_id=team.area_id, changes=changes)


def _take_in(wanted: Merger, decision: EstablishingDecision, *, by: User) -> None:
    """Let those who are carried over join the other team, and note the decision with both."""
    into, carried = wanted.into, carried_over(wanted)
    for membership, spec in carried:
        join(into, membership.person_id, spec, decision, by=by)
    for team in (wanted.team, into):
        decide(team, decision, Purpose.MERGE)
    changes = {"team": (wanted.team.id, into.id), "decision": (None, decision.number)}
    record(Event.TEAM_MERGED, by=by, on=into, area_id=into.area_id, changes=changes)


def carried_over(wanted: Merger) -> list[tuple[Membership, MembershipSpec]]:
    """Whose membership goes on in the other team, and as what; who is there already stays so."""
    specs = [
        (each.membership, MembershipSpec(each.role, each.membership.member_body, wanted.first_day))
        for each in wanted.listed
        if each.role is not None
    ]
    return [
        (membership, spec)
        for membership, spec in specs
        if not overlapping(wanted.into, spec, Membership.person_id == membership.person_id)
    ]


def merger_violations(wanted: Merger) -> Iterator[RuleViolation]:
    """Why a team cannot be merged so, each with its field; nothing is written."""
    team, into, first_day = wanted.team, wanted.into, wanted.first_day
    if team.id == into.id:
        yield RuleViolation(_("A team is not merged into itself."), "into")
        return
    yield from list(turn_violations(team, first_day)) or _end_violations(team, first_day)
    if not into.is_valid_on(first_day) or into.valid_to is not None:
        message = _("%(team)s does not exist on that day.", team=into.name)
        yield RuleViolation(message, "into")
    for each in wanted.listed:
        yield from ending_violations(each, first_day)
    yield from _leaders_violations(wanted)


def _end_violations(team: Team, first_day: date) -> Iterator[RuleViolation]:
    """Why the team cannot end on the day before: it has just begun, or held a session later."""
    if first_day == team.valid_from:
        message = _("The team was established on %(day)s only.", day=format_day(first_day))
        yield RuleViolation(message, "first_day")
    held = session_days().of_team(team)
    if held and held.last >= first_day:
        message = _(
            "The team held a session on %(day)s, when it would not exist any more.",
            day=format_day(held.last),
        )
        yield RuleViolation(message, "first_day")


def _leaders_violations(wanted: Merger) -> Iterator[RuleViolation]:
    """Somebody carried over as leader where another leads, or is carried over as leader too."""
    leads = MembershipSpec(MemberRole.LEADER, None, wanted.first_day)
    fields = {each.membership.id: f"{each.field}_role" for each in wanted.listed}
    in_office = [
        RoleHeld(leader.role, leader.valid_from, leader.valid_to, leader)
        for leader in leaders_at(wanted.into, leads, None)
    ]
    carried = [
        spec.held_in(wanted.into)._replace(whose=membership)
        for membership, spec in carried_over(wanted)
    ]
    told = set()
    for one, other in leading_together([*in_office, *carried]):
        field = fields.get(other.whose.id)
        if field and field not in told:
            told.add(field)
            message = _(
                "%(name)s leads the team at that time, and a team has one leader.",
                name=one.whose.person.full_name,
            )
            yield RuleViolation(message, field)
