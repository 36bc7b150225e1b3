"""Signing in and out."""

from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from urllib.parse import quote

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import select, update

from tcns.accounts.credentials import passwords
from tcns.accounts.models import SignIn, User
from tcns.accounts.sign_in.session_cookie import SESSION_KEY
from tcns.clock import now
from tcns.database import db
from tests.accounts.conftest import PASSWORD, Change, Visit, attempt, name_of
from tests.page import REDIRECTS
from tests.world import World


def newest_sign_in(app: Flask) -> SignIn:
    with app.app_context():
        newest = select(SignIn).order_by(SignIn.id.desc()).limit(1)
        return db.session.scalars(newest).one()


def test_who_knows_user_name_and_password_comes_in(
    visit: Visit, with_password: Change, events: Callable[[], list[str]]
) -> None:
    with_password("own")
    visitor = visit()
    page = visitor.get("/sign-in").post("/sign-in", {"user_name": "xa.02301", "password": PASSWORD})
    assert page.url == "/"
    assert "xa.02301" in visitor.get("/account").text
    assert events() == ["sign-in:created"]


@pytest.mark.parametrize("typed", ["XA.02301", "  xa.02301 ", "xã.02301"])
def test_a_user_name_is_understood_as_people_type_it(
    visit: Visit, with_password: Change, typed: str
) -> None:
    with_password("own")
    assert attempt(visit(), typed).status in REDIRECTS


def test_a_visitor_is_led_back_to_where_they_wanted(visit: Visit, with_password: Change) -> None:
    with_password("own")
    visitor = visit()
    led = visitor.send("GET", "/account?from=start")
    answer = visitor.get(led.location).post(
        led.location, {"user_name": "xa.02301", "password": PASSWORD}
    )
    assert answer.url == "/account?from=start"


@pytest.mark.parametrize(
    "back", ["//evil.example", "/\\evil.example", "https:evil.example", "/%2Fevil.example"]
)
def test_nobody_is_led_to_another_site(visit: Visit, with_password: Change, back: str) -> None:
    with_password("own")
    visitor, address = visit(), f"/sign-in?back={quote(back, safe='')}"
    fields = {"user_name": "xa.02301", "password": PASSWORD}
    assert visitor.post_bare(address, fields).location == "/"
    assert visitor.send("GET", address).location == "/", "nor when signed in already"


def test_every_failure_is_answered_in_the_same_words(
    visit: Visit, with_password: Change, change: Change
) -> None:
    """Nobody learns whether the account exists, is closed, or has a password."""
    with_password("own", "leader")
    change("leader", disabled_at=now())
    answers = [
        attempt(visit(), name_of("own"), "wrong"),
        attempt(visit(), "nobody.here"),
        attempt(visit(), name_of("leader")),
        attempt(visit(), name_of("member")),
        attempt(visit(), name_of("own"), "ế" * 2000),
        attempt(visit(), "x" * 5000),
    ]
    assert {page.status for page in answers} == {HTTPStatus.OK}
    value = {page.text.replace("\n", " ") for page in answers}
    assert len(value) == 1
    with pytest.raises(AssertionError):
        visit().get("/account")


def test_a_failure_costs_the_same_hashing_whatever_was_wrong(
    visit: Visit, with_password: Change, change: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_password("own", "leader")
    change("leader", disabled_at=now())
    hashed: list[str] = []
    verify = PasswordHasher.verify

    def note(self: PasswordHasher, kept: str, typed: bytes) -> bool:
        hashed.append(kept)
        return verify(self, kept, typed)

    monkeypatch.setattr(PasswordHasher, "verify", note)
    for user_name, password in (
        (name_of("own"), "wrong"),
        ("nobody.here", PASSWORD),
        (name_of("leader"), PASSWORD),
        (name_of("member"), PASSWORD),
        (name_of("own"), "ế" * 2000),
    ):
        attempt(visit(), user_name, password)
    parameters = {kept.rpartition("$")[0].rpartition("$")[0] for kept in hashed}
    assert (len(hashed), len(parameters)) == (5, 1)


def test_a_failure_is_on_record_without_what_was_typed(
    visit: Visit, with_password: Change, events: Callable[[], list[str]]
) -> None:
    with_password("own")
    attempt(visit(), name_of("own"), "wrong")
    attempt(visit(), "nobody.here")
    assert events() == ["sign-in:failed", "sign-in:failed"]


def test_the_cookie_holds_a_new_key_each_time_and_the_table_only_its_digest(
    visit: Visit, with_password: Change, app: Flask
) -> None:
    with_password("own")
    keys = []
    for _time in range(2):
        visitor = visit()
        visitor.session = {SESSION_KEY: "a key somebody planted"}
        attempt(visitor, name_of("own"))
        with visitor.client.session_transaction() as session:
            keys.append(session[SESSION_KEY])
    assert len({*keys, "a key somebody planted"}) == 3
    assert newest_sign_in(app).key_hash not in keys


@pytest.mark.parametrize(
    ("persona", "ticked", "stays"),
    [("member", True, True), ("member", False, False), ("own", True, False)],
)
def test_only_a_member_on_an_own_phone_stays_signed_in_when_the_browser_closes(
    visit: Visit, with_password: Change, app: Flask, persona: str, *, ticked: bool, stays: bool
) -> None:
    with_password(persona)
    visitor = visit()
    fields = {"user_name": name_of(persona), "password": PASSWORD}
    if ticked:
        fields["own_phone"] = "y"
    answer = visitor.post_bare("/sign-in", fields)
    cookie = next(c for c in answer.response.headers.getlist("Set-Cookie") if "session=" in c)
    assert ("Expires=" in cookie) is stays
    sign_in = newest_sign_in(app)
    longest = sign_in.expires_at - sign_in.created_at
    assert longest == (timedelta(days=180) if stays else timedelta(hours=12))


def test_a_weaker_hash_is_made_again_when_its_owner_signs_in(
    visit: Visit, change: Change, app: Flask, world: World
) -> None:
    weaker = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1)
    change("own", password_hash=weaker.hash(passwords.typed_bytes(PASSWORD)))
    assert attempt(visit(), name_of("own")).status in REDIRECTS
    with app.app_context():
        kept = db.session.get_one(User, world.users["own"]).password_hash
    assert kept is not None
    assert not passwords.needs_rehash(kept)
    assert attempt(visit(), name_of("own")).status in REDIRECTS


@pytest.mark.parametrize(
    "meanwhile", [{"password_hash": "another"}, {"disabled_at": now()}], ids=["changed", "closed"]
)
def test_what_changed_while_the_password_was_compared_counts(
    visit: Visit,
    with_password: Change,
    change: Change,
    monkeypatch: pytest.MonkeyPatch,
    meanwhile: dict[str, object],
) -> None:
    with_password("own")
    needs_rehash = passwords.needs_rehash

    def be_overtaken(kept: str) -> bool:
        change("own", **meanwhile)
        return needs_rehash(kept)

    monkeypatch.setattr(passwords, "needs_rehash", be_overtaken)
    assert attempt(visit(), name_of("own")).status is HTTPStatus.OK


def test_who_is_signed_in_already_is_led_on(visit: Visit) -> None:
    assert visit("own").send("GET", "/sign-in?back=/account").location == "/account"


def test_signing_out_ends_the_key_for_whoever_kept_it(
    visit: Visit, events: Callable[[], list[str]]
) -> None:
    visitor, thief = visit("own"), visit("own")
    page = visitor.get("/account").post("/sign-out")
    assert page.url == "/sign-in"
    assert thief.send("GET", "/account").location.startswith("/sign-in")
    assert events() == ["sign-in:ended"]


@pytest.mark.one_engine
def test_signing_out_empties_the_cache_and_never_what_a_phone_has_yet_to_send(visit: Visit) -> None:
    answer = visit("own").post_bare("/sign-out")
    assert answer.status in REDIRECTS
    assert answer.response.headers.get("Clear-Site-Data") == '"cache"'


def test_an_expired_sign_in_is_led_to_the_form_and_told_once(
    visit: Visit, app: Flask, world: World
) -> None:
    visitor = visit("own")
    with app.app_context():
        mine = SignIn.user_id == world.users["own"]
        db.session.execute(update(SignIn).where(mine).values(expires_at=now()))
        db.session.commit()
    led = visitor.send("GET", "/account")
    assert led.location == "/sign-in?back=/account"
    assert "alert-warning" in visitor.get(led.location).body.decode()
    assert "alert-warning" not in visitor.get("/sign-in").body.decode()
