"""Rows of the demonstration on their way into the database: collected, then inserted in bulk.

The demonstration is some 250.000 rows. Through the operations of the domains, one record at a
time with its checks and its audit event, they would take many minutes; in bulk they take
seconds. The world is right by construction, and its tests check the rules on the rows.
"""

from collections import defaultdict
from typing import Any

from sqlalchemy import func, insert, select, text

from tcns.database import FIRST_VERSION, Model, Versioned, db

Row = dict[str, Any]


class Filling:
    """The rows collected so far, by table; ids go on from those the database has."""

    def __init__(self) -> None:
        self._rows: defaultdict[type[Model], list[Row]] = defaultdict(list)
        self._last: dict[type[Model], int] = {}

    def add(self, model: type[Model], **values: Any) -> int:
        """Collect a row of a table with ids; its id."""
        if model not in self._last:
            last = select(func.max(model.__table__.c.id))
            self._last[model] = db.session.scalar(last) or 0
        self._last[model] += 1
        values["id"] = self._last[model]
        if issubclass(model, Versioned):
            values["version"] = FIRST_VERSION
        self._rows[model].append(values)
        return self._last[model]

    def link(self, model: type[Model], **values: Any) -> None:
        """Collect a row whose id, if it has one, nobody needs."""
        self._rows[model].append(values)

    def amend(self, model: type[Model], row_id: int, **values: Any) -> None:
        """Change a row that waits."""
        rows = self._rows[model]
        rows[row_id - rows[0]["id"]] |= values

    def insert(self) -> None:
        """Insert what waits, tables that are referred to first."""
        models = {model.__tablename__: model for model in self._rows}
        for table in db.metadata.sorted_tables:
            if table.name in models:
                db.session.execute(insert(table), self._rows.pop(models[table.name]))
        if db.engine.dialect.name == "postgresql":
            self._continue_sequences()

    def _continue_sequences(self) -> None:
        """Let PostgreSQL count on from our last ids: it only knows of those it gave itself."""
        statement = text("SELECT setval(pg_get_serial_sequence(:table, 'id'), :last)")
        for model, last in self._last.items():
            db.session.execute(statement, {"table": f'"{model.__tablename__}"', "last": last})
