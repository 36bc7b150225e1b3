"""What the tests of bulk actions share: ticking rows, pressing, undoing, comparing rows."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import select

from tcns.database import db
from tests.page import Page, Visitor
from tests.world import World

Visit = Callable[..., Visitor]
Make = Callable[..., Any]
LAST = "2025-06-30"
DECISION = {
    "number": "90/QĐ-UBND",
    "issued_on": "2025-06-01",
    "issuer": "UBND xã Hòa An",
    "summary": "Giải thể",
}


def ticked(*ids: int) -> str:
    return urlencode([("which", "ticked"), *(("row", one) for one in ids)])


def rows(app: Flask, *tables: type[Any]) -> list[Any]:
    """Every row of some tables, without the versions, which rise."""
    with app.app_context():
        return [
            sorted(
                map(tuple, db.session.execute(select(*columns_of(table))).all()),
                key=repr,
            )
            for table in tables
        ]


def columns_of(table: type[Any]) -> list[Any]:
    return [column for column in table.__table__.columns if column.key != "version"]


def undo(page: Page) -> Page:
    """Follow the link of the message that says what was done, and press the button."""
    return page.click("Undo").post()


def look(page: Page, **typed: str) -> Page:
    """Ask what would be done with these answers."""
    fields = {**standing(page), **typed, "look": "1"}
    return page.visitor.send("POST", page.url, data=fields, headers=referrer(page)).expect(
        HTTPStatus.OK
    )


def press(page: Page, **typed: str) -> Page:
    """Press the button that does it, and follow."""
    answer = send(page, **typed)
    assert answer.status is HTTPStatus.FOUND, answer.text
    return page.visitor.get(answer.location)


def send(page: Page, **typed: str) -> Page:
    fields = {**standing(page), **typed, "do": "1"}
    return page.visitor.send("POST", page.url, data=fields, headers=referrer(page))


def standing(page: Page) -> dict[str, str]:
    """The fields of the page's own form as they stand."""
    form = next(form for form in page.tree.iter("form") if "panel" in form.get("class", ""))
    return {
        control.get("name", ""): control.get("value", "")
        for control in form.iter("input")
        if control.get("name")
    }


def referrer(page: Page) -> dict[str, str]:
    return {"Referer": f"https://localhost{page.url}"}


def village(world: World) -> list[int]:
    return [world.memberships[key] for key in ("leader", "deputy", "member")]
