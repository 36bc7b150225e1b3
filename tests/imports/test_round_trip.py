"""What the site sends can be taken in again: nothing changes."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tcns.accounts.models import User
from tcns.areas.vocabulary import Level
from tcns.database import db
from tcns.imports.applying import Checked, check
from tcns.imports.headings import find_layout, match
from tcns.imports.kinds.catalogue import kind_of
from tcns.imports.sheets import file_to_check
from tcns.imports.spreadsheet import write_template
from tcns.permissions.vocabulary import Permission
from tcns.phones import mask_phone
from tcns.spreadsheets.reading import read_sheets
from tcns.spreadsheets.sending import XLSX
from tests.factories import (
    make_course,
    make_membership,
    make_person,
    make_statistic,
    make_training,
)
from tests.imports.conftest import USUAL
from tests.page import Visitor
from tests.world import World

Visit = Callable[..., Visitor]
Make = Callable[..., Any]
CSV = "text/csv; charset=utf-8"


def checked_as(
    world: World, app: object, persona: str, kind: str, content: bytes, file_type: str = "xlsx"
) -> Checked:
    with app.test_request_context():  # type: ignore[attr-defined]
        sheets = read_sheets(content, f"a.{file_type}")
        file = file_to_check(kind_of(kind), sheets, {}, USUAL)
        user = db.session.get_one(User, world.users[persona])
        return check(file, by=user)


@pytest.mark.parametrize("file_type", ["xlsx", "csv"])
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("persona", ["own", "administrator"])
@pytest.mark.parametrize(
    ("kind", "url"),
    [
        ("members", "/memberships/export"),
        ("members", "/memberships/export?on=2022-12-31"),
        ("teams", "/teams/export?status=all"),
        ("villages", "/areas/export?level=village"),
    ],
)
def test_an_exported_file_is_unchanged(
    visit: Visit,
    app: object,
    world: World,
    persona: str,
    language: str,
    file_type: str,
    kind: str,
    url: str,
) -> None:
    """Not even the line that says who took out a CSV of personal data is read as a row."""
    way, content_type = ("as=csv", CSV) if file_type == "csv" else ("", XLSX)
    address = f"{url}{'&' if '?' in url else '?'}{way}"
    content = visit(persona, language=language).download(address, content_type)
    checked = checked_as(world, app, persona, kind, content, file_type)
    assert checked.counts["same"] == len(checked.findings) > 0, [
        finding for finding in checked.findings if finding.outcome != "same"
    ][:3]


@pytest.mark.one_engine
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("persona", ["own", "administrator"])
def test_the_file_of_those_who_took_part_in_a_course_is_unchanged(
    visit: Visit, app: object, world: World, make: Make, persona: str, language: str
) -> None:
    """Also of somebody who has left their team, and where the course has a namesake."""
    make(make_course, world.places["commune"].id, started_on=date(2023, 1, 5), ended_on=None)
    took_part = {"course": "Kỹ năng số cơ bản", "course_id": world.course}
    done = {"finished_on": date(2024, 3, 5), "certificate_number": "CN-01"}
    make(make_training, world.persons["deputy"], **took_part, **done)
    make(make_training, world.persons["member"], **took_part, finished_on=None)
    make(make_training, world.persons["past"], **took_part, finished_on=None)
    content = visit(persona, language=language).download(f"/courses/{world.course}/export", XLSX)
    checked = checked_as(world, app, persona, "participants", content)
    assert checked.counts["same"] == len(checked.findings) == 3, [
        (one.outcome, one.problems, one.waits) for one in checked.findings
    ]


def test_the_line_of_who_took_it_out_is_known_wherever_it_stands(
    visit: Visit, app: object, world: World
) -> None:
    """As when somebody puts one list below another."""
    content = visit("own").download("/memberships/export?as=csv", CSV)
    mark, titles, *rows = content.splitlines(keepends=True)
    joined = mark + titles + rows[0] + mark.removeprefix(b"\xef\xbb\xbf") + b"".join(rows[1:])
    counts = checked_as(world, app, "own", "members", joined, "csv").counts
    assert counts["same"] == len(rows) == sum(counts.values())


@pytest.mark.one_engine
def test_a_masked_phone_overwrites_none(visit: Visit, app: object, world: World) -> None:
    """A file whose phones were masked is refused beside the phone, row by row."""
    content = visit("own").download("/memberships/export?as=csv&q=may", CSV)
    masked = content.replace(b"0912 000 002", mask_phone("+84912000002").encode())
    assert masked != content
    checked = checked_as(world, app, "own", "members", masked, "csv")
    (finding,) = checked.findings
    assert finding.outcome == "error"
    assert [problem.column for problem in finding.problems] == ["phone"]


HOSTILE = ("=Lò; =May", "-Lò|+May", 'Lò;"@May', "'=Lò May", "Lò, =May")


@pytest.mark.one_engine
@pytest.mark.parametrize("file_type", ["csv", "xlsx"])
@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_like_a_formula_comes_back_as_it_was(
    visit: Visit, app: object, world: World, make: Make, name: str, file_type: str
) -> None:
    """An apostrophe that guards a cell of CSV is none of the name."""
    make(make_membership, world.teams["village"], make(make_person, full_name=name))
    way, content_type = ("&as=csv", CSV) if file_type == "csv" else ("", XLSX)
    content = visit("own").download(f"/memberships/export?size=25{way}", content_type)
    assert name in [
        cell for row in read_sheets(content, f"a.{file_type}")[0].rows for cell in row[1]
    ]
    checked = checked_as(world, app, "own", "members", content, file_type)
    assert checked.counts["same"] == len(checked.findings) > 0, [
        finding for finding in checked.findings if finding.outcome != "same"
    ][:3]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_template_of_households_is_filled_with_what_is_on_file(
    visit: Visit, app: object, world: World, language: str
) -> None:
    content = visit("own", language=language).download("/imports/template?kind=households", XLSX)
    counts = checked_as(world, app, "own", "households", content).counts
    assert (counts["same"], counts["refused"]) == (2, 1), "one village was never counted"
    assert counts["error"] == 0


@pytest.mark.one_engine
@pytest.mark.parametrize(
    "address", ["/areas/statistics/export", "/imports/template?kind=statistics"]
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_statistics_come_back_unchanged(
    visit: Visit, app: object, world: World, make: Make, language: str, address: str
) -> None:
    for statistic, value, out_of in (
        ("mobile_signal", 0, None),
        ("fixed_broadband", 1, None),
        ("smartphone_adults", 60, 1200),
    ):
        make(make_statistic, world.village.id, statistic, value, out_of)
    content = visit("own", language=language).download(address, XLSX)
    counts = checked_as(world, app, "own", "statistics", content).counts
    assert (counts["same"], counts["refused"]) == (1, 2), "two villages have no figure"
    assert sum(counts.values()) == 3


@pytest.mark.parametrize("kind", ["teams", "members", "villages"])
def test_a_template_has_its_headings_and_no_row(official: Callable[[str], User], kind: str) -> None:
    scope = official("own").scope_for(Permission.TEAM_WRITE)
    with write_template(kind_of(kind), scope) as file:
        sheets = read_sheets(file.read(), "a.xlsx")
    layout = find_layout(kind_of(kind), sheets, {})
    assert len(layout.matching) == len(kind_of(kind).fields)
    assert layout.rows == []


@pytest.mark.parametrize(
    ("kind", "headings"),
    [("members", ["Họ và tên", "Thôn", "Xã"]), ("villages", ["Mã địa bàn", "Thôn", "Xã"])],
)
def test_headings_of_files_made_before_are_still_known(kind: str, headings: list[str]) -> None:
    assert len(match(kind_of(kind), headings, {})) == len(headings)


@pytest.mark.parametrize(("word", "level"), [("Xã", Level.COMMUNE), ("Thôn", Level.VILLAGE)])
def test_levels_in_files_made_before_are_still_understood(word: str, level: Level) -> None:
    field = next(field for field in kind_of("villages").fields if field.name == "level")
    assert field.read(word, []) == level
