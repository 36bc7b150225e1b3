"""Fixtures of tests of imports."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from flask import Flask

from tcns.accounts.models import User
from tcns.database import db, writing
from tcns.imports.applying import Checked, Decided, carry_out, check, plan_of
from tcns.imports.kinds.catalogue import kind_of
from tcns.imports.rows.questions import Answers
from tcns.imports.sheets import file_to_check
from tcns.spreadsheets.reading import ReadSheet, SheetRow
from tests.world import World

Check = Callable[..., Checked]
# What is answered where a test is about something else.
USUAL: Answers = {"no_role": "member", "no_day": "team", "no_village": "commune"}


def as_sheet(rows: Sequence[Sequence[Any]]) -> ReadSheet:
    """Rows as reading gives them: text, without blank ones."""
    cells = [[str(cell if cell is not None else "") for cell in row] for row in rows]
    return ReadSheet("A", [SheetRow(n, row) for n, row in enumerate(cells, start=1) if any(row)])


def as_csv(rows: Sequence[Sequence[Any]]) -> bytes:
    """Rows as a file that somebody uploads."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


@pytest.fixture
def official(app: Flask, world: World) -> Iterator[Callable[[str], User]]:
    """`official("own")` is that persona's account, in an open context with English messages."""
    with app.test_request_context(headers={"Cookie": "language=en"}):
        yield lambda persona: db.session.get_one(User, world.users[persona])
        db.session.rollback()


@pytest.fixture
def check_rows(official: Callable[[str], User]) -> Check:
    """`check_rows("members", *rows)`: what is found of rows, the first of which are headings."""

    def checked(
        kind: str, *rows: Sequence[Any], persona: str = "own", answers: Answers = USUAL
    ) -> Checked:
        file = file_to_check(kind_of(kind), [as_sheet(rows)], {}, answers)
        return check(file, by=official(persona))

    return checked


@pytest.fixture
def take_in(official: Callable[[str], User]) -> Callable[..., None]:
    """`take_in("members", checked)`: write what was found."""

    def taken(
        kind: str, checked: Checked, choice: Decided | None = None, *, persona: str = "own"
    ) -> None:
        plan = plan_of(checked, choice or Decided())
        plan.prepare(by=official(persona))
        with writing():
            assert carry_out(kind_of(kind), None, plan, checked, by=official(persona))

    return taken
