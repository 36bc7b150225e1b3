"""The pages that write villages, as the official of Hòa An uses them."""

from collections.abc import Callable
from http import HTTPStatus

from tests.databases import fingerprint
from tests.page import Page, Visitor
from tests.world import CANARIES, World

COMMUNE = "/areas/02301"
NEW = {"name": "Hợp Nhất", "kind": "thôn", "first_day": "2024-03-01"}


def merge(official: Visitor, world: World, **differs: object) -> Page:
    """Đồng Tâm and Nà Đình become one."""
    page = official.get(COMMUNE).click("Merge villages")
    chosen = [str(world.village.id), str(world.hamlet.id)]
    return page.post(typed={**NEW, "villages": chosen, "decree": "15/NQ-HĐND", **differs})


def test_a_village_is_added_from_the_page_of_its_commune(official: Visitor) -> None:
    page = official.get(COMMUNE).click("Add a village")
    done = page.post(typed={**NEW, "name": "Bản Mới", "kind": "bản", "households": "1.045"})
    assert done.heading == "Bản Bản Mới"
    assert "1.045" in done.text or "1,045" in done.text
    assert "Bản Bản Mới" in official.get(COMMUNE).links


def test_merged_villages_are_found_as_closed_and_the_new_one_tells_of_them(
    official: Visitor, world: World
) -> None:
    done = merge(official, world)
    assert done.heading == "Thôn Hợp Nhất"
    assert "15/NQ-HĐND" in done.text
    assert len(done.rows) == 2, "the teams of both"
    page = official.get(COMMUNE)
    assert ["Thôn Đồng Tâm", world.village.code, "29/02/2024"] in page.rows
    old = page.click("Thôn Đồng Tâm")
    assert old.links["Thôn Hợp Nhất"].endswith("on=2024-03-01")
    assert "Exists no more from this day on" in old.text


def test_the_commune_decides_about_the_team_of_a_closed_village(
    official: Visitor, world: World
) -> None:
    merge(official, world)
    page = official.get(f"/teams/{world.teams['village']}/dissolve")
    issuer = next(c for c in page.tree.iter("input") if c.get("name") == "issuer")
    assert issuer.get("value") == "UBND xã Hòa An"


def test_the_offered_villages_say_how_many_households_they_have(official: Visitor) -> None:
    text = official.get(f"{COMMUNE}/villages/merge").text
    assert "Thôn Đồng Tâm (120 households)" in text
    assert not any(canary in text for canary in CANARIES)


def test_a_village_of_another_commune_cannot_be_merged_into_ones_own(
    official: Visitor, world: World
) -> None:
    page = official.get(f"{COMMUNE}/villages/merge")
    before = fingerprint(official.app)
    chosen = [str(world.village.id), str(world.neighbour_village.id)]
    refused = page.post(typed={**NEW, "villages": chosen}, status=HTTPStatus.OK)
    assert "two or more" in refused.text
    assert fingerprint(official.app) == before


def test_a_wrong_merger_says_what_is_wrong_and_keeps_what_was_typed(
    official: Visitor, world: World
) -> None:
    page = official.get(f"{COMMUNE}/villages/merge")
    typed = {**NEW, "villages": [str(world.village.id)], "name": "Khuôn Trú", "households": "x"}
    refused = page.post(typed=typed, status=HTTPStatus.OK)
    assert "Write a whole number" in refused.field_errors["households"]
    refused = refused.post(typed={"households": ""}, status=HTTPStatus.OK)
    assert "two or more" in refused.text
    assert 'value="Khuôn Trú"' in refused.body.decode()


def test_the_page_says_until_which_day_something_can_change(official: Visitor) -> None:
    assert "30/06/2025" in official.get(f"{COMMUNE}/villages/add").text
    page = official.get(f"{COMMUNE}/villages/add")
    refused = page.post(typed={**NEW, "first_day": "2025-07-02"}, status=HTTPStatus.OK)
    told = "Areas are shown as of 30/06/2025 here: a change takes effect on that day or earlier."
    assert told in refused.field_errors["first_day"]


def test_a_merger_is_taken_back_from_the_page_of_the_new_village(
    official: Visitor, world: World
) -> None:
    before = official.get(COMMUNE).rows
    done = merge(official, world)
    done.click("Undo").post()
    assert official.get(COMMUNE).rows == before


def test_whoever_has_the_commune_may_take_a_change_of_its_villages_back(
    official: Visitor, visit: Callable[..., Visitor], world: World
) -> None:
    url = merge(official, world).links["Undo"]
    visit("neighbour").get(url, HTTPStatus.NOT_FOUND)
    visit("district").get(url, HTTPStatus.NOT_FOUND)
    visit("administrator").get(url).post()
    assert "Thôn Đồng Tâm" in official.get(COMMUNE).links


def test_a_village_is_renamed_and_the_name_put_right(official: Visitor, world: World) -> None:
    page = official.get(f"/areas/{world.village.code}").click("Rename")
    done = page.post(typed={"name": "Đoàn Két", "first_day": "2024-03-01"})
    assert done.heading == "Thôn Đoàn Két"
    right = official.get(f"/areas/{world.village.code}/correct?on=2024-03-01")
    assert right.post(typed={"name": "Đoàn Kết"}).heading == "Thôn Đoàn Kết"
    assert "Thôn Đồng Tâm" in official.get(f"/areas/{world.village.code}").text


def test_a_name_that_somebody_else_changed_meanwhile_is_shown(
    official: Visitor, visit: Callable[..., Visitor], world: World
) -> None:
    url = f"/areas/{world.village.code}/correct"
    mine = official.get(url)
    visit("administrator").get(url).post(typed={"name": "Của tỉnh"})
    stale = mine.post(typed={"name": "Của xã"}, status=HTTPStatus.OK)
    assert "Của tỉnh" in stale.text
    assert stale.post().heading == "Thôn Của xã"


def test_a_closed_village_is_listed_no_more_and_its_team_is_still_ones_own(
    official: Visitor, world: World
) -> None:
    page = official.get(f"/areas/{world.village.code}").click("Close the village")
    done = page.post(typed={"last_day": "2024-03-01", "decree": "16/NQ-HĐND"})
    assert "existed until 01/03/2024" in done.text
    gone = official.get(f"/areas/{world.village.code}")
    assert "It is shown as on its last day." in gone.text
    assert not {"Register a team", "Close the village"} & gone.links.keys()
    team = official.get(f"/teams/{world.teams['village']}")
    assert team.click("Thôn Đồng Tâm").heading == "Thôn Đồng Tâm", "the team leads to its village"
    assert "Thôn Đồng Tâm" not in [row[0] for row in official.get("/areas/list?level=village").rows]
    official.get(f"/teams/{world.teams['village']}/dissolve")


def test_households_are_put_on_record_and_shown_with_their_day(
    official: Visitor, world: World
) -> None:
    page = official.get(f"/areas/{world.village.code}").click("Set the households")
    assert "120 households" in page.text
    empty = page.post(typed={"first_day": "2024-03-01"}, status=HTTPStatus.OK)
    assert "households" in empty.field_errors
    done = page.post(typed={"households": "131", "first_day": "2024-03-01"})
    assert "Number of households: 131" in done.text
    earlier = official.get(f"/areas/{world.village.code}?on=2024-02-29")
    assert "Numberofhouseholds120" in "".join(earlier.tree.itertext()).replace(" ", "")


def test_pressing_twice_closes_once(official: Visitor, world: World) -> None:
    page = official.get(f"/areas/{world.village.code}/close")
    first = page.post(typed={"last_day": "2024-03-01"})
    after = fingerprint(official.app)
    assert page.post(typed={"last_day": "2024-03-01"}).url == first.url
    assert fingerprint(official.app) == after


def test_pressing_twice_merges_once(official: Visitor, world: World) -> None:
    page = official.get(f"{COMMUNE}/villages/merge")
    chosen = [str(world.village.id), str(world.hamlet.id)]
    first = page.post(typed={**NEW, "villages": chosen})
    after = fingerprint(official.app)
    assert page.post(typed={**NEW, "villages": chosen}).url == first.url
    assert fingerprint(official.app) == after


def test_a_reader_of_the_commune_sees_no_way_to_change_it(visit: Callable[..., Visitor]) -> None:
    page = visit("district", language="en").get(COMMUNE)
    assert not {"Merge villages", "Add a village"} & page.links.keys()
