"""Which statements write to sessions of the past.

Sessions are logged, corrected and reviewed within weeks. Those held earlier stay as they are, and
so does what is computed from them alone: their state is a subject of its own, beside that of all
sessions (`tcns.database.versions`), raised by whatever may reach back to them. That a statement
does not is told by its form: it inserts rows that name their days, or changes rows found by their
ids. Any other is taken to reach back.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, select

from tcns.clock import today
from tcns.database import Model

PAST = "past_activities"
LATELY = timedelta(days=31)
# By so much whoever writes takes the past for longer: a midnight may pass before others see it.
MARGIN = timedelta(days=2)

INSERTED = re.compile(r"INSERT INTO activity \([^()]*\) VALUES (?!.* ON CONFLICT )", re.DOTALL)
VALUE = r"(?:\?|%\(\w+\)s(?:::[A-Z][A-Z ]*(?:\(\d+(?:, \d+)?\))?)?)"
CHANGED = r"UPDATE activity SET \w+=VALUE(?:, \w+=VALUE)*"
FOUND_BY_ID = r" WHERE activity\.id = VALUE(?: AND activity\.version = VALUE)?"
CHANGED_BY_ID = re.compile((CHANGED + FOUND_BY_ID).replace("VALUE", VALUE))


def past_before(day: date) -> date:
    """The day before which sessions are of the past, as a day sees it."""
    return day - LATELY


def reaches_back(connection: Connection, statement: str, context: Any) -> bool:
    """Whether a statement that writes may write to sessions of the past."""
    days = _days_written(connection, statement, context)
    lately = past_before(today()) + MARGIN
    return not days or any(type(day) is not date or day < lately for day in days)


def _days_written(connection: Connection, statement: str, context: Any) -> Sequence[Any]:
    """The days of the sessions that a statement writes, before and after; nothing where its form
    does not tell them."""
    if context is None or context.compiled is None:
        return ()
    rows = context.compiled_parameters
    if INSERTED.match(statement):
        return [row.get("held_on") for row in rows]
    if CHANGED_BY_ID.fullmatch(statement) and all("activity_id" in row for row in rows):
        before = _days_of(connection, [row["activity_id"] for row in rows])
        return [*before, *(row["held_on"] for row in rows if "held_on" in row)]
    return ()


def _days_of(connection: Connection, ids: Sequence[int]) -> Sequence[date]:
    """The days on which sessions were held, as they stand."""
    table = Model.metadata.tables["activity"]
    return connection.execute(select(table.c.held_on).where(table.c.id.in_(ids))).scalars().all()
