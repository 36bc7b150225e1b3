"""Two officials, one team as a whole, the same instant: one goes first, the other is told."""

from datetime import date
from http import HTTPStatus
from typing import Any

from flask import Flask

from tcns.teams.models import Membership, Team
from tests.factories import make_membership, make_team
from tests.page import Page
from tests.races.together import (
    ROUND,
    Make,
    Opened,
    count,
    make_village,
    outcomes,
    press,
    together,
)
from tests.world import World

DAY = "2024-03-15"
FIRST = date(2024, 3, 15)


def head(number: int) -> dict[str, str]:
    """A decision of its own for each official."""
    return {
        "number": f"{number}/QĐ-UBND",
        "issued_on": DAY,
        "issuer": "UBND xã Hòa An",
        "summary": "Sắp xếp tổ",
    }


def crew(make: Make, world: World) -> tuple[int, list[int]]:
    """A new team with a leader and two members."""
    team = make(make_team, make(make_village, world.commune.id))
    roles = ("leader", "member", "member")
    return team, [make(make_membership, team, role=role) for role in roles]


def one_goes_first(answers: list[Page]) -> Page:
    """One is led on, the other is shown the form again, which says what happened."""
    assert outcomes(*answers) == ["200", "done"]
    return next(answer for answer in answers if answer.status is HTTPStatus.OK)


def present(app: Flask, team: int, *conditions: Any) -> int:
    return count(
        app, Membership, Membership.team_id == team, Membership.valid_to.is_(None), *conditions
    )


@ROUND
def test_two_re_formations_at_once(
    opened: Opened, make: Make, app: Flask, world: World, _round: int
) -> None:
    team, members = crew(make, world)
    url = f"/teams/{team}/reform"
    typed = [
        {**head(number), f"member_{members[number]}_stays": None, "new_0_full_name": name}
        for number, name in ((1, "Lê Văn Một"), (2, "Lê Văn Hai"))
    ]
    answers = together(*(press(opened(url), url, each) for each in typed))
    assert "in the meantime" in one_goes_first(answers).text
    assert present(app, team) == 3
    assert present(app, team, Membership.role == "leader") == 1


@ROUND
def test_a_re_formation_and_a_dissolution_at_once(
    opened: Opened, make: Make, app: Flask, world: World, _round: int
) -> None:
    team, members = crew(make, world)
    reform, dissolve = f"/teams/{team}/reform", f"/teams/{team}/dissolve"
    answers = together(
        press(opened(reform), reform, {**head(1), f"member_{members[2]}_stays": None}),
        press(opened(dissolve), dissolve, {**head(2), "last_day": "2024-03-20"}),
    )
    assert "done" in outcomes(*answers)
    assert all(answer.status < HTTPStatus.INTERNAL_SERVER_ERROR for answer in answers)
    is_gone = count(app, Team, Team.id == team, Team.valid_to.is_not(None))
    assert present(app, team) == (0 if is_gone else 2)


@ROUND
def test_a_merger_and_a_dissolution_at_once(
    opened: Opened, make: Make, app: Flask, world: World, _round: int
) -> None:
    team, _members = crew(make, world)
    into = make(make_team, make(make_village, world.commune.id))
    merge, dissolve = f"/teams/{team}/merge", f"/teams/{team}/dissolve"
    answers = together(
        press(opened(merge), merge, {**head(1), "into": str(into), "first_day": DAY}),
        press(opened(dissolve), dissolve, {**head(2), "last_day": "2024-03-20"}),
    )
    one_goes_first(answers)
    merged = count(app, Team, Team.id == team, Team.merged_into_id == into)
    assert present(app, into) == (3 if merged else 0)
    assert present(app, team) == 0


@ROUND
def test_two_teams_merged_into_each_other_at_once(
    opened: Opened, make: Make, app: Flask, world: World, _round: int
) -> None:
    one, other = crew(make, world)[0], crew(make, world)[0]
    urls = [(f"/teams/{one}/merge", other), (f"/teams/{other}/merge", one)]
    acts = [
        press(opened(url), url, {**head(number), "into": str(into), "first_day": DAY})
        for number, (url, into) in enumerate(urls)
    ]
    one_goes_first(together(*acts))
    assert present(app, one) + present(app, other) == 6
    assert count(app, Team, Team.id.in_([one, other]), Team.valid_to.is_(None)) == 1


@ROUND
def test_a_member_moves_while_the_other_team_is_dissolved(
    opened: Opened, make: Make, app: Flask, world: World, _round: int
) -> None:
    team, members = crew(make, world)
    to = make(make_team, make(make_village, world.commune.id))
    move, dissolve = f"/memberships/{members[1]}/transfer", f"/teams/{to}/dissolve"
    wish = {"team": str(to), "first_day": DAY, "role": "member"}
    answers = together(
        press(opened(move), move, wish),
        press(opened(dissolve), dissolve, {**head(1), "last_day": "2024-03-20"}),
    )
    assert "done" in outcomes(*answers)
    assert all(answer.status < HTTPStatus.INTERNAL_SERVER_ERROR for answer in answers)
    there = count(app, Membership, Membership.team_id == to)
    assert present(app, team) + there == 3, "nobody is lost, nobody is doubled"
    assert present(app, to) == 0


@ROUND
def test_a_team_is_opened_again_while_another_is_founded(
    opened: Opened, make: Make, app: Flask, world: World, _round: int
) -> None:
    village = make(make_village, world.commune.id)
    team = make(make_team, village, valid_to=FIRST)
    reopen, establish = f"/teams/{team}/reopen", "/teams/establish"
    answers = together(
        press(opened(reopen), reopen),
        press(opened(establish), establish, {**head(1), "areas": [str(village)]}),
    )
    one_goes_first(answers)
    assert count(app, Team, Team.area_id == village, Team.valid_to.is_(None)) == 1


@ROUND
def test_who_decides_about_a_team_and_who_changes_a_member_do_not_wait_for_each_other(
    opened: Opened, make: Make, app: Flask, world: World, _round: int
) -> None:
    """A new decision holds its commune and waits for the team; the other holds the team, and
    what is put on record names the commune."""
    team = make(make_team, world.commune.id, second_reason="Địa bàn rộng")
    members = [make(make_membership, team) for _member in range(3)]
    reform, end = f"/teams/{team}/reform", f"/memberships/{members[1]}/end"
    answers = together(
        press(opened(reform), reform, {**head(1), f"member_{members[0]}_stays": None}),
        press(opened(end), end, {"last_day": DAY}),
    )
    assert "done" in outcomes(*answers)
    assert all(answer.status < HTTPStatus.INTERNAL_SERVER_ERROR for answer in answers)
    assert present(app, team) in (1, 2)
