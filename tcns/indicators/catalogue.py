"""The indicators an installation begins with.

Put together from the tasks of the national guidance and from figures that published reports of
the teams give; it is not the form of any circular. Those that came with a later campaign are
asked for from its beginning. The topics are those of sessions.
"""

from datetime import date
from typing import NamedTuple

from tcns.indicators.vocabulary import Stage

GUIDED, DONE = Stage.GUIDED, Stage.DONE
BEGINNING = date(2022, 6, 1)  # the first teams
IDENTITY = date(2023, 1, 1)  # accounts of electronic identification (VNeID), level 2
LITERACY = date(2025, 4, 1)  # "Bình dân học vụ số": certificates, personal signatures


class Entry(NamedTuple):
    """One indicator of the catalogue, in the columns of its table."""

    code: str
    stage: Stage
    topic: str
    name_vi: str
    name_en: str
    unit_vi: str
    unit_en: str
    valid_from: date = BEGINNING


PEOPLE, ACCOUNTS = ("người", "people"), ("tài khoản", "accounts")

CATALOGUE = (
    Entry(
        "public_service_guided",
        GUIDED,
        "public_services",
        "Người được hướng dẫn nộp hồ sơ dịch vụ công trực tuyến",
        "People guided in applying for public services online",
        *PEOPLE,
    ),
    Entry(
        "public_service_filed",
        DONE,
        "public_services",
        "Hồ sơ dịch vụ công trực tuyến đã nộp thành công",
        "Applications for public services filed online",
        "hồ sơ",
        "applications",
    ),
    Entry(
        "identity_guided",
        GUIDED,
        "public_services",
        "Người được hướng dẫn cài đặt, sử dụng VNeID",
        "People guided in installing and using VNeID",
        *PEOPLE,
        IDENTITY,
    ),
    Entry(
        "identity_activated",
        DONE,
        "public_services",
        "Tài khoản định danh điện tử mức 2 đã kích hoạt",
        "Electronic identities of level 2 activated",
        *ACCOUNTS,
        IDENTITY,
    ),
    Entry(
        "public_service_account",
        DONE,
        "public_services",
        "Tài khoản dịch vụ công trực tuyến đã đăng ký",
        "Accounts of online public services opened",
        *ACCOUNTS,
    ),
    Entry(
        "signature_guided",
        GUIDED,
        "public_services",
        "Người được hướng dẫn đăng ký, sử dụng chữ ký số cá nhân",
        "People guided in getting and using a personal digital signature",
        *PEOPLE,
        LITERACY,
    ),
    Entry(
        "signature_issued",
        DONE,
        "public_services",
        "Chữ ký số cá nhân đã cấp",
        "Personal digital signatures issued",
        "chữ ký số",
        "signatures",
        LITERACY,
    ),
    Entry(
        "payment_guided",
        GUIDED,
        "payment",
        "Người được hướng dẫn thanh toán không dùng tiền mặt",
        "People guided in paying without cash",
        *PEOPLE,
    ),
    Entry(
        "payment_opened",
        DONE,
        "payment",
        "Tài khoản thanh toán, ví điện tử đã mở",
        "Payment accounts and electronic wallets opened",
        *ACCOUNTS,
    ),
    Entry(
        "shopping_guided",
        GUIDED,
        "shopping",
        "Người được hướng dẫn mua, bán trên sàn thương mại điện tử",
        "People guided in buying and selling on e-commerce platforms",
        *PEOPLE,
    ),
    Entry(
        "shop_opened",
        DONE,
        "shopping",
        "Gian hàng số đã mở",
        "Online shops opened",
        "gian hàng",
        "shops",
    ),
    Entry(
        "shopping_account",
        DONE,
        "shopping",
        "Tài khoản sàn thương mại điện tử đã mở",
        "Accounts of e-commerce platforms opened",
        *ACCOUNTS,
    ),
    Entry(
        "product_listed",
        DONE,
        "shopping",
        "Sản phẩm OCOP, nông sản đã đưa lên sàn thương mại điện tử",
        "Local products put on e-commerce platforms",
        "sản phẩm",
        "products",
    ),
    Entry(
        "safety_guided",
        GUIDED,
        "safety",
        "Người được hướng dẫn nhận biết lừa đảo, bảo vệ dữ liệu cá nhân trên mạng",
        "People guided in recognising fraud and protecting personal data online",
        *PEOPLE,
    ),
    Entry(
        "health_record_guided",
        GUIDED,
        "local_platforms",
        "Người được hướng dẫn sử dụng Sổ sức khỏe điện tử",
        "People guided in using the electronic health record",
        *PEOPLE,
    ),
    Entry(
        "health_record_created",
        DONE,
        "local_platforms",
        "Sổ sức khỏe điện tử đã tạo lập",
        "Electronic health records created",
        "sổ",
        "records",
    ),
    Entry(
        "chat_household_joined",
        DONE,
        "local_platforms",
        "Hộ tham gia nhóm Zalo của thôn, bản, tổ dân phố",
        "Households joined to the village's Zalo group",
        "hộ",
        "households",
    ),
    Entry(
        "citizen_app_account",
        DONE,
        "local_platforms",
        "Tài khoản ứng dụng công dân số của tỉnh đã kích hoạt",
        "Accounts of the province's app for citizens activated",
        *ACCOUNTS,
    ),
    Entry(
        "field_report_sent",
        DONE,
        "local_platforms",
        "Phản ánh hiện trường đã gửi qua ứng dụng",
        "Reports of faults sent through the app",
        "phản ánh",
        "reports",
    ),
    Entry(
        "farmer_app_account",
        DONE,
        "local_platforms",
        "Tài khoản ứng dụng Nông dân Việt Nam đã kích hoạt",
        "Accounts of the app for farmers activated",
        *ACCOUNTS,
    ),
    Entry(
        "basic_skills_guided",
        GUIDED,
        "local_platforms",
        "Người được phổ biến kỹ năng số cơ bản",
        "People guided in basic digital skills",
        *PEOPLE,
    ),
    Entry(
        "course_completed",
        DONE,
        "local_platforms",
        "Người hoàn thành khóa học trực tuyến mở (MOOC)",
        "People who completed an open online course",
        *PEOPLE,
        LITERACY,
    ),
    Entry(
        "capable_household",
        DONE,
        "local_platforms",
        "Hộ có ít nhất một người sử dụng được các ứng dụng số",
        "Households of which at least one person can use the apps",
        "hộ",
        "households",
    ),
    Entry(
        "digital_family",
        DONE,
        "local_platforms",
        "Hộ được công nhận Gia đình số",
        "Households recognised as a digital family",
        "hộ",
        "households",
        LITERACY,
    ),
    Entry(
        "literacy_certified",
        DONE,
        "local_platforms",
        "Người được xác nhận phổ cập kỹ năng số",
        "People certified in basic digital skills",
        *PEOPLE,
        LITERACY,
    ),
)
