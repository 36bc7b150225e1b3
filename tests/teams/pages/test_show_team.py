"""The page of one team on a day."""

from collections.abc import Callable
from datetime import date
from typing import Any

from tcns.activities.vocabulary import Status
from tests.factories import make_activity
from tests.page import Visitor
from tests.world import World

Visit = Callable[..., Visitor]


def test_the_leader_stands_first_then_deputies_then_members(visit: Visit, world: World) -> None:
    page = visit("own", language="en").get(f"/teams/{world.teams['village']}?on=2025-06-30")
    assert [row[:2] for row in page.rows[:3]] == [
        ["Hoàng Văn Sính", "Leader"],
        ["Nông Thị Hòa", "Deputy leader"],
        ["Lý Thị Mẩy", "Member"],
    ]
    assert page.rows[0][3] == "0912 000 001"


def test_members_are_those_of_the_day_and_former_ones_stand_apart(
    visit: Visit, world: World
) -> None:
    url = f"/teams/{world.teams['village']}"
    early = visit("own", language="en").get(f"{url}?on=2023-06-30")
    assert "Members on 30/06/2023 (4)" in early.text
    assert "Former members" not in early.text
    late = visit("own", language="en").get(f"{url}?on=2023-07-01")
    assert "Members on 01/07/2023 (3)" in late.text
    former = late.text.partition("Former members")[2]
    assert "Triệu Văn Cũ" in former
    assert "30/06/2023" in former, "the last day is shown, not the first without"


def test_the_decision_and_what_became_of_the_team_are_shown(visit: Visit, world: World) -> None:
    commune = visit("own").get(f"/teams/{world.teams['commune']}")
    assert "12/QĐ-UBND" in commune.text
    assert "UBND xã Hòa An" in commune.text
    dissolved = visit("own", language="en").get(f"/teams/{world.teams['dissolved']}")
    assert "The team was merged into another after 31/12/2022." in dissolved.text
    assert dissolved.links["Tổ công nghệ số cộng đồng Nà Đình"] == f"/teams/{world.teams['hamlet']}"


def test_the_latest_sessions_up_to_the_day_are_shown_in_any_state(
    visit: Visit, world: World
) -> None:
    page = visit("own", language="en").get(f"/teams/{world.teams['village']}?on=2025-06-12")
    sessions = [row for row in page.rows if "Hands-on guidance" in row[0]]
    assert [row[0][:10] for row in sessions] == ["12/06/2025", "11/06/2025", "10/06/2025"]
    assert [row[-1].split()[0] for row in sessions] == ["Approved", "Submitted", "Draft"]


def test_all_sessions_of_the_team_are_one_step_away(
    visit: Visit, make: Callable[..., Any], world: World
) -> None:
    for day in range(1, 15):
        make(make_activity, world.teams["hamlet"], world.users["own"], held_on=date(2024, 5, day))
    page = visit("own", language="en").get(f"/teams/{world.teams['hamlet']}")
    assert len([row for row in page.rows if "/05/2024" in row[0]]) == 10
    assert len(page.click("All sessions of the team").rows) == 14


def test_only_areas_of_the_own_scope_are_links(visit: Visit, world: World) -> None:
    page = visit("own").get(f"/teams/{world.teams['village']}")
    assert "Huyện Thượng Lâm" in page.text
    assert "Thôn Đồng Tâm" in page.links
    assert "Huyện Thượng Lâm" not in page.links


def test_a_returned_draft_of_another_team_does_not_show(visit: Visit, world: World) -> None:
    page = visit("own").get(f"/teams/{world.teams['hamlet']}")
    assert Status.DRAFT.value not in page.text
    assert "06/2025" not in page.text


def test_what_can_be_done_with_a_team_is_offered_to_who_may_do_it(
    visit: Visit, world: World
) -> None:
    url = f"/teams/{world.teams['village']}"
    official = visit("own", language="en").get(url)
    deeds = {"Add members", "Re-form", "Merge into another team", "Dissolve", "Correct the team"}
    assert deeds | {"History"} <= set(official.links)
    assert "Open again" not in official.links
    leader = visit("leader", language="en").get(url)
    assert not deeds & set(leader.links)
    assert "History" in leader.links


def test_a_team_that_ended_can_be_opened_again_and_little_else(visit: Visit, world: World) -> None:
    page = visit("own", language="en").get(f"/teams/{world.teams['dissolved']}")
    assert {"Open again", "Correct the team", "Add members"} <= set(page.links)
    assert not {"Re-form", "Merge into another team", "Dissolve"} & set(page.links)


def test_links_to_other_teams_keep_the_day(visit: Visit, world: World) -> None:
    url = f"/teams/{world.teams['hamlet']}"
    page = visit("own", language="en").get(f"{url}?on=2025-01-31")
    merged = page.links["Tổ công nghệ số cộng đồng Nà Đình cũ"]
    assert merged == f"/teams/{world.teams['dissolved']}?on=2025-01-31"
