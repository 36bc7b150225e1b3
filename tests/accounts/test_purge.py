"""What is over is deleted in time, and nothing else."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from tcns.accounts.commands import KEPT
from tcns.accounts.models import SignIn, SignInAttempt
from tcns.accounts.sign_in.throttling import WINDOW, Asker, count_try
from tcns.clock import now
from tcns.database import db
from tcns.web.idempotency import CarriedOut
from tests.accounts.conftest import Visit
from tests.factories import make_sign_in
from tests.world import World

DAY = timedelta(days=1)


def purge(app: Flask) -> str:
    """What the command says."""
    result = app.test_cli_runner().invoke(args=["accounts", "purge"])
    assert result.exit_code == 0, result.output
    return result.output


def make_seen(app: Flask, user_id: int, seen: datetime, **differs: object) -> int:
    """A sign-in of a user that was last seen at a moment; its id."""
    with app.app_context():
        facts = {"created_at": seen - DAY, "last_seen_at": seen, **differs}
        key = make_sign_in(user_id, **facts)
        db.session.commit()
        assert key
        return db.session.scalars(select(SignIn.id).order_by(SignIn.id.desc())).first() or 0


def ids(app: Flask) -> set[int]:
    """The sign-ins that are there."""
    with app.app_context():
        return set(db.session.scalars(select(SignIn.id)))


@pytest.mark.parametrize(
    ("differs", "is_kept"),
    [
        ({"ended_at": now() - KEPT}, False),
        ({"expires_at": now() - DAY}, False),
        ({"idle_minutes": 120}, False),
        ({}, True),  # a member's own phone, still signed in
    ],
    ids=["ended", "ran out", "left alone", "still signed in"],
)
def test_a_sign_in_that_is_over_goes_in_time(
    app: Flask, world: World, differs: dict[str, object], *, is_kept: bool
) -> None:
    old = make_seen(app, world.users["member"], now() - KEPT - DAY, **differs)
    purge(app)
    assert (old in ids(app)) is is_kept


def test_a_sign_in_that_ended_lately_stays(app: Flask, world: World) -> None:
    late = make_seen(app, world.users["member"], now() - KEPT + DAY, ended_at=now() - DAY)
    purge(app)
    assert late in ids(app)


def test_when_an_account_was_last_seen_stays_known(app: Flask, world: World, visit: Visit) -> None:
    with app.app_context():
        user_id = world.users["member"]
        last = now() - timedelta(days=400)
        db.session.execute(
            update(SignIn).where(SignIn.user_id == user_id).values(last_seen_at=last, ended_at=last)
        )
        db.session.commit()
    before = visit("own").get(f"/accounts/{user_id}").text
    older = make_seen(app, user_id, last - DAY, ended_at=last)
    purge(app)
    assert older not in ids(app)
    assert visit("own").get(f"/accounts/{user_id}").text == before
    assert f"{last:%Y}" in before


def test_keys_of_forms_go_in_time_and_tries_at_once(app: Flask, world: World) -> None:
    user_id = world.users["own"]
    with app.app_context():
        for key, at in (("old", now() - KEPT - DAY), ("new", now() - KEPT + DAY)):
            db.session.add(CarriedOut(user_id=user_id, key=key, location="/", at=at))
        db.session.commit()
        count_try("old", Asker(None))
        db.session.execute(update(SignInAttempt).values(at=now() - WINDOW))
        db.session.commit()
    purge(app)
    with app.app_context():
        assert list(db.session.scalars(select(CarriedOut.key))) == ["new"]
        assert not db.session.scalars(select(SignInAttempt)).all()


def test_it_says_what_went_and_a_second_time_nothing_does(app: Flask, world: World) -> None:
    make_seen(app, world.users["own"], now() - KEPT - DAY, ended_at=now() - KEPT)
    assert "Deleted 1 sign-ins, 0 failed tries, 0 keys of sent forms." in purge(app)
    assert "Deleted 0 sign-ins, 0 failed tries, 0 keys of sent forms." in purge(app)
