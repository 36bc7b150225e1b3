"""Every list is given out whole: as a workbook, as CSV, or as a page to print."""

import csv
import io
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from tcns.audit.models import AuditEvent
from tcns.audit.vocabulary import Event
from tcns.database import db
from tcns.i18n import format_day
from tcns.spreadsheets import sending
from tests.factories import make_team
from tests.page import Visitor
from tests.spreadsheets.exports import exported
from tests.world import World

Visit = Callable[..., Visitor]

# The lists with filters under which they hold something of Hòa An.
LISTS = {
    "/teams": "under=02301",
    "/persons": "under=02301",
    "/memberships": "under=02301",
    "/activities": "under=02301&from=2025-06-01&to=2025-06-30",
    "/coverage": "under=02301&by=village",
    "/areas/list": "under=02301",
}


def as_csv(visitor: Visitor, url: str) -> list[list[str]]:
    """The rows of a list's CSV file below its titles."""
    more = "&" if "?" in url else "?"
    text = visitor.download(f"{url}{more}as=csv", "text/csv; charset=utf-8").decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    titles = next(index for index, row in enumerate(rows) if row[0] in ("No.", "STT"))
    return rows[titles + 1 :]


def in_text(value: object) -> str:
    """A cell of a workbook as the other ways write it; a total has no number."""
    if isinstance(value, float):
        return str(int(value))
    return format_day(value) if isinstance(value, date) else str(value)


@pytest.mark.parametrize("url", LISTS)
def test_each_way_gives_the_same_rows(visit: Visit, url: str) -> None:
    """Read as a workbook, as CSV and from the page, the first cells of all rows are the same."""
    own, path = visit("own"), url.removesuffix("/list")
    address = f"{path}/export?{LISTS[url]}"
    workbook = [[in_text(row[0]), in_text(row[1])] for row in exported(own, f"{path}?{LISTS[url]}")]
    page = own.get(f"{address}&as=print")
    assert workbook
    assert [row[:2] for row in as_csv(own, address)] == workbook
    assert [row[:2] for row in page.rows] == workbook


@pytest.mark.parametrize("url", LISTS)
def test_every_list_offers_each_way_under_its_filters(visit: Visit, url: str) -> None:
    page = visit("own").get(f"{url}?{LISTS[url]}").body.decode()
    address = f"{url.removesuffix('/list')}/export?{LISTS[url].replace('&', '&amp;')}"
    assert f'href="{address}"' in page
    assert f'href="{address}&amp;as=csv"' in page
    assert f'href="{address}&amp;as=print"' in page


def test_a_printed_list_says_what_where_when_and_by_whom(visit: Visit) -> None:
    text = visit("own", language="en").get("/teams/export?as=print&under=02301").text
    assert "List of teams on" in text
    assert "Area: Xã Hòa An, on the map of" in text
    assert "by Cán Bộ Hòa An (xa.02301)" in text


@pytest.mark.parametrize(("most", "is_printed"), [(2, False), (3, True)])
def test_a_list_too_long_to_print_says_so_and_none_of_it_left_the_system(
    app: Flask, visit: Visit, monkeypatch: pytest.MonkeyPatch, most: int, *, is_printed: bool
) -> None:
    monkeypatch.setattr(sending, "MOST_PRINTED", most)
    page = visit("own", language="en").get("/teams/export?as=print")
    assert ("too many to print" in page.text) is not is_printed
    with app.app_context():
        event = db.session.scalars(
            select(AuditEvent).where(AuditEvent.event == Event.LIST_EXPORTED)
        ).one()
        values = {value.field: value.new for value in event.values}
    assert values["rows"] == ("3" if is_printed else "0")
    assert values["address"] == "/teams/export?as=print"


def test_no_name_becomes_a_formula_in_csv(
    visit: Visit, make: Callable[..., int], world: World
) -> None:
    make(make_team, world.quiet_village.id, name='=HYPERLINK("http://x","y")')
    rows = as_csv(visit("own"), "/teams/export")
    assert '\'=HYPERLINK("http://x","y")' in [row[1] for row in rows]


def test_an_unknown_way_is_the_workbook(visit: Visit) -> None:
    visit("own").download("/teams/export?as=pdf", sending.XLSX)
