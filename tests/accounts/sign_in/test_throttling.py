"""Guessing is slowed, by user name and by address."""

from http import HTTPStatus
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import select, update

from tcns.accounts.models import SignInAttempt
from tcns.accounts.sign_in.throttling import (
    MOST_PER_ADDRESS,
    MOST_PER_USER_NAME,
    WINDOW,
    TooManyTries,
    count_try,
    take_back,
)
from tcns.clock import now
from tcns.database import db
from tests.accounts.conftest import Change, Visit, attempt, name_of
from tests.page import REDIRECTS

HERE, ELSEWHERE = "127.0.0.1", "192.0.2.7"


def fail(app: Flask, user_name: str, times: int, address: str = ELSEWHERE) -> None:
    """Count tries that are never taken back, as wrong passwords leave them."""
    with app.app_context():
        for _time in range(times):
            count_try(user_name, address)


def let_time_pass(app: Flask) -> None:
    """Make every try as old as tries count."""
    with app.app_context():
        db.session.execute(update(SignInAttempt).values(at=now() - WINDOW))
        db.session.commit()


def counted(app: Flask) -> int:
    with app.app_context():
        return len(db.session.scalars(select(SignInAttempt.id)).all())


def test_a_wrong_password_counts_against_user_name_and_address(visit: Visit, app: Flask) -> None:
    attempt(visit(), name_of("own"), "wrong")
    assert counted(app) == 2


def test_the_eleventh_failure_of_a_user_name_has_to_wait(
    visit: Visit, with_password: Change, app: Flask
) -> None:
    with_password("own", "leader")
    fail(app, name_of("own"), MOST_PER_USER_NAME - 1)
    assert attempt(visit(), name_of("own"), "wrong").status is HTTPStatus.OK
    page = attempt(visit(), name_of("own"))
    assert page.status is HTTPStatus.TOO_MANY_REQUESTS
    assert 0 < int(page.response.headers["Retry-After"]) <= WINDOW.total_seconds()
    assert {control.get("name") for control in page.tree.iter("input")} >= {"user_name", "password"}
    assert attempt(visit(), name_of("leader")).status in REDIRECTS


def test_a_refused_try_does_not_lengthen_the_wait(app: Flask) -> None:
    fail(app, "xa.02301", MOST_PER_USER_NAME)
    before = counted(app)
    with app.app_context(), pytest.raises(TooManyTries):
        count_try("xa.02301", HERE)
    assert counted(app) == before


def test_a_user_name_nobody_has_waits_like_any_other(visit: Visit, app: Flask) -> None:
    fail(app, "nobody.here", MOST_PER_USER_NAME)
    assert attempt(visit(), "Nobody.Here").status is HTTPStatus.TOO_MANY_REQUESTS


def test_after_five_minutes_one_may_try_again(
    visit: Visit, with_password: Change, app: Flask
) -> None:
    with_password("own")
    fail(app, name_of("own"), MOST_PER_USER_NAME)
    let_time_pass(app)
    assert attempt(visit(), name_of("own")).status in REDIRECTS
    assert counted(app) == 0, "what is over is not kept"


def test_the_right_password_clears_the_user_name_and_not_the_address(
    visit: Visit, with_password: Change, app: Flask
) -> None:
    with_password("own")
    fail(app, name_of("own"), MOST_PER_USER_NAME - 1, HERE)
    fail(app, "another", 1, HERE)
    assert attempt(visit(), name_of("own")).status in REDIRECTS
    assert counted(app) == MOST_PER_USER_NAME - 1 + 2
    fail(app, name_of("own"), MOST_PER_USER_NAME)


def test_the_thirty_first_failure_of_an_address_has_to_wait_and_others_do_not(
    visit: Visit, with_password: Change, app: Flask
) -> None:
    with_password("own")
    for number in range(MOST_PER_ADDRESS):
        fail(app, f"user{number}", 1, HERE)
    assert attempt(visit(), name_of("own")).status is HTTPStatus.TOO_MANY_REQUESTS
    fail(app, name_of("own"), 1, ELSEWHERE)


def test_an_ipv6_address_waits_with_its_whole_network(app: Flask) -> None:
    for number in range(MOST_PER_ADDRESS):
        fail(app, f"user{number}", 1, f"2001:db8::{number:x}")
    with pytest.raises(TooManyTries):
        fail(app, "another", 1, "2001:db8::ffff")
    fail(app, "another", 1, "2001:db8:0:1::1")


def test_a_try_that_was_no_guess_is_taken_back(app: Flask) -> None:
    with app.app_context():
        take_back(count_try("xa.02301", HERE))
    assert counted(app) == 0


def test_tries_that_run_at_once_are_counted_one_by_one(app: Flask) -> None:
    """Whoever guesses in parallel gets no more than ten comparisons, in whatever processes."""
    fail(app, "xa.02301", MOST_PER_USER_NAME - 2)
    allowed, start = [], Barrier(6)

    def guess() -> None:
        start.wait()
        with app.app_context():
            try:
                allowed.append(count_try("xa.02301", HERE))
            except TooManyTries:
                return

    threads = [Thread(target=guess) for _number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(allowed) <= 2


def test_the_attempts_keep_neither_names_nor_addresses(visit: Visit, app: Flask) -> None:
    """Somebody may have typed the password into the wrong field."""
    attempt(visit(), "my secret password")
    with app.app_context():
        subjects = "".join(db.session.scalars(select(SignInAttempt.subject)))
    assert "secret" not in subjects
    assert HERE not in subjects
