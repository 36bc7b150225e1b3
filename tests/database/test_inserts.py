"""Rows that are inserted past SQLAlchemy fail as those that are not."""

import pytest
from flask import Flask
from sqlalchemy.exc import DBAPIError

from tcns.accounts.models import User
from tcns.audit.operations import Entry, draft_events, record_draft
from tcns.audit.vocabulary import Event
from tcns.database import db, writing
from tcns.database.faults import Fault, fault_of
from tests.faults import full
from tests.world import World


def record_many(world: World, count: int) -> None:
    """Record so many events in one go."""
    entries = [Entry(Event.TEAM_CORRECTED, "team", number, None) for number in range(count)]
    with writing():
        record_draft(draft_events(entries, by=db.session.get_one(User, world.users["own"])))


@pytest.mark.one_engine("postgresql")
@pytest.mark.parametrize("count", [1, 2])
def test_a_full_disk_is_told_of_few_rows_and_of_many(app: Flask, world: World, count: int) -> None:
    with app.app_context(), full(app), pytest.raises(DBAPIError) as failed:
        record_many(world, count)
    assert fault_of(failed.value) is Fault.FULL
