"""What changes persons and memberships: joining, changing role, leaving, putting right."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from tcns.accounts.models import User
from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.database import db
from tcns.i18n import format_day, today
from tcns.i18n import gettext as _
from tcns.rules import RuleBroken
from tcns.teams.models import EstablishingDecision, Membership, Person, Team
from tcns.teams.operations import lock, require_past
from tcns.teams.vocabulary import Body, MemberRole

EARLIEST_BIRTH_YEAR = 1920
YOUNGEST_MEMBER = 16  # members of the Youth Union


class LeaderInOffice(RuleBroken):
    """The team has a leader that day: a change of leader must be asked for."""

    def __init__(self, leader: Membership) -> None:
        message = _(
            "%(name)s is the team's leader. Choose a change of leader to replace them.",
            name=leader.person.full_name,
        )
        super().__init__(message, "replaces_leader")
        self.leader = leader


@dataclass(frozen=True)
class PersonText:
    """What is known of a person: one full name, a phone in E.164 if any, a year of birth if any."""

    full_name: str
    phone: str | None = None
    birth_year: int | None = None


@dataclass(frozen=True)
class Part:
    """What somebody is to be in a team, and from which day."""

    role: MemberRole
    body: Body | None
    first_day: date
    replaces_leader: bool = False


def add_person(text: PersonText, *, team: Team, by: User) -> Person:
    """Take a person on file who joins a team for the first time."""
    _check_birth_year(text.birth_year)
    person = Person(**vars(text))
    db.session.add(person)
    db.session.flush()  # the record of it needs the id
    changes = {field: (None, value) for field, value in vars(text).items()}
    record(Event.PERSON_ADDED, by=by, on=person, area_id=team.area_id, changes=changes)
    return person


def correct_person(person: Person, text: PersonText, *, area_id: int | None, by: User) -> None:
    """Put a person's name, phone or year of birth right."""
    _check_birth_year(text.birth_year)
    changes = {field: (getattr(person, field), value) for field, value in vars(text).items()}
    for field, value in vars(text).items():
        setattr(person, field, value)
    record(Event.PERSON_CORRECTED, by=by, on=person, area_id=area_id, changes=changes)


def _check_birth_year(year: int | None) -> None:
    """Refuse a year in which no member can have been born."""
    if year is not None and not EARLIEST_BIRTH_YEAR <= year <= today().year - YOUNGEST_MEMBER:
        message = _(
            "A year of birth lies between %(first)s and %(last)s.",
            first=EARLIEST_BIRTH_YEAR,
            last=today().year - YOUNGEST_MEMBER,
        )
        raise RuleBroken(message, "birth_year")


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
    _check_day(team, part.first_day)
    ends = team.valid_to
    if _overlapping(team, part.first_day, ends, Membership.person_id == person.id):
        message = _("%(name)s is in this team at that time already.", name=person.full_name)
        raise RuleBroken(message, "full_name")
    if part.role == MemberRole.LEADER:
        _make_way(team, part, ends, by=by)
    membership = Membership(
        person_id=person.id,
        team_id=team.id,
        role=part.role,
        body=part.body,
        decision_id=decision.id if decision else None,
        valid_from=part.first_day,
        valid_to=ends,
    )
    db.session.add(membership)
    db.session.flush()  # the record of it needs the id
    changes = {
        "person": (None, person.id),
        "role": (None, part.role.value),
        "body": (None, part.body.value if part.body else None),
        "valid_from": (None, part.first_day),
    }
    record(Event.MEMBER_ADDED, by=by, on=membership, area_id=team.area_id, changes=changes)
    return membership


def change_role(membership: Membership, part: Part, *, by: User) -> Membership:
    """Give a member another role from a day on: one membership closes, another opens.

    On the very day the membership began it is put right instead. Answers the membership that
    holds the new role.
    """
    team, ends = membership.team, membership.valid_to
    lock(team)
    _check_day(team, part.first_day)
    if not membership.is_valid_on(part.first_day):
        message = _("The membership does not hold on %(day)s.", day=format_day(part.first_day))
        raise RuleBroken(message, "first_day")
    if part.role == MemberRole.LEADER:
        _make_way(team, part, ends, by=by, but=membership)
    if part.first_day == membership.valid_from:
        changes = {
            "role": (membership.role, part.role.value),
            "body": (membership.body, part.body.value if part.body else None),
        }
        membership.role, membership.body = part.role, part.body
        record(
            Event.MEMBERSHIP_CORRECTED, by=by, on=membership, area_id=team.area_id, changes=changes
        )
        return membership
    membership.valid_to = part.first_day
    db.session.flush()  # one leader at a time: the old part must end before the new one begins
    successor = Membership(
        person_id=membership.person_id,
        team_id=team.id,
        role=part.role,
        body=part.body,
        decision_id=membership.decision_id,
        valid_from=part.first_day,
        valid_to=ends,
    )
    db.session.add(successor)
    db.session.flush()  # the record of it needs the id
    changes = {
        "role": (membership.role, part.role.value),
        "body": (membership.body, part.body.value if part.body else None),
        "valid_from": (membership.valid_from, part.first_day),
    }
    record(Event.ROLE_CHANGED, by=by, on=successor, area_id=team.area_id, changes=changes)
    return successor


def _make_way(
    team: Team, part: Part, ends: date | None, *, by: User, but: Membership | None = None
) -> None:
    """Make the leaders in office at that time members, if a change of leader was asked for."""
    leaders = _overlapping(team, part.first_day, ends, Membership.role == MemberRole.LEADER)
    for leader in leaders:
        if leader is but:
            continue
        if not part.replaces_leader or leader.valid_from > part.first_day:
            raise LeaderInOffice(leader)
        stepping_down = Part(MemberRole.MEMBER, leader.member_body, part.first_day)
        change_role(leader, stepping_down, by=by)
    db.session.flush()  # one leader at a time: the old one must have stepped down before


def _overlapping(
    team: Team, first_day: date, ends: date | None, condition: object
) -> list[Membership]:
    """The team's memberships that hold on some day of [first_day, ends) and meet a condition."""
    query = select(Membership).where(
        Membership.team_id == team.id,
        condition,  # type: ignore[arg-type]
        Membership.valid_to.is_(None) | (Membership.valid_to > first_day),
    )
    if ends is not None:
        query = query.where(Membership.valid_from < ends)
    return list(db.session.scalars(query.order_by(Membership.valid_from)))


def end_membership(membership: Membership, *, last_day: date, by: User) -> None:
    """End a membership on a day, inclusive; what derives from it ends as well."""
    require_past(last_day, "last_day")
    lock(membership.team)
    if last_day < membership.valid_from:
        message = _("The member joined on %(day)s only.", day=format_day(membership.valid_from))
        raise RuleBroken(message, "last_day")
    ends = last_day + timedelta(days=1)
    if membership.team.valid_to and ends > membership.team.valid_to:
        message = _("The team existed until %(day)s.", day=format_day(membership.team.last_day))
        raise RuleBroken(message, "last_day")
    changes = {"valid_to": (membership.valid_to, ends)}
    membership.valid_to = ends
    _check_alone(membership)
    area_id = membership.team.area_id
    record(Event.MEMBERSHIP_ENDED, by=by, on=membership, area_id=area_id, changes=changes)


def correct_membership(
    membership: Membership, *, body: Body | None, first_day: date, last_day: date | None, by: User
) -> None:
    """Put a membership's body or days right; the last day is inclusive, None while it lasts."""
    team = membership.team
    lock(team)
    _check_day(team, first_day)
    ends = last_day + timedelta(days=1) if last_day else team.valid_to
    if last_day and last_day < first_day:
        raise RuleBroken(_("The last day lies before the first."), "last_day")
    if team.valid_to and ends and ends > team.valid_to:
        message = _("The team existed until %(day)s.", day=format_day(team.last_day))
        raise RuleBroken(message, "last_day")
    changes = {
        "body": (membership.body, body.value if body else None),
        "valid_from": (membership.valid_from, first_day),
        "valid_to": (membership.valid_to, ends),
    }
    membership.body, membership.valid_from, membership.valid_to = body, first_day, ends
    _check_alone(membership)
    record(Event.MEMBERSHIP_CORRECTED, by=by, on=membership, area_id=team.area_id, changes=changes)


def _check_alone(membership: Membership) -> None:
    """Refuse that somebody is in a team twice at a time, or that it has two leaders."""
    team, first_day, ends = membership.team, membership.valid_from, membership.valid_to
    with db.session.no_autoflush:
        same = _overlapping(team, first_day, ends, Membership.person_id == membership.person_id)
        leaders = _overlapping(team, first_day, ends, Membership.role == MemberRole.LEADER)
    if any(other is not membership for other in same):
        message = _(
            "%(name)s is in this team at that time already.", name=membership.person.full_name
        )
        raise RuleBroken(message, "first_day")
    if membership.role == MemberRole.LEADER:
        for leader in leaders:
            if leader is not membership:
                raise LeaderInOffice(leader)


def _check_day(team: Team, day: date) -> None:
    """Refuse a day to come, or one on which the team does not exist."""
    require_past(day, "first_day")
    if not team.is_valid_on(day):
        message = _("The team does not exist on %(day)s.", day=format_day(day))
        raise RuleBroken(message, "first_day")
