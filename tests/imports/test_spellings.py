"""Lists in random spellings are read to what was meant, or the row is not taken in; and a long
register gives its seeded errors back, no fewer and no more.

`make test` writes 100 lists and a register of 1,000 rows, `make torture` 2,000 and 10,257.
"""

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tcns.accounts.models import User
from tcns.database import db
from tcns.errors import RuleViolation
from tcns.imports.applying import Checked, check
from tcns.imports.kinds.catalogue import kind_of
from tcns.imports.sheets import file_to_check
from tcns.imports.vocabulary import Outcome
from tests.conventions.routes import bare_app
from tests.imports.conftest import as_sheet
from tests.torture import IS_TORTURE
from tests.world import World

BARE = bare_app()
LISTS = 2_000 if IS_TORTURE else 100
ROWS, ERRORS = (10_257, 500) if IS_TORTURE else (1_000, 50)
ROWS_A_LIST = 8
HEADINGS = ("Họ và tên", "SĐT", "Năm sinh", "Chức vụ", "Thành phần", "Thôn", "Từ ngày")
ROLES = {
    "leader": ["Tổ trưởng", "TT", "T.trưởng", "tổ  trưởng", "TỔ TRƯỞNG.", "Trưởng tổ"],
    "deputy": ["Tổ phó", "TP", "T.phó", "Phó tổ trưởng", "tổ phó; thủ quỹ"],
    "member": ["Thành viên", "TV", "t.viên", "thành viên tổ", "Th.viên"],
}
BODIES = {
    "youth_union": ["Đoàn Thanh niên", "Bí thư Đoàn TN", "BT xã đoàn", "Đoàn viên, hộ nghèo"],
    "company": ["VNPT", "Viettel Chợ Rã", "Doanh nghiệp viễn thông"],
    "farmers_union": ["Hội Nông dân", "Chi hội trưởng ND", "HND"],
    None: ["", "-", "Thợ mộc", "không có"],
}
FAMILIES = ["Vi", "Lương", "Hứa", "Đàm", "Triệu", "Ma", "Quan", "Chẩu"]
MIDDLES = ["Thị", "Văn", "Đức", "Quỳnh", "Minh", "Phúc", "Xuân"]
GIVENS = ["Bưởi", "Khánh", "Đào", "Thuyết", "Nghĩa", "Lượng", "Trường", "Vinh", "Sáu"]
VILLAGES = ["Đồng Tâm", "Nà Đình"]


class Person(NamedTuple):
    """Somebody as the author of a list knows them."""

    name: str
    phone: str
    year: int
    role: str
    body: str | None
    village: str
    since: date


persons = st.builds(
    Person,
    name=st.tuples(*map(st.sampled_from, (FAMILIES, MIDDLES, GIVENS))).map(" ".join),
    phone=st.from_regex(r"0[35789][0-9]{8}", fullmatch=True),
    year=st.integers(1950, 2005),
    role=st.sampled_from(["deputy", "member", "member"]),
    body=st.sampled_from(list(BODIES)),
    village=st.sampled_from(VILLAGES),
    since=st.dates(date(2023, 8, 1), date(2025, 6, 1)),
)
Spelling = Callable[[str], str]
NAME_SPELLINGS: list[Spelling] = [
    str,
    str.upper,
    lambda name: f"Ông {name}",
    lambda name: f"Đ/c {name}",
    lambda name: f"{name} (BT)",
    lambda name: f"{name}.",
    lambda name: f" {name.replace(' ', '  ')} ",
    lambda name: name.replace("Đ", "Ð"),
    lambda name: f"12. {name}",
    lambda name: f"{name} 2",
    lambda name: name.encode().decode("cp1252", "replace"),
]
PHONE_SPELLINGS: list[Spelling] = [
    str,
    lambda phone: phone[1:],
    lambda phone: f"{phone[1:]}.0",
    lambda phone: f"+84 {phone[1:]}",
    lambda phone: f"0084{phone[1:]}",
    lambda phone: f"{phone[:4]}.{phone[4:7]}.{phone[7:]}",
    lambda phone: f"{phone} / 0386111222",
    lambda phone: f"{phone}-0386111222",
    lambda phone: f"{phone} (vợ)",
    lambda phone: f"\u202d{phone}\u202c",
    lambda phone: f"{phone[:-2]}xx",
    lambda phone: phone.replace("0", "O", 1),
    lambda phone: f"{phone}1",
    lambda phone: f"{phone[1]},{phone[2:4]}E+08",
]
YEAR_SPELLINGS: list[Spelling] = [
    str,
    lambda year: f"{year}.0",
    lambda year: f"02/09/{year}",
    lambda year: f"{year}-09-02 00:00:00",
    lambda year: year[2:],
]


def day_spellings(day: date) -> list[str]:
    """A day in the ways of people and programs."""
    return [
        f"{day:%d/%m/%Y}",
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d.%m.%Y}",
        f"{day:%d–%m–%Y}",
        f"{day:%Y-%m-%d}",
        f"{day:%Y-%m-%dT00:00:00}",
        f"{day:%d/%m/%Y} 07:30",
        f"ngày {day.day} tháng {day.month} năm {day.year}",
        str((day - date(1899, 12, 30)).days),
        f"{day:%d/%m/%Y}.",
        f"{day:%m/%Y}",
        f"{day:%d/%m/%y}",
        f"{day - timedelta(days=1):%Y-%m-%d}T17:00:00Z",
    ]


@st.composite
def written(draw: st.DrawFn) -> tuple[Person, tuple[str, ...]]:
    """Somebody, and the row that a list has of them."""
    one = draw(persons)
    cells = (
        draw(st.sampled_from(NAME_SPELLINGS))(one.name),
        draw(st.sampled_from(PHONE_SPELLINGS))(one.phone),
        draw(st.sampled_from(YEAR_SPELLINGS))(str(one.year)),
        draw(st.sampled_from(ROLES[one.role])),
        draw(st.sampled_from(BODIES[one.body])),
        draw(st.sampled_from([one.village, f"Thôn {one.village}", one.village.upper()])),
        draw(st.sampled_from(day_spellings(one.since))),
    )
    return one, cells


@pytest.fixture
def official(app: Flask, world: World) -> Callable[[], User]:
    """Hòa An's official."""
    return lambda: db.session.get_one(User, world.users["own"])


def checked_as(
    kind: str, rows: Sequence[Sequence[Any]], official: Callable[[], User], **answers: str
) -> Checked:
    return check(file_to_check(kind_of(kind), [as_sheet(rows)], {}, answers), by=official())


@pytest.mark.one_engine
def test_what_is_stored_of_a_row_is_what_its_author_meant(
    app: Flask, official: Callable[[], User]
) -> None:
    @settings(
        max_examples=LISTS,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(written(), min_size=ROWS_A_LIST, max_size=ROWS_A_LIST))
    def reads(rows: list[tuple[Person, tuple[str, ...]]]) -> None:
        with app.test_request_context():
            checked = checked_as("members", [HEADINGS, *(cells for _one, cells in rows)], official)
            for finding, (one, cells) in zip(checked.findings, rows, strict=True):
                if finding.outcome is Outcome.NEW:
                    assert understood(finding) == meant(one), cells

    reads()


def understood(finding: Any) -> tuple[Any, ...]:
    """What would be stored of a row; case is not looked at."""
    says = finding.understood
    return (
        *(says["full_name"].casefold(), says["phone"], says["birth_year"], says["role"]),
        *(says["body"], says["area"].casefold().split()[-2:], says["valid_from"]),
    )


def meant(one: Person) -> tuple[Any, ...]:
    """What the author of a list meant."""
    phone = f"+84{one.phone[1:]}"
    village = one.village.casefold().split()
    name = one.name.casefold()
    return (name, phone, one.year, one.role, one.body, village, one.since.isoformat())


COUNT_SPELLINGS: list[Callable[[int], str]] = [
    str,
    lambda count: f"{count:,}",
    lambda count: f"{count:,}".replace(",", "."),
    lambda count: f"{count:,}".replace(",", " "),
    lambda count: f"{count}.0",
    lambda count: f"{count} hộ",
    lambda count: f"~{count}",
    lambda count: f"{count}/{count + 3}",
    lambda count: f"{count},5",
    lambda count: f"{count}.5",
]


@settings(max_examples=LISTS, deadline=None)
@given(st.integers(0, 99_999), st.sampled_from(COUNT_SPELLINGS))
def test_a_count_is_read_as_what_was_counted_or_refused(
    count: int, spelling: Callable[[int], str]
) -> None:
    text = spelling(count)
    with BARE.test_request_context():
        marks: list[Any] = []
        try:
            value = (
                kind_of("households").field("count").read(text, lambda *note: marks.append(note))
            )
        except RuleViolation as refused:
            assert str(refused.message), text
        else:
            assert value == count, text
            assert marks or text == str(count)


# Syllables no two of which are a letter off; a name of five is a number written in them.
FIRSTS = ["Bưởi", "Khánh", "Đào", "Thuyết", "Nghĩa", "Lượng", "Trường", "Vinh"]
SECONDS = ["Quỳnh", "Sáu", "Mỵ", "Phước", "Hoạch", "Giảng", "Ngoan", "Tích"]
THIRDS = ["Yến", "Đoàn", "Chúc", "Luận", "Xuyên", "Kiệm", "Sử", "Bằng"]
FOURTHS = ["Oanh", "Thắm", "Diệp", "Rạng", "Cầu", "Huynh", "Vượng", "Nếp"]
CHECKS = ["Tơ", "Lưu", "Ích", "Rinh", "Bạt", "Quế", "Đạm", "Khuê"]
WRONG: dict[str, tuple[int, str]] = {
    "birth year": (2, "1850"),
    "village": (5, "Thôn Không Có Đâu"),
    "future day": (6, "01/01/2099"),
    "impossible day": (6, "31/04/2024"),
    "name of figures": (0, "Vi Thị 3"),
    "no name": (0, ""),
    "role": (3, "sếp"),
    "second leader": (3, "Tổ trưởng"),
    "phone": (1, "0123"),
    "commune": (7, "Xã Không Có"),
}


def name_of(number: int) -> str:
    """A name that no other number's is like."""
    digits = [number // 8**place % 8 for place in range(4)]
    pools = (FIRSTS, SECONDS, THIRDS, FOURTHS)
    words = [pool[digit] for pool, digit in zip(pools, digits, strict=True)]
    return " ".join(["Vi", *words, CHECKS[sum(digits) % 8]])


@pytest.mark.one_engine
def test_a_register_gives_its_seeded_errors_back_no_fewer_and_no_more(
    app: Flask, official: Callable[[], User]
) -> None:
    chance = random.Random(20)
    rows = [
        [
            *(name_of(n // 2), f"09{n:08d}", str(1960 + n % 40), "TV", "", VILLAGES[n % 2]),
            *("01/03/2024", "Hòa An"),
        ]
        for n in range(ROWS)
    ]
    wrong = set(chance.sample(range(2, ROWS), ERRORS))
    for number in wrong:
        which = chance.choice([*WRONG, "twice"])
        if which == "twice":
            good = next(n for n in range(number - 2, -1, -2) if n not in wrong)
            rows[number] = list(rows[good])
        else:
            place, text = WRONG[which]
            rows[number][place] = text
    with app.test_request_context():
        answers = {"word.role.sep": "refuse"}
        checked = checked_as("members", [(*HEADINGS, "Xã"), *rows], official, **answers)
    assert [question.key for question in checked.questions] == list(answers)
    stored = {f.number - 2 for f in checked.findings if f.outcome is Outcome.NEW}
    assert stored & wrong == set()
    assert set(range(ROWS)) - stored - wrong == set(), "no false alarm"
