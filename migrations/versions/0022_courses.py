"""courses"""

import sqlalchemy as sa
from alembic import op


revision = "0022"
down_revision = "0021"

IDS_USED_ONCE = {"sqlite_autoincrement": True}


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "course",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("organiser", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("search_key", sa.String(), nullable=False),
        sa.Column(
            "sort_key",
            sa.String().with_variant(sa.String(collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "ended_on IS NULL OR ended_on >= started_on", name=op.f("ck_course_days")
        ),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_course_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course")),
        **IDS_USED_ONCE,
    )
    op.create_index(op.f("ix_course_area_id"), "course", ["area_id"])
    with op.batch_alter_table("training", table_kwargs=IDS_USED_ONCE) as batch_op:
        batch_op.add_column(sa.Column("course_id", sa.Integer(), nullable=True))
        batch_op.alter_column("finished_on", existing_type=sa.Date(), nullable=True)
        batch_op.create_foreign_key(op.f("fk_training_course_id"), "course", ["course_id"], ["id"])
        batch_op.create_index(op.f("ix_training_course_id"), ["course_id"])


def downgrade() -> None:
    """Take the change back; who has not completed a course has taken none."""
    training = sa.table("training", sa.column("finished_on", sa.Date()))
    op.execute(training.delete().where(training.c.finished_on.is_(None)))
    with op.batch_alter_table("training", table_kwargs=IDS_USED_ONCE) as batch_op:
        batch_op.drop_index(op.f("ix_training_course_id"))
        batch_op.drop_constraint(op.f("fk_training_course_id"), type_="foreignkey")
        batch_op.drop_column("course_id")
        batch_op.alter_column("finished_on", existing_type=sa.Date(), nullable=False)
    op.drop_table("course")
