"""What was done as a whole is undone as a whole, or not at all."""

from collections.abc import Callable
from datetime import date
from http import HTTPStatus
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tcns.accounts.models import User
from tcns.activities.models import Activity
from tcns.database import db
from tcns.errors import RuleViolation
from tcns.teams.models import Membership, Person
from tcns.undo.models import Reversible
from tcns.undo.operations import reverse, undoable
from tcns.undo.vocabulary import ReversibleKind
from tests.factories import make_activity, make_membership, make_person
from tests.page import Visitor
from tests.world import World

KIND = ReversibleKind.MEMBERSHIPS_ENDED
LAST = date(2024, 5, 1)


def rows(table: type[Any]) -> list[tuple[Any, ...]]:
    """Every row of a table, without the versions, which rise."""
    columns = [column for column in table.__table__.columns if column.key != "version"]
    return sorted(map(tuple, db.session.execute(select(*columns))), key=repr)


def test_what_was_changed_created_and_deleted_is_as_before(official: User, world: World) -> None:
    before = rows(Membership), rows(Person)
    with undoable(KIND, by=official) as done:
        deputy = db.session.get_one(Membership, world.memberships["deputy"])
        deputy.valid_to, deputy.role = LAST, "member"
        db.session.delete(db.session.get_one(Membership, world.memberships["past"]))
        make_membership(world.teams["village"], make_person())
    assert (rows(Membership), rows(Person)) != before
    reverse(done, by=official)
    assert (rows(Membership), rows(Person)) == before


def test_days_moments_and_decimals_come_back_as_they_were(official: User, world: World) -> None:
    activity = db.session.get_one(Activity, make_activity(world.teams["village"], official.id))
    activity.hours = 2.5
    db.session.flush()
    db.session.refresh(activity)
    before = rows(Activity)
    with undoable(KIND, by=official) as done:
        activity.hours, activity.held_on, activity.reviewed_at = None, LAST, activity.entered_at
    reverse(done, by=official)
    assert rows(Activity) == before


def test_a_row_that_was_changed_since_keeps_everything_from_being_undone(
    official: User, world: World
) -> None:
    with undoable(KIND, by=official) as done:
        for key in ("deputy", "member"):
            db.session.get_one(Membership, world.memberships[key]).valid_to = LAST
    db.session.get_one(Membership, world.memberships["member"]).body = None
    db.session.flush()
    after = rows(Membership)
    with pytest.raises(RuleViolation, match="cannot be undone"):
        reverse(done, by=official)
    assert rows(Membership) == after


def test_a_created_row_that_others_refer_to_stays(official: User, world: World) -> None:
    with undoable(KIND, by=official) as done:
        membership = make_membership(world.teams["village"])
    make_activity(world.teams["village"], official.id, helpers=[membership])
    with pytest.raises(RuleViolation, match="cannot be undone"):
        reverse(done, by=official)
    assert db.session.get(Membership, membership) is not None


def test_what_is_undone_is_not_undone_again(official: User) -> None:
    with undoable(KIND, by=official) as done:
        pass
    reverse(done, by=official)
    with pytest.raises(RuleViolation, match="already"):
        reverse(done, by=official)


def test_the_page_undoes_once_and_says_so(
    world: World, visit: Callable[..., Visitor], app: Flask
) -> None:
    page = visit("own", language="en").get(f"/undo/{world.reversible}")
    assert "Memberships ended" in page.text
    assert "Undone: Memberships ended." in page.post().text
    again = visit("own", language="en").get(f"/undo/{world.reversible}")
    assert "This was undone at" in again.text
    with app.app_context():
        undone = db.session.get_one(Reversible, world.reversible)
        assert undone.reversed_by_id == world.users["own"]


def test_what_somebody_else_did_is_not_there_to_undo(
    world: World, visit: Callable[..., Visitor]
) -> None:
    visit("administrator").get(f"/undo/{world.reversible}", HTTPStatus.NOT_FOUND)
