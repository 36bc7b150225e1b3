"""Whatever is chosen on the pages of a file, in whatever state it is: an answer, never a fault."""

import io
from collections.abc import Callable, Iterator, Mapping
from http import HTTPStatus

import pytest
from flask import Flask

from tcns.teams.models import Membership, Person, Team
from tests.bulk.choosing import rows
from tests.imports.files import workbook
from tests.page import Page, Visitor

Visit = Callable[..., Visitor]
HEADINGS = ("Họ và tên", "Số điện thoại", "Chức vụ", "Thôn/bản", "Từ ngày")
FILE = workbook(
    HEADINGS,
    ("Lò Thị Mới", "0912345678", "Thành viên", "Đồng Tâm", "01/03/2024"),
    ("Lò Văn Sai", "12", "Thành viên", "Nà Đình", "01/03/2024"),
)


def deleted(page: Page) -> Page:
    """The file is deleted; its page is the one it had."""
    page.visitor.get(page.url.replace("/columns", "/delete")).post()
    return page


# How far a file has come: the steps that lead there.
STEPS: Mapping[str, Callable[[Page], Page]] = {
    "uploaded": lambda page: page,
    "checked": lambda page: page.post(),
    "taken in": lambda page: page.post().click("Import 1 row …").post(),
    "undone": lambda page: (
        page.post().click("Import 1 row …").post().click("Undo the whole file").post()
    ),
    "deleted": deleted,
}
# Taking in and undoing write the register, whatever else is sent along.
WRITING = ("apply", "undo")
ACTS = ("columns", "mend", "apply", "undo", "delete")
JUNK = ("-1", "999999", "99999999999999999999", "x", "\x00", "")
REGISTER = (Team, Person, Membership)
ANSWERS = (HTTPStatus.OK, HTTPStatus.FOUND, HTTPStatus.SEE_OTHER, HTTPStatus.NOT_FOUND)


def import_id(page: Page) -> str:
    return page.url.split("/")[2]


def fields_of(page: Page, act: str) -> list[str]:
    """The names that the forms of a file have: its columns, its cells, which rows."""
    kinds = [f"column_{name}" for name in ("full_name", "phone", "role", "area", "village")]
    cells = [f"cell_{number}_{place}" for number in (1, 2, 3, 99) for place in (0, 1, 40)]
    return {"columns": kinds, "mend": cells, "apply": ["which", "likeness"]}.get(act, ["rows"])


def bodies(page: Page, act: str) -> Iterator[dict[str, object]]:
    """Nothing; nonsense in every choice; every choice twice, the same and another."""
    names = fields_of(page, act)
    yield {}
    for text in JUNK:
        yield dict.fromkeys(names, text)
    yield {name: ["0", "0", "1"] for name in names}
    yield {"row": ["1"] * 500, "rows": " ".join(["1.1"] * 500)}


@pytest.mark.one_engine("postgresql")
@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", STEPS)
def test_each_step_is_answered_in_each_state(
    app: Flask, visit: Visit, state: str, act: str
) -> None:
    """A page that was left open, or an address that was typed: whatever has become of the file."""
    visitor = visit("own", language="en")
    upload = {"kind": "members", "file": (io.BytesIO(FILE), "ds.xlsx")}
    page = visitor.get("/imports/new").post(typed=upload)
    STEPS[state](page)
    before = rows(app, *REGISTER)
    url = f"/imports/{import_id(page)}/{act}"
    for number, body in enumerate(bodies(page, act)):
        answer = visitor.post_bare(url, {"idempotency_key": f"{act}{number}", **body})
        assert answer.status in ANSWERS, (act, body, answer.status)
        assert visitor.send("GET", url).status in ANSWERS
    assert act in WRITING or rows(app, *REGISTER) == before
    neighbour = visit("neighbour").post_bare(url, {"idempotency_key": "another"})
    assert neighbour.status is HTTPStatus.NOT_FOUND
