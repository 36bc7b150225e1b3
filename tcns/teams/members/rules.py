"""The rules of memberships: within the team's days, once at a time, one leader at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, select

from tcns.database import db
from tcns.errors import RuleViolation
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.teams.activity_hooks import session_days
from tcns.teams.leading import RoleHeld, leading_beside, share_a_day
from tcns.teams.models import Membership, Person, Team
from tcns.teams.rules import in_future
from tcns.teams.vocabulary import Body, MemberRole

ONE_DAY = timedelta(days=1)


class LeaderInOffice(RuleViolation):
    """The team has a leader that day: a change of leader must be asked for.

    `leader` is the membership in office.
    """

    def __init__(self, leader: Membership) -> None:
        message = _(
            "%(name)s leads the team at that time, and a team has one leader.",
            name=leader.person.full_name,
        )
        super().__init__(message, "replaces_leader")
        self.leader = leader


@dataclass(frozen=True)
class MembershipSpec:
    """What somebody is to be in a team, from which day, and to which, inclusive, if it is over."""

    role: MemberRole
    body: Body | None
    first_day: date
    last_day: date | None = None
    replaces_leader: bool = False

    def ends(self, team: Team) -> date | None:
        """The first day on which the part holds no more; None while it lasts."""
        return self.last_day + ONE_DAY if self.last_day else team.valid_to

    def held_in(self, team: Team) -> RoleHeld:
        """The part as it would be held in a team."""
        return RoleHeld(self.role, self.first_day, self.ends(team))


def joining_violations(
    team: Team, spec: MembershipSpec, person: Person | None
) -> Iterator[RuleViolation]:
    """Why somebody cannot join so; None is a person who is not on file yet."""
    yield from days_violations(team, spec.first_day, spec.last_day)
    if spec.last_day and spec.last_day < spec.first_day:
        return
    if person and overlapping(team, spec, Membership.person_id == person.id):
        message = _("%(name)s is in this team at that time already.", name=person.full_name)
        yield RuleViolation(message, "full_name")
    if spec.role is MemberRole.LEADER:
        yield from leading_violations(team, spec, None)


def days_violations(team: Team, first_day: date, last_day: date | None) -> Iterator[RuleViolation]:
    """Why a membership cannot have these days: to come, in the wrong order, without the team."""
    yield from in_future(first_day, "first_day")
    if first_day < team.valid_from:
        message = _("The team exists only since %(day)s.", day=format_day(team.valid_from))
        yield RuleViolation(message, "first_day")
    elif team.valid_to and first_day >= team.valid_to:
        yield _after_team(team, "first_day")
    if last_day is None:
        return
    yield from in_future(last_day, "last_day")
    if last_day < first_day:
        yield RuleViolation(_("The last day lies before the first."), "last_day")
    elif team.valid_to and last_day >= team.valid_to:
        yield _after_team(team, "last_day")


def _after_team(team: Team, field: str) -> RuleViolation:
    """A day on which the team exists no more."""
    message = _("The team existed until %(day)s.", day=format_day(team.last_day))
    return RuleViolation(message, field)


def leading_violations(
    team: Team, spec: MembershipSpec, own: Membership | None
) -> Iterator[RuleViolation]:
    """Why somebody cannot lead the team at that time; `own` is their part until now, if any.

    Who leads already makes way when a change of leader is asked for; who is to lead later does
    not.
    """
    for leader in leaders_at(team, spec, own):
        if leader.valid_from > spec.first_day:
            message = _(
                "%(name)s leads the team from %(day)s on; this part must end before that day.",
                name=leader.person.full_name,
                day=format_day(leader.valid_from),
            )
            yield RuleViolation(message, "last_day" if own is None else "first_day")
        elif not spec.replaces_leader:
            yield LeaderInOffice(leader)


def change_violations(membership: Membership, spec: MembershipSpec) -> Iterator[RuleViolation]:
    """Why a member cannot have another role from a day on."""
    yield from in_future(spec.first_day, "first_day")
    if not membership.is_valid_on(spec.first_day):
        yield RuleViolation(held_when(membership), "first_day")
    if (spec.role, spec.body) == (membership.member_role, membership.member_body):
        message = _("%(name)s has this role already.", name=membership.person.full_name)
        yield RuleViolation(message, "role")
    elif spec.role is MemberRole.LEADER:
        yield from leading_violations(membership.team, spec, membership)


def held_when(membership: Membership) -> str:
    """Who is in which team from when to when."""
    words = {
        "name": membership.person.full_name,
        "team": membership.team.name,
        "first": format_day(membership.valid_from),
    }
    if membership.last_day is None:
        return _("%(name)s is in %(team)s since %(first)s.", **words)
    last = format_day(membership.last_day)
    return _("%(name)s was in %(team)s from %(first)s to %(last)s.", last=last, **words)


def correction_violations(
    membership: Membership, first_day: date, last_day: date | None
) -> Iterator[RuleViolation]:
    """Why a membership cannot have held on these days."""
    yield from days_violations(membership.team, first_day, last_day)
    if last_day and last_day < first_day:
        return
    spec = MembershipSpec(membership.member_role, membership.member_body, first_day, last_day)
    yield from _others_violations(membership, spec)
    yield from help_violations(membership, spec)


def _others_violations(membership: Membership, spec: MembershipSpec) -> Iterator[RuleViolation]:
    """Another membership of the same person, or another leader, at that time."""
    team, others = membership.team, Membership.id != membership.id
    for other in overlapping(team, spec, others, Membership.person_id == membership.person_id):
        message = _(
            "%(name)s has another part in this team since %(day)s.",
            name=membership.person.full_name,
            day=format_day(other.valid_from),
        )
        yield RuleViolation(
            message, "first_day" if other.valid_from <= spec.first_day else "last_day"
        )
    for leader in leaders_at(team, spec, membership):
        message = _(
            "%(name)s leads the team since %(day)s; it has one leader at a time.",
            name=leader.person.full_name,
            day=format_day(leader.valid_from),
        )
        is_before = leader.valid_from <= spec.first_day
        yield RuleViolation(message, "first_day" if is_before else "last_day")


def help_violations(membership: Membership, spec: MembershipSpec) -> Iterator[RuleViolation]:
    """A session at which the member helped on another day."""
    helped = session_days().of_membership(membership)
    if helped and helped.first < spec.first_day:
        yield _helped_on(membership, helped.first, "first_day")
    if helped and spec.last_day and helped.last > spec.last_day:
        yield _helped_on(membership, helped.last, "last_day")


def _helped_on(membership: Membership, day: date, field: str) -> RuleViolation:
    """The member helped at a session on a day that would not belong to the membership."""
    message = _(
        "%(name)s helped at a session on %(day)s.",
        name=membership.person.full_name,
        day=format_day(day),
    )
    return RuleViolation(message, field)


def withdrawal_violations(membership: Membership) -> Iterator[RuleViolation]:
    """Why a membership cannot be withdrawn: a session, or somebody's account, depends on it."""
    helped = session_days().of_membership(membership)
    if helped:
        yield _helped_on(membership, helped.last, "")
    if is_last(membership) and membership.person.user_id is not None:
        name = membership.person.full_name
        yield RuleViolation(_("%(name)s has an account: end the membership instead.", name=name))


def is_last(membership: Membership) -> bool:
    """Whether the person has, and had, no other membership."""
    same = Membership.person_id == membership.person_id, Membership.id != membership.id
    return db.session.scalar(select(Membership.id).where(*same).limit(1)) is None


def leaders_at(team: Team, spec: MembershipSpec, but: Membership | None) -> Sequence[Membership]:
    """The team's leaders beside whom a part would lead it, without one membership."""
    leaders = memberships_of(team, Membership.role == MemberRole.LEADER)
    return leading_beside(spec.held_in(team), [each for each in leaders if each is not but])


def overlapping(
    team: Team, spec: MembershipSpec, *conditions: ColumnElement[bool]
) -> Sequence[Membership]:
    """The team's memberships that hold on some day of a part and meet some conditions."""
    held = spec.held_in(team)
    return [each for each in memberships_of(team, *conditions) if share_a_day(held, each)]


def memberships_of(team: Team, *conditions: ColumnElement[bool]) -> Sequence[Membership]:
    """The team's memberships that meet some conditions, in the order they began, read anew."""
    query = select(Membership).where(Membership.team_id == team.id, *conditions)
    fresh = query.execution_options(populate_existing=True)
    return db.session.scalars(fresh.order_by(Membership.valid_from)).all()
