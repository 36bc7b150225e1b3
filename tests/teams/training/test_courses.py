"""Courses are kept by an authority; members who complete one are trained."""

from collections.abc import Callable
from http import HTTPStatus

import pytest

from tcns.spreadsheets.reading import read_sheets
from tcns.spreadsheets.sending import XLSX
from tests.page import Visitor
from tests.world import World

Visit = Callable[..., Visitor]
pytestmark = pytest.mark.one_engine
NEW = {
    "name": "Bồi dưỡng kỹ năng số",
    "organiser": "Sở Khoa học và Công nghệ",
    "platform": "MOOC",
    "started_on": "2024-05-01",
    "ended_on": "2024-05-03",
}


def enrol(visitor: Visitor, world: World, *who: str) -> None:
    page = visitor.get(f"/courses/{world.course}/enrol/{world.teams['village']}")
    page.post(typed={"persons": [str(world.persons[key]) for key in who]})


def counts(visitor: Visitor, world: World) -> str:
    """How many enrolled and completed, as the page says it."""
    text = "".join(visitor.get(f"/courses/{world.course}").text.split())
    return text[text.index("Enrolled", text.index("Lastday")) :][:21]


def test_who_is_enrolled_is_trained_only_once_they_complete_it(visit: Visit, world: World) -> None:
    own = visit("own", language="en")
    enrol(own, world, "deputy", "leader")
    assert counts(own, world).startswith("Enrolled2Completed0")
    trained = "/persons?training=with"
    assert "Nông Thị Hòa" not in own.get(trained).text
    page = own.get(f"/courses/{world.course}")
    chosen = page.tree.xpath(
        "//input[@name='chosen'][../label[contains(., 'Nông Thị Hòa')]]/@value"
    )
    page.post(f"/courses/{world.course}/complete", {"chosen": chosen, "finished_on": "2024-03-05"})
    assert counts(own, world).startswith("Enrolled2Completed1")
    assert "Nông Thị Hòa" in own.get(trained).text
    assert "Hoàng Văn Sính" not in own.get(trained).text


def test_nobody_is_enrolled_twice(visit: Visit, world: World) -> None:
    own = visit("own", language="en")
    enrol(own, world, "deputy")
    page = own.get(f"/courses/{world.course}/enrol/{world.teams['village']}")
    assert "Enrolled already: Nông Thị Hòa" in page.text


def test_completing_needs_somebody_and_a_day_of_the_course(visit: Visit, world: World) -> None:
    own = visit("own", language="en")
    enrol(own, world, "deputy")
    page = own.get(f"/courses/{world.course}")
    (chosen,) = page.tree.xpath("//input[@name='chosen']/@value")
    early = page.post(
        f"/courses/{world.course}/complete", {"chosen": [chosen], "finished_on": "2024-02-01"}
    )
    assert "before the course began" in early.text
    assert counts(own, world).startswith("Enrolled1Completed0")


def test_a_commune_sends_members_to_a_course_of_the_province(visit: Visit, world: World) -> None:
    administrator = visit("administrator", language="en")
    page = administrator.get("/courses/record")
    page.post(typed={**NEW, "area_id": str(world.province.id)})
    own = visit("own", language="en")
    course = own.get("/courses").click("Bồi dưỡng kỹ năng số")
    assert "Enrol members" in course.text
    assert "Correct" not in course.text
    own.get(f"{course.url}/correct", status=HTTPStatus.FORBIDDEN)


def test_a_corrected_course_is_called_so_on_the_pages_of_its_members(
    visit: Visit, world: World
) -> None:
    own = visit("own", language="en")
    enrol(own, world, "deputy")
    own.get(f"/courses/{world.course}/correct").post(typed={"name": "Chữ ký số"})
    assert "Chữ ký số" in own.get(f"/persons/{world.persons['deputy']}").text
    page = own.get(f"/courses/{world.course}/withdraw")
    assert "stays on file" in page.post(status=HTTPStatus.OK).text


@pytest.mark.parametrize(
    ("differs", "field"), [({"ended_on": "2024-04-01"}, "ended_on"), ({"name": ""}, "name")]
)
def test_a_course_that_cannot_be_is_refused(
    visit: Visit, world: World, differs: dict[str, str], field: str
) -> None:
    page = visit("own", language="en").get("/courses/record")
    typed = {**NEW, "area_id": str(world.commune.id), **differs}
    assert field in page.post(typed=typed, status=HTTPStatus.OK).field_errors


def test_the_files_say_how_many_and_who(visit: Visit, world: World) -> None:
    own = visit("own", language="en")
    enrol(own, world, "deputy")
    rows = read_sheets(own.download("/courses/export", XLSX), "a.xlsx")[0].rows
    (found,) = [row.cells for row in rows if "Kỹ năng số cơ bản" in row.cells]
    assert found[6:8] == ["1", "0"]
    content = own.download(f"/courses/{world.course}/export", XLSX)
    rows = read_sheets(content, "a.xlsx")[0].rows
    assert any("Nông Thị Hòa" in row.cells for row in rows)
