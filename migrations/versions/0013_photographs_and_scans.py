"""photographs of sessions, scans of decisions"""

import sqlalchemy as sa
from alembic import op


revision = "0013"
down_revision = "0012"

# What SQLite's rebuilt table would otherwise lose.
IDS_USED_ONCE = {"sqlite_autoincrement": True}
# Who entered a session added its photographs.
FILL = """
    UPDATE photograph SET client_key = file_key, digest = '',
        added_by_id = (SELECT entered_by_id FROM activity WHERE activity.id = activity_id),
        added_at = (SELECT entered_at FROM activity WHERE activity.id = activity_id)
"""


def upgrade() -> None:
    """Apply the change."""
    with op.batch_alter_table("photograph", table_kwargs=IDS_USED_ONCE) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_photograph_stored_name"), type_="unique")
        batch_op.alter_column("stored_name", new_column_name="file_key")
        batch_op.drop_column("caption")
        batch_op.add_column(sa.Column("client_key", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("digest", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("latitude", sa.Float(), nullable=True))
        batch_op.add_column(sa.Column("longitude", sa.Float(), nullable=True))
        batch_op.add_column(sa.Column("added_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("added_at", sa.DateTime(), nullable=True))
    op.execute(FILL)
    with op.batch_alter_table("photograph", table_kwargs=IDS_USED_ONCE) as batch_op:
        batch_op.alter_column("client_key", existing_type=sa.String(), nullable=False)
        batch_op.alter_column("digest", existing_type=sa.String(), nullable=False)
        batch_op.alter_column("added_by_id", existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column("added_at", existing_type=sa.DateTime(), nullable=False)
        batch_op.create_unique_constraint(batch_op.f("uq_photograph_client_key"), ["client_key"])
        batch_op.create_unique_constraint(batch_op.f("uq_photograph_file_key"), ["file_key"])
        batch_op.create_foreign_key(
            batch_op.f("fk_photograph_added_by_id"), "user", ["added_by_id"], ["id"]
        )
    op.add_column("establishing_decision", sa.Column("scan_key", sa.String(), nullable=True))
    op.add_column("establishing_decision", sa.Column("scan_kind", sa.String(), nullable=True))


def downgrade() -> None:
    """Take the change back; it is forgotten which file is whose scan."""
    op.drop_column("establishing_decision", "scan_kind")
    op.drop_column("establishing_decision", "scan_key")
    with op.batch_alter_table("photograph") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_photograph_added_by_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_photograph_file_key"), type_="unique")
        batch_op.drop_constraint(batch_op.f("uq_photograph_client_key"), type_="unique")
        for name in ("added_at", "added_by_id", "longitude", "latitude", "digest", "client_key"):
            batch_op.drop_column(name)
        batch_op.alter_column("file_key", new_column_name="stored_name")
        batch_op.add_column(sa.Column("caption", sa.String(), nullable=True))
    with op.batch_alter_table("photograph") as batch_op:
        batch_op.create_unique_constraint(batch_op.f("uq_photograph_stored_name"), ["stored_name"])
