"""more indicators"""

from datetime import date

import sqlalchemy as sa
from alembic import op


revision = "0021"
down_revision = "0020"

NAMES = ("code", "stage", "topic", "name_vi", "name_en", "unit_vi", "unit_en", "valid_from")
ADDED = (
    (
        "public_service_account",
        "done",
        "public_services",
        "Tài khoản dịch vụ công trực tuyến đã đăng ký",
        "Accounts of online public services opened",
        "tài khoản",
        "accounts",
        date(2022, 6, 1),
    ),
    (
        "signature_guided",
        "guided",
        "public_services",
        "Người được hướng dẫn đăng ký, sử dụng chữ ký số cá nhân",
        "People guided in getting and using a personal digital signature",
        "người",
        "people",
        date(2025, 4, 1),
    ),
    (
        "shopping_account",
        "done",
        "shopping",
        "Tài khoản sàn thương mại điện tử đã mở",
        "Accounts of e-commerce platforms opened",
        "tài khoản",
        "accounts",
        date(2022, 6, 1),
    ),
    (
        "product_listed",
        "done",
        "shopping",
        "Sản phẩm OCOP, nông sản đã đưa lên sàn thương mại điện tử",
        "Local products put on e-commerce platforms",
        "sản phẩm",
        "products",
        date(2022, 6, 1),
    ),
    (
        "citizen_app_account",
        "done",
        "local_platforms",
        "Tài khoản ứng dụng công dân số của tỉnh đã kích hoạt",
        "Accounts of the province's app for citizens activated",
        "tài khoản",
        "accounts",
        date(2022, 6, 1),
    ),
    (
        "field_report_sent",
        "done",
        "local_platforms",
        "Phản ánh hiện trường đã gửi qua ứng dụng",
        "Reports of faults sent through the app",
        "phản ánh",
        "reports",
        date(2022, 6, 1),
    ),
    (
        "farmer_app_account",
        "done",
        "local_platforms",
        "Tài khoản ứng dụng Nông dân Việt Nam đã kích hoạt",
        "Accounts of the app for farmers activated",
        "tài khoản",
        "accounts",
        date(2022, 6, 1),
    ),
    (
        "basic_skills_guided",
        "guided",
        "local_platforms",
        "Người được phổ biến kỹ năng số cơ bản",
        "People guided in basic digital skills",
        "người",
        "people",
        date(2022, 6, 1),
    ),
    (
        "course_completed",
        "done",
        "local_platforms",
        "Người hoàn thành khóa học trực tuyến mở (MOOC)",
        "People who completed an open online course",
        "người",
        "people",
        date(2025, 4, 1),
    ),
    (
        "capable_household",
        "done",
        "local_platforms",
        "Hộ có ít nhất một người sử dụng được các ứng dụng số",
        "Households of which at least one person can use the apps",
        "hộ",
        "households",
        date(2022, 6, 1),
    ),
    (
        "digital_family",
        "done",
        "local_platforms",
        "Hộ được công nhận Gia đình số",
        "Households recognised as a digital family",
        "hộ",
        "households",
        date(2025, 4, 1),
    ),
)
# The first of the catalogue so far: where it is on file, the catalogue was loaded.
FIRST = "public_service_guided"
INDICATOR = sa.table(
    "indicator",
    *(sa.column(name) for name in NAMES[:-1]),
    sa.column("id", sa.Integer),
    sa.column("valid_from", sa.Date),
    sa.column("position", sa.Integer),
    sa.column("direction"),
    sa.column("version", sa.Integer),
)
VALUE = sa.table("indicator_value", sa.column("indicator_id", sa.Integer))


def upgrade() -> None:
    """Apply the change; what is on file stays as the province has it.

    Where the catalogue was never loaded nothing is added: it comes whole when it is.
    """
    with op.batch_alter_table("indicator", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("direction", sa.String(), nullable=False, server_default="more")
        )
    with op.batch_alter_table("indicator", schema=None) as batch_op:
        batch_op.alter_column("direction", existing_type=sa.String(), server_default=None)
    connection = op.get_bind()
    known = set(connection.scalars(sa.select(INDICATOR.c.code)))
    last = connection.scalar(sa.select(sa.func.max(INDICATOR.c.position))) or 0
    rows = [dict(zip(NAMES, values, strict=True)) for values in ADDED if values[0] not in known]
    if FIRST in known and rows:
        more = {"direction": "more", "version": 1}
        places = range(last + 1, last + 1 + len(rows))
        op.bulk_insert(
            INDICATOR,
            [{**row, **more, "position": at} for row, at in zip(rows, places, strict=True)],
        )


def downgrade() -> None:
    """Take the change back; of what was added stays what sessions have counted since."""
    counted = sa.select(VALUE.c.indicator_id)
    added = INDICATOR.c.code.in_([values[0] for values in ADDED])
    op.execute(INDICATOR.delete().where(added, INDICATOR.c.id.not_in(counted)))
    with op.batch_alter_table("indicator", schema=None) as batch_op:
        batch_op.drop_column("direction")
