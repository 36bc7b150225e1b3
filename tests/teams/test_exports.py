"""The files of the lists: exactly what is filtered, and on record."""

import io
from collections.abc import Callable
from datetime import date
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
from tests.factories import make_team
from tests.page import Visitor
from tests.places import REFORM
from tests.spreadsheets.exports import exported, table_of
from tests.world import World

Visit = Callable[..., Visitor]

LISTS = ("/teams", "/persons", "/memberships", "/activities")
EXPORTED = [
    *((persona, url) for persona in ("administrator", "own") for url in LISTS),
    *((persona, url) for persona in ("reviewer", "member") for url in ("/teams", "/activities")),
]
FILTERS = (
    "?on=2023-06-30&q=hoa",
    f"?under=02301&map_on={REFORM}",
    "?from=2025-06-01&to=2025-06-30&status=all",
    "?status=all&from=2020-01-01&size=25&page=2",
)


@pytest.mark.parametrize("query", FILTERS)
@pytest.mark.parametrize(("persona", "url"), EXPORTED)
def test_the_file_holds_as_many_rows_as_the_list(
    visit: Visit, persona: str, url: str, query: str
) -> None:
    shown = visit(persona).get(f"{url}{query.replace('page=2', '')}")
    rows = exported(visit(persona), url + query)
    assert len(rows) == len(shown.rows)
    assert [row[0] for row in rows] == list(range(1, len(rows) + 1))


@pytest.mark.one_engine
@pytest.mark.parametrize("url", (*LISTS, "/areas/list", "/decisions"))
def test_no_file_is_offered_while_a_filter_is_not_understood(visit: Visit, url: str) -> None:
    administrator = visit("administrator")
    june = f"{url}?from=2025-06-01&to=2025-06-30"
    assert "CSV" in administrator.get(june).links
    assert "CSV" not in administrator.get(f"{june}&map_on=soon").links


def test_the_file_holds_every_row_of_a_list_of_many_pages(
    visit: Visit, make: Callable[..., Any], world: World
) -> None:
    def crowd() -> None:
        for _number in range(1203):
            make_team(world.quiet_village.id)

    make(crowd)
    assert len(exported(visit("own"), "/teams?size=25&page=3")) == 1203 + 3


def test_phones_and_codes_are_text_and_days_are_days(visit: Visit, world: World) -> None:
    (row,) = exported(visit("own"), "/memberships?q=may")
    assert row[1:3] == ["Lý Thị Mẩy", "0912 000 002"]
    assert row[8] == world.village.code
    assert date(2022, 5, 1) in row


def test_no_name_becomes_a_formula(visit: Visit, make: Callable[..., Any], world: World) -> None:
    make(make_team, world.quiet_village.id, name='=HYPERLINK("http://x","y")')
    file = visit("own").download("/teams/export?q=hyperlink", XLSX)
    assert table_of(file)[0][1] == '=HYPERLINK("http://x","y")'


def test_the_columns_of_districts_are_there_while_districts_existed(visit: Visit) -> None:
    old = exported(visit("reviewer"), "/teams?q=dong tam")
    new = exported(visit("reviewer"), f"/teams?q=dong tam&map_on={REFORM}")
    assert "Huyện Thượng Lâm" in old[0]
    assert len(new[0]) == len(old[0]) - 1


def test_the_top_says_what_where_when_by_whom_and_how_filtered(visit: Visit) -> None:
    file = visit("own", language="en").download(
        "/teams/export?under=02301&level=village&on=2024-06-30", XLSX
    )
    rows = CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_index(0).to_python()
    top = [row[0] for row in rows[:6]]
    assert top[0] == "List of teams on 30/06/2024"
    assert top[1] == "Area: Xã Hòa An, on the map of 30/06/2024"
    assert top[3].startswith("Filters: ")
    assert "Level: Village" in top[3]
    assert top[4].startswith("Made at ")
    assert top[4].endswith("by Cán Bộ Hòa An (xa.02301)")


def test_the_file_is_named_in_ascii_and_as_it_is_written(visit: Visit) -> None:
    answer = visit("own", language="en").send("GET", "/teams/export?on=2024-06-30").response
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="list-of-teams-on-30-06-2024.xlsx"; '
        "filename*=UTF-8''List%20of%20teams%20on%2030-06-2024.xlsx"
    )


@pytest.mark.parametrize("url", LISTS)
def test_that_a_list_left_the_system_is_on_record(
    app: Flask, visit: Visit, world: World, url: str
) -> None:
    visit("own").download(f"{url}/export?under=02301&q=hoa", XLSX)
    with app.app_context():
        (event,) = db.session.scalars(
            select(AuditEvent).where(AuditEvent.event == Event.LIST_EXPORTED)
        )
        values = {value.field: value.new for value in event.values}
        assert (event.actor_id, event.area_id) == (world.users["own"], world.commune.id)
        assert values["address"] == f"{url}/export?under=02301&q=hoa"
        assert values["rows"].isdigit()


@pytest.mark.parametrize("url", LISTS)
def test_a_list_with_an_unclear_filter_is_shown_and_not_exported(
    app: Flask, visit: Visit, url: str
) -> None:
    answer = visit("own").send("GET", f"{url}/export?under=99999")
    assert answer.status is HTTPStatus.FOUND
    assert answer.location == f"{url}?under=99999"
    with app.app_context():
        exports = select(AuditEvent).where(AuditEvent.event == Event.LIST_EXPORTED)
        assert db.session.scalars(exports).first() is None
