"""The life of a team as its page tells it."""

import re
from collections.abc import Callable
from datetime import date
from http import HTTPStatus
from typing import Any

from tests.factories import make_activity
from tests.page import Visitor
from tests.teams.conftest import Visit
from tests.teams.lifecycle.forms import HEAD, row
from tests.teams.timeline.reading import entries
from tests.world import World


def life_of(visitor: Visitor, world: World, team: str = "village", on: str = "") -> list[str]:
    return entries(visitor.get(f"/teams/{world.teams[team]}{f'?on={on}' if on else ''}"))


def test_it_begins_with_the_establishment_and_who_joined(visit: Visit, world: World) -> None:
    told = life_of(visit("own", language="en"), world)
    assert told[-1] == "01/05/2022 Team established"
    assert told[-2].startswith("01/05/2022 Joined: Hoàng Văn Sính (leader), Nông Thị Hòa")
    assert "30/06/2023 Left: Triệu Văn Cũ (member)" in told


def test_it_tells_no_more_than_was_known_on_the_day(visit: Visit, world: World) -> None:
    told = life_of(visit("own", language="en"), world, on="2023-06-29")
    assert not any("Triệu Văn Cũ (member)" in each and "Left" in each for each in told)
    assert not any("quarter" in each for each in told)


def test_sessions_are_counted_by_quarter_of_the_reporting_calendar(
    visit: Visit, world: World, make: Callable[..., Any]
) -> None:
    for day in (date(2023, 12, 15), date(2024, 3, 14), date(2024, 3, 15)):
        make(make_activity, world.teams["hamlet"], world.users["own"], held_on=day)
    page = visit("own", language="en").get(f"/teams/{world.teams['hamlet']}")
    told = entries(page)
    assert "14/03/2024 Sessions: 2 in quarter I/2024" in told
    assert "15/03/2024 Sessions: 1 in quarter II/2024" in told
    assert len(page.click("2 in quarter I/2024").rows) == 2


def test_what_was_recorded_says_by_whom_and_when(visit: Visit, world: World) -> None:
    official = visit("own", language="en")
    url = f"/memberships/{world.memberships['deputy']}/role"
    done = official.get(url).post(typed={"role": "member", "first_day": "2025-07-01"})
    told = entries(done)[0]
    assert told.startswith("01/07/2025 Other role: Nông Thị Hòa (deputy leader → member)")
    assert re.search(r"recorded by .+, \d\d/\d\d/\d{4}", told) or re.search(
        r"recorded by .+, \d\d:\d\d", told
    )


def test_a_change_of_leader_names_both(visit: Visit, world: World) -> None:
    official = visit("own", language="en")
    url = f"/memberships/{world.memberships['deputy']}/role"
    wish = {"role": "leader", "first_day": "2025-07-01"}
    done = official.get(url).post(typed=wish, status=HTTPStatus.OK)
    told = entries(done.post(typed={"replaces_leader": "y"}))
    changed = [each for each in told if each.startswith("01/07/2025")]
    assert changed[0].startswith("01/07/2025 Change of leader: Nông Thị Hòa after Hoàng Văn Sính")
    assert changed[1].startswith("01/07/2025 Other role: Hoàng Văn Sính (leader → member)")


def test_a_re_formation_stands_on_its_day_until_it_is_undone(visit: Visit, world: World) -> None:
    official = visit("own", language="en")
    typed = {**HEAD, "first_day": "2025-08-01", row(world, "deputy", "stays"): None}
    done = official.get(f"/teams/{world.teams['village']}/reform").post(typed=typed)
    told = [each for each in entries(done) if each.startswith("01/08/2025")]
    assert told[0].startswith("01/08/2025 Team re-formed: decision No. 99/QĐ-UBND recorded by")
    assert told[1].startswith("01/08/2025 Left: Nông Thị Hòa (deputy leader) recorded by")
    done.click("Undo").post()
    assert not any("re-formed" in each for each in life_of(official, world))


def test_the_end_of_a_team_is_told_by_both_teams(visit: Visit, world: World) -> None:
    official = visit("own", language="en")
    assert life_of(official, world, "dissolved")[0].startswith(
        "01/01/2023 Merged into another team"
    )
    told = life_of(official, world, "hamlet")
    assert "01/01/2023 Another team merged into it: Tổ công nghệ số cộng đồng Nà Đình cũ" in told


def test_another_body_is_told_as_such_and_who_left_on_their_last_day(
    visit: Visit, world: World
) -> None:
    official = visit("own", language="en")
    role = f"/memberships/{world.memberships['deputy']}/role"
    official.get(role).post(typed={"body": "", "first_day": "2025-07-01"})
    end = f"/memberships/{world.memberships['member']}/end"
    done = official.get(end).post(typed={"last_day": "2025-07-01"})
    told = [each for each in entries(done) if each.startswith("01/07/2025")]
    assert told[0].startswith("01/07/2025 Left: Lý Thị Mẩy (member)")
    assert told[1].startswith("01/07/2025 Other role: Nông Thị Hòa (Women's Union → Not stated)")
