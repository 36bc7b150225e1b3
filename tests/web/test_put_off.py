"""What the database cannot do now is put off: nothing is lost, and nobody who reads waits."""

from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from http import HTTPStatus
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from tcns.accounts.credentials.session_keys import digest
from tcns.accounts.models import SignIn
from tcns.activities.models import Activity
from tcns.clock import now
from tcns.database import db
from tcns.database.background import background
from tcns.web.form_restore import unsent_form
from tests.conventions.access import LINES, Line, address
from tests.databases import Database, make_app
from tests.faults import FAULTS, engine_of, hung_up, listening, locked
from tests.page import ORIGIN, Visitor
from tests.world import ACCOUNTS, World, sign_in_key

PUT_OFF = HTTPStatus.SERVICE_UNAVAILABLE
LOG = "/activities/log"
# So much text does not fit into the page of a file that has some room left.
NOTE = 'Dòng 1\nDòng "2" <b> ' + "ộ" * 1900
TYPED = {"participant_count": "77", "household_count": "12", "note": NOTE}
# What sends something else than a file of what is on record.
OF_NO_RECORDS = (
    "documents.send_usual_template",
    "documents.send_sample",
    "reports.send_report",
)
NOTHING_SAVED = "Nội dung chưa được lưu."


@cache  # to make one takes longer than most of what is asked of it
def impatient_app(url: str) -> Flask:
    return make_app(url, lock_wait_seconds=0)


@pytest.fixture
def hasty(database: Database) -> Iterator[Flask]:
    """The application on the same database, waiting for nobody."""
    app = impatient_app(database.app.config["SQLALCHEMY_DATABASE_URI"])
    app.extensions["kept"].forget()
    yield app
    with app.app_context():
        background().flush()
        db.engine.dispose()


def visitor_of(app: Flask, persona: str = "member", **differs: Any) -> Visitor:
    return Visitor(app, sign_in_key(persona), **differs)


def count_of(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Activity)) or 0


@pytest.mark.parametrize("fault", FAULTS)
def test_what_cannot_be_saved_now_stays_on_the_page_and_is_saved_by_one_press_once_it_can(
    hasty: Flask, fault: str
) -> None:
    page, before = visitor_of(hasty).get(LOG), count_of(hasty)
    with FAULTS[fault](hasty):
        put_off = page.post(typed=TYPED, status=PUT_OFF)
        still = put_off.post(LOG, status=PUT_OFF)
    assert count_of(hasty) == before
    assert NOTHING_SAVED in put_off.text
    assert put_off.response.headers["Retry-After"].isdigit()
    saved = still.post(LOG)
    assert "77" in saved.text
    assert still.post(LOG).url == saved.url, "pressed twice, it is saved once"
    assert put_off.post(LOG).url == saved.url
    assert count_of(hasty) == before + 1


def test_the_page_speaks_the_visitors_language(hasty: Flask) -> None:
    page = visitor_of(hasty, language="en").get(LOG)
    with locked(hasty):
        assert "Nothing was saved." in page.post(typed=TYPED, status=PUT_OFF).text


@pytest.mark.one_engine("postgresql")
def test_a_connection_that_breaks_loses_nothing_and_needs_no_restart(hasty: Flask) -> None:
    page, before = visitor_of(hasty).get(LOG), count_of(hasty)
    with hung_up(hasty, "INSERT INTO replay"):
        put_off = page.post(typed=TYPED, status=PUT_OFF)
    assert count_of(hasty) == before
    assert NOTHING_SAVED in put_off.text
    put_off.post(LOG)
    assert count_of(hasty) == before + 1


@pytest.mark.one_engine("postgresql")
def test_a_connection_that_breaks_while_saving_is_not_said_to_have_saved_nothing(
    hasty: Flask,
) -> None:
    page, before = visitor_of(hasty).get(LOG), count_of(hasty)
    with hung_up(hasty, "COMMIT"):
        put_off = page.post(typed=TYPED, status=PUT_OFF)
    assert NOTHING_SAVED not in put_off.text
    put_off.post(LOG)
    assert count_of(hasty) == before + 1


@pytest.mark.one_engine("postgresql")
def test_connections_that_broke_between_two_requests_are_not_even_noticed(hasty: Flask) -> None:
    visitor = visitor_of(hasty)
    page = visitor.get(LOG)
    with hung_up(hasty, "FROM sign_in"):
        visitor.get("/", PUT_OFF)
    visitor.get("/")
    page.post(typed=TYPED)


def test_a_fault_of_ours_is_no_put_off(database: Database) -> None:
    """Without this, a wrong statement would be called a busy database."""
    own = make_app(database.app.config["SQLALCHEMY_DATABASE_URI"])

    @own.before_request
    def fail() -> None:
        db.session.execute(select(func.no_such_function()))

    own.config["PROPAGATE_EXCEPTIONS"] = False
    visitor_of(own).get("/", HTTPStatus.INTERNAL_SERVER_ERROR)
    with own.app_context():
        db.engine.dispose()


@pytest.mark.one_engine
def test_a_form_of_another_site_is_not_kept(app: Flask) -> None:
    """The page bears a token: what it keeps would pass for a form of ours."""
    for origin, is_kept in (("https://localhost", True), ("https://evil.example", False)):
        asked = {"data": TYPED, "headers": {"Referer": f"{origin}/"}}
        with app.test_request_context(LOG, f"{ORIGIN}/", method="POST", **asked):
            assert (unsent_form() is not None) is is_kept


def test_a_password_is_not_kept_and_the_rest_is(hasty: Flask, world: World) -> None:
    page = Visitor(hasty).get("/sign-in")
    typed = {"user_name": ACCOUNTS["member"][1], "password": "bốn con vịt bơi qua suối"}
    with locked(hasty):
        put_off = page.post("/sign-in", typed, status=PUT_OFF)
    assert "vịt" not in put_off.body.decode()
    form = put_off.post("/sign-in", status=HTTPStatus.OK)
    assert ACCOUNTS["member"][1] in form.body.decode()
    assert "vịt" not in form.body.decode()


# --- reading -------------------------------------------------------------------------------------


@pytest.mark.long_on_postgresql
@pytest.mark.parametrize("line", [line for line in LINES if line.method == "GET"], ids=str)
def test_who_reads_waits_for_nobody_who_writes(hasty: Flask, world: World, line: Line) -> None:
    """That a file given out is on record is its condition: it is put off as well."""
    is_file = line.endpoint.partition(".")[2].startswith(("export_", "send_"))
    is_recorded = is_file and line.endpoint not in OF_NO_RECORDS
    url = address(hasty, line, world)
    with locked(hasty):
        for persona in ("own", "administrator"):
            page = visitor_of(hasty, persona, is_inspecting=False).send("GET", url)
            may_be_put_off = is_recorded and line.answers[persona] == "ok"
            assert (page.status is PUT_OFF) is may_be_put_off, f"{persona}: {page.status}"


def set_last_seen(app: Flask, persona: str, moment: Any) -> None:
    key_hash = digest(sign_in_key(persona))
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(
            update(SignIn).where(SignIn.key_hash == key_hash).values(last_seen_at=moment)
        )


def last_seen(app: Flask, persona: str) -> Any:
    with app.app_context():
        return db.session.scalar(
            select(SignIn.last_seen_at).where(SignIn.key_hash == digest(sign_in_key(persona)))
        )


def test_that_a_device_was_seen_is_written_beside_the_request(hasty: Flask) -> None:
    long_ago = now() - timedelta(minutes=6)
    set_last_seen(hasty, "member", long_ago)
    begun: list[bool] = []

    def note(connection: Any) -> None:
        begun.append(connection.get_execution_options().get("immediate", False))

    with locked(hasty):
        visitor_of(hasty).get("/")
        with hasty.app_context():
            background().flush()
    assert last_seen(hasty, "member") == long_ago, "dropped while somebody else writes"
    with listening(engine_of(hasty), "begin", note):
        visitor_of(hasty).get("/")
        with hasty.app_context():
            background().flush()
    assert begun.count(True) == 1
    assert last_seen(hasty, "member") > now() - timedelta(minutes=1)


def test_a_device_seen_often_is_written_once(hasty: Flask) -> None:
    written: list[int] = []
    with hasty.app_context():
        beside = background()
        with beside.working:  # the thread waits as for a lock
            for number in range(5):
                beside.leave("seen", lambda number=number: written.append(number))
        beside.flush()
    assert written == [4]


@pytest.mark.one_engine
def test_a_write_that_is_wrong_keeps_none_behind_it_from_being_done(hasty: Flask) -> None:
    def fail() -> None:
        raise ValueError

    written: list[str] = []
    with hasty.app_context():
        beside = background()
        with beside.working:
            beside.leave("wrong", fail, is_vital=True)
            beside.leave("right", lambda: written.append("right"), is_vital=True)
        beside.flush()
        assert not beside.left
    assert written == ["right"]


# --- signing out ---------------------------------------------------------------------------------


def is_signed_in(app: Flask, persona: str) -> bool:
    return visitor_of(app, persona).send("GET", "/account").status is HTTPStatus.OK


@pytest.mark.parametrize("fault", ["locked", "read-only"])
def test_signing_out_works_whatever_the_database_can_do(
    app: Flask, hasty: Flask, fault: str
) -> None:
    visitor = visitor_of(hasty)
    page = visitor.get("/account")
    name = hasty.config["SESSION_COOKIE_NAME"]
    with FAULTS[fault](hasty):
        assert page.post("/sign-out", status=HTTPStatus.OK).heading == "Đã đăng xuất"
        assert visitor.client.get_cookie(name) is None
        assert not is_signed_in(hasty, "member"), "a kept cookie opens nothing"
    with hasty.app_context():
        background().flush()
    assert not is_signed_in(app, "member"), "nor in any other process, as soon as it can be written"
