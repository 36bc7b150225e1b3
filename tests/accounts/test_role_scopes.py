"""Which rights follow from the roles somebody holds."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select

from tcns.accounts import operations
from tcns.accounts.models import RoleAssignment, User
from tcns.accounts.role_scopes import rights_of_roles
from tcns.areas.models import Deployment
from tcns.clock import now, today
from tcns.database import db
from tcns.permissions.scope import EVERYTHING, NOTHING, Scope
from tcns.permissions.vocabulary import Permission, Role
from tests.factories import make_role
from tests.places import REFORM
from tests.world import World

UserOf = Callable[[str], User]


def places(world: World, *names: str) -> frozenset[int]:
    return frozenset(world.places[name].id for name in names)


def test_a_commune_official_has_the_commune_and_its_villages(user_of: UserOf, world: World) -> None:
    scope = rights_of_roles(user_of("own"), Permission.TEAM_WRITE)
    assert scope == Scope(areas=places(world, "commune", "village", "hamlet", "quiet_village"))


def test_a_district_reviewer_reads_all_communes_of_the_district_and_writes_none(
    user_of: UserOf, world: World
) -> None:
    district = user_of("district")
    scope = rights_of_roles(district, Permission.TEAM_READ)
    assert scope.areas >= places(world, "district", "commune", "neighbour", "neighbour_village")
    assert not scope.areas & places(world, "town", "town_village", "far", "province")
    assert rights_of_roles(district, Permission.TEAM_WRITE) == NOTHING


@pytest.mark.parametrize("persona", ["administrator", "reviewer", "auditor"])
def test_a_role_over_the_province_covers_every_map_of_it(user_of: UserOf, persona: str) -> None:
    assert rights_of_roles(user_of(persona), Permission.TEAM_READ) == EVERYTHING


def test_a_role_gives_its_own_permissions_and_no_others(user_of: UserOf) -> None:
    assert rights_of_roles(user_of("reviewer"), Permission.ACCOUNT_READ) == NOTHING
    assert rights_of_roles(user_of("own"), Permission.ROLE_GRANT) == NOTHING
    assert rights_of_roles(user_of("administrator"), Permission.ACTIVITY_WRITE) == NOTHING


def test_who_has_no_role_has_no_right_from_roles(user_of: UserOf) -> None:
    assert all(rights_of_roles(user_of("member"), one) == NOTHING for one in Permission)


def test_a_closed_account_has_no_rights(user_of: UserOf) -> None:
    own = user_of("own")
    own.disabled_at = now()
    assert rights_of_roles(own, Permission.TEAM_READ) == NOTHING


@pytest.mark.parametrize(
    ("starts", "ends", "holds"),
    [(-10, None, True), (-10, 1, True), (-10, 0, False), (0, None, True), (1, None, False)],
)
def test_a_role_holds_from_its_first_day_to_the_day_before_its_end(
    user_of: UserOf, world: World, starts: int, ends: int | None, *, holds: bool
) -> None:
    day = today()
    make_role(
        world.users["member"],
        Role.COMMUNE_OFFICIAL,
        world.neighbour.id,
        valid_from=day + timedelta(days=starts),
        valid_to=None if ends is None else day + timedelta(days=ends),
    )
    scope = rights_of_roles(user_of("member"), Permission.TEAM_WRITE)
    assert (world.neighbour.id in scope.areas) is holds


def test_several_roles_add_up(user_of: UserOf, world: World) -> None:
    make_role(world.users["own"], Role.COMMUNE_OFFICIAL, world.town.id)
    scope = rights_of_roles(user_of("own"), Permission.TEAM_WRITE)
    assert scope.areas >= places(world, "village", "town", "town_village")


def test_after_a_merger_the_official_reads_what_was_merged_and_writes_what_is(
    user_of: UserOf, world: World
) -> None:
    db.session.get_one(Deployment, 1).map_on = REFORM
    make_role(world.users["member"], Role.COMMUNE_OFFICIAL, world.merged.id)
    db.session.flush()
    official = user_of("member")
    present = places(world, "merged", "village", "hamlet", "quiet_village", "partner_village")
    assert rights_of_roles(official, Permission.TEAM_WRITE).areas == present
    readable = rights_of_roles(official, Permission.TEAM_READ).areas
    assert readable == present | places(world, "commune", "partner")


def test_after_a_split_neither_part_reads_the_whole_that_was(user_of: UserOf, world: World) -> None:
    db.session.get_one(Deployment, 1).map_on = REFORM
    make_role(world.users["member"], Role.COMMUNE_OFFICIAL, world.north.id)
    db.session.flush()
    readable = rights_of_roles(user_of("member"), Permission.TEAM_READ).areas
    assert readable == places(world, "north", "north_village")


def test_the_tree_is_asked_once_however_many_permissions_are(user_of: UserOf) -> None:
    own = user_of("own")
    asked: list[str] = []
    own.scope_for(Permission.TEAM_READ)
    own.scope_for(Permission.TEAM_WRITE)

    def note(*given: Any) -> None:
        asked.append(given[2])

    event.listen(db.engine, "before_cursor_execute", note)
    for permission in Permission:
        rights_of_roles(own, permission)
    event.remove(db.engine, "before_cursor_execute", note)
    assert asked == []


def test_a_role_granted_meanwhile_counts_at_once(user_of: UserOf, world: World) -> None:
    """The tree is remembered within a transaction, the roles are not."""
    own = user_of("own")
    assert world.town.id not in own.scope_for(Permission.TEAM_WRITE).areas
    assignment = RoleAssignment(
        user=own, role=Role.COMMUNE_OFFICIAL, area_id=world.town.id, valid_from=today()
    )
    db.session.add(assignment)
    db.session.flush()
    assert world.town.id in own.scope_for(Permission.TEAM_WRITE).areas


def test_the_role_is_gone_the_moment_it_is_revoked(user_of: UserOf) -> None:
    own = user_of("own")
    granted = db.session.scalars(select(RoleAssignment).where(RoleAssignment.user == own)).one()
    operations.revoke_role(granted, by=None)
    assert rights_of_roles(own, Permission.TEAM_READ) == NOTHING
