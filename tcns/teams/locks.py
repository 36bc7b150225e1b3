"""Letting others wait: the rules of teams look at several rows, which must not change meanwhile.

Whoever needs several locks takes that of the area first, then the teams' in the order of their
ids, then the membership's, so that two never wait for each other. On SQLite the write transaction
has locked everything. Others may go on referring to what is locked: an event on record names its
area, and must not wait for somebody who waits for it.
"""

from sqlalchemy import select

from tcns.areas.models import Area
from tcns.database import db
from tcns.rules import Gone
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
