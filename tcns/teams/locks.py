"""Letting others wait: the rules of teams look at several rows, which must not change meanwhile.

Whoever needs several locks takes that of the area first, then the team's, then the membership's,
so that two never wait for each other. On SQLite the write transaction has locked everything.
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
    query = select(model).where(model.id == record.id).with_for_update()
    if db.session.scalar(query.execution_options(populate_existing=True)) is None:
        raise Gone


def lock_membership(membership: Membership) -> None:
    """Let others wait who would change the membership or another of its team."""
    lock(membership.team)
    lock(membership)
