"""Personal data leaves the system with those alone who may export it, marked, so much a day."""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from tcns.audit.models import AuditEvent
from tcns.audit.vocabulary import Event
from tcns.database import db
from tcns.spreadsheets.sending import XLSX
from tests.page import Visitor
from tests.spreadsheets.exports import exported
from tests.world import World

Visit = Callable[..., Visitor]
CSV = "text/csv; charset=utf-8"
WAYS = ("xlsx", "csv", "print")
# Hòa An has eight memberships today.
MEMBERSHIPS = 8


@pytest.fixture
def limit(app: Flask) -> Iterator[Callable[[int], None]]:
    """`limit(5)`: so many personal rows may leave a day."""
    settings = app.config["TCNS"]

    def to(rows: int) -> None:
        app.config["TCNS"] = replace(settings, personal_rows_a_day=rows)

    yield to
    app.config["TCNS"] = settings


def events(app: Flask, kind: Event) -> list[dict[str, str | None]]:
    """What is on record of exports, in their order."""
    with app.app_context():
        found = db.session.scalars(
            select(AuditEvent).where(AuditEvent.event == kind).order_by(AuditEvent.id)
        )
        return [{value.field: value.new for value in event.values} for event in found]


def titles(visitor: Visitor, url: str) -> list[Any]:
    """The titles of a list's file."""
    rows = CalamineWorkbook.from_filelike(io.BytesIO(visitor.download(url, XLSX)))
    sheet = rows.get_sheet_by_index(0).to_python()
    return next(row for row in sheet if row[0] in ("No.", "STT"))


@pytest.mark.parametrize("persona", ["reviewer", "district", "auditor", "member"])
def test_who_may_not_export_persons_gets_teams_without_phones(visit: Visit, persona: str) -> None:
    visitor = visit(persona, language="en")
    columns = titles(visitor, "/teams/export")
    assert "Leader" in columns
    assert "Leader's phone" not in columns
    for path in ("/persons", "/memberships"):
        visitor.get(f"{path}/export", HTTPStatus.FORBIDDEN)
        assert "CSV" not in visitor.get(path).links


@pytest.mark.parametrize("persona", ["own", "administrator"])
def test_who_may_export_persons_gets_the_phones(visit: Visit, persona: str) -> None:
    rows = exported(visit(persona), "/teams?q=dong tam")
    assert "0912 000 001" in rows[0]
    rows = exported(visit(persona), "/persons?q=may")
    assert "0912 000 002" in rows[0]


def test_a_leader_takes_along_the_own_team_alone(visit: Visit) -> None:
    """Not the commune's team, in which the leader is a member like others."""
    leader = visit("leader")
    assert "Trần Thị Ánh" in leader.get("/persons").text
    names = [row[1] for row in exported(leader, "/persons")]
    assert names == ["Nông Thị Hòa", "Lý Thị Mẩy", "Hoàng Văn Sính"]


@pytest.mark.parametrize("key", ["members-without-phone", "leaders-without-account"])
def test_the_file_of_a_check_of_persons_is_for_those_who_may_export_them(
    visit: Visit, key: str
) -> None:
    auditor, url = visit("auditor"), f"/checks/{key}"
    assert "CSV" not in auditor.get(url).links
    auditor.get(f"{url}/export", HTTPStatus.FORBIDDEN)
    assert "CSV" in visit("own").get(url).links
    visit("own").download(f"{url}/export", XLSX)


@pytest.mark.parametrize("way", WAYS)
def test_a_personal_file_says_on_top_who_took_it_when_and_of_which_area(
    visit: Visit, way: str
) -> None:
    page = visit("own", language="en").send(
        "GET", f"/memberships/export?as={way}&under=02301&role=member"
    )
    top = page.content
    if way == "csv":
        ((top, *others),) = csv.reader([top.removeprefix("\ufeff").splitlines()[0]])
        assert top.startswith("#tcns: ")
        assert not others
    for words in ("Made at ", "by Cán Bộ Hòa An (xa.02301)", "Area: Xã Hòa An", "Filters: "):
        assert words in top


def test_every_printed_sheet_of_a_personal_file_says_who_took_it(visit: Visit) -> None:
    own = visit("own", language="en")
    assert "oddFooter&gt;" not in own.send("GET", "/memberships/export").content
    assert "<oddFooter>&amp;LMade at " in own.send("GET", "/memberships/export").content
    assert "<oddFooter>&amp;RPage" in own.send("GET", "/areas/export").content


def test_a_file_without_personal_data_begins_with_its_titles(visit: Visit) -> None:
    for persona, path in (("reviewer", "/teams"), ("own", "/areas")):
        text = visit(persona).download(f"{path}/export?as=csv", CSV).decode("utf-8-sig")
        assert text.startswith("STT,")


@pytest.mark.parametrize("way", WAYS)
def test_the_record_says_how_many_rows_left_with_which_personal_columns(
    app: Flask, visit: Visit, way: str
) -> None:
    visit("own", language="en").send("GET", f"/memberships/export?as={way}&q=may")
    visit("reviewer").send("GET", f"/teams/export?as={way}")
    first, second = events(app, Event.LIST_EXPORTED)
    assert (first["rows"], first["personal_columns"]) == (
        "1",
        "Full name, Phone, Year of birth, Sex",
    )
    assert "personal_columns" not in second


def test_the_trail_shows_what_left_the_system(app: Flask, visit: Visit) -> None:
    visit("own").download("/memberships/export", XLSX)
    with app.app_context():
        (event,) = db.session.scalars(
            select(AuditEvent).where(AuditEvent.event == Event.LIST_EXPORTED)
        )
        url = f"/audit/{event.id}"
    text = visit("auditor", language="en").get(url).text
    assert "Personal columns" in text
    assert str(MEMBERSHIPS) in text


@pytest.mark.parametrize("way", WAYS)
def test_beyond_the_rows_of_a_day_the_answer_says_when_again_and_is_on_record(
    app: Flask, visit: Visit, limit: Callable[[int], None], way: str
) -> None:
    limit(MEMBERSHIPS + 1)
    own = visit("own", language="en")
    assert own.send("GET", f"/memberships/export?as={way}").status is HTTPStatus.OK
    page = own.get(f"/memberships/export?as={way}", HTTPStatus.TOO_MANY_REQUESTS)
    assert f"limited to {MEMBERSHIPS + 1} rows a day" in page.text
    assert f"{MEMBERSHIPS} were taken today; this list has {MEMBERSHIPS}" in page.text
    assert "More can be exported from" in page.text
    assert 0 < int(page.response.headers["Retry-After"]) <= 24 * 3600
    (refused,) = events(app, Event.LIST_REFUSED)
    assert refused["rows"] == str(MEMBERSHIPS)
    assert len(events(app, Event.LIST_EXPORTED)) == 1
    assert own.send("GET", f"/memberships/export?as={way}&q=may").status is HTTPStatus.OK


def test_neither_others_nor_lists_without_personal_data_count_towards_the_limit(
    visit: Visit, limit: Callable[[int], None]
) -> None:
    limit(MEMBERSHIPS)
    visit("administrator").download("/memberships/export?q=may", XLSX)
    visit("own").download("/areas/export", XLSX)
    visit("own").download("/memberships/export", XLSX)
    visit("reviewer").download("/teams/export", XLSX)


def test_the_next_day_begins_anew(
    app: Flask, visit: Visit, limit: Callable[[int], None], world: World
) -> None:
    limit(MEMBERSHIPS)
    visit("own").download("/memberships/export", XLSX)
    visit("own").get("/memberships/export", HTTPStatus.TOO_MANY_REQUESTS)
    with app.app_context():
        for event in db.session.scalars(
            select(AuditEvent).where(AuditEvent.event == Event.LIST_EXPORTED)
        ):
            event.at -= timedelta(days=1)
        db.session.commit()
    visit("own").download("/memberships/export", XLSX)
