"""The present members as a decision about the whole team lists them, and their rules."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tcns.database import db
from tcns.errors import RuleViolation
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.teams.members.rules import ONE_DAY, MembershipSpec, days_violations, help_violations
from tcns.teams.models import Membership, Team
from tcns.teams.vocabulary import Body, MemberRole


@dataclass(frozen=True)
class Listed:
    """A present member as a form lists them: what they are to be, no role where they go.

    `field` is how the form calls the row: member_12.
    """

    membership: Membership
    role: MemberRole | None
    body: Body | None = None
    field: str = ""

    @property
    def is_changed(self) -> bool:
        """Whether somebody stays, and not as they are."""
        was = self.membership.member_role, self.membership.member_body
        return self.role is not None and (self.role, self.body) != was


def present_members(team: Team) -> Sequence[Membership]:
    """The memberships of a team that have no end, in the order they began, read anew."""
    query = (
        select(Membership)
        .where(Membership.team_id == team.id, Membership.valid_to.is_(None))
        .options(joinedload(Membership.person))
        .order_by(Membership.valid_from, Membership.id)
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(query).all()


def stamp(members: Sequence[Membership]) -> str:
    """Which memberships they are, in which version: it differs once somebody changes one."""
    return " ".join(f"{each.id}:{each.version}" for each in members)


def expect_members(team: Team, listed: str | None) -> None:
    """Raise a violation unless the present members are still those of a stamp.

    Asked under the team's lock; None is whoever looked at no list of them.
    """
    if listed is not None and listed != stamp(present_members(team)):
        raise changed_meanwhile()


def changed_meanwhile() -> RuleViolation:
    """Somebody else changed the members since the form listed them."""
    return RuleViolation(_("The members were changed in the meantime. Look at them again."))


def turn_violations(team: Team, first_day: date) -> Iterator[RuleViolation]:
    """Why a team's members cannot be arranged anew from a day on: it must have none who came or
    went later."""
    if team.valid_to is not None:
        yield RuleViolation(
            _("The team was dissolved after %(day)s already.", day=format_day(team.last_day))
        )
        return
    impossible = list(days_violations(team, first_day, None))
    yield from impossible
    later = (Membership.valid_from > first_day) | (Membership.valid_to > first_day)
    query = select(Membership).where(Membership.team_id == team.id, later)
    in_order = query.order_by(Membership.valid_from, Membership.id)
    for membership in () if impossible else db.session.scalars(in_order):
        yield RuleViolation(_came_or_went(membership, first_day), "first_day")


def _came_or_went(membership: Membership, first_day: date) -> str:
    """Who joined, or left, after a day on which the members are arranged."""
    came = membership.valid_from > first_day
    day = format_day(membership.valid_from if came else membership.last_day)
    name = membership.person.full_name
    if came:
        return _("%(name)s joined on %(day)s: correct that first.", name=name, day=day)
    return _("%(name)s was a member until %(day)s: correct that first.", name=name, day=day)


def ending_violations(listed: Listed, first_day: date) -> Iterator[RuleViolation]:
    """Why a present membership cannot end before a day: it began then, or went on helping."""
    membership = listed.membership
    if membership.valid_from == first_day:
        message = _(
            "%(name)s joined on this very day: remove that membership instead.",
            name=membership.person.full_name,
        )
        yield RuleViolation(message, f"{listed.field}_stays")
        return
    until = MembershipSpec(
        membership.member_role, membership.member_body, membership.valid_from, first_day - ONE_DAY
    )
    for broken in help_violations(membership, until):
        yield RuleViolation(broken.message, f"{listed.field}_stays")
