"""Whatever is sent to a form that writes: it is done once, or it is refused and nothing is done."""

import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from http import HTTPStatus
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage

from tcns.audit.models import AuditEvent
from tcns.clock import now
from tcns.config import LARGEST_REQUEST_BYTES
from tcns.database import Moment, db
from tcns.web.form_restore import RESUME
from tests.clocks import clock_stopped
from tests.conventions.access import LINES
from tests.conventions.opened_forms import Form, Opened, open_form, prepare
from tests.conventions.writing_forms import EXCEPTED, FORMS
from tests.databases import Database, fingerprint, written
from tests.page import REDIRECTS, Page, Visitor
from tests.torture import IS_TORTURE
from tests.world import World

Visit = Callable[..., Visitor]
EACH = pytest.mark.parametrize("form", FORMS, ids=str)
# Those at whose address a page stands; the others are buttons, with which nothing is typed.
READ_AT = {line.endpoint for line in LINES if line.method == "GET"}
SHOWN_AGAIN = [form for form in FORMS if form.endpoint in READ_AT]
# To an administrator nothing of the province belongs to another.
OF_A_COMMUNE = [form for form in FORMS if form.persona != "administrator"]

# The form again with what is wrong; a record that is not there; more than any form holds.
REFUSALS = (HTTPStatus.OK, HTTPStatus.NOT_FOUND, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
# Sent along by every form and by the frame of a page: no content.
FRAME = {"csrf_token", "idempotency_key", "version", "client_key", "rows", "back", "language"}
# What a box to tick says that is no choice among records.
YES = "y"
# A table that differs after every write, and the columns that differ each time: random, or the
# moment.
DRAWN = "data_version"
RANDOM = {"digest", "key", "client_key", "code_hash", "location", "parameters"}
LONG = "ă" * 10_000
TEXTS = {
    "empty": "",
    "spaces": " \u200b\u00a0 ",
    "long": LONG,
    "nul": "a\x00b",
    "decomposed": "Hoa\u0300 An",
    "emoji": "👩‍🌾 chị An",
    "markup": "<script>alert(1)</script>",
    "quotes": "' OR 1=1 --",
    "huge": "9" * 400,
    "negative": "-1",
    "not a number": "NaN",
    "no such day": "2024-02-30",
    "a far day": "9999-12-31",
    "an early day": "0001-01-01",
    "other digits": "٣",
    "half a letter": "\udce1".encode("utf-8", "surrogateescape").decode("latin-1"),
}
# What PostgreSQL may take otherwise than SQLite.
HARD_TO_HOLD = ("nul", "huge", "half a letter")


@pytest.fixture
def opened(app: Flask, world: World, visit: Visit) -> Callable[..., Opened]:
    """`opened(form)` is the form in the browser of whoever may send it."""

    def at(form: Form, **how: Any) -> Opened:
        return open_form(app, form, world, visit(form.persona, **{"is_inspecting": False, **how}))

    return at


Open = Callable[..., Opened]


def test_every_form_that_writes_is_walked() -> None:
    writing = {line.endpoint for line in LINES if line.method == "POST"}
    assert writing == {form.endpoint for form in FORMS} | EXCEPTED.keys()


@EACH
def test_it_is_done_on_record_and_pressed_again_done_once(
    app: Flask, world: World, opened: Open, form: Form
) -> None:
    """And answers the same, whatever became of the record."""
    page, last = opened(form), newest_event(app)
    fields = page.fields()
    before = fingerprint(app)
    first = page.send(fields)
    assert first.status in REDIRECTS, first.text[:400]
    after = fingerprint(app)
    assert after != before
    assert actors_since(app, last) == ({world.users[form.persona]} if form.is_on_record else set())
    second = page.send(fields)
    assert (second.status, second.location) == (first.status, first.location)
    assert fingerprint(app) == after
    page.page.visitor.get(first.location, follow=True)


def newest_event(app: Flask) -> int:
    """The id of the event put on record last."""
    with app.app_context():
        return db.session.scalar(select(func.max(AuditEvent.id))) or 0


def actors_since(app: Flask, event_id: int) -> set[int | None]:
    """Who did what was put on record since an event."""
    with app.app_context():
        return set(db.session.scalars(select(AuditEvent.actor_id).where(AuditEvent.id > event_id)))


@pytest.mark.one_engine
@EACH
def test_opened_with_another_version_of_the_record_it_writes_nothing(
    app: Flask, opened: Open, form: Form
) -> None:
    """Where the form edits a record; a form that begins one carries no version."""
    page = opened(form)
    fields, before = page.fields(), fingerprint(app)
    if any(fields.get("version", ())):
        page.send({**fields, "version": "0"})
        assert fingerprint(app) == before


@pytest.mark.one_engine
@EACH
def test_fields_that_the_form_does_not_have_change_nothing(
    database: Database, opened: Open, form: Form
) -> None:
    """The names of all columns, filled with what would do harm."""
    results, moment = [], now()
    for extra in ({}, dict.fromkeys(columns(), "1")):
        with clock_stopped(moment):  # a report keeps the minute it was made in
            page = opened(form)
            fields = page.fields()
            page.send({**extra, **fields}).expect(HTTPStatus.FOUND)
        results.append(content_of(database.app))
        database.put_back()
    assert results[0] == results[1]


def columns() -> set[str]:
    """The names of all columns of records; a form's own names are not overwritten with these."""
    return {column.name for table in db.metadata.tables.values() for column in table.columns} | {
        "id", "action", "members", "helpers", "areas", "known", "device", "team",
    }  # fmt: skip


def content_of(app: Flask) -> dict[str, list[str]]:
    """The rows of all tables, without what differs each time."""
    with app.app_context():
        return {
            name: sorted(map(repr, db.session.execute(select(*kept)))) if kept else []
            for name, kept in ((name, lasting(table)) for name, table in db.metadata.tables.items())
            if name != DRAWN
        }


def lasting(table: Any) -> list[Any]:
    """The columns of a table that do not differ each time."""
    return [c for c in table.columns if c.name not in RANDOM and not isinstance(c.type, Moment)]


def of_neighbour(world: World) -> list[str]:
    """The ids and the code of everything of Kim Tước, and an id of nothing."""
    kinds = (world.teams, world.persons, world.memberships, world.decisions, world.activities)
    ids = {known[key] for known in (*kinds, world.users) for key in known if "neighbour" in key}
    own = {one for known in kinds for key, one in known.items() if "neighbour" not in key}
    places = (world.neighbour.id, world.neighbour_village.id, world.neighbour.code)
    return [str(one) for one in (*sorted(ids - own), *places, 999_999)]


@pytest.mark.one_engine
@pytest.mark.parametrize("form", OF_A_COMMUNE, ids=str)
def test_the_id_of_another_s_record_in_any_choice_or_hidden_field_writes_nothing(
    database: Database, opened: Open, form: Form
) -> None:
    page = opened(form)
    before = fingerprint(database.app)
    for name in choices(page):
        for foreign in of_neighbour(database.world):
            answer = page.send(page.fields(**{name: [foreign]}))
            assert answer.status not in REDIRECTS or form.page, f"{name}={foreign} was taken"
            assert "Kim Tước" not in answer.body.decode()
            assert fingerprint(database.app) == before, f"{name}={foreign} wrote"


def choices(page: Opened) -> list[str]:
    """The names of the fields of a form whose values the page gives."""
    controls = [c for c in page.page._form(page.url).iter() if c.get("value") != YES]
    given = ("checkbox", "radio", "hidden")
    names = {c.get("name") for c in controls if c.tag == "select" or c.get("type") in given}
    return sorted(name for name in names if name and name not in FRAME)


@EACH
def test_whatever_is_typed_is_taken_or_refused_in_words(
    database: Database, opened: Open, form: Form, engine: str
) -> None:
    """Each text in every field at once; on SQLite then in those that took it, the others sound."""
    page = opened(form)
    names, sound_fields, before = typed_into(page), page.fields(), content_of(database.app)

    def check(fields: dict[str, Any], what: str) -> str:
        """Send it: it is done, and then undone here, or refused in words with nothing written."""
        answer = page.send(fields)
        source = answer.body.decode()
        assert "<script>alert" not in source
        if answer.status in REDIRECTS:
            page.page.visitor.get(answer.location, follow=True)
            database.put_back()
            prepare(database.app, form, database.world)
            return ""
        assert answer.status in REFUSALS, (what, answer.status)
        assert answer.status is not HTTPStatus.OK or is_in_words(source), f"{what}: nothing is said"
        assert database.name not in written or content_of(database.app) == before, f"{what} wrote"
        return source

    for kind in texts_for(form, engine):
        text = TEXTS[kind]
        page.page.visitor.is_inspecting = IS_TORTURE or kind == "markup"
        source = check({**sound_fields, **dict.fromkeys(names, text)}, kind)
        refused = set(re.findall(r'id="([\w-]+)-error"', source))
        taken = set(names) - refused - FRAME - set(choices(page))
        if source and taken and engine == "sqlite":
            check({**sound_fields, **dict.fromkeys(taken, text)}, kind)


def texts_for(form: Form, engine: str) -> Iterable[str]:
    """What is typed into a form: every other text, and what its neighbour among the forms leaves
    out; on PostgreSQL what that may take otherwise; in `make torture` everything."""
    if IS_TORTURE:
        return TEXTS
    return list(TEXTS)[FORMS.index(form) % 2 :: 2] if engine == "sqlite" else HARD_TO_HOLD


def typed_into(page: Opened) -> list[str]:
    """The names of all fields of a form, but for the token."""
    names = {control.get("name") for control in page.page._form(page.url).iter()}
    return sorted(name for name in names if name and name != "csrf_token")


def is_in_words(source: str) -> bool:
    """Whether a page that shows the form again says why; asked for more rows, it does not."""
    return any(sign in source for sign in ("error-summary", "village_5_name", "new_5_full_name"))


@pytest.mark.one_engine
@EACH
def test_fields_sent_twice_as_files_or_not_at_all_are_no_fault(
    database: Database, opened: Open, form: Form
) -> None:
    for how in (sent_twice, sent_as_files, not_sent):
        page = opened(form)
        answer = page.send(page.fields() | how(page))
        assert answer.status in (*REDIRECTS, HTTPStatus.OK, HTTPStatus.NOT_FOUND), how.__name__
        database.put_back()


def sent_twice(page: Opened) -> dict[str, Any]:
    """Every field with two values."""
    return {name: ["1", "x"] for name in typed_into(page)}


def sent_as_files(page: Opened) -> dict[str, Any]:
    """A file in place of every text."""
    return {name: a_file() for name in typed_into(page)}


def not_sent(page: Opened) -> dict[str, Any]:
    """No field at all; a browser's client sends nothing for an empty list."""
    return {name: [] for name in typed_into(page)}


def a_file() -> FileStorage:
    """A file in place of a text."""
    return FileStorage(io.BytesIO(b"\x89PNG\x00"), "anh.png", content_type="image/png")


def bodies() -> Iterator[tuple[str, dict[str, Any]]]:
    """Requests that no form makes, with what they should be answered."""
    yield "json", {"json": {"full_name": "An"}}
    yield "a list", {"data": json.dumps([1]), "content_type": "application/json"}
    yield "no type", {"data": b"full_name=An", "content_type": "text/plain"}
    yield "half a file", {"data": b"--x\r\n", "content_type": "multipart/form-data; boundary=x"}
    yield "no boundary", {"data": b"--x\r\n", "content_type": "multipart/form-data"}
    yield "too large", {"data": {"note": "x" * LARGEST_REQUEST_BYTES}}
    yield "other letters", {
        "data": b"full_name=%ff%fe", "content_type": "application/x-www-form-urlencoded; charset=x"
    }  # fmt: skip


@pytest.mark.one_engine
@EACH
def test_a_request_that_no_form_makes_writes_nothing(
    database: Database, opened: Open, form: Form
) -> None:
    page = opened(form)
    headers = {"Referer": "https://localhost/", "X-CSRFToken": page.page.visitor.token()}
    before = fingerprint(database.app)
    for what, request in bodies():
        answer = page.page.visitor.send("POST", page.url, headers=headers, **request)
        assert answer.status < HTTPStatus.INTERNAL_SERVER_ERROR, what
        if form.typed(database.world):
            assert fingerprint(database.app) == before, what
        else:
            database.put_back()
            prepare(database.app, form, database.world)


@pytest.mark.one_engine
@EACH
def test_sent_after_the_sign_in_ended_it_writes_nothing_and_leads_to_signing_in(
    database: Database, opened: Open, form: Form
) -> None:
    page = opened(form)
    fields, before = page.fields(), fingerprint(database.app)
    page.page.visitor.session.pop("sign_in")
    page.page.visitor._keep_session()
    answer = page.send(fields)
    if answer.status in REDIRECTS:
        assert answer.location.startswith("/sign-in")
    else:
        answer.expect(HTTPStatus.UNAUTHORIZED)
        assert "typed" in typed_names(answer), "what was typed is carried through signing in"
    assert fingerprint(database.app) == before


@pytest.mark.one_engine
@pytest.mark.parametrize("form", SHOWN_AGAIN, ids=str)
def test_carried_through_a_switch_of_language_it_writes_nothing(
    database: Database, opened: Open, form: Form
) -> None:
    page = opened(form)
    before = fingerprint(database.app)
    page.send(page.fields() | {RESUME: "1"}).expect(HTTPStatus.OK)
    assert fingerprint(database.app) == before


def typed_names(page: Page) -> set[str | None]:
    """The names of all fields of a page."""
    return {control.get("name") for control in page.tree.iter("input")}
