"""What the tests of accounts share: accounts with a password, and rows as they stand."""

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tcns.accounts.credentials import passwords
from tcns.accounts.models import User
from tcns.audit.models import AuditEvent
from tcns.database import db
from tests.page import Page, Visitor
from tests.world import ACCOUNTS, World

Visit = Callable[..., Visitor]
Change = Callable[..., None]

PASSWORD = "bốn con vịt bơi qua suối"


@cache
def hash_of(password: str) -> str:
    """The hash of a password, worked once."""
    return passwords.hash_password(password)


def name_of(persona: str) -> str:
    """The user name of a persona."""
    return ACCOUNTS[persona][1]


def attempt(visitor: Visitor, user_name: str, password: str = PASSWORD) -> Page:
    """What the sign-in form answers."""
    return visitor.post_bare("/sign-in", {"user_name": user_name, "password": password})


@pytest.fixture
def change(app: Flask, world: World) -> Callable[..., None]:
    """`change("member", disabled_at=…)` sets columns of a persona's account behind all rules."""

    def commit(persona: str, **columns: Any) -> None:
        with app.app_context():
            user = db.session.get_one(User, world.users[persona])
            for name, value in columns.items():
                setattr(user, name, value)
            db.session.commit()

    return commit


@pytest.fixture
def with_password(change: Callable[..., None]) -> Callable[..., None]:
    """`with_password("member", "tinh")` gives personas the password PASSWORD."""

    def give(*personas: str) -> None:
        for persona in personas:
            change(persona, password_hash=hash_of(PASSWORD))

    return give


@pytest.fixture
def user_of(context: None, world: World) -> Callable[[str], User]:
    """`user_of("own")` is that persona's account, in the open context."""
    return lambda persona: db.session.get_one(User, world.users[persona])


@pytest.fixture
def events(app: Flask) -> Callable[[], list[str]]:
    """`events()` are those on record since the test began, the first one first."""
    with app.app_context():
        last = db.session.scalar(select(func.max(AuditEvent.id))) or 0

    def read() -> list[str]:
        query = select(AuditEvent.event).where(AuditEvent.id > last).order_by(AuditEvent.id)
        with app.app_context():
            return list(db.session.scalars(query))

    return read
