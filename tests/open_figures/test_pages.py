"""The open pages: off unless switched on, the same for everybody, without persons or villages."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from http import HTTPStatus

import pytest
from flask import Flask
from sqlalchemy import select

from tcns.activities.models import Activity
from tcns.activities.vocabulary import Status
from tcns.areas.models import AreaName
from tcns.areas.vocabulary import Level
from tcns.clock import today
from tcns.coverage.queries import coverage
from tcns.coverage.questions import Wish, ask
from tcns.database import db
from tcns.open_figures.rules import open_measures
from tcns.open_figures.vocabulary import OF_PEOPLE
from tcns.periods import PeriodKind, period_holding, period_named
from tcns.permissions.scope import EVERYTHING
from tcns.teams.models import Person, Team
from tests.page import Visitor

pytestmark = pytest.mark.one_engine

Visit = Callable[..., Visitor]
PAGES = (
    "/open",
    "/open/coverage?by=district&period=2025-06",
    "/open/coverage?by=commune&period=2025&lang=en",
    "/open/coverage.json?by=commune&period=2025",
    "/open/coverage.csv?by=commune&period=2025",
    "/open/dictionary",
    "/open/dictionary.json",
    "/open/embed?measure=team_count&period=2025-06",
)


@pytest.fixture
def anybody(app: Flask, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> Visitor:
    """Anybody in front of an installation whose open data are switched on."""
    monkeypatch.setitem(app.config, "TCNS", replace(app.config["TCNS"], open_data=True))
    return visit()


def answered(visitor: Visitor, query: str) -> dict[str, dict[str, int | None]]:
    """The figures of the JSON file by the names of the areas, the total under `total`."""
    told = json.loads(visitor.get(f"/open/coverage.json?{query}").body)
    rows = {row["name"]: row["figures"] for row in told["rows"]}
    return {**rows, "total": told["total"]["figures"]}


@pytest.mark.parametrize("url", PAGES)
def test_unless_they_are_switched_on_there_is_no_such_page(visit: Visit, url: str) -> None:
    visit().get(url, HTTPStatus.NOT_FOUND)
    visit("administrator").get(url, HTTPStatus.NOT_FOUND)


def test_no_page_tells_of_a_person_a_team_or_a_village(anybody: Visitor) -> None:
    with anybody.app.app_context():
        villages = select(AreaName.name).where(AreaName.kind.in_(("thôn", "bản", "tổ dân phố")))
        kept_back = {
            *db.session.scalars(select(Person.full_name)),
            *(phone for phone in db.session.scalars(select(Person.phone)) if phone),
            *db.session.scalars(select(Team.name)),
            *db.session.scalars(villages),
        }
    assert len(kept_back) > 10
    for url in PAGES:
        said = anybody.get(url).body.decode()
        assert not [word for word in kept_back if len(word) > 3 and word in said], url


def test_whoever_is_signed_in_gets_the_same_and_no_cookie(anybody: Visitor, visit: Visit) -> None:
    """The inspection of each page asks for its headers: caches may keep it, other sites read it."""
    for url in PAGES:
        one, other = anybody.get(url), visit("administrator", language="en").get(url)
        assert one.body == other.body, url
        assert one.response.headers["Cache-Control"].startswith("public"), url
        tag = {"If-None-Match": one.response.headers["ETag"]}
        assert anybody.get(url, HTTPStatus.NOT_MODIFIED, **tag).body == b""


def test_a_fault_is_told_and_kept_by_nobody(anybody: Visitor) -> None:
    this_month = period_holding(PeriodKind.MONTH, today()).name
    for query in ("by=village", "period=1999-13", f"period={this_month}", "by=%00"):
        assert "field-wrong" in anybody.get(f"/open/coverage?{query}").body.decode()
        for kind in ("csv", "json"):
            wrong = anybody.get(f"/open/coverage.{kind}?{query}", HTTPStatus.BAD_REQUEST)
            assert "errors" in json.loads(wrong.body)
            assert wrong.response.headers["Cache-Control"] == "no-store"
    anybody.get("/open/embed?measure=woman_count", HTTPStatus.NOT_FOUND)
    anybody.get("/open/embed?period=never", HTTPStatus.NOT_FOUND)


def test_only_the_figure_may_be_framed_by_other_sites(anybody: Visitor) -> None:
    for url in PAGES:
        headers = anybody.get(url).response.headers
        is_framed = "frame-ancestors *" in headers["Content-Security-Policy"]
        assert is_framed == url.startswith("/open/embed")
        assert ("X-Frame-Options" in headers) != is_framed


def test_figures_are_those_of_coverage_but_for_small_ones_of_people(anybody: Visitor) -> None:
    found = answered(anybody, "by=commune&period=2025")
    with anybody.app.app_context():
        period = period_named("2025")
        wish = Wish(by=Level.COMMUNE, period=period)
        question = replace(ask(EVERYTHING, wish), measures=open_measures())
        counted = coverage(EVERYTHING, question)
        hidden = 0
        for measure in open_measures():
            is_of_people = measure.key in OF_PEOPLE or measure.key.startswith("approved_ind")
            for row in counted.all_rows:
                name = "total" if row is counted.total else row.name
                figure, shown = row.figures[measure.key], found[name][measure.key]
                hidden += shown is None
                assert shown == figure or (shown is None and is_of_people)
                assert not (is_of_people and shown in (1, 2)), f"{name}: {measure.key}"
    assert hidden, "the world has small figures"


def test_only_approved_sessions_count(anybody: Visitor) -> None:
    with anybody.app.app_context():
        for activity in db.session.scalars(select(Activity)):
            activity.status = Status.SUBMITTED
        db.session.commit()
    total = answered(anybody, "by=commune&period=2025")["total"]
    assert {v for k, v in total.items() if k.startswith("approved")} == {0}


def test_csv_json_and_the_dictionary_speak_of_the_same_keys(anybody: Visitor) -> None:
    query = "by=commune&period=2025"
    text = anybody.get(f"/open/coverage.csv?{query}").body.decode("utf-8-sig")
    told = json.loads(anybody.get(f"/open/coverage.json?{query}").body)
    words = json.loads(anybody.get("/open/dictionary.json").body)["measures"]
    keys = [one["key"] for one in words]
    rows = list(csv.DictReader(io.StringIO(text)))
    for row, other in zip(rows, [*told["rows"], told["total"]], strict=True):
        assert list(other["figures"]) == keys
        found = {key: int(row[key]) if row[key] else None for key in keys}
        assert (row["name"], found) == (other["name"], other["figures"])
    assert all(one["label_vi"] != one["label_en"] and one["rule_vi"] for one in words)


def test_an_answer_is_kept_until_the_data_change(anybody: Visitor) -> None:
    url = "/open/embed?measure=team_count&period=2025-06"
    before = anybody.get(url).response.headers["ETag"]
    with anybody.app.app_context():
        team = db.session.scalars(select(Team).where(Team.valid_to.is_(None))).first()
        assert team is not None
        team.valid_to = date(2025, 6, 1)
        db.session.commit()
    assert anybody.get(url).response.headers["ETag"] != before
