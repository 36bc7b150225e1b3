"""No page that is kept ever differs from the one made anew, and nobody gets another's."""

import html
import re
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from http import HTTPStatus
from typing import Any, NamedTuple

import pytest
from flask import Flask, redirect
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, event, text, update
from sqlalchemy.exc import IntegrityError

from tcns.accounts.models import RoleAssignment, User
from tcns.activities.models import Activity
from tcns.areas.models import AreaName, Deployment
from tcns.clock import ZONE, now, today
from tcns.coverage.queries import KINDS
from tcns.database import db
from tcns.database.kept import MISSING, Memory
from tcns.database.reaching_back import PAST
from tcns.database.versions import SUBJECTS_OF
from tcns.duplicates.models import DistinctPair
from tcns.indicators.models import Indicator
from tcns.jobs.models import Job
from tcns.teams.models import Person, Team
from tcns.web.kept_pages import FRAME, kept_page
from tests.clocks import clock_stopped
from tests.conventions.opened_forms import Form, open_form
from tests.conventions.writing_forms import FORMS
from tests.databases import Database, database_on, make_app
from tests.page import ORIGIN, Visitor
from tests.torture import IS_TORTURE
from tests.world import PERSONAS, World, sign_in_key

# What is each request's own: its token, and the code under which the log tells of it.
OWN = re.compile(r'name="csrf_token"( type="hidden")? value="[^"]+"|<span class="incident">\w+')
TOKEN = re.compile(r'name="csrf_token"( type="hidden")? value="[^"]+"')
BACK = re.compile('name="back" value="([^"]*)"')
ADDRESSES = (
    "/",
    "/coverage",
    "/teams",
    "/teams?sort=-last_session",
    "/coverage?by=village",
    "/coverage?by=commune&on=2024-06-30",
    "/coverage?on=2025-09-30&map_on=2024-06-30",
    "/coverage?under=02301&on=2024-06-30",
    "/cockpit",
    "/cockpit?under=02301&by=village",
    "/silence",
    "/search?q=nguyen",
    "/persons",
    "/activities",
    "/checks",
    "/checks?under=02301",
    "/cockpit",
    "/my-account",
    "/search?q=a",
    "/no/such/page",
)
Write = Callable[[Connection, World], object]


class Look(NamedTuple):
    """Somebody looks at a page, today or tomorrow."""

    persona: str
    address: str
    language: str
    is_tomorrow: bool


def shown(app: Flask, look: Look) -> tuple[int, str, str]:
    """What an application answers, without what is each request's own."""
    key = None if look.persona == "anonymous" else sign_in_key(look.persona)
    visitor = Visitor(app, key, language=look.language, is_inspecting=False)
    with clock_stopped(tomorrow() if look.is_tomorrow else None):
        page = visitor.send("GET", look.address)
    return page.status.value, page.location, OWN.sub("", page.body.decode())


def tomorrow() -> datetime:
    """The first minute of the next day in Vietnam."""
    return datetime.combine(today() + timedelta(days=1), time(0, 1), ZONE)


BEGAN = " WHERE valid_from < '2025-01-01'"
WRITES: tuple[Write, ...] = (
    lambda c, w: c.execute(update(AreaName).values(name="Đổi Tên")),
    lambda c, w: c.execute(update(Deployment).values(is_demonstration=True)),
    lambda c, w: c.execute(update(Deployment).values(map_on=None)),
    lambda c, w: c.execute(update(Team).values(name="Tổ khác")),
    lambda c, w: c.execute(text("UPDATE membership SET valid_to = '2025-01-01'" + BEGAN)),
    lambda c, w: c.execute(text("UPDATE membership SET role = 'member'")),
    lambda c, w: c.execute(update(Person).values(full_name="Người Khác")),
    lambda c, w: c.execute(update(Activity).values(status="submitted", participant_count=77)),
    lambda c, w: c.execute(update(User).values(full_name="Tên Khác")),
    lambda c, w: c.execute(update(User).values(home_area_id=w.far.id)),
    lambda c, w: c.execute(text("UPDATE role_assignment SET valid_to = '2025-01-01'" + BEGAN)),
    lambda c, w: c.execute(update(RoleAssignment).values(role="province_reviewer")),
    lambda c, w: c.execute(delete(DistinctPair)),
    lambda c, w: c.execute(update(Indicator).values(name_vi="Khác")),
    lambda c, w: c.execute(text("UPDATE \"user\" SET disabled_at = '2024-01-01 00:00:00'")),
    lambda c, w: c.execute(text("UPDATE sign_in SET ended_at = '2024-01-01 00:00:00'")),
)


class Apart(NamedTuple):
    """One database under three applications, as in three processes: two that keep, each in its own
    memory, and one that makes everything anew."""

    database: Database
    here: Flask
    there: Flask
    anew: Flask


def apart(engine: str) -> Apart:
    database = database_on(engine)
    url = database.app.config["SQLALCHEMY_DATABASE_URI"]
    there, anew = make_app(url), make_app(url)
    anew.extensions["kept"] = Memory(most_entries=0)
    return Apart(database, database.app, there, anew)


@pytest.fixture(scope="module")
def sites() -> Iterator[dict[str, Apart]]:
    """The applications on each engine, made once."""
    made: dict[str, Apart] = {}
    yield made
    for site in made.values():
        for app in (site.there, site.anew):
            with app.app_context():
                db.session.remove()
                db.engine.dispose()


looks = st.lists(
    st.builds(
        Look,
        st.sampled_from(PERSONAS),
        st.sampled_from(ADDRESSES),
        st.sampled_from(("vi", "en")),
        st.booleans(),
    ),
    min_size=2,
    max_size=4,
)
writes = st.lists(st.sampled_from([*WRITES, *FORMS]), min_size=1, max_size=2, unique_by=id)


@settings(
    max_examples=200 if IS_TORTURE else 6, deadline=None, database=None, phases=(Phase.generate,)
)
@given(data=st.data())
def test_no_answer_differs_from_the_one_made_anew(
    data: st.DataObject, engine: str, sites: dict[str, Apart]
) -> None:
    """Whoever asks whichever process, before and after whatever is written by whomever."""
    if engine not in sites:
        sites[engine] = apart(engine)
    site = sites[engine]
    asked = data.draw(looks)
    try:
        compare(site, asked)
        for written in data.draw(writes):
            carry_out(site, written, by=data.draw(st.sampled_from((site.here, site.there))))
            compare(site, asked)
    finally:
        site.database.restore()
        site.there.extensions["kept"].forget()


def compare(site: Apart, asked: list[Look]) -> None:
    """Both processes answer, the second time from what they keep, what is made anew."""
    for look in asked:
        with clock_stopped():
            anew = shown(site.anew, look)
            for app in (site.here, site.there, site.here):
                assert shown(app, look) == anew, look


def carry_out(site: Apart, written: Write | Form, by: Flask) -> None:
    """Write by a form in a process, or past every process."""
    world = site.database.world
    if isinstance(written, Form):
        send(by, written, world)
    else:
        with by.app_context(), db.engine.execution_options(immediate=True).begin() as connection:
            written(connection, world)


def send(app: Flask, form: Form, world: World) -> None:
    """Send a form, if what was written before still lets one make what it needs and open it."""
    visitor = Visitor(app, sign_in_key(form.persona), is_inspecting=False)
    try:
        opened = open_form(app, form, world, visitor)
        fields = opened.fields()
    except (AssertionError, IntegrityError):
        return
    opened.send(fields)


@pytest.mark.one_engine
def test_nobody_gets_anothers_page(engine: str, sites: dict[str, Apart]) -> None:
    """Everybody asks for everything in both languages, of one process."""
    if engine not in sites:
        sites[engine] = apart(engine)
    site = sites[engine]
    asked = [
        Look(persona, address, language, is_tomorrow=False)
        for address in ADDRESSES[:3]
        for language in ("vi", "en")
        for persona in PERSONAS
    ]
    with clock_stopped():
        first = [shown(site.here, look) for look in asked]
        assert [shown(site.here, look) for look in asked] == first
        assert [shown(site.anew, look) for look in asked] == first


def tables_read(statement: str) -> set[str]:
    """The tables of ours that a question reads."""
    return set(re.findall(r'(?:FROM|JOIN|,)\s+"?(\w+)"?', statement)) & set(SUBJECTS_OF)


# What is counted in one statement for several questions; tests/coverage/test_kept_figures.py tells
# which of its tables is of which.
TOGETHER = {"coverage": {subject for kind in KINDS for subject in kind.subjects}}


class Watched(Memory):
    """A memory that notes what is read to answer what is not kept."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[Any] = []
        self.read: set[tuple[str, frozenset[str], str]] = set()

    def find(self, key: Any) -> Any:
        """What is kept; where nothing is, it is computed from now on."""
        found = super().find(key)
        if found is MISSING:
            self.open.append(key[0])
        return found

    def keep(self, key: Any, value: Any, size: int) -> None:
        """It has been computed."""
        assert self.open.pop() == key[0]
        super().keep(key, value, size)

    def note(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        """A question that is asked for whatever is being computed."""
        for what in self.open:
            name = getattr(what, "__qualname__", str(what))
            subjects = frozenset(getattr(what, "kept_by", TOGETHER.get(what, FRAME)))
            self.read |= {(name, subjects, table) for table in tables_read(statement)}


# What looks at sessions of days that are past alone: only there their own state may stand for that
# of all.
OF_THE_PAST = {"_past_sessions", "_in_past"}


def tells(name: str, subjects: frozenset[str], table: str) -> bool:
    """Whether what is kept by some subjects is told of every write to a table."""
    needed = SUBJECTS_OF[table] - ({"activities"} if name in OF_THE_PAST else {PAST})
    return bool(needed) and needed <= subjects


@pytest.mark.one_engine
def test_what_is_kept_is_read_from_the_subjects_it_is_kept_by_alone(
    app: Flask, visit: Callable[..., Visitor], monkeypatch: pytest.MonkeyPatch
) -> None:
    watched = Watched()
    monkeypatch.setitem(app.extensions, "kept", watched)
    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", watched.note)
    for persona in PERSONAS:
        for url in (*ADDRESSES, "/areas", "/persons", "/activities"):
            visit(persona, is_inspecting=False).send("GET", url)
            watched.open.clear()  # an area that is not found ends a view before it has a page
    event.remove(engine, "before_cursor_execute", watched.note)
    known = {name for name, _subjects, _table in watched.read}
    assert known >= {"show_coverage", "first_page", "_rights_of", "levels_below"}
    assert {each for each in watched.read if not tells(*each)} == set()


def test_the_forms_of_a_kept_page_hold_the_visitors_own_token(
    visit: Callable[..., Visitor],
) -> None:
    """Two sessions of one account share what is kept, and neither the token."""
    kept = [visit("own", language="en").get("/coverage") for _time in range(2)]
    tokens = {TOKEN.search(page.body.decode()).group() for page in kept}  # type: ignore[union-attr]
    assert len(tokens) == 2
    for page in kept:
        assert page.post("/language", {"language": "vi"}).status is HTTPStatus.OK
    assert kept[0].post("/sign-out").status is HTTPStatus.OK


@pytest.mark.one_engine
def test_the_kept_frame_leads_back_to_the_address_of_each_request(official: Visitor) -> None:
    """A switch of language comes back to what was looked at, whatever stands in the address."""
    for query in ("", "?q=a", "?q=b%22%3E%3Cb%3E", "?q=b&page=2", ""):
        (back,) = BACK.findall(official.get(f"/teams{query}").body.decode())
        assert html.unescape(back) == f"/teams{query}"


def test_what_is_said_once_is_said_once(official: Visitor, world: World) -> None:
    """A message is neither kept nor lost where a kept page would answer."""
    official.get("/")
    with official.client.session_transaction(base_url=ORIGIN) as session:
        session["_flashes"] = [("success", "It is done.")]
    assert "It is done." in official.get("/").text
    assert "It is done." not in official.get("/").text


def test_work_that_has_finished_is_told_of_on_a_kept_page_until_it_is_seen(
    official: Visitor, make: Callable[..., Any], world: World
) -> None:
    before = official.get("/").text

    def finish(*, seen: bool) -> None:
        job = db.session.get_one(Job, world.job)
        job.seen_at = now() if seen else None

    make(finish, seen=False)
    assert official.get("/").text != before
    make(finish, seen=True)
    assert official.get("/").text == before


@pytest.mark.one_engine
def test_a_page_with_a_form_that_is_done_once_is_not_kept(app: Flask) -> None:
    keys = iter("ab")
    page = kept_page("teams")(lambda: f'<input name="idempotency_key" value="{next(keys)}">')
    with app.test_request_context(headers={"Cookie": ""}):
        assert page() != page()


@pytest.mark.one_engine
def test_an_answer_that_is_no_page_is_given_as_it_is(app: Flask) -> None:
    page = kept_page("teams")(lambda: redirect("/"))
    with app.test_request_context():
        assert page().status_code == HTTPStatus.FOUND


def test_after_each_write_everybody_sees_what_is_made_anew(
    engine: str, sites: dict[str, Apart]
) -> None:
    if engine not in sites:
        sites[engine] = apart(engine)
    site = sites[engine]
    asked = [Look(one, "/", "vi", is_tomorrow=False) for one in ("own", "administrator", "member")]
    for write in WRITES:
        compare(site, asked)
        carry_out(site, write, by=site.anew)
        compare(site, asked)
        site.database.restore()
        site.there.extensions["kept"].forget()


@pytest.mark.one_engine
def test_at_midnight_another_day_begins_on_kept_pages(engine: str, sites: dict[str, Apart]) -> None:
    if engine not in sites:
        sites[engine] = apart(engine)
    site = sites[engine]
    for is_tomorrow in (False, True, False):
        look = Look("administrator", "/", "vi", is_tomorrow=is_tomorrow)
        with clock_stopped():
            assert shown(site.here, look) == shown(site.anew, look)
