"""The cockpit says what coverage says; each mark leads to as many rows as it counts."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from tcns.activities.vocabulary import Status
from tcns.areas.models import Area
from tcns.areas.vocabulary import Level
from tcns.clock import today
from tcns.coverage.queries import Coverage, coverage
from tcns.coverage.questions import Wish, ask
from tcns.database import db
from tcns.permissions.scope import EVERYTHING
from tests.factories import make_activity
from tests.page import Page, Visitor
from tests.svg import marks
from tests.world import World

pytestmark = pytest.mark.one_engine

Visit = Callable[..., Visitor]
DAYS = "on=2024-06-20&from=2024-01-15&to=2024-06-14"
WISH = Wish(on=date(2024, 6, 20), first=date(2024, 1, 15), last=date(2024, 6, 14))


def drawn(page: Page, name: str, *classes: str) -> list[float]:
    """The figures of some marks of the page."""
    found = (each.get("data-value") for each in marks(page.tree, name, *classes))
    return [float(value) for value in found if value]


def answered(visitor: Visitor, by: Level | None = None) -> Coverage:
    with visitor.app.app_context():
        return coverage(EVERYTHING, ask(EVERYTHING, Wish(**{**WISH.__dict__, "by": by})))


def test_every_mark_is_a_figure_of_coverage(visit: Visit) -> None:
    visitor = visit("administrator", language="en")
    with visitor.app.app_context():
        db.session.execute(update(Area).values(longitude=105 + Area.id * 0.01, latitude=22))
        db.session.commit()
    page = visitor.get("/cockpit?" + DAYS)
    shares = [row.share("active_team_count", "team_count") for row in answered(visitor).rows]
    bars = [v for css in ("chart-fill", "chart-attention") for v in drawn(page, "rect", css)]
    for share in shares:
        assert share is None or any(bar == pytest.approx(share) for bar in bars)
    communes = answered(visitor, Level.COMMUNE).rows
    silent = [r for r in communes if r.figures["team_count"] and not r.figures["active_team_count"]]
    assert len(drawn(page, "path", "chart-diamond")) == len(silent)
    rest = [r.figures["active_team_count"] for r in communes if r not in silent]
    assert sorted(drawn(page, "circle", "chart-symbol")) == sorted(rest)
    sentence = re.findall(r"(\d+) areas?\b", page.text)
    assert str(len(silent)) in sentence or not silent


def test_a_measure_of_the_address_changes_nothing(visit: Visit) -> None:
    visitor = visit("administrator")
    visitor.get("/cockpit?measure=woman_count&by=village&under=02301")
    visitor.get("/cockpit?on=2000-01-01")
    visitor.get("/cockpit?on=never")


@pytest.mark.parametrize("persona", ["own", "district", "reviewer", "auditor"])
def test_whoever_reads_coverage_has_a_cockpit(visit: Visit, persona: str) -> None:
    visit(persona).get("/cockpit")


@pytest.mark.parametrize("persona", ["administrator", "own"])
def test_as_many_sessions_wait_as_their_list_shows(
    visit: Visit, make: Callable[..., Any], world: World, persona: str
) -> None:
    """Those of the year that ended eight days ago, in the visitor's area alone."""
    held = [("village", 8), ("village", 9), ("hamlet", 200), ("neighbour_village", 20)]
    for team, days_ago in (*held, ("village", 400)):
        held_on = today() - timedelta(days=days_ago)
        by = world.users["own"]
        make(make_activity, world.teams[team], by, held_on=held_on, status=Status.SUBMITTED)
    visitor = visit(persona, language="en")
    waiting = "sessions waiting for approval, held more than 7 days ago"
    ((text, url),) = [each for each in visitor.get("/cockpit").links.items() if waiting in each[0]]
    assert int(text.split()[0]) == len(visitor.get(url).rows) >= 2


def test_after_its_number_what_is_to_be_done_goes_on_in_small_letters(visit: Visit) -> None:
    page = visit("administrator").get("/cockpit")
    words = page.tree.xpath("//ul[@class='worklist']//a/span/text()")
    assert len(words) > 1
    assert all(text[:1].islower() for text in words)
