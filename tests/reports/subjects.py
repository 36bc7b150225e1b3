"""Whose reports the tests speak of, and what is done to them."""

from datetime import date

from tcns.accounts.models import User
from tcns.activities.vocabulary import Status
from tcns.database import db
from tcns.periods import NamedPeriod, period_named
from tcns.reports import operations
from tcns.reports.models import Report
from tcns.reports.queries import Subject, subject_named
from tests.factories import make_activity
from tests.world import World

INSIDE = date(2025, 6, 12)


def period(name: str = "2025-06") -> NamedPeriod:
    """A period by its name."""
    found = period_named(name)
    assert found is not None
    return found


def subject(owner: str, name: str = "2025-06") -> Subject:
    """Whose report it is, by what addresses call it."""
    found = subject_named(owner, period(name))
    assert found is not None
    return found


def province(world: World) -> Subject:
    """The province's report."""
    return subject(f"area-{world.province.id}")


def user(world: World, persona: str) -> User:
    """A persona's account."""
    return db.session.get_one(User, world.users[persona])


def send(world: World, one: Subject, persona: str) -> Report:
    """Somebody sends a report."""
    return operations.send(one, by=user(world, persona))


def hold(world: World, team: str, people: int, status: Status = Status.APPROVED) -> int:
    """One more session of the period."""
    return make_activity(
        world.teams[team],
        world.users["own"],
        held_on=INSIDE,
        status=status,
        participant_count=people,
    )
