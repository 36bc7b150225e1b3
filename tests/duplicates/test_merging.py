"""Joining a person who is on file twice: nothing is lost, and undone it is as it was."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from tcns.accounts.models import SignIn, User
from tcns.activities.models import Attendance
from tcns.audit.models import AuditEvent
from tcns.clock import now
from tcns.coverage import questions
from tcns.coverage.queries import coverage
from tcns.database import db
from tcns.duplicates.models import DistinctPair
from tcns.duplicates.operations import distinction_of, doubt_again, merge_persons, tell_apart
from tcns.errors import RuleViolation
from tcns.permissions.scope import EVERYTHING
from tcns.teams.members.operations import add_member
from tcns.teams.members.person_operations import PersonText
from tcns.teams.members.person_queries import known_persons
from tcns.teams.members.rules import MembershipSpec
from tcns.teams.models import Membership, Team, Training
from tcns.teams.training.operations import TrainingText, declare_training
from tcns.teams.vocabulary import EndReason, MemberRole
from tcns.undo.models import Reversible, ReversibleStep
from tcns.undo.operations import reverse
from tests.duplicates.conftest import PHONE, everything, member_of, pair, person, twins
from tests.factories import (
    make_activity,
    make_membership,
    make_person,
    make_role,
    make_sign_in,
    make_training,
    make_user,
)
from tests.places import MAP_DAY
from tests.world import World

TEXT = PersonText("Ma Văn Đôi", PHONE, 1990)


def parts_of(person_id: int) -> list[tuple[Any, ...]]:
    """Team, role, first and last day of each membership of a person, in their order."""
    columns = Membership.team_id, Membership.role, Membership.valid_from, Membership.valid_to
    query = select(*columns).where(Membership.person_id == person_id)
    found = map(tuple, db.session.execute(query))
    return sorted(found, key=lambda part: (part[0], part[2]))


def merge(kept: int, merged: int, by: User, text: PersonText = TEXT) -> Reversible:
    return merge_persons(person(kept), person(merged), text, by=by)


def test_the_kept_row_has_all_memberships_and_training(official: User, world: World) -> None:
    kept, merged = twins(world)
    course = make_training(merged)
    merge(kept, merged, official, PersonText("Ma Văn Đội", "+84912000009", 1991))
    assert len(parts_of(kept)) == 2
    assert parts_of(merged) == []
    assert db.session.get_one(Training, course).person_id == kept
    row = person(kept)
    assert (row.full_name, row.phone, row.birth_year) == ("Ma Văn Đội", "+84912000009", 1991)
    assert person(merged).standing is row


def test_what_was_told_of_both_is_on_record(official: User, world: World) -> None:
    kept, merged = twins(world)
    merge(kept, merged, official, PersonText("Ma Văn Đội", None, 1990))
    db.session.flush()
    on_record = {
        (event.event, event.object_id): {v.field: (v.old, v.new) for v in event.values}
        for event in db.session.scalars(select(AuditEvent).order_by(AuditEvent.id))
    }
    assert on_record["person:merged", kept] == {"other_person": (None, str(merged))}
    assert on_record["person:merged", merged] == {"other_person": (None, str(kept))}
    assert on_record["person:corrected", kept] == {
        "full_name": ("Ma Văn Đôi", "Ma Văn Đội"),
        "phone": (PHONE, None),
    }
    moved = [changes for (event, _id), changes in on_record.items() if "corrected" in event]
    assert {"person": (str(merged), str(kept))} in moved


# Parts in the same team

A, B, C, D, E = (date(2023, month, 1) for month in (1, 3, 5, 7, 9))
LEADER, DEPUTY, MEMBER = MemberRole


@pytest.mark.parametrize(
    ("kept", "merged", "joined"),
    [
        # The same role: one membership over the days of both.
        ([(MEMBER, A, C)], [(MEMBER, B, D)], [(MEMBER, A, D)]),
        ([(MEMBER, B, None)], [(MEMBER, A, C)], [(MEMBER, A, None)]),
        ([(MEMBER, A, B)], [(MEMBER, A, B)], [(MEMBER, A, B)]),
        # On each day the higher role; nobody leads when neither led.
        ([(MEMBER, A, D)], [(LEADER, B, C)], [(MEMBER, A, B), (LEADER, B, C), (MEMBER, C, D)]),
        ([(LEADER, A, C)], [(MEMBER, B, D)], [(LEADER, A, C), (MEMBER, C, D)]),
        ([(DEPUTY, A, None)], [(MEMBER, A, None)], [(DEPUTY, A, None)]),
        # One after the other they stay as they are.
        ([(MEMBER, A, B)], [(MEMBER, B, C)], [(MEMBER, A, B), (MEMBER, B, C)]),
        (
            [(LEADER, A, B), (MEMBER, B, D)],
            [(MEMBER, C, E)],
            [(LEADER, A, B), (MEMBER, B, E)],
        ),
        # One part bridges two.
        ([(MEMBER, A, B), (MEMBER, C, D)], [(MEMBER, A, E)], [(MEMBER, A, E)]),
    ],
)
def test_parts_in_one_team_are_joined(
    official: User, world: World, kept: list[Any], merged: list[Any], joined: list[Any]
) -> None:
    team = world.teams["hamlet"]
    db.session.get_one(Membership, world.memberships["hamlet_leader"]).role = MEMBER
    ids = [make_person(full_name="Ma Văn Đôi", phone=PHONE) for _row in range(2)]
    for person_id, parts in zip(ids, (kept, merged), strict=True):
        for role, first, ends in parts:
            make_membership(team, person_id, role=role, valid_from=first, valid_to=ends)
    before = everything()
    done = merge(*ids, official)
    assert parts_of(ids[0]) == [(team, *part) for part in joined]
    reverse(done, by=official)
    assert everything() == before


def test_a_joined_part_keeps_what_either_knew(official: User, world: World) -> None:
    team = world.teams["hamlet"]
    left = {"valid_to": D, "end_reason": EndReason.LEFT.value}
    kept = member_of(team, valid_from=A, valid_to=C, body=None)
    merged = member_of(team, valid_from=B, body="police", **left)
    merge(kept, merged, official)
    (part,) = person(kept).memberships
    assert (part.valid_from, part.valid_to) == (A, D)
    assert (part.body, part.end_reason) == ("police", "left")


def test_both_at_one_session_count_once_and_every_session_stays(
    official: User, world: World
) -> None:
    team = world.teams["hamlet"]
    kept = member_of(team, valid_from=A, valid_to=C)
    merged = member_of(team, valid_from=B)
    one, other = (person(each).memberships[0].id for each in (kept, merged))
    held = {
        make_activity(team, official.id, held_on=day, helpers=helpers)
        for day, helpers in ((A, [one]), (B, [one, other]), (E, [other]))
    }
    done = merge(kept, merged, official)
    (part,) = person(kept).memberships
    helped = select(Attendance.activity_id).where(Attendance.membership_id == part.id)
    assert set(db.session.scalars(helped)) == held
    make_activity(team, official.id, held_on=date(2025, 1, 1), helpers=[part.id])
    with pytest.raises(RuleViolation, match="cannot be undone"):
        reverse(done, by=official)


def test_coverage_counts_one_person_less_and_memberships_only_where_they_were_joined(
    official: User, world: World
) -> None:
    def figures() -> tuple[int, int]:
        question = questions.ask(EVERYTHING, questions.Wish())
        values = coverage(EVERYTHING, question).total.figures
        return values["person_count"], values["membership_count"]

    pairs = [twins(world), twins(world, "village", "village")]
    before = figures()
    merge(*pairs[0], official)
    assert figures() == (before[0] - 1, before[1])
    merge(*pairs[1], official)
    assert figures() == (before[0] - 2, before[1] - 1)


# Accounts


def user_of(world: World, person_id: int, **differs: Any) -> User:
    user = db.session.get_one(User, make_user(world.commune.id, password_hash="x", **differs))
    person(person_id).user_id = user.id
    db.session.flush()
    db.session.expire_all()
    return user


def test_the_account_is_taken_over_where_the_kept_row_has_none(
    official: User, world: World
) -> None:
    kept, merged = twins(world)
    user = user_of(world, merged)
    before = everything()
    done = merge(kept, merged, official)
    assert (person(kept).user_id, person(merged).user_id) == (user.id, None)
    assert user.is_active
    reverse(done, by=official)
    assert everything() == before


def test_a_second_account_is_closed_and_opened_again_with_the_undoing(
    official: User, world: World
) -> None:
    kept, merged = twins(world)
    first, second = user_of(world, kept), user_of(world, merged)
    make_sign_in(second.id)
    before = everything()
    done = merge(kept, merged, official)
    assert person(kept).user_id == first.id
    assert first.is_active
    assert not second.is_active
    signed_in = select(SignIn).where(SignIn.user_id == second.id, SignIn.ended_at.is_(None))
    assert db.session.scalar(signed_in) is None
    noted = select(ReversibleStep.before).where(ReversibleStep.table_name == "user")
    assert db.session.scalars(noted).all() == [{"disabled_at": None}], "no secret is copied"
    reverse(done, by=official)
    assert everything() == before


def test_an_account_with_a_role_or_ones_own_is_not_closed_by_the_way(
    official: User, world: World
) -> None:
    kept, merged = twins(world)
    user_of(world, kept)
    make_role(user_of(world, merged).id, "commune_official", world.commune.id)
    with pytest.raises(RuleViolation, match="Only a province administrator"):
        merge(kept, merged, official)


def test_an_account_of_another_area_is_not_closed(official: User, world: World) -> None:
    kept, merged = twins(world)
    user_of(world, kept)
    elsewhere = db.session.get_one(User, make_user(world.neighbour.id))
    person(merged).user = elsewhere
    with pytest.raises(RuleViolation, match="belongs to another area"):
        merge(kept, merged, official)


# Who may, and what forbids it


@pytest.mark.parametrize("persona", ["neighbour", "district", "auditor", "leader", "member"])
def test_who_does_not_keep_both_joins_nothing(official: User, world: World, persona: str) -> None:
    by = db.session.get_one(User, world.users[persona])
    kept, merged = twins(world)
    with pytest.raises(RuleViolation, match="Only who keeps"):
        merge(kept, merged, by)
    with pytest.raises(RuleViolation, match="Only who keeps"):
        tell_apart(pair(kept, merged), by=by)


def test_who_is_in_teams_of_two_communes_is_joined_by_the_province(
    official: User, world: World
) -> None:
    kept, merged = twins(world)
    make_membership(world.teams["neighbour"], merged)
    with pytest.raises(RuleViolation, match="the province"):
        merge(kept, merged, official)
    administrator = db.session.get_one(User, world.users["administrator"])
    merge(kept, merged, administrator)
    assert len(parts_of(kept)) == 3


def test_nobody_is_joined_twice_or_back(official: User, world: World) -> None:
    kept, merged = twins(world)
    merge(kept, merged, official)
    for again in ((kept, merged), (merged, kept)):
        with pytest.raises(RuleViolation, match="joined into one"):
            merge(*again, official)


def test_nothing_is_hung_on_who_was_merged_away(official: User, world: World) -> None:
    kept, merged = twins(world)
    merge(kept, merged, official)
    with pytest.raises(RuleViolation, match="joined into one"):
        declare_training(person(merged), TrainingText("MOOC", "Khóa", A), by=official)
    team = db.session.get_one(Team, world.teams["commune"])
    with pytest.raises(RuleViolation, match="joined into one"):
        add_member(team, person(merged), MembershipSpec(MEMBER, None, A), by=official)
    known = known_persons(EVERYTHING, team, PersonText("Ma Văn Đôi", PHONE), MAP_DAY)
    assert [each.person_id for each in known] == [kept]


# Telling apart


def test_who_was_told_apart_is_remembered_and_not_joined(official: User, world: World) -> None:
    kept, merged = twins(world)
    tell_apart(pair(kept, merged), by=official)
    tell_apart(pair(merged, kept), by=official)
    with pytest.raises(RuleViolation, match="told apart"):
        merge(kept, merged, official)
    doubt_again(pair(kept, merged), by=official)
    db.session.flush()
    assert distinction_of(pair(kept, merged)) is None
    told = select(AuditEvent.event).where(AuditEvent.object_id == kept).order_by(AuditEvent.id)
    about = [event for event in db.session.scalars(told) if event.startswith("person:")]
    assert about == ["person:told-apart", "person:doubted-again"]
    merge(kept, merged, official)


def test_who_was_told_apart_from_one_row_is_from_the_other(official: User, world: World) -> None:
    kept, merged = twins(world)
    third, fourth = member_of(world.teams["commune"]), member_of(world.teams["commune"])
    for one, other in ((merged, third), (merged, fourth), (kept, fourth)):
        db.session.add(DistinctPair(person_id=one, other_id=other, by_id=official.id, at=now()))
    before = everything()
    done = merge(kept, merged, official)
    assert distinction_of(pair(kept, third))
    reverse(done, by=official)
    assert everything() == before
