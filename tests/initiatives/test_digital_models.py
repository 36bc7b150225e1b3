"""Digital models are registered in their area, corrected, ended, and listed as on a day."""

from collections.abc import Callable
from http import HTTPStatus

import pytest

from tcns.spreadsheets.reading import read_sheets
from tcns.spreadsheets.sending import XLSX
from tests.page import Visitor
from tests.world import World

Visit = Callable[..., Visitor]
pytestmark = pytest.mark.one_engine


def typed(world: World, **differs: object) -> dict[str, object]:
    return {
        "kind": "village",
        "name": "Thôn thông minh Đồng Tâm",
        "area_id": world.village.id,
        "stage": "pilot",
        "started_on": "2024-05-01",
        **differs,
    }


def test_a_model_is_listed_from_its_first_day_to_its_last(visit: Visit, world: World) -> None:
    own = visit("own", language="en")
    own.get("/initiatives/register").post(typed=typed(world))
    assert "2 digital models on 01/05/2024" in own.get("/initiatives?on=2024-05-01").text
    assert "1 digital model on 30/04/2024" in own.get("/initiatives?on=2024-04-30").text
    own.get(f"/initiatives/{world.initiative}/end").post(typed={"last_day": "2024-06-30"})
    lasting = "/initiatives?lasting=lasting&on="
    assert "Chợ 4.0 Hòa An" in own.get(f"{lasting}2024-06-30").text
    assert "Chợ 4.0 Hòa An" not in own.get(f"{lasting}2024-07-01").text
    assert "Chợ 4.0 Hòa An" in own.get("/initiatives?lasting=ended&on=2024-07-01").text


@pytest.mark.parametrize(
    ("differs", "field"),
    [
        ({"started_on": "2020-01-01"}, "started_on"),
        ({"started_on": "2099-01-01"}, "started_on"),
        ({"kind": "market", "name": "CHO 4.0 Hoa An"}, "name"),
        ({"name": ""}, "name"),
        ({"kind": ""}, "kind"),
        ({"area_id": "999"}, "area_id"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    visit: Visit, world: World, differs: dict[str, object], field: str
) -> None:
    page = visit("own", language="en").get("/initiatives/register")
    refused = page.post(typed=typed(world, **differs), status=HTTPStatus.OK)
    assert field in refused.field_errors


def test_a_model_does_not_end_before_it_starts(visit: Visit, world: World) -> None:
    page = visit("own", language="en").get(f"/initiatives/{world.initiative}/end")
    refused = page.post(typed={"last_day": "2024-02-01"}, status=HTTPStatus.OK)
    assert "started only on 01/03/2024" in refused.field_errors["last_day"]


def test_a_model_is_corrected_and_removed(visit: Visit, world: World) -> None:
    own = visit("own", language="en")
    page = own.get(f"/initiatives/{world.initiative}/correct")
    done = page.post(typed={"name": "Chợ Hòa An", "stage": "paused"})
    assert "Chợ Hòa An" in done.text
    assert "Paused" in done.text
    own.get(f"/initiatives/{world.initiative}/withdraw").post()
    assert "No digital model" in own.get("/initiatives").text


def test_models_of_another_commune_are_not_there(visit: Visit) -> None:
    assert "No digital model" in visit("neighbour", language="en").get("/initiatives").text


def test_the_province_registers_in_the_commune_it_chooses(visit: Visit, world: World) -> None:
    administrator = visit("administrator", language="en")
    page = administrator.get("/initiatives/register").click("Xã Hòa An")
    page.post(typed=typed(world))
    assert "2 digital models" in administrator.get("/initiatives").text


def test_the_file_says_what_the_list_says(visit: Visit) -> None:
    content = visit("own", language="en").download("/initiatives/export", XLSX)
    cells = [list(map(str, row.cells)) for row in read_sheets(content, "a.xlsx")[0].rows]
    (found,) = [row[1:5] for row in cells if "Chợ 4.0 Hòa An" in row]
    assert found == ["Chợ 4.0 Hòa An", "Market 4.0", "Operating", "01/03/2024"]
