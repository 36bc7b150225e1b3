"""Months on the cockpit: every mark is a figure of coverage, every link leads to as many rows."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tcns.areas.vocabulary import Level
from tcns.cockpit.courses import GridUrls, multiples, silence, trend
from tcns.cockpit.month_queries import YEAR, months_of, teams_in
from tcns.cockpit.rules import last_day
from tcns.coverage.catalogue import measures_named
from tcns.coverage.queries import Coverage, Question, coverage
from tcns.database import db
from tcns.periods import NamedPeriod
from tcns.permissions.scope import EVERYTHING
from tcns.spreadsheets.sending import XLSX
from tests.coverage.agreement import question_about, store
from tests.coverage.land import countries
from tests.inspection import text_of
from tests.page import Visitor
from tests.spreadsheets.exports import table_of
from tests.svg import marks, read, values
from tests.torture import examples

pytestmark = pytest.mark.one_engine

Visit = Callable[..., Visitor]
DAYS = "on=2024-06-20&from=2024-01-15&to=2024-06-14"


@pytest.fixture
def session(empty_app) -> Iterator:
    with empty_app.app_context():
        yield db.session
        db.session.rollback()


def asked(question: Question, month: NamedPeriod) -> Coverage:
    """What coverage says of a month by itself."""
    return coverage(EVERYTHING, replace(question, on=last_day(month), period=month.days))


def drawn(chart: object, name: str, *classes: str) -> list[float]:
    return [v for each in marks(read(chart), name, *classes) for v in values(each)]


@settings(
    max_examples=examples(4),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(country=countries(), data=st.data())
def test_every_mark_is_the_figure_of_its_month(session, country, data):
    session.rollback()
    _under, question = question_about(data.draw, country, store(country))
    question = replace(question, measures=measures_named(["activity_count", "team_count"]))
    months = months_of(EVERYTHING, question)
    answer = coverage(EVERYTHING, question)
    places = data.draw(st.lists(st.integers(0, 22), min_size=2, max_size=2))
    by_month = {place: asked(question, months.shown[place]) for place in (*places, 23)}

    drawing = trend(months, answer.total, lambda _row, _month: "").drawing()
    course = drawn(drawing, "polyline")[-len(months.ended) :]
    side = multiples(answer, months, lambda _row: "")
    urls = GridUrls(lambda _row: "", lambda _row, _month: "", lambda _month: "")
    whole = silence(answer, months, teams_in(EVERYTHING, months), {}, urls).whole
    cells = {row.label: row.session_counts for row in whole.rows}
    of_teams = {row.name: row.figures["team_count"] for row in answer.rows}
    for place, found in by_month.items():
        total = found.total.figures["activity_count"]
        assert months.total[YEAR + place] == total
        if place < len(months.ended):
            assert course[place] == total
        for row in found.rows:
            held, teams = row.figures["activity_count"], row.figures["team_count"]
            if of_teams.get(row.name) and place < len(months.ended):
                (shown,) = (each for each in side.courses if each.label == row.name)
                assert shown.values[place] == 100 * held / of_teams[row.name]
            if place >= YEAR and row.name in cells:
                expected = held if held or teams else None
                assert cells[row.name][place - YEAR] == expected
    assert sorted(drawn(whole.drawing(), "rect")) == sorted(
        count for counts in cells.values() for count in counts if count is not None
    )


def test_the_points_of_the_trend_lead_to_as_many_sessions(visit: Visit) -> None:
    visitor = visit("administrator", language="en")
    page = visitor.get("/cockpit?on=2025-06-14")
    said = [(a.get("href"), text_of(a)) for a in page.tree.iter("a")]
    points = [(url, re.match(r"\d+/\d+: (\d+);", words)) for url, words in said]
    counts = {url: int(found[1]) for url, found in points if url and found}
    assert len(counts) == 24
    assert any(counts.values())
    for url, count in counts.items():
        assert len(visitor.get(f"{url}&size=100").rows) == count


def test_the_sentence_leads_to_exactly_the_areas_it_counts(visit: Visit) -> None:
    visitor = visit("administrator", language="en")
    page = visitor.get("/cockpit?" + DAYS)
    count = re.search(r"(\d+) areas? without any session for 30 days", page.text)
    listed = next(url for url in page.links.values() if url.startswith("/cockpit/silent"))
    found = visitor.get(listed)
    assert count
    assert f"{count[1]} area" in found.text
    assert len(found.rows) == int(count[1])


@pytest.mark.parametrize("name", ["ranking", "map", "trend", "silence", "silent-columns"])
def test_a_chart_is_taken_along_as_a_slide(visit: Visit, name: str) -> None:
    visitor = visit("administrator")
    answer = visitor.client.get(f"/cockpit/slide?chart={name}&as=svg&{DAYS}")
    assert answer.mimetype == "image/svg+xml"
    assert read(answer.text).tag.endswith("svg")


def test_the_figures_of_a_chart_are_numbers_in_its_file(visit: Visit) -> None:
    url = f"/cockpit/slide?chart=ranking&as=xlsx&{DAYS}"
    file = visit("administrator").download(url, XLSX)
    figures = [row[2:] for row in table_of(file)]
    assert figures
    for active_count, team_count, share, share_before in figures:
        assert isinstance(active_count, int | float)
        assert share == pytest.approx(100 * active_count / team_count)
        assert 0 <= share_before <= 100


def test_an_area_without_anything_has_its_page(visit: Visit) -> None:
    for level in (Level.COMMUNE, Level.VILLAGE):
        visit("administrator").get(f"/cockpit?on=2021-08-01&by={level}")
