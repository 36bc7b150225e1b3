"""Who does and undoes."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tcns.accounts.models import User
from tcns.database import db
from tests.world import World


@pytest.fixture
def official(app: Flask, world: World) -> Iterator[User]:
    """The official of Hòa An in an open context, messages in English."""
    with app.test_request_context(headers={"Cookie": "language=en"}):
        yield db.session.get_one(User, world.users["own"])
        db.session.rollback()
