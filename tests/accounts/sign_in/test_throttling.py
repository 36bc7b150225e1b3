"""Guessing is slowed, and whoever guesses shuts nobody else out."""

from collections import Counter
from datetime import timedelta
from http import HTTPStatus
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import insert, select, update

from tcns.accounts.models import SignIn, SignInAttempt
from tcns.accounts.sign_in.throttling import (
    OF_ALL,
    PER_ADDRESS,
    PER_NAME,
    PER_NAME_AT_ADDRESS,
    WINDOW,
    Asker,
    Limit,
    Purpose,
    TooManyTries,
    count_try,
    take_back,
)
from tcns.clock import now
from tcns.database import db
from tests.accounts.conftest import Change, Visit, attempt, name_of
from tests.databases import make_app
from tests.page import REDIRECTS, Visitor

HERE, ELSEWHERE = "127.0.0.1", "192.0.2.7"
TIME = timedelta(minutes=5)
MOST = PER_NAME_AT_ADDRESS[0].most


def fail(
    app: Flask,
    user_name: str,
    times: int,
    address: str = HERE,
    *,
    device: str | None = None,
    purpose: Purpose = Purpose.PASSWORD,
) -> None:
    """Count tries that are never taken back, as wrong passwords leave them."""
    with app.app_context():
        for _time in range(times):
            count_try(user_name, Asker(address, device), purpose)


def attack(app: Flask, user_name: str, addresses: int, purpose: Purpose = Purpose.PASSWORD) -> int:
    """Guess at a name from many addresses until each is refused; how many guesses were allowed."""
    allowed = 0
    for number in range(addresses):
        try:
            for _time in range(MOST + 1):
                fail(app, user_name, 1, f"198.51.{number // 250}.{number % 250}", purpose=purpose)
                allowed += 1
        except TooManyTries:
            continue
    return allowed


def let_time_pass(app: Flask, time: timedelta = WINDOW) -> None:
    """Make every try older."""
    with app.app_context():
        rows = db.session.execute(select(SignInAttempt.id, SignInAttempt.at)).all()
        older = [{"id": row_id, "at": at - time} for row_id, at in rows]
        db.session.execute(update(SignInAttempt), older)
        db.session.commit()


def counted(app: Flask) -> int:
    with app.app_context():
        return len(db.session.scalars(select(SignInAttempt.id)).all())


def known_device(visit: Visit, persona: str = "own") -> Visitor:
    """A browser that signed in to the account before, and out again."""
    visitor = visit()
    assert attempt(visitor, name_of(persona)).status in REDIRECTS
    visitor.session.clear()
    visitor._keep_session()
    return visitor


def forget_networks(app: Flask) -> None:
    """Leave no address from which anybody signed in before."""
    with app.app_context():
        db.session.execute(update(SignIn).values(network_hash=None))
        db.session.commit()


def test_the_eleventh_failure_of_a_user_name_at_an_address_has_to_wait(
    visit: Visit, with_password: Change, app: Flask
) -> None:
    with_password("own", "leader")
    fail(app, name_of("own"), MOST - 1)
    assert attempt(visit(), name_of("own"), "wrong").status is HTTPStatus.OK
    page = attempt(visit(), name_of("own"))
    assert page.status is HTTPStatus.TOO_MANY_REQUESTS
    assert 0 < int(page.response.headers["Retry-After"]) <= 300
    assert {control.get("name") for control in page.tree.iter("input")} >= {"user_name", "password"}
    assert attempt(visit(), name_of("leader")).status in REDIRECTS


def test_a_stranger_does_not_shut_the_owner_out_at_another_address(
    visit: Visit, with_password: Change, app: Flask
) -> None:
    with_password("own")
    assert attack(app, name_of("own"), 1) == MOST
    assert attempt(visit(), name_of("own")).status in REDIRECTS


@pytest.mark.long_on_postgresql
def test_strangers_at_a_thousand_addresses_do_not_shut_a_known_device_out(
    visit: Visit, with_password: Change, app: Flask
) -> None:
    with_password("own")
    owner = known_device(visit)
    forget_networks(app)
    assert attack(app, name_of("own"), 7) == PER_NAME[0].most
    assert attempt(visit(), name_of("own")).status is HTTPStatus.TOO_MANY_REQUESTS
    assert attempt(owner, name_of("own")).status in REDIRECTS


@pytest.mark.long_on_postgresql
def test_nor_a_new_device_at_an_address_known_to_the_account(
    visit: Visit, with_password: Change, app: Flask
) -> None:
    with_password("own")
    known_device(visit)
    attack(app, name_of("own"), 7)
    assert attempt(visit(), name_of("own")).status in REDIRECTS


def test_a_stranger_at_the_owner_s_own_address_does_not_shut_a_known_device_out(
    visit: Visit, with_password: Change, app: Flask
) -> None:
    with_password("own")
    owner = known_device(visit)
    fail(app, name_of("own"), MOST)
    for number in range(PER_ADDRESS[0].most - MOST):
        fail(app, f"user{number}", 1)
    assert attempt(visit(), name_of("own")).status is HTTPStatus.TOO_MANY_REQUESTS
    assert attempt(owner, name_of("own")).status in REDIRECTS


def test_a_known_device_may_not_guess_either(
    visit: Visit, with_password: Change, app: Flask
) -> None:
    with_password("own")
    owner = known_device(visit)
    for _time in range(MOST):
        assert attempt(owner, name_of("own"), "wrong").status is HTTPStatus.OK
    assert attempt(owner, name_of("own")).status is HTTPStatus.TOO_MANY_REQUESTS
    assert attempt(visit(), name_of("own")).status in REDIRECTS, "it shuts nobody else"


def test_a_device_is_known_to_the_accounts_it_signed_in_to_alone(
    visit: Visit, with_password: Change, app: Flask
) -> None:
    with_password("own", "leader")
    stranger = known_device(visit, "leader")
    fail(app, name_of("own"), MOST)
    assert attempt(stranger, name_of("own")).status is HTTPStatus.TOO_MANY_REQUESTS


@pytest.mark.parametrize("planted", ["made-up", "", '"x".made-up'])
def test_a_key_that_we_did_not_sign_makes_no_known_device(
    visit: Visit, with_password: Change, app: Flask, planted: str
) -> None:
    with_password("own")
    visitor = visit()
    visitor.client.set_cookie("__Host-device", planted)
    fail(app, name_of("own"), MOST)
    assert attempt(visitor, name_of("own")).status is HTTPStatus.TOO_MANY_REQUESTS


def test_the_cookie_of_a_device_lasts_and_the_table_holds_only_its_digest(
    visit: Visit, with_password: Change, app: Flask
) -> None:
    with_password("own")
    first = visit()
    cookies = attempt(first, name_of("own")).response.headers.getlist("Set-Cookie")
    (cookie,) = [one for one in cookies if one.startswith("__Host-device=")]
    for word in ("Secure", "HttpOnly", "SameSite=Lax", "Max-Age=31536000", "Path=/"):
        assert word in cookie
    key = cookie.partition("=")[2].partition(";")[0].partition(".")[0].strip('"')
    with app.app_context():
        kept = db.session.scalars(select(SignIn).order_by(SignIn.id.desc())).first()
    assert kept
    assert kept.device_hash
    assert key not in kept.device_hash
    attempt(first, name_of("own"))
    with app.app_context():
        again = db.session.scalars(select(SignIn).order_by(SignIn.id.desc())).first()
    assert again
    assert again.device_hash == kept.device_hash, "it is one device, however often it signs in"


def test_a_failed_try_gives_no_device_a_key(visit: Visit, with_password: Change) -> None:
    with_password("own")
    cookies = attempt(visit(), name_of("own"), "wrong").response.headers.getlist("Set-Cookie")
    assert not [one for one in cookies if "device" in one]


@pytest.mark.long_on_postgresql
@pytest.mark.parametrize("user_name", ["xa.02301", "nobody.here"])
def test_guessing_is_as_slow_as_is_said(app: Flask, user_name: str) -> None:
    """One address: 10 in five minutes, 50 a day; a thousand: 60 an hour. Whether there is such an
    account or not."""
    assert attack(app, user_name, 1) == 10
    for _time in range(5):
        let_time_pass(app, timedelta(minutes=5, seconds=1))
        attack(app, user_name, 1)
    with pytest.raises(TooManyTries) as refused:
        fail(app, user_name, 1, "198.51.0.0")
    assert refused.value.seconds > 20 * 3600
    with app.app_context():
        at_address = db.session.scalars(select(SignInAttempt.subject)).all()
    assert max(at_address.count(one) for one in set(at_address)) == 50
    let_time_pass(app)
    assert attack(app, user_name, 7) == 60
    assert list(OF_ALL) == [Limit(600, TIME)]


def test_all_strangers_together_wait_and_whoever_is_known_does_not(
    visit: Visit, with_password: Change, app: Flask
) -> None:
    with_password("own", "leader")
    owner = known_device(visit)
    fail(app, "somebody", 1, ELSEWHERE)
    fail(app, "somebody else", 1, "192.0.2.8")
    with app.app_context():
        subjects = Counter(db.session.scalars(select(SignInAttempt.subject)))
        ((shared, _two),) = [each for each in subjects.items() if each[1] == 2]
        rows = [{"subject": shared, "at": now()}] * OF_ALL[0].most
        db.session.execute(insert(SignInAttempt), rows)
        db.session.commit()
    forget_networks(app)
    assert attempt(visit(), name_of("leader")).status is HTTPStatus.TOO_MANY_REQUESTS
    assert attempt(owner, name_of("own")).status in REDIRECTS


def test_a_refused_try_does_not_lengthen_the_wait(app: Flask) -> None:
    fail(app, "xa.02301", MOST)
    before = counted(app)
    with app.app_context(), pytest.raises(TooManyTries):
        count_try("xa.02301", Asker(HERE))
    assert counted(app) == before


def test_a_user_name_nobody_has_waits_like_any_other(visit: Visit, app: Flask) -> None:
    fail(app, "nobody.here", MOST)
    assert attempt(visit(), "Nobody.Here").status is HTTPStatus.TOO_MANY_REQUESTS


def test_after_five_minutes_one_may_try_again(
    visit: Visit, with_password: Change, app: Flask
) -> None:
    with_password("own")
    fail(app, name_of("own"), MOST)
    assert attempt(visit(), name_of("own")).status is HTTPStatus.TOO_MANY_REQUESTS
    let_time_pass(app, TIME)
    assert attempt(visit(), name_of("own")).status in REDIRECTS


def test_what_is_over_is_not_kept(visit: Visit, with_password: Change, app: Flask) -> None:
    with_password("own")
    fail(app, name_of("own"), MOST)
    let_time_pass(app)
    assert attempt(visit(), name_of("own")).status in REDIRECTS
    assert counted(app) == 0


def test_the_right_password_clears_the_name_at_this_address_and_nobody_else_s(
    visit: Visit, with_password: Change, app: Flask
) -> None:
    with_password("own")
    fail(app, name_of("own"), MOST - 1)
    before = counted(app)
    fail(app, "another", 1)
    fail(app, name_of("own"), 1, ELSEWHERE)
    assert attempt(visit(), name_of("own")).status in REDIRECTS
    assert counted(app) == before + 8 - (MOST - 1)
    fail(app, name_of("own"), MOST)


def test_the_thirty_first_failure_of_an_address_has_to_wait_and_others_do_not(
    visit: Visit, with_password: Change, app: Flask
) -> None:
    with_password("own")
    for number in range(PER_ADDRESS[0].most):
        fail(app, f"user{number}", 1)
    assert attempt(visit(), name_of("own")).status is HTTPStatus.TOO_MANY_REQUESTS
    fail(app, name_of("own"), 1, ELSEWHERE)


def test_an_ipv6_address_waits_with_its_whole_network(app: Flask) -> None:
    for number in range(PER_ADDRESS[0].most):
        fail(app, f"user{number}", 1, f"2001:db8::{number:x}")
    with pytest.raises(TooManyTries):
        fail(app, "another", 1, "2001:db8::ffff")
    fail(app, "another", 1, "2001:db8:0:1::1")


@pytest.mark.one_engine
@pytest.mark.parametrize(("proxies", "is_believed"), [(0, False), (1, True)])
def test_the_address_is_the_client_s_behind_configured_proxies_alone(
    app: Flask, proxies: int, *, is_believed: bool
) -> None:
    site = make_app(app.config["SQLALCHEMY_DATABASE_URI"], proxies=proxies)
    fail(app, "nobody.here", MOST, ELSEWHERE)
    visitor = Visitor(site, is_inspecting=False)
    headers = {
        "Referer": "https://localhost/",
        "X-CSRFToken": visitor.token(),
        "X-Forwarded-For": f"10.9.8.7, {ELSEWHERE}",
        "X-Forwarded-Host": "localhost",
        "X-Forwarded-Proto": "https",
    }
    typed = {"user_name": "nobody.here", "password": "wrong"}
    page = visitor.send("POST", "/sign-in", data=typed, headers=headers)
    assert (page.status is HTTPStatus.TOO_MANY_REQUESTS) is is_believed


def test_a_try_that_was_no_guess_is_taken_back(app: Flask) -> None:
    with app.app_context():
        take_back(count_try("xa.02301", Asker(HERE)))
    assert counted(app) == 0


@pytest.mark.long_on_postgresql
@pytest.mark.parametrize("purpose", Purpose)
def test_each_purpose_counts_by_itself(app: Flask, purpose: Purpose) -> None:
    for other in Purpose:
        if other is not purpose:
            attack(app, "xa.02301", 7, other)
    fail(app, "xa.02301", MOST, ELSEWHERE, purpose=purpose)
    with pytest.raises(TooManyTries):
        fail(app, "xa.02301", 1, ELSEWHERE, purpose=purpose)


@pytest.mark.long_on_postgresql
def test_a_code_is_a_way_in_on_a_new_device_in_a_new_place_whatever_strangers_do(
    app: Flask,
) -> None:
    attack(app, "xa.02301", 7)
    attack(app, "xa.02301", 7, Purpose.CODE)
    fail(app, "xa.02301", 1, ELSEWHERE, purpose=Purpose.CODE)


def test_tries_that_run_at_once_are_counted_one_by_one(app: Flask) -> None:
    """Whoever guesses in parallel gets no more than ten comparisons, in whatever processes."""
    fail(app, "xa.02301", MOST - 2)
    allowed, start = [], Barrier(6)

    def guess() -> None:
        start.wait()
        with app.app_context():
            try:
                allowed.append(count_try("xa.02301", Asker(HERE)))
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
