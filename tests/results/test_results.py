"""What a team gets back: its months beside the average, the days its members served."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tcns.activities.vocabulary import Status
from tcns.clock import today
from tcns.periods import reporting_month
from tests.factories import make_activity
from tests.letters.samples import pages_of
from tests.page import Visitor
from tests.world import CANARIES, World

Visit = Callable[..., Visitor]
Make = Callable[..., Any]
pytestmark = pytest.mark.one_engine


def hold(make: Make, world: World, team: str = "village", **differs: Any) -> None:
    """Let a team hold a session today at which its deputy helped."""
    facts: dict[str, Any] = {"held_on": today(), "status": Status.APPROVED, **differs}
    make(make_activity, world.teams[team], world.users["own"], **facts)


def test_a_month_stands_beside_the_average_of_the_commune_s_teams(
    visit: Visit, make: Make, world: World
) -> None:
    hold(make, world, participant_count=30)
    hold(make, world, "hamlet", participant_count=6)
    page = visit("own", language="en").get(f"/teams/{world.teams['village']}/months")
    teams = len(visit("own").get("/teams").rows)
    latest = page.rows[1] if page.rows[0][0].startswith("Tổ") else page.rows[0]
    assert latest[2] == f"30 / {36 / teams:.1f}"


def test_the_words_to_send_sum_the_month_up(visit: Visit, make: Make, world: World) -> None:
    hold(make, world, participant_count=30)
    hold(make, world, participant_count=12, held_on=reporting_month(today()).first)
    page = visit("member", language="en").get(f"/teams/{world.teams['village']}/months")
    assert "đã tổ chức 2 buổi hoạt động với 42 lượt người" in page.text


def test_two_sessions_on_a_day_are_one_day_and_only_approved_ones_are_counted(
    visit: Visit, make: Make, world: World
) -> None:
    helpers = [world.memberships["deputy"]]
    for status in (Status.APPROVED, Status.APPROVED, Status.SUBMITTED):
        hold(make, world, helpers=helpers, status=status)
    hold(make, world, helpers=helpers, held_on=today() - timedelta(days=400))
    for persona in ("own", "leader"):
        page = visit(persona).get(f"/teams/{world.teams['village']}/days")
        assert [row[2:] for row in page.rows] == [["1", "2"]]


def test_the_days_of_a_commune_leave_as_a_document_and_name_nobody_next_door(
    visit: Visit, make: Make, world: World
) -> None:
    hold(make, world, helpers=[world.memberships["deputy"]])
    hold(make, world, "neighbour_village")
    url = f"/areas/{world.commune.code}/days/document?as=pdf"
    text = " ".join(pages_of(visit("own").get(url).body))
    assert "Nông Thị Hòa" in text
    assert [word for word in CANARIES if word in text] == []
