"""What members may do follows from a membership and ends with it."""

from datetime import timedelta

import pytest

from tcns.accounts.models import User
from tcns.clock import now, today
from tcns.database import db
from tcns.permissions.scope import Scope
from tcns.permissions.vocabulary import Permission
from tcns.teams.models import Membership, Team
from tcns.teams.rights import rights_of_memberships
from tests.world import World

pytestmark = pytest.mark.usefixtures("context")


def scope_of(world: World, persona: str, permission: Permission) -> Scope:
    return rights_of_memberships(db.session.get_one(User, world.users[persona]), permission)


def test_a_member_may_read_and_log_sessions_in_the_teams_they_are_in(world: World) -> None:
    of_member = scope_of(world, "member", Permission.ACTIVITY_WRITE)
    assert of_member == Scope(teams=frozenset({world.teams["village"]}))
    of_leader = scope_of(world, "leader", Permission.TEAM_READ)
    assert of_leader == Scope(teams=frozenset({world.teams["village"], world.teams["commune"]}))


def test_a_part_in_the_commune_team_gives_no_right_over_the_teams_of_its_villages(
    world: World,
) -> None:
    assert world.teams["hamlet"] not in scope_of(world, "leader", Permission.TEAM_READ).teams


def test_members_do_not_change_teams_or_see_coverage(world: World) -> None:
    for permission in (Permission.TEAM_WRITE, Permission.COVERAGE_READ, Permission.AUDIT_READ):
        assert not scope_of(world, "leader", permission)


def test_the_right_ends_on_the_first_day_after_the_membership(world: World) -> None:
    membership = db.session.get_one(Membership, world.memberships["member"])
    membership.valid_to = today() + timedelta(days=1)
    db.session.commit()
    assert scope_of(world, "member", Permission.TEAM_READ)
    membership.valid_to = today()
    db.session.commit()
    assert not scope_of(world, "member", Permission.TEAM_READ)


def test_the_right_does_not_outlive_the_team(world: World) -> None:
    db.session.get_one(Team, world.teams["village"]).valid_to = today()
    db.session.commit()
    assert not scope_of(world, "member", Permission.TEAM_READ)


def test_a_closed_account_has_no_rights(world: World) -> None:
    db.session.get_one(User, world.users["member"]).disabled_at = now()
    db.session.commit()
    assert not scope_of(world, "member", Permission.TEAM_READ)


def test_an_official_who_is_in_no_team_gets_nothing_here(world: World) -> None:
    assert not scope_of(world, "own", Permission.TEAM_READ)
