"""What the site sends can be taken in again: nothing changes."""

from collections.abc import Callable

import pytest

from tcns.accounts.models import User
from tcns.areas.vocabulary import Level
from tcns.database import db
from tcns.imports.applying import Checked, check
from tcns.imports.headings import find_layout, match
from tcns.imports.kinds.catalogue import kind_of
from tcns.imports.spreadsheet import write_template
from tcns.permissions.vocabulary import Permission
from tcns.spreadsheets.reading import read_sheets
from tcns.spreadsheets.sending import XLSX
from tests.page import Visitor
from tests.world import World

Visit = Callable[..., Visitor]


def checked_as(world: World, app: object, persona: str, kind: str, content: bytes) -> Checked:
    with app.test_request_context():  # type: ignore[attr-defined]
        layout = find_layout(kind_of(kind), read_sheets(content, "a.xlsx"), {})
        user = db.session.get_one(User, world.users[persona])
        return check(kind_of(kind), layout.rows, layout.matching, by=user)


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
    visit: Visit, app: object, world: World, persona: str, language: str, kind: str, url: str
) -> None:
    content = visit(persona, language=language).download(url, XLSX)
    checked = checked_as(world, app, persona, kind, content)
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
