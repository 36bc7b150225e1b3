"""what is kept of files, and for how long"""

import sqlalchemy as sa
from alembic import op


revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Apply the change; a file on its way counts as left since it was uploaded."""
    with op.batch_alter_table("import", schema=None) as batch_op:
        batch_op.add_column(sa.Column("touched_at", sa.DateTime(), nullable=True))
        batch_op.add_column(
            sa.Column("columns", sa.JSON(), nullable=False, server_default=sa.text("'[]'"))
        )
        batch_op.add_column(
            sa.Column("marks", sa.JSON(), nullable=False, server_default=sa.text("'{}'"))
        )
    op.execute('UPDATE "import" SET touched_at = uploaded_at')
    with op.batch_alter_table("import", schema=None) as batch_op:
        batch_op.alter_column("touched_at", existing_type=sa.DateTime(), nullable=False)
        batch_op.alter_column("columns", server_default=None)
        batch_op.alter_column("marks", server_default=None)
        batch_op.create_index(batch_op.f("ix_import_touched_at"), ["touched_at"], unique=False)
    with op.batch_alter_table("import_row", schema=None) as batch_op:
        batch_op.add_column(sa.Column("doubts", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("search_key", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("import_row", schema=None) as batch_op:
        batch_op.alter_column("doubts", server_default=None)
        batch_op.alter_column("search_key", server_default=None)


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("import_row", schema=None) as batch_op:
        batch_op.drop_column("search_key")
        batch_op.drop_column("doubts")
    with op.batch_alter_table("import", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_touched_at"))
        for name in ("marks", "columns", "touched_at"):
            batch_op.drop_column(name)
