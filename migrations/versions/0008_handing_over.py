"""handing a person's data over"""

import sqlalchemy as sa
from alembic import op


revision = "0008"
down_revision = "0007"

# What SQLite's rebuilt table would otherwise lose.
IDS_USED_ONCE = {"sqlite_autoincrement": True}


def upgrade() -> None:
    """Apply the change."""
    with op.batch_alter_table("person", schema=None, table_kwargs=IDS_USED_ONCE) as batch_op:
        batch_op.add_column(sa.Column("handed_to_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("handed_over_on", sa.Date(), nullable=True))
        batch_op.create_index(batch_op.f("ix_person_handed_to_id"), ["handed_to_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_person_handed_to_id"), "team", ["handed_to_id"], ["id"]
        )


def downgrade() -> None:
    """Take it back; where the rule does not say it, it is forgotten who keeps a person's data."""
    with op.batch_alter_table("person", schema=None, table_kwargs=IDS_USED_ONCE) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_person_handed_to_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_person_handed_to_id"))
        batch_op.drop_column("handed_over_on")
        batch_op.drop_column("handed_to_id")
