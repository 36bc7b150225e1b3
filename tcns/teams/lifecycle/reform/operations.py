"""Re-forming a team (kiện toàn): a decision by which members go, change their role, or join."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tcns.accounts.models import User
from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.database.locking import lock
from tcns.errors import RuleViolation, raise_violations
from tcns.i18n import gettext as _
from tcns.teams.decisions.operations import decide
from tcns.teams.identity import is_described_alike
from tcns.teams.leading import RoleHeld, leading_together
from tcns.teams.lifecycle.roster import Listed, ending_violations, expect_members, turn_violations
from tcns.teams.locking import lock_person
from tcns.teams.members.changes import close_membership, join, switch_membership
from tcns.teams.members.person_operations import PersonText, add_person
from tcns.teams.members.rules import MembershipSpec
from tcns.teams.models import EstablishingDecision, Person, Team
from tcns.teams.vocabulary import Body, EndReason, MemberRole, Purpose
from tcns.undo.models import Reversible
from tcns.undo.operations import undoable
from tcns.undo.vocabulary import ReversibleKind


@dataclass(frozen=True)
class Newcomer:
    """Somebody who joins by the decision: a person on file, or what is known of a new one."""

    who: Person | PersonText
    role: MemberRole
    body: Body | None = None
    field: str = ""


@dataclass(frozen=True)
class Reformation:
    """What a decision makes of a team from a day on: all its present members, and who joins.

    `stamp` is that of the present members as they were listed.
    """

    team: Team
    first_day: date
    listed: Sequence[Listed]
    newcomers: Sequence[Newcomer] = ()
    stamp: str | None = None

    def staying(self) -> list[Listed]:
        """Who stays, in whatever role."""
        return [each for each in self.listed if each.role is not None]


def reform_team(
    wanted: Reformation, *, decision: EstablishingDecision, by: User, version: int | None = None
) -> Reversible:
    """Re-form a team by a decision, all or nothing; what was done can be undone as a whole.

    From the day on who does not stay is no member any more, changed roles hold, and who joins
    is a member. It has one leader at most.
    """
    lock(wanted.team, version)
    expect_members(wanted.team, wanted.stamp)
    raise_violations(list(reformation_violations(wanted)))
    team = wanted.team
    with undoable(ReversibleKind.TEAM_REFORMED, by=by, area_id=team.area_id) as done:
        decide(team, decision, Purpose.REFORM)
        _let_go(wanted, by=by)
        _change_roles(wanted, decision, by=by)
        for newcomer in wanted.newcomers:
            _let_join(newcomer, wanted, decision, by=by)
        changes = {"valid_from": (None, wanted.first_day), "decision": (None, decision.number)}
        record(Event.TEAM_REFORMED, by=by, on=team, area_id=team.area_id, changes=changes)
    return done


def _let_go(wanted: Reformation, *, by: User) -> None:
    """End the memberships of those who do not stay."""
    for each in wanted.listed:
        if each.role is None:
            close_membership(each.membership, wanted.first_day, EndReason.REFORMED, by=by)


def _change_roles(wanted: Reformation, decision: EstablishingDecision, *, by: User) -> None:
    """Give those who stay their new roles; who leads until now makes way first."""
    changed = [each for each in wanted.staying() if each.is_changed]
    for each in sorted(changed, key=lambda one: one.role is MemberRole.LEADER):
        assert each.role is not None, "who stays has a role"
        spec = MembershipSpec(each.role, each.body, wanted.first_day)
        switch_membership(each.membership, spec, by=by, decision_id=decision.id)


def _let_join(
    newcomer: Newcomer, wanted: Reformation, decision: EstablishingDecision, *, by: User
) -> None:
    """Let somebody join; who is not on file yet comes on file."""
    person = newcomer.who
    if isinstance(person, PersonText):
        person = add_person(person, team=wanted.team, by=by)
    else:
        lock_person(person)
    spec = MembershipSpec(newcomer.role, newcomer.body, wanted.first_day)
    join(wanted.team, person.id, spec, decision, by=by)


def reformation_violations(wanted: Reformation) -> Iterator[RuleViolation]:
    """Why a team cannot be re-formed so, each with its field; nothing is written."""
    yield from turn_violations(wanted.team, wanted.first_day)
    for each in wanted.listed:
        if each.role is None:
            yield from ending_violations(each, wanted.first_day)
    yield from _newcomers_violations(wanted)
    yield from _leaders_violations(wanted)
    if not wanted.staying() and not wanted.newcomers:
        yield RuleViolation(_("Nobody would be left. A team that ends is dissolved instead."))


def _newcomers_violations(wanted: Reformation) -> Iterator[RuleViolation]:
    """Somebody on file who is in the team already, or anybody who is entered twice."""
    yield from _repeated_violations(wanted.newcomers)
    there = {each.membership.person_id for each in wanted.staying()}
    for newcomer in wanted.newcomers:
        if isinstance(newcomer.who, PersonText):
            continue
        if newcomer.who.id in there:
            name = newcomer.who.full_name
            message = _("%(name)s is in this team at that time already.", name=name)
            yield RuleViolation(message, f"{newcomer.field}_full_name")
        there.add(newcomer.who.id)


def _repeated_violations(newcomers: Sequence[Newcomer]) -> Iterator[RuleViolation]:
    """Two who are not on file and of whom nothing but the same is said."""
    new = [(each.who, each.field) for each in newcomers if isinstance(each.who, PersonText)]
    for number, (who, field) in enumerate(new):
        if any(is_described_alike(who, earlier) for earlier, _field in new[:number]):
            message = _("Entered twice. If they are two, give phone or year of birth of both.")
            yield RuleViolation(message, f"{field}_full_name")


def _leaders_violations(wanted: Reformation) -> Iterator[RuleViolation]:
    """More than one leader: said beside each after the first."""
    everybody: list[Listed | Newcomer] = [*wanted.staying(), *wanted.newcomers]
    held = [
        RoleHeld(each.role, wanted.first_day, None, each.field) for each in everybody if each.role
    ]
    for field in dict.fromkeys(other.whose for _one, other in leading_together(held)):
        yield RuleViolation(_("A team has one leader."), f"{field}_role")
