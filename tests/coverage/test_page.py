"""The page of coverage: what it says around the figures."""

import csv
from collections.abc import Callable
from datetime import date
from http import HTTPStatus
from typing import Any

import pytest

from tcns.areas.vocabulary import Level
from tcns.coverage.catalogue import USUAL
from tcns.coverage.questions import Wish, ask
from tcns.permissions.scope import EVERYTHING, Scope
from tests.factories import make_area
from tests.page import Page, Visitor
from tests.places import MAP_DAY, REFORM
from tests.world import World, set_map_day

Visit = Callable[..., Visitor]
ENDED = "Districts existed until 30/06/2025"


def value_of(page: Page, name: str) -> str | None:
    """What a control of the page holds."""
    return next(c.get("value") for c in page.tree.iter("input") if c.get("name") == name)


@pytest.mark.parametrize(
    ("query", "is_said"),
    [
        ("by=district", True),
        ("by=district&map_on=2025-06-30", True),
        ("by=district&map_on=2024-06-30", False),
        ("by=commune", False),
        ("by=commune&map_on=2025-06-30", False),
        ("by=district&on=2024-06-30", False),
    ],
)
def test_districts_that_have_ended_are_said_to_be_those_of_their_last_day(
    visit: Visit, make: Callable[..., Any], world: World, query: str, *, is_said: bool
) -> None:
    make(set_map_day, REFORM)
    page = visit("reviewer", language="en").get(f"/coverage?{query}")
    assert world.commune.code
    assert (ENDED in page.text) is is_said


def test_a_day_typed_the_vietnamese_way_stays_in_its_control(visit: Visit) -> None:
    page = visit("reviewer", language="en").get("/coverage?on=30/06/2024")
    assert "30/06/2024" in page.text
    assert value_of(page, "on") == "30/06/2024"
    assert value_of(visit("reviewer").get("/coverage?on=30.6"), "on") == "30.6"


@pytest.mark.parametrize("on", ["2024-06-30", "1990-01-01&map_on=2024-06-30"])
def test_each_number_of_the_table_leads_to_what_it_counts_zero_as_well(
    visit: Visit, on: str
) -> None:
    page = visit("reviewer").get(f"/coverage?by=district&on={on}")
    rows = [row for row in page.tree.iter("tr") if row.find("td") is not None]
    assert rows
    for row in rows:
        *counts, _members_per_team = [cell for cell in row.iter("td")]
        assert len(counts) == sum(not measure.ratio for measure in USUAL)
        assert all(cell.find("a") is not None for cell in counts)


def test_villages_of_one_name_are_told_apart_by_where_they_stand(visit: Visit) -> None:
    reviewer = visit("reviewer")
    villages = reviewer.get("/coverage?by=village&on=2024-06-30")
    assert "Thôn Đồng TâmXã Hòa An, Huyện Thượng Lâm" in villages.text
    of_a_commune = reviewer.get("/coverage?by=village&under=02301&on=2024-06-30")
    assert "Thôn Đồng TâmXã Hòa An" not in of_a_commune.text, "all of them stand there"
    (titles, row, *_others) = file_of(reviewer, "by=village&on=2024-06-30")
    assert titles[3:5] == ["Xã, phường", "Huyện"]
    assert all(row[3:5])


def file_of(visitor: Visitor, query: str) -> list[list[str]]:
    """The lines of the file of a question, its titles first."""
    text = visitor.download(f"/coverage/export?{query}&as=csv", "text/csv; charset=utf-8")
    return list(csv.reader(text.decode("utf-8-sig").splitlines()))


def test_the_file_has_what_the_page_shows_and_the_total_below_without_a_number(
    visit: Visit,
) -> None:
    titles, *rows, total = file_of(visit("reviewer"), "by=district&on=2024-06-30")
    assert [row[0] for row in rows] == ["1", "2"]
    assert total[:3] == ["", "08", "Tổng cộng"]
    by_title = dict(zip(titles, total, strict=True))
    members, teams = (int(by_title[title]) for title in ("Số lượt tham gia tổ", "Tổ"))
    assert float(by_title["Thành viên/tổ"]) == members / teams
    communes, with_team = (int(by_title[title]) for title in ("Xã, phường", "Xã, phường có tổ"))
    assert float(by_title["Xã, phường có tổ (%)"]) == 100 * with_team / communes


def test_a_question_with_an_error_gives_no_file_but_the_page_that_says_so(visit: Visit) -> None:
    reviewer = visit("reviewer")
    answer = reviewer.send("GET", "/coverage/export?by=nonsense")
    assert answer.location == "/coverage?by=nonsense"
    assert "/coverage/export" not in reviewer.get(answer.location).body.decode()


def test_after_drilling_down_another_day_brings_its_own_period_and_map(visit: Visit) -> None:
    reviewer = visit("reviewer")
    page = reviewer.get("/coverage").click("Huyện Thượng Lâm")
    assert not any(value_of(page, name) for name in ("on", "from", "to", "map_on"))
    older = reviewer.get("/coverage?on=2024-06-20&from=2024-01-01").click("Huyện Thượng Lâm")
    assert [value_of(older, name) for name in ("on", "from")] == ["20/06/2024", "01/01/2024"]


def test_a_village_is_opened_on_the_days_of_its_row(visit: Visit) -> None:
    query = "by=village&under=02301&on=2024-06-30&map_on=2025-06-30"
    page = visit("reviewer").get(f"/coverage?{query}").click("Thôn Đồng Tâm")
    assert page.url.partition("?")[2] == "on=2024-06-30&map_on=2025-06-30"


def test_a_day_before_anything_existed_is_shown_with_zeros(visit: Visit) -> None:
    page = visit("reviewer", language="en").get("/coverage?on=1990-01-01")
    assert page.heading == "Coverage: Tỉnh Sơn Thủy"
    assert "There are no areas of this level on 01/01/1990." in page.text


def test_an_old_map_tells_of_the_other_provinces_that_became_today_s(
    visit: Visit, make: Callable[..., Any]
) -> None:
    reviewer = visit("reviewer", language="en")
    assert "Tỉnh Bình Nguyên" not in reviewer.get("/coverage?on=2024-06-30").text
    make(set_map_day, REFORM)
    page = reviewer.get("/coverage?on=2024-06-30")
    assert page.heading == "Coverage: Tỉnh Sơn Thủy"
    other = page.click("Tỉnh Bình Nguyên")
    assert other.heading == "Coverage: Tỉnh Bình Nguyên"
    assert "Huyện Cán Tỷ" in other.text
    tree = reviewer.get("/areas?on=2024-06-30")
    assert {"Tỉnh Sơn Thủy", "Tỉnh Bình Nguyên"} <= tree.links.keys()


@pytest.mark.usefixtures("context")
def test_areas_of_another_former_province_are_shown_under_that_province(
    world: World, make: Callable[..., Any]
) -> None:
    place = world.far_village
    twin = make(make_area, Level.VILLAGE, world.far.id)
    question = ask(Scope(areas=frozenset({place.id, twin})), Wish(on=MAP_DAY))
    assert question.under is not None
    assert question.under.id == world.second_province.id


def test_a_part_of_an_area_is_said_to_be_what_one_may_read(visit: Visit) -> None:
    reader = visit("district", language="en")
    whole = reader.get("/coverage")
    assert whole.heading == "Coverage: Huyện Thượng Lâm"
    assert "Only what lies within your scope" not in whole.text
    part = reader.get(f"/coverage?map_on={REFORM}")
    assert part.heading == "Coverage within your scope: Tỉnh Sơn Thủy"
    assert "Only what lies within your scope" in part.text


def test_an_area_that_is_not_on_the_map_is_said_and_leads_on(visit: Visit) -> None:
    reader = visit("district", language="en")
    page = reader.get(f"/coverage?under=071&map_on={REFORM}")
    assert "There is no area 071 on 01/07/2025" in page.text
    wider = page.click("Show everything within your scope")
    assert wider.heading == "Coverage within your scope: Tỉnh Sơn Thủy"
    reader.get(f"/coverage?under=072&map_on={REFORM}", HTTPStatus.NOT_FOUND)
    reader.get("/coverage?under=99999", HTTPStatus.NOT_FOUND)


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("query", "is_said", "beside"),
    [
        ("on=2099-01-01", "The day lies in the future.", "on"),
        ("from=2099-01-01&to=2099-02-01", "The period begins on 01/01/2099 only.", "from"),
        ("period=2099-Q4", "The period begins on 15/09/2099 only.", "period"),
        ("period=2026-Q5", "Not a period. Write it like 2026-10", "period"),
        ("period=2024-05&from=2024-01-01", "by its name or by its days", "period"),
        ("from=2024-02-30", "Not a day.", "from"),
    ],
)
def test_a_day_to_come_or_not_understood_is_said_beside_its_field_and_no_figure_stands_under_it(
    visit: Visit, query: str, is_said: str, beside: str
) -> None:
    page = visit("reviewer", language="en").get(f"/coverage?{query}")
    assert is_said in page.text
    assert page.tree.xpath(f"//*[@name='{beside}'][@aria-invalid='true']")
    assert not page.tree.xpath("//main//table")
    assert not page.tree.xpath("//*[contains(@class, 'key-figures')]")


@pytest.mark.one_engine
def test_a_period_by_name_shows_its_days_and_leads_to_the_one_before_and_after(
    visit: Visit,
) -> None:
    page = visit("reviewer", language="en").get("/coverage?period=2024-Q1")
    expected = "Teams and members on 14/03/2024; sessions of quarter I/2024, 15/12/2023–14/03/2024"
    assert expected in page.text
    assert page.tree.xpath("//select[@name='period']//option[@selected]/@value") == ["2024-Q1"]
    assert "period=2023-Q4" in page.click("Quarter IV/2023").url
    after = page.click("Quarter II/2024")
    assert "sessions of quarter II/2024, 15/03/2024–14/06/2024" in after.text
    running = visit("reviewer", language="en").get("/coverage")
    assert len(running.tree.xpath("//nav[@class='period-steps']//li")) == 2, "none to come"


@pytest.mark.one_engine
def test_a_map_without_the_level_falls_to_the_next_that_it_has(visit: Visit) -> None:
    page = visit("reviewer", language="en").get(f"/coverage?by=district&map_on={REFORM}")
    assert "There are no areas of this level on 01/07/2025." in page.text
    assert page.tree.xpath("//table//thead//th")[0].text_content() == "Commune"
    assert len(page.tree.xpath("//table//tbody//tr")) > 1


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize(
    ("given", "first", "last"),
    [
        ({"last": date(2024, 6, 1)}, date(2024, 6, 1), date(2024, 6, 1)),
        ({"first": date(2024, 9, 1)}, date(2024, 9, 1), date(2024, 9, 1)),
        ({"first": date(2024, 1, 1)}, date(2024, 1, 1), date(2024, 7, 14)),
    ],
)
def test_one_end_of_a_period_alone_moves_the_other_where_it_must(
    given: dict[str, date], first: date, last: date
) -> None:
    question = ask(EVERYTHING, Wish(on=date(2024, 6, 30), **given))
    assert (question.period.first, question.period.last) == (first, last)


@pytest.mark.one_engine
def test_the_measures_of_the_address_are_the_columns_of_page_and_file(visit: Visit) -> None:
    reviewer = visit("reviewer", language="en")
    query = "by=district&on=2024-06-30&measure=household_share&measure=indicator.dvc-huong-dan"
    page = reviewer.get(f"/coverage?{query}")
    headings = [" ".join("".join(cell.itertext()).split()) for cell in page.tree.iter("th")]
    assert headings[1:3] == [
        "Share of households reached",
        "People guided in filing online (people)",
    ]
    assert "known of" in page.text
    titles = file_of(reviewer, query)[0]
    assert titles[3:] == [
        "Share of households reached (%)",
        "Share of households reached: known of",
        "Share of households reached: of all",
        "People guided in filing online (people)",
    ]
    deeper = page.click("Huyện Thượng Lâm")
    assert "Share of households reached" in deeper.text, "the choice goes along"
    assert "There is no measure nonsense." in reviewer.get("/coverage?measure=nonsense").text


@pytest.mark.one_engine
def test_the_month_and_the_quarter_of_the_day_and_each_comparison_are_one_click_away(
    visit: Visit,
) -> None:
    page = visit("reviewer", language="en").get("/coverage?on=2024-06-20&sort=-team_count")
    quarter = page.click("quarters")
    assert "sessions of quarter III/2024, 15/06/2024–14/09/2024" in quarter.text
    assert "sort=-team_count" in quarter.url
    compared = quarter.click("the period before")
    assert "Compared with the period before." in compared.text
    assert "period=2024-Q3" in compared.url
    assert "compare" not in compared.click("no comparison").url


@pytest.mark.one_engine
def test_today_s_map_is_one_click_away_and_back_and_says_which_area_is_not_on_it(
    visit: Visit, make: Callable[..., Any]
) -> None:
    reviewer = visit("reviewer", language="en")
    make(set_map_day, REFORM)
    page = reviewer.get("/coverage?under=02301&measure=team_count")
    today = page.click("On today's map")
    assert today.heading == page.heading
    assert "measure=team_count" in today.url
    assert "map of 01/07/2025" in today.click("On the map of 01/07/2025").text
    district = reviewer.get("/coverage?under=071&on=2024-06-30&measure=team_count")
    (name,) = [text for text in district.links if text.startswith("On today's map")]
    assert "without Huyện Thượng Lâm, which is not on it" in name
    assert district.click(name).heading == "Coverage: Tỉnh Sơn Thủy"
    whole = reviewer.get("/coverage?on=2024-06-30").click("On today's map")
    assert whole.heading == "Coverage: Tỉnh Sơn Thủy"


@pytest.mark.one_engine
def test_today_s_map_shows_the_one_commune_that_a_commune_became_and_of_a_divided_one_says_so(
    visit: Visit, make: Callable[..., Any], world: World
) -> None:
    reviewer = visit("reviewer", language="en")
    for old, name in ((world.commune, "On today's map"), (world.partner, "(there: Xã Hòa An)")):
        page = reviewer.get(f"/coverage?under={old.code}&on=2024-06-30&measure=team_count")
        (link,) = [text for text in page.links if text.startswith("On today's map")]
        assert link.endswith(name)
        there = page.click(link)
        assert there.heading == "Coverage: Xã Hòa An"
        assert f"under={world.merged.code}" in there.url
    own = visit("own", language="en").get(f"/coverage?under={world.commune.code}&on=2024-06-30")
    assert own.click("On today's map").heading.endswith(": Xã Hòa An")
    divided = reviewer.get(f"/coverage?under={world.split.code}&on=2024-06-30")
    (link,) = [text for text in divided.links if text.startswith("On today's map")]
    assert "which is not on it" in link
