"""Figures beside those of another time, the average and the target."""

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tcns.coverage.comparison_queries import compare
from tcns.coverage.queries import coverage
from tcns.coverage.vocabulary import IN_TIME, Comparing
from tcns.database import db
from tcns.periods import name_of
from tcns.permissions.scope import EVERYTHING
from tests.coverage.agreement import question_about, store
from tests.coverage.land import countries
from tests.factories import make_activity, make_target, make_team
from tests.page import Page, Visitor
from tests.torture import examples
from tests.world import World

Visit = Callable[..., Visitor]


@pytest.fixture
def session(empty_app):
    """The session of an empty database; what a test stores in it is rolled back."""
    with empty_app.app_context():
        yield db.session
        db.session.rollback()


@settings(
    max_examples=examples(15),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(country=countries(), data=st.data(), comparing=st.sampled_from(IN_TIME))
def test_a_compared_figure_is_what_is_answered_when_that_time_is_asked_for(
    session, country, data, comparing
):
    session.rollback()
    areas = store(country)
    _under, question = question_about(data.draw, country, areas)
    answer = coverage(EVERYTHING, question)

    found = compare(EVERYTHING, answer, comparing)

    period, before = question.period, found.question.period
    if comparing is Comparing.PREVIOUS:
        assert before.last == period.first - timedelta(days=1)
        is_as_long = before.last - before.first == period.last - period.first
        assert is_as_long or name_of(period), "the month before may be shorter"
    else:
        assert before.first.year == period.first.year - 1
    asked = coverage(EVERYTHING, replace(question, on=found.question.on, period=before))
    assert found.total.figures == asked.total.figures
    then = {row.area_id: row.figures for row in [*asked.rows, asked.unallocated] if row}
    for row in answer.rows:
        assert found.row_beside(row).figures == then.get(row.area_id, dict.fromkeys(row.figures, 0))


@pytest.fixture
def busy(make: Callable[..., Any], world: World) -> World:
    """Sessions of June in Hòa An, of May in Kim Tước; a team more in June."""
    for number in range(3):
        held_on = date(2024, 6, 20) + timedelta(days=number)
        make(make_activity, world.teams["village"], world.users["own"], held_on=held_on)
        make(
            make_activity,
            world.teams["neighbour_village"],
            world.users["own"],
            held_on=date(2024, 5, 20) + timedelta(days=number),
        )
    make(make_team, world.quiet_village.id, valid_from=date(2024, 7, 1))
    return world


JULY = "/coverage?by=commune&period=2024-07&measure=activity_count&measure=team_count"


def row_of(page: Page, name: str) -> Any:
    """The cells of an area's row."""
    (row,) = page.tree.xpath(f"//table//tr[th[normalize-space(a)='{name}']]")
    return row


@pytest.mark.one_engine
def test_a_change_is_a_sign_a_number_and_a_word_and_leads_to_the_list_of_then(
    visit: Visit, busy: World
) -> None:
    reviewer = visit("reviewer", language="en")
    page = reviewer.get(f"{JULY}&compare=previous")
    assert "sessions of month 6/2024, 15/05/2024–14/06/2024" in page.text
    text = " ".join(row_of(page, "Xã Kim Tước").text_content().split())
    assert "▼ −3 down from" in text
    (then,) = row_of(page, "Xã Kim Tước").xpath(".//*[contains(@class, 'change')]//a")
    assert len(reviewer.get(then.get("href")).rows) == int(then.text)
    text = " ".join(row_of(page, "Xã Hòa An").text_content().split())
    assert "▲ +3 up from" in text
    assert "▲ +1 up from" in text, "the team of July"


@pytest.mark.one_engine
def test_sorted_by_change_the_worst_comes_first_and_drilling_down_keeps_it(
    visit: Visit, busy: World
) -> None:
    page = visit("reviewer", language="en").get(
        f"{JULY}&compare=previous&sort=activity_count.change"
    )
    names = [a.text for a in page.tree.xpath("//table//tbody//th/a")]
    assert (names[0], names[-1]) == ("Xã Kim Tước", "Xã Hòa An")
    below = page.click("Xã Hòa An")
    assert "compare=previous" in below.url
    assert "sort=activity_count.change" in below.url
    descending = page.tree.xpath("//thead//th[@aria-sort='ascending']//a/@href")
    assert any("sort=-activity_count.change" in url for url in descending)


@pytest.mark.one_engine
def test_the_average_is_that_of_the_whole_province_for_everybody(visit: Visit, busy: World) -> None:
    whole = visit("reviewer", language="en").get(f"{JULY}&compare=average")
    own = visit("district", language="en").get(f"{JULY}&compare=average")
    averages = [
        row_of(page, "Xã Hòa An").xpath(".//*[contains(@class, 'change')]")[0].text_content()
        for page in (whole, own)
    ]
    assert averages[0].split() == averages[1].split()
    assert "above" in averages[0]


@pytest.mark.one_engine
def test_beside_its_target_a_figure_says_how_it_stands_and_how_many_are_missing(
    visit: Visit, make: Callable[..., Any], busy: World
) -> None:
    make(make_target, busy.plan, measure="activity_count", amount=Decimal(5), is_share=False)
    page = visit("reviewer", language="en").get(f"{JULY}&compare=target")
    text = " ".join(row_of(page, "Xã Hòa An").text_content().split())
    assert "On track target 5: 2 missing: sessions" in text
    text = " ".join(row_of(page, "Xã Hòa Bình").text_content().split())
    assert "Behind target 5: 5 missing: sessions" in text


@pytest.mark.one_engine
def test_the_file_and_the_command_say_the_same_as_the_page(
    app: Flask, visit: Visit, busy: World
) -> None:
    words = ["--period", "2024-07", "--by", "commune", "--compare", "previous"]
    result = app.test_cli_runner().invoke(
        args=["coverage", "show", "--format", "json", "--measure", "activity_count", *words]
    )
    found = {row["area_name"]: row for row in json.loads(result.output)}
    row = found["Xã Kim Tước"]
    now, then = row["activity_count"], row["previous"]["activity_count"]
    assert row["change"] == {"activity_count": now - then}
    assert now - then == -3
    text = visit("reviewer").download(
        f"{JULY.replace('?', '/export?')}&compare=previous&as=csv", "text/csv; charset=utf-8"
    )
    lines = list(csv.reader(text.decode("utf-8-sig").splitlines()))
    (line,) = [line for line in lines if "Xã Kim Tước" in line]
    titles = lines[0]
    assert [line[titles.index(f"Buổi hoạt động{more}")] for more in ("", ": kỳ trước")] == [
        str(now),
        str(then),
    ]
    before = app.test_cli_runner().invoke(
        args=["coverage", "show", "--on", "1900-01-20", "--compare", "year"]
    )
    assert before.output == "Error: There is no period before to compare with.\n"


def file_of(visitor: Visitor, query: str) -> list[dict[str, str]]:
    """The rows of the file of a question, each by its titles."""
    text = visitor.download(f"/coverage/export?{query}&as=csv", "text/csv; charset=utf-8")
    return list(csv.DictReader(text.decode("utf-8-sig").splitlines()))


@pytest.mark.one_engine
def test_beside_targets_the_file_has_the_amount_how_it_stands_and_how_many_are_missing(
    visit: Visit, make: Callable[..., Any], busy: World
) -> None:
    make(make_target, busy.plan, measure="activity_count", amount=Decimal(5), is_share=False)
    make(make_target, busy.plan, measure="silent_team_count", amount=Decimal(10), is_share=True)
    query = "by=commune&period=2024-07&measure=activity_count&measure=silent_team_count"
    rows = file_of(visit("reviewer", language="en"), f"{query}&compare=target")
    (row,) = [row for row in rows if row["Area"] == "Xã Hòa An"]
    told = [row[f"Sessions: {part}"] for part in ("target", "status", "missing")]
    assert told == ["5.0", "On track", "2"]
    assert row["Silent teams: target (%)"] == "10.0"
    assert int(row["Silent teams: too many"]) == int(row["Silent teams"])
    assert rows[-1]["Sessions: status"] == "", "the province has no target of its own"


@pytest.mark.one_engine
@pytest.mark.parametrize("compare", ["year", "average"])
def test_the_file_of_any_comparison_has_what_the_page_shows_beside(
    visit: Visit, busy: World, compare: str
) -> None:
    what = {"year": "the same period of the year before", "average": "the average of the province"}
    reviewer = visit("reviewer", language="en")
    query = "by=commune&period=2024-07&measure=activity_count&measure=active_team_count"
    page = reviewer.get(f"/coverage?{query}&compare={compare}")
    rows = file_of(reviewer, f"{query}&compare={compare}")
    (row,) = [row for row in rows if row["Area"] == "Xã Hòa An"]
    (beside, *_more) = row_of(page, "Xã Hòa An").xpath(".//*[contains(@class, 'change')]")
    change = float(row["Sessions: change"])
    assert change == int(row["Sessions"]) - float(row[f"Sessions: {what[compare]}"])
    assert f"+{change:.{1 if compare == 'average' else 0}f}".rstrip() in beside.text_content()
    assert row["Active teams: change"] != ""
    if compare == "average":
        assert rows[-1]["Sessions: change"] == "", "no area, but all of them together"
        assert rows[-1]["Active teams: change"] == "0.0"


@pytest.mark.one_engine
def test_where_fewer_is_better_the_first_sorting_brings_the_greatest_to_the_top(
    visit: Visit, busy: World
) -> None:
    query = "/coverage?by=commune&period=2024-07&measure=silent_team_count"
    page = visit("reviewer", language="en").get(query)
    (heading,) = page.tree.xpath("//thead//a[contains(., 'Silent teams')]/@href")
    worst = visit("reviewer", language="en").get(heading)
    shares = [
        float(share.text_content().split()[-1].rstrip("%"))
        for share in worst.tree.xpath("//tbody/tr/td//span[@class='share']")
    ]
    assert len(set(shares)) > 1
    assert shares == sorted(shares, reverse=True)
    assert worst.tree.xpath("//thead//th[@aria-sort='descending']")


@pytest.mark.one_engine
def test_a_narrow_screen_shows_two_figures_and_a_bar_stands_only_where_it_says_something(
    visit: Visit,
) -> None:
    page = visit("reviewer", language="en").get("/coverage?by=commune&on=2024-06-30")
    shown = page.tree.xpath(
        "//thead//th[contains(@class,'number')][not(contains(@class,'wide-only'))]"
    )
    assert len(shown) == 2
    first_row = page.tree.xpath("//tbody/tr")[0]
    whole = first_row.xpath("./td[1]")[0]
    assert "100.0%" in whole.text_content()
    assert not whole.xpath(".//svg")
    assert page.tree.xpath("//tbody//td//svg")
