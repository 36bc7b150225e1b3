"""what was understood of files"""

import json

import sqlalchemy as sa
from alembic import op


revision = "0003"
down_revision = "0002"

EMPTY_OF = {"sheets": "[]", "questions": "[]", "answers": "{}", "corrected": "{}"}
EMPTY_OF_ROW = {"notes": "[]", "understood": "{}", "waits": "[]"}


def upgrade() -> None:
    """Apply the change; of rows kept so far only the cells of matched columns stay."""
    with op.batch_alter_table("import", schema=None) as batch_op:
        batch_op.add_column(sa.Column("file_key", sa.String(), nullable=True))
        for name, empty in EMPTY_OF.items():
            batch_op.add_column(sa.Column(name, sa.JSON(), nullable=False, server_default=empty))
        batch_op.create_index(batch_op.f("ix_import_uploaded_at"), ["uploaded_at"], unique=False)
    with op.batch_alter_table("import_row", schema=None) as batch_op:
        for name, empty in EMPTY_OF_ROW.items():
            batch_op.add_column(sa.Column(name, sa.JSON(), nullable=False, server_default=empty))
    for name in EMPTY_OF:
        with op.batch_alter_table("import", schema=None) as batch_op:
            batch_op.alter_column(name, server_default=None)
    for name in EMPTY_OF_ROW:
        with op.batch_alter_table("import_row", schema=None) as batch_op:
            batch_op.alter_column(name, server_default=None)
    keep_matched_cells(op.get_bind())


def keep_matched_cells(connection: sa.Connection) -> None:
    """Keep of each row the cells of its matched columns, by field."""
    imports = connection.execute(sa.text('SELECT id, matching FROM "import"')).all()
    for import_id, matching in imports:
        places = loaded(matching)
        for number, cells in rows_of(connection, import_id):
            texts = loaded(cells)
            kept = {n: texts[place] for n, place in places.items() if place < len(texts)}
            keep(connection, import_id, number, kept)


def loaded(value: object) -> dict | list:
    """A JSON column as it is on either engine."""
    return json.loads(value) if isinstance(value, str) else value


def downgrade() -> None:
    """Take it back; cells stand again by the place of their columns, those between are empty."""
    keep_cells_by_place(op.get_bind())
    with op.batch_alter_table("import_row", schema=None) as batch_op:
        for name in EMPTY_OF_ROW:
            batch_op.drop_column(name)
    with op.batch_alter_table("import", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_uploaded_at"))
        for name in ("file_key", *EMPTY_OF):
            batch_op.drop_column(name)


def keep_cells_by_place(connection: sa.Connection) -> None:
    """Keep of each row its cells as a list, in the places of their columns."""
    imports = connection.execute(sa.text('SELECT id, matching FROM "import"')).all()
    for import_id, matching in imports:
        places = loaded(matching)
        width = max(places.values(), default=-1) + 1
        for number, cells in rows_of(connection, import_id):
            texts = loaded(cells)
            names = {place: name for name, place in places.items()}
            listed = [texts.get(names.get(place, ""), "") for place in range(width)]
            keep(connection, import_id, number, listed)


def rows_of(connection: sa.Connection, import_id: int) -> list:
    """The rows of an import: number and cells."""
    query = "SELECT number, cells FROM import_row WHERE import_id = :id"
    return connection.execute(sa.text(query), {"id": import_id}).all()


def keep(connection: sa.Connection, import_id: int, number: int, cells: dict | list) -> None:
    """Write the cells of a row."""
    update = "UPDATE import_row SET cells = :cells WHERE import_id = :id AND number = :number"
    values = {"cells": json.dumps(cells), "id": import_id, "number": number}
    connection.execute(sa.text(update), values)
