"""Silent teams: found by the days since their last counted session, worst first, with a message."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tcns.activities.vocabulary import Status
from tcns.clock import today
from tests.factories import make_activity
from tests.page import Page, Visitor
from tests.world import CANARIES, World

Visit = Callable[..., Visitor]
Make = Callable[..., Any]
pytestmark = pytest.mark.one_engine


def silent(visitor: Visitor, **asked: Any) -> Page:
    """The page of silent teams."""
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return visitor.get(f"/silence?{query}")


def hold(make: Make, world: World, team: str, days_ago: int, **differs: Any) -> None:
    """Let a team hold a session some days ago."""
    day = today() - timedelta(days=days_ago)
    make(make_activity, world.teams[team], world.users["own"], held_on=day, **differs)


@pytest.mark.parametrize(("days_ago", "is_silent"), [(29, False), (30, True)])
def test_a_team_is_silent_from_the_thirtieth_day_after_its_last_session_on(
    visit: Visit, make: Make, world: World, days_ago: int, is_silent: bool
) -> None:
    hold(make, world, "hamlet", days_ago)
    names = [row[0] for row in silent(visit("own")).rows]
    assert any("Nà Đình" in name for name in names) is is_silent


def test_the_longest_silent_comes_first_and_a_returned_session_breaks_no_silence(
    visit: Visit, make: Make, world: World
) -> None:
    hold(make, world, "hamlet", 40)
    hold(make, world, "village", 70)
    hold(make, world, "village", 2, status=Status.RETURNED)
    rows = silent(visit("own", language="en")).rows
    assert [row[2] for row in rows][-2:] == ["70 days", "40 days"]
    assert [row[2] for row in silent(visit("own", language="en"), days=60).rows][-1] == "70 days"


def test_the_message_is_vietnamese_and_names_the_days(
    visit: Visit, make: Make, world: World
) -> None:
    hold(make, world, "village", 70)
    day = (today() - timedelta(days=70)).strftime("%d/%m/%Y")
    text = silent(visit("own", language="en")).text
    assert f"chưa có buổi hoạt động nào được ghi từ ngày {day} (70 ngày)." in text


def test_the_leader_is_rung_up_by_a_touch_by_those_alone_who_may_see_the_number(
    visit: Visit, world: World
) -> None:
    seen = {
        persona: [url for url in silent(visit(persona)).links.values() if url.startswith("tel:")]
        for persona in ("own", "neighbour", "auditor")
    }
    assert seen["own"]
    assert not set(seen["own"]) & set(seen["neighbour"])
    assert not seen["auditor"]


def test_the_first_pages_of_commune_and_province_count_the_silent_teams(visit: Visit) -> None:
    for persona in ("own", "reviewer"):
        visitor = visit(persona, language="en")
        page = visitor.get("/")
        assert "Teams long without a session" in page.text
        assert page.click("30 days or longer").rows


def test_nobody_finds_the_silent_teams_of_the_commune_next_door(visit: Visit) -> None:
    page = silent(visit("own"))
    assert page.rows
    assert not any(canary in page.text for canary in CANARIES)
