"""The rules of adding and closing accounts and of granting roles."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import select

from tcns.accounts import operations, queries
from tcns.accounts.device_operations import (
    ADMINISTRATOR,
    MEMBER,
    OWN_PHONE,
    ROLE_HOLDER,
    lifetime_for,
    open_sign_in,
)
from tcns.accounts.models import RoleAssignment, User
from tcns.areas.models import Area
from tcns.audit.models import AuditEvent
from tcns.audit.vocabulary import Event
from tcns.clock import now, today
from tcns.database import db
from tcns.errors import RuleViolation
from tcns.permissions.vocabulary import Role
from tests.factories import make_role, make_user
from tests.world import World

UserOf = Callable[[str], User]


@contextmanager
def refused(field: str | None = None) -> Iterator[None]:
    """What is done inside breaks a rule, which names this field."""
    with pytest.raises(RuleViolation) as caught:
        yield
    assert caught.value.field == field, str(caught.value.message)


@pytest.fixture
def area_of(context: None, world: World) -> Callable[[str], Area]:
    """`area_of("commune")` is that area, in the open context."""
    return lambda name: db.session.get_one(Area, world.places[name].id)


AreaOf = Callable[[str], Area]


def assignment_of(user: User) -> RoleAssignment:
    return db.session.scalars(select(RoleAssignment).where(RoleAssignment.user == user)).one()


def last_event() -> AuditEvent:
    db.session.flush()
    return db.session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc()).limit(1)).one()


# Adding accounts


def test_a_user_name_that_is_not_given_is_the_given_name_and_the_next_number(
    area_of: AreaOf,
) -> None:
    names = ["Đặng Văn Đức", "Ma Thị Đức", "Hoàng Ý"]
    added = [
        operations.add_account(full_name=name, home_area=area_of("commune"), by=None)
        for name in names
    ]
    assert [user.user_name for user in added] == ["duc1", "duc2", "y01"]
    assert added[0].password_hash is None


def test_a_name_with_a_long_number_ends_no_numbering(area_of: AreaOf) -> None:
    area = area_of("commune")
    chosen = ["duc" + "9" * 37, "duc2"]
    for user_name in chosen:
        operations.add_account(full_name="Ma Thị Đức", home_area=area, by=None, user_name=user_name)
    names = [
        operations.add_account(full_name="Đặng Văn Đức", home_area=area, by=None).user_name
        for _time in range(2)
    ]
    assert names == ["duc1", "duc3"]


def test_an_account_has_a_name(area_of: AreaOf) -> None:
    with pytest.raises(RuleViolation):
        operations.add_account(
            full_name=" \u00a0", home_area=area_of("commune"), by=None, user_name="moi"
        )


def test_a_user_name_is_kept_in_lower_case_without_marks(area_of: AreaOf) -> None:
    user = operations.add_account(
        full_name="Lý A Sùng", user_name=" Lý.Sùng ", home_area=area_of("commune"), by=None
    )
    assert user.user_name == "ly.sung"
    assert queries.find_user("LÝ.SÙNG") is user


@pytest.mark.parametrize(
    "user_name", ["ab", "0912345678", "+84912345678", "1duc", "ly sung", "a/b", "x" * 41, "đức@xã"]
)
def test_a_user_name_that_is_malformed_or_a_phone_is_refused(
    area_of: AreaOf, user_name: str
) -> None:
    with refused("user_name"):
        operations.add_account(
            full_name="Lý A", user_name=user_name, home_area=area_of("commune"), by=None
        )


def test_a_user_name_that_is_taken_is_refused(area_of: AreaOf) -> None:
    with refused("user_name"):
        operations.add_account(
            full_name="Lý A", user_name="XA.02301", home_area=area_of("commune"), by=None
        )


def test_a_user_name_taken_at_the_same_instant_is_refused_as_well(
    area_of: AreaOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "find_user", lambda _name: None)
    with refused("user_name"):
        operations.add_account(
            full_name="Lý A", user_name="xa.02301", home_area=area_of("commune"), by=None
        )
    assert operations.add_account(full_name="Lý B", home_area=area_of("commune"), by=None).id


def test_a_commune_official_adds_accounts_in_the_own_commune_only(
    user_of: UserOf, area_of: AreaOf
) -> None:
    own = user_of("own")
    added = operations.add_account(full_name="Lý A", home_area=area_of("commune"), by=own)
    assert last_event().event == Event.ACCOUNT_CREATED
    assert (last_event().actor_id, last_event().object_id) == (own.id, added.id)
    with refused("area"):
        operations.add_account(full_name="Lý A", home_area=area_of("neighbour"), by=own)


# Granting and revoking roles


@pytest.mark.parametrize(
    ("role", "fitting"),
    [
        (Role.PROVINCE_ADMINISTRATOR, {"province"}),
        (Role.PROVINCE_REVIEWER, {"province"}),
        (Role.AUDITOR, {"province"}),
        (Role.DISTRICT_REVIEWER, {"district", "commune"}),
        (Role.COMMUNE_OFFICIAL, {"commune"}),
        (Role.TEAM_LEADER, set()),
        (Role.MEMBER, set()),
    ],
)
def test_a_role_is_granted_over_an_area_of_a_fitting_level(
    user_of: UserOf, area_of: AreaOf, role: Role, fitting: set[str]
) -> None:
    administrator, member = user_of("administrator"), user_of("member")
    for place in ("province", "district", "commune", "village"):
        if place in fitting:
            operations.grant_role(member, role, area_of(place), by=administrator)
        else:
            with refused("area"):
                operations.grant_role(member, role, area_of(place), by=administrator)
    assert {assignment.kind for assignment in member.roles_on(today())} == (
        {role} if fitting else set()
    )


def test_a_role_is_not_granted_over_an_area_that_is_not_on_the_map(
    user_of: UserOf, area_of: AreaOf
) -> None:
    with refused("area"):
        operations.grant_role(user_of("member"), Role.COMMUNE_OFFICIAL, area_of("merged"), by=None)


def test_who_may_not_grant_roles_grants_none(user_of: UserOf, area_of: AreaOf) -> None:
    for persona in ("own", "district", "reviewer", "auditor", "member"):
        with refused("area"):
            operations.grant_role(
                user_of("leader"), Role.COMMUNE_OFFICIAL, area_of("commune"), by=user_of(persona)
            )


def test_nobody_changes_the_own_role(user_of: UserOf, area_of: AreaOf) -> None:
    administrator = user_of("administrator")
    with refused():
        operations.grant_role(administrator, Role.AUDITOR, area_of("province"), by=administrator)
    with refused():
        operations.revoke_role(assignment_of(administrator), by=administrator)


def test_who_may_not_grant_roles_revokes_none(user_of: UserOf) -> None:
    with refused("area"):
        operations.revoke_role(assignment_of(user_of("neighbour")), by=user_of("own"))


def test_a_role_held_already_is_not_granted_twice(user_of: UserOf, area_of: AreaOf) -> None:
    with refused("role"):
        operations.grant_role(user_of("own"), Role.COMMUNE_OFFICIAL, area_of("commune"), by=None)


def test_with_the_first_role_a_password_of_the_shorter_rule_is_dropped(
    user_of: UserOf, area_of: AreaOf
) -> None:
    member, own = user_of("member"), user_of("own")
    member.password_hash = own.password_hash = "kept"
    operations.grant_role(member, Role.COMMUNE_OFFICIAL, area_of("town"), by=None)
    operations.grant_role(own, Role.COMMUNE_OFFICIAL, area_of("town"), by=None)
    assert member.password_hash is None
    assert own.password_hash == "kept"


def test_a_change_of_roles_signs_all_devices_out_and_is_on_record(
    user_of: UserOf, area_of: AreaOf, world: World
) -> None:
    own, administrator = user_of("own"), user_of("administrator")
    assert queries.sign_ins_of(own)
    operations.grant_role(own, Role.COMMUNE_OFFICIAL, area_of("town"), by=administrator)
    assert queries.sign_ins_of(own) == []
    assert last_event().event == Event.ROLE_GRANTED
    assert last_event().area_id == world.town.id
    open_sign_in(own, key="another", device="", own_phone=False)
    operations.revoke_role(own.roles_on(today())[0], by=administrator)
    assert queries.sign_ins_of(own) == []


def test_a_revoked_role_ends_today_and_stays_in_the_history(user_of: UserOf) -> None:
    assignment = assignment_of(user_of("own"))
    operations.revoke_role(assignment, by=user_of("administrator"))
    assert assignment.valid_to == today()
    assert last_event().actor_id == user_of("administrator").id


def test_a_role_revoked_on_its_first_day_leaves_only_the_audit_trail(
    user_of: UserOf, area_of: AreaOf
) -> None:
    own = user_of("own")
    granted = operations.grant_role(own, Role.COMMUNE_OFFICIAL, area_of("town"), by=None)
    db.session.flush()
    operations.revoke_role(granted, by=None)
    db.session.flush()
    db.session.expire(own)
    assert [assignment.area_id for assignment in own.assignments] == [area_of("commune").id]
    operations.grant_role(own, Role.COMMUNE_OFFICIAL, area_of("town"), by=None)


def test_the_last_administrator_who_can_sign_in_stays(
    user_of: UserOf, area_of: AreaOf, world: World
) -> None:
    administrator = user_of("administrator")
    administrator.password_hash = "kept"
    with refused():
        operations.revoke_role(assignment_of(administrator), by=None)
    with refused():
        operations.close_account(administrator, by=None)
    waiting = make_user(world.province.id)
    make_role(waiting, Role.PROVINCE_ADMINISTRATOR, world.province.id)
    with refused():
        operations.close_account(administrator, by=None)
    db.session.get_one(User, waiting).password_hash = "kept"
    operations.close_account(administrator, by=None)


# Closing, opening, codes, passwords


def test_an_official_changes_accounts_of_members_but_of_nobody_with_a_role(
    user_of: UserOf, world: World
) -> None:
    own, member = user_of("own"), user_of("member")
    colleague = db.session.get_one(User, make_user(world.commune.id))
    make_role(colleague.id, Role.COMMUNE_OFFICIAL, world.commune.id)
    expires_at = now() + timedelta(days=1)
    changes: list[Callable[[User], object]] = [
        lambda user: operations.issue_code(user, digest="d", expires_at=expires_at, by=own),
        lambda user: operations.close_account(user, by=own),
        lambda user: operations.open_account(user, by=own),
    ]
    for change in changes:
        change(member)
        with refused():
            change(colleague)


def test_a_closed_account_is_signed_out_everywhere_and_its_code_is_void(user_of: UserOf) -> None:
    member = user_of("member")
    member.code_hash, member.code_expires_at = "digest", now() + timedelta(days=1)
    operations.close_account(member, by=user_of("own"))
    assert queries.sign_ins_of(member) == []
    assert not member.is_active
    assert member.code_hash is None
    assert last_event().event == Event.ACCOUNT_DISABLED
    with refused():
        operations.issue_code(member, digest="d", expires_at=now(), by=user_of("own"))
    operations.open_account(member, by=user_of("own"))
    assert member.is_active
    assert last_event().event == Event.ACCOUNT_ENABLED


def test_nobody_closes_or_resets_the_own_account(user_of: UserOf) -> None:
    administrator = user_of("administrator")
    with refused():
        operations.close_account(administrator, by=administrator)
    with refused():
        operations.issue_code(administrator, digest="d", expires_at=now(), by=administrator)


def test_a_code_signs_nobody_out_before_it_is_used(user_of: UserOf) -> None:
    member = user_of("member")
    before = queries.sign_ins_of(member)
    operations.issue_code(member, digest="d", expires_at=now(), by=user_of("own"))
    assert queries.sign_ins_of(member) == before != []
    assert last_event().event == Event.PASSWORD_RESET


def test_a_password_changed_elsewhere_meanwhile_is_not_changed_again(user_of: UserOf) -> None:
    member = user_of("member")
    member.password_hash = "the new one"
    with refused("old_password"):
        operations.change_password(member, kept="the old one", fresh="another", keep_id=None)


# How long a device stays signed in


@pytest.mark.parametrize(
    ("persona", "lifetime", "on_own_phone"),
    [
        ("member", MEMBER, OWN_PHONE),
        ("leader", MEMBER, OWN_PHONE),
        ("own", ROLE_HOLDER, ROLE_HOLDER),
        ("district", ROLE_HOLDER, ROLE_HOLDER),
        ("auditor", ROLE_HOLDER, ROLE_HOLDER),
        ("administrator", ADMINISTRATOR, ADMINISTRATOR),
    ],
)
def test_only_members_stay_signed_in_for_long(
    user_of: UserOf, persona: str, lifetime: object, on_own_phone: object
) -> None:
    assert lifetime_for(user_of(persona), own_phone=False) == lifetime
    assert lifetime_for(user_of(persona), own_phone=True) == on_own_phone


@pytest.mark.parametrize(
    ("lifetime", "hours", "idle_minutes"),
    [
        (OWN_PHONE, 180 * 24, None),
        (MEMBER, 12, None),
        (ROLE_HOLDER, 12, 120),
        (ADMINISTRATOR, 12, 30),
    ],
)
def test_the_lifetimes_of_sign_ins(
    lifetime: tuple[timedelta, int | None], hours: int, idle_minutes: int | None
) -> None:
    assert lifetime == (timedelta(hours=hours), idle_minutes)


def test_a_sign_in_ends_at_its_lifetime_and_at_its_idle_time(user_of: UserOf) -> None:
    sign_in = open_sign_in(user_of("administrator"), key="k", device="", own_phone=False)
    opened = sign_in.created_at
    assert sign_in.holds_at(opened + timedelta(minutes=29))
    assert not sign_in.holds_at(opened + timedelta(minutes=30))
    sign_in.last_seen_at = opened + timedelta(hours=11, minutes=59)
    assert sign_in.holds_at(opened + timedelta(hours=11, minutes=59))
    assert not sign_in.holds_at(opened + timedelta(hours=12))
