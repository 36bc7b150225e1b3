"""The first page of each role: what is theirs, what is missing, what waits for them."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from http import HTTPStatus
from typing import Any

import pytest

from tcns.activities.vocabulary import Status
from tcns.clock import today
from tests.factories import make_activity, make_sign_in, make_user
from tests.page import Page, Visitor
from tests.places import REFORM
from tests.world import CANARIES, World, set_map_day

Visit = Callable[..., Visitor]
Make = Callable[..., Any]


def home(visitor: Visitor) -> Page:
    """The first page."""
    return visitor.get("/")


def numbers(page: Page) -> dict[str, tuple[int, str]]:
    """The big numbers of the page by their label, each with the address it leads to."""
    found = {}
    for item in page.tree.iter("li"):
        if "figure" in item.get("class", "").split():
            value, label, *_rest = item.findall("span")
            link = value.find("a")
            text = (link.text if link is not None else value.text) or ""
            number = int(re.sub(r"\D", "", text))
            found[label.text or ""] = (number, link.get("href", "") if link is not None else "")
    return found


def test_an_official_finds_the_villages_without_a_team_by_name(visit: Visit, world: World) -> None:
    page = home(visit("own", language="en"))
    assert numbers(page)["Villages without a team"][0] == 1
    assert page.click("Thôn Khuôn Trú").url.startswith(f"/areas/{world.quiet_village.code}")


def test_an_official_finds_teams_that_are_silent_this_month_first(
    visit: Visit, make: Make, world: World
) -> None:
    make(make_activity, world.teams["hamlet"], world.users["own"], held_on=today())
    page = home(visit("own", language="en"))
    assert [row[0].rpartition(" đồng ")[2] for row in page.rows] == [
        "Hòa An",
        "Đồng Tâm",
        "Nà Đình",
    ]
    assert numbers(page)["Teams without a session this month"][0] == len(page.rows) - 1


def test_a_session_that_is_not_counted_leaves_the_team_silent(
    visit: Visit, make: Make, world: World
) -> None:
    before = numbers(home(visit("own", language="en")))
    for status in (Status.DRAFT, Status.RETURNED):
        make(
            make_activity, world.teams["hamlet"], world.users["own"], held_on=today(), status=status
        )
    after = numbers(home(visit("own", language="en")))
    label = "Teams without a session this month"
    assert before[label] == after[label]


def test_an_official_finds_the_sessions_that_wait_oldest_first(
    visit: Visit, make: Make, world: World
) -> None:
    yesterday = today() - timedelta(days=1)
    make(
        make_activity,
        world.teams["hamlet"],
        world.users["member"],
        held_on=yesterday,
        status=Status.SUBMITTED,
    )
    page = home(visit("own", language="en"))
    days = re.findall(r"\d\d/06/2025|" + yesterday.strftime("%d/%m/%Y"), page.text)
    assert days[0].endswith("06/2025")
    assert numbers(page)["Sessions waiting for review"][0] == 2


@pytest.mark.parametrize("persona", ["own", "district", "reviewer", "administrator", "auditor"])
def test_every_number_leads_to_as_many_rows(visit: Visit, persona: str) -> None:
    visitor = visit(persona, language="en")
    sums = ("Participants", "Households")
    counted = {label: one for label, one in numbers(home(visitor)).items() if label not in sums}
    assert counted
    for label, (number, url) in counted.items():
        if url:
            assert len(visitor.get(url).rows) == number, f"{label}: {url}"


def test_a_reviewer_finds_the_coverage_of_what_they_read(visit: Visit) -> None:
    shown = numbers(home(visit("district", language="en")))
    communes, villages = shown["Communes with a team"], shown["Villages with a team"]
    assert (communes[0], villages[0]) == (3, 4)
    assert "Thượng Lâm" in home(visit("district")).text


def test_an_auditor_finds_the_latest_events(visit: Visit) -> None:
    page = home(visit("auditor", language="en"))
    assert "Latest events" in page.text
    assert "Latest events" not in home(visit("reviewer", language="en")).text


@pytest.mark.parametrize("persona", ["leader", "member"])
def test_a_member_finds_the_own_team_the_colleagues_and_the_last_sessions(
    visit: Visit, persona: str
) -> None:
    page = home(visit(persona))
    assert "Tổ công nghệ số cộng đồng Đồng Tâm" in page.links
    for name in ("Hoàng Văn Sính", "Nông Thị Hòa", "Lý Thị Mẩy", "0912 000 001"):
        assert name in page.text
    assert "Thiếu số hộ" in page.text, "why a session was returned is said on the first page"


def unfinished(page: Page) -> set[str]:
    """Where the links lead that go on with a session."""
    return {
        url
        for text, url in page.links.items()
        if text.startswith(("Go on", "Correct and send again"))
    }


def test_drafts_and_returned_sessions_wait_on_the_first_page_however_old(
    visit: Visit, make: Make, world: World
) -> None:
    """Newer sessions would push them off the list of the latest."""
    for _number in range(6):
        make(make_activity, world.teams["village"], world.users["leader"], held_on=today())
    waiting = {f"/activities/{world.activities[state]}/edit" for state in ("draft", "returned")}
    for persona in ("member", "leader"):
        page = home(visit(persona, language="en"))
        assert unfinished(page) == waiting
        assert "Thiếu số hộ" in page.text


def test_a_draft_waits_for_whoever_may_finish_it(visit: Visit, make: Make, world: World) -> None:
    facts = {"status": Status.DRAFT, "participant_count": 0, "held_on": date(2025, 5, 2)}
    of_leader = make(make_activity, world.teams["village"], world.users["leader"], **facts)
    of_official = make(make_activity, world.teams["hamlet"], world.users["own"], **facts)
    found = {
        persona: unfinished(home(visit(persona, language="en")))
        for persona in ("member", "leader", "own", "neighbour")
    }
    assert f"/activities/{of_leader}/edit" in found["leader"] - found["member"]
    assert found["own"] == {f"/activities/{of_official}/edit"}
    assert not found["neighbour"]


def test_a_member_begins_a_session_with_one_press(visit: Visit) -> None:
    assert home(visit("member", language="en")).click("Log a session").status is HTTPStatus.OK


@pytest.mark.parametrize("persona", ["own", "leader", "member"])
def test_nobody_finds_what_belongs_to_the_commune_next_door(visit: Visit, persona: str) -> None:
    text = home(visit(persona)).text
    assert not any(canary in text for canary in CANARIES)


def test_who_holds_a_role_over_an_area_that_is_gone_is_told_what_it_became(
    visit: Visit, make: Make
) -> None:
    make(set_map_day, REFORM)
    official = home(visit("own", language="en")).text
    assert "Commune official” over Xã Hòa An, which existed until 30/06/2025" in official
    assert "part of Xã Hòa An now" in official
    of_a_district = home(visit("district", language="en")).text
    assert "Huyện Thượng Lâm, which existed until 30/06/2025" in of_a_district
    assert "part of" not in of_a_district, "no single district took it over"


def test_who_has_no_role_and_no_team_is_told_whom_to_ask(
    visit: Visit, make: Make, world: World
) -> None:
    user_id = make(make_user, world.commune.id)
    visitor = visit()
    visitor.sign_in(make(make_sign_in, user_id))
    assert "chưa có vai trò" in home(visitor).text or "has no role" in home(visitor).text
    assert not numbers(home(visitor))
