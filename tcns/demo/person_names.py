"""Names of persons who do not exist: family, middle and given names as they are spread there."""

from random import Random
from typing import NamedTuple


class Tradition(NamedTuple):
    """Names of one people: families with their weights; middle and given names of men, women."""

    families: dict[str, int]
    middles: tuple[list[str], list[str]]
    givens: tuple[list[str], list[str]]


MEN = """
    Hùng Dũng Tuấn Cường Thắng Hải Sơn Long Nam Quân Tùng Hiếu Đức Minh Trung Kiên Thành Huy Toàn
    Chiến Quyết Tiến Lợi Hưng Duy Khánh Phong Bình Định Hòa Thái Vinh Quý Tài Đạt Hoàn Luân Ngọc
    Phúc Sáng Thịnh Tưởng Việt Vượng Giang Hiệp Khoa Lâm Mạnh Nghĩa Ninh Phương Quang Sinh Tâm
""".split()
WOMEN = """
    Hương Lan Hoa Mai Thảo Hằng Nga Trang Linh Hà Thu Thủy Nhung Loan Yến Huyền Phương Oanh Ngân
    Vân Dung Hạnh Liên Tuyết Xuân Bích Hiền Hồng Thơm Quỳnh Duyên Hòa Lệ Minh Nguyệt Ngọc Nhàn
    Phượng Quyên Tâm Thanh Thoa Thúy Tình Tươi Uyên Út Vui Chinh Điệp Đào Hảo Hiên Hợp Khuyên
""".split()
MEN_MIDDLES = "Văn Văn Văn Văn Văn Đức Hữu Xuân Quang Minh Ngọc Đình Thanh Công Quốc Trọng".split()
WOMEN_MIDDLES = [
    *"Thị Thị Thị Thị Thị Thị Thị Thu Ngọc Thanh Hồng Bích Kim".split(),
    *("Thị Thu", "Thị Hồng", "Thị Kim", "Thị Minh"),
]

KINH = Tradition(
    {
        "Nguyễn": 34, "Trần": 12, "Lê": 10, "Phạm": 8, "Hoàng": 5, "Phan": 3, "Vũ": 5, "Đặng": 3,
        "Bùi": 3, "Đỗ": 4, "Hồ": 1, "Ngô": 2, "Dương": 2, "Đào": 2, "Đinh": 2, "Lương": 1,
        "Trịnh": 1, "Tạ": 1, "Mai": 1,
    },
    (MEN_MIDDLES, WOMEN_MIDDLES),
    (MEN, WOMEN),
)  # fmt: skip
TAY = KINH._replace(
    families={
        "Hoàng": 16, "Ma": 16, "Nông": 10, "Hà": 12, "Quan": 10, "Chẩu": 6, "Lương": 6, "Hứa": 4,
        "Triệu": 4, "La": 3, "Lý": 3, "Bế": 1, "Lộc": 2, "Nguyễn": 8, "Lục": 2, "Phúc": 1,
    },
)  # fmt: skip
CAO_LAN = KINH._replace(
    families={"Trần": 10, "Hoàng": 7, "Nịnh": 5, "Lâm": 5, "Lý": 5, "Sầm": 3, "Âu": 2, "Tiêu": 2},
)
DAO = Tradition(
    {"Bàn": 12, "Triệu": 10, "Đặng": 9, "Phùng": 5, "Lý": 6, "Chu": 2, "Tướng": 1, "Chẩn": 2},
    ("Văn Tiến Kim Hữu Chòi Tòn Phúc Thanh Đức".split(), "Thị Thị Thị Mùi Mủi Thị Thị".split()),
    (
        MEN[:30] + "Chẳn Phấu Chiêu Lụa Kinh Hín Quyên Sài Pu".split(),
        WOMEN[:30] + "Mẩy Mủi Chản Pham Nái Phin Lai".split(),
    ),
)
MONG = Tradition(
    {"Giàng": 8, "Vàng": 8, "Sùng": 8, "Thào": 6, "Lý": 6, "Hầu": 4, "Ly": 3, "Cháng": 2, "Mã": 2},
    ("A A A Mí Mí Seo Chứ Văn".split(), "Thị Thị Thị Thị Mí".split()),
    (
        "Páo Dình Pó Sính Chơ Lử Tủa Vư Nhè Sử Dia Giống Lềnh Chu Súa Phứ Tếnh".split(),
        "Mỷ Dính Mai Súa Và Sua Máy Xía Dợ Pà Chở Ly Say Cáy Chúa".split(),
    ),
)

# Shares of a hundred by district, roughly.
TRADITIONS = (KINH, TAY, CAO_LAN, DAO, MONG)
SHARES = {
    "070": (78, 10, 6, 4, 2),
    "071": (10, 62, 2, 17, 9),
    "072": (11, 57, 2, 24, 6),
    "073": (18, 64, 3, 13, 2),
    "074": (43, 25, 5, 22, 5),
    "075": (50, 14, 18, 12, 6),
    "076": (53, 12, 24, 9, 2),
}


def invent_name(district: str, *, is_woman: bool, rng: Random) -> str:
    """A full name as somebody of that district may bear it."""
    tradition = rng.choices(TRADITIONS, SHARES[district])[0]
    family = rng.choices(list(tradition.families), list(tradition.families.values()))[0]
    middle, given = rng.choice(tradition.middles[is_woman]), rng.choice(tradition.givens[is_woman])
    return f"{family} {given}" if middle == given else f"{family} {middle} {given}"
