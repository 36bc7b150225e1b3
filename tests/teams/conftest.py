"""What the tests of teams share: records by name, the acting official, and what was refused."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tcns.accounts.models import User
from tcns.areas.models import Area
from tcns.audit.models import AuditEvent
from tcns.database import db
from tcns.errors import RuleViolation
from tcns.teams.models import EstablishingDecision, Membership, Person, Team
from tests.page import Visitor
from tests.world import World

Visit = Callable[..., Visitor]
LONG_AGO, LATER = date(2022, 5, 1), date(2024, 3, 15)


class Book:
    """The records of the world, loaded in the open context, and the official of Hòa An."""

    def __init__(self, world: World) -> None:
        self.world = world

    @property
    def official(self) -> User:
        return db.session.get_one(User, self.world.users["own"])

    def team(self, key: str = "village") -> Team:
        return db.session.get_one(Team, self.world.teams[key])

    def person(self, key: str) -> Person:
        return db.session.get_one(Person, self.world.persons[key])

    def membership(self, key: str) -> Membership:
        return db.session.get_one(Membership, self.world.memberships[key])

    def area(self, key: str) -> Area:
        return db.session.get_one(Area, self.world.places[key].id)

    def decision(self, key: str = "commune") -> EstablishingDecision:
        return db.session.get_one(EstablishingDecision, self.world.decisions[key])


@pytest.fixture
def book(app: Flask, world: World) -> Iterator[Book]:
    """An open context with the messages in English, and the records in it."""
    with app.test_request_context(headers={"Cookie": "language=en"}):
        yield Book(world)
        db.session.rollback()


@contextmanager
def refused(*fields: str | None) -> Iterator[None]:
    """Exactly these fields, in this order, are told that a rule is broken."""
    with pytest.raises(RuleViolation) as caught:
        yield
    assert [one.field for one in caught.value.each] == list(fields)


def events(*kinds: str) -> Sequence[AuditEvent]:
    """The events of some kinds on record, in their order."""
    db.session.flush()
    query = select(AuditEvent).where(AuditEvent.event.in_(kinds)).order_by(AuditEvent.id)
    return db.session.scalars(query).all()


def changes(event: AuditEvent) -> dict[str, tuple[Any, Any]]:
    """What an event says was changed, from what to what."""
    return {value.field: (value.old, value.new) for value in event.values}
