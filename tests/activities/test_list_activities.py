"""The list of sessions, its totals, and the page of one session."""

from collections.abc import Callable
from datetime import date, timedelta
from http import HTTPStatus
from typing import Any

import pytest

from tcns.activities.vocabulary import ActivityKind, Status, Topic
from tcns.clock import now, today
from tcns.periods import reporting_month
from tests.factories import make_activity
from tests.page import Visitor
from tests.places import MAP_DAY, REFORM
from tests.world import World

Visit = Callable[..., Visitor]
Make = Callable[..., Any]

JUNE = "from=2025-06-01&to=2025-06-30"


@pytest.fixture
def days(visit: Visit) -> Callable[..., list[str]]:
    """`days("kind=duty")` is the day of each session listed of those in June 2025."""

    def listed(query: str = "", persona: str = "own", period: str = JUNE) -> list[str]:
        rows = visit(persona).get(f"/activities?{period}&{query}").rows
        return [row[0][:10] for row in rows]

    return listed


Days = Callable[..., list[str]]


def test_submitted_and_approved_sessions_count_and_stand_newest_first(days: Days) -> None:
    assert days() == ["12/06/2025", "11/06/2025"]


@pytest.mark.parametrize(
    ("status", "found"),
    [
        ("draft", ["10/06/2025"]),
        ("submitted", ["11/06/2025"]),
        ("approved", ["12/06/2025"]),
        ("returned", ["13/06/2025"]),
        ("all", ["13/06/2025", "12/06/2025", "11/06/2025", "10/06/2025"]),
    ],
)
def test_sessions_of_other_states_are_listed_where_asked_for(
    days: Days, status: str, found: list[str]
) -> None:
    assert days(f"status={status}") == found


def test_both_ends_of_the_period_belong_to_it(days: Days) -> None:
    assert days(period="from=2025-06-11&to=2025-06-11") == ["11/06/2025"]
    assert days(period="from=2025-05-20&to=2025-06-11") == ["11/06/2025", "20/05/2025"]


def test_without_a_period_it_is_the_reporting_month_of_today(
    days: Days, make: Make, world: World
) -> None:
    first, last = reporting_month(today())
    for day in (first - timedelta(days=1), first, last, last + timedelta(days=1)):
        make(make_activity, world.teams["hamlet"], world.users["own"], held_on=day)
    assert days(period="") == [f"{day:%d/%m/%Y}" for day in (last, first)]


def test_sessions_are_found_by_team_kind_topic_and_text(
    days: Days, make: Make, world: World
) -> None:
    make(
        make_activity,
        world.teams["hamlet"],
        world.users["own"],
        held_on=date(2025, 6, 20),
        kind=ActivityKind.TRAINING,
        topics=[Topic.SAFETY, Topic.PAYMENT],
    )
    assert days(f"team={world.teams['hamlet']}") == ["20/06/2025"]
    assert days("kind=training") == ["20/06/2025"]
    assert days("topic=safety") == ["20/06/2025"]
    assert days("q=na dinh") == ["20/06/2025"]
    assert days("topic=public_services") == ["12/06/2025", "11/06/2025"]
    assert days("topic=shopping") == []


def test_a_session_is_listed_under_the_seat_of_its_team(
    days: Days, make: Make, world: World
) -> None:
    """Whatever became of the team: what it did before stays counted."""
    make(make_activity, world.teams["split"], world.users["own"], held_on=date(2025, 6, 1))
    make(make_activity, world.teams["dissolved"], world.users["own"], held_on=date(2025, 6, 2))
    old, new = f"&map_on={MAP_DAY}", f"&map_on={REFORM}"
    assert len(days(f"under=02301{old}", "reviewer")) == 3
    assert days(f"under=02402{old}", "reviewer") == ["01/06/2025"]
    assert days(f"under=02402{new}", "reviewer") == []
    assert days(f"under=08&unallocated=commune{new}", "reviewer") == ["01/06/2025"]


def test_only_sessions_of_the_scope_are_listed(days: Days) -> None:
    assert len(days(persona="reviewer")) == 3
    assert days(persona="neighbour") == ["10/06/2025"]
    assert days(persona="member") == ["12/06/2025", "11/06/2025"]


def test_the_totals_are_those_of_the_whole_filtered_list_not_of_the_page(
    visit: Visit, make: Make, world: World
) -> None:
    for number in range(30):
        make(
            make_activity,
            world.teams["hamlet"],
            world.users["own"],
            held_on=date(2025, 6, 1),
            participant_count=number,
            household_count=2,
        )
    page = visit("own", language="en").get(
        f"/activities?{JUNE}&size=25&team={world.teams['hamlet']}"
    )
    assert len(page.rows) == 25
    assert "30 sessions from 01/06/2025 to 30/06/2025: 435 participants, 60 households" in page.text


def test_a_team_out_of_reach_is_the_same_as_none(visit: Visit, world: World) -> None:
    for team_id in (world.teams["neighbour"], 987654, 2**31, 10**30, -1, "x", ""):
        page = visit("own", language="en").get(f"/activities?{JUNE}&team={team_id}")
        assert "There is no such team." in page.text
        assert "Kim Tước" not in page.text


@pytest.mark.parametrize(
    "query",
    ["kind=x", "topic=%00", "status=x", "from=x", "to=2025-13-01", "from=2030-01-01", "map_on=x"],
)
def test_nonsense_in_the_address_is_answered_with_the_list(visit: Visit, query: str) -> None:
    visit("own").get(f"/activities?{query}")


def test_the_page_of_a_session_tells_all_of_it(visit: Visit, world: World) -> None:
    page = visit("own", language="en").get(f"/activities/{world.activities[Status.RETURNED]}")
    for words in (
        "Hands-on guidance on 13/06/2025",
        "Returned: Thiếu số hộ",
        "Ghi chú 13",
        "Lý Thị Mẩy, 13/06/2025",
        "Members who helped (2)",
        "People guided in filing online",
    ):
        assert words in page.text, words


def test_a_session_of_another_commune_is_not_found(visit: Visit, world: World) -> None:
    visit("own").get(f"/activities/{world.activities['neighbour']}", HTTPStatus.NOT_FOUND)


def test_a_session_entered_more_than_a_week_late_is_marked(
    visit: Visit, make: Make, world: World
) -> None:

    late = make(
        make_activity,
        world.teams["hamlet"],
        world.users["own"],
        held_on=date(2025, 6, 20),
        entered_at=now(),
    )
    assert "Entered late" in visit("own", language="en").get(f"/activities/{late}").text
