"""Names for villages that do not exist, put together from the words such names are made of."""

from itertools import product
from random import Random

from tcns.areas.vocabulary import AreaKind

# Tày and Dao: field, village, stream, mouth of a stream, foot of a tree, hill, pond, gorge …
LANDSCAPE = "Nà Bản Khuổi Pác Cốc Khau Phiêng Nặm Lũng Tát Kéo Bó Thẳm Pù Vằng Đon".split()
FEATURES = """
    Lừa Ngòi Ba Tông Luông Mạ Sảng Khoang Phầy Tàng Chang Mò Vài Đeng Khít Pục Hán Lạ Piào Tạo
    Hin Mu Nưa Cải Rì Pài Chúc Tấu Ngoạng Loỏng Đứa Cuổng Phát Bây Xá Lòa Nghè Thưn Cào Dầu
""".split()
HOPES = "Tân An Yên Phú Minh Hòa Thanh Trung Vĩnh Phúc Hợp Đông Thái Cao Lương".split()
WISHES = "Lập Tiến Thành Long Sơn Quang Tâm Hải Ninh Thịnh Cường Trung Khánh Lộc Phong".split()
LANDMARKS = "Đồng Làng Đầm Cây Gò Soi Ao Đèo Bến Cầu".split()
THINGS = "Mon Hào Gạo Đa Nhội Vải Sau Trò Chùa Dài Bừa Thắm Ngòi Lim Ràm Phai Cháy Mới".split()

HIGHLAND = [f"{first} {second}" for first, second in product(LANDSCAPE, FEATURES)]
LOWLAND = [
    f"{first} {second}"
    for words in ((HOPES, WISHES), (LANDMARKS, THINGS))
    for first, second in product(*words)
    if first != second
]
TOWN_KINDS = (AreaKind.PHUONG, AreaKind.THI_TRAN)

NUMBERED_SHARE, NUMBERED_TOWN_SHARE = 0.25, 0.7
BAN_SHARE = 0.12

Name = tuple[AreaKind, str]


def draw_names(commune_kind: str, count: int, *, is_highland: bool, rng: Random) -> list[Name]:
    """Kinds and names of a commune's villages, each name once.

    Towns have tổ dân phố, mostly numbered; a part of the lowland communes numbers its thôn; in
    the highland some villages are bản. A quarter of the names is of the other country's sort.
    """
    is_town = commune_kind in TOWN_KINDS
    if rng.random() < (NUMBERED_TOWN_SHARE if is_town else 0 if is_highland else NUMBERED_SHARE):
        return [
            (AreaKind.TO_DAN_PHO if is_town else AreaKind.THON, str(n + 1)) for n in range(count)
        ]
    if is_town:
        return [(AreaKind.TO_DAN_PHO, name) for name in rng.sample(LOWLAND, count)]
    own, other = (HIGHLAND, LOWLAND) if is_highland else (LOWLAND, HIGHLAND)
    names = rng.sample(own, count - count // 4) + rng.sample(other, count // 4)
    rng.shuffle(names)
    return [_village(name, is_ban=is_highland and rng.random() < BAN_SHARE) for name in names]


def _village(name: str, *, is_ban: bool) -> Name:
    """A named village: bản Ba or thôn Bản Ba, never bản Bản Ba."""
    return (AreaKind.BAN, name.removeprefix("Bản ")) if is_ban else (AreaKind.THON, name)
