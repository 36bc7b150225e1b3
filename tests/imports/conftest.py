"""Fixtures of tests of imports."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from flask import Flask

from tcns.accounts.models import User
from tcns.database import db, writing
from tcns.imports.applying import Checked, Decided, carry_out, check, ledger_of
from tcns.imports.headings import find_layout
from tcns.imports.kinds.catalogue import kind_of
from tcns.spreadsheets.reading import ReadSheet, SheetRow
from tests.world import World

Check = Callable[..., Checked]


def as_sheet(rows: Sequence[Sequence[Any]]) -> ReadSheet:
    """Rows as reading gives them: text, without blank ones."""
    cells = [[str(cell if cell is not None else "") for cell in row] for row in rows]
    return ReadSheet("A", [SheetRow(n, row) for n, row in enumerate(cells, start=1) if any(row)])


@pytest.fixture
def official(app: Flask, world: World) -> Iterator[Callable[[str], User]]:
    """`official("own")` is that persona's account, in an open context with English messages."""
    with app.test_request_context(headers={"Cookie": "language=en"}):
        yield lambda persona: db.session.get_one(User, world.users[persona])
        db.session.rollback()


@pytest.fixture
def check_rows(official: Callable[[str], User]) -> Check:
    """`check_rows("members", *rows)`: what is found of rows, the first of which are headings."""

    def checked(kind: str, *rows: Sequence[Any], persona: str = "own") -> Checked:
        layout = find_layout(kind_of(kind), [as_sheet(rows)], {})
        return check(kind_of(kind), layout.rows, layout.matching, by=official(persona))

    return checked


@pytest.fixture
def take_in(official: Callable[[str], User]) -> Callable[..., None]:
    """`take_in("members", checked)`: write what was found."""

    def taken(
        kind: str, checked: Checked, choice: Decided | None = None, *, persona: str = "own"
    ) -> None:
        plan = ledger_of(checked.findings, choice or Decided())
        plan.prepare(by=official(persona))
        with writing():
            assert carry_out(kind_of(kind), None, plan, checked, by=official(persona))

    return taken
