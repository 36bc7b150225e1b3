"""Letting others wait: the rules of teams look at several rows, which must not change meanwhile.

Whoever needs several locks takes that of the area first, then the team's, then the membership's,
then the person's, so that two never wait for each other; of several teams or persons the lowest
id comes first. On SQLite the write transaction has locked everything. Others may go on referring
to what is locked: an event on record names its area, and must not wait for somebody who waits for
it.
"""

from sqlalchemy import select

from tcns.areas.models import Area
from tcns.database import db
from tcns.errors import Gone, RuleViolation
from tcns.i18n import gettext as _
from tcns.teams.models import Membership, Person, Team


def lock(record: Area | Team | Membership | Person) -> None:
    """Let others wait who would change the same record, and read it again as they left it.

    Raises Gone where they took it back.
    """
    model = type(record)
    query = select(model).where(model.id == record.id).with_for_update(key_share=True)
    if db.session.scalar(query.execution_options(populate_existing=True)) is None:
        raise Gone


def lock_teams(*teams: Team) -> None:
    """Let others wait who would change one of several teams."""
    for team in sorted(teams, key=lambda each: each.id):
        lock(team)


def lock_membership(membership: Membership) -> None:
    """Let others wait who would change the membership or another of its team."""
    lock(membership.team)
    lock(membership)


def lock_person(person: Person) -> None:
    """Let others wait who would change the person, or hang something on them.

    Raises RuleBroken for who was merged into another meanwhile: nothing is hung on them any more.
    """
    lock(person)
    if person.merged_into_id is not None:
        name = person.full_name
        message = _("%(name)s was on file twice; both were joined into one. Look again.", name=name)
        raise RuleViolation(message)
