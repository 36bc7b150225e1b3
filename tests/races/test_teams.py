"""Two officials, one team or village, the same instant: its rules hold, and who loses is told."""

from datetime import date
from http import HTTPStatus

from flask import Flask

from tcns.accounts.models import User
from tcns.teams.models import EstablishingDecision, Membership, Team
from tests.factories import make_membership, make_team
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

ESTABLISH = "/teams/establish"
DAY = date(2024, 3, 15)


@ROUND
def test_two_leaders_at_once(
    opened: Opened, make: Make, app: Flask, world: World, _round: int
) -> None:
    team = make(make_team, world.quiet_village.id)
    url = f"/teams/{team}/members/add"
    names = ("Lê Văn Một", "Lê Văn Hai")
    typed = [{"full_name": name, "role": "leader", "first_day": str(DAY)} for name in names]
    answers = together(*(press(opened(url), url, each) for each in typed))
    assert outcomes(*answers) == ["200", "done"]
    lost = next(answer for answer in answers if answer.status is HTTPStatus.OK)
    assert "leads the team at that time" in lost.text
    assert count(app, Membership, Membership.team_id == team) == 1


@ROUND
def test_two_changes_of_leader_at_once(
    opened: Opened, make: Make, app: Flask, world: World, _round: int
) -> None:
    """Each was asked to tick the change: one leads afterwards, and nobody is lost."""
    team = make(make_team, world.quiet_village.id)
    make(make_membership, team, role="leader")
    members = [make(make_membership, team) for _member in range(2)]
    urls = [f"/memberships/{member}/role" for member in members]
    wish = {"role": "leader", "first_day": str(DAY)}
    offered = [opened(url).post(url, wish, status=HTTPStatus.OK) for url in urls]
    change = {"replaces_leader": "y"}
    answers = together(*(press(page, url, change) for page, url in zip(offered, urls, strict=True)))
    assert outcomes(*answers)[-1] == "done"
    leads = Membership.role == "leader", Membership.team_id == team, Membership.valid_on(DAY)
    assert count(app, Membership, *leads) == 1
    held_that_day = Membership.team_id == team, Membership.valid_on(DAY)
    assert count(app, Membership, *held_that_day) == 3


@ROUND
def test_two_teams_at_once_in_one_village(
    opened: Opened, make: Make, app: Flask, world: World, _round: int
) -> None:
    village = make(make_village, world.commune.id)
    typed = [
        {
            "number": f"{number}/QĐ-UBND",
            "issued_on": str(DAY),
            "summary": "Thành lập tổ",
            "areas": [str(village)],
        }
        for number in (1, 2)
    ]
    answers = together(*(press(opened(ESTABLISH), ESTABLISH, each) for each in typed))
    assert outcomes(*answers) == ["200", "done"]
    lost = next(answer for answer in answers if answer.status is HTTPStatus.OK)
    assert "has a team already" in lost.text
    assert count(app, Team, Team.area_id == village) == 1
    in_race = EstablishingDecision.number.in_(["1/QĐ-UBND", "2/QĐ-UBND"])
    assert count(app, EstablishingDecision, in_race) == 1, "the loser's decision is not on file"


@ROUND
def test_one_decision_typed_twice_at_once_is_on_file_once(
    opened: Opened, make: Make, app: Flask, world: World, _round: int
) -> None:
    villages = [make(make_village, world.commune.id) for _village in range(2)]
    head = {"number": "1/QĐ-UBND", "issued_on": str(DAY), "summary": "Thành lập tổ"}
    typed = [{**head, "areas": [str(village)]} for village in villages]
    answers = together(*(press(opened(ESTABLISH), ESTABLISH, each) for each in typed))
    assert outcomes(*answers) == ["done", "done"]
    assert count(app, EstablishingDecision, EstablishingDecision.number == "1/QĐ-UBND") == 1


@ROUND
def test_a_role_changes_while_the_membership_is_taken_back(
    opened: Opened, make: Make, app: Flask, world: World, _round: int
) -> None:
    """Whoever comes second finds what the first one left: no fault, no half a change."""
    team = make(make_team, world.quiet_village.id)
    member = make(make_membership, team)
    change, back = f"/memberships/{member}/role", f"/memberships/{member}/withdraw"
    answers = together(
        press(opened(change), change, {"role": "deputy", "first_day": str(DAY)}),
        press(opened(back), back),
    )
    assert "done" in outcomes(*answers)
    assert all(answer.status < HTTPStatus.INTERNAL_SERVER_ERROR for answer in answers)
    left = count(app, Membership, Membership.team_id == team)
    assert left in (0, 2), "taken back, or changed from one membership into two"


@ROUND
def test_the_same_member_sent_twice_joins_once(
    opened: Opened, make: Make, app: Flask, world: World, _round: int
) -> None:
    """The second must not ask whether the first is the same person."""
    team = make(make_team, world.quiet_village.id)
    url = f"/teams/{team}/members/add"
    page, typed = opened(url), {"full_name": "Lê Văn Một", "first_day": str(DAY)}
    first, second = together(press(page, url, typed), press(page, url, typed))
    assert first.location == second.location == f"/teams/{team}"
    assert count(app, Membership, Membership.team_id == team) == 1


@ROUND
def test_slips_prepared_twice_at_once_open_one_account_each(
    opened: Opened, make: Make, app: Flask, world: World, _round: int
) -> None:
    """Two officials, two forms: whoever is second hands out the newer code, or is told."""
    team = make(make_team, world.quiet_village.id)
    for _member in range(2):
        make(make_membership, team)
    url, before = f"/teams/{team}/accounts", count(app, User)
    answers = together(press(opened(url), url), press(opened(url), url))
    assert "done" in outcomes(*answers)
    assert all(answer.status < HTTPStatus.INTERNAL_SERVER_ERROR for answer in answers)
    assert count(app, User) == before + 2
