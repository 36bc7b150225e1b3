"""One box finds teams, persons, areas and decisions: without marks, the nearest first."""

from collections.abc import Callable
from datetime import date
from http import HTTPStatus
from typing import Any

import pytest

from tests.factories import make_decision, make_membership, make_person, make_team
from tests.inspection import text_of
from tests.page import Page, Visitor
from tests.world import CANARIES, World

Visit = Callable[..., Visitor]
Make = Callable[..., Any]
Found = dict[str, list[str]]


def groups(page: Page) -> Found:
    """What stands under each heading: the links of its rows."""
    return {
        text_of(next(section.iter("h2"))): [
            text_of(next(row.iter("a"))) for row in section.iter("li")
        ]
        for section in page.tree.iter("section")
    }


@pytest.fixture
def found(visit: Visit) -> Callable[..., Found]:
    """What somebody finds by a text."""

    def finds(text: str, persona: str = "administrator") -> Found:
        page = visit(persona, language="en").send("GET", "/search", query_string={"q": text})
        return groups(page.expect(HTTPStatus.OK))

    return finds


Finds = Callable[..., Found]
TEAM = "Tổ công nghệ số cộng đồng "


def test_every_kind_is_found_under_its_heading(found: Finds) -> None:
    kinds = found("hoa an")
    assert kinds == {
        "Teams (1)": [f"{TEAM}Hòa An"],
        "Persons (2)": ["Bàn Văn Hòa Bình", "Hoàng Văn Sính"],
        "Areas (1)": ["Xã Hòa An"],
    }
    assert found("sinh") == {"Persons (1)": ["Hoàng Văn Sính"]}
    assert found("12/qđ") == {"Decisions (1)": ["12/QĐ-UBND"]}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("mẩy", ["Lý Thị Mẩy"]),
        ("may", ["Lý Thị Mẩy"]),
        ("LÝ  THỊ", ["Lý Thị Mẩy"]),
        ("mẩy lý", ["Lý Thị Mẩy"]),
        ("dang van", ["Đặng Văn Ba"]),
        ("Đặng", ["Đặng Văn Ba"]),
        ("Ðặng", ["Đặng Văn Ba"]),
        ("đặng", ["Đặng Văn Ba"]),
    ],
)
def test_a_person_is_found_however_the_name_is_typed(
    found: Finds, text: str, names: list[str]
) -> None:
    assert found(text, "own")[f"Persons ({len(names)})"] == names


@pytest.mark.parametrize(
    "text",
    ["0912 000 001", "0912.000.001", "912000001", "+84912000001", "000 001", "(0912)000-001"],
)
def test_a_person_is_found_by_a_part_of_the_phone(found: Finds, text: str) -> None:
    assert found(text) == {"Persons (1)": ["Hoàng Văn Sính"]}


def test_a_zero_in_front_is_where_a_phone_begins(found: Finds, make: Make) -> None:
    make(make_person, full_name="Ma Thị Ở Giữa", phone="+84791200034")
    assert found("912000") == {"Persons (3)": ["Ma Thị Ở Giữa", "Lý Thị Mẩy", "Hoàng Văn Sính"]}
    assert found("0912 000") == {"Persons (2)": ["Lý Thị Mẩy", "Hoàng Văn Sính"]}


def test_two_digits_are_no_part_of_a_phone(found: Finds) -> None:
    assert not any(heading.startswith("Persons") for heading in found("01"))


def test_names_with_the_same_marks_come_first_wherever_the_tone_was_put(
    found: Finds, make: Make, world: World
) -> None:
    for name in ("An Thị Hoa", "Bùi Thị Hóa", "Cao Thị Hoà", "Hoa Thị Bé", "Hòa Thị Bé"):
        make(make_membership, world.teams["village"], make(make_person, full_name=name))
    composed = found("hòa", "own")["Persons (7)"]
    assert composed[:3] == ["Hòa Thị Bé", "Cao Thị Hoà", "Nông Thị Hòa"]
    assert found("hoà", "own")["Persons (7)"] == composed
    plain = found("hoa", "own")["Persons (7)"]
    assert plain[:2] == ["Hoa Thị Bé", "An Thị Hoa"]


def test_names_that_begin_so_come_before_those_that_hold_it(
    found: Finds, make: Make, world: World
) -> None:
    for name in ("Mai Văn Lan", "Lan Văn Mai", "Trần Thị Mailan"):
        make(make_membership, world.teams["village"], make(make_person, full_name=name))
    assert found("mai", "own")["Persons (3)"] == ["Mai Văn Lan", "Lan Văn Mai", "Trần Thị Mailan"]


def test_the_nearest_is_found_among_more_than_are_ranked(
    found: Finds, make: Make, world: World
) -> None:
    """Three hundred are looked at in whatever order they come; a nearer one comes after them."""

    def crowd() -> None:
        for number in range(320):
            person = make_person(full_name=f"Ân Thị Maihoa {'I' * (number % 7)}")
            make_membership(world.teams["village"], person)
        make_membership(world.teams["village"], make_person(full_name="Vi Thị Mai"))

    make(crowd)
    (title, names), *_others = found("mai", "own").items()
    assert title in ("Persons (at least 300)", "Persons (at least 301)")
    assert names[0] == "Vi Thị Mai"
    assert len(names) == 8


def test_where_more_begin_so_than_are_ranked_all_that_is_shown_begins_so(
    found: Finds, make: Make, world: World
) -> None:
    def crowd() -> None:
        for number in range(320):
            for name in (f"Ân Thị Maihoa {'I' * (number % 7)}", f"Mai Văn {'I' * (number % 7)}"):
                make_membership(world.teams["village"], make_person(full_name=name))

    make(crowd)
    names = found("mai", "own")["Persons (at least 300)"]
    assert [name[:7] for name in names] == ["Mai Văn"] * 8


def test_an_area_is_found_by_its_kind_and_its_code(found: Finds) -> None:
    assert found("xã hòa an")["Areas (1)"] == ["Xã Hòa An"]
    assert "Xã Hòa An" in found("02301")["Areas (4)"]
    assert found("071")["Areas (1)"] == ["Huyện Thượng Lâm"]


def test_who_left_and_what_was_dissolved_is_found_and_marked(visit: Visit) -> None:
    page = visit("own", language="en").get("/search?q=cu")
    assert "Triệu Văn Cũ" in page.text
    assert "in no team today" in page.text
    assert f"{TEAM}Nà Đình cũ Dissolved" in page.text


def test_whoever_was_merged_into_another_row_is_not_found(
    found: Finds, make: Make, world: World
) -> None:
    make(make_person, full_name="Lường Văn Đôi", merged_into_id=world.persons["past"])
    assert found("luong van doi") == {}


@pytest.mark.parametrize("persona", ["own", "leader", "member"])
@pytest.mark.parametrize(
    "text", ["kim tuoc", "Kim Tước", "0999 123 456", "999", "34/qđ", "02303", "neighbour", "na kim"]
)
def test_nothing_of_the_neighbour_is_found_nor_counted(
    visit: Visit, persona: str, text: str
) -> None:
    page = visit(persona).send("GET", "/search", query_string={"q": text})
    assert groups(page) == {}
    shown = page.body.decode().replace(f'value="{text}"', "").replace(f"“{text}”", "")
    typed = text.casefold()
    assert not [word for word in CANARIES if word in shown and word.casefold() not in typed]


def test_a_member_finds_only_their_own_team(found: Finds) -> None:
    kinds = found("to", "member")
    assert kinds["Teams (1)"] == [f"{TEAM}Đồng Tâm"]


def test_the_lists_show_what_was_found(visit: Visit, make: Make, world: World) -> None:
    make(make_team, world.hamlet.id, name="Tổ thử nghiệm", second_reason="Thử")
    make(make_decision, world.commune.id, number="77/QĐ", issued_on=date(2023, 1, 1))
    visitor = visit("administrator", language="en")
    for text, link, count in (
        ("na dinh", "All of them in the list of teams", 3),
        ("hoa", "Those in a team today in the list of persons", 3),
        ("hoa", "All of them in the list of areas", 2),
        ("77", "All of them in the list of decisions", 1),
    ):
        assert len(visitor.get(f"/search?q={text}").click(link).rows) == count, link


def test_the_box_stands_on_every_page_of_those_who_may_read_teams(visit: Visit) -> None:
    page = visit("member").get("/")
    (form,) = [form for form in page.tree.iter("form") if form.get("role") == "search"]
    assert form.get("action") == "/search"
    assert "/search" in page.links.values()
    assert "/search" not in visit().get("/sign-in").links.values()


@pytest.mark.parametrize("text", ["", " ", "%", "_", "a" * 200, "'", "\\", "%00", "🙂"])
def test_whatever_is_typed_is_answered(visit: Visit, text: str) -> None:
    visit("administrator").get(f"/search?q={text.replace('%', '%25')}")


@pytest.mark.parametrize(
    ("text", "heading", "name"),
    [
        ("tdp 1", "Areas (1)", "Tổ dân phố 1"),
        ("TDP 01", "Areas (1)", "Tổ dân phố 1"),
        ("tdp1 na sầm", "Areas (1)", "Tổ dân phố 1"),
        ("x. hòa an", "Areas (1)", "Xã Hòa An"),
        ("đồng tâm hòa an", "Areas (1)", "Thôn Đồng Tâm"),
        ("dong tam, xa hoa an, huyen thuong lam", "Areas (1)", "Thôn Đồng Tâm"),
        ("hoa an thuong lam", "Areas (1)", "Xã Hòa An"),
        ("hoa an thuong lam", "Teams (1)", f"{TEAM}Hòa An"),
        ("đồng tâm hòa an", "Teams (1)", f"{TEAM}Đồng Tâm"),
        ("Đồng Tâm.", "Teams (1)", f"{TEAM}Đồng Tâm"),
        ("\u201cĐồng Tâm\u201d", "Areas (1)", "Thôn Đồng Tâm"),
        ('"Lý Thị Mẩy".', "Persons (1)", "Lý Thị Mẩy"),
        ("2402", "Teams (1)", f"{TEAM}Đức Xuân"),
        ("0084912000001", "Persons (1)", "Hoàng Văn Sính"),
        ("0084 0912 000 001", "Persons (1)", "Hoàng Văn Sính"),
    ],
)
def test_what_is_typed_as_people_write_it_is_found(
    found: Finds, text: str, heading: str, name: str
) -> None:
    assert found(text).get(heading) == [name]


@pytest.mark.parametrize("sign", ["'", "\u2019", "\u2018", "\u02bc", "\u00b4", "`"])
def test_a_name_with_an_apostrophe_is_found_however_it_is_typed(
    found: Finds, make: Make, sign: str
) -> None:
    for kept in ("H'Hen Niê", "H\u2019Hen Kbuôr"):
        make(make_person, full_name=kept)
    assert len(found(f"H{sign}Hen")["Persons (2)"]) == 2


def test_lists_find_what_the_box_finds(visit: Visit) -> None:
    visitor = visit("administrator")
    for address in ("/teams", "/areas"):
        for text in ("đồng tâm hòa an", "hoa an thuong lam", '"Đồng Tâm"', "2402", "x. hòa an"):
            page = visitor.send("GET", address, query_string={"q": text, "list": "1"})
            assert page.expect(HTTPStatus.OK).rows, (address, text)
