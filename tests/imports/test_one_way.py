"""One way to write: a page and a file of the same content write the same rows and events."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tcns.accounts.models import User
from tcns.audit.models import AuditEvent
from tcns.database import db, writing
from tcns.imports.applying import Decided, carry_out, check, plan_of
from tcns.imports.kinds.catalogue import kind_of
from tcns.imports.sheets import file_to_check
from tcns.imports.vocabulary import Likeness
from tests.databases import Database
from tests.imports.conftest import USUAL, as_sheet
from tests.imports.files import DECISION, HOUSEHOLDS, STATISTICS, TEAMS, VILLAGES
from tests.page import Visitor
from tests.world import World

MEMBERS = (
    *("Họ và tên", "SĐT", "Năm sinh", "Chức vụ", "Thành phần"),
    *("Thôn", "Tên tổ", "Từ ngày", "Đến ngày"),
)
# The tables that are the register; others tell of its use.
OF_REGISTER = ("area", "team", "person", "membership", "establishing_decision")
HEAD = {
    "number": "12/QĐ",
    "issued_on": "2024-02-01",
    "issuer": "UBND xã Hòa An",
    "summary": "Thành lập Tổ công nghệ số cộng đồng",
}
QUIET = "Tổ công nghệ số cộng đồng thôn Khuôn Trú"
Address = Callable[[World], str]


@dataclass(frozen=True)
class Content:
    """What is written both ways: typed into the form of a page, and as the rows of a file."""

    url: Address
    typed: Mapping[str, Any]
    kind: str
    rows: Sequence[Sequence[Any]]
    likeness: Likeness = Likeness.LEAVE_OUT


def joins(team: str, **typed: str) -> tuple[Address, dict[str, str]]:
    return lambda world: f"/teams/{world.teams[team]}/members/add", typed


def part(key: str, what: str, **typed: str) -> tuple[Address, dict[str, str]]:
    return lambda world: f"/memberships/{world.memberships[key]}/{what}", typed


def row(name: str, village: str = "Đồng Tâm", **cells: str) -> list[Sequence[Any]]:
    """A row of members: the person, then what is said of the part."""
    named = ("phone", "birth_year", "role", "body")
    first = [name, *(cells.get(column, "") for column in named), village]
    return [MEMBERS, [*first, *(cells.get(column, "") for column in ("team", "since", "until"))]]


CONTENTS = {
    "somebody new joins": Content(
        *joins(
            "village",
            full_name="Lò Thị Mới",
            phone="0912345678",
            birth_year="1990",
            role="deputy",
            body="womens_union",
            first_day="2024-03-15",
        ),
        "members",
        row(
            "Lò Thị Mới",
            phone="0912345678",
            birth_year="1990",
            role="Tổ phó",
            body="Hội LHPN",
            since="15/03/2024",
        ),
    ),
    "somebody new was a member for a time": Content(
        *joins("village", full_name="Lò Thị Mới", first_day="2024-03-15", last_day="2024-04-30"),
        "members",
        row("Lò Thị Mới", since="15/03/2024", until="30/04/2024"),
    ),
    "somebody new joined a team that is over": Content(
        *joins("dissolved", full_name="Lò Thị Mới", role="member", first_day="2022-06-01"),
        "members",
        row(
            "Lò Thị Mới",
            "Nà Đình",
            team="Tổ công nghệ số cộng đồng Nà Đình cũ",
            since="01/06/2022",
        ),
    ),
    "somebody on file joins another team": Content(
        lambda world: f"/teams/{world.teams['hamlet']}/members/add",
        {"full_name": "Lý Thị Mẩy", "phone": "0912000002", "first_day": "2024-03-15"},
        "members",
        row("Lý Thị Mẩy", "Nà Đình", phone="0912000002", since="15/03/2024", role="Thành viên"),
        Likeness.SAME,
    ),
    "a membership ends": Content(
        *part("deputy", "end", last_day="2024-03-15"),
        "members",
        row("Nông Thị Hòa", until="15/03/2024"),
    ),
    "a membership has another body and an end": Content(
        *part("deputy", "correct", body="teachers", last_day="2024-03-15"),
        "members",
        row("Nông Thị Hòa", body="Giáo viên", until="15/03/2024"),
    ),
    "a membership began on another day": Content(
        *part("deputy", "correct", first_day="2022-06-01"),
        "members",
        row("Nông Thị Hòa", since="01/06/2022"),
    ),
    "a membership that is over ended on another day": Content(
        *part("past", "correct", last_day="2023-08-31"),
        "members",
        row("Triệu Văn Cũ", until="31/08/2023"),
    ),
    "what ended with its team ended earlier": Content(
        *part("deputy_before", "correct", last_day="2022-11-30"),
        "members",
        row(
            "Nông Thị Hòa",
            "Nà Đình",
            team="Tổ công nghệ số cộng đồng Nà Đình cũ",
            since="01/05/2022",
            until="30/11/2022",
        ),
    ),
    "a role was another from the first day": Content(
        *part("deputy", "role", role="member", first_day="2022-05-01"),
        "members",
        row("Nông Thị Hòa", role="Thành viên"),
    ),
    "a person has a phone and a year of birth": Content(
        lambda world: f"/persons/{world.persons['deputy']}/correct",
        {"phone": "0912345678", "birth_year": "1985"},
        "members",
        row("Nông Thị Hòa", phone="0912345678", birth_year="1985"),
    ),
    "a person in two teams is put right from the one where they are not kept": Content(
        lambda world: f"/persons/{world.persons['leader']}/correct",
        {"birth_year": "1977"},
        "members",
        row("Hoàng Văn Sính", "", birth_year="1977", team="Tổ công nghệ số cộng đồng Hòa An"),
    ),
    "a team is established by a new decision": Content(
        lambda world: f"/teams/establish?area={world.quiet_village.code}",
        {**HEAD, "first_day": "2024-02-15"},
        "teams",
        [TEAMS, (QUIET, "Khuôn Trú", "", "15/02/2024", *DECISION)],
    ),
    "a team has another name and first day": Content(
        lambda world: f"/teams/{world.teams['village']}/correct",
        {"name": "Tổ số Đồng Tâm", "first_day": "2022-04-30"},
        "teams",
        [TEAMS, ("Tổ số Đồng Tâm", "Đồng Tâm", "", "30/04/2022")],
    ),
    "a village is added": Content(
        lambda world: f"/areas/{world.commune.code}/villages/add",
        {"name": "Nà Mới", "kind": "thôn", "first_day": "2024-03-01"},
        "villages",
        [VILLAGES, ("", "Thôn Nà Mới", "Hòa An", "01/03/2024")],
    ),
    "a village has another number of households": Content(
        lambda world: f"/areas/{world.village.code}/households",
        {"households": "131", "first_day": "2024-03-01"},
        "households",
        [HOUSEHOLDS, ("{village}", "", "131", "01/03/2024")],
    ),
    "a number of households of the same day is put right": Content(
        lambda world: f"/areas/{world.village.code}/households",
        {"households": "131", "first_day": "2021-07-01"},
        "households",
        [HOUSEHOLDS, ("{village}", "", "131", "01/07/2021")],
    ),
    "a village has its first number of households": Content(
        lambda world: f"/areas/{world.quiet_village.code}/households",
        {"households": "64", "first_day": "2024-03-01"},
        "households",
        [HOUSEHOLDS, ("{quiet_village}", "", "64", "01/03/2024")],
    ),
    "statistics of a village are recorded": Content(
        lambda world: f"/areas/{world.village.code}/statistics",
        {
            "mobile_signal": "1",
            "smartphone_households": "66",
            "smartphone_households_of": "120",
            "first_day": "2024-03-01",
        },
        "statistics",
        [STATISTICS, ("{village}", "", "x", "66", "120", "01/03/2024")],
    ),
}


@pytest.fixture
def official(visit: Callable[..., Visitor]) -> Visitor:
    return visit("own", language="en")


def register() -> dict[str, list[Any]]:
    """Every row of the register, without versions, which rise."""
    return {
        table.name: sorted(
            map(tuple, db.session.execute(select(*(c for c in table.c if c.key != "version")))),
            key=repr,
        )
        for table in db.metadata.sorted_tables
        if table.name.startswith(OF_REGISTER)
    }


def told() -> Iterator[tuple[Any, ...]]:
    """The events about the register: who did what to which record, where, from what to what."""
    for event in db.session.scalars(select(AuditEvent)):
        if event.object_type in db.metadata.tables and event.object_type.startswith(OF_REGISTER):
            values = sorted((one.field, one.old, one.new) for one in event.values)
            where = event.object_type, event.object_id, event.area_id
            yield event.event, event.actor_id, *where, tuple(values)


def on_file(app: Flask) -> tuple[dict[str, list[Any]], list[tuple[Any, ...]]]:
    with app.app_context():
        return register(), sorted(told(), key=repr)


def by_page(official: Visitor, world: World, content: Content) -> None:
    page = official.get(content.url(world))
    if content.likeness is Likeness.SAME:
        page = page.post(typed=content.typed, status=HTTPStatus.OK)
        page.post(typed={"known": str(world.persons["member"])})
    else:
        page.post(typed=content.typed)


def by_file(app: Flask, world: World, content: Content) -> None:
    codes = {key: place.code for key, place in world.places.items()}
    rows = [[cell.format(**codes) for cell in row] for row in content.rows]
    with app.test_request_context(headers={"Cookie": "language=en"}):
        kind, user = kind_of(content.kind), db.session.get_one(User, world.users["own"])
        checked = check(file_to_check(kind, [as_sheet(rows)], {}, USUAL), by=user)
        plan = plan_of(checked, Decided(likeness=content.likeness))
        plan.prepare(by=user)
        with writing():
            user = db.session.get_one(User, world.users["own"])
            assert carry_out(kind, None, plan, checked, by=user)


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS.keys())
def test_a_page_and_a_file_write_the_same(
    content: Content, app: Flask, database: Database, official: Visitor, world: World
) -> None:
    before = on_file(app)
    by_page(official, world, content)
    page = on_file(app)
    assert page != before
    database.restore()
    by_file(app, world, content)
    file = on_file(app)
    for table, rows in page[0].items():
        assert file[0][table] == rows, table
    assert file[1] == page[1]
