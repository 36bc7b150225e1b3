"""closed months"""

import sqlalchemy as sa
from alembic import op


revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "closing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("closed_by_id", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=False),
        sa.Column("reopened_by_id", sa.Integer()),
        sa.Column("reopened_at", sa.DateTime()),
        sa.Column("reopen_reason", sa.String()),
        sa.Column("open_until", sa.Date()),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_closing_area_id")),
        sa.ForeignKeyConstraint(
            ["closed_by_id"], ["user.id"], name=op.f("fk_closing_closed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["reopened_by_id"], ["user.id"], name=op.f("fk_closing_reopened_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closing")),
    )
    op.create_index(op.f("ix_closing_area_id_first_day"), "closing", ["area_id", "first_day"])
    op.create_table(
        "reopening_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("decided_by_id", sa.Integer()),
        sa.Column("decided_at", sa.DateTime()),
        sa.Column("is_granted", sa.Boolean()),
        sa.Column("answer", sa.String()),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_reopening_request_{column}")
            )
            for column, table in (
                ("area_id", "area"),
                ("team_id", "team"),
                ("asked_by_id", "user"),
                ("decided_by_id", "user"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reopening_request")),
    )
    op.create_index(
        op.f("ix_reopening_request_area_id_first_day"),
        "reopening_request",
        ["area_id", "first_day"],
    )
    op.create_index(op.f("ix_reopening_request_team_id"), "reopening_request", ["team_id"])


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("reopening_request")
    op.drop_table("closing")
